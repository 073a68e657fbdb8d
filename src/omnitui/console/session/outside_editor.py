"""Writing in the agent's own editor, to which the terminal is lent meanwhile.

Nothing may fail while it is lent: an error in there leaves the toolkit without its keyboard. So the
program is looked for before, and what becomes of it is judged after.
"""

import os
import shlex
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from types import FrameType
from typing import Any

from textual.app import App, SuspendNotSupported

from omnitui.console.session.composer_text import ComposerText
from omnitui.safetext import LIMIT, clean

_ENDED_BY_NAME = {-number.value: number.name for number in signal.Signals}


class NotEdited(Exception):
    """The editor gave nothing back; the sentence says why. What was written stays as it was."""


def edit_field(app: App[Any], field: ComposerText) -> str:
    """Write what is in a field in the agent's own editor; why that could not be, empty if it was.

    What the editor leaves comes back into the field.
    """
    try:
        field.set_text(edited(app, field.text))
    except NotEdited as error:
        # In a toast as well: the label has no room for what was saved where.
        app.notify(f"{error}.", severity="warning", timeout=15, markup=False)
        return str(error)
    return ""


def edited(app: App[Any], text: str) -> str:
    """What the agent has made of `text` in `$VISUAL`, else `$EDITOR`, else `vi`.

    Nothing else runs meanwhile. Raises `NotEdited`.
    """
    named = (os.environ.get(name, "").strip() for name in ("VISUAL", "EDITOR"))
    editor = next(filter(None, named), "vi")
    command = _command(editor)
    path = _written(text)
    keep = False
    try:
        try:
            ended = _lent(app, [*command, str(path)])
        except SuspendNotSupported as error:
            raise NotEdited("An editor cannot run in this terminal") from error
        if isinstance(ended, Exception):
            why = getattr(ended, "strerror", None) or ended
            raise NotEdited(f"{editor} could not be started: {why}")
        keep = _changed(path, text)
        kept = f"; what it saved is in {path}" if keep else ""
        if ended:
            how = _ENDED_BY_NAME.get(ended, f"it ended with {ended}")
            raise NotEdited(f"{editor} did not finish ({how}): your text did not change{kept}")
        made = _read(path, kept).rstrip("\n")
        keep = False
        return made
    finally:
        if not keep:
            with suppress(OSError):
                path.unlink(missing_ok=True)


def _command(editor: str) -> list[str]:
    try:
        command = shlex.split(editor)
    except ValueError as error:
        raise NotEdited(f"{editor} is not a command ({error}): set EDITOR") from error
    if not command or not command[0]:
        raise NotEdited(f"{editor} names no program: set EDITOR")
    if shutil.which(command[0]) is None:
        there = Path(command[0]).expanduser().exists()
        why = "cannot be run" if there else "was not found"
        raise NotEdited(f"{command[0]} {why}: set EDITOR")
    return command


def _written(text: str) -> Path:
    try:
        handle, name = tempfile.mkstemp(suffix=".txt", prefix="omnitui-")
        with os.fdopen(handle, "w", encoding="utf-8", errors="replace") as file:
            file.write(text)
    except OSError as error:
        raise NotEdited(f"A file for the editor cannot be written: {error.strerror}") from error
    return Path(name)


def _lent(app: App[Any], command: Sequence[str]) -> int | Exception:
    """Run a program on the terminal; its exit code, or why it could not be started."""
    ended: int | Exception = 0
    with app.suspend():
        try:
            ended = _run(command)
        except Exception as error:
            ended = error
    return ended


def _run(command: Sequence[str]) -> int:
    with subprocess.Popen(command) as program, _signals_are_its_own(program):
        return program.wait()


@contextmanager
def _signals_are_its_own(program: "subprocess.Popen[bytes]") -> Iterator[None]:
    """Keys that send signals mean the editor; who ends the console from outside ends both."""

    def passed(number: int, frame: FrameType | None) -> None:
        pass

    def ended(number: int, frame: FrameType | None) -> None:
        program.terminate()

    wanted = {"SIGINT": passed, "SIGQUIT": passed, "SIGTERM": ended, "SIGHUP": ended}
    before = {}
    with suppress(ValueError):  # not outside the main thread
        for name, handler in wanted.items():
            number = getattr(signal, name, None)
            if number is not None:
                before[number] = signal.signal(number, handler)
    try:
        yield
    finally:
        for number, earlier in before.items():
            signal.signal(number, earlier)


def _changed(path: Path, text: str) -> bool:
    """Whether the file holds something else than was given to the editor."""
    try:
        found = path.read_bytes()
    except OSError:
        return False
    return bool(found.strip()) and found.strip() != text.strip().encode("utf-8", "replace")


def _read(path: Path, kept: str) -> str:
    try:
        if path.stat().st_size > 4 * LIMIT:
            raise NotEdited(f"The text is far too long (over {LIMIT:,} characters){kept}")
        found = path.read_bytes()
    except OSError as error:
        raise NotEdited(f"The edited file cannot be read: {error.strerror}{kept}") from error
    try:
        made = found.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise NotEdited(f"The edited file is not UTF-8 text{kept}") from error
    if "\0" in made:
        raise NotEdited(f"The edited file is not text{kept}")
    if len(made) > LIMIT:
        raise NotEdited(f"The text is far too long ({len(made):,} characters){kept}")
    return clean(made)
