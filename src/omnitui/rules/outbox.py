"""The result of an attempt to deliver a reply, and whether it may be repeated.

A reply that may have arrived is repeated only by a courier whose channel recognises it; otherwise a
person decides. A reply is never counted as sent before a courier reports it.
"""

from enum import StrEnum
from typing import NamedTuple

from omnitui.model.conversation import Delivery


class Outcome(StrEnum):
    """The result of an attempt: arrived, not arrived, or uncertain."""

    ARRIVED = "arrived"
    FAILED = "failed"
    UNKNOWN = "unknown"


class Settled(NamedTuple):
    """The state of a reply after an attempt.

    `doubtful` is whether an attempt may have arrived; `again` is whether it is repeated
    automatically, after a wait.
    """

    delivery: Delivery
    doubtful: bool = False
    again: bool = False


def settle(outcome: Outcome, *, doubtful: bool, repeatable: bool, last: bool) -> Settled:
    """The state of a reply after an attempt.

    `doubtful` is whether an earlier attempt may have arrived, `repeatable` whether the channel
    recognises a repeated reply, `last` whether no attempt is left.
    """
    if outcome is Outcome.ARRIVED:
        return Settled(Delivery.SENT)
    doubtful = doubtful or outcome is Outcome.UNKNOWN
    if doubtful and (last or not repeatable):
        return Settled(Delivery.UNCERTAIN, doubtful=True)
    return Settled(Delivery.FAILED, doubtful, again=not last)


def may_carry(*, doubtful: bool, repeatable: bool) -> bool:
    """Whether a courier may claim a waiting reply, if it could be a repetition."""
    return repeatable or not doubtful


def may_be_taken_back(delivery: Delivery, *, doubtful: bool) -> bool:
    """Whether a reply has certainly not arrived, and no courier has it now."""
    waits = delivery in (Delivery.HELD, Delivery.QUEUED, Delivery.FAILED)
    return waits and not doubtful


def may_be_sent_again(delivery: Delivery) -> bool:
    """Whether a person may send a reply again."""
    return delivery in (Delivery.FAILED, Delivery.UNCERTAIN)


def may_be_confirmed(delivery: Delivery, *, doubtful: bool) -> bool:
    """Whether a person may confirm a reply: it is uncertain, and no courier has it."""
    return doubtful and delivery in (Delivery.UNCERTAIN, Delivery.FAILED, Delivery.QUEUED)
