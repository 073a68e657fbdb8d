"""The journal: an append-only table that everyone who wants to keep up follows."""

import json
from collections.abc import Iterable
from typing import Any

from omnitui.model.actor import Actor, ActorKind
from omnitui.model.journal import Entry
from omnitui.store.engine import Row, Store
from omnitui.store.reading import each

_WRITTEN = json.JSONEncoder(ensure_ascii=False, sort_keys=True).encode
_INSERT = """INSERT INTO journal (at, kind, actor_kind, actor_id, actor_name, conversation_id,
    customer_id, case_id, payload) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"""


def append(
    store: Store,
    at: int,
    kind: str,
    actor: Actor,
    *,
    conversation: int | None = None,
    customer: int | None = None,
    case: int | None = None,
    payload: dict[str, Any] | None = None,
) -> int:
    """Append one entry inside the caller's transaction; returns its sequence number."""
    text = _WRITTEN(payload) if payload else "{}"
    cursor = store.execute(
        _INSERT,
        (at, kind, actor.kind, actor.id, actor.name, conversation, customer, case, text),
    )
    return int(cursor.lastrowid or 0)


def last(store: Store) -> int:
    """The newest sequence number, 0 on an empty journal."""
    return int(store.value("SELECT max(seq) FROM journal") or 0)


def after(store: Store, seq: int, limit: int = 500) -> list[Entry]:
    """The entries that follow `seq`, oldest first."""
    return entries(
        store.rows("SELECT * FROM journal WHERE seq > ? ORDER BY seq LIMIT ?", (seq, limit))
    )


def of_conversation(store: Store, conversation: int, limit: int = 500) -> list[Entry]:
    """What happened with one conversation, oldest first."""
    return entries(
        store.rows(
            "SELECT * FROM journal WHERE conversation_id = ? ORDER BY seq LIMIT ?",
            (conversation, limit),
        )
    )


def after_in(store: Store, conversation: int, seq: int, limit: int = 500) -> list[Entry]:
    """What happened with one conversation after `seq`, oldest first."""
    return entries(
        store.rows(
            "SELECT * FROM journal WHERE conversation_id = ? AND seq > ? ORDER BY seq LIMIT ?",
            (conversation, seq, limit),
        )
    )


def last_said(store: Store) -> int:
    """When a customer last wrote, or a reply last reached one (epoch ms); 0 if that has not been.

    Looked for among the newest entries only.
    """
    query = (
        "SELECT ifnull(max(at), 0) FROM (SELECT at, kind FROM journal ORDER BY seq DESC LIMIT 1000)"
        " WHERE kind IN ('message.received', 'message.sent')"
    )
    return int(store.value(query))


def tells(store: Store, conversation: int, kind: str) -> bool:
    """Whether something of that kind has happened with a conversation."""
    query = "SELECT 1 FROM journal WHERE conversation_id = ? AND kind = ? LIMIT 1"
    return store.value(query, (conversation, kind)) is not None


def within(store: Store, conversation: int, kind: str, begun: int, seq: int) -> list[Entry]:
    """What of one kind happened with one conversation after `begun`, up to `seq`, oldest first."""
    return entries(
        store.rows(
            "SELECT * FROM journal WHERE conversation_id = ? AND seq > ? AND seq <= ? AND kind = ?"
            " ORDER BY seq",
            (conversation, begun, seq, kind),
        )
    )


def by_others(store: Store, customer: int, seq: int, actor: Actor) -> str:
    """Who else has done something that is about a customer after `seq`; empty if nobody has."""
    query = (
        "SELECT actor_name, actor_kind FROM journal WHERE seq > ? AND customer_id = ?"
        " AND NOT (actor_kind = ? AND actor_id = ?) LIMIT 1"
    )
    row = store.row(query, (seq, customer, actor.kind, actor.id))
    return "" if row is None else str(row["actor_name"] or row["actor_kind"])


def entries(rows: Iterable[Row]) -> list[Entry]:
    """The entries that rows of the journal stand for."""
    return each(_entry, rows)


def _entry(row: Row) -> Entry:
    return Entry(
        seq=row["seq"],
        at=row["at"],
        kind=row["kind"],
        actor_kind=ActorKind(row["actor_kind"]),
        actor_id=row["actor_id"],
        actor_name=row["actor_name"],
        conversation_id=row["conversation_id"],
        customer_id=row["customer_id"],
        case_id=row["case_id"],
        payload=json.loads(row["payload"]),
    )
