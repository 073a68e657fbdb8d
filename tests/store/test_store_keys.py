"""Keys are never used again, whatever remembers them, in new stores and in those of before."""

import json
import re
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from test_store_migrations import of_version

from omnitui.clock import ManualClock
from omnitui.desk.opening import open_desk
from omnitui.model.actor import ADMINISTRATOR
from omnitui.store.engine import Store

Opened = Callable[..., Store]


def test_every_key_of_its_own_is_given_once(store: Store) -> None:
    rows = store.rows("SELECT name, sql FROM sqlite_master WHERE type = 'table'")
    own = {
        row["name"]: "AUTOINCREMENT" in row["sql"]
        for row in rows
        if re.search(r"\bid INTEGER PRIMARY KEY", row["sql"] or "")
        and not re.search(r"_search_\w+$", row["name"])
    }
    assert {"addresses", "customers", "messages", "undo", "merges", "timers"} <= own.keys()
    assert all(own.values()), [name for name, once in own.items() if not once]


@pytest.mark.parametrize("table", ["addresses", "activities", "messages"])
def test_the_key_of_a_row_that_is_gone_is_not_given_again(
    table: str, rows: Any, store: Store
) -> None:
    ann = rows.customer()

    def add() -> int:
        if table == "activities":
            return int(rows.activity(ann))
        if table == "messages":
            return int(rows.message(rows.conversation()))
        values = {"customer_id": ann, "channel": "email", "value": "a@b.c", "key": "email:a@b.c"}
        return store.insert("addresses", values)

    first = add()
    store.execute(f"DELETE FROM {table} WHERE id = ?", (first,))
    assert add() > first
    assert store.problems() == []


REMEMBERED = """
INSERT INTO addresses (id, customer_id, channel, value, key)
    VALUES (3, 1, 'email', 'k@x.example', 'email:k@x.example');
INSERT INTO journal (at, kind, actor_kind, actor_id, actor_name, conversation_id, customer_id,
    case_id, payload) VALUES
    (5, 'message.unsent', 'agent', 1, 'Ada', 41, 42, 43, '{"message": 44, "until": 1772442000000}'),
    (5, 'activity.added', 'agent', 1, 'Ada', NULL, 1, NULL, '{"activity": 45, "due": true}');
"""


def test_a_store_of_before_goes_on_above_what_it_remembers(file: Path, opened: Opened) -> None:
    of_version(4, file)
    connection = sqlite3.connect(file)
    connection.executescript(REMEMBERED)
    edit = {
        "begun": 1,
        "steps": [],
        "deed": [
            "customer.fields",
            {
                "customer": 46,
                "addresses": {
                    "before": {"51": ["email", "a@x.example", "email:a@x.example"]},
                    "after": {},
                },
            },
        ],
    }
    merge = {"rows": {"addresses": [3, 52], "entitlements": [48]}, "cases": {"43": {"at": 2**41}}}
    connection.execute(
        "INSERT INTO undo (agent_id, at, what, steps, seq) VALUES (1, 5, 'x', ?, 1)",
        (json.dumps(edit),),
    )
    connection.execute(
        "INSERT INTO merges (at, by_name, from_id, into_id, kept) VALUES (5, 'Ada', 1, 1, ?)",
        (json.dumps(merge),),
    )
    connection.commit()
    connection.close()
    store = opened()
    assert store.problems() == []
    assert {
        table: store.next_key(table)
        for table in ("conversations", "customers", "cases", "messages", "activities")
    } == {"conversations": 42, "customers": 47, "cases": 44, "messages": 45, "activities": 46}
    assert (store.next_key("addresses"), store.next_key("entitlements")) == (53, 49)
    assert store.value("SELECT value FROM addresses WHERE id = 3") == "k@x.example"
    assert store.value("SELECT rowid FROM addresses_search('\"k x example\"')") == 3


def test_a_store_that_is_open_elsewhere_while_it_is_brought_up_to_date_sees_it(
    file: Path, opened: Opened
) -> None:
    of_version(4, file)
    old = sqlite3.connect(file)
    assert old.execute("SELECT count(*) FROM customers").fetchone() == (1,)
    opened()
    old.execute("INSERT INTO links (name, url) VALUES ('a', 'https://a.example')")
    old.execute("DELETE FROM links")
    old.execute("INSERT INTO links (name, url) VALUES ('a', 'https://a.example')")
    assert old.execute("SELECT id FROM links").fetchone() == (2,)
    old.close()


def test_numbers_of_cases_are_not_given_again(file: Path) -> None:
    desk = open_desk(file, ManualClock(10_000))
    desk.call("customer.create", ADMINISTRATOR, name="Kiana")
    given = {"customer": 1, "title": "Drops", "origin": "chat"}
    first = desk.call("case.create", ADMINISTRATOR, **given)
    desk.store.execute("DELETE FROM cases WHERE id = ?", (first.id,))
    assert desk.call("case.create", ADMINISTRATOR, **given).number == "CAS-00002"
    desk.close()
