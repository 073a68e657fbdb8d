"""The result of one line of an import."""

from enum import StrEnum

from msgspec import Struct


class Outcome(StrEnum):
    """Whether a record is new, changed, or unchanged."""

    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"

    @classmethod
    def of(cls, changed: bool) -> "Outcome":
        """The outcome for an existing record."""
        return cls.UPDATED if changed else cls.UNCHANGED


class Result(Struct, frozen=True):
    """The record's key and outcome."""

    key: int
    outcome: Outcome
