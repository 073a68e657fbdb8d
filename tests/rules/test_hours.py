"""Hours as they are written, and why some are none."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omnitui.rules.calendar import Calendar, Span, spans
from omnitui.rules.hours import DAY_NAMES, HoursError, week_texts, written_hours

OFFICE = {"monday": ["08:00-12:00", "13:00-17:00"]}


def test_days_without_a_name_have_no_hours() -> None:
    found = written_hours("Europe/Oslo", OFFICE, ["2026-12-25"])
    week = (spans("08:00-12:00", "13:00-17:00"), *[()] * 6)
    assert found == Calendar("Europe/Oslo", week, frozenset({date(2026, 12, 25)}))
    assert week_texts(found) == OFFICE


@pytest.mark.parametrize(
    ("zone", "weekly", "holidays", "key", "sentence"),
    [
        ("Mars/Olympus", OFFICE, [], "zone", "There is no time zone 'Mars/Olympus'."),
        ("UTC", {"mon": ["08:00-12:00"]}, [], "weekly.mon", "There is no day 'mon'."),
        (
            "UTC",
            {"monday": ["12:00-08:00"]},
            [],
            "weekly.monday",
            "On Monday: 12:00-08:00 ends before it starts.",
        ),
        (
            "UTC",
            {"friday": ["08:00-12:00", "11:00-17:00"]},
            [],
            "weekly.friday",
            "08:00-12:00 and 11:00-17:00 overlap on Friday.",
        ),
        (
            "UTC",
            {"sunday": ["8-12"]},
            [],
            "weekly.sunday",
            "On Sunday: '8-12' is not a span of hours such as 08:00-16:00.",
        ),
        (
            "UTC",
            {"monday": ["20:00-25:00"]},
            [],
            "weekly.monday",
            "On Monday: 20:00-25:00 is not within one day, 00:00 to 24:00.",
        ),
        ("UTC", {}, [], "weekly", "A calendar needs hours on at least one day of the week."),
        (
            "UTC",
            {"monday": []},
            [],
            "weekly",
            "A calendar needs hours on at least one day of the week",
        ),
        (
            "UTC",
            {"monday": ["08:00-09:00"], "Monday": ["10:00-11:00"]},
            [],
            "weekly.Monday",
            "'Monday' is given twice.",
        ),
        ("UTC", OFFICE, ["2026-12-25", "25/12"], "holidays[1]", "'25/12' is not a day."),
    ],
)
def test_what_is_wrong_is_said_with_its_place(
    zone: str, weekly: dict[str, list[str]], holidays: list[str], key: str, sentence: str
) -> None:
    with pytest.raises(HoursError) as caught:
        written_hours(zone, weekly, holidays)
    assert caught.value.key == key
    assert caught.value.sentence.startswith(sentence)


@st.composite
def weeks(draw: st.DrawFn) -> tuple[tuple[Span, ...], ...]:
    def day() -> tuple[Span, ...]:
        cuts = sorted(draw(st.sets(st.integers(0, 1440), max_size=6)))
        return tuple(Span(a, b) for a, b in zip(cuts[::2], cuts[1::2], strict=False))

    return tuple(day() for _ in DAY_NAMES)


@given(weeks())
def test_what_is_written_is_read_again(week: tuple[tuple[Span, ...], ...]) -> None:
    if any(week):
        calendar = Calendar("Europe/Oslo", week)
        assert written_hours("Europe/Oslo", week_texts(calendar)) == calendar
