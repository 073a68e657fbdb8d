"""Agents' messages: replies, which are held for undo send, and notes."""

from collections.abc import Mapping, Sequence
from typing import Any

from omnitui.desk import enclosing, knowledge, mentions, replies, thread, undo
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
from omnitui.model.envelope import NOTHING, Envelope, envelope_text
from omnitui.model.errors import Refused, refuse
from omnitui.model.ids import ConversationId, MessageId
from omnitui.model.participant import Role
from omnitui.model.session import DraftKind
from omnitui.rules.lifecycle import hint_for
from omnitui.rules.limits import not_in_window, too_long
from omnitui.rules.mailing import body
from omnitui.rules.outbox import may_be_taken_back
from omnitui.store import conversations, messages, participants, sessions, timers

_ANSWERABLE = (ConversationState.ACTIVE, ConversationState.WAITING)


@command("conversation.reply")
def reply(
    call: Call,
    conversation: ConversationId,
    text: str = "",
    seen: int | None = None,
    anyway: bool = False,
    enclosed: bool = False,
    files: list[str] | None = None,
    subject: str | None = None,
    cc: list[str] | None = None,
    bcc: list[str] | None = None,
    quotes: MessageId | None = None,
    signed: bool | None = None,
) -> Message:
    """Send a reply. It is saved at once and leaves after the time for undo send.

    `seen` is the last message that you had read: if another agent or the bot has replied after it,
    the reply is refused (`reply.overtaken`) unless `anyway` is yes. `files` are paths on this
    machine; the text can be empty beside them. On channels of letters it has a `subject` (`Re:` and
    the conversation's by default), copies (`cc`, `bcc`), `quotes` a message, and is `signed` unless
    that is no. `enclosed` sends what your draft has of all these, which else stays there.
    """
    item = thread.get(call, conversation)
    if item.state is ConversationState.BOT and call.actor.kind is not ActorKind.BOT:
        item = _take_over(call, item, anyway)
    check_may_reply(call, item)
    given = {"subject": subject, "cc": cc, "bcc": bcc, "quotes": quotes, "signed": signed}
    envelope = enclosing.addressed(call, item, _begun(call, item, enclosed), given)
    for path in files or ():
        envelope = enclosing.attach(call, item, envelope, path)
    said = enclosing.words(text, envelope)
    replies.check_filled(call, said)
    check_fits(call, item, said, envelope)
    if seen is not None and not anyway:
        _check_not_overtaken(call, item, seen)
    message = hold(call, item, said, envelope)
    if call.agent_or_none is not None:
        sent_draft(call, conversation, text, enclosed=enclosed)
    deed = {"message": message.id, "conversation": conversation}
    undo.remember_deed(call, f"replied to {item.name}", "conversation.reply", deed)
    return message


def _take_over(call: Call, item: Conversation, anyway: bool) -> Conversation:
    """A person who replies while the virtual agent answers has taken over from it."""
    from omnitui.desk.bot import handing_over
    from omnitui.desk.offers import pick

    if call.agent_or_none is not None:
        return pick(call, item.id, anyway=anyway)
    handing_over.hand_over_to(call, item, f"{call.actor.name} replied")
    return thread.get(call, item.id)


def _begun(call: Call, item: Conversation, enclosed: bool) -> Envelope:
    """What the caller's draft has enclosed, if that is to be sent."""
    if not enclosed:
        return NOTHING
    session = sessions.get(call.store, call.agent, item.id)
    return NOTHING if session is None else session.envelope


def sent_draft(call: Call, conversation: ConversationId, text: str, *, enclosed: bool) -> None:
    """Empty the caller's draft of a reply, which has been sent; and what it has enclosed.

    A draft of other words than `text` is somebody's who is typing: it stays, unless it is sent
    with what it has `enclosed`.
    """
    session = sessions.get(call.store, call.agent, conversation)
    if enclosed or (session is not None and session.draft_reply.strip() == text.strip()):
        sessions.set_draft(call.store, call.agent, conversation, DraftKind.REPLY, "")
    if enclosed:
        sessions.set_envelope(call.store, call.agent, conversation, NOTHING)


def back_in_draft(call: Call, conversation: int, text: str, envelope: Envelope) -> None:
    """Put what was not sent into the caller's draft, before what is typed there."""
    session = sessions.get(call.store, call.agent, ConversationId(conversation))
    if session is None:
        return
    draft = "\n".join(filter(None, (text, session.draft_reply)))
    both = enclosing.together(session.envelope, enclosing.unsealed(envelope))
    sessions.set_draft(call.store, call.agent, conversation, DraftKind.REPLY, draft, call.now)
    sessions.set_envelope(call.store, call.agent, conversation, both, call.now)


def hold(
    call: Call,
    item: Conversation,
    said: str,
    envelope: Envelope = NOTHING,
    *,
    at_once: bool = False,
) -> Message:
    """Save a reply that may be sent; it leaves after the time for undo send, or `at_once`."""
    conversation = item.id
    until = call.now + (0 if at_once else call.settings.undo_seconds * 1_000)
    sealed = enclosing.sealed(call, item, envelope)
    # Asked again here: whatever an agent, a macro or a bot sends comes this way.
    _check_public(call, said, sealed)
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
        envelope=envelope_text(sealed),
        preview=enclosing.preview(said, sealed),
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


def check_fits(call: Call, item: Conversation, said: str, envelope: Envelope = NOTHING) -> None:
    """Refuse a text that is too long for the channel with what goes with it, or may not leave."""
    sealed = enclosing.sealed(call, item, envelope)
    _check_public(call, said, sealed)
    refuse(too_long(call.place(item.channel), body(said, sealed)))


def _check_public(call: Call, said: str, sealed: Envelope) -> None:
    """Refuse what links to an internal article, in the text or in what is written around it."""
    knowledge.check_public(call, "\n".join((sealed.subject, said, sealed.signature)))


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
        back_in_draft(call, line.conversation_id, line.text, line.envelope)
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
        shown = enclosing.preview(last.text, last.envelope)
        values |= thread.last_words(shown, last.speaker, last.at)
    call.store.update("conversations", item.id, values)


def again(call: Call, message: int) -> Message:
    found = messages.get(call.store, message)
    assert found is not None
    return found
