"""What a feed and a simulation are asked for."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class FeedOptions:
    """A live feed: the scenario by name or file, and how many times faster than real time."""

    scenario: str
    seed: int = 1
    speed: float = 1.0
    transcripts: tuple[Path, ...] = ()


@dataclass(frozen=True, slots=True)
class SimulateOptions:
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
