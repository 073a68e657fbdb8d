"""What a feed and a simulation are asked for."""

from pathlib import Path

from msgspec import Struct


class FeedOptions(Struct, frozen=True):
    """A live feed: the scenario by name or file, and how many times faster than real time."""

    scenario: str
    seed: int = 1
    speed: float = 1.0
    transcripts: tuple[Path, ...] = ()


class SimulateOptions(Struct, frozen=True):
    """A run without a screen.

    `for_ms` bounds the scenario's time, `agents` overrides how many are on autopilot, `store` is
    kept where it is named, `transcripts` are what customers say instead of the scenario's texts.
    """

    scenario: str
    seed: int = 1
    for_ms: int | None = None
    agents: int | None = None
    store: Path | None = None
    transcripts: tuple[Path, ...] = ()
