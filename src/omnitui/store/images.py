"""Rows as they were and as they are, so that what was done to them can be undone exactly.

Tables and columns come from code only.
"""

from collections.abc import Collection, Iterable, Sequence
from typing import Any

from msgspec import Struct

from omnitui.store.engine import Store

Row = dict[str, Any]
Rows = dict[tuple[str, tuple[Any, ...]], Row]
"""Whole rows by table and primary key."""

_VOLATILE = frozenset({"updated_at", "used", "used_at", "uses"})
"""Columns that do not show whether a row was changed by a person."""


class Watched(Struct, frozen=True):
    """The rows of a table whose `column` is `value`."""

    table: str
    column: str
    value: int | str


class Change(Struct, frozen=True):
    """One row before and after a change; None if it did not exist."""

    table: str
    key: tuple[Any, ...]
    before: Row | None
    after: Row | None


def picture(store: Store, watched: Iterable[Watched]) -> Rows:
    """The rows that are watched, as they are now."""
    found: Rows = {}
    for one in watched:
        names, keys = _columns(store, one.table)
        query = f"SELECT {', '.join(names)} FROM {one.table} WHERE {one.column} = ?"
        for row in store.rows(query, (one.value,)):
            found[one.table, tuple(row[key] for key in keys)] = dict(row)
    return found


def _columns(store: Store, table: str) -> tuple[list[str], list[str]]:
    """The columns of a table that are not computed, and those of its primary key."""
    rows = store.rows(f"PRAGMA table_info({table})")
    keys = sorted((row for row in rows if row["pk"]), key=lambda row: int(row["pk"]))
    return [row["name"] for row in rows], [row["name"] for row in keys]


def _keys(store: Store, table: str) -> list[str]:
    return _columns(store, table)[1]


def changes(before: Rows, after: Rows) -> list[Change]:
    """The differences; for a changed row only the changed columns."""
    found = []
    for (table, key), row in {**before, **after}.items():
        was, is_ = before.get((table, key)), after.get((table, key))
        if was is not None and is_ is not None:
            names = [name for name in row if was[name] != is_[name]]
            was, is_ = ({name: one[name] for name in names} for one in (was, is_))
        if was != is_:
            found.append(Change(table, key, was, is_))
    return found


def written(changed: Sequence[Change]) -> list[list[Any]]:
    """Changes in the form of JSON."""
    return [[one.table, list(one.key), one.before, one.after] for one in changed]


def read(kept: Sequence[Sequence[Any]]) -> list[Change]:
    """Changes from their JSON form."""
    return [Change(table, tuple(key), before, after) for table, key, before, after in kept]


def differs(store: Store, change: Change) -> bool:
    """Whether a row has changed since."""
    now = _now(store, change)
    if now is None or change.after is None:
        return now is not None or change.after is not None
    return any(now[name] != value for name, value in change.after.items() if name not in _VOLATILE)


def there(store: Store, change: Change) -> bool:
    """Whether a row of that key exists."""
    return _now(store, change) is not None


def _now(store: Store, change: Change) -> Row | None:
    keys = _keys(store, change.table)
    row = store.row(f"SELECT * FROM {change.table} WHERE {_where(keys)}", change.key)
    return None if row is None else dict(row)


def _where(keys: Sequence[str]) -> str:
    return " AND ".join(f"{key} = ?" for key in keys)


def referred(store: Store, changed: Sequence[Change], besides: Collection[str]) -> str | None:
    """The table with a row that needs an added one; None if there is none.

    Rows that were added together are not counted, nor are the tables `besides`.
    """
    added = {(one.table, one.key) for one in changed if one.before is None}
    tables = store.rows("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
    for (table,) in (tuple(row) for row in tables):
        if table in besides:
            continue
        keys = _keys(store, table)
        for link in store.rows(f"PRAGMA foreign_key_list({table})"):
            for to, key in added:
                if link["table"] != to or link["on_delete"] == "CASCADE":
                    continue
                query = f"SELECT {', '.join(keys)} FROM {table} WHERE {link['from']} = ? LIMIT 9"
                rows = [tuple(row) for row in store.rows(query, key[:1])]
                if any((table, row) not in added for row in rows):
                    return str(table)
    return None


def put_back(store: Store, changed: Sequence[Change], besides: Collection[str]) -> None:
    """Restore rows. Rows of the tables `besides` are restored with the rows that they belong to."""
    for one in reversed(changed):
        if one.before is None:
            for table in besides:
                for link in store.rows(f"PRAGMA foreign_key_list({table})"):
                    if link["table"] == one.table:
                        store.execute(f"DELETE FROM {table} WHERE {link['from']} = ?", one.key[:1])
            keys = _keys(store, one.table)
            store.execute(f"DELETE FROM {one.table} WHERE {_where(keys)}", one.key)
    # One default takes the place of another: the newer one has to go first.
    for one in sorted(changed, key=lambda one: bool((one.before or {}).get("is_default"))):
        if one.before is not None and one.after is None:
            store.insert(one.table, one.before)
        elif one.before is not None:
            keys = _keys(store, one.table)
            sets = ", ".join(f"{name} = ?" for name in one.before)
            store.execute(
                f"UPDATE {one.table} SET {sets} WHERE {_where(keys)}",
                (*one.before.values(), *one.key),
            )
