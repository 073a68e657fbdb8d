"""What can be recovered of a damaged store, into a new one. The damaged file is only read."""

import errno
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any

from msgspec import Struct

from omnitui.model.errors import Fault, StoreBroken, StoreTooNew
from omnitui.store import access, contents, leaves, meaning, partial, salvage, stand_ins, terms
from omnitui.store.contents import own_tables
from omnitui.store.engine import Store
from omnitui.store.faults import fault_of, is_damage, is_full
from omnitui.store.recognising import APPLICATION_ID, is_store, known_version, pages_of, version_in
from omnitui.store.schema import LATEST

_LOG = "write-ahead log"
"""What stands in a report for what was in a log that does not fit its store."""
_MOST_VERSIONS = 1_000
"""A version beyond this is damage, not a later program's."""
_MOST_KEYS = 100_000_000
"""No table has had more rows than this."""
_MOST_PADDED = 20
"""To so many times its length a file that was cut short is brought at most."""


class Recovered(Struct, frozen=True):
    """What became of one table. `lost` is None where it is not known how many rows are lost.

    `made` counts rows that stand in for lost ones that others refer to.
    """

    table: str
    kept: int
    lost: int | None = 0
    made: int = 0

    @property
    def whole(self) -> bool:
        """Whether nothing is lost and nothing made up."""
        return self.lost == 0 and not self.made


def recover(source: Path, target: Path) -> list[Recovered]:
    """Write what can be read of the store `source` to the new file `target`, table by table.

    Rows that refer to lost ones are kept: a row that says so stands in for each. Raises `Fault`
    with nothing written, also where `target` is there already.
    """
    target = target.resolve()
    if target.exists():
        raise Fault(f"{target} exists already. Give a new file.")
    if not target.parent.is_dir():
        raise Fault(f"There is no folder {target.parent}.")
    version = _version(source)
    log = source.with_name(f"{source.name}-wal")
    try:
        with partial.whole(target) as made:
            if not log.exists() or not log.stat().st_size:
                return _attempt(source, made, version, ("",))
            return _with_or_without_log(source, made, version)
    except OSError as error:
        raise _of_the_disk(error, source, target) from error
    except sqlite3.Error as error:
        raise fault_of(error, str(target)) or error from error


def _with_or_without_log(source: Path, made: Path, version: int) -> list[Recovered]:
    """Recover with the log; without it where less is lost so.

    A log that lies beside a store may be another one's. What it holds then hides the store's own.
    """
    with_log: list[Recovered] = []
    with suppress(StoreBroken):
        with_log = _attempt(source, made, version, ("", "-wal"))
    other = made.with_name(f"{made.name}.plain")
    try:
        without = _attempt(source, other, version, ("",))
        strange = _fewer(with_log, without)
        if not with_log or strange or _loss(without) < _loss(with_log):
            other.replace(made)
            return [*without, Recovered(_LOG, 0, None)]
    except StoreBroken:
        if not with_log:
            raise
    finally:
        other.unlink(missing_ok=True)
    return with_log


def _fewer(found: list[Recovered], than: list[Recovered]) -> bool:
    """Whether tables whose rows nothing removes have become smaller by a log."""
    before = {one.table: one.kept for one in than}
    return any(one.kept < before[one.table] for one in found if one.table in stand_ins.LASTING)


def _loss(found: list[Recovered]) -> tuple[int, int]:
    """How much is lost: of how many tables nobody knows how much, and how many rows."""
    unknown = sum(one.lost is None for one in found)
    return unknown, sum((one.lost or 0) + one.made for one in found)


def _attempt(source: Path, made: Path, version: int, endings: Sequence[str]) -> list[Recovered]:
    """Recover from the parts of a store that have these endings into an empty file."""
    try:
        with (
            _copied(source, made, version, endings) as copy,
            closing(_opened(copy)) as damaged,
        ):
            return _recover(damaged, copy, made, version)
    except (sqlite3.Error, UnicodeDecodeError) as error:
        if isinstance(error, UnicodeDecodeError) or is_damage(error):
            raise _hopeless(source) from error
        raise


def _of_the_disk(error: OSError, source: Path, target: Path) -> Fault:
    """The sentence for what the disk refuses: to be read, or to be written to."""
    if is_full(error):
        return Fault(
            f"The disk of {target} is full: nothing was recovered. Make room on it, or give a "
            "file on another one."
        )
    if error.filename == str(source) and error.errno in (errno.EACCES, errno.EPERM, errno.EIO):
        return Fault(f"{source} cannot be read ({error.strerror}). Check its owner.")
    return Fault(
        f"{target} cannot be written ({error.strerror}): nothing was recovered. Give a file "
        "in another folder."
    )


def _hopeless(source: Path) -> StoreBroken:
    return StoreBroken(
        f"Nothing can be recovered from {source}: the list of its tables cannot be read. "
        "Restore a backup."
    )


