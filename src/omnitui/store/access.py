"""File rights: the owner only, or on request the owner's group.

A store holds what customers write. SQLite gives its log the mode of the store, so the mode of the
new file decides for all of them.
"""

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

VARIABLE = "OMNITUI_GROUP"
"""Set to yes, the owner's group can use new files too: for consoles of several people."""

_YES = ("yes", "true", "1", "on")


def for_group() -> bool:
    """Whether new files are for the group too."""
    return os.environ.get(VARIABLE, "").strip().lower() in _YES


def file_mode() -> int:
    """The mode of a new file."""
    return 0o660 if for_group() else 0o600


def make_folder(path: Path) -> None:
    """Create a folder and its missing parents; existing ones do not change.

    Raises `OSError`.
    """
    missing = [one for one in (path, *path.parents) if not one.exists()]
    path.mkdir(parents=True, exist_ok=True)
    for folder in missing:
        # Files made in a folder for the group belong to the group as well.
        with suppress(OSError):
            folder.chmod(0o2770 if for_group() else 0o700)


def make_file(path: Path) -> None:
    """Create an empty file with the right mode; an existing one does not change.

    Raises `OSError`.
    """
    with suppress(FileExistsError):
        handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, file_mode())
        try:
            # The process's mask may have taken more away than is meant.
            os.fchmod(handle, file_mode())
        finally:
            os.close(handle)


@contextmanager
def written(path: Path) -> Iterator[IO[str]]:
    """A new text file to write to, with the right mode; replaces `path`. Raises `OSError`."""
    path.unlink(missing_ok=True)
    make_file(path)
    with path.open("w", encoding="utf-8", newline="") as file:
        yield file


def too_open(path: Path) -> str:
    """Why too many people can read a store, as a sentence; empty if they cannot."""
    with suppress(OSError):
        for file in (path, *(path.with_name(f"{path.name}{end}") for end in ("-wal", "-shm"))):
            mode = stat.S_IMODE(file.stat().st_mode) if file.exists() else 0
            if mode & 0o007:
                return (
                    f"everybody on this machine may open {file} (mode {mode:04o});"
                    f" `chmod {'660' if mode & 0o060 else '600'} {file}` ends that"
                )
    return ""
