"""Agents' messages: replies, which are held for undo send, and notes."""

from collections.abc import Mapping, Sequence
from typing import Any

from omnitui.desk import knowledge, mentions, replies, thread, undo
from omnitui.desk.call import Call
from omnitui.desk.registry import command
from omnitui.desk.routing import load
from omnitui.model.actor import ActorKind
from omnitui.model.channel import Starts
from omnitui.model.conversation import (
    Conversation,
    ConversationState,
    Delivery,
    Message,
    MessageKind,
    Speaker,
)
from omnitui.model.errors import Refused, refuse
from omnitui.model.ids import ConversationId, MessageId
from omnitui.model.participant import Role
from omnitui.model.session import DraftKind
from omnitui.rules.lifecycle import hint_for
from omnitui.rules.limits import not_in_window, too_long
from omnitui.rules.outbox import may_be_taken_back
from omnitui.store import conversations, messages, participants, sessions, timers

_ANSWERABLE = (ConversationState.ACTIVE, ConversationState.WAITING)


@command("conversation.reply")
def reply(
    call: Call,
    conversation: ConversationId,
    text: str,
    seen: int | None = None,
    anyway: bool = False,
) -> Message:
    """Send a reply. It is saved at once and leaves after the time for undo send.

    `seen` is the last message that you had read: if another agent or the bot has replied after it,
    the reply is refused (`reply.overtaken`) unless `anyway` is yes.
    """
    item = thread.get(call, conversation)
    check_may_reply(call, item)
    said = thread.words(text, "reply")
    replies.check_filled(call, said)
    check_fits(call, item, said)
    if seen is not None and not anyway:
        _check_not_overtaken(call, item, seen)
    message = hold(call, item, said)
    if call.agent_or_none is not None:
        sessions.set_draft(call.store, call.agent, conversation, DraftKind.REPLY, "")
    deed = {"message": message.id, "conversation": conversation}
    undo.remember_deed(call, f"replied to {item.name}", "conversation.reply", deed)
    return message


def hold(call: Call, item: Conversation, said: str) -> Message:
    """Save a reply that may be sent; it leaves after the time for undo send."""
    # Asked again here: whatever an agent, a macro or a bot sends comes this way.
    knowledge.check_public(call, said)
    conversation = item.id
    until = call.now + call.settings.undo_seconds * 1_000
    row: dict[str, int | None] = {"waiting_since": None}
    speaker = Speaker.BOT if call.actor.kind is ActorKind.BOT else Speaker.AGENT
    if item.first_reply_at is None and speaker is Speaker.AGENT:
        row["first_reply_at"] = call.now
    message = thread.write(
        call,
        item,
        speaker,
        MessageKind.MESSAGE,
        call.actor.name,
        said,
        row,
        delivery=Delivery.HELD,
        agent_id=call.agent_or_none,
        held_until=until,
    )
    timers.start(call.store, "send", message.id, until)
    if call.agent_or_none is not None:
        load.wait_for(call, call.agent)
    if item.state is ConversationState.WAITING and item.snoozed_until is None:
        thread.await_word(call, conversation)
    call.journal(
        "message.held",
        conversation=conversation,
        customer=item.customer_id,
        message=message.id,
        until=until,
    )
    return message


def check_may_reply(call: Call, item: Conversation) -> None:
    if item.state in (ConversationState.CLOSED, ConversationState.WRAP_UP):
        raise Refused(
            "conversation.ended",
            f"The conversation with {item.name} has ended; a reply would not reach them.",
            "Add a note instead; when they write again, you can reply.",
        )
    where = call.place(item.channel)
    if where.starts is Starts.WINDOW:
        key = conversations.address_key(call.store, item.id)
        refuse(not_in_window(where, messages.last_heard(call.store, where.key, key), call.now))
    if call.actor.kind is not ActorKind.AGENT:
        return
    if item.state not in _ANSWERABLE or item.agent_id != call.agent:
        role = participants.role(call.store, item.id, call.agent)
        if role is Role.ADDED and item.state in _ANSWERABLE:
            return
        if role is Role.CONSULTED:
            raise Refused(
                "conversation.consulted",
                f"You only read along with {item.name}; {item.agent_name or 'nobody'} answers.",
                "Write a note, or ask to be added.",
            )
        whose = f"is with {item.agent_name}" if item.agent_name else "is unassigned"
        raise Refused(
            "conversation.not_yours",
            f"The conversation with {item.name} {whose}.",
            _how_to_have_it(call, item),
        )


def check_fits(call: Call, item: Conversation, said: str) -> None:
    """Refuse a text that is too long for the conversation's channel, or may not leave."""
    knowledge.check_public(call, said)
    refuse(too_long(call.place(item.channel), said))


def _how_to_have_it(call: Call, item: Conversation) -> str:
    """How an agent can reply in a conversation that is not theirs."""
    if item.offered_to is not None:
        mine = item.offered_to == call.agent
        return "Accept it before you reply." if mine else hint_for(item.state, ringing=True)
    if item.agent_name:
        return f"Add a note, or ask {item.agent_name} to transfer it to you."
    return "Pick it before you reply."


