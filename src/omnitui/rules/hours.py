"""Business hours as administrators write them: days by name, spans as text, holidays as dates."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from omnitui.rules.calendar import ALWAYS, DAYS, Calendar, Span, spans

DAY_NAMES = tuple(day.lower() for day in DAYS)
"""The days as they are written, Monday first."""


class HoursError(ValueError):
    """Why written hours are not valid; `key` is the place, such as `weekly.monday`."""

    def __init__(self, key: str, sentence: str, hint: str = "") -> None:
        super().__init__(sentence)
        self.key, self.sentence, self.hint = key, sentence, hint


def written_hours(
    zone: str, weekly: Mapping[str, Sequence[str]], holidays: Iterable[str] = ()
) -> Calendar:
    """The calendar of written hours; raises `HoursError`. Other days have no hours."""
    try:
        Calendar(zone, ALWAYS.week)
    except ValueError as error:
        hint = "Use a name such as Europe/Oslo, or UTC."
        raise HoursError("zone", str(error), hint) from None
    week: dict[str, tuple[Span, ...]] = {}
    for written, texts in weekly.items():
        key, name = f"weekly.{written}", written.strip().lower()
        if name not in DAY_NAMES:
            hint = f"Days are {', '.join(DAY_NAMES)}."
            raise HoursError(key, f"There is no day {written!r}.", hint)
        if name in week:
            raise HoursError(key, f"{written!r} is given twice.", "Put its spans into one list.")
        week[name] = _day(zone, key, name, texts)
    if not any(week.values()):
        raise HoursError("weekly", "A calendar needs hours on at least one day of the week.")
    days = tuple(week.get(name, ()) for name in DAY_NAMES)
    return Calendar(zone, days, frozenset(_holidays(holidays)))


def _day(zone: str, key: str, name: str, texts: Sequence[str]) -> tuple[Span, ...]:
    day = DAY_NAMES.index(name)
    hint = "Write spans such as 08:00-12:00, earlier ones first."
    try:
        found = spans(*texts)
        if found:
            Calendar(zone, (*[()] * day, found, *[()] * (6 - day)))
    except ValueError as error:
        said = str(error)
        if name.capitalize() not in said:
            said = f"On {name.capitalize()}: {said}"
        raise HoursError(key, said, hint) from None
    return tuple(sorted(found))


def _holidays(texts: Iterable[str]) -> Iterable[date]:
    for number, text in enumerate(texts):
        try:
            yield date.fromisoformat(text)
        except ValueError:
            raise HoursError(
                f"holidays[{number}]", f"{text!r} is not a day.", "Write days as 2026-12-25."
            ) from None


def week_texts(calendar: Calendar) -> dict[str, list[str]]:
    """The spans of a calendar as text, each day's in their order."""
    return {
        name: [str(span) for span in day]
        for name, day in zip(DAY_NAMES, calendar.week, strict=True)
        if day
    }
