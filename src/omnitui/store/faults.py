"""The sentences for errors of SQLite and the disk."""

import errno
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from omnitui.model.errors import Fault, Refused, StoreBroken

BUSY = "store.busy"
"""The code of the refusal after waiting too long for another writer."""
_LOCKED = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
_DAMAGED = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
_DAMAGE = ("malformed", "not a database", "decode to UTF-8")
_UNWRITTEN = (
    sqlite3.SQLITE_IOERR_WRITE,
    sqlite3.SQLITE_IOERR_FSYNC,
    sqlite3.SQLITE_IOERR_TRUNCATE,
    sqlite3.SQLITE_IOERR_SHMSIZE,
)


def fault_of(error: BaseException, path: str) -> Exception | None:
    """The fault for an error from SQLite or the disk; None for other errors.

    `path` is the store's.
    """
    if is_full(error):
        return Fault(f"The disk of {path} is full: nothing was changed. Make room on it.")
    if isinstance(error, OSError):
        return Fault(f"{error.filename or path}: {error.strerror or error}.")
    if not isinstance(error, sqlite3.Error):
        return None
    kind = _kind(error)
    said = str(error)
    if kind in _LOCKED:
        return busy()
    if is_damage(error):
        return damaged(path, said)
    cannot_open = kind in (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM)
    if kind == sqlite3.SQLITE_READONLY or "readonly" in said or (cannot_open and _only_read(path)):
        return Fault(
            f"{path} is not writable: nothing was changed. Check its owner, its folder, and "
            "whether its disk is read-only."
        )
    if kind in (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM, sqlite3.SQLITE_AUTH):
        return Fault(f"{path} cannot be opened any more ({said}). Check whether it still exists.")
    if getattr(error, "sqlite_errorcode", -1) in _UNWRITTEN:
        return Fault(
            f"{path} cannot be written ({said}): nothing was changed. Check whether its disk "
            "is full or a limit on file size applies."
        )
    if kind == sqlite3.SQLITE_IOERR or "disk I/O" in said:
        return Fault(f"{path} cannot be read or written ({said}). Nothing was changed.")
    return Fault(f"The store {path} did not answer ({type(error).__name__}: {said}).")


def _only_read(path: str) -> bool:
    """Whether a store is there and cannot be worked on: logs are made beside it as it is opened."""
    return os.path.exists(path) and not (
        os.access(path, os.W_OK) and os.access(os.path.dirname(path) or ".", os.W_OK)
    )


def damaged(path: str, what: str) -> StoreBroken:
    """What is raised where a store is damaged; `what` says how that is known."""
    return StoreBroken(
        f"{path} is damaged ({what}). Do not change it: `omnitui doctor --repair NEW_FILE` "
        "recovers what can be read into a new file, and a backup has what is lost."
    )


def busy() -> Refused:
    """What is raised where another writer was waited for in vain."""
    return Refused(
        BUSY,
        "Another program is writing to the store and has not finished.",
        "Nothing was changed; try again in a moment.",
    )


def is_busy(error: sqlite3.Error) -> bool:
    """Whether another program holds the file; one that shares a connection does not count."""
    return _kind(error) == sqlite3.SQLITE_BUSY


def is_damage(error: BaseException) -> bool:
    """Whether the file's bytes are wrong, rather than the disk, its rights or somebody's lock."""
    said = str(error)
    return isinstance(error, sqlite3.Error) and (
        _kind(error) in _DAMAGED or any(words in said for words in _DAMAGE)
    )


def is_foreign(error: BaseException) -> bool:
    """Whether the file is no database at all."""
    return isinstance(error, sqlite3.Error) and (
        _kind(error) == sqlite3.SQLITE_NOTADB or "not a database" in str(error)
    )


def is_full(error: BaseException) -> bool:
    """Whether there is no more room on the disk."""
    if isinstance(error, OSError):
        return error.errno in (errno.ENOSPC, errno.EDQUOT)
    return isinstance(error, sqlite3.Error) and (
        _kind(error) == sqlite3.SQLITE_FULL or "disk is full" in str(error)
    )


def _kind(error: sqlite3.Error) -> int:
    # The low byte is the kind of error, the rest says which of its kind. Some have no code.
    return int(getattr(error, "sqlite_errorcode", -1)) & 0xFF


@contextmanager
def faults_told(path: str) -> Iterator[None]:
    """Raise what SQLite reports inside as a `Fault`, or `Refused` where the store is only busy."""
    try:
        yield
    except sqlite3.Error as error:
        fault = fault_of(error, path)
        assert fault is not None
        raise fault from error
