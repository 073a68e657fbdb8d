"""The agents during assignment, indexed so that no item has to check all of them.

Items with the same needs (queue, units, profiles, presences) share a `Pool`: the agents with
capacity, sorted, updated for those who have changed. Items with the same skills share the keys of
the agents with those skills.
"""

from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from omnitui.model.agent import Presence
from omnitui.rules.routing.need import Need, Seat, in_queue
from omnitui.rules.routing.nouns import Assign, Match, QueueRules
from omnitui.rules.routing.order import Key, at_level, group_key, skill_key
from omnitui.rules.routing.reserve import reserve
from omnitui.rules.routing.words import Tally

REMEMBERED = 1024
"""The number of sets of skills and capacity for which the order is kept."""

RESORT_ABOVE = 8
"""A pool is sorted again when more than one in this many of its agents has changed."""


class Order(NamedTuple):
    """Everybody whom an item fits by place, best first, and the keys of the best two."""

    places: list[int]
    best: list[Key]


class Floor:
    """All seats, and what changes on them while work is given out, whichever queue gives it.

    `changed` has the places for which something has changed, in turn.
    """

    def __init__(self, seats: Sequence[Seat], queues: Collection[QueueRules] = ()) -> None:
        self.seats = seats
        self.changed: list[int] = []
        self._queues = [queue for queue in queues if queue.for_calls > 0]
        self._turn = max((seat.turn for seat in seats), default=0)
        if self._queues:
            reserve(seats, self._queues)

    def give(self, need: Need, place: int, at: int) -> None:
        """Take an agent's capacity for an item."""
        self._turn += 1
        self.seats[place].take(need, at, self._turn)
        self._note(place)

    def keep(self, place: int, item: str) -> None:
        """Keep an agent's capacity for an item."""
        self.seats[place].kept = item
        self._note(place)

    def let_go(self, item: str) -> None:
        """Stop keeping capacity for an item."""
        for seat in self.seats:
            if seat.kept == item:
                seat.kept = ""
                self._note(seat.place)

    def _note(self, place: int) -> None:
        self.changed.append(place)
        if self._queues:
            self.changed.extend(sorted(reserve(self.seats, self._queues)))


class Pool:
    """All agents with capacity for one kind of item, in order.

    `changed` has the places that have changed, in turn; it grows from outside.
    """

    def __init__(
        self,
        need: Need,
        places: Iterable[int],
        seats: Sequence[Seat],
        assign: Assign,
        changed: Sequence[int],
    ) -> None:
        self._need, self._seats, self._assign, self._changed = need, seats, assign, changed
        self._places = frozenset(places)
        self._turns: dict[int, Key] = {}
        self._order: list[Key] = []
        self._caught_up = len(changed)
        self._sort()

    def catch_up(self) -> None:
        """Update the agents who have changed since the last time."""
        if self._caught_up == len(self._changed):
            return
        changed = self._places.intersection(self._changed[self._caught_up :])
        self._caught_up = len(self._changed)
        if len(changed) * RESORT_ABOVE > len(self._turns):
            self._sort()
            return
        for place in changed:
            before = self._turns.pop(place, None)
            if before is not None:
                del self._order[bisect_left(self._order, before)]
            turn = self._turn(place)
            if turn is not None:
                self._turns[place] = turn
                insort(self._order, turn)

    @property
    def order(self) -> Sequence[Key]:
        """The turn keys, best first."""
        return self._order

    @property
    def turns(self) -> Mapping[int, Key]:
        """The turn key of each place that has room."""
        return self._turns

    def _sort(self) -> None:
        turns = ((place, self._turn(place)) for place in self._places)
        self._turns = {place: turn for place, turn in turns if turn is not None}
        self._order = sorted(self._turns.values())

    def _turn(self, place: int) -> Key | None:
        seat = self._seats[place]
        if not seat.has_room(self._need):
            return None
        group = group_key(seat.group(self._need), 0, before=False)
        return (group, *seat.turn_key(self._need, self._assign))


