"""An editor that does not do what it should: the draft is as it was, and the sentence says why."""

import os
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from textual.app import App, SuspendNotSupported

from omnitui.console.session.outside_editor import NotEdited, edited

Script = Callable[[str], None]


class Lender(App[None]):
    """An app that lends its terminal; `lent` says whether it has it back."""

    def __init__(self, can: bool = True) -> None:
        super().__init__()
        self.can = can
        self.lent = 0

    @contextmanager
    def suspend(self) -> Iterator[None]:
        if not self.can:
            raise SuspendNotSupported("no")
        self.lent += 1
        yield
        self.lent -= 1


@pytest.fixture
def script(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Script:
    """Makes a program the editor."""
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))

    def made(body: str) -> None:
        path = tmp_path / "editor"
        path.write_text(f"#!/bin/sh\n{body}\n")
        path.chmod(path.stat().st_mode | stat.S_IXUSR)
        monkeypatch.setenv("EDITOR", str(path))

    return made


def left(tmp_path: Path) -> list[Path]:
    return sorted(tmp_path.glob("omnitui-*.txt"))


def test_what_it_saves_comes_back(script: Script, tmp_path: Path) -> None:
    script('printf "und mehr\\n" >> "$1"')
    app = Lender()
    assert edited(app, "Guten Tag, ") == "Guten Tag, und mehr"
    assert not app.lent
    assert not left(tmp_path)


@pytest.mark.parametrize(
    ("body", "why", "kept"),
    [
        ("exit 3", "ended with 3", False),
        ('echo new > "$1"; exit 1', "ended with 1", True),
        ('echo new > "$1"; kill -9 $$', "SIGKILL", True),
        ("kill -TERM $$", "SIGTERM", False),
        ('printf "\\377\\376\\000x" > "$1"', "not UTF-8 text", True),
        ('printf "a\\000b" > "$1"', "not text", True),
        ('head -c 500000 /dev/zero | tr "\\0" x > "$1"', "too long", True),
        ('rm "$1"', "cannot be read", False),
    ],
)
def test_what_it_spoils_does_not(
    script: Script, tmp_path: Path, body: str, why: str, kept: bool
) -> None:
    script(body)
    app = Lender()
    with pytest.raises(NotEdited, match=why) as told:
        edited(app, "The draft")
    assert not app.lent
    assert bool(left(tmp_path)) is kept
    assert not kept or str(left(tmp_path)[0]) in str(told.value), "it says where it is"


@pytest.mark.parametrize("editor", ["/no/such/editor", "no-such-editor -w", "'unclosed", "  "])
def test_one_that_is_not_there_is_not_lent_the_terminal(
    monkeypatch: pytest.MonkeyPatch, editor: str
) -> None:
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setenv("EDITOR", editor)
    app = Lender()
    with pytest.raises(NotEdited):
        edited(app, "The draft")
    assert not app.lent


def test_one_that_cannot_be_run(script: Script, tmp_path: Path) -> None:
    script("")
    Path(os.environ["EDITOR"]).write_bytes(b"\x7fELF no program at all")
    app = Lender()
    with pytest.raises(NotEdited, match="could not be started"):
        edited(app, "The draft")
    assert not app.lent
    assert not left(tmp_path)


def test_a_terminal_that_cannot_be_lent(script: Script) -> None:
    script("")
    with pytest.raises(NotEdited, match="cannot run in this terminal"):
        edited(Lender(can=False), "The draft")


def test_an_editor_that_cannot_be_run_is_not_said_to_be_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = tmp_path / "notes.txt"
    plain.write_text("no program")
    for editor, why in ((str(plain), "cannot be run"), (str(tmp_path / "no"), "was not found")):
        monkeypatch.setenv("VISUAL", "  ")
        monkeypatch.setenv("EDITOR", editor)
        with pytest.raises(NotEdited, match=f"^{editor} {why}: set EDITOR"):
            edited(Lender(), "Hello")
    monkeypatch.setenv("EDITOR", "''")
    with pytest.raises(NotEdited, match="names no program"):
        edited(Lender(), "Hello")
