"""The guide to suggestions: its files are written and its lines are run."""

import re
import shlex
from pathlib import Path

import pytest
from test_walkthroughs import DOCS, fits, steps
from told import Run

FILES = re.compile(r"^```csv (\S+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def test_every_line_does_what_the_page_says(
    omnitui: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = (DOCS / "assistant.md").read_text("utf-8")
    monkeypatch.chdir(tmp_path)
    for name, text in FILES.findall(page):
        (tmp_path / name).write_text(text, "utf-8")
    found = list(steps(page))
    assert len(found) >= 9
    for step in found:
        command, *arguments = shlex.split(step.line)
        assert command == "omnitui"
        told = omnitui(*arguments)
        assert told.code == 0, step.line + told.out + told.err
        assert fits(told.out.splitlines(), step.answer), f"{step.line}\n{told.out}"
