"""The input of routing, agents and items, and its results for one item.

Times are whole numbers of any one unit (the desk's are epoch ms).
"""

from collections.abc import Collection, Mapping
from enum import StrEnum

from msgspec import Struct, field

from omnitui.model.agent import Presence
from omnitui.model.profile import Profile


class Match(StrEnum):
    """How skills are matched.

    Exact: every required skill at its level or above, or the item waits. Closest: skills only
    order the agents (exactly qualified, then over-, then under-qualified), so that somebody is
    always found.
    """

    EXACT = "exact"
    CLOSEST = "closest"


class Assign(StrEnum):
    """What decides between agents who fit. Equals take turns: longest without work first.

    Under `Match.CLOSEST` the first three decide between agents who are equally close.
    """

    HIGHEST_CAPACITY = "highest_capacity"
    ROUND_ROBIN = "round_robin"
    LEAST_ACTIVE = "least_active"
    MOST_PROFICIENT = "most_proficient"
    NEAREST = "nearest"
    SKILL_COUNT = "skill_count"


class Decided(StrEnum):
    """What put the first agent before the second."""

    ALONE = "alone"
    BEFORE = "before"
    CALLS = "calls"
    PASSED = "passed"
    SKILLS = "skills"
    CAPACITY = "capacity"
    RELEASED = "released"
    ASSIGNED = "assigned"
    LOGIN = "login"


class Hurdle(StrEnum):
    """What kind of thing keeps an agent from an item, weightiest first."""

    QUEUE = "queue"
    SKILL = "skill"
    PRESENCE = "presence"
    CAPACITY = "capacity"
    ALONE = "alone"
    PROFILE = "profile"
    KEPT = "kept"
    RESERVED = "reserved"
    BARRED = "barred"


class Candidate(Struct, frozen=True):
    """An agent as routing sees them.

    `capacity` and `used` are in units. `queues` None means every queue. `last_assigned` and
    `released` (when capacity last came free) are None if never. `turn` is the agent's place in
    the order in which work was given, larger for later; where it is the same, `last_assigned`
    decides. `live` counts what they hold that is live, `on_call` says that one of it is exclusive.
    Who takes `calls_first` comes first for what needs a whole agent, and last for all else.
    Who is `full` is on do not disturb only because of that, and available once they are not.
    `kept_for` is the id of an item that their room is kept for, `reserved` the queue for whose
    calls they stay wholly free. `barred` is what else is in the way, in words that go on from the
    login: `has let it pass 3 times`.
    """

    login: str
    presence: Presence = Presence.AVAILABLE
    capacity: int = 100
    used: int = 0
    skills: Mapping[str, int] = field(default_factory=dict)
    queues: Collection[str] | None = None
    last_assigned: int | None = None
    released: int | None = None
    profiles: Mapping[str, Profile] = field(default_factory=dict)
    turn: int = 0
    live: int = 0
    on_call: bool = False
    calls_first: bool = False
    full: bool = False
    kept_for: str = ""
    reserved: str = ""
    barred: str = ""

    @property
    def free(self) -> int:
        """Free units; below zero after picks by hand."""
        return self.capacity - self.used


USUAL_CAPACITY = 100
"""The usual capacity of an agent (units)."""

USUALLY_ALLOWED = (Presence.AVAILABLE, Presence.BUSY)


class Item(Struct, frozen=True):
    """Something to give out.

    The lowest `priority` number comes first, then whoever has waited longest (`waiting_since`; of a
    customer who came back, since they came back). `queue` "" is open to every agent. `skills` are
    required levels. `profiles` are all needed and all used. `allowed_presence` empty means nobody.
    `at` is when it is given out, if not now. What is `exclusive` goes with nothing else `live`.
    `passed` is how often agents have let it pass, by login, `barred` who is not asked now, with
    why. `last_agent` had the customer last and comes first where it fits them; with `affinity`
    also without room and whatever their presence. `holds_room_at` is from when on it keeps the
    room that an agent frees, None for never. Raises ValueError for a cost below nothing.
    """

    id: str
    queue: str = ""
    cost: int = 0
    priority: int = 0
    waiting_since: int = 0
    skills: Mapping[str, int] = field(default_factory=dict)
    profiles: Collection[str] = ()
    allowed_presence: Collection[Presence] = USUALLY_ALLOWED
    at: int | None = None
    live: bool = False
    exclusive: bool = False
    passed: Mapping[str, int] = field(default_factory=dict)
    barred: Mapping[str, str] = field(default_factory=dict)
    last_agent: str = ""
    affinity: bool = False
    holds_room_at: int | None = None

    def __post_init__(self) -> None:
        if self.cost < 0:
            raise ValueError(f"{self.id} costs {self.cost} units, which is below 0")

    @property
    def whole(self) -> bool:
        """Whether it needs a whole agent, or more than half of one."""
        return self.exclusive or 2 * self.cost > USUAL_CAPACITY

    @property
    def personal(self) -> bool:
        """Whether agents differ for it in more than it asks of all of them."""
        return bool(self.passed or self.barred or self.last_agent)


class QueueRules(Struct, frozen=True):
    """How a queue gives out: lower `priority` numbers first, by `assign` and `match`.

    `for_calls` is how many of its members who are there answer calls or stay wholly free for them.
    """

    name: str
    priority: int = 0
    match: Match = Match.EXACT
    assign: Assign = Assign.HIGHEST_CAPACITY
    for_calls: int = 0


class Considered(Struct, frozen=True):
    """An agent who fits, with what counted. `free` is the room that counts (see `Need`)."""

    login: str
    because: str
    free: int
    last_assigned: int | None
    released: int | None


class Obstacle(Struct, frozen=True):
    """One thing in the way. `what` is the skill, presence, profile or queue; levels are a skill's.

    `words` go on from the agent's login: `is away`.
    """

    kind: Hurdle
    what: str
    words: str
    needed: int = 0
    has: int = 0


class Excluded(Struct, frozen=True):
    """An agent who does not fit, with everything that is in the way, weightiest first."""

    login: str
    because: str
    obstacles: tuple[Obstacle, ...]


class Ranking(Struct, frozen=True):
    """Every agent's place for one item, best first, and those who have none.

    `because` says what decided, or why the item waits; `decided` is None when it waits.
    """

    order: tuple[Considered, ...]
    excluded: tuple[Excluded, ...]
    because: str
    decided: Decided | None

    @property
    def logins(self) -> tuple[str, ...]:
        """Those who fit, best first."""
        return tuple(considered.login for considered in self.order)
