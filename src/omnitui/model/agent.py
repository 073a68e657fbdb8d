"""Agents and their presence."""

from enum import StrEnum

from msgspec import Struct, field

from omnitui.model.ids import AgentId
from omnitui.model.names import first_name


class Presence(StrEnum):
    """Five presences an agent can choose, and Inactive, which only the system sets."""

    AVAILABLE = "available"
    BUSY = "busy"
    DO_NOT_DISTURB = "do_not_disturb"
    AWAY = "away"
    OFFLINE = "offline"
    INACTIVE = "inactive"

    @property
    def label(self) -> str:
        """The words for people, e.g. `Do not disturb`."""
        return self.value.replace("_", " ").capitalize()

    @property
    def selectable(self) -> bool:
        """Whether an agent can choose it."""
        return self is not Presence.INACTIVE


class Agent(Struct, frozen=True):
    """A person who answers customers. `capacity` and `used` are in capacity units.

    `released_at` is when capacity last came free, `turn` the place in the order of assignments
    (larger for later). An agent who takes `calls_first` gets other work only when nobody else has
    capacity.
    """

    id: AgentId
    login: str
    name: str
    capacity: int
    presence: Presence
    presence_reason: str
    presence_since: int
    presence_by_hand: bool
    last_assigned_at: int | None = None
    released_at: int | None = None
    used: int = 0
    skills: dict[str, int] = field(default_factory=dict)
    queues: tuple[str, ...] = ()
    turn: int = 0
    calls_first: bool = False

    @property
    def first_name(self) -> str:
        """The name that customers see."""
        return first_name(self.name)
