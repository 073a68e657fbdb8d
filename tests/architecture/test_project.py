"""The project's own files are true: dependencies have reasons, the reference is fresh."""

import re
import tomllib
from functools import cache
from pathlib import Path

import pytest

from omnitui.cli import docs
from omnitui.cli.reference.events import Written, written
from omnitui.desk.kinds import KINDS

ROOT = Path(__file__).parents[2]
PROJECT = (ROOT / "pyproject.toml").read_text("utf-8")


def dependencies() -> list[str]:
    table = tomllib.loads(PROJECT)
    return [*table["project"]["dependencies"], *table["dependency-groups"]["dev"]]


@pytest.mark.parametrize("dependency", dependencies())
def test_every_dependency_says_why_it_is_there(dependency: str) -> None:
    line = next(line for line in PROJECT.splitlines() if f'"{dependency}"' in line)
    assert len(line.partition("#")[2].split()) >= 2


@pytest.mark.parametrize("dependency", dependencies())
def test_every_dependency_is_pinned_in_the_constraints(dependency: str) -> None:
    name = re.match(r"[\w-]+", dependency)
    assert name is not None
    pinned = (ROOT / "constraints.txt").read_text("utf-8").lower().replace("_", "-")
    assert f"\n{name[0].lower()}==" in f"\n{pinned}"


def test_constraints_are_names_and_versions_alone() -> None:
    lines = (ROOT / "constraints.txt").read_text("utf-8").splitlines()
    assert [line for line in lines if not re.fullmatch(r"[\w.-]+==[\w.!+]+", line)] == []


def test_the_reference_is_fresh() -> None:
    assert docs.stale(docs.folder()) == [], "run `make docs`"


def test_a_stale_page_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pages = docs.pages()
    monkeypatch.setattr(docs, "pages", lambda: pages)
    for name, text in pages.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    assert docs.stale(tmp_path) == []
    page = tmp_path / "events.md"
    page.write_text(page.read_text("utf-8").replace("store.filled", "store.emptied"), "utf-8")
    assert docs.stale(tmp_path) == ["events.md"]


@cache
def told() -> tuple[Written, ...]:
    """What the code writes into the journal, looked for once."""
    return tuple(written())


def test_every_kind_of_journal_entry_is_explained_in_kinds() -> None:
    sources = told()
    assert [s.kind for s in sources if s.whole and s.kind not in KINDS] == []
    assert [s.kind for s in sources if not any(s.covers(kind) for kind in KINDS)] == []


def test_every_kind_that_is_explained_is_written_somewhere() -> None:
    sources = told()
    assert [kind for kind in KINDS if not any(s.covers(kind) for s in sources)] == []
