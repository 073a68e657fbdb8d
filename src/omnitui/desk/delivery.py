"""Delivery of replies: claimed by a courier, delivered outside the desk, reported by the courier.

A claim ends after `lease_seconds`. The reply of a courier that stopped without a report is then
uncertain.
"""

from typing import Any

from msgspec.structs import replace

from omnitui.desk import thread
from omnitui.desk.call import Call, page_size
from omnitui.desk.named import name_of
from omnitui.desk.registry import command, query
from omnitui.model.actor import Permission
from omnitui.model.conversation import Delivery, Message
from omnitui.model.envelope import NOTHING
from omnitui.model.errors import Refused
from omnitui.model.ids import ConversationId, MessageId
from omnitui.rules.mailing import body
from omnitui.rules.outbox import (
    Outcome,
    Settled,
    may_be_confirmed,
    may_be_sent_again,
    may_carry,
    settle,
)
from omnitui.safetext import clean_line
from omnitui.store import files as kept
from omnitui.store import messages, outbox, timers

_LONGEST_WAIT = 86_400_000
_MOST = 1_000
_SILENT = "The courier did not report whether it arrived."
_OTHER_COURIER = (
    "An earlier attempt may have arrived, and this courier does not recognise a repeated reply."
)


def leave(call: Call, message: int) -> None:
    """The time for undo send, or the wait for another attempt, is over: a courier may claim the
    reply."""
    line = messages.get(call.store, message)
    if line is None or line.delivery not in (Delivery.HELD, Delivery.FAILED, Delivery.QUEUED):
        return
    _queue(call, line)


def _queue(call: Call, line: Message, **more: Any) -> None:
    values = {"delivery": Delivery.QUEUED, "held_until": None, **more}
    call.store.update("messages", line.id, values)
    call.journal("message.queued", conversation=line.conversation_id, message=line.id)


@query("message.leaving", Permission.DELIVER)
def leaving(call: Call, channels: list[str] | None = None, limit: int = 100) -> list[Message]:
    """Replies that couriers could claim now, oldest first; on all channels, or on some.

    Only the first of each channel of a conversation: replies never overtake each other.
    """
    if not outbox.any_queued(call.store):
        return []
    return outbox.leaving(call.store, channels, page_size(limit, _MOST))


@command("message.claim", Permission.DELIVER)
def claim(
    call: Call,
    by: str,
    channels: list[str] | None = None,
    repeatable: bool = False,
    limit: int = 1,
) -> list[Message]:
    """Claim replies to deliver; no other courier gets them until you report or the lease ends.

    `by` is a unique word of your choice; the lease is `lease_seconds`. `repeatable` means that the
    channel recognises a repeated reply; only then are replies claimed again that may have arrived.
    Their text has signature and quote; `envelope` has subject, copies and the paths of files.
    Report each with `message.sent` or `message.failed`.
    """
    name = name_of(by, "message.by", "A courier")
    until = call.now + call.settings.lease_seconds * 1_000
    taken = []
    for line in leaving(call, channels, limit):
        if not may_carry(doubtful=line.doubtful, repeatable=repeatable):
            _settled(call, line, Settled(Delivery.UNCERTAIN, doubtful=True), _OTHER_COURIER)
        elif outbox.claim(call.store, line.id, name, until, repeatable):
            timers.start(call.store, "lease", line.id, until)
            call.journal(
                "message.sending",
                conversation=line.conversation_id,
                message=line.id,
                by=name,
                until=until,
            )
            taken.append(_whole(call, _again(call, line.id)))
    return taken


def _whole(call: Call, line: Message) -> Message:
    """A reply as a courier delivers it: with signature and quote, and where its files are."""
    if line.envelope == NOTHING:
        return line
    files = tuple(
        replace(one, path=str(kept.path_of(call.store, one.digest))) for one in line.envelope.files
    )
    text = body(line.text, line.envelope)
    return replace(line, text=text, envelope=replace(line.envelope, files=files))


@command("message.sent", Permission.DELIVER)
def sent(call: Call, message: MessageId, by: str) -> Message:
    """Report that you have delivered a reply that you had claimed.

    It counts after the lease has ended too, unless another courier has claimed the reply since.
    """
    line = _claimed(call, message, by)
    late = line.doubtful and line.delivery in (
        Delivery.UNCERTAIN,
        Delivery.FAILED,
        Delivery.QUEUED,
    )
    if line.delivery is Delivery.SENDING or late:
        _settled(call, line, Settled(Delivery.SENT), "", attempts=line.attempts + (not late))
    return _again(call, message)


