"""The lines of transcripts, read in windows."""

import json
from collections.abc import Mapping
from typing import Any

from omnitui.model.conversation import Delivery, Message, MessageKind, Speaker
from omnitui.model.envelope import envelope_of
from omnitui.store.engine import Row, Store
from omnitui.store.reading import each, one

_PLAIN = (
    "id conversation_id author text at agent_id held_until attempts error channel"
    " claimed_by claimed_until"
).split()

_PLACE = "SELECT at, id FROM messages WHERE id = :key"


def from_row(row: Row) -> Message:
    """A message out of a row with all columns."""
    said = row["speaker"] == Speaker.CUSTOMER and row["kind"] == MessageKind.MESSAGE
    return Message(
        **{name: row[name] for name in _PLAIN},
        speaker=Speaker(row["speaker"]),
        kind=MessageKind(row["kind"]),
        delivery=Delivery(row["delivery"]),
        repeatable=bool(row["repeatable"]),
        doubtful=bool(row["doubtful"]),
        sentiment=0.0 if said and row["sentiment"] is None else row["sentiment"],
        sentiment_scored=row["sentiment"] is not None,
        words=_words(row["words"]),
        envelope=envelope_of(row["envelope"]),
    )


def _words(text: str) -> tuple[tuple[str, float], ...]:
    return () if text == "[]" else tuple((word, weight) for word, weight in json.loads(text))


def get(store: Store, message: int) -> Message | None:
    """One message."""
    row = store.row("SELECT * FROM messages WHERE id = ?", (message,))
    return one(from_row, row)


def add(store: Store, values: Mapping[str, Any]) -> Message:
    """Write a message, given its columns by name."""
    columns, marks = ", ".join(values), ", ".join(f":{name}" for name in values)
    row = store.row(f"INSERT INTO messages ({columns}) VALUES ({marks}) RETURNING *", values)
    assert row is not None
    return from_row(row)


def before(store: Store, conversation: int, key: int | None, limit: int) -> list[Message]:
    """The `limit` messages before `key` (the last ones for None), oldest first.

    In the order in which they were written.
    """
    edge = "" if key is None else f" AND (at, id) < ({_PLACE})"
    rows = store.rows(
        f"SELECT * FROM messages WHERE conversation_id = :conversation{edge}"
        " ORDER BY at DESC, id DESC LIMIT :limit",
        {"conversation": conversation, "key": key, "limit": limit},
    )
    return each(from_row, reversed(rows))


def after(store: Store, conversation: int, key: int, limit: int) -> list[Message]:
    """The `limit` messages that stand after `key` (the first ones for 0), oldest first."""
    edge = f" AND (at, id) > ({_PLACE})" if key else ""
    rows = store.rows(
        f"SELECT * FROM messages WHERE conversation_id = :conversation{edge}"
        " ORDER BY at, id LIMIT :limit",
        {"conversation": conversation, "key": key, "limit": limit},
    )
    return each(from_row, rows)


def since(store: Store, conversation: int, key: int, limit: int) -> list[Message]:
    """The first `limit` messages that arrived after `key`, whenever they were written."""
    rows = store.rows(
        "SELECT * FROM messages WHERE conversation_id = ? AND id > ? ORDER BY id LIMIT ?",
        (conversation, key, limit),
    )
    return each(from_row, rows)


def delivered(
    store: Store, channel: str, external_id: str, sender_key: str, text: str
) -> Message | None:
    """The message that a channel has delivered before: the same id, sender and words."""
    row = store.row(
        "SELECT m.* FROM messages m JOIN conversations c ON c.id = m.conversation_id"
        " WHERE m.channel = ? AND m.external_id = ? AND m.text = ?"
        " AND coalesce(m.sender_key, c.address_key) = ? ORDER BY m.id LIMIT 1",
        (channel, external_id, text, sender_key),
    )
    return one(from_row, row)


def last_heard(store: Store, channel: str, sender_key: str) -> int | None:
    """When a customer last wrote from an address on a channel (epoch ms); None for never."""
    found: int | None = store.value(
        "SELECT max(coalesce(m.came_at, m.at)) FROM messages m"
        " JOIN conversations c ON c.id = m.conversation_id"
        " WHERE (c.address_key = ?1 OR c.id IN (SELECT e.conversation_id FROM escalations e"
        " WHERE e.address_key = ?1 AND e.channel = ?2))"
        " AND m.channel = ?2 AND m.speaker = ?3",
        (sender_key, channel, Speaker.CUSTOMER),
    )
    return found


