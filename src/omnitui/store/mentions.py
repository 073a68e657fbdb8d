"""Who was mentioned in which note, and whether they have seen it."""

from omnitui.model.ids import ConversationId, MentionId, MessageId
from omnitui.model.mention import Mention
from omnitui.store.engine import Row, Store
from omnitui.store.reading import each, one

UNSEEN = "agent_id = :agent AND seen_at IS NULL"
"""The mentions of an agent that they have not seen."""

_SELECT = """SELECT m.*, s.text, s.author, c.name FROM mentions m
    JOIN messages s ON s.id = m.message_id JOIN conversations c ON c.id = m.conversation_id"""


def _mention(row: Row) -> Mention:
    return Mention(
        id=MentionId(row["id"]),
        conversation_id=ConversationId(row["conversation_id"]),
        message_id=MessageId(row["message_id"]),
        name=row["name"],
        by=row["author"],
        text=row["text"],
        at=row["at"],
        seen_at=row["seen_at"],
    )


def add(store: Store, at: int, agent: int, conversation: int, message: int) -> MentionId:
    """Keep that a note mentions an agent."""
    row = {"at": at, "agent_id": agent, "conversation_id": conversation, "message_id": message}
    return MentionId(store.insert("mentions", row))


def get(store: Store, key: int) -> Mention | None:
    """One mention."""
    row = store.row(f"{_SELECT} WHERE m.id = ?", (key,))
    return one(_mention, row)


def whose(store: Store, key: int) -> int | None:
    """Which agent is mentioned."""
    agent: int | None = store.value("SELECT agent_id FROM mentions WHERE id = ?", (key,))
    return agent


def of_agent(store: Store, agent: int, limit: int) -> list[Mention]:
    """The mentions of an agent: those not seen first, then the newest."""
    return each(
        _mention,
        store.rows(
            f"{_SELECT} WHERE m.agent_id = ?"
            " ORDER BY CASE WHEN m.seen_at IS NULL THEN 0 ELSE 1 END, m.id DESC LIMIT ?",
            (agent, limit),
        ),
    )


def see(store: Store, key: int, now: int) -> None:
    """Keep that a mention was seen."""
    store.update("mentions", key, {"seen_at": now})


def of_message(store: Store, message: int) -> list[int]:
    """Which agents a note mentions."""
    rows = store.rows("SELECT agent_id FROM mentions WHERE message_id = ? ORDER BY id", (message,))
    return [row["agent_id"] for row in rows]


def forget(store: Store, message: int) -> None:
    """Delete the mentions of an undone note."""
    store.execute("DELETE FROM mentions WHERE message_id = ?", (message,))
