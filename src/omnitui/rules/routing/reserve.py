"""Agents who are kept free because calls are expected.

Callers do not wait until an agent finishes several chats, so an agent has to be free before they
call. The number follows from the calls per hour and their length, by the Erlang formula for lost
calls.
"""

from collections.abc import Iterable, Iterator, Sequence

from omnitui.model.agent import Presence
from omnitui.rules.routing.need import Seat, in_queue, seats_of
from omnitui.rules.routing.nouns import Candidate, QueueRules

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
