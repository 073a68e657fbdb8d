"""The schema, as steps that are applied once each, in order, inside one transaction.

A step's name is permanent. A new step raises `schema.LATEST`; released steps are never edited.
"""

import sqlite3

from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

from omnitui.store.schema import lasting
from omnitui.store.schema.version_1 import INDEX_1, SCHEMA_1, SEARCH_1
from omnitui.store.schema.version_2 import INDEX_2, SCHEMA_2
from omnitui.store.schema.version_3 import INDEX_3, SCHEMA_3, SEARCH_3
from omnitui.store.schema.version_4 import CHANGE_4
from omnitui.store.schema.version_5 import CHANGE_5
from omnitui.store.schema.version_6 import CHANGE_6
from omnitui.store.schema.version_7 import CHANGE_7

MIGRATIONS = Migrations("omnitui")


@MIGRATIONS()
def m001_first_tables(database: Database) -> None:
    """Everything the first desk needs."""
    for statement in (*SCHEMA_1, *INDEX_1, *SEARCH_1):
        database.execute(statement)


@MIGRATIONS()
def m002_work_streams_and_promises(database: Database) -> None:
    """Everything that finding the right agent needs."""
    for statement in (*SCHEMA_2, *INDEX_2):
        database.execute(statement)


@MIGRATIONS()
def m003_entitlements(database: Database) -> None:
    """Everything that what customers are owed needs."""
    for statement in (*SCHEMA_3, *INDEX_3, *SEARCH_3):
        database.execute(statement)


@MIGRATIONS()
def m004_terms_in_parts(database: Database) -> None:
    """Everything that counting terms exactly needs."""
    for statement in CHANGE_4:
        database.execute(statement)


@MIGRATIONS()
def m005_right_in_kind(database: Database) -> None:
    """Everything that was found to be missing by use."""
    for statement in CHANGE_5:
        database.execute(statement)
    # Last, for it declares the keys of all tables that there are by then.
    lasting.make(database.conn)


@MIGRATIONS()
def m006_lighter_house(database: Database) -> None:
    """What each channel is like, which its name said before; job titles of customers."""
    for statement in CHANGE_6:
        database.execute(statement)


@MIGRATIONS()
def m007_help_at_the_elbow(database: Database) -> None:
    """Scripts, macros, suggestions, the virtual agent, and what replies and articles lacked."""
    for statement in CHANGE_7:
        database.execute(statement)


def migrate(connection: sqlite3.Connection, version: int | None = None) -> None:
    """Apply the steps that the store behind `connection` has not had yet.

    Up to those of `version`, where one is given.
    """
    later = None if version is None else f"m{version + 1:03}_"
    names = (step.name for step in MIGRATIONS.pending(Database(connection)))
    stop = next((name for name in names if later and name.startswith(later)), None)
    MIGRATIONS.apply(Database(connection), stop_before=stop)
