"""Conversations that wait for a whole agent, and the agents whose capacity is kept for them."""

from typing import NamedTuple

from omnitui.store.engine import Store


class Kept(NamedTuple):
    """Something that may keep room since `since` (epoch ms); `agent` is whose, None for nobody's.

    `waits` is whether it still waits with nobody.
    """

    conversation: int
    agent: int | None
    since: int
    waits: bool


def every(store: Store) -> list[Kept]:
    """All of them, the ones to serve first at the front."""
    return [
        Kept(row[0], row[1], row[2], row[3] == "open")
        for row in store.rows(
            "SELECT k.conversation_id, k.agent_id, k.since, c.state FROM kept_rooms k"
            " JOIN conversations c ON c.id = k.conversation_id"
            " ORDER BY c.priority DESC, k.since, k.conversation_id LIMIT 1000"
        )
    ]


def any_outdated(store: Store) -> bool:
    """Whether capacity is kept for something that no longer waits; checked after every command."""
    found = store.value(
        "SELECT 1 FROM kept_rooms k WHERE (SELECT c.state FROM conversations c"
        " WHERE c.id = k.conversation_id) <> 'open' LIMIT 1"
    )
    return found is not None


def begin(store: Store, conversation: int, at: int) -> None:
    """From now on a conversation may keep room."""
    store.execute(
        "INSERT INTO kept_rooms (conversation_id, since) VALUES (?, ?)"
        " ON CONFLICT (conversation_id) DO NOTHING",
        (conversation, at),
    )


def keep(store: Store, conversation: int, agent: int | None) -> None:
    """Keep an agent's capacity for a conversation."""
    store.execute(
        "UPDATE kept_rooms SET agent_id = ? WHERE conversation_id = ?", (agent, conversation)
    )


def end(store: Store, conversation: int) -> None:
    """A conversation keeps no room any more."""
    store.execute("DELETE FROM kept_rooms WHERE conversation_id = ?", (conversation,))


def kept_of(store: Store, agent: int) -> str:
    """The customer for whom an agent's capacity is kept; empty for nobody."""
    found = store.value(
        "SELECT c.name FROM kept_rooms k JOIN conversations c ON c.id = k.conversation_id"
        " WHERE k.agent_id = ? AND c.state = 'open' LIMIT 1",
        (agent,),
    )
    return str(found or "")
