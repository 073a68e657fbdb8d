"""Files that get their name when they are complete.

A process writes to a temporary file beside the target. If it is killed, the next one that writes
the same target removes that file.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from omnitui.model.errors import Fault

_END = ".partial"


@contextmanager
def whole(target: Path) -> Iterator[Path]:
    """A path to write to; it becomes `target` when the block ends well, else nothing is left.

    Raises `OSError`, and `Fault` where something stands in its place that is no file: taking the
    name of a device or a pipe would take it away from everybody who uses it.
    """
    if target.exists() and not target.is_file():
        raise Fault(
            f"{target} is a device, a pipe or a folder and cannot be replaced. Give another "
            "file; nothing was written."
        )
    _clear(target)
    partial = target.with_name(f".{target.name}.{os.getpid()}{_END}")
    try:
        yield partial
        partial.replace(target)
    finally:
        _remove(partial)


def _clear(target: Path) -> None:
    """Remove what processes that are no more have left of this target."""
    begins = f".{target.name}."
    with suppress(OSError):
        for path in target.parent.iterdir():
            owner = path.name.removeprefix(begins).removesuffix(_END)
            whose = path.name == f"{begins}{owner}{_END}" and owner.isdecimal()
            if whose and not _alive(int(owner)):
                _remove(path)


def _alive(process: int) -> bool:
    if process == os.getpid():
        return False
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except PermissionError:
        return True
    return True


def _remove(path: Path) -> None:
    for name in (path.name, f"{path.name}-journal", f"{path.name}-wal", f"{path.name}-shm"):
        with suppress(OSError):
            path.with_name(name).unlink()
