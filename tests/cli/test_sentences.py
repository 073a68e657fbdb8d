"""What the command line says comes out by one way: nothing foreign is obeyed by a terminal."""

import ast
import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner

import omnitui
from omnitui.cli import root
from omnitui.cli.output import visible

PACKAGE = Path(omnitui.__file__).parent
HOSTILE = "\x1b]52;c;cm0gLXJm\x07\x1b[31m\x9b2J\u202egnp"
RAW = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True)
class Done:
    """How a run of the command line ended, and the bytes it wrote."""

    returncode: object
    stdout: bytes
    stderr: bytes


@pytest.fixture(autouse=True)
def _signals_are_given_back() -> Iterator[None]:
    before = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGHUP)}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


def run(*arguments: str, store: Path, encoding: str = "utf-8") -> Done:
    """Run the command line in this process, up to the bytes that a terminal would get."""
    here = CliRunner(charset=encoding).isolation(env={"OMNITUI_STORE": str(store)})
    with here as (out, err, _):
        with pytest.raises(SystemExit) as ended:
            root.run(arguments)
        sys.stdout.flush()
        sys.stderr.flush()
        return Done(ended.value.code, out.getvalue(), err.getvalue())


def process(*arguments: str, store: Path, encoding: str = "utf-8") -> Done:
    """Run it as a process of its own."""
    env = {"OMNITUI_STORE": str(store), "PYTHONUTF8": "0", "PYTHONIOENCODING": encoding}
    done = subprocess.run(
        [sys.executable, "-m", "omnitui", *arguments],
        capture_output=True,
        env=os.environ | env,
        check=False,
    )
    return Done(done.returncode, done.stdout, done.stderr)


def said(done: Done) -> str:
    text = (done.stdout + done.stderr).decode()
    assert "Traceback" not in text
    return text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Ada Byron, Łukasz, 山田", "Ada Byron, Łukasz, 山田"),
        ("می\u200cخواهم 👩\u200d💻", "می\u200cخواهم 👩\u200d💻"),
        ("a\tb", "a\tb"),
        ("\x1b[31mred", r"\x1b[31mred"),
        ("bell\x07 \x7f \x9b2J", r"bell\x07 \x7f \x9b2J"),
        ("\u202egnp.exe", r"\u202egnp.exe"),
        ("half \ud83d", r"half \ud83d"),
    ],
)
def test_controls_are_shown_and_words_stay(text: str, shown: str) -> None:
    assert visible(text) == shown


def test_a_name_in_a_sentence_of_route_is_not_obeyed(tmp_path: Path) -> None:
    file = tmp_path / "q.json"
    agents = [{"login": HOSTILE, "queues": ["Q"], "capacity": 100}]
    file.write_text(json.dumps({"agents": agents, "items": [{"id": HOSTILE, "queue": "Q"}]}))
    done = run("route", str(file), store=tmp_path / "s.db")
    assert not RAW.search(said(done))


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("channels.toml", '[[channel]]\n"{}" = 1\n'),
        ("customers.csv", "name,{}\nAda,1\n"),
        ("customers.jsonl", '{{"name": "Ada", "{}": 1}}\n'),
    ],
)
def test_a_key_or_column_is_not_obeyed(tmp_path: Path, name: str, text: str) -> None:
    file = tmp_path / name
    key = HOSTILE if name.endswith(".csv") else json.dumps(HOSTILE)[1:-1]
    if name.endswith(".toml"):
        key = "".join(c if c.isprintable() and c != '"' else f"\\u{ord(c):04x}" for c in HOSTILE)
    file.write_text(text.format(key), encoding="utf-8")
    arguments = (
        ["check", str(file)] if name.endswith(".toml") else ["import", "customers", str(file)]
    )
    done = run(*arguments, store=tmp_path / "s.db")
    assert done.returncode == 1
    assert not RAW.search(said(done))


def test_a_process_obeys_no_argument_either(tmp_path: Path) -> None:
    done = process("call", HOSTILE, store=tmp_path / "s.db")
    assert done.returncode == 1
    assert not RAW.search(said(done))


@pytest.mark.parametrize(
    "arguments",
    [
        ["call", "agent.list", HOSTILE],
        ["call", HOSTILE],
        ["call", "case.get", f"case={HOSTILE}"],
        [HOSTILE],
        ["demo", HOSTILE],
        ["import", "customers", HOSTILE],
        ["backup", f"/nowhere/{HOSTILE}"],
        ["simulate", "quiet-morning", "--for", HOSTILE],
        [f"--{HOSTILE}"],
    ],
)
def test_an_argument_is_not_obeyed(tmp_path: Path, arguments: list[str]) -> None:
    done = run(*arguments, store=tmp_path / "s.db")
    assert done.returncode in (1, 2, 3)
    assert said(done)
    assert not RAW.search(said(done))


