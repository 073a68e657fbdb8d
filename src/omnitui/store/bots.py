"""Virtual agents: their topics as text, and what they remember of each conversation."""

from typing import Any

from msgspec import Struct

from omnitui.store.engine import Row, Store
from omnitui.store.reading import each, maker, one


class Bot(Struct, frozen=True):
    """A virtual agent: its key, its topics as they were written (TOML), and what it learnt of them.

    `learnt` is in base64, and empty until it was needed.
    """

    id: int
    name: str
    topics: str
    changed_at: int
    learnt: str = ""


class Kept(Struct, frozen=True):
    """What a virtual agent remembers of a conversation.

    `state` is the machine's own state as JSON; `status`, `topic` and `reason` of it stand beside.
    `seen_id` is the last message of the customer that it has answered.
    """

    conversation_id: int
    bot: str
    status: str = "talking"
    topic: str = ""
    seen_id: int = 0
    state: str = "{}"
    reason: str = ""


_bot = maker(Bot)
_kept = maker(Kept)


def every(store: Store) -> list[Bot]:
    """All virtual agents by name."""
    return each(_bot, store.rows("SELECT * FROM bots ORDER BY name, id LIMIT 1000"))


def by_name(store: Store, name: str) -> Bot | None:
    """The virtual agent of that key, upper and lower case alike."""
    return one(_bot, store.row("SELECT * FROM bots WHERE name = ?", (name,)))


def put(store: Store, name: str, topics: str, now: int) -> int:
    """Save the topics of a virtual agent, a new one if there is none of that key."""
    there = by_name(store, name)
    if there is None:
        return store.insert("bots", {"name": name, "topics": topics, "changed_at": now})
    store.update("bots", there.id, {"topics": topics, "changed_at": now, "learnt": ""})
    return there.id


def keep_learnt(store: Store, bot: int, learnt: str) -> None:
    """Keep what a virtual agent learnt of its topics."""
    store.update("bots", bot, {"learnt": learnt})


def remove(store: Store, bot: int) -> None:
    """Delete a virtual agent."""
    store.execute("DELETE FROM bots WHERE id = ?", (bot,))


def streams_of(store: Store, name: str) -> list[str]:
    """The work streams that a virtual agent answers for."""
    rows = store.rows("SELECT name FROM workstreams WHERE bot = ? COLLATE NOCASE", (name,))
    return [row["name"] for row in rows]


def state(store: Store, conversation: int) -> Kept | None:
    """What is remembered of a conversation; None if no virtual agent has had it."""
    row = store.row("SELECT * FROM bot_states WHERE conversation_id = ?", (conversation,))
    return one(_kept, row)


def held(store: Store, limit: int) -> list[Row]:
    """The conversations that virtual agents have now, the one that was active last first."""
    return store.rows(
        "SELECT b.conversation_id, b.bot, b.topic, c.name, c.channel, c.last_at"
        " FROM conversations c JOIN bot_states b ON b.conversation_id = c.id"
        " WHERE c.state = 'bot' ORDER BY c.last_at DESC, c.id DESC LIMIT ?",
        (limit,),
    )


def begin(store: Store, conversation: int, bot: str) -> None:
    """Let a virtual agent have a conversation, or have it from the beginning again."""
    store.execute(
        "INSERT INTO bot_states (conversation_id, bot) VALUES (?, ?)"
        " ON CONFLICT (conversation_id) DO UPDATE SET bot = excluded.bot, status = 'talking'",
        (conversation, bot),
    )


def remember(store: Store, conversation: int, **values: Any) -> None:
    """Change what is remembered of a conversation."""
    names = ", ".join(f"{name} = :{name}" for name in values)
    store.execute(
        f"UPDATE bot_states SET {names} WHERE conversation_id = :conversation_id",
        {**values, "conversation_id": conversation},
    )
