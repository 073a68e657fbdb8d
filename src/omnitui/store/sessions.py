"""Sessions and drafts of agents."""

from collections.abc import Mapping
from typing import Any

from omnitui.model.envelope import Envelope, envelope_of, envelope_text
from omnitui.model.session import DraftKind, Session
from omnitui.store.engine import Store
from omnitui.store.reading import each, json_of, maker, one

_DRAFT = {DraftKind.REPLY: "draft_reply", DraftKind.NOTE: "draft_note"}


_session = maker(
    Session,
    focused=bool,
    envelope=envelope_of,
    layout=lambda text: text if json_of(text, {}) else "{}",
)


def of_agent(store: Store, agent: int) -> list[Session]:
    """An agent's sessions in the order of their tabs."""
    return each(
        _session,
        store.rows(
            "SELECT * FROM sessions WHERE agent_id = ? ORDER BY position, opened_at", (agent,)
        ),
    )


def count(store: Store, agent: int) -> int:
    """How many sessions an agent has."""
    return int(store.value("SELECT count(*) FROM sessions WHERE agent_id = ?", (agent,)))


def get(store: Store, agent: int, conversation: int) -> Session | None:
    """One session."""
    row = store.row(
        "SELECT * FROM sessions WHERE agent_id = ? AND conversation_id = ?", (agent, conversation)
    )
    return one(_session, row)


def open_(store: Store, agent: int, conversation: int, at: int, seen_id: int) -> None:
    """Add a tab at the end, unless the conversation has one already."""
    store.execute(
        "INSERT OR IGNORE INTO sessions (agent_id, conversation_id, position, opened_at, seen_id)"
        " VALUES (:agent, :conversation,"
        " (SELECT ifnull(max(position), 0) + 1 FROM sessions WHERE agent_id = :agent), :at, :seen)",
        {"agent": agent, "conversation": conversation, "at": at, "seen": seen_id},
    )


def shut(store: Store, agent: int, conversation: int) -> bool:
    """Remove a tab; True if there was one."""
    return (
        store.execute(
            "DELETE FROM sessions WHERE agent_id = ? AND conversation_id = ?", (agent, conversation)
        ).rowcount
        > 0
    )


def focus(store: Store, agent: int, conversation: int | None) -> None:
    """Make one tab the focused one; None for Home."""
    store.execute(
        "UPDATE sessions SET focused = (conversation_id = ifnull(:conversation, -1)),"
        " unread = iif(conversation_id = ifnull(:conversation, -1), 0, unread),"
        " seen_id = iif(conversation_id = ifnull(:conversation, -1), ifnull((SELECT max(m.id) FROM"
        " messages m WHERE m.conversation_id = sessions.conversation_id), 0), seen_id)"
        " WHERE agent_id = :agent AND (focused OR conversation_id = ifnull(:conversation, -1))",
        {"agent": agent, "conversation": conversation},
    )


def set_draft(
    store: Store, agent: int, conversation: int, kind: DraftKind, text: str, at: int = 0
) -> bool:
    """Save what an agent has typed, and when; True if the session exists."""
    return (
        store.execute(
            f"UPDATE sessions SET {_DRAFT[kind]} = ?, draft_at = ?"
            " WHERE agent_id = ? AND conversation_id = ?",
            (text, at, agent, conversation),
        ).rowcount
        > 0
    )


_TYPED = ("draft_reply", "draft_note", "draft_at", "envelope")


def typed(store: Store, agent: int, conversation: int) -> dict[str, Any] | None:
    """What an agent has typed and not sent, as it is kept; None without a session."""
    row = store.row(
        f"SELECT {', '.join(_TYPED)} FROM sessions WHERE agent_id = ? AND conversation_id = ?",
        (agent, conversation),
    )
    return None if row is None else dict(row)


def put_typed_back(store: Store, agent: int, conversation: int, values: Mapping[str, Any]) -> None:
    """Let what was typed be what it was: all of `typed`, or some of it."""
    sets = ", ".join(f"{name} = :{name}" for name in values)
    store.execute(
        f"UPDATE sessions SET {sets} WHERE agent_id = :_agent AND conversation_id = :_talk",
        {**values, "_agent": agent, "_talk": conversation},
    )


def set_envelope(
    store: Store, agent: int, conversation: int, envelope: Envelope, at: int = 0
) -> None:
    """Save what goes with the draft of a reply."""
    store.execute(
        "UPDATE sessions SET envelope = ?, draft_at = ? WHERE agent_id = ? AND conversation_id = ?",
        (envelope_text(envelope), at, agent, conversation),
    )


def set_layout(store: Store, agent: int, conversation: int, layout: str) -> bool:
    """Save the state of the screen; True if the session exists."""
    return (
        store.execute(
            "UPDATE sessions SET layout = ? WHERE agent_id = ? AND conversation_id = ?",
            (layout, agent, conversation),
        ).rowcount
        > 0
    )


def home_layout(store: Store, agent: int) -> str:
    """The saved state of the screen besides Home's lists, as JSON."""
    kept = store.value("SELECT layout FROM home_layouts WHERE agent_id = ?", (agent,))
    return str(kept or "{}")


def set_home_layout(store: Store, agent: int, layout: str) -> None:
    """Save the state of the screen besides Home's lists."""
    store.execute(
        "INSERT INTO home_layouts VALUES (?, ?)"
        " ON CONFLICT (agent_id) DO UPDATE SET layout = excluded.layout",
        (agent, layout),
    )


def count_unread(store: Store, conversation: int, message: int) -> None:
    """A customer wrote: one more unread in every tab that is not being looked at."""
    store.execute(
        "UPDATE sessions SET unread = unread + (1 - focused),"
        " seen_id = iif(focused, :message, seen_id) WHERE conversation_id = :conversation",
        {"conversation": conversation, "message": message},
    )


def move(store: Store, agent: int, order: list[int]) -> None:
    """Put the tabs into this order of conversation keys; those not named follow as they were."""
    held = [session.conversation_id for session in of_agent(store, agent)]
    named = [key for key in dict.fromkeys(order) if key in held]
    for position, conversation in enumerate(dict.fromkeys([*named, *held]), start=1):
        store.execute(
            "UPDATE sessions SET position = ? WHERE agent_id = ? AND conversation_id = ?",
            (position, agent, conversation),
        )
