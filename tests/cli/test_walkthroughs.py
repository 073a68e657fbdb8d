"""Pages that walk through commands say what really happens: every line is run and compared."""

import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from told import Run

DOCS = Path(__file__).parents[2] / "docs"
PAGES = ("cases.md", "composer.md", "entitlements.md", "knowledge.md")
CONSOLE = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)
LOOP = re.compile(r"for n in \$\(seq (\d+)\); do (.*) > /dev/null; done")
LEFT_OUT = "..."


@dataclass(frozen=True)
class Step:
    """A line that somebody types, how often it is run, and what is said to come of it."""

    line: str
    times: int
    answer: list[str]


def steps(page: str) -> Iterator[Step]:
    for block in CONSOLE.findall(page):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            line, *answer = part.rstrip("\n").split("\n")
            looped = LOOP.fullmatch(line)
            if looped:
                yield Step(looped[2], int(looped[1]), [LEFT_OUT])
            else:
                yield Step(line, 1, answer)


def fits(said: list[str], shown: list[str]) -> bool:
    """Whether `shown` is what was said, with lines of dots for any that are left out."""
    parts = [
        r"(?:.*\n)*?" if line.strip() == LEFT_OUT else re.escape(line) + r"\n" for line in shown
    ]
    return re.fullmatch("".join(parts), "".join(f"{line}\n" for line in said)) is not None


@pytest.mark.parametrize("name", PAGES)
def test_every_line_does_what_the_page_says(omnitui: Run, name: str) -> None:
    found = list(steps((DOCS / name).read_text("utf-8")))
    assert len(found) > 15
    for step in found:
        command, *arguments = shlex.split(step.line)
        assert command == "omnitui"
        for _ in range(step.times):
            told = omnitui(*arguments)
            refused = '"refused"' in told.out
            assert told.code == int(refused), step.line + told.out + told.err
            assert not (refused and step.answer == [LEFT_OUT]), step.line + told.out
            assert fits(told.out.splitlines(), step.answer), f"{step.line}\n{told.out}"


@pytest.mark.parametrize(
    ("said", "shown", "fit"),
    [
        (["{", "a", "b", "}"], ["{", "...", "b", "}"], True),
        (["{", "a", "b", "}"], ["{", "...", "}"], True),
        (["{", "a", "b", "}"], ["{", "a", "}"], False),
        (["{", "a", "b", "}"], ["{", "b", "...", "}"], False),
        (["{", "a", "b", "}"], [], False),
        ([], [], True),
    ],
)
def test_what_is_left_out_is_left_out_and_nothing_else(
    said: list[str], shown: list[str], fit: bool
) -> None:
    assert fits(said, shown) == fit
