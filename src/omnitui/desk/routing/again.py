"""What was let pass rings again: at others first, then at the same agent after a pause.

Not commands: called in the transaction of whatever changed.
"""

from omnitui.desk.call import Call
from omnitui.store import timers
from omnitui.store.routing import declines


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
    most = call.settings.most_offers
    found = declines.of(call.store, conversation).values()
    later = [one.until for one in found if one.times < most and one.until > call.now]
    if later:
        timers.start(call.store, "offer_again", conversation, min(later))


def taken(call: Call, conversation: int) -> None:
    """Somebody has a conversation; should it wait once more, everybody may be asked anew."""
    timers.stop(call.store, "offer_again", conversation)
    declines.forget(call.store, conversation)
