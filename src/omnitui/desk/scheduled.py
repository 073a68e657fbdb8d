"""Replies for later: they leave at their time by themselves, whoever is there then.

One waits for its author instead where the customer has written since, or where it cannot be sent.
"""

from collections.abc import Mapping
from typing import Any

from msgspec.structs import replace

from omnitui.desk import enclosing, outgoing, replies, thread, undo
from omnitui.desk.call import Call
from omnitui.desk.moments import moment, zone_of
from omnitui.desk.registry import command, query
from omnitui.model.actor import Actor, ActorKind
from omnitui.model.conversation import Conversation, Message
from omnitui.model.envelope import NOTHING, Scheduled, ScheduledState, envelope_of, envelope_text
from omnitui.model.errors import Refused
from omnitui.model.ids import ConversationId, ScheduledId
from omnitui.model.session import DraftKind
from omnitui.rules import when
from omnitui.store import agents, composing, messages, sessions, timers

_TIMER = "scheduled"
_OPEN = (ScheduledState.WAITING, ScheduledState.HELD)


@command("scheduled.create")
def create(
    call: Call,
    conversation: ConversationId,
    at: str,
    text: str = "",
    anyway: bool = False,
    enclosed: bool = False,
    zone: str = "",
) -> Scheduled:
    """Schedule a reply: it leaves by itself at a time such as `tomorrow 9am`, `fri 14:30` or `2h`.

    Times are in `zone` (`Europe/Oslo`), by default this machine's. If the customer writes before,
    it is held and you are asked, unless `anyway` is yes. Whether it may be sent is checked now and
    again at its time; if it cannot be sent then, it is held with the reason. `enclosed` takes what
    your draft has enclosed.
    """
    item = thread.get(call, conversation)
    outgoing.check_may_reply(call, item)
    due = _due(call, at, zone)
    session = sessions.get(call.store, call.agent, conversation)
    envelope = session.envelope if enclosed and session is not None else NOTHING
    said = enclosing.words(text, envelope)
    replies.check_filled(call, said)
    outgoing.check_fits(call, item, said, envelope)
    row = {
        "conversation_id": conversation,
        "agent_id": call.agent,
        "text": said,
        "due_at": due,
        "created_at": call.now,
        "envelope": envelope_text(envelope),
        "anyway": int(anyway),
        "seen_id": messages.last_id(call.store, conversation),
    }
    key = composing.add_scheduled(call.store, row)
    timers.start(call.store, _TIMER, key, due)
    outgoing.sent_draft(call, conversation, text, enclosed=enclosed)
    _tell(call, "scheduled.created", item, key, due=due)
    deed = {"scheduled": key, "conversation": conversation}
    undo.remember_deed(call, f"scheduled a reply to {item.name}", "scheduled.create", deed)
    return _get(call, key)


@query("scheduled.list")
def list_(call: Call, conversation: ConversationId | None = None) -> list[Scheduled]:
    """Replies for later that have not left, the next first: yours, or those of a conversation."""
    if conversation is not None:
        return composing.scheduled_open(call.store, conversation=conversation)
    return composing.scheduled_open(call.store, agent=call.agent)


@command("scheduled.update")
def update(
    call: Call,
    scheduled: ScheduledId,
    at: str | None = None,
    text: str | None = None,
    anyway: bool | None = None,
    zone: str = "",
) -> Scheduled:
    """Change time or text of a reply for later; one that is held waits for its time again.

    What the customer has written by now is taken as read.
    """
    before = _own(call, scheduled)
    item = thread.get(call, before.conversation_id)
    outgoing.check_may_reply(call, item)
    due = before.due_at if at is None else _due(call, at, zone)
    if due <= call.now:
        raise Refused(
            "scheduled.past",
            "Its time is over.",
            "Give another time, or send it with `scheduled.send`.",
        )
    said = enclosing.words(before.text if text is None else text, before.envelope)
    replies.check_filled(call, said)
    outgoing.check_fits(call, item, said, before.envelope)
    values = {
        "due_at": due,
        "text": said,
        "anyway": int(before.anyway if anyway is None else anyway),
        "seen_id": messages.last_id(call.store, item.id),
        "state": ScheduledState.WAITING,
        "why": "",
    }
    call.store.update("scheduled", scheduled, values)
    timers.start(call.store, _TIMER, scheduled, due)
    _tell(call, "scheduled.changed", item, scheduled, due=due)
    _remember_change(call, item, before)
    return _get(call, scheduled)


