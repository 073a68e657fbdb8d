"""Writing in the agent's own editor, to which the terminal is lent meanwhile."""

import os
import shlex
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from textual.app import App, SuspendNotSupported


class NotEdited(Exception):
    """The editor gave nothing back; the sentence says why. What was written stays as it was."""


def edited(app: App[Any], text: str) -> str:
    """What the agent has made of `text` in `$VISUAL`, else `$EDITOR`, else `vi`.

    Nothing else runs meanwhile. Raises `NotEdited`.
    """
    editor = os.environ.get("VISUAL") or os.environ.get("EDITOR") or "vi"
    try:
        return _edited(app, shlex.split(editor), text).rstrip("\n")
    except SuspendNotSupported as error:
        raise NotEdited("This terminal cannot be lent to an editor") from error
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or error
        raise NotEdited(f"{editor} could not be started: {why}") from error


def _edited(app: App[Any], command: Sequence[str], text: str) -> str:
    handle, name = tempfile.mkstemp(suffix=".txt", prefix="omnitui-", text=True)
    path = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
        with app.suspend():
            done = subprocess.run([*command, name], check=False)
        if done.returncode:
            raise OSError(f"it ended with {done.returncode}, and nothing was taken over")
        return path.read_text(encoding="utf-8", errors="replace")
    finally:
        path.unlink(missing_ok=True)
