"""Declined and missed offers: who, how often, and until when they get no offer again."""

from typing import NamedTuple

from omnitui.store.engine import Store


class Passed(NamedTuple):
    """How often an agent declined or missed something; no offer again before `until` (epoch ms)."""

    times: int
    until: int


def of(store: Store, conversation: int) -> dict[int, Passed]:
    """Who has let a conversation pass since somebody last had it."""
    return {
        row["agent_id"]: Passed(row["times"], row["until"])
        for row in store.rows("SELECT * FROM declines WHERE conversation_id = ?", (conversation,))
    }


def add(store: Store, conversation: int, agent: int, until: int) -> None:
    """Count one more time that an agent let it pass."""
    store.execute(
        "INSERT INTO declines (conversation_id, agent_id, times, until) VALUES (?, ?, 1, ?)"
        " ON CONFLICT (conversation_id, agent_id)"
        " DO UPDATE SET times = times + 1, until = excluded.until",
        (conversation, agent, until),
    )


def spare(store: Store, conversation: int, agent: int, until: int) -> None:
    """Make no offer to an agent before a time, without counting: their offer was withdrawn."""
    store.execute(
        "INSERT INTO declines (conversation_id, agent_id, times, until) VALUES (?, ?, 0, ?)"
        " ON CONFLICT (conversation_id, agent_id) DO UPDATE SET until = excluded.until",
        (conversation, agent, until),
    )


def lift(store: Store, agent: int) -> None:
    """Allow offers to an agent again, of everything they declined or missed."""
    store.execute("UPDATE declines SET until = 0 WHERE agent_id = ? AND until > 0", (agent,))


def forget(store: Store, conversation: int) -> None:
    """An agent has it: from now on it may be offered to everybody again."""
    store.execute("DELETE FROM declines WHERE conversation_id = ?", (conversation,))
