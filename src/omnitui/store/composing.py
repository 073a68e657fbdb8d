"""What agents have begun to write, replies for later, signatures, and words of an agent's own."""

from collections.abc import Mapping
from typing import Any

from omnitui.model.envelope import Scheduled, ScheduledState, Signature, envelope_of
from omnitui.model.session import Draft, DraftKind
from omnitui.store.engine import Row, Store
from omnitui.store.reading import each, maker, one

_OPEN = (ScheduledState.WAITING.value, ScheduledState.HELD.value)
_scheduled = maker(Scheduled, envelope=envelope_of, anyway=bool, state=ScheduledState)
_SCHEDULED = (
    "SELECT s.*, c.name AS name, c.channel AS channel FROM scheduled s"
    " JOIN conversations c ON c.id = s.conversation_id"
)


def drafts(store: Store, agent: int) -> list[Draft]:
    """What an agent has begun to write, the latest first."""
    rows = store.rows(
        "SELECT s.*, c.name AS name, c.channel AS channel FROM sessions s"
        " JOIN conversations c ON c.id = s.conversation_id WHERE s.agent_id = ?"
        " AND (s.draft_reply <> '' OR s.draft_note <> '' OR s.envelope <> '{}')"
        " ORDER BY s.draft_at DESC, s.conversation_id",
        (agent,),
    )
    return [draft for some in each(_drafts, rows) for draft in some]


def _drafts(row: Row) -> list[Draft]:
    files = len(envelope_of(row["envelope"]).files)
    found = []
    for kind in DraftKind:
        text, beside = row[f"draft_{kind.value}"], files if kind is DraftKind.REPLY else 0
        if text.strip() or beside:
            about = (row["conversation_id"], row["name"], row["channel"])
            found.append(Draft(*about, kind, text, row["draft_at"] or row["opened_at"], beside))
    return found


def add_scheduled(store: Store, values: Mapping[str, Any]) -> int:
    """Add a reply for later; returns its key."""
    return store.insert("scheduled", values)


def scheduled(store: Store, key: int) -> Scheduled | None:
    """One reply for later."""
    return one(_scheduled, store.row(f"{_SCHEDULED} WHERE s.id = ?", (key,)))


def scheduled_open(
    store: Store, agent: int | None = None, conversation: int | None = None
) -> list[Scheduled]:
    """Replies for later that have not left, of an agent or in a conversation, the next first."""
    rows = store.rows(
        f"{_SCHEDULED} WHERE s.state IN (?, ?) AND (? IS NULL OR s.agent_id = ?)"
        " AND (? IS NULL OR s.conversation_id = ?) ORDER BY s.due_at, s.id",
        (*_OPEN, agent, agent, conversation, conversation),
    )
    return each(_scheduled, rows)


def wrote_since(store: Store, conversation: int, seen: int) -> int | None:
    """When the customer wrote first after a message (epoch ms); None if they have not."""
    found: int | None = store.value(
        "SELECT min(at) FROM messages WHERE conversation_id = ? AND id > ?"
        " AND speaker = 'customer' AND kind = 'message'",
        (conversation, seen),
    )
    return found


def signatures(store: Store, agent: int, *, defaults: bool = True) -> list[Signature]:
    """An agent's signatures, and with `defaults` those of everybody (0), the agent's first."""
    rows = store.rows(
        "SELECT * FROM signatures WHERE agent_id = ? OR (? AND agent_id = 0)"
        " ORDER BY agent_id = 0, channel = '', channel",
        (agent, int(defaults)),
    )
    return each(maker(Signature), rows)


def set_signature(store: Store, agent: int, channel: str, text: str) -> None:
    """Save a signature; remove it where the text is empty."""
    store.execute("DELETE FROM signatures WHERE agent_id = ? AND channel = ?", (agent, channel))
    if text:
        store.insert("signatures", {"agent_id": agent, "channel": channel, "text": text})


def has_signed(store: Store, conversation: int, agent: int) -> bool:
    """Whether a reply of the agent's in a conversation has a signature and was not taken back."""
    found = store.value(
        "SELECT 1 FROM messages WHERE conversation_id = ? AND agent_id = ?"
        " AND delivery <> 'unsent' AND envelope LIKE '%\"signature\":%' LIMIT 1",
        (conversation, agent),
    )
    return found is not None


def words(store: Store, agent: int) -> list[str]:
    """The words that an agent has added to their spelling."""
    rows = store.rows("SELECT word FROM agent_words WHERE agent_id = ? ORDER BY word", (agent,))
    return [row[0] for row in rows]


def add_word(store: Store, agent: int, word: str) -> None:
    """Add a word to an agent's spelling."""
    store.execute("INSERT OR IGNORE INTO agent_words VALUES (?, ?)", (agent, word))


def remove_word(store: Store, agent: int, word: str) -> bool:
    """Remove a word; True if it was there."""
    done = store.execute("DELETE FROM agent_words WHERE agent_id = ? AND word = ?", (agent, word))
    return done.rowcount > 0
