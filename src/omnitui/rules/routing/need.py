"""What an item needs, and an agent's capacity as it changes during assignment."""

from collections.abc import Iterable
from itertools import pairwise
from typing import NamedTuple

from omnitui.model.agent import Presence
from omnitui.rules.routing.nouns import Assign, Candidate, Item
from omnitui.rules.routing.order import NEVER, Key, turn_key


class Need(NamedTuple):
    """What an item asks for; items that ask for the same are alike to every agent."""

    queue: str
    cost: int
    profiles: frozenset[str]
    allowed: frozenset[Presence]
    skills: tuple[tuple[str, int], ...]
    live: bool = False
    exclusive: bool = False
    whole: bool = False

    @property
    def counts_units(self) -> bool:
        """Whether units limit it; what only has capacity profiles is free of them."""
        return self.cost > 0 or not self.profiles


def need_of(item: Item) -> Need:
    """What an item asks for."""
    return Need(
        item.queue,
        item.cost,
        frozenset(item.profiles),
        frozenset(item.allowed_presence),
        tuple(sorted(item.skills.items())),
        item.live or item.exclusive,
        item.exclusive,
        item.whole,
    )


def in_queue(agent: Candidate, queue: str) -> bool:
    """Whether an agent works a queue; every agent works the one without a name."""
    return not queue or agent.queues is None or queue in agent.queues


class Seat:
    """An agent's room and turn, which change while work is given out; `agent` stays as it was.

    `turn` is the agent's place in the order in which work was given, `kept` the item that their
    room is kept for, `reserved` the queue for whose calls they stay wholly free. Units, profiles
    and turns only ever shrink and grow, so that a key only ever grows.
    """

    __slots__ = (
        "agent",
        "free",
        "kept",
        "last",
        "left",
        "live",
        "on_call",
        "place",
        "released",
        "reserved",
        "shut",
        "turn",
    )

    def __init__(self, agent: Candidate, place: int, turn: int = 0) -> None:
        self.agent, self.place, self.turn = agent, place, turn
        self.free = agent.free
        self.last = agent.last_assigned
        self.released = agent.released
        self.live, self.on_call = agent.live, agent.on_call
        self.kept, self.reserved = agent.kept_for, agent.reserved
        self.left = {name: profile.left for name, profile in agent.profiles.items()}
        used_up = any(p.blocking and p.left <= 0 for p in agent.profiles.values())
        self.shut = bool(agent.barred) or used_up

    def has_room(self, need: Need) -> bool:
        """Whether the item fits in units and in every profile it needs, and nothing shuts it out.

        Room that is kept is kept for others.
        """
        if self.shut or self.kept or (self.free < need.cost and need.counts_units):
            return False
        if (self.reserved and not need.whole) or self.shuts_out(need):
            return False
        return not need.profiles or all(self.left.get(name, 0) > 0 for name in need.profiles)

    def shuts_out(self, need: Need) -> bool:
        """Whether what is live already in hand goes with this one."""
        return (self.on_call and need.live) or (need.exclusive and self.live > 0)

    @property
    def wholly_free(self) -> bool:
        """Whether nothing is in hand, and nothing else is meant for them."""
        return self.free >= self.agent.capacity and not self.live and not self.kept

    def spare(self, need: Need) -> int:
        """The room that counts for this need: units, or else items."""
        if need.counts_units:
            return self.free
        return min(self.left.get(name, 0) for name in need.profiles)

    def group(self, need: Need) -> int:
        """What comes before skills: who takes calls first is kept from all else while possible."""
        return int(self.agent.calls_first is not need.whole)

    def turn_key(self, need: Need, assign: Assign) -> Key:
        """The part of the agent's key that changes; see `order.turn_key`."""
        released = NEVER if self.released is None else self.released
        return turn_key(assign, self.spare(need), released, self.turn, self.place)

    def take(self, need: Need, at: int, turn: int) -> None:
        """Let an item take its room, as the assignment that comes `turn`th."""
        self.free -= need.cost
        self.turn = turn
        self.live += need.live
        self.on_call |= need.exclusive
        self.kept = ""
        self.last = at if self.last is None else max(self.last, at)
        for name in need.profiles:
            if name not in self.left:
                continue
            self.left[name] -= 1
            if self.left[name] <= 0 and self.agent.profiles[name].blocking:
                self.shut = True


def seats_of(candidates: Iterable[Candidate]) -> list[Seat]:
    """A seat for each agent, by login; raises ValueError when two have the same one.

    Whom work was given to at the same time, or never, share their turn.
    """
    ordered = sorted(candidates, key=lambda agent: agent.login)
    for one, other in pairwise(ordered):
        if one.login == other.login:
            raise ValueError(f"two agents have the login {one.login}")
    before = sorted({_given(agent) for agent in ordered})
    turns = {given: turn for turn, given in enumerate(before)}
    return [Seat(agent, place, turns[_given(agent)]) for place, agent in enumerate(ordered)]


def _given(agent: Candidate) -> tuple[int, int]:
    return (agent.turn, NEVER if agent.last_assigned is None else agent.last_assigned)
