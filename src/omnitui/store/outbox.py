"""The way out: replies that wait for a courier, and the claims of couriers on them.

On each channel of a conversation replies leave one after the other: none is to be had while an
earlier one is held, on its way, tried again or uncertain. Times are epoch ms.
"""

from collections.abc import Iterable

from msgspec import Struct

from omnitui.model.conversation import Delivery, Message
from omnitui.store.engine import Store
from omnitui.store.messages import from_row
from omnitui.store.reading import each

_UNSETTLED = "('held', 'queued', 'sending', 'failed', 'uncertain')"
"""As the indexes of the schema have it: written the same, so that they are used."""


NOT_LEFT = f"""delivery IN {_UNSETTLED} AND (delivery IN ('queued', 'uncertain')
    OR (delivery = 'held' AND held_until <= :now))"""
"""Which replies have not left; also where the undo window is over and nobody has looked."""
UNCERTAIN = f"""m.delivery IN {_UNSETTLED} AND m.delivery = 'uncertain'
    AND coalesce(m.agent_id, c.agent_id) = :agent"""
"""Which replies of an agent's, or said for them, may have arrived or not."""


class Waiting(Struct, frozen=True):
    """What has not left on a channel: how many are `queued`, the oldest since when; how many are
    `uncertain`."""

    channel: str
    queued: int
    oldest: int | None
    uncertain: int


def leaving(store: Store, channels: Iterable[str] | None, limit: int) -> list[Message]:
    """Replies that a courier can take now, oldest first; on any channel for None."""
    keys = None if channels is None else list(channels)
    where = "" if keys is None else f" AND m.channel IN ({', '.join('?' * len(keys))})"
    rows = store.rows(
        f"SELECT m.* FROM messages m WHERE m.delivery IN {_UNSETTLED}"
        f" AND m.delivery = 'queued'{where} AND NOT EXISTS ("
        " SELECT 1 FROM messages e WHERE e.conversation_id = m.conversation_id AND e.id < m.id"
        f" AND e.channel = m.channel AND e.delivery IN {_UNSETTLED}"
        # What was given up holds nobody up; whatever else is not settled does.
        " AND (e.delivery <> 'failed' OR e.held_until IS NOT NULL)"
        ") ORDER BY m.id LIMIT ?",
        (*(keys or ()), limit),
    )
    return each(from_row, rows)


def any_queued(store: Store) -> bool:
    """Whether anything waits at all, which costs next to nothing to ask."""
    found = store.value(
        f"SELECT 1 FROM messages WHERE delivery IN {_UNSETTLED} AND delivery = 'queued' LIMIT 1"
    )
    return found is not None


def claim(store: Store, message: int, by: str, until: int, repeatable: bool) -> bool:
    """Give a reply to a courier until a time; False when it is not to be had any more."""
    done = store.execute(
        "UPDATE messages SET delivery = ?, claimed_by = ?, claimed_until = ?, repeatable = ?,"
        " held_until = NULL WHERE id = ? AND delivery = ?",
        (Delivery.SENDING, by, until, int(repeatable), message, Delivery.QUEUED),
    )
    return done.rowcount == 1


def waiting(store: Store, now: int) -> list[Waiting]:
    """What has not left, by channel."""
    rows = store.rows(
        "SELECT channel, sum(CASE WHEN delivery = 'uncertain' THEN 0 ELSE 1 END) AS queued,"
        " min(CASE WHEN delivery = 'uncertain' THEN NULL ELSE at END) AS oldest,"
        " sum(CASE WHEN delivery = 'uncertain' THEN 1 ELSE 0 END) AS uncertain"
        f" FROM messages WHERE {NOT_LEFT} GROUP BY channel ORDER BY channel",
        {"now": now},
    )
    return [Waiting(*row) for row in rows]
