"""Which tables of a store hold something of their own."""

import sqlite3

_STEPS = ("_migrations", "_sqlite_migrations")
"""Tables that the steps of the schema keep for themselves."""


def own_tables(connection: sqlite3.Connection) -> list[str]:
    """The tables that hold something of their own; search indexes follow them by themselves."""
    listed = [tuple(row) for row in connection.execute("PRAGMA table_list")]
    return sorted(
        row[1]
        for row in listed
        if row[0] == "main"
        and row[2] == "table"
        and not row[1].startswith("sqlite_")
        and row[1] not in _STEPS
    )
