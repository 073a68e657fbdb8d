"""What a store holds and which version it has, for maintenance."""

from pathlib import Path

from omnitui.store import entitlements
from omnitui.store.access import too_open
from omnitui.store.contents import own_tables
from omnitui.store.engine import Damage, Store

_TABLES = (
    "channels queues agents customers cases conversations messages activities articles replies"
    " sessions timers journal entitlements"
).split()


def counts(store: Store) -> dict[str, int | None]:
    """How many rows each table has; None for one that cannot be read."""
    return {table: _count(store, f"SELECT count(*) FROM {table} NOT INDEXED") for table in _TABLES}


def is_worked_in(store: Store) -> bool:
    """Whether people work in a store that was never used for simulated customers."""
    simulated = store.value(
        "SELECT EXISTS (SELECT 1 FROM shifts)"
        " OR EXISTS (SELECT 1 FROM couriers WHERE kind = 'simulated')"
    )
    used = store.value(
        "SELECT EXISTS (SELECT 1 FROM agents) OR EXISTS (SELECT 1 FROM customers)"
        " OR EXISTS (SELECT 1 FROM conversations)"
    )
    return bool(used and not simulated)


def set_aside(store: Store) -> dict[str, int] | None:
    """How many timers were set aside because they cannot run, by kind."""
    try:
        rows = store.rows("SELECT kind, count(*) FROM timers WHERE aside <> '' GROUP BY kind")
    except Damage:
        return None
    return {row[0]: row[1] for row in rows}


def meaningless(store: Store) -> dict[str, int]:
    """How many rows of each table are not valid; lists skip them."""
    # Imported when it is needed: nobody else asks.
    from omnitui.store import meaning

    found: dict[str, int] = {}
    for table in own_tables(store.connection):
        try:
            rows = store.execute(f'SELECT * FROM "{table}"')
            many = sum(bool(meaning.wrong(table, dict(row))) for row in rows)
        except Damage:
            continue
        if many:
            found[table] = many
    return found


def _count(store: Store, query: str) -> int | None:
    try:
        return int(store.value(query))
    except Damage:
        return None


def problems(store: Store) -> list[str]:
    """What is wrong with the file, or else with its rows; empty when all is sound."""
    return store.problems() or [*entitlements.problems(store), *_access(store)]


def _access(store: Store) -> list[str]:
    found = "" if store.path == ":memory:" else too_open(Path(store.path))
    return [found] if found else []


def version(store: Store) -> int:
    """The version of the store's tables."""
    return int(store.value("PRAGMA user_version"))


def sqlite_version(store: Store) -> str:
    """The version of the SQLite library that reads it."""
    return str(store.value("SELECT sqlite_version()"))
