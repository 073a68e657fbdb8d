"""What an item asks of an agent, and an agent's room as it changes while work is given out."""

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
    )


def in_queue(agent: Candidate, queue: str) -> bool:
    """Whether an agent works a queue; every agent works the one without a name."""
    return not queue or agent.queues is None or queue in agent.queues


class Seat:
    """An agent's room and times, which change while work is given out; `agent` stays as it was.

    Room only ever shrinks and times only ever grow, so that a key only ever grows: what was out
    of the question stays so.
    """

    __slots__ = ("agent", "free", "last", "left", "place", "released", "shut")

    def __init__(self, agent: Candidate, place: int) -> None:
        self.agent, self.place = agent, place
        self.free = agent.free
        self.last = agent.last_assigned
        self.released = agent.released
        self.left = {name: profile.left for name, profile in agent.profiles.items()}
        used_up = any(p.blocking and p.left <= 0 for p in agent.profiles.values())
        self.shut = bool(agent.barred) or used_up

    def has_room(self, need: Need) -> bool:
        """Whether the item fits in units and in every profile it needs."""
        if self.shut or (self.free < need.cost and need.counts_units):
            return False
        return not need.profiles or all(self.left.get(name, 0) > 0 for name in need.profiles)

    def spare(self, need: Need) -> int:
        """The room that counts for this need, which must fit: units, or else items."""
        return self.free if need.counts_units else min(self.left[name] for name in need.profiles)

    def turn(self, need: Need, assign: Assign) -> Key:
        """The part of the agent's key that changes; see `turn_key`."""
        return turn_key(
            assign,
            self.spare(need),
            NEVER if self.released is None else self.released,
            NEVER if self.last is None else self.last,
            self.place,
        )

    def take(self, need: Need, at: int) -> None:
        """Let an item take its room. A time before the agent's last assignment changes nothing."""
        self.free -= need.cost
        self.last = at if self.last is None else max(self.last, at)
        for name in need.profiles:
            self.left[name] -= 1
            if self.left[name] <= 0 and self.agent.profiles[name].blocking:
                self.shut = True
