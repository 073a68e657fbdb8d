"""Room that is kept for an item that needs a whole agent, until whoever frees it can take it.

Without it every bit of room that comes free goes to something small, and nobody is ever free for a
call.
"""

from collections.abc import Iterable, Sequence

from omnitui.model.agent import Presence
from omnitui.rules.routing.fit import obstacles
from omnitui.rules.routing.need import Need, Seat, need_of, seats_of
from omnitui.rules.routing.nouns import Assign, Candidate, Hurdle, Item, Match
from omnitui.rules.routing.order import Key, skill_key

_PASSES = {Hurdle.CAPACITY, Hurdle.ALONE, Hurdle.RESERVED}
"""Obstacles that end when an agent has finished all work."""


def keeper_of(item: Item, candidates: Iterable[Candidate], match: Match, assign: Assign) -> str:
    """The login of whose room is best kept for an item, empty where nobody would fit."""
    found = keeper(item, need_of(item), seats_of(candidates), match, assign)
    return "" if found is None else found.agent.login


def keeper(
    item: Item, need: Need, seats: Sequence[Seat], match: Match, assign: Assign
) -> Seat | None:
    """Whose room is best kept for an item: who fits once they are free, and is free the soonest.

    Whoever has the least in hand counts as the soonest; None where nobody would fit.
    """
    if not item.whole:
        return None
    ready = [seat for seat in seats if could_take(item, need, seat, match)]
    return min(ready, key=lambda seat: _soonest(need, seat, match, assign), default=None)


def could_take(item: Item, need: Need, seat: Seat, match: Match) -> bool:
    """Whether an agent fits an item as soon as they have finished what they hold."""
    if seat.agent.capacity < need.cost:
        return False
    against = {obstacle.kind for obstacle in obstacles(item, need, seat, match)} - _PASSES
    if Hurdle.PRESENCE in against and _comes_back(need, seat):
        against.discard(Hurdle.PRESENCE)
    return not against


def _comes_back(need: Need, seat: Seat) -> bool:
    """Whether an agent's presence follows their load, so that they are available without any."""
    return Presence.AVAILABLE in need.allowed and (
        seat.agent.full or seat.agent.presence in (Presence.AVAILABLE, Presence.BUSY)
    )


def _soonest(need: Need, seat: Seat, match: Match, assign: Assign) -> Key:
    skilled = skill_key(dict(need.skills), seat.agent.skills, match, assign)
    in_use = seat.agent.capacity - seat.free
    return (seat.on_call, in_use, seat.group(need), *skilled, *seat.turn_key(need, assign))
