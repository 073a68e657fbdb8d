"""The command line on stores that are damaged, in use, full, gone, or not stores at all."""

import os
import resource
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from told import Run, value

from omnitui.store import timers
from omnitui.store.engine import Store
from omnitui.store.schema import LATEST

PAGE = 4096
COMMANDS = {
    "query": ["call", "agent.list"],
    "change": ["call", "queue.create", "name=Billing"],
    "export": ["export", "articles"],
    "export to a file": ["export", "articles", "out.csv", "--force"],
    "import": ["import", "customers", "in.csv"],
    "backup": ["backup", "copy.db", "--force"],
    "doctor": ["doctor"],
    "doctor as JSON": ["doctor", "--json"],
    "simulate": ["simulate", "quiet-morning", "--for", "1m"],
}
"""A call of every sub-command that works on a store."""


@pytest.fixture
def there(store_path: Path, omnitui: Run, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A store of some pages, in one file, and a file to import beside it."""
    monkeypatch.chdir(store_path.parent)
    Path("in.csv").write_text("name,email\nAnn,ann@example.com\n")
    assert omnitui("call", "agent.create", "login=ada", "name=Ada Byron").code == 0
    with closing(sqlite3.connect(store_path)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return store_path


def overwrite(path: Path, *tables: str) -> None:
    """Let the first page of each table be nonsense."""
    with closing(sqlite3.connect(path)) as connection:
        roots = dict(connection.execute("SELECT name, rootpage FROM sqlite_master"))
        connection.execute("PRAGMA journal_mode = DELETE")
    with path.open("r+b") as file:
        for table in tables:
            file.seek((roots[table] - 1) * PAGE)
            file.write(b"\xff" * PAGE)


def no_database(path: Path) -> None:
    path.write_bytes(b"Dear diary, today the router dropped again. " * 400)


def cut_short(path: Path) -> None:
    with path.open("r+b") as file:
        file.truncate(path.stat().st_size // 2)


def damaged_everywhere(path: Path) -> None:
    overwrite(path, "journal", "timers", "agents", "customers", "articles", "settings")


def of_another_program(path: Path) -> None:
    path.unlink()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE notes (text)")


def of_a_later_version(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA user_version = {LATEST + 1}")


BROKEN: dict[Callable[[Path], None], str] = {
    no_database: "cannot be opened as an OmniTUI store",
    cut_short: "is damaged",
    damaged_everywhere: "is damaged",
    of_another_program: "is a database of another program",
    of_a_later_version: "was written by a later OmniTUI",
}


@pytest.mark.parametrize("breaks", BROKEN, ids=lambda breaks: breaks.__name__)
@pytest.mark.parametrize("name", COMMANDS)
def test_each_command_says_what_is_wrong_with_the_store(
    omnitui: Run, there: Path, breaks: Callable[[Path], None], name: str
) -> None:
    breaks(there)
    told = omnitui(*COMMANDS[name], "--store", str(there))
    assert told.code == 3
    assert f"{there} {BROKEN[breaks]}" in told.err
    assert "Traceback" not in told.err
    assert "=1 for the traceback" not in told.err
    assert not Path("copy.db").exists()
    assert not list(there.parent.glob(".*partial*"))


def test_the_sentence_for_damage_is_not_told_to_who_wants_to_see_where(
    omnitui: Run, there: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    damaged_everywhere(there)
    monkeypatch.setenv("OMNITUI_DEBUG", "1")
    told = omnitui("call", "agent.list")
    assert told.code not in (0, 3)


@pytest.mark.parametrize("name", ["change", "import", "simulate", "query"])
def test_a_store_that_somebody_writes_to_is_busy_not_broken(
    omnitui: Run, there: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    patience = Store.__init__.__kwdefaults__
    assert patience is not None
    monkeypatch.setitem(patience, "busy_ms", 50)
    if name == "query":
        store = Store(there)
        timers.start(store, "grace", 1, 1)
        store.close()
    with closing(sqlite3.connect(there, isolation_level=None)) as writer:
        writer.execute("BEGIN IMMEDIATE")
        told = omnitui(*COMMANDS[name], "--store", str(there))
        writer.execute("ROLLBACK")
    assert told.code == 1
    assert "Another program is writing to the store" in told.out + told.err
    assert "damaged" not in told.out + told.err


def test_a_good_backup_is_not_replaced_by_a_copy_of_the_damage(omnitui: Run, there: Path) -> None:
    assert omnitui("backup", "copy.db").code == 0
    good = Path("copy.db").read_bytes()
    overwrite(there, "messages")
    told = omnitui("backup", "copy.db", "--force")
    assert told.code == 3
    assert "copy.db is as it was" in told.err
    assert "doctor --repair" in told.err
    assert Path("copy.db").read_bytes() == good
    assert value(Path("copy.db"), "PRAGMA integrity_check") == "ok"
    assert not list(there.parent.glob(".*partial*"))


def test_the_doctor_says_all_it_can_of_a_damaged_store(omnitui: Run, there: Path) -> None:
    overwrite(there, "messages")
    told = omnitui("doctor")
    assert told.code == 3
    assert "messages         cannot be read" in told.out
    assert "agents           1" in told.out
    assert "is damaged" in told.err
    assert "doctor --repair NEW_FILE" in told.err
    told = omnitui("doctor", "--json")
    assert (told.code, told.data["counts"]["messages"], told.data["counts"]["agents"]) == (
        3,
        None,
        1,
    )
    assert told.data["problems"]


def test_the_doctor_recovers_what_can_be_read(omnitui: Run, there: Path) -> None:
    overwrite(there, "settings", "replies")
    before = there.read_bytes()
    told = omnitui("doctor", "--repair", "new.db")
    assert told.code == 1
    assert "agents                 1 kept\n" in told.out
    assert "replies" in told.out
    assert "lost" in told.out
    assert there.read_bytes() == before
    told = omnitui("call", "agent.list", "--store", "new.db")
    assert [agent["login"] for agent in told.data] == ["ada"]
    assert omnitui("doctor", "--store", "new.db").code == 0
    told = omnitui("doctor", "--repair", "new.db")
    assert (told.code, "exists already" in told.err) == (3, True)


def test_a_sound_store_loses_nothing_in_repair(omnitui: Run, there: Path) -> None:
    told = omnitui("doctor", "--repair", "new.db", "--json")
    assert told.code == 0
    assert all(table["lost"] == 0 for table in told.data["tables"])
    assert told.data["problems"] == []


def test_the_doctor_counts_timers_that_nothing_can_be_done_for(omnitui: Run, there: Path) -> None:
    store = Store(there)
    timers.start(store, "moon_phase", 1, 1)
    timers.start(store, "grace", 99, 1)
    store.close()
    assert omnitui("call", "agent.list").code == 0
    told = omnitui("doctor")
    assert told.code == 0
    assert "set aside: 2 timers that cannot run\n    1 grace, 1 moon_phase;" in told.out
    assert omnitui("doctor", "--json").data["set_aside"] == {"grace": 1, "moon_phase": 1}


def limited(size: int) -> Callable[[], None]:
    return lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


@pytest.mark.parametrize("name", ["import", "backup", "export to a file"])
def test_a_full_disk_is_called_that_and_not_a_broken_store(there: Path, name: str) -> None:
    rows = "".join(f"Ann {n},ann{n}@example.com\n" for n in range(4_000))
    Path("in.csv").write_text("name,email\n" + rows)
    before = value(there, "SELECT count(*) FROM customers")
    size = 20_000 if name == "export to a file" else there.stat().st_size // 2
    ran = subprocess.run(
        [sys.executable, "-m", "omnitui", *COMMANDS[name], "--store", str(there)],
        preexec_fn=limited(size),
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 3
    assert "damaged" not in ran.stderr
    assert "Traceback" not in ran.stderr
    assert any(word in ran.stderr for word in ("disk is full", "cannot be written", "too large"))
    assert not list(there.parent.glob(".*partial*"))
    assert value(there, "SELECT count(*) FROM customers") == before
    assert value(there, "PRAGMA integrity_check") == "ok"


SLOWLY = """
import signal, sys, time
from omnitui.cli import main
from omnitui.datafiles import records_csv

# As in a terminal, also where the tests run in the background of a shell, which ignores it there.
signal.signal(signal.SIGINT, signal.default_int_handler)
real = records_csv.csv_lines

def slowly(*given, **named):
    lines = real(*given, **named)
    yield next(lines)
    yield next(lines)
    sys.stderr.write("half" + chr(10))
    sys.stderr.flush()
    time.sleep(60)

records_csv.csv_lines = slowly
main()
"""
"""The command line, but an export never gets beyond its first row."""


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGKILL])
def test_an_export_that_is_ended_leaves_nothing_half_done(
    omnitui: Run, there: Path, how: signal.Signals
) -> None:
    assert omnitui("import", "customers", "in.csv").code == 0
    Path("out.csv").write_text("precious")
    command = [sys.executable, "-c", SLOWLY, "export", "customers", "out.csv", "--force"]
    with subprocess.Popen([*command, "--store", str(there)], stderr=subprocess.PIPE) as running:
        assert running.stderr is not None
        assert running.stderr.readline() == b"half\n"
        assert list(there.parent.glob(".out.csv.*.partial"))
        running.send_signal(how)
        running.wait(30)
    assert running.returncode != 0
    assert Path("out.csv").read_text() == "precious"
    left = list(there.parent.glob(".*partial*"))
    assert bool(left) == (how is signal.SIGKILL)
    # Nobody can tidy up after being killed; the next one does.
    assert omnitui("export", "customers", "out.csv", "--force").code == 0
    assert not list(there.parent.glob(".*partial*"))
    assert Path("out.csv").read_text().startswith("id,account,name")


def test_what_another_living_process_writes_is_left_alone(omnitui: Run, there: Path) -> None:
    alive = there.with_name(f".out.csv.{os.getppid()}.partial")
    alive.write_text("half")
    assert omnitui("export", "customers", "out.csv").code == 0
    assert alive.read_text() == "half"
