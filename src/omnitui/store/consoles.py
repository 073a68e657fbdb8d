"""Running consoles: their agents, leases and current conversations.

A console without a heartbeat in time is lost. Times are epoch ms.
"""

from msgspec import Struct

from omnitui.model.agent import Presence
from omnitui.model.ids import AgentId
from omnitui.model.viewers import Viewer
from omnitui.store.engine import Store


class Lost(Struct, frozen=True):
    """When an agent's last console was lost, and the presence they had then."""

    at: int
    presence: Presence
    reason: str
    by_hand: bool


def put(
    store: Store,
    console: str,
    agent: int,
    until: int,
    conversation: int | None,
    typing_at: int | None,
) -> None:
    """Save a heartbeat."""
    store.execute(
        "INSERT INTO consoles (id, agent_id, until, conversation_id, typing_at)"
        " VALUES (?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET agent_id = excluded.agent_id,"
        " until = excluded.until, conversation_id = excluded.conversation_id,"
        " typing_at = excluded.typing_at",
        (console, agent, until, conversation, typing_at),
    )


def remove(store: Store, console: str, agent: int) -> None:
    """Remove a closed console of an agent."""
    store.execute("DELETE FROM consoles WHERE id = ? AND agent_id = ?", (console, agent))


def clear(store: Store, agent: int, now: int) -> None:
    """Remove the lost consoles of an agent."""
    store.execute("DELETE FROM consoles WHERE agent_id = ? AND until <= ?", (agent, now))


def until(store: Store, agent: int) -> int | None:
    """When the lease of an agent's last console ends, None if they have none."""
    found: int | None = store.value("SELECT max(until) FROM consoles WHERE agent_id = ?", (agent,))
    return found


def viewers(
    store: Store, conversation: int, besides: int | None, now: int, typing_since: int
) -> list[Viewer]:
    """The viewers of a conversation now, typing agents first, then by name.

    Older signs of typing than `typing_since` (epoch ms) do not count.
    """
    return [
        Viewer(AgentId(row["id"]), row["name"], bool(row["typing"]))
        for row in store.rows(
            "SELECT a.id, a.name, max(ifnull(k.typing_at, 0) > :typing_since) AS typing"
            " FROM consoles k JOIN agents a ON a.id = k.agent_id"
            " WHERE k.conversation_id = :conversation AND k.until > :now"
            " AND a.id <> ifnull(:besides, -1) GROUP BY a.id ORDER BY typing DESC, a.name, a.id",
            {
                "conversation": conversation,
                "besides": besides,
                "now": now,
                "typing_since": typing_since,
            },
        )
    ]


def lose(store: Store, agent: int, lost: Lost) -> None:
    """Save the presence of an agent whose last console was lost."""
    store.execute(
        "INSERT OR REPLACE INTO lost_agents (agent_id, at, presence, reason, by_hand)"
        " VALUES (?, ?, ?, ?, ?)",
        (agent, lost.at, lost.presence, lost.reason, int(lost.by_hand)),
    )


def find(store: Store, agent: int) -> Lost | None:
    """The saved presence of an agent who has come back, None if they were not lost. Returned only
    once."""
    row = store.row(
        "DELETE FROM lost_agents WHERE agent_id = ? RETURNING at, presence, reason, by_hand",
        (agent,),
    )
    if row is None:
        return None
    return Lost(row["at"], Presence(row["presence"]), row["reason"], bool(row["by_hand"]))
