"""Consulted and added agents of a conversation. They take no capacity."""

from collections.abc import Sequence

from omnitui.model.participant import Participant, Role
from omnitui.store.engine import Row, Store
from omnitui.store.reading import each, first, maker


def of_conversation(store: Store, conversation: int) -> list[Participant]:
    """The consulted and added agents of a conversation, the longest first."""
    return each(
        _participant,
        store.rows(
            "SELECT p.*, a.name, ifnull(b.name, '') AS by_name FROM participants p"
            " JOIN agents a ON a.id = p.agent_id LEFT JOIN agents b ON b.id = p.by_id"
            " WHERE p.conversation_id = ? ORDER BY p.since, a.name",
            (conversation,),
        ),
    )


_participant = maker(Participant, role=Role)


def role(store: Store, conversation: int, agent: int) -> Role | None:
    """An agent's role in a conversation, None if they have none."""
    found = store.value(
        "SELECT role FROM participants WHERE conversation_id = ? AND agent_id = ?",
        (conversation, agent),
    )
    return None if found is None else first(Role, [found])


def answering(store: Store, agent: int) -> list[Row]:
    """The active conversations in which an agent was added: id, channel, state."""
    return store.rows(
        "SELECT c.id, c.channel, c.state, c.ended_at FROM participants p JOIN conversations c"
        " ON c.id = p.conversation_id WHERE p.agent_id = ? AND p.role = 'added'"
        " AND c.state = 'active' AND c.offered_to IS NULL ORDER BY c.id",
        (agent,),
    )


def answer_elsewhere(store: Store, channels: Sequence[str]) -> frozenset[int]:
    """The agents who answer in a conversation of somebody else's, on some channels."""
    return frozenset(
        row[0]
        for row in store.rows(
            "SELECT DISTINCT p.agent_id FROM participants p JOIN conversations c"
            " ON c.id = p.conversation_id WHERE p.role = 'added' AND c.state = 'active'"
            f" AND c.channel IN ({','.join('?' * len(channels))})",
            channels,
        )
    )


def put(store: Store, conversation: int, agent: int, role: Role, by: int | None, at: int) -> None:
    """Add an agent to a conversation, or change their role."""
    store.execute(
        "INSERT INTO participants (conversation_id, agent_id, role, by_id, since)"
        " VALUES (?, ?, ?, ?, ?)"
        " ON CONFLICT (conversation_id, agent_id) DO UPDATE SET role = excluded.role",
        (conversation, agent, role, by, at),
    )


def remove(store: Store, conversation: int, agent: int) -> bool:
    """Let an agent step aside; False if they did not stand there."""
    return (
        store.execute(
            "DELETE FROM participants WHERE conversation_id = ? AND agent_id = ?",
            (conversation, agent),
        ).rowcount
        > 0
    )


def clear(store: Store, conversation: int) -> list[int]:
    """Let everybody step aside; returns who did."""
    return [
        row[0]
        for row in store.rows(
            "DELETE FROM participants WHERE conversation_id = ? RETURNING agent_id",
            (conversation,),
        )
    ]
