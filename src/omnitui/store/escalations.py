"""The channels of conversations before they were escalated."""

from omnitui.model.ids import ConversationId
from omnitui.store.engine import Store


def add(store: Store, at: int, conversation: int, step: int, by: int | None) -> None:
    """Save the channel and the address of a conversation before it is escalated."""
    store.execute(
        "INSERT INTO escalations (conversation_id, step, at, by_id, channel, address, address_key)"
        " SELECT id, ?, ?, ?, channel, address, address_key FROM conversations WHERE id = ?",
        (step, at, by, conversation),
    )


def forget_after(store: Store, conversation: int, step: int) -> None:
    """Delete the later steps, which were undone."""
    store.execute(
        "DELETE FROM escalations WHERE conversation_id = ? AND step > ?", (conversation, step)
    )


def address(store: Store, conversation: int, channel: str) -> str | None:
    """Where the customer was on a channel that a conversation was escalated from."""
    found: str | None = store.value(
        "SELECT address FROM escalations WHERE conversation_id = ? AND channel = ?"
        " ORDER BY step DESC LIMIT 1",
        (conversation, channel),
    )
    return found


def before(store: Store, conversation: int) -> list[tuple[str, str, str]]:
    """Where a conversation was escalated from: channel, address and its compared form."""
    rows = store.rows(
        "SELECT channel, address, address_key FROM escalations WHERE conversation_id = ?"
        " ORDER BY step",
        (conversation,),
    )
    return [(row["channel"], row["address"], row["address_key"]) for row in rows]


def keys(store: Store, conversation: int) -> list[str]:
    """The compared forms of the addresses that a conversation was escalated from."""
    return [key for _channel, _address, key in before(store, conversation)]


def thread(store: Store, address_key: str, channel: str) -> ConversationId | None:
    """The open conversation that was escalated from this address on this channel."""
    key: ConversationId | None = store.value(
        "SELECT c.id FROM escalations e JOIN conversations c ON c.id = e.conversation_id"
        " WHERE e.address_key = ? AND e.channel = ?"
        " AND c.state IN ('bot', 'open', 'active', 'waiting') ORDER BY c.id DESC LIMIT 1",
        (address_key, channel),
    )
    return key
