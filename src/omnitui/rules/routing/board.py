"""The agents while work is being given out, indexed so that no item has to look at all of them.

Items that ask for the same room (queue, units, profiles, presences) share a `Pool`: whoever has it,
sorted, which catches up with whom was given work since it was last asked. Items that ask for the
same skills share the keys of those who hold them, found by skill. Giving out work makes an agent's
key larger and never smaller, and nobody gets room back, so that what is out stays out.
"""

from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from omnitui.model.agent import Presence
from omnitui.rules.routing.need import Need, Seat, in_queue
from omnitui.rules.routing.nouns import Assign, Match
from omnitui.rules.routing.order import Key, at_level, skill_key
from omnitui.rules.routing.words import Tally

REMEMBERED = 1024
"""For how many different sets of skills, and of room, what was found is kept."""

RESORT_ABOVE = 8
"""A pool is sorted anew when more than one in this many of its agents has changed."""


class Order(NamedTuple):
    """Everybody whom an item fits by place, best first, and the keys of the best two."""

    places: list[int]
    best: list[Key]


class Pool:
    """Everybody with room for one kind of item, in the order in which their turn comes.

    `given` has the places that were given work, in turn; it grows from outside.
    """

    def __init__(
        self,
        need: Need,
        places: Iterable[int],
        seats: Sequence[Seat],
        assign: Assign,
        given: Sequence[int],
    ) -> None:
        self._need, self._seats, self._assign, self._given = need, seats, assign, given
        self._turns: dict[int, Key] = {}
        self._order: list[Key] = []
        self._caught_up = len(given)
        self._sort(places)

    def catch_up(self) -> None:
        """Look again at those who were given work since the last time."""
        given = self._given
        if self._caught_up == len(given):
            return
        changed = self._turns.keys() & set(given[self._caught_up :])
        self._caught_up = len(given)
        if len(changed) * RESORT_ABOVE > len(self._turns):
            self._sort(list(self._turns))
            return
        for place in changed:
            del self._order[bisect_left(self._order, self._turns.pop(place))]
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

    def _sort(self, places: Iterable[int]) -> None:
        turns = ((place, self._turn(place)) for place in places)
        self._turns = {place: turn for place, turn in turns if turn is not None}
        self._order = sorted(self._turns.values())

    def _turn(self, place: int) -> Key | None:
        seat = self._seats[place]
        return seat.turn(self._need, self._assign) if seat.has_room(self._need) else None


class Board:
    """All agents by their place (their rank by login), with what was given to whom so far."""

    def __init__(self, seats: Sequence[Seat], match: Match, assign: Assign) -> None:
        self.seats, self.match, self.assign = seats, match, assign
        self._given: list[int] = []
        self._holders: defaultdict[str, set[int]] = defaultdict(set)
        for seat in seats:
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
        if best is None and self.match is Match.CLOSEST and pool.order:
            # Nobody with a skill has room, so that whoever has it is without any.
            return self._unskilled(need.skills) + pool.order[0]
        return best

    def order(self, need: Need) -> Order:
        """Everybody who fits."""
        pool = self._pool(need)
        if not need.skills:
            return Order([turn[-1] for turn in pool.order], list(pool.order[:2]))
        keys = sorted(self._keys(need, pool))
        places = [key[-1] for key in keys]
        if self.match is Match.CLOSEST:
            skilled = self._skilled(need.skills)
            rest = [turn for turn in pool.order if turn[-1] not in skilled]
            places += [turn[-1] for turn in rest]
            keys += [self._unskilled(need.skills) + turn for turn in rest[:2]]
        return Order(places, keys[:2])

    def give(self, need: Need, place: int, at: int) -> None:
        """Let an item take its room of an agent."""
        self.seats[place].take(need, at)
        self._given.append(place)

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
        return [key + turns[place] for place, key in skilled.items() if place in turns]

    def _pool(self, need: Need) -> Pool:
        pool = self._kept_pool(need._replace(skills=()) if need.skills else need)
        pool.catch_up()
        return pool

    def _make_pool(self, need: Need) -> Pool:
        places = self._present(need.queue, need.allowed)
        return Pool(need, places, self.seats, self.assign, self._given)

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