def customer_scores(store: Store, conversation: int, limit: int = 6) -> list[float]:
    """The compound sentiment of the customer's last messages that are scored, oldest first."""
    rows = store.rows(
        "SELECT sentiment FROM messages WHERE conversation_id = ? AND sentiment IS NOT NULL"
        " ORDER BY id DESC LIMIT ?",
        (conversation, limit),
    )
    return [row[0] for row in reversed(rows)]


def unsettled(store: Store, conversation: int) -> list[Message]:
    """Replies that are held, on the way, uncertain, or could not be delivered, oldest first."""
    rows = store.rows(
        "SELECT * FROM messages WHERE conversation_id = ?"
        " AND delivery IN ('held', 'queued', 'sending', 'failed', 'uncertain')"
        " ORDER BY id LIMIT 100",
        (conversation,),
    )
    return each(from_row, rows)


def last_id(store: Store, conversation: int) -> int:
    """The key of the newest line, 0 if there is none."""
    return int(
        store.value("SELECT max(id) FROM messages WHERE conversation_id = ?", (conversation,)) or 0
    )


def last_said(store: Store, conversation: int) -> Message | None:
    """The newest message that was not unsent; notices of the desk do not count."""
    row = store.row(
        "SELECT * FROM messages WHERE conversation_id = ? AND kind = ? AND delivery <> ?"
        " AND speaker <> ? ORDER BY at DESC, id DESC LIMIT 1",
        (conversation, MessageKind.MESSAGE, Delivery.UNSENT, Speaker.SYSTEM),
    )
    return one(from_row, row)


def question(store: Store, conversation: int, limit: int = 6) -> list[Message]:
    """The customer's first messages, until anybody replied, oldest first."""
    rows = store.rows(
        "SELECT * FROM messages WHERE conversation_id = :c AND kind = 'message'"
        " AND speaker = 'customer' AND id < coalesce((SELECT min(o.id) FROM messages o"
        " WHERE o.conversation_id = :c AND o.kind = 'message' AND o.delivery <> 'unsent'"
        " AND o.speaker IN ('agent', 'bot') AND o.id > (SELECT min(f.id) FROM messages f"
        " WHERE f.conversation_id = :c AND f.kind = 'message' AND f.speaker = 'customer')), :end)"
        " ORDER BY id LIMIT :limit",
        {"c": conversation, "end": 2**62, "limit": limit},
    )
    return each(from_row, rows)


def answers_after(store: Store, conversation: int, seen: int, besides: int | None) -> list[Message]:
    """Replies of agents other than `besides`, and of the bot, after a message.

    Without `besides` the bot asks.
    """
    rows = store.rows(
        "SELECT * FROM messages WHERE conversation_id = ? AND id > ? AND kind = 'message'"
        " AND speaker IN ('agent', 'bot') AND delivery <> 'unsent'"
        " AND agent_id IS NOT ? ORDER BY id LIMIT 100",
        (conversation, seen, besides),
    )
    return each(from_row, rows)


def since_unanswered(store: Store, conversation: int) -> tuple[int | None, int | None]:
    """Since when the customer waits for an answer, and the time of the first reply (epoch ms).

    Unsent replies do not count.
    """
    row = store.row(
        "SELECT min(iif(speaker = 'customer' AND id > ifnull((SELECT max(r.id) FROM messages r"
        " WHERE r.conversation_id = :c AND r.kind = 'message' AND r.speaker IN ('agent', 'bot')"
        " AND r.delivery <> 'unsent'), 0), coalesce(came_at, at), NULL)),"
        " min(iif(speaker = 'agent' AND kind = 'message' AND delivery <> 'unsent', at, NULL))"
        " FROM messages WHERE conversation_id = :c",
        {"c": conversation},
    )
    return (None, None) if row is None else (row[0], row[1])


def written_by_customers(store: Store) -> int:
    """How many messages of customers the store holds."""
    return int(
        store.value("SELECT count(*) FROM messages WHERE speaker = 'customer' AND kind = 'message'")
    )


def last_of_customer(store: Store, conversation: int) -> int | None:
    """The key of the customer's newest message, None if there is none."""
    found: int | None = store.value(
        "SELECT id FROM messages WHERE conversation_id = ? AND speaker = 'customer'"
        " AND kind = 'message' ORDER BY at DESC, id DESC LIMIT 1",
        (conversation,),
    )
    return found


def with_files(store: Store, conversation: int, limit: int) -> list[Message]:
    """Messages that have files and were not taken back, the latest first."""
    rows = store.rows(
        "SELECT * FROM messages WHERE conversation_id = ? AND envelope LIKE '%\"files\":%'"
        " AND delivery <> 'unsent' ORDER BY at DESC, id DESC LIMIT ?",
        (conversation, limit),
    )
    return each(from_row, rows)
