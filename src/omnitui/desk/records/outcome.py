"""What became of one line of a table of records."""

from enum import StrEnum

from msgspec import Struct


class Outcome(StrEnum):
    """Whether a record is new, was changed, or was as the line says already."""

    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"

    @classmethod
    def of(cls, changed: bool) -> "Outcome":
        """The outcome for a record that was there."""
        return cls.UPDATED if changed else cls.UNCHANGED


class Result(Struct, frozen=True):
    """The record's key and what became of it."""

    key: int
    outcome: Outcome
