"""The page about macros says what really happens: its file is read, its lines are run."""

import re
import shlex
from pathlib import Path

import pytest
from test_walkthroughs import DOCS, fits, steps
from told import Run

from omnitui.datafiles import folder

PAGE = (DOCS / "macros.md").read_text("utf-8")
FILE = re.compile(r"^```toml\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@pytest.fixture
def beside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the file of the page, where the commands are run."""
    (written,) = FILE.findall(PAGE)
    path = tmp_path / "macros.toml"
    path.write_text(written, "utf-8")
    monkeypatch.chdir(tmp_path)
    return path


@pytest.mark.usefixtures("beside")
def test_every_line_does_what_the_page_says(omnitui: Run) -> None:
    found = list(steps(PAGE))
    assert len(found) > 15
    for step in found:
        command, *arguments = shlex.split(step.line)
        assert command == "omnitui"
        told = omnitui(*arguments)
        assert told.code == int('"refused": {' in told.out), step.line + told.out + told.err
        assert fits(told.out.splitlines(), step.answer), f"{step.line}\n{told.out}"


def test_what_is_wrong_in_a_file_is_named_by_file_line_and_key(omnitui: Run, beside: Path) -> None:
    text = beside.read_text("utf-8")
    wrong = text.replace("{made.number}.", "{made.nubmer}.").replace("case.update", "case.updat")
    beside.write_text(wrong.replace('kind = "task"', 'kind = "tusk"'), "utf-8")
    told = omnitui("check", str(beside))
    lines = wrong.splitlines()
    at = {
        word: next(n for n, line in enumerate(lines, 1) if word in line)
        for word in ('"case.updat"', "{made.nubmer}", 'kind = "task"')
    }
    place = f"{beside}: line {{}}, macro[0].step[{{}}]."
    assert told.code == 1
    assert told.out.splitlines() == [
        place.format(at['"case.updat"'], 1)
        + "command: there is no command 'case.updat'; did you mean case.update?",
        place.format(at['kind = "task"'], 2)
        + "with.kind: it cannot be 'tusk': use one of call, mail, task, note, visit, chat, case,"
        " conversation, message, event",
        place.format(at["{made.nubmer}"], 3)
        + "with.text: {made.nubmer}: the result of case.create has no field nubmer;"
        " did you mean number?",
    ]
    told = omnitui("import", "macros", str(beside))
    assert (told.code, "line" in told.err) == (3, True)
    assert omnitui("call", "macro.list").out == "[]\n"


def test_a_file_is_read_as_a_whole_or_not_at_all(omnitui: Run, beside: Path) -> None:
    assert omnitui("import", "macros", str(beside), "--json", "--dry-run").code == 0
    assert omnitui("call", "macro.list").out == "[]\n"
    for option in ("--keep-going", "--format=csv"):
        assert omnitui("import", "macros", str(beside), option).code == 2
    assert (
        omnitui("import", "macros", str(beside)).out == "macros: 1 new, 0 changed, 0 unchanged.\n"
    )
    beside.write_text(beside.read_text("utf-8").replace("Promise a call", "Promise"), "utf-8")
    assert (
        omnitui("import", "macros", str(beside)).out == "macros: 0 new, 1 changed, 0 unchanged.\n"
    )
    assert (
        omnitui("import", "macros", str(beside)).out == "macros: 0 new, 0 changed, 1 unchanged.\n"
    )
    twice = beside.read_text("utf-8") * 2
    beside.write_text(twice, "utf-8")
    assert "there is a macro call-back already" in omnitui("check", str(beside)).out


def test_what_ships_has_nothing_wrong(omnitui: Run) -> None:
    told = omnitui("check", str(folder() / "macros.toml"))
    assert told.out == "1 file, no errors.\n"
