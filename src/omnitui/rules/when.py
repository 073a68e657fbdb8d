"""A moment said in words: `2h`, `tomorrow`, `fri 9am`, `next week`, `2026-12-01 10:00`.

What is said without a time means nine in the morning; what has passed today means the next one.
"""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta, tzinfo

MORNING = time(9)
"""The time of a day that is said without one."""

SUGGESTED = ("30m", "2h", "tomorrow 9am", "mon 9am")
"""What is usually meant."""

HINT = "Write for example 30m, 2h, tomorrow 9am, fri 9am, next week or 2026-12-01 10:00."

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
LONGEST = timedelta(days=366)

_UNITS = {"s": 1, "m": 60, "h": 3_600}
_SPAN = re.compile(
    r"(\d{1,6}(?:\.\d{1,3})?)\s*"
    r"(s|seconds?|secs?|m|minutes?|mins?|h|hours?|hrs?|d|days?|w|weeks?|wks?)(?![a-z])"
)
_CLOCK = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?\s*(am|pm)?")
_NAMED_TIMES = {"noon": time(12), "midnight": time(0), "morning": MORNING, "evening": time(18)}
_ISO = re.compile(r"(\d{4}-\d{1,2}-\d{1,2})(?:[t\s]+(.*))?")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class WhenError(ValueError):
    """Why some words are no moment to come: a sentence, and what to write instead."""

    def __init__(self, sentence: str, hint: str = HINT) -> None:
        super().__init__(sentence)
        self.sentence, self.hint = sentence, hint


def parse(words: str, now: int, zone: tzinfo) -> int:
    """The moment that is meant (epoch ms), always later than `now`; raises `WhenError`."""
    said = " ".join(words.lower().replace(",", " ").split())
    said = re.sub(r"^(in|on|this|until|till)\s+", "", said)
    if not said:
        raise WhenError("Say when it should come back.")
    try:
        found = _moment(said, words, now, zone)
    except OverflowError:
        raise WhenError(f"{_short(words)} is beyond all calendars.") from None
    if found <= now:
        raise WhenError(f"{_short(words)} is past already.")
    if found > now + LONGEST // timedelta(milliseconds=1):
        raise WhenError(f"{_short(words)} is more than a year away.", "Choose a day before that.")
    return found


def said(at: int, now: int, zone: tzinfo) -> str:
    """A moment to come in words: `today 14:30`, `tomorrow 09:00`, `Fri 4 Dec 09:00`."""
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


def _moment(said: str, words: str, now: int, zone: tzinfo) -> int:
    if _SPAN.match(said) and not _SPAN.sub("", said).replace("and", "").strip():
        return _after(said, words, now, zone)
    absolute = _with_offset(said)
    return _day_and_time(said, words, now, zone) if absolute is None else absolute


def _after(said: str, words: str, now: int, zone: tzinfo) -> int:
    """Minutes and hours pass; days and weeks keep the time on the wall."""
    days, seconds = 0.0, 0.0
    for number, unit in _SPAN.findall(said):
        if unit[0] in "dw":
            days += float(number) * (7 if unit[0] == "w" else 1)
        else:
            seconds += float(number) * _UNITS[unit[0]]
    if days + seconds / 86_400 > 2 * LONGEST.days:
        raise WhenError(f"{_short(words)} is more than a year away.", "Choose a day before that.")
    whole = int(days)
    start = now
    if whole:
        wall = _local(now, zone)
        start = _ms(wall.date() + timedelta(days=whole), wall.time(), zone)
    return start + round((seconds + (days - whole) * 86_400) * 1_000)


def _with_offset(said: str) -> int | None:
    """A date and time that names its own zone."""
    try:
        moment = datetime.fromisoformat(said.upper())
    except ValueError:
        return None
    return None if moment.tzinfo is None else (moment - _EPOCH) // timedelta(milliseconds=1)


def _day_and_time(said: str, words: str, now: int, zone: tzinfo) -> int:
    today = _local(now, zone).date()
    iso = _ISO.fullmatch(said)
    if iso is not None:
        return _ms(_iso(iso[1], words), _time(iso[2] or "", words), zone)
    alone = _clock(said)
    if alone is not None:
        return _next(lambda turn: today + timedelta(days=turn), alone, now, zone)
    day, rest = _day(said, today, words)
    return _next(day, _time(rest, words), now, zone)


