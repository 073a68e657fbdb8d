"""The schema, as steps that are applied once each, in order, inside one transaction.

A step's name is permanent. A new step raises `LATEST`; released steps are never edited.
"""

from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

from omnitui.store.schema import INDEX_1, SCHEMA_1, SEARCH_1

MIGRATIONS = Migrations("omnitui")
LATEST = 1
"""The store version this code reads and writes."""


@MIGRATIONS()
def m001_first_tables(database: Database) -> None:
    """Everything the first desk needs."""
    for statement in (*SCHEMA_1, *INDEX_1, *SEARCH_1):
        database.execute(statement)
