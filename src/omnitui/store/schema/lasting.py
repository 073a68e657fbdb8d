"""Keys that are never used again, because something may still remember whose they were.

SQLite gives the key of the last row to the next one once that row is gone. With AUTOINCREMENT it
does not. The rows of a table are stored alike with and without it, so the tables stay as they are
and only their declarations change, whatever their size: indexes, triggers, generated columns and
foreign keys are not touched.
"""

import json
import re
import sqlite3
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

_KEY = re.compile(r"\bid INTEGER PRIMARY KEY\b(?! AUTOINCREMENT)")

_COLUMNS = (
    ("conversations", "SELECT max(conversation_id) FROM journal"),
    ("customers", "SELECT max(customer_id) FROM journal"),
    ("cases", "SELECT max(case_id) FROM journal"),
    ("messages", "SELECT max(seen_id) FROM sessions"),
    ("messages", "SELECT max(subject) FROM timers WHERE kind IN ('send', 'retry')"),
    ("activities", "SELECT max(subject) FROM timers WHERE kind = 'follow_up'"),
    ("entitlements", "SELECT max(subject) FROM timers WHERE kind LIKE 'entitlement%'"),
    ("promises", "SELECT max(subject) FROM timers WHERE kind LIKE 'sla%'"),
)
"""Columns that remember keys without a foreign key that would keep the row."""

_TEXTS = (
    "SELECT payload FROM journal",
    "SELECT steps FROM undo",
    "SELECT kept FROM merges",
    "SELECT kept FROM case_merges",
)
"""JSON that remembers keys."""

_NAMED = {
    "merged": "customers",
    "restored": "customers",
    "children": "cases",
    "child": "cases",
    "parent": "cases",
    "into": "cases",
    "terms": "entitlements",
    "defaults": "entitlements",
    "listed": "entitlements",
    "names": "conversations",
    "merge": "merges",
    "activity": "activities",
    "address": "addresses",
    "reply": "replies",
}
"""What JSON calls keys of a table, besides the table's own name and its singular."""

_SINGULAR = {
    "agent": "agents",
    "case": "cases",
    "conversation": "conversations",
    "customer": "customers",
    "entitlement": "entitlements",
    "message": "messages",
}
"""What it calls a key of tables whose rows nothing ever removes."""

_BETWEEN = ("before", "after")
_LARGEST = 2**40
"""What is larger is no key but a moment."""


def make(connection: sqlite3.Connection) -> None:
    """Declare every key of its own as one that is never given twice.

    The next key of each table lies above all that are there, and above all that the journal, undo,
    merges, sessions and timers remember of rows that are gone.
    """
    declared = _own(connection)
    if not declared:
        return
    highest = _remembered(connection, declared)
    connection.execute("PRAGMA writable_schema = ON")
    try:
        for name, sql in declared.items():
            connection.execute(
                "UPDATE sqlite_master SET sql = ? WHERE type = 'table' AND name = ?",
                (_KEY.sub("id INTEGER PRIMARY KEY AUTOINCREMENT", sql, count=1), name),
            )
        version = connection.execute("PRAGMA schema_version").fetchone()[0]
        # Connections that are open elsewhere read the declarations again.
        connection.execute(f"PRAGMA schema_version = {version + 1}")
    finally:
        connection.execute("PRAGMA writable_schema = RESET")
    for name in declared:
        there = connection.execute(f"SELECT max(id) FROM {name}").fetchone()[0] or 0
        last = max(there, highest[name])
        if last:
            connection.execute("DELETE FROM sqlite_sequence WHERE name = ?", (name,))
            connection.execute(
                "INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)", (name, last)
            )


def remembered(text: str) -> Iterator[tuple[str, int]]:
    """The rows that a text of JSON remembers, as table and key."""
    for name, key in _keys(json.loads(text), ""):
        table = _NAMED.get(name) or _SINGULAR.get(name, name)
        if key < _LARGEST:
            yield table, key


def _own(connection: sqlite3.Connection) -> dict[str, str]:
    """The tables whose key may come back, with their declarations; not those of search indexes."""
    query = "SELECT name, sql FROM sqlite_master WHERE type = 'table' AND sql IS NOT NULL"
    every = dict(connection.execute(query).fetchall())
    virtual = tuple(f"{name}_" for name, sql in every.items() if "VIRTUAL TABLE" in sql)
    return {
        name: sql
        for name, sql in every.items()
        if _KEY.search(sql) and not name.startswith(virtual)
    }


def _remembered(connection: sqlite3.Connection, tables: dict[str, str]) -> dict[str, int]:
    """The highest key of each table that something remembers."""
    highest: dict[str, int] = defaultdict(int)
    for table, query in _COLUMNS:
        highest[table] = max(highest[table], connection.execute(query).fetchone()[0] or 0)
    names = {**_NAMED, **{name: name for name in tables}}
    names |= {name.removesuffix("s"): name for name in tables}
    for query in _TEXTS:
        for (text,) in connection.execute(query):
            for name, key in _keys(json.loads(text), ""):
                if name in names and key < _LARGEST:
                    highest[names[name]] = max(highest[names[name]], key)
    return highest


def _keys(value: Any, name: str) -> Iterator[tuple[str, int]]:
    """Whole numbers in JSON with the name that they stand under, keys of objects among them."""
    if isinstance(value, bool):
        return
    if isinstance(value, int):
        yield name, value
    elif isinstance(value, list):
        for one in value:
            yield from _keys(one, name)
    elif isinstance(value, dict):
        for key, one in value.items():
            if key.isdecimal():
                yield name, int(key)
                yield from _keys(one, name)
            else:
                yield from _keys(one, name if key in _BETWEEN else key)
