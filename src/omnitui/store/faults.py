"""What SQLite and the disk report, as the sentence that is right for it."""

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from omnitui.model.errors import Fault, Refused, StoreBroken

_BUSY = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
_DAMAGED = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


def fault_of(error: BaseException, path: str) -> Exception | None:
    """What to raise instead of an error that came from beneath the desk; None where it did not.

    `path` is the store's.
    """
    if isinstance(error, OSError):
        return _of_the_disk(error, path)
    if not isinstance(error, sqlite3.Error):
        return None
    # The low byte is the kind of error, the rest says which of its kind. Some have no code.
    kind = getattr(error, "sqlite_errorcode", -1) & 0xFF
    said = str(error)
    if kind in _BUSY:
        return Refused(
            "store.busy",
            "Another program is writing to the store and has not finished.",
            "Nothing was changed; try again in a moment.",
        )
    if kind == sqlite3.SQLITE_FULL or "disk is full" in said:
        return Fault(f"The disk that holds {path} is full: nothing was changed. Make room on it.")
    if kind in _DAMAGED or "malformed" in said or "not a database" in said:
        return StoreBroken(
            f"{path} is damaged ({said}). Leave it as it is: `omnitui doctor` says what is wrong,"
            " and a backup brings back what is lost."
        )
    if kind == sqlite3.SQLITE_READONLY or "readonly" in said:
        return Fault(f"{path} may not be written to: nothing was changed. See who owns it.")
    if kind in (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM, sqlite3.SQLITE_AUTH):
        return Fault(f"{path} cannot be opened any more ({said}). See whether it is gone.")
    if kind == sqlite3.SQLITE_IOERR or "disk I/O" in said:
        return Fault(f"{path} cannot be read or written ({said}). Nothing was changed.")
    return Fault(f"The store {path} did not answer ({type(error).__name__}: {said}).")


@contextmanager
def faults_told(path: str) -> Iterator[None]:
    """Raise what SQLite reports inside as a `Fault`, or `Refused` where the store is only busy."""
    try:
        yield
    except sqlite3.Error as error:
        fault = fault_of(error, path)
        assert fault is not None
        raise fault from error


def _of_the_disk(error: OSError, path: str) -> Fault:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return Fault(f"The disk that holds {path} is full: nothing was changed. Make room on it.")
    return Fault(f"{error.filename or path}: {error.strerror or error}.")
