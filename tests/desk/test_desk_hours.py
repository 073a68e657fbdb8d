"""Business hours: kept as written, counted with, refused with a sentence."""

import json
from typing import Any

import pytest

from omnitui.desk import hours
from omnitui.model.actor import Actor
from omnitui.rules.calendar import ALWAYS, is_open

OFFICE = {"monday": ["13:00-17:00", "08:00-12:00"], "Tuesday": ["09:00-12:00"]}
HOUR = 3_600_000


def office(floor: Any, **given: Any) -> Any:
    return floor.do(
        "calendar.create", **{"name": "Office", "zone": "Europe/Oslo", "weekly": OFFICE, **given}
    )


def test_a_calendar_is_kept_in_order_and_counted_with(floor: Any) -> None:
    made = office(floor, holidays=["2026-12-25", "2026-05-17"])
    assert (made.name, made.zone) == ("Office", "Europe/Oslo")
    assert made.weekly == {
        "monday": ("08:00-12:00", "13:00-17:00"),
        "tuesday": ("09:00-12:00",),
    }
    assert made.holidays == ("2026-05-17", "2026-12-25")
    assert floor.do("calendar.get", calendar="office") == made
    assert floor.entries(kind="calendar")[0].payload == {"calendar": made.id, "name": "Office"}
    # 10:00 in Oslo is within hours, 12:00 is the lunch break.
    calendar = hours.calendar(floor.desk.store, made.id)
    now = floor.clock.now()
    assert is_open(now, calendar)
    assert not is_open(now + 2 * HOUR, calendar)
    assert hours.calendar(floor.desk.store, None) is ALWAYS


def test_a_calendar_is_changed_in_part_and_counted_with_at_once(floor: Any) -> None:
    made = office(floor)
    assert is_open(floor.clock.now(), hours.calendar(floor.desk.store, made.id))
    changed = floor.do("calendar.update", calendar="Office", holidays=["2026-03-02"])
    assert (changed.weekly, changed.zone) == (made.weekly, made.zone)
    assert not is_open(floor.clock.now(), hours.calendar(floor.desk.store, made.id))
    assert floor.entries(kind="calendar.updated")[0].payload["fields"] == ["holidays"]
    renamed = floor.do("calendar.update", calendar=made.id, name="Desk", zone="UTC")
    assert (renamed.name, renamed.zone) == ("Desk", "UTC")
    assert [c.name for c in floor.do("calendar.list")] == ["Desk"]


def test_hours_can_be_given_as_text(floor: Any) -> None:
    made = office(floor, weekly=json.dumps(OFFICE), holidays="2026-12-25,2026-12-26")
    assert made.holidays == ("2026-12-25", "2026-12-26")


@pytest.mark.parametrize(
    ("given", "code", "words"),
    [
        ({"name": " "}, "calendar.name", "is not a valid name"),
        ({"name": "12"}, "calendar.name", "'12' is not a valid name"),
        ({"name": "nights"}, "calendar.exists", "A calendar nights exists already."),
        ({"zone": "Oslo"}, "calendar.zone", "There is no time zone 'Oslo'."),
        ({"zone": "../etc/passwd"}, "calendar.zone", "There is no time zone"),
        (
            {"weekly": {}},
            "calendar.weekly",
            "A calendar needs hours on at least one day of the week",
        ),
        ({"weekly": {"mon": ["08:00-12:00"]}}, "calendar.weekly", "There is no day 'mon'."),
        ({"weekly": {"monday": ["12:00-08:00"]}}, "calendar.weekly", "ends before it starts"),
        ({"weekly": {"monday": ["08:00-08:00"]}}, "calendar.weekly", "ends before it starts"),
        (
            {"weekly": {"monday": ["08:00-12:00", "11:00-13:00"]}},
            "calendar.weekly",
            "08:00-12:00 and 11:00-13:00 overlap on Monday.",
        ),
        ({"holidays": ["2026-02-30"]}, "calendar.holidays", "'2026-02-30' is not a day."),
    ],
)
def test_bad_hours_are_refused(floor: Any, given: dict[str, Any], code: str, words: str) -> None:
    office(floor, name="Nights")
    values = {"name": "Office", "zone": "Europe/Oslo", "weekly": OFFICE, **given}
    refusal = floor.refused("calendar.create", **values)
    assert refusal.code == code
    assert words in refusal.message
    made = office(floor)
    assert floor.refused("calendar.update", calendar=made.id, **given).code == code


def test_agents_read_hours_and_administrators_write_them(floor: Any, ada: Actor) -> None:
    office(floor)
    assert len(floor.do("calendar.list", ada)) == 1
    refusal = floor.refused("calendar.create", ada, name="x", zone="UTC", weekly=OFFICE)
    assert refusal.code == "permission.denied"
    assert floor.refused("calendar.get", calendar="Nowhere").hint == (
        "`calendar.list` shows the existing ones."
    )
