"""The guide to agent scripts: its file is a right one, and every line does what the page says."""

import re
import shlex
from pathlib import Path

import pytest
from test_walkthroughs import DOCS, fits, steps
from told import Run

from omnitui.datafiles.check import check

PAGE = (DOCS / "scripts.md").read_text("utf-8")
TOML = re.compile(r"^```toml\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@pytest.fixture
def written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The examples of the page as one file, in the folder that the shell is in."""
    path = tmp_path / "scripts.toml"
    path.write_text("\n".join(TOML.findall(PAGE)), "utf-8")
    monkeypatch.chdir(tmp_path)
    return path


def test_the_examples_are_a_right_file(written: Path) -> None:
    assert [str(one) for one in check([written], lambda _: None).problems] == []


def test_every_line_of_the_guide_does_what_it_says(omnitui: Run, written: Path) -> None:
    found = list(steps(PAGE))
    assert len(found) > 15
    for step in found:
        command, *arguments = shlex.split(step.line)
        assert command == "omnitui"
        told = omnitui(*arguments)
        assert told.code == int('"refused"' in told.out), step.line + told.out + told.err
        assert fits(told.out.splitlines(), step.answer), f"{step.line}\n{told.out}"
