"""Time comes from outside: a clock is handed in where the program is put together.

All times are epoch milliseconds in UTC.
"""

import re
import threading
import time
from datetime import UTC, datetime, timedelta
from typing import Protocol

from omnitui.patterns import late


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

    Changing the speed never makes it jump, and it never goes back, even when the machine's clock is
    set back beneath it. Safe to use from any thread.
    """

    def __init__(self, base: Clock, speed: float = 1.0, start: int | None = None) -> None:
        _check_speed(speed)
        self._base = base
        self._lock = threading.Lock()
        self._base_mark = base.now()
        self._mark = float(self._base_mark if start is None else start)
        self._speed = speed
        self._paused = False
        self._latest = int(self._mark)

    def now(self) -> int:
        """The scaled time now (epoch ms)."""
        with self._lock:
            self._latest = max(self._latest, int(self._at(self._base.now())))
            return self._latest

    def _at(self, base_now: int) -> float:
        if self._paused:
            return self._mark
        return self._mark + max(0, base_now - self._base_mark) * self._speed

    def _settle(self) -> None:
        base_now = self._base.now()
        self._mark = max(self._at(base_now), float(self._latest))
        self._base_mark = base_now

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


_DURATION = late(r"(\d{1,9}(?:\.\d{1,9})?)\s*(ms|s|m|h|d|w)(?![a-z])", re.IGNORECASE)
_UNITS = {"ms": 1, "s": 1_000, "m": 60_000, "h": 3_600_000, "d": 86_400_000, "w": 604_800_000}
_LONGEST_MS = 100 * 366 * 86_400_000
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def parse_duration(text: str) -> int:
    """Milliseconds for `90s`, `30m`, `1h30m`, `2d`; raises ValueError with a sentence."""
    given = text.strip()
    if not given or _DURATION.sub("", given).strip():
        raise ValueError(f"{text!r} is not a duration; write for example 90s, 30m, 1h30m or 2d")
    parts = _DURATION.findall(given)
    ms = round(sum(float(number) * _UNITS[unit.lower()] for number, unit in parts))
    if ms > _LONGEST_MS:
        raise ValueError(f"{text!r} is longer than a hundred years")
    return ms


EARLIEST_MS = 0
"""Moments that are given from outside lie between 1970 ..."""
LATEST_MS = 7_258_118_400_000
"""... and the year 2200 (epoch ms), with room for what is reckoned from them."""


def parse_time(text: str, now: int) -> int:
    """Epoch ms for ISO 8601 (UTC unless it says otherwise), epoch ms, `now`, `+30m` or `-2d`.

    Raises ValueError with a sentence, also for a moment before 1970 or after 2199.
    """
    moment = parse_any_time(text, now)
    if not EARLIEST_MS <= moment < LATEST_MS:
        raise ValueError(f"{text!r} is not a time between the years 1970 and 2199")
    return moment


def parse_any_time(text: str, now: int) -> int:
    """The same however far away: what somebody else's clock says, for whoever bounds it then."""
    given = text.strip()
    if given == "now":
        return now
    if re.fullmatch(r"[+-].*[a-z]", given, re.IGNORECASE):
        return now + (-1 if given[0] == "-" else 1) * parse_duration(given[1:])
    if re.fullmatch(r"-?[0-9]{9,15}", given):
        return int(given)
    try:
        moment = datetime.fromisoformat(given)
    except ValueError:
        raise ValueError(
            f"{text!r} is not a time; write for example 2026-03-02T09:00 or +30m"
        ) from None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return (moment - _EPOCH) // timedelta(milliseconds=1)