@command("message.failed", Permission.DELIVER)
def failed(call: Call, message: MessageId, by: str, error: str, uncertain: bool = False) -> Message:
    """Report that a claimed reply did not arrive, or, `uncertain`, that it may have.

    It is tried again, less and less often: the wait doubles up to a day. One that may have arrived
    is tried again only if it was claimed as `repeatable`.
    """
    line = _claimed(call, message, by)
    if line.delivery is Delivery.SENDING:
        outcome = Outcome.UNKNOWN if uncertain else Outcome.FAILED
        _attempted(call, line, outcome, clean_line(error, limit=500))
    return _again(call, message)


@query("message.undelivered")
def undelivered(call: Call, conversation: ConversationId) -> list[Message]:
    """Replies whose arrival is not confirmed, oldest first.

    Held replies, which can still be unsent, are not listed.
    """
    lines = messages.unsettled(call.store, conversation)
    return [line for line in lines if line.delivery is not Delivery.HELD]


def lease_over(call: Call, message: int) -> None:
    """The lease of a reply has ended without a report."""
    line = messages.get(call.store, message)
    if line is None or line.delivery is not Delivery.SENDING:
        return
    if line.claimed_until is not None and line.claimed_until > call.now:
        return
    _attempted(call, line, Outcome.UNKNOWN, _SILENT)


@command("message.retry")
def retry(call: Call, message: MessageId) -> Message:
    """Send a failed or uncertain reply again now."""
    line = _again(call, message)
    if not may_be_sent_again(line.delivery):
        raise Refused(
            "message.not_failed",
            "Only failed and uncertain replies can be sent again.",
            f"This one is {line.delivery.value}.",
        )
    timers.stop(call.store, "retry", message)
    # A person takes it upon themselves that it may be read twice.
    _queue(call, line, doubtful=0)
    return _again(call, message)


@command("message.confirm")
def confirm(call: Call, message: MessageId, arrived: bool = True) -> Message:
    """Report whether an uncertain reply arrived.

    One that did not arrive counts as failed, and is not sent again automatically.
    """
    line = _again(call, message)
    if not may_be_confirmed(line.delivery, doubtful=line.doubtful):
        raise Refused(
            "message.not_uncertain",
            "Only an uncertain reply can be confirmed.",
            f"This one is {line.delivery.value}.",
        )
    timers.stop(call.store, "retry", message)
    values: dict[str, object] = {"held_until": None, "doubtful": 0, "claimed_by": ""}
    if arrived:
        values |= {"delivery": Delivery.SENT, "error": ""}
    else:
        values |= {"delivery": Delivery.FAILED, "error": f"{call.actor.name} confirmed it."}
    call.store.update("messages", message, values)
    call.journal(
        "message.confirmed",
        conversation=line.conversation_id,
        message=message,
        arrived=arrived,
    )
    return _again(call, message)


def _attempted(call: Call, line: Message, outcome: Outcome, error: str) -> None:
    """Save the result of an attempt that is not known to have succeeded."""
    attempts = line.attempts + 1
    how = settle(
        outcome,
        doubtful=line.doubtful,
        repeatable=line.repeatable,
        last=attempts >= call.settings.delivery_attempts,
    )
    _settled(call, line, how, error, attempts=attempts)


def _settled(call: Call, line: Message, how: Settled, error: str, **more: Any) -> None:
    attempts = more.get("attempts", line.attempts)
    again_at = None
    if how.again:
        wait = call.settings.retry_seconds * 1_000 * 2 ** (attempts - 1)
        again_at = call.now + min(wait, _LONGEST_WAIT)
    call.store.update(
        "messages",
        line.id,
        {
            "delivery": how.delivery,
            "doubtful": int(how.doubtful),
            "error": error,
            "held_until": again_at,
            "claimed_until": None,
            **more,
        },
    )
    for timer in ("lease", "retry"):
        timers.stop(call.store, timer, line.id)
    if again_at is not None:
        timers.start(call.store, "retry", line.id, again_at)
    _tell(call, line, how, error)


def _tell(call: Call, line: Message, how: Settled, error: str) -> None:
    payload: dict[str, Any] = {"message": line.id}
    if how.delivery is not Delivery.SENT:
        item = thread.get(call, line.conversation_id)
        payload |= {"error": error, "agent": line.agent_id or item.agent_id, "name": item.name}
    if how.delivery is Delivery.FAILED:
        payload |= {"final": not how.again}
    call.journal(f"message.{how.delivery.value}", conversation=line.conversation_id, **payload)


def _claimed(call: Call, message: MessageId, by: str) -> Message:
    """The reply, which that courier was the last to claim; refused otherwise."""
    line = _again(call, message)
    if not line.claimed_by or line.claimed_by != clean_line(by).strip():
        whose = f"{line.claimed_by} has" if line.claimed_by else "nobody has"
        raise Refused(
            "message.not_claimed",
            f"Only the courier that claimed a reply can report its result; {whose} claimed "
            "this one.",
            "Claim replies with `message.claim` before you deliver them.",
        )
    return line


def _again(call: Call, message: int) -> Message:
    found = messages.get(call.store, message)
    assert found is not None
    return found
