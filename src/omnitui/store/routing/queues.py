"""Queues in the store, and who works them."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from omnitui.model.ids import QueueId
from omnitui.model.queue import OverflowDo, OverflowRule, OverflowWhen, Queue
from omnitui.store.engine import Store
from omnitui.store.reading import each, first, maker, one

_SELECT = """SELECT q.*,
    (SELECT count(*) FROM queue_members m WHERE m.queue_id = q.id) AS members,
    (SELECT count(*) FROM conversations c WHERE c.queue_id = q.id AND c.state = 'open') AS open
    FROM queues q"""


def _rules(text: str) -> tuple[OverflowRule, ...]:
    if text == "[]":
        return ()
    return tuple(
        OverflowRule(
            when=OverflowWhen(rule["when"]),
            do=OverflowDo(rule["do"]),
            above=rule["above"],
            to=rule["to"],
            say=rule["say"],
        )
        for rule in json.loads(text)
    )


_queue = maker(Queue, overflow=_rules, fallback=bool)


def overflow_of(store: Store, queue: int) -> tuple[OverflowRule, ...]:
    """The overflow rules of a queue, in their order."""
    text = store.value("SELECT overflow FROM queues WHERE id = ?", (queue,)) or "[]"
    return first(_rules, [text]) or ()


def written(rules: Iterable[OverflowRule]) -> str:
    """Overflow rules as the column keeps them."""
    return json.dumps(
        [
            {
                "when": rule.when,
                "do": rule.do,
                "above": rule.above,
                "to": rule.to,
                "say": rule.say,
            }
            for rule in rules
        ],
        ensure_ascii=False,
    )


def get(store: Store, queue: int) -> Queue:
    """One queue; the caller has made sure that it exists."""
    row = store.row(f"{_SELECT} WHERE q.id = ?", (queue,))
    found = one(_queue, row)
    assert found is not None
    return found


def calendar_of(store: Store, queue: int) -> int | None:
    """The key of a queue's hours; None for a queue that is always open."""
    key: int | None = store.value("SELECT calendar_id FROM queues WHERE id = ?", (queue,))
    return key


def every(store: Store) -> list[Queue]:
    """All queues by priority, with the number of members and of open conversations."""
    return each(_queue, store.rows(f"{_SELECT} ORDER BY q.priority, q.name LIMIT 10000"))


def by_name(store: Store, name: str) -> QueueId | None:
    """The key of the queue of that name, upper and lower case alike."""
    key: QueueId | None = store.value("SELECT id FROM queues WHERE name = ?", (name,))
    return key


def rules_of(store: Store, queue: int | None) -> tuple[str, str]:
    """How a queue matches skills and chooses between agents (`match`, `assign`)."""
    row = store.row("SELECT match, assign FROM queues WHERE id = ?", (queue,))
    return ("exact", "highest_capacity") if row is None else (row["match"], row["assign"])


def name_of(store: Store, queue: int | None) -> str:
    """A queue's name, empty for none."""
    return store.value("SELECT name FROM queues WHERE id = ?", (queue,)) or ""


def fallback(store: Store) -> QueueId | None:
    """The queue for what comes on channels without a work stream and names no queue."""
    key: QueueId | None = store.value("SELECT id FROM queues WHERE fallback = 1")
    return key


def make_fallback(store: Store, queue: int) -> None:
    """Let a queue be the fallback, and no other."""
    store.execute("UPDATE queues SET fallback = CASE WHEN id = ? THEN 1 ELSE 0 END", (queue,))


def falls_back_on(store: Store, queue: int) -> list[str]:
    """The names of the work streams whose fallback a queue is."""
    return [
        row[0]
        for row in store.rows(
            "SELECT name FROM workstreams WHERE queue_id = ? ORDER BY name LIMIT 1000", (queue,)
        )
    ]


def with_calls(store: Store) -> list[tuple[str, int]]:
    """The queues that expect calls, by name, and how many an hour."""
    return [
        (row[0], row[1])
        for row in store.rows(
            "SELECT name, calls_per_hour FROM queues WHERE calls_per_hour > 0"
            " ORDER BY priority, name LIMIT 10000"
        )
    ]


def add(store: Store, name: str, values: Mapping[str, Any]) -> QueueId:
    """Make a queue of some of its columns; the others are as usual.

    The first one is the fallback, also of the work streams that were made before it.
    """
    key = QueueId(store.insert("queues", {"name": name, **values}))
    if fallback(store) is None:
        make_fallback(store, key)
        store.execute("UPDATE workstreams SET queue_id = ? WHERE queue_id IS NULL", (key,))
    return key


def change(store: Store, queue: int, values: Mapping[str, Any]) -> None:
    """Set some columns of a queue."""
    if values:
        store.update("queues", queue, values)


def add_member(store: Store, queue: int, agent: int) -> bool:
    """Put an agent into a queue; False if they were in it already."""
    return (
        store.execute("INSERT OR IGNORE INTO queue_members VALUES (?, ?)", (queue, agent)).rowcount
        > 0
    )


def remove_member(store: Store, queue: int, agent: int) -> bool:
    """Take an agent out of a queue; False if they were not in it."""
    return (
        store.execute(
            "DELETE FROM queue_members WHERE queue_id = ? AND agent_id = ?", (queue, agent)
        ).rowcount
        > 0
    )


def waiting(store: Store, queue: int, but: int | None = None) -> int:
    """How many items wait in a queue with nobody, without `but`."""
    return int(
        store.value(
            "SELECT count(*) FROM conversations"
            " WHERE queue_id = ? AND state = 'open' AND id IS NOT ?",
            (queue, but),
        )
    )


def open_items(store: Store, queue: int, limit: int = 1000) -> list[int]:
    """What waits in a queue with nobody, the first to be served first."""
    return [
        row[0]
        for row in store.rows(
            "SELECT id FROM conversations WHERE queue_id = ? AND state = 'open'"
            " ORDER BY priority DESC, ifnull(waiting_since, created_at), id LIMIT ?",
            (queue, limit),
        )
    ]