def _remember_change(call: Call, item: Conversation, before: Scheduled) -> None:
    deed = {
        "scheduled": before.id,
        "conversation": item.id,
        "due_at": before.due_at,
        "text": before.text,
        "anyway": int(before.anyway),
        "seen_id": before.seen_id,
        "state": before.state.value,
        "why": before.why,
    }
    undo.remember_deed(call, f"changed a scheduled reply to {item.name}", "scheduled.update", deed)


@command("scheduled.send")
def send(call: Call, scheduled: ScheduledId) -> Message:
    """Send a reply for later now; it leaves after the time for undo send."""
    before = _own(call, scheduled)
    item = thread.get(call, before.conversation_id)
    outgoing.check_may_reply(call, item)
    outgoing.check_fits(call, item, before.text, before.envelope)
    message = outgoing.hold(call, item, before.text, before.envelope)
    timers.stop(call.store, _TIMER, scheduled)
    call.store.update("scheduled", scheduled, {"state": ScheduledState.SENT, "why": ""})
    _tell(call, "scheduled.sent", item, scheduled, message=message.id)
    deed = {"message": message.id, "conversation": item.id}
    undo.remember_deed(call, f"replied to {item.name}", "conversation.reply", deed)
    return message


@command("scheduled.cancel")
def cancel(call: Call, scheduled: ScheduledId) -> Scheduled:
    """Cancel a reply for later; its text goes back into your draft."""
    before = _own(call, scheduled)
    item = thread.get(call, before.conversation_id)
    _stop(call, before)
    deed: dict[str, Any] = {"scheduled": scheduled, "conversation": item.id}
    if call.agent_or_none is not None:
        deed["draft"] = _draft(call, item.id)
        outgoing.back_in_draft(call, item.id, before.text, before.envelope)
        deed["became"] = _draft(call, item.id)
    undo.remember_deed(
        call, f"cancelled a scheduled reply to {item.name}", "scheduled.cancel", deed
    )
    return _get(call, scheduled)


def _draft(call: Call, conversation: int) -> list[str]:
    """The caller's draft of a reply and what it has enclosed; empty without a session."""
    session = sessions.get(call.store, call.agent, ConversationId(conversation))
    return [] if session is None else [session.draft_reply, envelope_text(session.envelope)]


def _stop(call: Call, one: Scheduled) -> None:
    timers.stop(call.store, _TIMER, one.id)
    call.store.update("scheduled", one.id, {"state": ScheduledState.CANCELLED})
    item = thread.get(call, one.conversation_id)
    _tell(call, "scheduled.cancelled", item, one.id)


def leaves(call: Call, key: int) -> None:
    """The time of a reply for later has come."""
    one = composing.scheduled(call.store, key)
    if one is None or one.state is not ScheduledState.WAITING:
        return
    item = thread.get(call, one.conversation_id)
    wrote = composing.wrote_since(call.store, item.id, one.seen_id)
    if wrote is not None and not one.anyway:
        _hold(call, item, one, f"{item.name} has written since you scheduled it.")
        return
    author = agents.get(call.store, one.agent_id)
    assert author is not None
    theirs = replace(call, actor=Actor(ActorKind.AGENT, author.id, author.name))
    try:
        with call.store.transaction():
            outgoing.check_may_reply(theirs, item)
            outgoing.check_fits(theirs, item, one.text, one.envelope)
            message = outgoing.hold(theirs, item, one.text, one.envelope, at_once=True)
    except Refused as refused:
        _hold(call, item, one, str(refused))
        return
    call.store.update("scheduled", key, {"state": ScheduledState.SENT, "why": ""})
    _tell(call, "scheduled.sent", item, key, message=message.id)


