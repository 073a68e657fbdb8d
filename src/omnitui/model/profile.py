"""Capacity profiles: capacity counted in items of a kind, besides capacity units."""

from datetime import UTC, datetime
from enum import StrEnum

from msgspec import Struct

from omnitui.model.ids import ProfileId


class Reset(StrEnum):
    """When an item's capacity is free again: when work on it ends, or on the next day."""

    IMMEDIATE = "immediate"
    END_OF_DAY = "end_of_day"


def day_of(at: int) -> str:
    """The day (UTC) of a time (epoch ms), at whose end daily profiles restart."""
    return datetime.fromtimestamp(at / 1_000, UTC).date().isoformat()


class CapacityProfile(Struct, frozen=True):
    """A capacity profile. An agent who has it takes at most `most` items that need it.

    One that is `blocking` blocks all other work when it is used up.
    """

    id: ProfileId
    name: str
    most: int
    reset: Reset = Reset.IMMEDIATE
    blocking: bool = False
    agents: int = 0


class Profile(Struct, frozen=True):
    """An agent's capacity in a profile, counted in items.

    A `daily` one restarts each day, others when work ends; the caller counts. One that is
    `blocking` blocks all other work when it is used up.
    """

    limit: int
    used: int = 0
    blocking: bool = False
    daily: bool = True

    @property
    def left(self) -> int:
        """How many more items fit; below zero after picks by hand."""
        return self.limit - self.used
