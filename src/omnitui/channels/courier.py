"""The way out, step by step: a reply is claimed, delivered, and what became of it is settled.

Claiming and settling are desk commands; between them, the desk and the store are left alone. The
desk decides what leaves, in which order, and what is tried again. Any number of processes may do
this on one store: each reply is delivered by the one that has claimed it.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from math import ceil

from msgspec import Struct

from omnitui.channels.base import Courier, DeliveryFailed, DeliveryUncertain
from omnitui.desk.desk import Desk
from omnitui.model.actor import Actor, ActorKind
from omnitui.model.conversation import Conversation, Message
from omnitui.model.courier import EVERY_CHANNEL
from omnitui.model.errors import Refused
from omnitui.rules.outbox import Outcome

COURIER = Actor(ActorKind.SYSTEM, name="courier")
ANY = EVERY_CHANNEL
"""The key of the courier for channels without their own."""
BEAT_SECONDS = 5.0
"""The time between two heartbeats of a courier, in real time."""
_BELIEVED_SECONDS = 20.0


class Parcel(Struct, frozen=True):
    """A reply that `by` has claimed, with the conversation as it was where the reply goes.

    `key` is the courier's in its table.
    """

    key: str
    message: Message
    conversation: Conversation
    courier: Courier
    by: str


class Delivered(Struct, frozen=True):
    """The result for a parcel; the reason is for the agent, empty if it arrived."""

    parcel: Parcel
    outcome: Outcome
    reason: str = ""


def beat(desk: Desk, name: str, channels: Sequence[str]) -> None:
    """Report that the courier `name` runs on these channels; valid for twenty seconds of real time.

    With a faster clock the desk allows accordingly more.
    """
    speed = max(1.0, float(getattr(desk.clock, "speed", 1.0)))
    seconds = ceil(_BELIEVED_SECONDS * speed)
    desk.call("courier.beat", COURIER, name=name, channels=list(channels), seconds=seconds)


def claim(
    desk: Desk,
    couriers: Mapping[str, Courier],
    by: str,
    only: Collection[str] | None = None,
) -> Iterator[Parcel]:
    """Claim the next reply for each courier, or for some of them; deliver each at once.

    Replies without a courier stay queued, and no attempt is counted.
    """
    if not couriers or not desk.call("message.leaving", COURIER, limit=1):
        return
    for key, courier in couriers.items():
        if only is not None and key not in only:
            continue
        keys = _rest(desk, couriers) if key == ANY else [key]
        if not keys or not desk.call("message.leaving", COURIER, channels=keys, limit=1):
            continue
        given = {"channels": keys, "repeatable": courier.idempotent}
        for message in desk.call("message.claim", COURIER, by=by, **given):
            yield Parcel(key, message, _about(desk, message), courier, by)


def _rest(desk: Desk, couriers: Mapping[str, Courier]) -> Sequence[str]:
    return [key for key in desk.channels if key not in couriers]


def _about(desk: Desk, message: Message) -> Conversation:
    """The conversation, on the channel where the message was written.

    It may have been escalated since: the message still goes to its first channel.
    """
    found: Conversation = desk.call(
        "conversation.get", COURIER, conversation=message.conversation_id
    )
    if message.channel == found.channel:
        return found
    before: Conversation = desk.call(
        "conversation.as_it_was",
        COURIER,
        conversation=found.id,
        channel=message.channel,
    )
    return before


def deliver(parcel: Parcel) -> Delivered:
    """Deliver it; whatever the courier raises becomes the result. Never raises."""
    try:
        parcel.courier.deliver(parcel.message, parcel.conversation)
    except DeliveryFailed as failure:
        return Delivered(parcel, Outcome.FAILED, failure.reason)
    except DeliveryUncertain as failure:
        return Delivered(parcel, Outcome.UNKNOWN, failure.reason)
    except Exception as error:
        # A fault of the courier's own: how far it came, nobody knows.
        said = f"The courier failed ({type(error).__name__})."
        return Delivered(parcel, Outcome.UNKNOWN, said)
    return Delivered(parcel, Outcome.ARRIVED)


def settle(desk: Desk, done: Delivered) -> None:
    """Report the result of a reply. A claim that was lost is ignored."""
    key, by = done.parcel.message.id, done.parcel.by
    try:
        if done.outcome is Outcome.ARRIVED:
            desk.call("message.sent", COURIER, message=key, by=by)
        else:
            unknown = done.outcome is Outcome.UNKNOWN
            desk.call(
                "message.failed",
                COURIER,
                message=key,
                by=by,
                error=done.reason,
                uncertain=unknown,
            )
    except Refused as refused:
        # The claim ran out and somebody else has the reply: theirs is the last word.
        if refused.refusal.code != "message.not_claimed":
            raise


def pump(
    desk: Desk,
    couriers: Mapping[str, Courier],
    by: str = "courier",
    limit: int = 100,
    taken: Callable[[Message], None] = lambda message: None,
) -> int:
    """Claim, deliver and report what can leave now; returns how many were tried.

    For feeds and tests with fast couriers; a process that delivers to real ones runs an `Outbox`.
    `taken` gets each reply before it is delivered.
    """
    tried = before = 0
    while tried < limit:
        for parcel in claim(desk, couriers, by):
            taken(parcel.message)
            settle(desk, deliver(parcel))
            tried += 1
        if tried == before:
            break
        before = tried
    return tried
