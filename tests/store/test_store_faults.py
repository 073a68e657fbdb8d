"""What goes wrong beneath the desk, as the sentence that is right for it."""

import os
import sqlite3
from pathlib import Path

import pytest

from omnitui.model.errors import Fault, Refused, StoreBroken, StoreGone
from omnitui.store.engine import Store
from omnitui.store.faults import fault_of, faults_told

PATH = "/data/omnitui.db"


def raised(code: int, said: str) -> sqlite3.Error:
    error = sqlite3.OperationalError(said)
    error.sqlite_errorcode = code
    return error


@pytest.mark.parametrize(
    ("error", "kind", "words"),
    [
        (raised(sqlite3.SQLITE_FULL, "database or disk is full"), Fault, "full"),
        (raised(sqlite3.SQLITE_CORRUPT, "disk image is malformed"), StoreBroken, "damaged"),
        (raised(sqlite3.SQLITE_NOTADB, "file is not a database"), StoreBroken, "damaged"),
        (sqlite3.DatabaseError("database disk image is malformed"), StoreBroken, "damaged"),
        (raised(sqlite3.SQLITE_READONLY_DBMOVED, "readonly database"), Fault, "not writable"),
        (raised(sqlite3.SQLITE_CANTOPEN, "unable to open"), Fault, "still exists"),
        (raised(sqlite3.SQLITE_IOERR_READ, "disk I/O error"), Fault, "read or written"),
        (raised(sqlite3.SQLITE_BUSY_SNAPSHOT, "database is locked"), Refused, "Another program"),
        (raised(sqlite3.SQLITE_LOCKED, "table is locked"), Refused, "Another program"),
        (sqlite3.ProgrammingError("no such column"), Fault, "did not answer"),
        (OSError(28, "No space left on device"), Fault, "full"),
        (PermissionError(13, "Permission denied", PATH), Fault, "Permission denied"),
    ],
)
def test_each_fault_has_its_sentence(error: Exception, kind: type, words: str) -> None:
    fault = fault_of(error, PATH)
    assert type(fault) is kind
    assert words in str(fault)
    assert "Traceback" not in str(fault)
    assert str(fault).endswith(".")


def test_what_is_not_beneath_the_desk_is_none_of_it() -> None:
    assert fault_of(KeyError("x"), PATH) is None


def test_a_page_that_is_damaged_is_told_of(store_path: Path) -> None:
    store = Store(store_path)
    store.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    store.close()
    size = store_path.stat().st_size
    with store_path.open("r+b") as file:
        file.seek(4096)
        file.write(os.urandom(size - 4096))
    with pytest.raises(StoreBroken, match=store_path.name), faults_told(str(store_path)):
        read_all(store_path)


def read_all(path: Path) -> None:
    store = Store(path)
    for (name,) in store.rows("SELECT name FROM sqlite_master WHERE type = 'table'"):
        store.rows(f"SELECT * FROM {name}")


@pytest.mark.parametrize("instead", [None, b""])
def test_a_store_that_is_removed_or_replaced_takes_nothing(
    store_path: Path, instead: bytes | None
) -> None:
    store = Store(store_path)
    store.check_there()
    store_path.unlink()
    if instead is not None:
        store_path.write_bytes(instead)
    words = "removed" if instead is None else "replaced"
    with pytest.raises(StoreGone, match=words):
        store.check_there()
    with pytest.raises(StoreGone, match=words), store.transaction():
        pytest.fail("nothing is written")
    assert not store.in_transaction
    store.close()


def test_a_store_in_memory_is_always_there() -> None:
    store = Store(":memory:")
    store.check_there()
    with store.transaction():
        pass
    store.close()


@pytest.mark.parametrize("kept_from", ["file", "folder"])
def test_a_store_that_is_there_for_reading_only_is_not_called_gone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kept_from: str
) -> None:
    path = tmp_path / "store.db"
    path.touch()
    closed = str(path if kept_from == "file" else tmp_path)
    monkeypatch.setattr(os, "access", lambda where, how: str(where) != closed)
    error = raised(sqlite3.SQLITE_CANTOPEN, "unable to open database file")
    assert "is not writable: nothing was changed" in str(fault_of(error, str(path)))
    assert "still exists" in str(fault_of(error, str(tmp_path / "other.db")))
