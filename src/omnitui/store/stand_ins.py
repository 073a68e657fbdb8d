"""Rows that stand in for lost ones, so that what refers to those can be kept."""

import sqlite3
from collections import Counter
from typing import Any

_ROUNDS = 10
"""Stand-ins refer to rows themselves; after so many rounds what still refers to nothing goes."""

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
    """Let nothing refer to a missing row: how many rows were made and how many dropped, by table.

    A reference that may be empty is emptied; else a row stands in for the missing one; where that
    cannot be, the row that refers goes.
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
            try:
                _make(new, parent, other, lost)
            except sqlite3.IntegrityError:
                break
            made[parent] += 1
        else:
            return
    dropped[table] += new.execute(f'DELETE FROM "{table}" WHERE {where}').rowcount


def _make(new: sqlite3.Connection, table: str, column: str, key: Any) -> None:
    values: dict[str, Any] = {column: key, **_VALUES[table]}
    parents = {row[3]: row[2] for row in new.execute(f'PRAGMA foreign_key_list("{table}")')}
    for _, name, kind, required, default, _, hidden in new.execute(
        f'PRAGMA table_xinfo("{table}")'
    ):
        if name in values or not required or default is not None or hidden:
            continue
        if name in parents:
            values[name] = _parent(new, parents[name])
        else:
            values[name] = _text(table, name, key) if kind == "TEXT" else _number(new, table, name)
    names = ", ".join(f'"{name}"' for name in values)
    marks = ", ".join("?" * len(values))
    new.execute(f'INSERT INTO "{table}" ({names}) VALUES ({marks})', list(values.values()))


def _text(table: str, column: str, key: Any) -> str:
    if table == "cases" and column == "number":
        return f"CAS-{key:05d}"
    text = f"Lost {table[:-1]} {key}"
    return text.lower().replace(" ", "-") if column.endswith(("key", "login", "address")) else text


def _parent(new: sqlite3.Connection, parent: str) -> Any:
    """What a stand-in refers to: any channel, but nobody who is there, for it may not be theirs."""
    if parent == "channels":
        found = new.execute("SELECT key FROM channels ORDER BY position LIMIT 1").fetchone()
        return "email" if found is None else found[0]
    return int(new.execute(f'SELECT max(id) FROM "{parent}"').fetchone()[0] or 0) + 1


def _number(new: sqlite3.Connection, table: str, column: str) -> int:
    """A number that no other row has there, for columns that must differ are among them."""
    if column.endswith(("_at", "since")):
        return 0
    found = new.execute(f'SELECT max("{column}") FROM "{table}"').fetchone()[0]
    return int(found or 0) + 1
