"""What was let pass rings again: at others first, then at the same agent after a pause.

Not commands: called in the transaction of whatever changed.
"""

from collections.abc import Iterable

from omnitui.desk.call import Call
from omnitui.store import timers
from omnitui.store.routing import declines
from omnitui.store.routing.declines import Passed


def passed(call: Call, conversation: int, agent: int) -> None:
    """An agent has let a conversation pass, or go: it is not offered to them for a while."""
    until = call.now + call.settings.offer_again_seconds * 1_000
    declines.add(call.store, conversation, agent, until)


def spared(call: Call, conversation: int, agent: int) -> None:
    """What rang at an agent was taken back: others first, and it does not count as let pass."""
    until = call.now + call.settings.offer_again_seconds * 1_000
    declines.spare(call.store, conversation, agent, until)


def waits(call: Call, conversation: int) -> None:
    """Nobody takes a conversation now: look again when somebody may be asked about it again."""
    later = next_at(call, declines.of(call.store, conversation).values())
    if later is not None:
        timers.start(call.store, "offer_again", conversation, later)


def next_at(call: Call, found: Iterable[Passed]) -> int | None:
    """When the first of those who have let something pass may be asked again (epoch ms).

    None if nobody may, or everybody who may can be asked already.
    """
    most = call.settings.most_offers
    later = (one.until for one in found if one.times < most and one.until > call.now)
    return min(later, default=None)


def taken(call: Call, conversation: int) -> None:
    """Somebody has a conversation; should it wait once more, everybody may be asked anew."""
    timers.stop(call.store, "offer_again", conversation)
    declines.forget(call.store, conversation)
