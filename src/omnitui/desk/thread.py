"""Writing lines into a transcript and updating the conversation's row.

Not commands: the areas use these inside their own transactions.
"""

from collections.abc import Mapping
from typing import Any

from omnitui.desk.call import Call
from omnitui.desk.routing import load
from omnitui.model.conversation import (
    Conversation,
    ConversationState,
    Delivery,
    Message,
    MessageKind,
    Speaker,
)
from omnitui.model.errors import Refused
from omnitui.rules.lifecycle import Forbidden, Happening, after
from omnitui.safetext import SafeText, clean
from omnitui.store import conversations, customers, messages, timers

PREVIEW = 200
"""How much of the last message a list keeps (characters)."""


def get(call: Call, conversation: int) -> Conversation:
    """The conversation of that key, which must exist."""
    found = conversations.get(call.store, conversation)
    assert found is not None
    return found


def language(call: Call, conversation: Conversation) -> str:
    """The language in which a customer writes (`nb`), empty if it is not known."""
    if conversation.customer_id is not None:
        customer = customers.get(call.store, conversation.customer_id)
        if customer is not None:
            return customer.language
    return str(conversation.context.get("language") or "")


def words(text: str, what: str) -> SafeText:
    """Text fit to be saved; refused when it is empty."""
    cleaned = clean(text)
    if not cleaned.strip():
        raise Refused("message.empty", f"The {what} is empty.", "Write some text first.")
    return cleaned


def write(
    call: Call,
    conversation: Conversation,
    speaker: Speaker,
    kind: MessageKind,
    author: str,
    text: str,
    row: Mapping[str, Any] | None = None,
    **columns: Any,
) -> Message:
    """Write a line. A message of a person or the bot becomes the conversation's last message.

    Events and notices do not: a list shows the last message and its author. A message that was
    written earlier and arrives late does not either.
    A new line is the last one, even if the clock has been set back since the last message.
    `row` has other changes to the conversation's row.
    """
    return say(call, conversation, speaker, kind, author, text, row or {}, **columns)[0]


def say(
    call: Call,
    conversation: Conversation,
    speaker: Speaker,
    kind: MessageKind,
    author: str,
    text: str,
    row: Mapping[str, Any],
    preview: str = "",
    **columns: Any,
) -> tuple[Message, dict[str, Any]]:
    """Write a line as `write` does; returns it with all changes of the row.

    `preview` is what lists show of one without words.
    """
    values = {
        "conversation_id": conversation.id,
        "speaker": speaker,
        "kind": kind,
        "author": author,
        "text": text,
        "at": max(call.now, conversation.last_at) if conversation.last_text else call.now,
        "delivery": Delivery.RECEIVED,
        "channel": conversation.channel,
        **columns,
    }
    message = messages.add(call.store, values)
    changes = dict(row)
    late = bool(conversation.last_text) and values["at"] < conversation.last_at
    if kind is MessageKind.MESSAGE and speaker is not Speaker.SYSTEM and not late:
        changes |= last_words(text or preview, speaker, values["at"])
    if changes:
        call.store.update("conversations", conversation.id, changes)
    return message, changes


def last_words(text: str, speaker: Speaker, at: int) -> dict[str, Any]:
    """The columns of a conversation's row about its last message."""
    return {
        "last_text": " ".join(text[:PREVIEW].split()),
        "last_speaker": speaker,
        "last_at": at,
    }


def event(call: Call, conversation: Conversation, text: str) -> None:
    """Append a line about an event, for agents."""
    write(call, conversation, Speaker.SYSTEM, MessageKind.EVENT, "system", text)


def move(call: Call, conversation: Conversation, happening: Happening) -> ConversationState:
    """The state after `happening`; refused if the life cycle does not allow it."""
    mode = call.channel(conversation.channel).mode
    ringing = conversation.offered_to is not None
    state = after(conversation.state, happening, mode, ringing)
    if isinstance(state, Forbidden):
        raise Refused("conversation.state", state.sentence, state.hint)
    return state


def await_word(call: Call, conversation: int) -> None:
    """Start the timer that closes a waiting conversation without messages."""
    minutes = call.stream(get(call, conversation).channel).idle_minutes
    if minutes is None:
        minutes = call.settings.waiting_days * 24 * 60
    timers.start(call.store, "idle", conversation, call.now + minutes * 60_000)


def begin_wrap_up(call: Call, item: Conversation) -> None:
    """Start the timers that close wrap-up, and that free its capacity before."""
    until = call.now + call.settings.wrap_up_minutes * 60_000
    timers.start(call.store, "wrap_up", item.id, until)
    free_at = load.wrap_up_ends(call, item.channel, call.now)
    if free_at is not None and free_at < until:
        timers.start(call.store, "wrap_free", item.id, free_at)