class Board:
    """All agents by their place (their rank by login), as one way of giving out sees them."""

    def __init__(self, floor: Floor, match: Match, assign: Assign) -> None:
        self.seats, self.match, self.assign = floor.seats, match, assign
        self._changed = floor.changed
        self._holders: defaultdict[str, set[int]] = defaultdict(set)
        for seat in self.seats:
            for skill, level in seat.agent.skills.items():
                if level > 0:
                    self._holders[skill].add(seat.place)
        self._kept_pool = lru_cache(REMEMBERED)(self._make_pool)
        self._skilled = lru_cache(REMEMBERED)(self._find_skilled)
        self._members = lru_cache(REMEMBERED)(self._find_members)
        self._present = lru_cache(REMEMBERED)(self._find_present)

    def best(self, need: Need) -> Key | None:
        """The key of whoever comes first, None when nobody fits; a key ends in the place."""
        pool = self._pool(need)
        if not need.skills:
            return pool.order[0] if pool.order else None
        best = min(self._keys(need, pool), default=None)
        if self.match is Match.EXACT or not pool.order:
            return best
        if best is not None and best[0] <= pool.order[0][0]:
            # Who has a skill comes before who has none, within a group.
            return best
        unskilled = next(iter(self._without(need, pool)), None)
        return min((key for key in (best, unskilled) if key is not None), default=None)

    def order(self, need: Need) -> Order:
        """Everybody who fits."""
        pool = self._pool(need)
        if not need.skills:
            return Order([turn[-1] for turn in pool.order], list(pool.order[:2]))
        keys = list(self._keys(need, pool))
        if self.match is Match.CLOSEST:
            keys += self._without(need, pool)
        keys.sort()
        return Order([key[-1] for key in keys], keys[:2])

    def tally(self, need: Need) -> Tally:
        """How many agents are there for a need, whether or not they have room."""
        members = qualified = self._members(need.queue)
        present = self._present(need.queue, need.allowed)
        if need.skills and self.match is Match.EXACT:
            skilled = self._skilled(need.skills).keys()
            qualified, present = members & skilled, present & skilled
        return Tally(len(self.seats), len(members), len(qualified), len(present))

    def _keys(self, need: Need, pool: Pool) -> Iterable[Key]:
        """The keys of those with room whose skills count."""
        turns = pool.turns
        skilled = self._skilled(need.skills)
        return [
            (turns[place][0], *key, *turns[place][1:])
            for place, key in skilled.items()
            if place in turns
        ]

    def _without(self, need: Need, pool: Pool) -> Iterable[Key]:
        """The keys of those with room whose skills count for nothing, best first."""
        none, skilled = self._unskilled(need.skills), self._skilled(need.skills)
        return ((t[0], *none, *t[1:]) for t in pool.order if t[-1] not in skilled)

    def _pool(self, need: Need) -> Pool:
        pool = self._kept_pool(need._replace(skills=()) if need.skills else need)
        pool.catch_up()
        return pool

    def _make_pool(self, need: Need) -> Pool:
        places = self._present(need.queue, need.allowed)
        return Pool(need, places, self.seats, self.assign, self._changed)

    def _find_members(self, queue: str) -> frozenset[int]:
        return frozenset(seat.place for seat in self.seats if in_queue(seat.agent, queue))

    def _find_present(self, queue: str, allowed: frozenset[Presence]) -> frozenset[int]:
        members = self._members(queue)
        return frozenset(p for p in members if self.seats[p].agent.presence in allowed)

    def _unskilled(self, skills: tuple[tuple[str, int], ...]) -> Key:
        return skill_key(dict(skills), {}, self.match, self.assign)

    def _find_skilled(self, skills: tuple[tuple[str, int], ...]) -> dict[int, Key]:
        """Those whose skills count, with their keys.

        Under exact match that is who has all of them, under closest match who differs from
        somebody without any.
        """
        required = dict(skills)
        holders = sorted((self._holders.get(skill, set()) for skill in required), key=len)
        if self.match is Match.EXACT:
            agents = ((p, self.seats[p].agent.skills) for p in holders[0].intersection(*holders))
            return {
                place: skill_key(required, held, self.match, self.assign)
                for place, held in agents
                if at_level(required, held) == len(required)
            }
        none = self._unskilled(skills)
        keys = (
            (p, skill_key(required, self.seats[p].agent.skills, self.match, self.assign))
            for p in holders[0].union(*holders)
        )
        return {place: key for place, key in keys if key != none}
