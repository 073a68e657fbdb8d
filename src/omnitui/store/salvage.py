"""Reading the rows of a damaged table around what cannot be read.

A table is read forwards until something is in the way, then backwards from its end, and what lies
between is halved until every row that can be read was.
"""

import sqlite3
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from msgspec import Struct, field

Row = tuple[Any, ...]
Keep = Callable[[Row], bool]
"""Takes a row; whether it is one of the table."""

UNREADABLE = (sqlite3.DatabaseError, UnicodeDecodeError)
"""What SQLite raises for damage; the second where its sentence quotes damaged bytes."""

_LARGEST = 2**62
_TRIED = 4_000
"""After so many ranges in a row of which nothing could be read, nothing more is tried."""
_MOST_COUNTED = 1_000_000
"""About so many keys are kept in mind of which nothing was tried."""
_FAR = 100_000
"""How many keys beyond the last one read are tried where nothing tells how far a table goes."""


class Read(Struct):
    """What was read of one table. `unread` are keys at which nothing could be read.

    `kept` are the keys of the rows that were taken. A key may be in `unread` without ever having
    had a row. `whole` is False where something is lost, also where it is not known how much.
    """

    whole: bool = True
    keys: set[int] = field(default_factory=set)
    kept: set[int] = field(default_factory=set)
    unread: set[int] = field(default_factory=set)


def read_keyed(
    connection: sqlite3.Connection, table: str, columns: list[str], keep: Keep, last: int | None
) -> Read:
    """Hand every readable row of a table with keys of its own to `keep`.

    `last` is the highest key ever given, None where it is not known.
    """
    done = Read()
    names = ", ".join(f'"{name}"' for name in columns)

    def rows(low: int, high: int, order: str) -> bool:
        """Read from one end of a range of keys; whether nothing was in the way."""
        query = (
            f'SELECT rowid, {names} FROM "{table}" WHERE rowid BETWEEN ? AND ?'
            f" ORDER BY rowid {order}"
        )
        try:
            for row in connection.execute(query, (low, high)):
                # Damaged pages may bring a row twice, or one that is out of its place.
                if low <= row[0] <= high and row[0] not in done.keys:
                    done.keys.add(row[0])
                    if keep(row[1:]):
                        done.kept.add(row[0])
        except UNREADABLE:
            return False
        return True

    if rows(-_LARGEST, _LARGEST, "ASC"):
        return done
    done.whole = False
    low = max(done.keys, default=0) + 1
    before = len(done.keys)
    rows(low, _LARGEST, "DESC")
    late = [key for key in done.keys if key >= low] if len(done.keys) > before else []
    high = min(late) - 1 if late else (last if last is not None else low + _FAR)
    _between(rows, done, low, high)
    return done


def _between(rows: Callable[[int, int, str], bool], done: Read, low: int, high: int) -> None:
    """Read what can be read of a range that has damage in it, halving it.

    Wide ranges come first, so that it is soon known where nothing can be read at all.
    """
    ranges = deque([(low, high)])
    in_vain = 0
    while ranges and in_vain < _TRIED:
        low, high = ranges.popleft()
        before = len(done.keys)
        if low > high or rows(low, high, "ASC"):
            in_vain = 0
            continue
        in_vain = in_vain + 1 if len(done.keys) == before else 0
        if low == high:
            done.unread.add(low)
            continue
        middle = (low + high) // 2
        ranges += [(low, middle), (middle + 1, high)]
    for low, high in ranges:
        if len(done.unread) < _MOST_COUNTED:
            done.unread.update(range(low, min(high, low + _FAR) + 1))


def read_unkeyed(
    connection: sqlite3.Connection, table: str, columns: list[str], order: list[str], keep: Keep
) -> Read:
    """Hand every row that can be reached from either end of a table without keys to `keep`."""
    done = Read()
    names = ", ".join(f'"{name}"' for name in columns)
    seen: set[Row] = set()
    for way in ("ASC", "DESC"):
        ordered = ", ".join(f'"{name}" {way}' for name in order)
        try:
            for row in connection.execute(f'SELECT {names} FROM "{table}" ORDER BY {ordered}'):
                if row not in seen:
                    seen.add(row)
                    keep(row)
        except UNREADABLE:
            done.whole = False
            continue
        break
    return done


def keys_of(connection: sqlite3.Connection, table: str, last: int | None) -> set[int]:
    """The keys of a table as far as its indexes have them, up to `last` where that is known."""
    keys: set[int] = set()
    try:
        indexes = connection.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name = ?", (table,)
        ).fetchall()
    except UNREADABLE:
        return keys
    for name, sql in indexes:
        _, partly, some = str(sql or "").partition(" WHERE ")
        query = f'SELECT rowid FROM "{table}" INDEXED BY "{name}" {partly}{some}'
        # What was read before something was in the way is good to know as well.
        with suppress(*UNREADABLE):
            for (key,) in connection.execute(query):
                if key > 0 and (last is None or key <= last):
                    keys.add(key)
    return keys
