"""Classification rules: what a new item is and needs, by its facts."""

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
    """One condition, e.g. field `words`, operator `contains`, value `router`."""

    field: str
    operator: Operator
    value: Any = None


class Result(Struct, frozen=True):
    """The result of a rule, or of all rules together; None and empty mean: not set."""

    skills: Mapping[str, int] = field(default_factory=dict)
    priority: int | None = None
    queue: QueueId | None = None
    profiles: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()


class Classification(Struct, frozen=True):
    """One rule; all of its conditions must be met. Rules apply in the order of `position`."""

    id: ClassificationId
    name: str
    position: int
    conditions: tuple[Condition, ...]
    result: Result
