"""How replies leave: claimed by a courier, delivered outside the desk, settled by whoever claimed.

A claim lasts a while (`lease_seconds`). Whoever dies with one loses it then, and the reply counts
as one that may have arrived.
"""

from typing import Any

from omnitui.desk import thread
from omnitui.desk.call import Call, page_size
from omnitui.desk.named import name_of
from omnitui.desk.registry import command, query
from omnitui.model.actor import Permission
from omnitui.model.conversation import Delivery, Message
from omnitui.model.errors import Refused
from omnitui.model.ids import ConversationId, MessageId
from omnitui.rules.outbox import (
    Outcome,
    Settled,
    may_be_confirmed,
    may_be_sent_again,
    may_carry,
    settle,
)
from omnitui.safetext import clean_line
from omnitui.store import messages, outbox, timers

_LONGEST_WAIT = 86_400_000
_MOST = 1_000
_SILENT = "Whoever delivered it has not said whether it arrived."
_OTHER_COURIER = "An earlier attempt may have arrived, and this courier cannot tell the two apart."


def leave(call: Call, message: int) -> None:
    """The undo window or the wait for another try is over: a courier may take it."""
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

    On each channel of a conversation only the first is among them: replies never overtake.
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
    """Take replies to deliver: nobody else has them until you settle, or `lease_seconds` are over.

    `by` is any word that no other courier has. `repeatable` says that the channel recognises a
    reply it gets twice; only then is one that may have arrived handed out again. Settle each with
    `message.sent` or `message.failed`.
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
            taken.append(_again(call, line.id))
    return taken


@command("message.sent", Permission.DELIVER)
def sent(call: Call, message: MessageId, by: str) -> Message:
    """Say that you have delivered a reply that you had claimed.

    It counts although the claim has run out, unless somebody else has claimed the reply since.
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
    """Say that a reply you had claimed did not arrive, or, `uncertain`, that it may have.

    What did not arrive is tried again, less and less often: the wait doubles up to a day. What may
    have arrived is tried again only if it was claimed as `repeatable`.
    """
    line = _claimed(call, message, by)
    if line.delivery is Delivery.SENDING:
        outcome = Outcome.UNKNOWN if uncertain else Outcome.FAILED
        _attempted(call, line, outcome, clean_line(error, limit=500))
    return _again(call, message)


@query("message.undelivered")
def undelivered(call: Call, conversation: ConversationId) -> list[Message]:
    """What was said to the customer and has not certainly arrived, oldest first.

    Replies that can still be taken back because they are held are not among them.
    """
    lines = messages.unsettled(call.store, conversation)
    return [line for line in lines if line.delivery is not Delivery.HELD]


def lease_over(call: Call, message: int) -> None:
    """The claim on a reply has run out, and nobody has said what became of it."""
    line = messages.get(call.store, message)
    if line is None or line.delivery is not Delivery.SENDING:
        return
    if line.claimed_until is not None and line.claimed_until > call.now:
        return
    _attempted(call, line, Outcome.UNKNOWN, _SILENT)


@command("message.retry")
def retry(call: Call, message: MessageId) -> Message:
    """Send a reply again now that failed, or of which nobody knows whether it arrived."""
    line = _again(call, message)
    if not may_be_sent_again(line.delivery):
        raise Refused(
            "message.not_failed",
            "Only a reply that failed or is uncertain can be sent again.",
            f"This one is {line.delivery.value}.",
        )
    timers.stop(call.store, "retry", message)
    # A person takes it upon themselves that it may be read twice.
    _queue(call, line, doubtful=0)
    return _again(call, message)


@command("message.confirm")
def confirm(call: Call, message: MessageId, arrived: bool = True) -> Message:
    """Say what became of a reply of which the desk does not know whether it arrived.

    One that did not arrive counts as failed, and is not sent again by itself.
    """
    line = _again(call, message)
    if not may_be_confirmed(line.delivery, doubtful=line.doubtful):
        raise Refused(
            "message.not_uncertain",
            "Only of a reply that is uncertain can be said whether it arrived.",
            f"This one is {line.delivery.value}.",
        )
    timers.stop(call.store, "retry", message)
    values: dict[str, object] = {"held_until": None, "doubtful": 0, "claimed_by": ""}
    if arrived:
        values |= {"delivery": Delivery.SENT, "error": ""}
    else:
        values |= {"delivery": Delivery.FAILED, "error": f"{call.actor.name} says so."}
    call.store.update("messages", message, values)
    call.journal(
        "message.confirmed",
        conversation=line.conversation_id,
        message=message,
        arrived=arrived,
    )
    return _again(call, message)


def _attempted(call: Call, line: Message, outcome: Outcome, error: str) -> None:
    """Keep what an attempt has come to that did not certainly arrive."""
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
    """The reply, which was claimed by that courier last; refused otherwise."""
    line = _again(call, message)
    if not line.claimed_by or line.claimed_by != clean_line(by).strip():
        whose = f"{line.claimed_by} has" if line.claimed_by else "nobody has"
        raise Refused(
            "message.not_claimed",
            f"What became of a reply is said by whoever has claimed it; {whose} claimed this one.",
            "Claim replies with `message.claim` before you deliver them.",
        )
    return line


def _again(call: Call, message: int) -> Message:
    found = messages.get(call.store, message)
    assert found is not None
    return found
