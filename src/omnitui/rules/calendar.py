"""Business hours: which times count, and sums of time in which only those count.

A calendar has, for each day of the week in a time zone, any number of spans, none on holidays.
Times are epoch ms (UTC), durations are real ms: on the day the clocks go forward a span across the
change is an hour shorter, on the day they go back an hour longer. If a wall time occurs twice, a
span opens at the first and closes at the second; if it does not occur, it stands for the moment of
the change.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import lru_cache
from itertools import pairwise

from msgspec import Struct, field
from msgspec.structs import force_setattr

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MINUTES_A_DAY = 24 * 60

_MOST_DAYS = 36_525

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_EPOCH_DAY = _EPOCH.toordinal()
_DAY_MS = MINUTES_A_DAY * 60_000
_MILLISECOND = timedelta(milliseconds=1)
_HOURS = re.compile(r"\s*(\d\d?):(\d\d)\s*[-–]\s*(\d\d?):(\d\d)\s*")


class Span(Struct, frozen=True, order=True):
    """From `opens` until just before `closes`, in minutes of wall time since midnight (0-1440)."""

    opens: int
    closes: int

    def __post_init__(self) -> None:
        if not (0 <= self.opens <= MINUTES_A_DAY and 0 <= self.closes <= MINUTES_A_DAY):
            raise ValueError(f"{self} is not within one day, 00:00 to 24:00.")
        if self.opens >= self.closes:
            raise ValueError(f"{self} ends before it starts.")

    def __str__(self) -> str:
        return f"{_clock(self.opens)}-{_clock(self.closes)}"


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"


def spans(*texts: str) -> tuple[Span, ...]:
    """Spans from texts such as `08:00-12:00`; `24:00` is the end of the day.

    Raises ValueError with a sentence for text that is not a span.
    """
    read = []
    for text in texts:
        match = _HOURS.fullmatch(text)
        if match is None or int(match[2]) > 59 or int(match[4]) > 59:
            raise ValueError(f"{text!r} is not a span of hours such as 08:00-16:00.")
        opens, until = (int(match[n]) * 60 + int(match[n + 1]) for n in (1, 3))
        read.append(Span(opens, until))
    return tuple(read)


class Calendar(Struct, frozen=True):
    """Business hours of a week, Monday first, in the IANA time zone `zone`.

    Raises ValueError with a sentence for overlapping spans, a week that is not seven days or has no
    hours at all, and an unknown zone. Spans are sorted; touching ones are fine.
    """

    zone: str
    week: tuple[tuple[Span, ...], ...]
    holidays: frozenset[date] = field(default_factory=frozenset)

    def __post_init__(self) -> None:
        if len(self.week) != len(DAYS):
            raise ValueError(f"A week has 7 days, this one has {len(self.week)}.")
        if not any(self.week):
            raise ValueError("A calendar needs hours on at least one day of the week.")
        week = tuple(tuple(sorted(day)) for day in self.week)
        for name, day in zip(DAYS, week, strict=True):
            for before, after in pairwise(day):
                if after.opens < before.closes:
                    raise ValueError(f"{before} and {after} overlap on {name}.")
        force_setattr(self, "week", week)
        force_setattr(self, "holidays", frozenset(self.holidays))
        _zone(self.zone)


@lru_cache(maxsize=64)
def _zone(name: str) -> tzinfo:
    from zoneinfo import ZoneInfo

    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError) as error:
        raise ValueError(f"There is no time zone {name!r}.") from error


ALWAYS = Calendar("UTC", ((Span(0, MINUTES_A_DAY),),) * len(DAYS))
"""Every hour of every day: used where no hours are set."""


def is_open(at: int, calendar: Calendar) -> bool:
    """Whether `at` is within business hours; the moment of closing is not."""
    return opens_next(at, calendar) == at


def opens_next(at: int, calendar: Calendar) -> int:
    """The first moment from `at` on that is within business hours; `at` itself when it is."""
    return next(_open_spans(at, calendar))[0]


def add_business(start_ms: int, duration_ms: int, calendar: Calendar) -> int:
    """The first moment by which `duration_ms` of business time have passed since `start_ms`.

    Whatever runs out just as business closes ends then, not at the next opening. Raises ValueError
    for a duration of nothing or less, and for one that no calendar reaches.
    """
    if duration_ms <= 0:
        raise ValueError(f"A duration has to be above 0 ms, this one is {duration_ms}.")
    left = duration_ms
    for opens, closes in _open_spans(start_ms, calendar):
        if left <= closes - opens:
            return opens + left
        left -= closes - opens
    raise AssertionError("a calendar continues until it is refused")  # pragma: no cover


def business_between(a: int, b: int, calendar: Calendar) -> int:
    """The ms of business time from `a` until `b`. Raises ValueError when `b` comes before `a`."""
    if b < a:
        raise ValueError(f"Business time counts forwards, but {b} comes before {a}.")
    total = 0
    for opens, closes in _open_spans(a, calendar):
        if opens >= b:
            break
        total += min(closes, b) - opens
    return total


def shifted(deadline: int, paused_at: int, resumed_at: int, calendar: Calendar) -> int:
    """A due time moved by the business time of a pause; one that had passed before it does not
    move.

    The business time left at the start of the pause is left at its end. Raises ValueError when the
    pause ends before it starts.
    """
    paused = business_between(paused_at, resumed_at, calendar)
    if deadline <= paused_at or not paused:
        return deadline
    return add_business(deadline, paused, calendar)


def _open_spans(start: int, calendar: Calendar) -> Iterator[tuple[int, int]]:
    """Spans in epoch ms from `start` on, the first one cut to begin there; never an empty one.

    Each begins where the one before ended or later, also where wall time repeats. Raises
    ValueError at the end of a hundred years.
    """
    zone = _zone(calendar.zone)
    try:
        first = (_EPOCH + timedelta(milliseconds=start)).astimezone(zone).date()
        until = start
        # Begun a day early: where clocks change at midnight, hours can reach into the next day.
        for ahead in range(-1, _MOST_DAYS):
            for opens, closes in _day_spans(calendar, zone, first + timedelta(days=ahead)):
                if max(opens, until) < closes:
                    yield max(opens, until), closes
                    until = closes
    except OverflowError:
        raise ValueError(f"{start} is outside what a calendar can count from.") from None
    raise ValueError("Business time is counted for a hundred years at most.")


def _day_spans(calendar: Calendar, zone: tzinfo, day: date) -> list[tuple[int, int]]:
    if day in calendar.holidays:
        return []
    return [
        (_moment(zone, day, span.opens, fold=0), _moment(zone, day, span.closes, fold=1))
        for span in calendar.week[day.weekday()]
    ]


def _moment(zone: tzinfo, day: date, minutes: int, fold: int) -> int:
    """A wall time as epoch ms; `fold` 0 is the first and 1 the second where there are two."""
    wall = datetime.combine(day, time.min, zone) + timedelta(minutes=minutes)
    sooner, later = _offset(wall.replace(fold=1)), _offset(wall)
    as_if_utc = (day.toordinal() - _EPOCH_DAY) * _DAY_MS + minutes * 60_000
    if sooner > later:
        return _change_between(zone, as_if_utc - sooner, as_if_utc - later)
    return as_if_utc - (sooner if fold else later)


def _offset(wall: datetime) -> int:
    return (wall.utcoffset() or timedelta()) // _MILLISECOND


def _change_between(zone: tzinfo, low: int, high: int) -> int:
    """The first ms in `low`..`high` at which the zone has the offset it has at `high`."""

    def offset(at: int) -> int:
        return _offset((_EPOCH + timedelta(milliseconds=at)).astimezone(zone))

    after = offset(high)
    return low + bisect_right(range(low, high), 0, key=lambda at: int(offset(at) == after))
