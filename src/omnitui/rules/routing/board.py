"""The agents while work is being given out, indexed so that no item has to look at all of them.

How it stays fast: agents are sorted once for each distinct kind of room that items ask for (queue,
cost, profiles, presences), in a `Pool` that catches up with what has changed since it was last
asked. An item with skills then looks only at those who hold one of them. Giving out work makes an
agent's key larger and never smaller, and nobody gets room back, so what is out stays out.
"""

from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from omnitui.model.agent import Presence
from omnitui.rules.routing.fit import counts_units
from omnitui.rules.routing.nouns import Assign, Candidate, Item, Match
from omnitui.rules.routing.order import NEVER, Key, meets, skill_key, skill_part, standing, turn_key

REMEMBERED_SKILLS = 512
"""For how many different sets of required skills the holders are kept."""

RESORT_ABOVE = 8
"""A pool is sorted anew when more than one in this many of its agents has changed."""


class Seat:
    """An agent's room and times as they change while work is given out."""

    __slots__ = ("free", "last", "left", "released", "shut")

    def __init__(self, agent: Candidate) -> None:
        self.free = agent.free
        self.last = NEVER if agent.last_assigned is None else agent.last_assigned
        self.released = NEVER if agent.released is None else agent.released
        self.left = {name: profile.left for name, profile in agent.profiles.items()}
        self.shut = any(p.blocking and p.left <= 0 for p in agent.profiles.values())

    def has_room(self, item: Item) -> bool:
        """Whether the item fits in units and in every profile it needs."""
        if self.shut or (self.free < item.cost and counts_units(item)):
            return False
        return all(self.left.get(name, 0) > 0 for name in item.profiles)

    def spare(self, item: Item) -> int:
        """The room that counts for this item, which must fit."""
        return self.free if counts_units(item) else min(self.left[name] for name in item.profiles)


class Order(NamedTuple):
    """Everybody whom an item fits by place, best first, and the keys of the best two."""

    places: list[int]
    best: list[Key]


class Board:
    """All agents by their place (their rank by login), and what was given to whom so far."""

    def __init__(self, agents: Sequence[Candidate], match: Match, assign: Assign) -> None:
        self.agents, self.match, self.assign = agents, match, assign
        self.seats = [Seat(agent) for agent in agents]
        self.given: list[int] = []
        self._pools: dict[object, Pool] = {}
        self._levels: defaultdict[str, dict[int, int]] = defaultdict(dict)
        for place, agent in enumerate(agents):
            for skill, level in agent.skills.items():
                if level > 0:
                    self._levels[skill][place] = level
        self._column = lru_cache(None)(self._make_column)
        self._standings = lru_cache(REMEMBERED_SKILLS)(self._make_standings)
        self._present: dict[object, frozenset[int]] = {}
        self._members: dict[str, int] = {}

    def give(self, item: Item, place: int, at: int) -> None:
        """Let an item take its room of an agent."""
        seat = self.seats[place]
        seat.free -= item.cost
        seat.last = max(seat.last, at)
        # Whoever has just been given work is not idle, whenever they were last released.
        seat.released = max(seat.released, at)
        profiles = self.agents[place].profiles
        for name in item.profiles:
            seat.left[name] -= 1
            if seat.left[name] <= 0 and profiles[name].blocking:
                seat.shut = True
        self.given.append(place)

    def order(self, item: Item) -> Order:
        """Everybody whom the item fits."""
        pool = self._pool(item)
        turns = pool.turns()
        if not item.skills:
            order = pool.order()
            return Order([turn[-1] for turn in order], [(0, *turn) for turn in order[:2]])
        skilled = self.skilled(item)
        keys = sorted([(skilled[place], *turns[place]) for place in skilled.keys() & turns.keys()])
        places = [key[-1] for key in keys]
        if self.match is Match.CLOSEST:
            # Whoever holds none of the skills comes after everybody who holds one.
            rest = [turn for turn in pool.order() if turn[-1] not in skilled]
            places += [turn[-1] for turn in rest]
            if len(keys) < 2:
                none = skill_key(item.skills, {}, self.match, self.assign)
                keys += [(none, *turn) for turn in rest[:2]]
        return Order(places, keys[:2])

    def present(self, item: Item) -> frozenset[int]:
        """Who is in the item's queue with an allowed presence, whether or not they have room."""
        sought = (item.queue, frozenset(item.allowed_presence))
        if sought not in self._present:
            self._present[sought] = frozenset(
                place
                for place, agent in enumerate(self.agents)
                if in_queue(agent, item.queue) and agent.presence in item.allowed_presence
            )
        return self._present[sought]

    def members(self, item: Item) -> int:
        """How many agents work the item's queue."""
        if item.queue not in self._members:
            self._members[item.queue] = sum(in_queue(agent, item.queue) for agent in self.agents)
        return self._members[item.queue]

    def skilled(self, item: Item) -> Mapping[int, int]:
        """Who holds the item's skills (all at their level, or any of them), and their standing."""
        return self._standings(tuple(item.skills.items()))

    def _pool(self, item: Item) -> "Pool":
        sought: tuple[str, int, frozenset[str], frozenset[Presence]] = (
            item.queue,
            item.cost,
            frozenset(item.profiles),
            frozenset(item.allowed_presence),
        )
        if sought not in self._pools:
            self._pools[sought] = Pool(self, item)
        return self._pools[sought]

    def _make_column(self, skill: str, asked: int) -> dict[int, int]:
        """What asking for a skill adds to each of its holders, over what it adds to the others."""
        without = skill_part(asked, 0, self.match, self.assign)
        return {
            place: skill_part(asked, level, self.match, self.assign) - without
            for place, level in self._levels.get(skill, {}).items()
        }

    def _make_standings(self, asked: tuple[tuple[str, int], ...]) -> dict[int, int]:
        required = dict(asked)
        total = sum(skill_part(level, 0, self.match, self.assign) for level in required.values())
        columns = [self._column(skill, level) for skill, level in asked]
        if self.match is Match.EXACT:
            fewest, *others = sorted(columns, key=len)
            return {
                place: standing(total + sum(column[place] for column in columns))
                for place in set(fewest).intersection(*others)
                if meets(required, self.agents[place].skills)
            }
        totals: dict[int, int] = {}
        for column in columns:
            for place, part in column.items():
                totals[place] = totals.get(place, total) + part
        return {place: standing(summed) for place, summed in totals.items()}


class Pool:
    """Everybody with room for one kind of item, in the order in which their turn comes."""

    def __init__(self, board: Board, item: Item) -> None:
        self._board, self._item = board, item
        self._turns: dict[int, Key] = {}
        self._order: list[Key] = []
        self._caught_up = len(board.given)
        self._sort(board.present(item))

    def order(self) -> list[Key]:
        """The turn keys, best first; do not change the list."""
        self._catch_up()
        return self._order

    def turns(self) -> Mapping[int, Key]:
        """The turn key of each place that has room."""
        self._catch_up()
        return self._turns

    def _turn(self, place: int) -> Key | None:
        seat = self._board.seats[place]
        if not seat.has_room(self._item):
            return None
        spare = seat.spare(self._item)
        return turn_key(self._board.assign, spare, seat.released, seat.last, place)

    def _sort(self, places: frozenset[int] | list[int]) -> None:
        self._turns = {p: turn for p in places if (turn := self._turn(p)) is not None}
        self._order = sorted(self._turns.values())

    def _catch_up(self) -> None:
        given = self._board.given
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


def in_queue(agent: Candidate, queue: str) -> bool:
    """Whether an agent works a queue; every agent works the one without a name."""
    return not queue or agent.queues is None or queue in agent.queues
