"""Everything that is SQLite's own: opening a store, its transactions, noticing others' changes.

A `Store` belongs to one thread at a time. Writers take `BEGIN IMMEDIATE`, so two processes never
decide on the same state; readers see the last commit. Moving to another engine means replacing
this module and `search.py`.
"""

import os
import sqlite3
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from omnitui.model.errors import StoreBroken, StoreGone, StoreTooNew
from omnitui.store import access, terms
from omnitui.store.backups import back_up, damages
from omnitui.store.faults import busy, damaged, fault_of, is_busy, is_foreign
from omnitui.store.recognising import APPLICATION_ID, is_store
from omnitui.store.schema import LATEST

LONG_BYTES = 32 * 1024 * 1024
"""The size from which updating an older store takes long enough for a message."""

_REMEMBERED = 10_000
"""Up to so many conversations are checked by key."""

Params = Mapping[str, Any]
Row = sqlite3.Row
Clash = sqlite3.IntegrityError
"""SQLite's errors for a row that conflicts with another one."""
Damage = sqlite3.DatabaseError
"""SQLite's errors for a store that cannot be read, among others."""


class Store:
    """An open store. `path` is `:memory:` for one in memory only."""

    def __init__(self, path: Path | str, *, busy_ms: int = 5_000) -> None:
        self.path = str(path)
        self._undone = 0
        self._writing = False
        self._conversations: set[int] = set()
        if self.path != ":memory:":
            _prepare(Path(self.path))
        try:
            # One thread owns a store at a time; which one may change (an executor, a test).
            self.connection = sqlite3.connect(
                self.path, isolation_level=None, check_same_thread=False, cached_statements=512
            )
        except sqlite3.Error as error:
            raise self._not_opened(error) from error
        try:
            self.connection.row_factory = sqlite3.Row
            self._open(busy_ms)
        except BaseException as error:
            self.connection.close()
            if isinstance(error, UnicodeDecodeError):
                # A damaged name in what SQLite says is wrong with the list of tables.
                error = sqlite3.DatabaseError("malformed database schema")
            if isinstance(error, sqlite3.Error):
                raise self._not_opened(error) from error
            raise

    def _not_opened(self, error: sqlite3.Error) -> Exception:
        """The error for a file that cannot be opened."""
        if not is_foreign(error):
            return fault_of(error, self.path) or error
        if is_store(Path(self.path)):
            return damaged(self.path, str(error))
        return StoreBroken(
            f"{self.path} cannot be opened as an OmniTUI store ({error}). Give another file "
            "with --store, or restore a backup."
        )

    def _open(self, busy_ms: int) -> None:
        run = self.connection.execute
        run(f"PRAGMA busy_timeout = {busy_ms}")
        run("PRAGMA foreign_keys = ON")
        run("PRAGMA temp_store = MEMORY")
        self._check_identity()
        self._file = self._file_now()
        self._write_ahead(busy_ms)
        terms.give(self.connection)
        terms.list_words(self.connection)
        run("PRAGMA synchronous = NORMAL")
        # Checkpoints cost most when they are many and small; 16 MiB of log is soon read back.
        run("PRAGMA wal_autocheckpoint = 4000")
        if run("PRAGMA user_version").fetchone()[0] < LATEST:
            self._migrate()

    def _write_ahead(self, busy_ms: int) -> None:
        """Switch to the write-ahead log; SQLite does not wait for others here by itself."""
        give_up = time.monotonic() + busy_ms / 1_000
        while True:
            try:
                self.connection.execute("PRAGMA journal_mode = WAL")
                return
            except sqlite3.OperationalError as error:
                if not is_busy(error) or time.monotonic() > give_up:
                    raise
            time.sleep(0.005)

    def _check_identity(self) -> None:
        run = self.connection.execute
        # Tables first: a process that makes the same store right now commits them with its mark,
        # so tables without a mark are somebody else's for certain.
        tables = run("SELECT count(*) FROM sqlite_master").fetchone()[0]
        owner = run("PRAGMA application_id").fetchone()[0]
        version = run("PRAGMA user_version").fetchone()[0]
        if owner not in (0, APPLICATION_ID) or (owner == 0 and tables):
            if is_store(Path(self.path)):
                raise damaged(self.path, "its first page does not say what it is")
            raise StoreBroken(
                f"{self.path} is a database of another program. Give another file with --store."
            )
        if version > LATEST:
            raise StoreTooNew(
                f"{self.path} was written by a later OmniTUI (store version {version}, this "
                f"one reads up to {LATEST}). Update OmniTUI, or give another file with "
                "--store."
            )

    def _migrate(self) -> None:
        # Imported when it is needed: sqlite-utils takes as long to import as a store to open.
        from omnitui.store.migrations import migrate

        with self.transaction():
            # Another process may have migrated while this one waited for the lock.
            version = self.connection.execute("PRAGMA user_version").fetchone()[0]
            if version < LATEST:
                self._tell_of_migration(version)
                migrate(self.connection)
                self.connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
                self.connection.execute(f"PRAGMA user_version = {LATEST}")

    def _tell_of_migration(self, version: int) -> None:
        """Print a line before the screen starts, so that people know why they wait."""
        if version and self.path != ":memory:" and Path(self.path).stat().st_size >= LONG_BYTES:
            import logging

            logging.getLogger(__name__).warning(
                "Updating %s from store version %d to %d, once; this may take a minute. "
                "Nothing is lost if it is interrupted.",
                self.path,
                version,
                LATEST,
            )

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Run the block as one transaction, all or nothing.

        Nested calls join the outer one; one that fails is undone alone where the outer one goes on.
        Refused when another process holds the lock for longer than the busy timeout.
        """
        if self.connection.in_transaction:
            with self._savepoint():
                yield
            return
        self._begin()
        self._writing = True
        try:
            yield
            self.connection.execute("COMMIT")
        except BaseException:
            self._finish("ROLLBACK")
            raise
        finally:
            self._writing = False

    def _begin(self) -> None:
        try:
            self.connection.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError as error:
            if not is_busy(error):
                raise
            raise busy() from error
        try:
            self.check_there()
        except BaseException:
            self._finish("ROLLBACK")
            raise

    def _file_now(self) -> tuple[int, int] | None:
        """The identity of the file at the path; None if there is none."""
        if self.path == ":memory:":
            return (0, 0)
        try:
            found = os.stat(self.path)
        except FileNotFoundError:
            return None
        return found.st_dev, found.st_ino

    def check_there(self) -> None:
        """Raise `StoreGone` when the open file is not the one at the path any more.

        SQLite goes on writing into a file that was removed, and nobody ever finds it again.
        """
        now = self._file_now()
        if now != self._file:
            what = "removed" if now is None else "replaced by another file"
            raise StoreGone(
                f"{self.path} was {what} while it was open: changes are no longer saved. Put "
                "the file back, or start again."
            )

    @contextmanager
    def _savepoint(self) -> Iterator[None]:
        self.connection.execute("SAVEPOINT nested")
        try:
            yield
        except BaseException:
            self._finish("ROLLBACK TO nested")
            self._finish("RELEASE nested")
            raise
        self.connection.execute("RELEASE nested")

    @property
    def in_transaction(self) -> bool:
        """Whether a transaction is open, so that the next one would join it."""
        return self.connection.in_transaction

    @property
    def writes(self) -> bool:
        """Whether a transaction is open that may have changed something, and may take it back."""
        return self._writing

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Read in the block from one snapshot, so that the results are consistent."""
        if self.connection.in_transaction:
            yield
            return
        self.connection.execute("BEGIN")
        try:
            yield
        finally:
            self._finish("COMMIT")

    @contextmanager
    def at_once(self) -> Iterator[None]:
        """Do not wait for other processes in the block: a lock is refused at once."""
        patience = self.value("PRAGMA busy_timeout")
        self.connection.execute("PRAGMA busy_timeout = 0")
        try:
            yield
        finally:
            self.connection.execute(f"PRAGMA busy_timeout = {patience}")

    def _finish(self, word: str) -> None:
        # SQLite has ended the transaction itself after some errors (disk full, for one).
        if self.connection.in_transaction:
            self.connection.execute(word)
        self._undone += word.startswith("ROLLBACK")

    def execute(self, sql: str, params: Params | Sequence[Any] = ()) -> sqlite3.Cursor:
        """Run one statement."""
        return self.connection.execute(sql, params)

    def rows(self, sql: str, params: Params | Sequence[Any] = ()) -> list[Row]:
        """All rows of a query. Callers bound it with LIMIT."""
        return self.connection.execute(sql, params).fetchall()

    def row(self, sql: str, params: Params | Sequence[Any] = ()) -> Row | None:
        """The first row, or None."""
        found: Row | None = self.connection.execute(sql, params).fetchone()
        return found

    def value(self, sql: str, params: Params | Sequence[Any] = ()) -> Any:
        """The first column of the first row, or None."""
        found = self.connection.execute(sql, params).fetchone()
        return None if found is None else found[0]

    def insert(self, table: str, values: Params) -> int:
        """Insert one row and return its key. Table and column names come from code only."""
        columns = ", ".join(values)
        marks = ", ".join(f":{name}" for name in values)
        cursor = self.connection.execute(
            f"INSERT INTO {table} ({columns}) VALUES ({marks})", values
        )
        return int(cursor.lastrowid or 0)

    def update(self, table: str, key: int, values: Params) -> None:
        """Set columns of the row with `id = key`."""
        sets = ", ".join(f"{name} = :{name}" for name in values)
        self.connection.execute(
            f"UPDATE {table} SET {sets} WHERE id = :_id", {**values, "_id": key}
        )

    def holds(self, table: str, key: int) -> bool:
        """Whether the table has a row of that key.

        Conversations are never deleted, so known ones are not asked for again.
        """
        if table == "conversations" and key in self._conversations:
            return True
        found = self.value(f"SELECT 1 FROM {table} WHERE id = ?", (key,)) is not None
        # One that this transaction has made may yet be rolled back with it.
        if found and table == "conversations" and not self._writing:
            if len(self._conversations) >= _REMEMBERED:
                self._conversations.clear()
            self._conversations.add(key)
        return found

    def next_key(self, table: str) -> int:
        """The key of the next row, never used before."""
        found = self.value("SELECT seq FROM sqlite_sequence WHERE name = ?", (table,))
        return int(found or 0) + 1

    def moment(self) -> tuple[int, int]:
        """A number that changes with every write or rollback of this connection, even before a
        commit.

        What was read in a transaction is still valid while the number is the same.
        """
        return self.connection.total_changes, self._undone

    def data_version(self) -> int:
        """A number that moves when another connection has committed (about 3 microseconds)."""
        return int(self.connection.execute("PRAGMA data_version").fetchone()[0])

    def backup(self, target: Path) -> None:
        """Write a complete, consistent copy to `target`, also while others work.

        An older copy of that name is replaced when the new one is complete and sound. Attached
        files are copied too, into the folder beside it. Raises `Fault`.
        """
        back_up(self.connection, self.path, target)
        if self.path != ":memory:":
            from omnitui.store import files

            files.copy_beside(self.path, target)

    def damages(self) -> list[str]:
        """What is wrong with the file's pages; empty when all of them can be read."""
        return damages(self.connection)

    def problems(self) -> list[str]:
        """What SQLite's own checks find wrong; empty when the file is sound."""
        found = self.damages()
        try:
            broken = self.rows("PRAGMA foreign_key_check")
        except sqlite3.DatabaseError as error:
            return found or [str(error)]
        return found + [
            f"{row[0]} row {row[1]} refers to a missing row of {row[2]}" for row in broken
        ]

    def close(self) -> None:
        """Close the file. Closing twice is harmless."""
        self.connection.close()


def _prepare(path: Path) -> None:
    try:
        access.make_folder(path.parent)
    except OSError as error:
        raise StoreBroken(
            f"The folder of {path} cannot be created ({error.strerror}). Give another file "
            "with --store."
        ) from error
    if path.is_dir():
        raise StoreBroken(f"{path} is a folder. Give a file with --store.")
    if path.exists() and not path.is_file():
        raise StoreBroken(f"{path} is a device or a pipe. Give a file with --store.")
    # A file that cannot be made is told by SQLite, which also knows what else may be wrong.
    with suppress(OSError):
        access.make_file(path)
