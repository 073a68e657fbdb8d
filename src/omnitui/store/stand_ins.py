"""Placeholders for lost rows, so that rows that refer to them can be kept."""

import re
import sqlite3
from collections import Counter
from collections.abc import Collection
from contextlib import suppress
from typing import Any

from omnitui.model.channel import AddressKind, shared_kind
from omnitui.store.schema.lasting import remembered

_ROUNDS = 10
"""Stand-ins refer to rows themselves; after so many rounds what still refers to nothing goes."""

_FAR = 1_000_000
"""The highest key that is taken for one of a lost row where nothing tells how many there were."""
_LOST_CHANNEL = "lost"
"""What a channel is called that stands in where not one is left."""
_CHANNEL = re.compile(r"[A-Za-z0-9_]{1,40}")

LASTING = ("agents", "cases", "conversations", "customers", "entitlements", "messages")
"""Tables whose rows nothing but damage removes."""
_MEMORIES = (("undo", "steps"), ("merges", "kept"), ("case_merges", "kept"))

_VALUES: dict[str, dict[str, Any]] = {
    "agents": {"presence": "offline", "capacity": 100},
    "cases": {"status": "active", "priority": "normal", "reason": "in_progress"},
    "channels": {"mode": "asynchronous", "cost": 25, "exclusive": 0, "glyph": "?", "ascii": "?"},
    "conversations": {"state": "closed", "ended_at": 0, "closed_at": 0},
    "customers": {},
    "queues": {},
}
"""What can be stood in for, with the values that are not free."""


def complete(new: sqlite3.Connection) -> tuple[Counter[str], Counter[str]]:
    """Repair references to missing rows: how many rows were added and how many removed, by table.

    An optional reference is emptied; else a placeholder is added; if that is not possible, the row
    that refers is removed.
    """
    made: Counter[str] = Counter()
    dropped: Counter[str] = Counter()
    for turn in range(_ROUNDS + 1):
        broken = [tuple(row) for row in new.execute("PRAGMA foreign_key_check")]
        if not broken:
            break
        for table, key, parent, number in broken:
            _mend(new, (table, key, parent, number), made, dropped, may_make=turn < _ROUNDS)
    return made, dropped


def forget(new: sqlite3.Connection, lost: Collection[str]) -> Counter[str]:
    """Set aside what remembers a row that is lost from one of the tables: how many, by table.

    Undo and merges name rows in their JSON, where no reference keeps them.
    """
    gone: Counter[str] = Counter()
    keys = {
        table: {row[0] for row in new.execute(f"SELECT id FROM {table}")}
        for table in LASTING
        if table in lost
    }
    there = {row[0] for row in new.execute("SELECT name FROM sqlite_master")}
    for table, column in _MEMORIES:
        if table not in there or not keys:
            continue
        for key, text in new.execute(f"SELECT id, {column} FROM {table}").fetchall():
            if any(one in keys and row not in keys[one] for one, row in remembered(text)):
                new.execute(f"DELETE FROM {table} WHERE id = ?", (key,))
                gone[table] += 1
    return gone


def _mend(
    new: sqlite3.Connection,
    broken: tuple[str, int | None, str, int],
    made: Counter[str],
    dropped: Counter[str],
    *,
    may_make: bool,
) -> None:
    table, key, parent, number = broken
    column, other = next(
        (row[3], row[4])
        for row in new.execute(f'PRAGMA foreign_key_list("{table}")')
        if row[0] == number
    )
    other = other or "id"
    missing = f'"{column}" NOT IN (SELECT "{other}" FROM "{parent}")'
    where = f"rowid = {key}" if key is not None else missing
    described = {row[1]: row for row in new.execute(f'PRAGMA table_info("{table}")')}
    if not described[column][3] and not described[column][5]:
        new.execute(f'UPDATE "{table}" SET "{column}" = NULL WHERE {where}')
        return
    if may_make and parent in _VALUES:
        query = f'SELECT DISTINCT "{column}" FROM "{table}" WHERE {where} AND {missing}'
        for (lost,) in new.execute(query).fetchall():
            with suppress(sqlite3.IntegrityError):
                if _may_have_been(new, parent, lost):
                    _make(new, parent, other, lost)
                    made[parent] += 1
    gone = new.execute(f'DELETE FROM "{table}" WHERE {where} AND {missing}')
    dropped[table] += gone.rowcount


def _may_have_been(new: sqlite3.Connection, table: str, key: Any) -> bool:
    """Whether a table may have had a row of that key, or the key itself is made of damage."""
    if table == "channels":
        return _CHANNEL.fullmatch(str(key)) is not None
    found = new.execute("SELECT max(seq) FROM sqlite_sequence WHERE name = ?", (table,)).fetchone()
    return isinstance(key, int) and 0 < key <= (found[0] or _FAR)


def _make(new: sqlite3.Connection, table: str, column: str, key: Any) -> None:
    values: dict[str, Any] = {column: key, **_VALUES[table]}
    parents = {row[3]: row[2] for row in new.execute(f'PRAGMA foreign_key_list("{table}")')}
    for _, name, kind, required, default, _, hidden in new.execute(
        f'PRAGMA table_xinfo("{table}")'
    ):
        if name == "address_kind":
            values[name] = _kind(new, key)
        if name in values or not required or default is not None or hidden:
            continue
        if name in parents:
            values[name] = _parent(new, parents[name])
        else:
            values[name] = _text(table, name, key) if kind == "TEXT" else _number(new, table, name)
    names = ", ".join(f'"{name}"' for name in values)
    marks = ", ".join("?" * len(values))
    new.execute(f'INSERT INTO "{table}" ({names}) VALUES ({marks})', list(values.values()))


def _kind(new: sqlite3.Connection, channel: Any) -> str:
    """What people are known by on a channel, as the addresses that are kept of it say."""
    query = (
        "SELECT key FROM addresses WHERE channel = ?1"
        " UNION ALL SELECT address_key FROM conversations WHERE channel = ?1 LIMIT 1"
    )
    found = new.execute(query, (channel,)).fetchone()
    return (found and shared_kind(str(found[0]))) or AddressKind.HANDLE


def _text(table: str, column: str, key: Any) -> str:
    if table == "cases" and column == "number":
        return f"CAS-{key:05d}"
    text = f"Lost {table[:-1]} {key}"
    return text.lower().replace(" ", "-") if column.endswith(("key", "login", "address")) else text


def _parent(new: sqlite3.Connection, parent: str) -> Any:
    """What a stand-in refers to: any channel, but nobody who is there, for it may not be theirs."""
    if parent == "channels":
        found = new.execute("SELECT key FROM channels ORDER BY position LIMIT 1").fetchone()
        return _LOST_CHANNEL if found is None else found[0]
    return int(new.execute(f'SELECT max(id) FROM "{parent}"').fetchone()[0] or 0) + 1


def _number(new: sqlite3.Connection, table: str, column: str) -> int:
    """A number that no other row has there, for columns that must differ are among them."""
    if column.endswith(("_at", "since")):
        return 0
    found = new.execute(f'SELECT max("{column}") FROM "{table}"').fetchone()[0]
    return int(found or 0) + 1
