"""`hours.toml`: business hours, for queues and service levels.

    [[calendar]] name, zone, holidays = [2026-12-25, ...]
    [calendar.weekly] monday = ["08:00-12:00", "13:00-17:00"], ...

Days that are not named, and holidays, have no hours.
"""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from omnitui.datafiles.company import Known
from omnitui.datafiles.decode import Strict, place, read
from omnitui.model.errors import DataError
from omnitui.rules.hours import HoursError, written_hours


class WrittenCalendar(Strict, frozen=True, kw_only=True):
    """Business hours as they were written."""

    name: str
    zone: str
    weekly: dict[str, list[str]]
    holidays: list[date] = []

    @property
    def days_off(self) -> list[str]:
        """The holidays as the desk takes them."""
        return [day.isoformat() for day in self.holidays]


class HoursFile(Strict, frozen=True, kw_only=True):
    """The whole file."""

    calendar: list[WrittenCalendar]


def read_hours(path: Path) -> list[WrittenCalendar]:
    """The calendars in their own order."""
    file, text = read(path, HoursFile)
    for error in _wrong(file, text, path, Known()):
        raise error
    return file.calendar


def problems(path: Path, known: Known) -> Iterator[DataError]:
    """Everything that is wrong in the file; its calendars are known afterwards."""
    try:
        file, text = read(path, HoursFile)
    except DataError as error:
        yield error
        return
    yield from _wrong(file, text, path, known)


def _wrong(file: HoursFile, text: str, path: Path, known: Known) -> Iterator[DataError]:
    for number, row in enumerate(file.calendar):
        for key, problem in _row_problems(row, known):
            yield DataError(path, place(text, f"calendar[{number}].{key}"), problem)
        known.calendars.add(row.name.casefold())


def _row_problems(row: WrittenCalendar, known: Known) -> Iterator[tuple[str, str]]:
    if not row.name.strip() or row.name.isdecimal():
        yield "name", f"{row.name!r} is not a valid name for a calendar"
    if row.name.casefold() in known.calendars:
        yield "name", f"a calendar {row.name} exists already"
    try:
        written_hours(row.zone, row.weekly, row.days_off)
    except HoursError as error:
        said = error.sentence.rstrip(".")
        yield error.key, f"{said[0].lower()}{said[1:]}"