def _day(said: str, today: date, words: str) -> tuple[Callable[[int], date], str]:
    """The day that is meant, and the one after it if that has passed; and the words that are left.

    A day that comes only once is the same at every turn.
    """
    first, _, rest = said.partition(" ")
    if first in ("today", "tonight"):
        return (lambda turn: today), rest or ("evening" if first == "tonight" else "")
    if first in ("tomorrow", "tmr", "tmrw"):
        return (lambda turn: today + timedelta(days=1)), rest
    monday = today - timedelta(days=today.weekday())
    if first == "next":
        second, _, rest = rest.partition(" ")
        if second == "week":
            return (lambda turn: monday + timedelta(days=7)), rest
        if second == "month":
            year, month = divmod(today.year * 12 + today.month, 12)
            return (lambda turn: date(year, month + 1, 1)), rest
        later = monday + timedelta(days=7 + _weekday(second, words))
        return (lambda turn: later), rest
    month_day = _month_day(said)
    if month_day is not None:
        month, number, rest = month_day
        return (lambda turn: _date(today.year + turn, month, number, words)), rest
    ahead = (_weekday(first, words) - today.weekday()) % 7
    return (lambda turn: today + timedelta(days=ahead + 7 * turn)), rest


def _next(day: Callable[[int], date], at: time, now: int, zone: tzinfo) -> int:
    """The first such moment that is still to come; the last one tried if there is none."""
    found = now
    for turn in range(3):
        found = _ms(day(turn), at, zone)
        if found > now:
            break
    return found


def _weekday(word: str, words: str) -> int:
    name = word.rstrip(".")
    found = [n for n, day in enumerate(DAYS) if len(name) >= 2 and day.startswith(name)]
    if len(found) != 1:
        raise WhenError(f"{_short(words)} is no day or time.")
    return found[0]


def _month_day(said: str) -> tuple[int, int, str] | None:
    """`1 dec`, `dec 1`, `december 1st`, and the words that follow."""
    found = re.match(r"(\d{1,2})(?:st|nd|rd|th)?\s+([a-z]{3,9})\b\.?(.*)", said)
    name, number = (found[2], found[1]) if found else ("", "")
    if not found:
        found = re.match(r"([a-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?(?![\d:.apm])(.*)", said)
        if not found:
            return None
        name, number = found[1], found[2]
    if name[:3] not in MONTHS:
        return None
    return MONTHS.index(name[:3]) + 1, int(number), found[3].strip()


def _time(said: str, words: str) -> time:
    if not said:
        return MORNING
    found = _clock(f"at {said.removeprefix('at ')}")
    if found is None:
        raise WhenError(f"{_short(words)} has no time of day in {_short(said)}.")
    return found


def _clock(said: str) -> time | None:
    """A time of day: `9am`, `14:30`, `at noon`; a bare number needs am, pm or a colon."""
    text = said.removeprefix("at ").strip()
    if text in _NAMED_TIMES:
        return _NAMED_TIMES[text]
    found = _CLOCK.fullmatch(text)
    if found is None or (found[2] is None and found[3] is None and not said.startswith("at ")):
        return None
    hour, minute = int(found[1]), int(found[2] or 0)
    if found[3]:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if found[3] == "pm" else 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None


def _iso(text: str, words: str) -> date:
    year, month, day = (int(part) for part in text.split("-"))
    return _date(year, month, day, words)


def _date(year: int, month: int, day: int, words: str) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise WhenError(f"There is no such day as {_short(words)}.") from None


def _local(at: int, zone: tzinfo) -> datetime:
    return (_EPOCH + timedelta(milliseconds=at)).astimezone(zone)


def _ms(day: date, at: time, zone: tzinfo) -> int:
    """A time on the wall; one that the clocks skip is as much later as they skip."""
    wall = datetime.combine(day, at.replace(tzinfo=None), tzinfo=zone)
    return (wall.astimezone(UTC) - _EPOCH) // timedelta(milliseconds=1)


def _short(words: str) -> str:
    text = " ".join(words.split())
    return f"“{text if len(text) <= 40 else text[:39] + '…'}”"
