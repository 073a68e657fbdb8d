"""Business hours: calendars that queues and service levels count with."""

from collections.abc import Mapping, Sequence
from functools import lru_cache

from omnitui.desk.call import Call
from omnitui.desk.convert import Name
from omnitui.desk.named import own_name
from omnitui.desk.registry import command, query
from omnitui.desk.retired import those
from omnitui.model.actor import Permission
from omnitui.model.errors import Refused
from omnitui.model.hours import Hours
from omnitui.model.ids import CalendarId
from omnitui.rules.calendar import ALWAYS, Calendar
from omnitui.rules.hours import HoursError, week_texts, written_hours
from omnitui.safetext import clean_line
from omnitui.store.engine import Store
from omnitui.store.routing import calendars


def calendar(store: Store, key: int | None) -> Calendar:
    """A calendar to count with; None is every hour of every day."""
    found = None if key is None else calendars.get(store, key)
    if found is None:
        return ALWAYS
    weekly = tuple((day, spans) for day, spans in found.weekly.items())
    try:
        return _calendar(found.zone, weekly, found.holidays)
    except HoursError:
        # Damage has made no hours of them; the doctor counts that.
        return ALWAYS


@lru_cache(maxsize=256)
def _calendar(
    zone: str, weekly: tuple[tuple[str, tuple[str, ...]], ...], holidays: tuple[str, ...]
) -> Calendar:
    # Made once for each content, whoever has written it into the store.
    return written_hours(zone, dict(weekly), holidays)


@command("calendar.create", Permission.ADMINISTER)
def create(
    call: Call,
    name: Name,
    zone: str,
    weekly: dict[str, list[str]],
    holidays: list[str] | None = None,
) -> Hours:
    """Add business hours: spans such as `08:00-12:00` by the day's name, in an IANA time zone.

    Days that are not listed, and `holidays` (days such as 2026-12-25), have no hours.
    """
    title = _free_name(call, name)
    key = call.store.insert("calendars", {"name": title, **_written(zone, weekly, holidays or ())})
    call.journal("calendar.created", calendar=key, name=title)
    return _get(call, key)


def put(
    call: Call,
    name: str,
    zone: str,
    weekly: Mapping[str, Sequence[str]],
    holidays: Sequence[str],
) -> None:
    """Add a calendar from a data file, or update the one of the same name."""
    row = _written(zone, weekly, holidays)
    known = calendars.by_name(call.store, clean_line(name).strip())
    if known is None:
        call.store.insert("calendars", {"name": _free_name(call, name), **row})
    else:
        call.store.update("calendars", known, row)


@command("calendar.update", Permission.ADMINISTER)
def update(
    call: Call,
    calendar: CalendarId,
    name: Name | None = None,
    zone: str | None = None,
    weekly: dict[str, list[str]] | None = None,
    holidays: list[str] | None = None,
) -> Hours:
    """Change business hours. Existing due times stay the same."""
    before = _get(call, calendar)
    row: dict[str, object] = dict(
        _written(
            before.zone if zone is None else zone,
            before.weekly if weekly is None else weekly,
            before.holidays if holidays is None else holidays,
        )
    )
    if name is not None:
        row["name"] = _free_name(call, name, but=calendar)
    call.store.update("calendars", calendar, row)
    given = {"name": name, "zone": zone, "weekly": weekly, "holidays": holidays}
    fields = sorted(field for field, value in given.items() if value is not None)
    call.journal("calendar.updated", calendar=calendar, fields=fields)
    return _get(call, calendar)


@query("calendar.list")
def list_(call: Call, retired: bool = False) -> list[Hours]:
    """All business hours by name; with `retired` the retired ones instead."""
    return those(call, "calendar", calendars.every(call.store), gone=retired)


@query("calendar.get")
def get(call: Call, calendar: CalendarId) -> Hours:
    """One calendar."""
    return _get(call, calendar)


def _get(call: Call, key: int) -> Hours:
    found = calendars.get(call.store, key)
    assert found is not None
    return found


def _free_name(call: Call, name: str, but: int | None = None) -> str:
    known = {one.name: one.id for one in calendars.every(call.store)}
    return own_name(call, "calendar", "a calendar", name, known, but=but)


def _written(
    zone: str, weekly: Mapping[str, Sequence[str]], holidays: Sequence[str]
) -> dict[str, object]:
    """The columns of a calendar; refused with what is wrong."""
    try:
        found = written_hours(zone.strip(), weekly, holidays)
    except HoursError as error:
        field = error.key.partition(".")[0].partition("[")[0]
        raise Refused(f"calendar.{field}", error.sentence, error.hint) from None
    days = sorted(day.isoformat() for day in found.holidays)
    return calendars.values(found.zone, week_texts(found), days)
