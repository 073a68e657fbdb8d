"""Declined and missed conversations: offered to other agents first, then again after a pause.

Not commands: called in the transaction of whatever changed.
"""

from collections.abc import Iterable

from omnitui.desk.call import Call
from omnitui.store import timers
from omnitui.store.routing import declines
from omnitui.store.routing.declines import Passed


def passed(call: Call, conversation: int, agent: int) -> None:
    """Record that an agent declined, missed or released a conversation: no offers of it for a
    while."""
    until = call.now + call.settings.offer_again_seconds * 1_000
    declines.add(call.store, conversation, agent, until)


def spared(call: Call, conversation: int, agent: int) -> None:
    """Record that an agent's offer was withdrawn: others first; it does not count as declined."""
    until = call.now + call.settings.offer_again_seconds * 1_000
    declines.spare(call.store, conversation, agent, until)


def waits(call: Call, conversation: int) -> None:
    """Nobody takes a conversation now: check again when an agent may be offered it again."""
    later = next_at(call, declines.of(call.store, conversation).values())
    if later is not None:
        timers.start(call.store, "offer_again", conversation, later)


def next_at(call: Call, found: Iterable[Passed]) -> int | None:
    """When the first agent may be offered it again (epoch ms).

    None if nobody may, or if everybody who may can be offered it already.
    """
    most = call.settings.most_offers
    later = (one.until for one in found if one.times < most and one.until > call.now)
    return min(later, default=None)


def taken(call: Call, conversation: int) -> None:
    """An agent has a conversation; if it waits again, everybody may be offered it again."""
    timers.stop(call.store, "offer_again", conversation)
    declines.forget(call.store, conversation)
