"""Time comes from outside: a clock is handed in where the program is put together.

All times are epoch milliseconds in UTC.
"""

import re
import threading
import time
from datetime import UTC, datetime
from typing import Protocol


class Clock(Protocol):
    """Anything that knows what time it is."""

    def now(self) -> int:
        """The time now (epoch ms)."""
        ...


class SystemClock:
    """The machine's own clock."""

    def now(self) -> int:
        """The time now (epoch ms)."""
        return time.time_ns() // 1_000_000


class ManualClock:
    """A clock that moves only when it is told to."""

    def __init__(self, start: int) -> None:
        self._now = start

    def now(self) -> int:
        """The time it was last set to (epoch ms)."""
        return self._now

    def advance(self, ms: int) -> int:
        """Move forward by `ms` and return the new time; going back is a mistake."""
        if ms < 0:
            raise ValueError(f"a clock does not go back ({ms} ms)")
        self._now += ms
        return self._now

    def set(self, at: int) -> None:
        """Move to `at`, which must not be before now."""
        self.advance(at - self._now)


class ScaledClock:
    """A clock that runs `speed` times as fast as another one, from `start`, and can be paused.

    Changing the speed never makes it jump. Safe to read from any thread.
    """

    def __init__(self, base: Clock, speed: float = 1.0, start: int | None = None) -> None:
        _check_speed(speed)
        self._base = base
        self._lock = threading.Lock()
        self._base_mark = base.now()
        self._mark = float(self._base_mark if start is None else start)
        self._speed = speed
        self._paused = False

    def now(self) -> int:
        """The scaled time now (epoch ms)."""
        with self._lock:
            return int(self._at())

    def _at(self) -> float:
        passed = 0.0 if self._paused else (self._base.now() - self._base_mark) * self._speed
        return self._mark + passed

    def _settle(self) -> None:
        self._mark = self._at()
        self._base_mark = self._base.now()

    @property
    def speed(self) -> float:
        """How many times as fast as the base clock."""
        return self._speed

    @property
    def paused(self) -> bool:
        """Whether it stands still."""
        return self._paused

    def set_speed(self, speed: float) -> None:
        """Run faster or slower from now on."""
        _check_speed(speed)
        with self._lock:
            self._settle()
            self._speed = speed

    def pause(self) -> None:
        """Stand still until `resume`."""
        with self._lock:
            self._settle()
            self._paused = True

    def resume(self) -> None:
        """Run on from where it stood."""
        with self._lock:
            self._settle()
            self._paused = False


def _check_speed(speed: float) -> None:
    if not 0 < speed <= 10_000:
        raise ValueError(f"speed {speed:g} is not between 0 and 10000")


_DURATION = re.compile(r"(\d+(?:\.\d+)?)\s*(ms|s|m|h|d|w)", re.IGNORECASE)
_UNITS = {"ms": 1, "s": 1_000, "m": 60_000, "h": 3_600_000, "d": 86_400_000, "w": 604_800_000}


def parse_duration(text: str) -> int:
    """Milliseconds for `90s`, `30m`, `1h30m`, `2d`; raises ValueError with a sentence."""
    given = text.strip()
    if not given or _DURATION.sub("", given).strip():
        raise ValueError(f"{text!r} is not a duration; write for example 90s, 30m, 1h30m or 2d")
    return int(sum(float(n) * _UNITS[unit.lower()] for n, unit in _DURATION.findall(given)))


def parse_time(text: str, now: int) -> int:
    """Epoch ms for ISO 8601 (UTC unless it says otherwise), epoch ms, `now` or `+30m`.

    Raises ValueError with a sentence.
    """
    given = text.strip()
    if given == "now":
        return now
    if given.startswith(("+", "-")) and not given[1:].isdecimal():
        return now + (-1 if given[0] == "-" else 1) * parse_duration(given[1:])
    if given.lstrip("-").isdecimal() and len(given) > 8:
        return int(given)
    try:
        moment = datetime.fromisoformat(given)
    except ValueError:
        raise ValueError(
            f"{text!r} is not a time; write for example 2026-03-02T09:00 or +30m"
        ) from None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return int(moment.timestamp() * 1_000)