@contextmanager
def _copied(source: Path, beside: Path, version: int, endings: Sequence[str]) -> Iterator[Path]:
    """A copy of the damaged store with its log: SQLite would write into the original.

    Where its list of tables cannot be read, the copy has that of a new store.
    """
    with tempfile.TemporaryDirectory(prefix=".omnitui-repair-", dir=beside.parent) as folder:
        copy = Path(folder) / "damaged.db"
        for ending in endings:
            part = source.with_name(source.name + ending)
            shutil.copyfile(part, copy.with_name(copy.name + ending))
        tables = Path(folder) / "empty.db"
        with closing(sqlite3.connect(tables, isolation_level=None)) as empty:
            _empty(empty, version)
            named = own_tables(empty)
        _lengthen(copy, contents.last_root(tables))
        with closing(_opened(copy)) as damaged:
            readable = contents.is_readable(damaged, named)
        if not readable and not contents.replace(copy, tables):
            raise _hopeless(source)
        yield copy


def _lengthen(copy: Path, least: int) -> None:
    """Give a file that was cut short the pages that it had, with nothing on them.

    SQLite reads nothing of a file in which a table begins beyond the end.
    """
    with copy.open("r+b") as file:
        header = file.read(100)
        size, there = leaves.page_size(header), copy.stat().st_size
        if size & (size - 1) or not header:
            return
        pages = -(-there // size)
        told = min(pages_of(header), _MOST_PADDED * pages)
        file.truncate(max(pages, told, least) * size)


def _opened(copy: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(copy, isolation_level=None)
    connection.text_factory = lambda raw: raw.decode("utf-8", "replace")
    return connection


def _recover(damaged: sqlite3.Connection, copy: Path, made: Path, version: int) -> list[Recovered]:
    access.make_file(made)
    with closing(sqlite3.connect(made, isolation_level=None)) as new:
        _empty(new, version)
        new.execute("PRAGMA foreign_keys = OFF")
        new.execute("BEGIN")
        tables = _Tables(damaged, new, copy)
        found = [tables.read(name) for name in own_tables(new)]
        _sequences(damaged, new)
        found = _completed(new, found)
        new.execute("COMMIT")
    # Brings it to the latest version, which also shows that it can be opened.
    Store(made).close()
    return found


def _version(source: Path) -> int:
    """The version of the damaged store, the latest where its header is gone.

    Raises `StoreBroken` for what is no store, and `StoreTooNew`.
    """
    with source.open("rb") as file:
        header = file.read(100)
    if not is_store(source):
        why = "is empty" if not header else "is no OmniTUI store"
        raise StoreBroken(f"{source} {why}: there is nothing to recover.")
    version = known_version(header)
    if version > LATEST and version_in(header) is not None and version < _MOST_VERSIONS:
        raise StoreTooNew(
            f"{source} was written by a later OmniTUI (store version {version}, this one reads up"
            f" to {LATEST}). Update OmniTUI."
        )
    return min(version, LATEST)


def _empty(new: sqlite3.Connection, version: int) -> None:
    """Make the tables of a store of that version, with nothing in them."""
    from omnitui.store.migrations import migrate

    # The search indexes are filled by triggers that ask for terms.
    terms.give(new)
    new.execute("BEGIN")
    migrate(new, version)
    new.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    new.execute(f"PRAGMA user_version = {version}")
    new.execute("COMMIT")


class _Tables:
    """Reads the tables of a damaged store into a new one."""

    def __init__(self, damaged: sqlite3.Connection, new: sqlite3.Connection, copy: Path) -> None:
        self._damaged, self._new, self._copy = damaged, new, copy
        self._leaves: leaves.Leaves | None = None

    def read(self, table: str) -> Recovered:
        """Read one table."""
        described = [tuple(row) for row in self._new.execute(f'PRAGMA table_info("{table}")')]
        there = _columns(self._damaged, table)
        if not there:
            return Recovered(table, 0, None)
        columns = [row[1] for row in described if row[1] in there]
        order = [row[1] for row in sorted(described, key=lambda row: row[5]) if row[5]]
        into = _Into(self._new, table, columns)
        listed = self._new.execute("PRAGMA table_list")
        try:
            if next(row[4] for row in listed if row[1] == table):
                read = salvage.read_unkeyed(self._damaged, table, columns, order, into.keep)
                return Recovered(table, into.kept, into.refused if read.whole else None)
            last = _last(self._damaged, table)
            read = salvage.read_keyed(self._damaged, table, columns, into.keep, last)
        except salvage.UNREADABLE:
            return Recovered(table, into.kept, None)
        refused = read.keys - read.kept
        # Where a damaged page says that it holds less than it did, only the indexes know.
        missing = salvage.keys_of(self._damaged, table, last) - read.kept
        if read.whole and not missing:
            return Recovered(table, into.kept, len(refused))
        found = self._among_leaves(into, missing | read.unread)
        missing, refused = missing - found, refused - found
        unread = read.unread - found if last is not None else set()
        lost = max(len(missing | refused), len(unread | refused))
        return Recovered(table, into.kept, lost if lost or found or read.whole else None)

    def _among_leaves(self, into: "_Into", missing: set[int]) -> set[int]:
        """Take missing rows from the leaves themselves; returns the keys of those there were."""
        found: set[int] = set()
        query = "SELECT name, rootpage FROM sqlite_master WHERE rootpage > 0"
        roots = dict(self._damaged.execute(query).fetchall())
        if self._leaves is None:
            self._leaves = leaves.Leaves(self._copy.read_bytes(), list(roots.values()))
        own = ([row] for rows in self._leaves.rows(roots[into.table]) for row in rows)
        # A leaf that nothing leads to is the table's where all of its rows are missing there.
        stray = (rows for rows in self._leaves.rows(None) if all(key in missing for key, _ in rows))
        for rows in (*own, *stray):
            wanted = [row for row in rows if row[0] in missing and row[0] not in found]
            if into.fits(wanted):
                found.update(key for key, values in wanted if into.keep_stored(key, values))
        return found


class _Into:
    """A table of the new store, and how many rows it took and refused."""

    def __init__(self, new: sqlite3.Connection, table: str, columns: list[str]) -> None:
        self._new, self.table, self._columns = new, table, columns
        described = [tuple(row) for row in new.execute(f'PRAGMA table_info("{table}")')]
        self._kinds = [row[2] for row in described if row[1] in columns]
        self._key = next((row[1] for row in described if row[5] and row[2] == "INTEGER"), None)
        self.kept = self.refused = 0
        new.execute(f'DELETE FROM "{table}"')

    def keep(self, row: tuple[Any, ...]) -> bool:
        """Insert a row of all columns; False where it is none of this table."""
        return self._insert(self._columns, row)

    def keep_stored(self, key: int, values: list[Any]) -> bool:
        """Insert a row as it is stored: without its key, and without columns that came later."""
        row = self._stored(key, values)
        return self._insert(self._columns[: len(row)], row)

    def _stored(self, key: int, values: list[Any]) -> list[Any]:
        return [
            key if name == self._key else value
            for name, value in zip(self._columns, values, strict=False)
        ]

    def fits(self, rows: list[tuple[int, list[Any]]]) -> bool:
        """Whether stored rows can be those of this table."""
        return all(
            len(values) <= len(self._columns)
            and all(map(_is_of, values, self._kinds[: len(values)]))
            and self._means(self._columns, self._stored(key, values))
            for key, values in rows
        )

    def _means(self, columns: list[str], row: Sequence[Any]) -> bool:
        return not meaning.wrong(self.table, dict(zip(columns, row, strict=False)))

    def _insert(self, columns: list[str], row: Sequence[Any]) -> bool:
        if not self._means(columns, row):
            self.refused += 1
            return False
        names = ", ".join(f'"{name}"' for name in columns)
        marks = ", ".join("?" * len(columns))
        try:
            self._new.execute(f'INSERT INTO "{self.table}" ({names}) VALUES ({marks})', row)
        except (sqlite3.IntegrityError, sqlite3.DataError, sqlite3.InterfaceError):
            # Bytes of a damaged page that make no row of this table.
            self.refused += 1
            return False
        self.kept += 1
        return True


def _is_of(value: Any, kind: str) -> bool:
    return value is None or isinstance(value, str if kind == "TEXT" else (int, float))


def _columns(damaged: sqlite3.Connection, table: str) -> set[str]:
    """The columns that a table has; none where there is no such table."""
    return {row[1] for row in damaged.execute(f'PRAGMA table_info("{table}")')}


def _last(damaged: sqlite3.Connection, table: str) -> int | None:
    query = "SELECT max(seq) FROM sqlite_sequence WHERE name = ?"
    try:
        found = damaged.execute(query, (table,)).fetchone()[0]
    except salvage.UNREADABLE:
        return None
    # What is beyond is damage, and no number of keys that anybody could try.
    return found if isinstance(found, int) and 0 <= found <= _MOST_KEYS else None


def _sequences(damaged: sqlite3.Connection, new: sqlite3.Connection) -> None:
    """Keys that were given are not given again, though their rows be lost."""
    for table in own_tables(new):
        last = _last(damaged, table)
        there = _last(new, table)
        if last is None or last <= (there or 0):
            continue
        new.execute("DELETE FROM sqlite_sequence WHERE name = ?", (table,))
        new.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)", (table, last))


def _completed(new: sqlite3.Connection, found: list[Recovered]) -> list[Recovered]:
    """With rows that stand in for the lost ones that others refer to."""
    made, dropped = stand_ins.complete(new)
    lost = {one.table for one in found if not one.whole or dropped[one.table]}
    dropped += stand_ins.forget(new, lost)
    return [
        Recovered(
            one.table,
            one.kept - dropped[one.table],
            one.lost if one.lost is None else one.lost + dropped[one.table],
            made[one.table],
        )
        for one in found
    ]
