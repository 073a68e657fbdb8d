"""Streams that are closed or full, and arguments that are no text: a sentence, nothing lost."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from told import Run, value

STREAMS = {
    "closed": (">&-", "Bad file descriptor"),
    "full": (">/dev/full", "No space left on device"),
}
COMMANDS = {
    "query": "call queue.list",
    "change": "call queue.create name=Billing",
    "export": "export articles",
    "doctor": "doctor",
    "help": "--help",
}


@pytest.fixture
def there(store_path: Path, omnitui: Run, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(store_path.parent)
    assert omnitui("call", "agent.create", "login=ada", "name=Ada").code == 0
    return store_path


def shell(line: str, **environment: str) -> subprocess.CompletedProcess[str]:
    command = line.replace("omnitui", f"{sys.executable} -m omnitui")
    return subprocess.run(
        ["bash", "-c", command],
        capture_output=True,
        text=True,
        errors="backslashreplace",
        check=False,
        env={**os.environ, **environment},
    )


@pytest.mark.parametrize("stream", STREAMS)
@pytest.mark.parametrize("name", COMMANDS)
def test_what_cannot_be_printed_is_said_once(there: Path, stream: str, name: str) -> None:
    where, why = STREAMS[stream]
    ran = shell(f"omnitui {COMMANDS[name]} {where}")
    assert ran.returncode == 3
    (line,) = ran.stderr.splitlines()
    assert line.startswith(f"stdout cannot be written to ({why})")
    if name == "change":
        assert value(there, "SELECT count(*) FROM queues WHERE name = 'Billing'") == 1


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("omnitui call queue.list >&- 2>&-", 3),
        ("omnitui call no.such 2>&-", 1),
        ("omnitui call no.such 2>/dev/full", 1),
        ("omnitui doctor --store nowhere.db 2>&-", 3),
        ("omnitui doctor --store nowhere.db 2>/dev/full", 3),
        ("omnitui call 2>&-", 2),
        ("omnitui >&- 2>&- <&-", 2),
        ("omnitui call queue.list <&-", 0),
        ("omnitui export articles out.csv >&- 2>&- <&-", 0),
    ],
)
def test_where_nothing_can_be_said_the_code_is_right(there: Path, line: str, code: int) -> None:
    ran = shell(line)
    assert (ran.returncode, ran.stderr) == (code, "")
    assert value(there, "PRAGMA integrity_check") == "ok"


def test_an_export_to_a_file_says_how_much_it_is(omnitui: Run, there: Path) -> None:
    omnitui("call", "customer.create", "name=Ann Lee")
    told = omnitui("export", "customers", "out.csv")
    assert (told.out, told.err) == ("", "1 customer written to out.csv.\n")


@pytest.mark.parametrize("where", ["name=$'Ren\\xe9'", "--params $'\"\\xe9\"'", "--as $'\\xe9'"])
def test_an_argument_that_is_not_utf_8_is_refused_by_name(there: Path, where: str) -> None:
    ran = shell(f"omnitui call queue.create {where}")
    assert ran.returncode == 2
    assert "\\xe9" in ran.stderr
    assert "is not UTF-8" in ran.stderr
    assert value(there, "SELECT count(*) FROM queues") == 1


def test_letters_are_kept_whatever_the_locale(there: Path) -> None:
    ran = shell("omnitui call queue.create name=René", LC_ALL="C", PYTHONUTF8="0")
    assert ran.returncode == 0
    assert value(there, "SELECT name FROM queues ORDER BY id DESC LIMIT 1") == "René"


def test_names_of_files_may_be_any_bytes(there: Path) -> None:
    ran = shell("cp *.db $'caf\\xe9.db' && omnitui doctor --json --store $'caf\\xe9.db'")
    assert "caf\\\\xe9.db" in ran.stdout
    assert ran.returncode in (0, 1)


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ("Ann,no address", "Nothing was written: 1 bad line and no other. Fix it."),
        (
            "Ann,no address\nBo,bo@example.com",
            "Nothing was written: 1 bad line; the others are 1 new, 0 changed, 0 unchanged."
            " Fix it, or write the others with --keep-going.",
        ),
    ],
)
def test_what_has_no_others_does_not_speak_of_them(
    omnitui: Run, there: Path, rows: str, said: str
) -> None:
    Path("in.csv").write_text(f"name,email\n{rows}\n")
    told = omnitui("import", "customers", "in.csv")
    assert told.code == 1
    assert told.out.splitlines()[-1] == said


def test_a_demonstration_keeps_away_from_a_store_that_people_work_in(
    omnitui: Run, there: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("omnitui.console.terminal.check_terminal", lambda: None)
    before = there.read_bytes()
    told = omnitui("demo", "--store", str(there))
    assert told.code == 2
    assert "has real work; simulated customers must not write to it" in told.err
    assert there.read_bytes() == before
