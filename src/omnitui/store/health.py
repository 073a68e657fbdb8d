"""What a store holds and which version it has, for those who look after it."""

from omnitui.store.engine import Store

_TABLES = (
    "channels queues agents customers cases conversations messages activities articles replies"
    " sessions timers journal"
).split()


def counts(store: Store) -> dict[str, int]:
    """How many rows each table has."""
    return {table: int(store.value(f"SELECT count(*) FROM {table}")) for table in _TABLES}


def version(store: Store) -> int:
    """The version of the store's tables."""
    return int(store.value("PRAGMA user_version"))


def sqlite_version(store: Store) -> str:
    """The version of the SQLite library that reads it."""
    return str(store.value("SELECT sqlite_version()"))
