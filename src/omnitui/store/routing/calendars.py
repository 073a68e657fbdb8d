"""Business hours in the store."""

import json
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from omnitui.model.hours import Hours
from omnitui.model.ids import CalendarId
from omnitui.store.engine import Row, Store
from omnitui.store.reading import each, one


@lru_cache(maxsize=256)
def _made(key: int, name: str, zone: str, weekly: str, holidays: str) -> Hours:
    """A calendar from its columns. They are few and are looked at with every promise."""
    return Hours(
        id=CalendarId(key),
        name=name,
        zone=zone,
        weekly={day: tuple(spans) for day, spans in json.loads(weekly).items()},
        holidays=tuple(json.loads(holidays)),
    )


def _hours(row: Row) -> Hours:
    return _made(row["id"], row["name"], row["zone"], row["weekly"], row["holidays"])


def get(store: Store, calendar: int) -> Hours | None:
    """One calendar; `desk.hours.calendar` has it ready to count with."""
    row = store.row("SELECT * FROM calendars WHERE id = ?", (calendar,))
    return one(_hours, row)


def every(store: Store) -> list[Hours]:
    """All calendars by name."""
    return each(_hours, store.rows("SELECT * FROM calendars ORDER BY name LIMIT 1000"))


def by_name(store: Store, name: str) -> CalendarId | None:
    """The key of the calendar of that name, upper and lower case alike."""
    key: CalendarId | None = store.value("SELECT id FROM calendars WHERE name = ?", (name,))
    return key


def values(
    zone: str, weekly: Mapping[str, Sequence[str]], holidays: Sequence[str]
) -> dict[str, Any]:
    """The columns that hold a calendar."""
    return {"zone": zone, "weekly": json.dumps(weekly), "holidays": json.dumps(holidays)}
