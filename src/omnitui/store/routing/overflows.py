"""Which queues an item has been in, since when, and which waits were answered there."""

from typing import NamedTuple

from omnitui.store.engine import Store


class Stay(NamedTuple):
    """An item in a queue: since when (epoch ms), and the longest wait that was answered."""

    since: int
    done_minutes: int


def been(store: Store, conversation: int) -> set[int]:
    """The queues where an item has been."""
    return {
        row[0]
        for row in store.rows(
            "SELECT queue_id FROM overflows WHERE conversation_id = ?", (conversation,)
        )
    }


def stay(store: Store, conversation: int, queue: int) -> Stay | None:
    """An item's wait in a queue, None if it was never noted there, or has been taken since."""
    row = store.row(
        "SELECT since, done_minutes FROM overflows WHERE conversation_id = ? AND queue_id = ?"
        " AND since IS NOT NULL",
        (conversation, queue),
    )
    return None if row is None else Stay(*row)


def note(store: Store, conversation: int, queue: int, since: int, done_minutes: int = 0) -> None:
    """Note that an item is in a queue."""
    store.execute(
        "INSERT INTO overflows VALUES (?, ?, ?, ?) ON CONFLICT (conversation_id, queue_id)"
        " DO UPDATE SET since = excluded.since, done_minutes = excluded.done_minutes",
        (conversation, queue, since, done_minutes),
    )


def taken(store: Store, conversation: int) -> None:
    """An item waits no longer; where it has been stays known."""
    store.execute(
        "UPDATE overflows SET since = NULL, done_minutes = 0 WHERE conversation_id = ?",
        (conversation,),
    )