def _check_not_overtaken(call: Call, item: Conversation, seen: int) -> None:
    others = messages.answers_after(call.store, item.id, seen, call.agent_or_none)
    if not others:
        return
    last = others[-1]
    who = "The bot" if last.speaker is Speaker.BOT else last.author
    raise Refused(
        "reply.overtaken",
        f"{who} answered {item.name} first.",
        "Nothing was sent. Read that reply, then send with anyway=yes.",
    )


@command("conversation.note")
def note(call: Call, conversation: ConversationId, text: str) -> Message:
    """Write a note that only agents see; `@login` or `@Name` in it mentions that agent."""
    item = thread.get(call, conversation)
    said = thread.words(text, "note")
    message = thread.write(
        call,
        item,
        Speaker.AGENT,
        MessageKind.NOTE,
        call.actor.name,
        said,
        agent_id=call.agent_or_none,
    )
    if call.agent_or_none is not None:
        sessions.set_draft(call.store, call.agent, conversation, DraftKind.NOTE, "")
    call.journal(
        "note.added", conversation=conversation, customer=item.customer_id, message=message.id
    )
    mentions.tell(call, item, message)
    deed = {"message": message.id, "conversation": conversation}
    undo.remember_deed(call, f"added a note about {item.name}", "conversation.note", deed)
    return message


@command("conversation.unsend")
def unsend(call: Call, message: MessageId) -> Message:
    """Undo sending a reply that no courier has claimed; its text goes back into your draft.

    Possible while it is held, while it waits for a courier, and when it has failed.
    """
    line = messages.get(call.store, message)
    assert line is not None
    if line.agent_id != call.agent_or_none and call.actor.kind is ActorKind.AGENT:
        raise Refused("message.not_yours", "Only the author can undo sending a reply.")
    if not may_be_taken_back(line.delivery, doubtful=line.doubtful):
        over = thread.get(call, line.conversation_id).state not in _ANSWERABLE
        raise Refused("message.gone", _why_gone(line), "" if over else "Send a correction instead.")
    _stop(call, line)
    if call.agent_or_none is not None:
        session = sessions.get(call.store, call.agent, line.conversation_id)
        if session is not None:
            draft = f"{line.text}\n{session.draft_reply}" if session.draft_reply else line.text
            sessions.set_draft(call.store, call.agent, line.conversation_id, DraftKind.REPLY, draft)
    undo.forget_deed(call, "conversation.reply", "message", message)
    return again(call, message)


def _stop(call: Call, line: Message) -> None:
    for timer in ("send", "retry"):
        timers.stop(call.store, timer, line.id)
    _unsay(call, line)


def take_back_all(call: Call, keys: Sequence[int]) -> None:
    """Unsend those replies that have not left; their text goes into no draft."""
    for key in keys:
        line = again(call, key)
        if may_be_taken_back(line.delivery, doubtful=line.doubtful):
            _stop(call, line)


def _why_gone(line: Message) -> str:
    if line.delivery is Delivery.SENDING:
        return "It is too late to undo sending: the reply is being delivered."
    if line.doubtful:
        return "It is too late to undo sending: the reply may have arrived."
    return "It is too late to undo sending: the reply has left."


def _unsay(call: Call, line: Message) -> None:
    """Mark a line as unsent; it stays in the transcript, crossed out."""
    call.store.update("messages", line.id, {"delivery": Delivery.UNSENT, "held_until": None})
    mentions.withdraw(call, line)
    _as_if_never_said(call, thread.get(call, line.conversation_id))
    call.journal("message.unsent", conversation=line.conversation_id, message=line.id)


def reply_left(call: Call, deed: Mapping[str, Any]) -> str:
    """Why a reply cannot be unsent, as a clause; empty while it is held."""
    return left(again(call, deed["message"]))


def left(line: Message) -> str:
    """Why a reply cannot be unsent, as a clause; empty while it is held."""
    if may_be_taken_back(line.delivery, doubtful=line.doubtful):
        return ""
    return "sending it was undone already" if line.delivery is Delivery.UNSENT else "it has left"


def _note_gone(call: Call, deed: Mapping[str, Any]) -> str:
    line = again(call, deed["message"])
    return "it was undone already" if line.delivery is Delivery.UNSENT else ""


def _unsend(call: Call, deed: Mapping[str, Any]) -> None:
    unsend(call, deed["message"])


undo.deeds(
    "conversation.reply",
    reply_left,
    _unsend,
)
undo.deeds(
    "conversation.note",
    _note_gone,
    lambda call, deed: _unsay(call, again(call, deed["message"])),
)


def _as_if_never_said(call: Call, item: Conversation) -> None:
    """Update the conversation's row after a reply was unsent."""
    if item.state is ConversationState.CLOSED:
        return
    waiting, first = messages.since_unanswered(call.store, item.id)
    values: dict[str, object] = {
        "waiting_since": None if item.state is ConversationState.WRAP_UP else waiting,
        "first_reply_at": first,
    }
    last = messages.last_said(call.store, item.id)
    if last is not None:
        values |= thread.last_words(last.text, last.speaker, last.at)
    call.store.update("conversations", item.id, values)


def again(call: Call, message: int) -> Message:
    found = messages.get(call.store, message)
    assert found is not None
    return found
