"""Capacity that is kept for an item that needs a whole agent.

Without it all free capacity goes to small items, and nobody is ever free for a call.
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
    """The login of the agent whose capacity is best kept for an item, empty if nobody fits."""
    found = keeper(item, need_of(item), seats_of(candidates), match, assign)
    return "" if found is None else found.agent.login


def keeper(
    item: Item, need: Need, seats: Sequence[Seat], match: Match, assign: Assign
) -> Seat | None:
    """The agent whose capacity is best kept for an item: fits once free, and is free soonest.

    The one with the least work counts as the soonest; None if nobody fits.
    """
    if not item.whole:
        return None
    ready = [seat for seat in seats if could_take(item, need, seat, match)]
    return min(ready, key=lambda seat: _soonest(need, seat, match, assign), default=None)


def could_take(item: Item, need: Need, seat: Seat, match: Match) -> bool:
    """Whether an agent fits an item after all their work."""
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