def _hold(call: Call, item: Conversation, one: Scheduled, why: str) -> None:
    call.store.update("scheduled", one.id, {"state": ScheduledState.HELD, "why": why})
    thread.event(call, item, f"A scheduled reply was not sent: {why}")
    _tell(call, "scheduled.held", item, one.id, why=why, agent=one.agent_id, name=item.name)


def _tell(call: Call, kind: str, item: Conversation, key: int, **more: Any) -> None:
    call.journal(kind, conversation=item.id, scheduled=key, **more)


def _due(call: Call, words: str, zone: str) -> int:
    """When it is to leave (epoch ms); refused in the past and beyond a year."""
    due = moment(call, words, zone_of(zone, "scheduled.zone"), "scheduled.when")
    if due <= call.now:
        raise Refused("scheduled.past", "That time has passed.", when.HINT)
    if due - call.now > when.LONGEST.total_seconds() * 1_000:
        raise Refused("scheduled.far", "That is more than a year from now.", when.HINT)
    return due


def _get(call: Call, key: int) -> Scheduled:
    found = composing.scheduled(call.store, key)
    assert found is not None
    return found


def _own(call: Call, key: int) -> Scheduled:
    """A reply for later that has not left, and is the caller's; refused otherwise."""
    found = _get(call, key)
    if call.agent_or_none is not None and found.agent_id != call.agent:
        raise Refused("scheduled.not_yours", "Only its author can change a scheduled reply.")
    if found.state not in _OPEN:
        raise Refused("scheduled.over", f"That scheduled reply is {found.state.value} already.", "")
    return found


def _in_the_way(call: Call, deed: Mapping[str, Any]) -> str:
    one = _get(call, deed["scheduled"])
    if one.state is ScheduledState.SENT:
        return "it has left"
    return "it was cancelled already" if one.state is ScheduledState.CANCELLED else ""


def _take_back(call: Call, deed: Mapping[str, Any]) -> None:
    one = _get(call, deed["scheduled"])
    _stop(call, one)
    outgoing.back_in_draft(call, one.conversation_id, one.text, one.envelope)


def _not_cancelled(call: Call, deed: Mapping[str, Any]) -> str:
    one = _get(call, deed["scheduled"])
    if one.state is not ScheduledState.CANCELLED:
        return "it is not cancelled any more"
    return "its time is over" if one.due_at <= call.now else ""


def _again(call: Call, deed: Mapping[str, Any]) -> None:
    one = _get(call, deed["scheduled"])
    call.store.update("scheduled", one.id, {"state": ScheduledState.WAITING})
    timers.start(call.store, _TIMER, one.id, one.due_at)
    item = thread.get(call, one.conversation_id)
    if deed.get("draft") and _draft(call, item.id) == deed["became"]:
        # Only what nobody has gone on writing in.
        text, envelope = deed["draft"]
        known = envelope_of(envelope)
        at = call.now if text or known != NOTHING else 0
        sessions.set_draft(call.store, call.agent, item.id, DraftKind.REPLY, text, at)
        sessions.set_envelope(call.store, call.agent, item.id, known, at)
    _tell(call, "scheduled.changed", item, one.id, due=one.due_at)


def _as_before(call: Call, deed: Mapping[str, Any]) -> None:
    values = {name: deed[name] for name in ("due_at", "text", "anyway", "seen_id", "state", "why")}
    call.store.update("scheduled", deed["scheduled"], values)
    one = _get(call, deed["scheduled"])
    if one.state is ScheduledState.WAITING:
        timers.start(call.store, _TIMER, one.id, one.due_at)
    else:
        timers.stop(call.store, _TIMER, one.id)
    item = thread.get(call, one.conversation_id)
    _tell(call, "scheduled.changed", item, one.id, due=one.due_at)


undo.deeds("scheduled.create", _in_the_way, _take_back)
undo.deeds("scheduled.cancel", _not_cancelled, _again)
undo.deeds("scheduled.update", _in_the_way, _as_before)