def test_what_the_store_holds_is_printed_as_json_that_no_terminal_obeys(tmp_path: Path) -> None:
    store = tmp_path / "s.db"
    given = {"name": "Ada \u0085\x9b2J \x7f"}
    done = run("call", "customer.create", "--params", json.dumps(given), store=store)
    assert done.returncode == 0, said(done)
    assert not RAW.search(said(done))
    assert json.loads(done.stdout)["name"].startswith("Ada")


@pytest.mark.parametrize(
    ("encoding", "how"),
    [("ascii", process), ("ascii", run), ("latin-1", run), ("cp1252", run), ("utf-8", run)],
)
def test_any_output_encoding_gets_whole_json_and_sentences(
    tmp_path: Path, encoding: str, how: Callable[..., Done]
) -> None:
    store = tmp_path / "s.db"
    done = how("call", "customer.create", "name=山田 Łukasz 😡", store=store, encoding=encoding)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout.decode(encoding))["name"] == "山田 Łukasz 😡"
    refused = how("call", "customer.get", "customer=山田 太郎", store=store, encoding=encoding)
    assert refused.returncode == 1
    assert json.loads(refused.stdout.decode(encoding))["refused"]["code"] == "customer.unknown"
    wrong = how("call", "山田", "山", store=store, encoding=encoding)
    assert wrong.returncode == 2
    assert b"Traceback" not in wrong.stderr


def test_whoever_reads_may_stop_reading(tmp_path: Path) -> None:
    done = subprocess.run(
        f"{sys.executable} -m omnitui commands | head -n 1",
        shell=True,
        capture_output=True,
        env=os.environ | {"OMNITUI_STORE": str(tmp_path / "s.db")},
        check=False,
    )
    assert done.stdout.count(b"\n") == 1
    assert b"Traceback" not in done.stderr


DEEP = 100_000


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("scenario.toml", "title = " + "[" * DEEP + "]" * DEEP),
        ("channels.toml", "a = " + "{a = " * DEEP + "1" + "}" * DEEP),
        ("hours.toml", "[[calendar]]\nweekly" + ".a" * 2_000 + " = 1"),
    ],
    ids=["lists", "tables", "keys"],
)
def test_a_file_that_is_nested_too_deeply_is_said_and_the_others_are_checked(
    tmp_path: Path, name: str, text: str
) -> None:
    (tmp_path / name).write_text(text)
    (tmp_path / "links.toml").write_text("[[lnk]]\n")
    done = run("check", str(tmp_path), store=tmp_path / "s.db")
    assert done.returncode == 1
    assert re.search(rf"{name}: .*(nested too deeply|it needs)", said(done))
    assert "links.toml" in said(done)


@pytest.mark.parametrize("name", ["q.json", "q.toml"])
def test_a_question_to_route_that_is_nested_too_deeply_is_said(tmp_path: Path, name: str) -> None:
    file = tmp_path / name
    nested = "[" * DEEP + "]" * DEEP
    file.write_text(f'{{"items": {nested}}}' if name.endswith("json") else f"items = {nested}")
    done = run("route", str(file), store=tmp_path / "s.db")
    assert done.returncode == 2
    assert "nested too deeply" in said(done)


def test_lines_that_are_nested_too_deeply_are_told_as_bad_lines(tmp_path: Path) -> None:
    file = tmp_path / "c.jsonl"
    file.write_text('{"name": "Ada"}\n{"name": ' + "[" * DEEP + "]" * DEEP + "}\n")
    done = run("import", "customers", str(file), store=tmp_path / "s.db")
    assert done.returncode == 1
    assert "line 2" in said(done)
    assert "nested too deeply" in said(done)


def test_everything_is_said_by_the_one_way() -> None:
    """`click.echo` and `print` stand in `output.py`; the console has its own way to say things."""
    found = []
    for path in sorted((PACKAGE / "cli").rglob("*.py")):
        if path.name in ("output.py", "docs.py"):
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call):
                called = ast.unparse(node.func)
                to_file = any(keyword.arg == "file" for keyword in node.keywords)
                if called in ("click.echo", "click.secho", "print") and not to_file:
                    found.append(f"{path.name}:{node.lineno}: {called}")
    assert found == []
