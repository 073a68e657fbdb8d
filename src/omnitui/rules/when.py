"""A time in words: `2h`, `in an hour`, `tomorrow at 3`, `3pm tomorrow`, `24.12.2026`.

The words are split once: a time of day, wherever it is, and the day in the rest (`rules/days.py`).
A day without a time means nine in the morning; a time that has passed today means the next one. An
hour from one to six without am or pm is in the afternoon: for three in the night write `3am` or
`03:00`.
"""

import re
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from msgspec import Struct

from omnitui.patterns import late
from omnitui.rules.days import (
    DAYS,
    HINT,
    MONTHS,
    Turn,
    WhenError,
    day_of,
    is_month,
    months_after,
    short,
)

__all__ = ["HINT", "SUGGESTED", "WhenError", "parse", "said"]

MORNING = time(9)
"""The time of a day without a time."""
END_OF_DAY = time(17)
"""When a day, a week and a month end."""

SUGGESTED = ("30m", "2h", "tomorrow 9am", "mon 9am")
"""What people usually mean."""

LONGEST = timedelta(days=366)

_UNITS = {"s": 1, "m": 60, "h": 3_600}
_SPAN = late(
    r"(\d{1,6}(?:\.\d{1,3})?)\s*"
    r"(mo|months?|mths?|years?|s|seconds?|secs?|m|minutes?|mins?|h|hours?|hrs?|d|days?|w|weeks?|wks?)"
    r"(?![a-z])(?:\s+and\b)?\s*"
)
_LATER = late(r"(?:from now|later|time)\b\s*")
_CLOCK = late(r"(\d{1,2})(?:([:.])(\d{2}))?(?::\d{2})?(am|pm|h)?")
_FOUR = late(r"([01]\d|2[0-3])([0-5]\d)h?")
_NAMED = {
    "noon": time(12),
    "midday": time(12),
    "lunch": time(12),
    "lunchtime": time(12),
    "midnight": time(0),
    "morning": MORNING,
    "afternoon": time(14),
    "evening": time(18),
    "tonight": time(18),
    "eod": END_OF_DAY,
    "eow": END_OF_DAY,
    "eom": END_OF_DAY,
}
_NIGHT_ENDS = time(6)
_FIRST_OF_EVENING = 5
_LATE = ("afternoon", "evening", "tonight")
_KEPT = ("eow", "eom")
_ISO = late(r"(\d{4}-\d{1,2}-\d{1,2})t(.*)")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def parse(words: str, now: int, zone: tzinfo) -> int:
    """The time that is meant (epoch ms), always later than `now`; raises `WhenError`."""
    typed = " ".join(words.lower().split())
    if not typed.strip(","):
        raise WhenError("Give a time.")
    try:
        found = _moment(typed, words, now, zone)
    except OverflowError:
        raise WhenError(f"{short(words)} is too far away.") from None
    if found <= now:
        raise WhenError(f"{short(words)} is in the past.")
    if found > now + LONGEST // timedelta(milliseconds=1):
        raise _too_far(words)
    return found


def said(at: int, now: int, zone: tzinfo) -> str:
    """A future time in words: `today 14:30`, `tomorrow 09:00`, `Fri 4 Dec 09:00`."""
    then, today = _local(at, zone), _local(now, zone).date()
    days = (then.date() - today).days
    if days in (0, 1):
        day = "tomorrow" if days else "today"
    else:
        day = f"{DAYS[then.weekday()][:3].capitalize()} {then.day} "
        day += MONTHS[then.month - 1].capitalize()
        if then.year != today.year:
            day += f" {then.year}"
    return f"{day} {then.hour:02d}:{then.minute:02d}"


def _moment(typed: str, words: str, now: int, zone: tzinfo) -> int:
    absolute = _with_offset(typed)
    if absolute is not None:
        return absolute
    # Its patterns are compiled when somebody first writes a time, and not with every start.
    from omnitui.rules.spoken import written

    plain = written(typed, words, _local(now, zone).year)
    if not plain:
        raise WhenError(f"{short(words)} is not a day or time.")
    span = _span(plain)
    if span is not None:
        return _after(span, words, now, zone)
    return _day_and_time(plain, words, now, zone)


