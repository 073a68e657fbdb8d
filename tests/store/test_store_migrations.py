"""A store of an earlier version is brought up to date when it is opened, with all it holds."""

import sqlite3
from collections.abc import Callable
from pathlib import Path

from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

from omnitui.clock import ManualClock
from omnitui.desk.opening import open_desk
from omnitui.model.actor import ADMINISTRATOR
from omnitui.store.engine import APPLICATION_ID, LATEST, Store
from omnitui.store.migrations import m001_first_tables

Opened = Callable[..., Store]

ROWS = """
INSERT INTO channels VALUES ('chat', 'Live chat', 'live', 25, 0, 'o', 'o', 101, 1);
INSERT INTO queues VALUES (1, 'Internet', 10);
INSERT INTO agents VALUES (1, 'ada', 'Ada Byron', 100, 25, 'busy', 'Load', 5, 0, NULL);
INSERT INTO conversations
    (id, channel, state, name, address, address_key, queue_id, agent_id, last_at, created_at)
    VALUES (1, 'chat', 'active', 'Kiana', 'web-1', 'chat:web-1', 1, 1, 5, 5);
"""


def first_version(path: Path) -> None:
    """A store as version 1 left it."""
    connection = sqlite3.connect(path)
    only = Migrations("omnitui")
    only()(m001_first_tables)
    only.apply(Database(connection))
    connection.executescript(ROWS)
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute("PRAGMA user_version = 1")
    connection.commit()
    connection.close()


def test_a_first_store_is_brought_up_to_date_and_loses_nothing(file: Path, opened: Opened) -> None:
    first_version(file)
    store = opened()
    assert store.value("PRAGMA user_version") == LATEST
    assert store.problems() == []
    row = store.row("SELECT name, state, labels, profiles, workstream_id FROM conversations")
    assert row is not None
    assert tuple(row) == ("Kiana", "active", "[]", "[]", None)


def test_it_is_built_alike_whether_new_or_brought_up_to_date(file: Path, opened: Opened) -> None:
    first_version(file)
    brought = opened()
    new = Store(":memory:")
    query = "SELECT type, name, sql FROM sqlite_master ORDER BY type, name"
    assert [tuple(row) for row in brought.rows(query)] == [tuple(row) for row in new.rows(query)]


def test_the_desk_works_on_with_it(file: Path) -> None:
    first_version(file)
    desk = open_desk(file, ManualClock(10_000))
    talk = desk.call("conversation.get", ADMINISTRATOR, conversation=1)
    assert (talk.name, talk.agent_name, talk.labels) == ("Kiana", "Ada Byron", ())
    desk.close()
