"""What a store holds and which version it has, for those who look after it."""

from pathlib import Path

from omnitui.store import entitlements
from omnitui.store.access import too_open
from omnitui.store.engine import Store

_TABLES = (
    "channels queues agents customers cases conversations messages activities articles replies"
    " sessions timers journal entitlements"
).split()


def counts(store: Store) -> dict[str, int]:
    """How many rows each table has."""
    return {table: int(store.value(f"SELECT count(*) FROM {table}")) for table in _TABLES}


def problems(store: Store) -> list[str]:
    """What is wrong with the file, or else with what is kept in it; empty when all is sound."""
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
