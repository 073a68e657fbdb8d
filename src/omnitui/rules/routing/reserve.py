"""Agents who are kept free: for expected calls, and for items that need a whole agent.

Callers do not wait until an agent finishes several chats, so an agent has to be free before they
call. The number follows from the calls per hour and their length, by the Erlang formula for lost
calls.
"""

from collections.abc import Iterable, Iterator, Sequence

from omnitui.model.agent import Presence
from omnitui.rules.routing.fit import obstacles
from omnitui.rules.routing.need import Need, Seat, in_queue, need_of, seats_of
from omnitui.rules.routing.nouns import Assign, Candidate, Hurdle, Item, Match, QueueRules
from omnitui.rules.routing.order import Key, skill_key

MOST_LOST = 0.2
"""The share of calls that may find no free agent."""

_MOST_AGENTS = _EVERY_QUEUE = 1_000
_THERE = (Presence.AVAILABLE, Presence.BUSY)


def agents_for_calls(per_hour: int, minutes: int) -> int:
    """The number of agents needed to answer `per_hour` calls of `minutes` each."""
    load = per_hour * minutes / 60
    if load <= 0:
        return 0
    lost, agents = 1.0, 0
    while lost > MOST_LOST and agents < _MOST_AGENTS:
        agents += 1
        lost = load * lost / (agents + load * lost)
    return agents


def kept_for_calls(candidates: Iterable[Candidate], queues: Iterable[QueueRules]) -> dict[str, str]:
    """The agents who are kept free for calls: the queue by login."""
    seats = seats_of(candidates)
    reserve(seats, queues)
    return {seat.agent.login: seat.reserved for seat in seats if seat.reserved}


def reserve(seats: Sequence[Seat], queues: Iterable[QueueRules]) -> set[int]:
    """Mark who is kept free for calls; returns the places that have changed.

    Agents on a call count. One of those present always does other work.
    """
    kept: dict[int, str] = {}
    for queue in queues:
        if queue.for_calls > 0:
            kept |= {seat.place: queue.name for seat in _kept(seats, queue)}
    changed = set()
    for seat in seats:
        now = kept.get(seat.place, "")
        if seat.reserved != now:
            seat.reserved = now
            changed.add(seat.place)
    return changed


def _kept(seats: Sequence[Seat], queue: QueueRules) -> Iterator[Seat]:
    members = [seat for seat in seats if in_queue(seat.agent, queue.name)]
    there = [seat for seat in members if _is_there(seat)]
    on_calls = sum(seat.on_call for seat in there)
    wanted = min(queue.for_calls, len(there) - 1) - on_calls
    free = [seat for seat in there if seat.wholly_free and not seat.shut]
    # Who works the fewest queues is missed least elsewhere.
    free.sort(key=lambda seat: (not seat.agent.calls_first, _queues(seat), seat.place))
    yield from free[: max(wanted, 0)]


def _is_there(seat: Seat) -> bool:
    return seat.on_call or seat.agent.full or seat.agent.presence in _THERE


def _queues(seat: Seat) -> int:
    queues = seat.agent.queues
    return _EVERY_QUEUE if queues is None else len(queues)


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
