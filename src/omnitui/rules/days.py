"""A day in words: `tomorrow`, `next monday`, `monday next week`, `24.12.2026`, `dec 1`, `the 5th`.

A day is returned as a `Turn`: the day that is meant, and the later ones if that has passed.
"""

import calendar
import re
from collections.abc import Callable
from datetime import date, timedelta

from omnitui.patterns import late

Turn = Callable[[int], date]
"""The day in each round, 0 for the first; the other days are the same in every round."""

HINT = "Write for example 30m, 2h, tomorrow 9am, fri 9am, next week or 2026-12-01 10:00."
DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")

_TOMORROW = ("tomorrow", "tmr", "tmrw", "tomorow", "tommorow", "tommorrow")
_ORDINAL = late(r"(\d{1,2})(?:st|nd|rd|th)?")
_YEAR = late(r"(?:20)?\d{2}")
_ISO = late(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")
_DOTTED = late(r"(\d{1,2})\.(\d{1,2})(?:\.(20\d{2}|\d{2})?)?")
_SLASHED = late(r"(\d{1,2})([/-])(\d{1,2})(?:\2(20\d{2}|\d{2}))?")


class WhenError(ValueError):
    """Why words are not a valid time: a sentence, and what to write instead."""

    def __init__(self, sentence: str, hint: str = HINT) -> None:
        super().__init__(sentence)
        self.sentence, self.hint = sentence, hint


def short(words: str) -> str:
    """Words in the form in which a sentence quotes them."""
    text = " ".join(words.split())
    return f"“{text if len(text) <= 40 else text[:39] + '…'}”"


def is_month(word: str) -> bool:
    """Whether a word names a month, in whole or by its first letters."""
    name = word.rstrip(".")
    return len(name) >= 3 and any(
        month.lower().startswith(name) or name == "sept" for month in calendar.month_name[1:]
    )


def day_of(tokens: list[str], today: date, words: str) -> Turn:
    """The day that `tokens` name, seen from `today`; `words` are what was typed, for sentences."""
    if tokens == [] or tokens == ["today"]:
        return (lambda turn: today + timedelta(days=turn)) if not tokens else lambda turn: today
    if len(tokens) == 1 and tokens[0] in _TOMORROW:
        return lambda turn: today + timedelta(days=1)
    if tokens == ["overmorrow"]:
        return lambda turn: today + timedelta(days=2)
    return (
        _end_of(tokens, today)
        or _numbers(tokens, today, words)
        or _named_date(tokens, today, words)
        or _week(tokens, today, words)
    )


def _end_of(tokens: list[str], today: date) -> Turn | None:
    monday = today - timedelta(days=today.weekday())
    if tokens == ["eow"]:
        return lambda turn: monday + timedelta(days=4 + 7 * turn)
    if tokens == ["next", "eow"]:
        return lambda turn: monday + timedelta(days=11)
    if tokens == ["weekend"]:
        return lambda turn: monday + timedelta(days=5 + 7 * turn)
    match tokens:
        case ["eom"]:
            return lambda turn: _month(today, 1 + turn) - timedelta(days=1)
        case ["next", "eom"]:
            return lambda turn: _month(today, 2) - timedelta(days=1)
        case [month, "eom"] if is_month(month):
            ahead = (MONTHS.index(month[:3]) + 1 - today.month) % 12
            return lambda turn: _month(today, ahead + 1 + 12 * turn) - timedelta(days=1)
    return None


def _month(today: date, ahead: int) -> date:
    """The first day of the month so many months ahead."""
    year, month = divmod(today.year * 12 + today.month - 1 + ahead, 12)
    return date(year, month + 1, 1)


def months_after(day: date, months: int) -> date:
    """The same day some months later, or the last of a shorter month."""
    first = _month(day, months)
    return first.replace(day=min(day.day, calendar.monthrange(first.year, first.month)[1]))


def _numbers(tokens: list[str], today: date, words: str) -> Turn | None:
    """`2026-12-24`, `24.12.2026`, `24.12.`, `24/12`, the weekday before it looked at."""
    weekday, rest = _leading_weekday(tokens)
    if len(rest) != 1:
        return None
    if iso := _ISO.fullmatch(rest[0]):
        day = _date(int(iso[1]), int(iso[2]), int(iso[3]), words)
        return _checked(lambda turn: day, weekday, words)
    if dotted := _DOTTED.fullmatch(rest[0]):
        return _dated(int(dotted[1]), int(dotted[2]), dotted[3], today, weekday, words)
    if slashed := _SLASHED.fullmatch(rest[0]):
        first, second = int(slashed[1]), int(slashed[3])
        if first <= 12 and second <= 12 and first != second:
            raise WhenError(
                f"{short(words)} may be {first} {_title(second)} or {second} {_title(first)}.",
                f"Write {first} {MONTHS[second - 1]} or {second} {MONTHS[first - 1]}.",
            )
        if second > 12:
            first, second = second, first
        return _dated(first, second, slashed[4], today, weekday, words)
    return None


def _title(month: int) -> str:
    return MONTHS[month - 1].capitalize()


def _named_date(tokens: list[str], today: date, words: str) -> Turn | None:
    """`1 dec`, `dec 1`, `december 1st 2026`, `the 5th`, the weekday before it looked at."""
    weekday, rest = _leading_weekday(tokens)
    if len(rest) == 1 and _is_day_of_month(rest[0], weekday):
        number = int(_ORDINAL.match(rest[0])[1])  # type: ignore[index]
        return _checked(lambda turn: _day_in(today, number, turn, words), weekday, words)
    if not 2 <= len(rest) <= 3 or not (is_month(rest[0]) or is_month(rest[1])):
        return None
    month, number_word = (rest[0], rest[1]) if is_month(rest[0]) else (rest[1], rest[0])
    number_found = _ORDINAL.fullmatch(number_word.rstrip("."))
    year = rest[2] if len(rest) == 3 else None
    if number_found is None or (year is not None and not _YEAR.fullmatch(year)):
        return None
    position = MONTHS.index(month[:3]) + 1
    return _dated(int(number_found[1]), position, year, today, weekday, words)


def _is_day_of_month(word: str, weekday: int | None) -> bool:
    """`5th`, and after a weekday a number that is no hour: `mon 30`."""
    if weekday is not None and word.isdecimal():
        return 24 <= int(word) <= 31
    return re.fullmatch(r"\d{1,2}(?:st|nd|rd|th)", word) is not None


def _day_in(today: date, number: int, turn: int, words: str) -> date:
    """The next day of a month with this number; months that are too short are passed over."""
    found = [
        first.replace(day=number)
        for first in (_month(today, ahead) for ahead in range(16))
        if 1 <= number <= calendar.monthrange(first.year, first.month)[1]
        and first.replace(day=number) >= today
    ]
    if not found:
        raise WhenError(f"There is no day {short(words)}.")
    return found[turn]


def _dated(
    number: int, month: int, year: str | None, today: date, weekday: int | None, words: str
) -> Turn:
    if year is not None:
        day = _date(int(year) % 100 + 2_000, month, number, words)
        return _checked(lambda turn: day, weekday, words)
    return _checked(lambda turn: _year_of(today, turn, month, number, words), weekday, words)


def _year_of(today: date, turn: int, month: int, number: int, words: str) -> date:
    if (month, number) == (2, 29):
        leap = (y for y in range(today.year, today.year + 9) if calendar.isleap(y))
        return _date(list(leap)[min(turn, 1)], month, number, words)
    return _date(today.year + turn, month, number, words)


def _checked(day: Turn, weekday: int | None, words: str) -> Turn:
    """A day that is to be on a weekday: it says so where none of the next ones is."""
    if weekday is None:
        return day
    first = day(0)
    for turn in range(2):
        meant = day(turn)
        if meant.weekday() == weekday:
            return lambda turn: meant
    name = DAYS[first.weekday()].capitalize()
    raise WhenError(
        f"{short(words)} does not fit: {first.day} {_title(first.month)} is a {name}.",
        "Write either the date or the day of the week.",
    )


def _leading_weekday(tokens: list[str]) -> tuple[int | None, list[str]]:
    if len(tokens) >= 2:
        number = _weekday_or_none(tokens[0])
        if number is not None:
            return number, tokens[1:]
    return None, tokens


def _week(tokens: list[str], today: date, words: str) -> Turn:
    """`friday`, `next friday`, `friday next week`, `next week`, `next month`, `friday week`."""
    monday = today - timedelta(days=today.weekday())
    match tokens:
        case ["next", "week"]:
            return lambda turn: monday + timedelta(days=7)
        case ["nextnext", "week"]:
            return lambda turn: monday + timedelta(days=14)
        case ["next", "month"]:
            return lambda turn: _month(today, 1)
        case ["next", "month", number] | [number, "next", "month"] if _ORDINAL.fullmatch(number):
            first = _month(today, 1)
            found = _date(first.year, first.month, int(number.rstrip("stndrh")), words)
            return lambda turn: found
        case [weeks, day] if weeks.startswith("weeks+"):
            ahead = (_weekday(day, words) - today.weekday() - 1) % 7 + 1 + 7 * int(weeks[6:])
            return lambda turn: today + timedelta(days=ahead)
        case ["next", "weekend"]:
            return lambda turn: monday + timedelta(days=12)
        case ["next", "week", day] | ["next", day] | [day, "next", "week"]:
            later = monday + timedelta(days=7 + _weekday(day, words))
            return lambda turn: later
        case [day, "week"] | ["week", day]:
            ahead = (_weekday(day, words) - today.weekday() - 1) % 7 + 8
            return lambda turn: today + timedelta(days=ahead)
        case ["coming", day] | [day]:
            ahead = (_weekday(day, words) - today.weekday()) % 7
            return lambda turn: today + timedelta(days=ahead + 7 * turn)
    raise WhenError(f"{short(words)} is not a day or time.")


def _weekday_or_none(word: str) -> int | None:
    name = word.rstrip(".")
    name = name[:-1] if name in {f"{day}s" for day in DAYS} else name
    found = [n for n, day in enumerate(DAYS) if len(name) >= 2 and day.startswith(name)]
    return found[0] if len(found) == 1 else None


def _weekday(word: str, words: str) -> int:
    found = _weekday_or_none(word)
    if found is None:
        raise WhenError(f"{short(words)} is not a day or time.")
    return found


def _date(year: int, month: int, day: int, words: str) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise WhenError(f"There is no day {short(words)}.") from None
