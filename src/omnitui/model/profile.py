"""Capacity profiles: room that is counted in items of a kind, beside capacity units."""

from datetime import UTC, datetime
from enum import StrEnum

from msgspec import Struct

from omnitui.model.ids import ProfileId


class Reset(StrEnum):
    """When an item's room comes back: as soon as work on it ends, or with the next day."""

    IMMEDIATE = "immediate"
    END_OF_DAY = "end_of_day"


def day_of(at: int) -> str:
    """The day (UTC) of a moment (epoch ms), whose end lets daily profiles begin again."""
    return datetime.fromtimestamp(at / 1_000, UTC).date().isoformat()


class CapacityProfile(Struct, frozen=True):
    """A kind of room. An agent who has it takes at most `most` items that need it.

    One that is `blocking` shuts out work of every kind once it is used up.
    """

    id: ProfileId
    name: str
    most: int
    reset: Reset = Reset.IMMEDIATE
    blocking: bool = False
    agents: int = 0


class Profile(Struct, frozen=True):
    """An agent's room in a capacity profile, counted in items.

    A `daily` one starts again with the day, others as soon as work ends; counting is the caller's.
    One that is `blocking` shuts out work of every kind once it is used up.
    """

    limit: int
    used: int = 0
    blocking: bool = False
    daily: bool = True

    @property
    def left(self) -> int:
        """How many more items fit; below zero after picks by hand."""
        return self.limit - self.used
