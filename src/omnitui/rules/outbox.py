"""How an attempt to deliver a reply ends, and whether it may be tried again.

What may have arrived is tried again only by a courier that tells the channel that it is the same
reply; otherwise a person decides. Nothing here ever calls a reply sent that nobody has carried.
"""

from enum import StrEnum
from typing import NamedTuple

from omnitui.model.conversation import Delivery


class Outcome(StrEnum):
    """What is known after an attempt: it arrived, it certainly did not, or nobody knows."""

    ARRIVED = "arrived"
    FAILED = "failed"
    UNKNOWN = "unknown"


class Settled(NamedTuple):
    """Where a reply stands after an attempt.

    `doubtful` is whether some attempt may have arrived; `again` is whether it is tried once more
    by itself, after a wait.
    """

    delivery: Delivery
    doubtful: bool = False
    again: bool = False


def settle(outcome: Outcome, *, doubtful: bool, repeatable: bool, last: bool) -> Settled:
    """What an attempt makes of a reply.

    `doubtful` is whether an earlier attempt may have arrived, `repeatable` whether the courier
    can tell the channel that it is the same reply, `last` whether no attempt is left.
    """
    if outcome is Outcome.ARRIVED:
        return Settled(Delivery.SENT)
    doubtful = doubtful or outcome is Outcome.UNKNOWN
    if doubtful and (last or not repeatable):
        return Settled(Delivery.UNCERTAIN, doubtful=True)
    return Settled(Delivery.FAILED, doubtful, again=not last)


def may_carry(*, doubtful: bool, repeatable: bool) -> bool:
    """Whether a courier may take a reply that waits, as far as saying it twice is concerned."""
    return repeatable or not doubtful


def may_be_taken_back(delivery: Delivery, *, doubtful: bool) -> bool:
    """Whether a reply has certainly not reached anybody, and no courier has it right now."""
    waits = delivery in (Delivery.HELD, Delivery.QUEUED, Delivery.FAILED)
    return waits and not doubtful


def may_be_sent_again(delivery: Delivery) -> bool:
    """Whether a person may send a reply again."""
    return delivery in (Delivery.FAILED, Delivery.UNCERTAIN)


def may_be_confirmed(delivery: Delivery, *, doubtful: bool) -> bool:
    """Whether a person may say if a reply arrived: nobody knows it, and no courier has it."""
    return doubtful and delivery in (Delivery.UNCERTAIN, Delivery.FAILED, Delivery.QUEUED)
