"""What agents say: replies held for the undo window, notes, and how replies fare with couriers."""

from omnitui.desk import replies, thread
from omnitui.desk.call import Call, page_size
from omnitui.desk.registry import command, query
from omnitui.model.actor import ActorKind, Permission
from omnitui.model.conversation import (
    Conversation,
    ConversationState,
    Delivery,
    Message,
    MessageKind,
    Speaker,
)
from omnitui.model.errors import Refused
from omnitui.model.ids import ConversationId, MessageId
from omnitui.model.participant import Role
from omnitui.model.session import DraftKind
from omnitui.safetext import clean_line
from omnitui.store import messages, participants, sessions, timers

_LONGEST_WAIT = 86_400_000
_ANSWERABLE = (ConversationState.ACTIVE, ConversationState.WAITING)


@command("conversation.reply")
def reply(
    call: Call,
    conversation: ConversationId,
    text: str,
    seen: int | None = None,
    anyway: bool = False,
) -> Message:
    """Say something to the customer. It is stored at once and leaves after the undo window.

    `seen` is the last message you knew of when you began to write: when another agent or the bot
    has answered after it, the reply is refused (`reply.overtaken`) unless you want it `anyway`.
    """
    item = thread.get(call, conversation)
    _check_may_reply(call, item)
    said = thread.words(text, "reply")
    replies.check_filled(call, said)
    if seen is not None and not anyway:
        _check_not_overtaken(call, item, seen)
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
    if item.state is ConversationState.WAITING and item.snoozed_until is None:
        thread.await_word(call, conversation)
    if call.agent_or_none is not None:
        sessions.set_draft(call.store, call.agent, conversation, DraftKind.REPLY, "")
    call.journal(
        "message.held",
        conversation=conversation,
        customer=item.customer_id,
        message=message.id,
        until=until,
    )
    return message


def _check_may_reply(call: Call, item: Conversation) -> None:
    if item.state in (ConversationState.CLOSED, ConversationState.WRAP_UP):
        raise Refused(
            "conversation.ended",
            f"The conversation with {item.name} has ended; a reply would not reach them.",
            "Add a note instead, or write to them on another channel.",
        )
    if call.actor.kind is not ActorKind.AGENT:
        return
    if item.state not in _ANSWERABLE or item.agent_id != call.agent:
        role = participants.role(call.store, item.id, call.agent)
        if role is Role.ADDED and item.state in _ANSWERABLE:
            return
        if role is Role.CONSULTED:
            raise Refused(
                "conversation.consulted",
                f"You read along with {item.name}; {item.agent_name or 'nobody'} answers them.",
                "Write a note, or ask to be added.",
            )
        whose = f"is with {item.agent_name}" if item.agent_name else "is with nobody"
        raise Refused(
            "conversation.not_yours",
            f"The conversation with {item.name} {whose}.",
            "Accept or pick it before you reply.",
        )


def _check_not_overtaken(call: Call, item: Conversation, seen: int) -> None:
    others = messages.answers_after(call.store, item.id, seen, call.agent_or_none)
    if not others:
        return
    last = others[-1]
    who = "The bot" if last.speaker is Speaker.BOT else last.author
    raise Refused(
        "reply.overtaken",
        f"{who} has answered {item.name} while you wrote.",
        "Nothing was sent: read it first, and say that you want yours sent anyway.",
    )


@command("conversation.note")
def note(call: Call, conversation: ConversationId, text: str) -> Message:
    """Write a note that only agents see."""
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
    return message


@command("conversation.unsend")
def unsend(call: Call, message: MessageId) -> Message:
    """Take a reply back while it is still held; its text goes back into your draft."""
    line = messages.get(call.store, message)
    assert line is not None
    if line.agent_id != call.agent_or_none and call.actor.kind is ActorKind.AGENT:
        raise Refused("message.not_yours", "Only the agent who wrote a reply can take it back.")
    if line.delivery is not Delivery.HELD:
        raise Refused(
            "message.gone",
            "It is too late to take this back: it has left.",
            "Send a correction instead.",
        )
    timers.stop(call.store, "send", message)
    call.store.update("messages", message, {"delivery": Delivery.UNSENT, "held_until": None})
    _as_if_never_said(call, thread.get(call, line.conversation_id))
    if call.agent_or_none is not None:
        session = sessions.get(call.store, call.agent, line.conversation_id)
        if session is not None:
            draft = f"{line.text}\n{session.draft_reply}" if session.draft_reply else line.text
            sessions.set_draft(call.store, call.agent, line.conversation_id, DraftKind.REPLY, draft)
    call.journal("message.unsent", conversation=line.conversation_id, message=message)
    return _again(call, message)


def _as_if_never_said(call: Call, item: Conversation) -> None:
    """Bring the row of a conversation up to date after a reply was taken back."""
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


def leave(call: Call, message: int) -> None:
    """The undo window or the wait for another try is over: the courier may take it."""
    line = messages.get(call.store, message)
    if line is None or line.delivery not in (Delivery.HELD, Delivery.FAILED, Delivery.QUEUED):
        return
    call.store.update("messages", message, {"delivery": Delivery.QUEUED, "held_until": None})
    call.journal("message.queued", conversation=line.conversation_id, message=message)


@query("message.leaving", Permission.DELIVER)
def leaving(call: Call, limit: int = 100) -> list[Message]:
    """Replies that couriers should deliver now, oldest first."""
    return messages.leaving(call.store, page_size(limit, 1_000))


@command("message.sent", Permission.DELIVER)
def sent(call: Call, message: MessageId) -> Message:
    """A courier has delivered a reply."""
    line = messages.get(call.store, message)
    assert line is not None
    if line.delivery is not Delivery.QUEUED:
        return line
    call.store.update(
        "messages",
        message,
        {"delivery": Delivery.SENT, "attempts": line.attempts + 1, "error": ""},
    )
    call.journal("message.sent", conversation=line.conversation_id, message=message)
    return _again(call, message)


@command("message.failed", Permission.DELIVER)
def failed(call: Call, message: MessageId, error: str) -> Message:
    """A courier could not deliver a reply: it is tried again, less and less often.

    The wait doubles up to a day.
    """
    line = messages.get(call.store, message)
    assert line is not None
    if line.delivery is not Delivery.QUEUED:
        return line
    reason = clean_line(error, limit=500)
    attempts = line.attempts + 1
    final = attempts >= call.settings.delivery_attempts
    call.store.update(
        "messages",
        message,
        {"delivery": Delivery.FAILED, "attempts": attempts, "error": reason},
    )
    if not final:
        wait = min(call.settings.retry_seconds * 1_000 * 2 ** (attempts - 1), _LONGEST_WAIT)
        timers.start(call.store, "retry", message, call.now + wait)
    call.journal(
        "message.failed",
        conversation=line.conversation_id,
        message=message,
        error=reason,
        final=final,
    )
    return _again(call, message)


@command("message.retry")
def retry(call: Call, message: MessageId) -> Message:
    """Try a failed reply again now."""
    line = messages.get(call.store, message)
    assert line is not None
    if line.delivery is not Delivery.FAILED:
        raise Refused("message.not_failed", "Only a reply that failed can be tried again.")
    timers.stop(call.store, "retry", message)
    leave(call, message)
    return _again(call, message)


def _again(call: Call, message: int) -> Message:
    found = messages.get(call.store, message)
    assert found is not None
    return found
