"""Classification: rules that say what an arriving item is and needs, by what is known of it."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from msgspec import Struct, field

from omnitui.model.ids import ClassificationId, QueueId


class Operator(StrEnum):
    """How a condition compares; upper and lower case are alike."""

    IS = "is"
    IS_NOT = "is_not"
    CONTAINS = "contains"
    STARTS_WITH = "starts_with"
    ABOVE = "above"
    BELOW = "below"
    ONE_OF = "one_of"
    KNOWN = "known"
    UNKNOWN = "unknown"


class Condition(Struct, frozen=True):
    """One thing that must be so, e.g. field `words`, operator `contains`, value `router`."""

    field: str
    operator: Operator
    value: Any = None


class Result(Struct, frozen=True):
    """What a rule, or all rules together, say of an item; None and nothing mean: not said."""

    skills: Mapping[str, int] = field(default_factory=dict)
    priority: int | None = None
    queue: QueueId | None = None
    profiles: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()


class Classification(Struct, frozen=True):
    """One rule; all of its conditions must hold. Rules are looked at in order of `position`."""

    id: ClassificationId
    name: str
    position: int
    conditions: tuple[Condition, ...]
    result: Result