class _Span(Struct, frozen=True):
    """How far ahead, and the words that are left: the time of that day."""

    months: float
    days: float
    seconds: float
    rest: str


def _span(plain: str) -> _Span | None:
    months = days = seconds = 0.0
    at = 0
    while found := _SPAN.match(plain, at):
        number, unit = float(found[1]), found[2]
        if unit.startswith(("mo", "mth", "y")):
            months += number * (12 if unit[0] == "y" else 1)
        elif unit[0] in "dw":
            days += number * (7 if unit[0] == "w" else 1)
        else:
            seconds += number * _UNITS[unit[0]]
        at = found.end()
    if not at:
        return None
    if later := _LATER.match(plain, at):
        at = later.end()
    return _Span(months, days, seconds, plain[at:])


def _after(span: _Span, words: str, now: int, zone: tzinfo) -> int:
    """Minutes and hours pass; days, weeks and months keep the time on the wall."""
    if span.months * 30 + span.days + span.seconds / 86_400 > 2 * LONGEST.days:
        raise _too_far(words)
    wall = _local(now, zone)
    day = months_after(wall.date(), int(span.months)) + timedelta(days=int(span.days))
    if span.rest:
        whole = not (span.seconds or span.days % 1 or span.months % 1)
        at, left = _taken_apart(span.rest.split())
        if not whole or left or at is None:
            raise WhenError(f"{short(words)} is not a day or time.")
        return _ms(day, at, zone)
    start = now if day == wall.date() else _ms(day, wall.time(), zone)
    fraction = span.months % 1 * 30 + span.days % 1
    return start + round((span.seconds + fraction * 86_400) * 1_000)


def _with_offset(typed: str) -> int | None:
    """A date and time that names its own zone."""
    try:
        moment = datetime.fromisoformat(typed.upper())
    except ValueError:
        return None
    return None if moment.tzinfo is None else (moment - _EPOCH) // timedelta(milliseconds=1)


def _day_and_time(plain: str, words: str, now: int, zone: tzinfo) -> int:
    iso = _ISO.fullmatch(plain)
    tokens = (f"{iso[1]} {iso[2]}" if iso else plain).split()
    at, left = _taken_apart(tokens)
    if "at" in left:
        rest = left[left.index("at") + 1 :]
        raise _no_time(words, rest) if rest else WhenError(f"{short(words)} is not a day or time.")
    today = _local(now, zone).date()
    try:
        day = day_of(left, today, words)
    except WhenError as error:
        raise _blamed(error, left, today, words) from None
    if "midnight" in tokens and left and left != ["today"]:
        raise WhenError(
            f"{short(words)} may be the start or the end of that day.",
            "Write 00:00 for the start, or 00:00 of the next day.",
        )
    if at is not None and left == ["today"] and _at_night(at, tokens):
        # The one that ends today, and the small hours after it.
        day = day_of(["tomorrow"], today, words)
    _refuse_either(tokens, left, day(0), at, words)
    return _next(day, at or MORNING, now, zone)


def _at_night(at: time, tokens: list[str]) -> bool:
    return (at == time(0) and "midnight" in tokens) or ("tonight" in tokens and at < _NIGHT_ENDS)


def _refuse_either(
    tokens: list[str], left: list[str], day: date, at: time | None, words: str
) -> None:
    """`fri 4` is four o'clock or the fourth, where the next Friday is one."""
    if at is None or len(tokens) != 2 or len(left) != 1 or tokens[0] != left[0]:
        return
    if tokens[1].isdecimal() and int(tokens[1]) in (day.day, (day + timedelta(days=7)).day):
        dated = day if day.day == int(tokens[1]) else day + timedelta(days=7)
        of_date = f"{dated.day} {MONTHS[dated.month - 1]}"
        raise WhenError(
            f"{short(words)} may be {at.hour:02d}:{at.minute:02d} or the day, {of_date}.",
            f"Write {tokens[0]} at {tokens[1]}, or {of_date}.",
        )


def _blamed(error: WhenError, left: list[str], today: date, words: str) -> WhenError:
    """The day may be fine and only the last word no time of it."""
    if len(left) > 1 and error.sentence.endswith("is not a day or time."):
        try:
            day_of(left[:-1], today, words)
        except WhenError:
            return error
        return _no_time(words, left[-1:])
    return error


def _no_time(words: str, rest: list[str]) -> WhenError:
    return WhenError(f"{short(words)} has no time of day in {short(' '.join(rest))}.")


def _too_far(words: str) -> WhenError:
    return WhenError(f"{short(words)} is more than a year away.", "Choose an earlier day.")


def _taken_apart(tokens: list[str]) -> tuple[time | None, list[str]]:
    """The time of day among words, and the words that are left for the day."""
    named = next((n for n, word in enumerate(tokens) if word in _NAMED), None)
    part = None if named is None else tokens[named]
    place, clock = _find_clock(tokens, part)
    if named is None or part is None:
        return clock, [word for n, word in enumerate(tokens) if n not in place]
    if part not in _KEPT:
        place = (*place, named)
    if named and tokens[named - 1] == "at":
        place = (*place, named - 1)
    left = [word for n, word in enumerate(tokens) if n not in place]
    if "midnight" in left and part == "tonight":
        clock = time(0)
        left = [word for word in left if word not in ("midnight", "at")]
    if part == "tonight" and not left:
        left = ["today"]
    return clock or _NAMED[part], left


def _find_clock(tokens: list[str], part: str | None) -> tuple[tuple[int, ...], time | None]:
    """Where the time on a clock stands, and what it is: a sure one before a bare number."""
    for n, word in enumerate(tokens):
        after_at = n > 0 and tokens[n - 1] == "at"
        place = (n - 1, n) if after_at else (n,)
        four = _FOUR.fullmatch(word)
        if four and (after_at or word.endswith("h") or word.startswith("0")):
            return place, time(int(four[1]), int(four[2]))
        found = _CLOCK.fullmatch(word)
        if found and (after_at or found[2] == ":" or found[4]):
            return (place, at) if (at := _clock(found, part)) else ((), None)
    for n in _bare(tokens, part):
        found = _CLOCK.fullmatch(tokens[n])
        at = _clock(found, part) if found else None
        if at is not None:
            return (n,), at
    return (), None


def _bare(tokens: list[str], part: str | None) -> list[int]:
    """Where a number without am, pm or a colon would be a time: after a day, before one."""
    last = len(tokens) - 1
    places = []
    if last >= 1 and not _counts_a_month(tokens, last):
        places.append(last)
    if part is not None and (before := tokens.index(part) - 1) >= 0:
        places.append(before)
    if last >= 1 and not is_month(tokens[1]) and not tokens[1][0].isdigit():
        places.append(0)
    if last == 0 and "." in tokens[0]:
        places.append(0)
    return places


def _counts_a_month(tokens: list[str], n: int) -> bool:
    """Whether the number at `n` is the day of the month before it: `dec 1`, not `5 dec 9`."""
    return is_month(tokens[n - 1]) and not (n >= 2 and tokens[n - 2][0].isdigit())


def _clock(found: re.Match[str], part: str | None) -> time | None:
    """A time of day; without am or pm the part of the day decides, or what people mean."""
    hour, minute, half = int(found[1]), int(found[3] or 0), found[4]
    if half in ("am", "pm"):
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half == "pm" else 0)
    elif part == "tonight" and (hour == 12 or 1 <= hour < _FIRST_OF_EVENING):
        hour %= 12
    elif (1 <= hour < 12 and part in _LATE) or (
        1 <= hour <= 6 and part != "morning" and len(found[1]) == 1
    ):
        hour += 12
    return time(hour, minute) if hour < 24 and minute < 60 else None


def _next(day: Turn, at: time, now: int, zone: tzinfo) -> int:
    """The first such moment that is still to come; the last one tried if there is none."""
    found = now
    for turn in range(3):
        found = _ms(day(turn), at, zone)
        if found > now:
            break
    return found


def _local(at: int, zone: tzinfo) -> datetime:
    return (_EPOCH + timedelta(milliseconds=at)).astimezone(zone)


def _ms(day: date, at: time, zone: tzinfo) -> int:
    """A time on the wall; one that the clocks skip is as much later as they skip."""
    wall = datetime.combine(day, at.replace(tzinfo=None), tzinfo=zone)
    return (wall.astimezone(UTC) - _EPOCH) // timedelta(milliseconds=1)
