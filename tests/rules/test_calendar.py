from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from omnitui.rules.calendar import (
    ALWAYS,
    Calendar,
    Span,
    add_business,
    business_between,
    is_open,
    opens_next,
    shifted,
    spans,
)

MINUTE = 60_000
HOUR = 60 * MINUTE
DAY = 24 * HOUR

WEEKDAY, SATURDAY = spans("08:00-20:00"), spans("10:00-16:00")
SHOP = Calendar(
    "Europe/Oslo",
    (*[WEEKDAY] * 5, SATURDAY, ()),
    frozenset({date(2026, 5, 1), date(2026, 12, 25), date(2026, 12, 26)}),
)
LUNCH = Calendar("Europe/Oslo", (*[spans("08:00-12:00", "13:00-16:00")] * 5, (), ()))
ROUND_THE_CLOCK = Calendar("Europe/Oslo", (spans("00:00-24:00"),) * 7)
NIGHT = Calendar("Europe/Oslo", (spans("01:00-04:00"),) * 7)


def at(text: str, zone: str = "Europe/Oslo", fold: int = 0) -> int:
    wall = datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone), fold=fold)
    return round(wall.timestamp() * 1000)


@pytest.mark.parametrize(
    ("calendar", "start", "hours", "ends"),
    [
        (SHOP, "2026-03-02 09:00", 1, "2026-03-02 10:00"),
        (SHOP, "2026-03-02 19:30", 1, "2026-03-03 08:30"),
        (SHOP, "2026-03-02 05:00", 1, "2026-03-02 09:00"),
        (SHOP, "2026-03-02 08:00", 12, "2026-03-02 20:00"),
        (SHOP, "2026-03-02 20:00", 1, "2026-03-03 09:00"),
        (SHOP, "2026-03-06 19:00", 2, "2026-03-07 11:00"),
        (SHOP, "2026-03-07 15:00", 2, "2026-03-09 09:00"),
        (SHOP, "2026-03-08 12:00", 1, "2026-03-09 09:00"),
        (SHOP, "2026-04-30 19:00", 2, "2026-05-02 11:00"),
        (SHOP, "2026-12-24 19:00", 2, "2026-12-28 09:00"),
        (SHOP, "2026-03-02 08:00", 66, "2026-03-07 16:00"),
        (LUNCH, "2026-03-02 11:30", 1, "2026-03-02 13:30"),
        (LUNCH, "2026-03-02 12:00", 1, "2026-03-02 14:00"),
        (LUNCH, "2026-03-02 12:30", 3, "2026-03-02 16:00"),
        (LUNCH, "2026-03-02 08:00", 4, "2026-03-02 12:00"),
        (LUNCH, "2026-03-06 15:00", 8, "2026-03-09 16:00"),
        (ROUND_THE_CLOCK, "2026-03-02 23:00", 25, "2026-03-04 00:00"),
    ],
)
def test_time_is_added_within_hours(calendar: Calendar, start: str, hours: int, ends: str) -> None:
    assert add_business(at(start), hours * HOUR, calendar) == at(ends)


@pytest.mark.parametrize(
    ("calendar", "a", "b", "hours"),
    [
        (SHOP, "2026-03-02 09:00", "2026-03-02 10:00", 1),
        (SHOP, "2026-03-02 20:00", "2026-03-03 08:00", 0),
        (SHOP, "2026-03-02 19:00", "2026-03-03 09:00", 2),
        (SHOP, "2026-03-02 00:00", "2026-03-09 00:00", 66),
        (SHOP, "2026-03-07 16:00", "2026-03-09 08:00", 0),
        (SHOP, "2026-05-01 00:00", "2026-05-02 00:00", 0),
        (LUNCH, "2026-03-02 11:00", "2026-03-02 14:00", 2),
        (LUNCH, "2026-03-02 12:00", "2026-03-02 13:00", 0),
        (ROUND_THE_CLOCK, "2026-03-02 00:00", "2026-03-04 00:00", 48),
    ],
)
def test_time_within_hours_is_counted(calendar: Calendar, a: str, b: str, hours: int) -> None:
    assert business_between(at(a), at(b), calendar) == hours * HOUR


@pytest.mark.parametrize(
    ("calendar", "start", "hours", "ends"),
    [
        pytest.param(
            ROUND_THE_CLOCK, "2026-03-28 12:00", 24, "2026-03-29 13:00", id="forwards, day"
        ),
        pytest.param(ROUND_THE_CLOCK, "2026-10-24 12:00", 24, "2026-10-25 11:00", id="back, day"),
        pytest.param(NIGHT, "2026-03-29 00:00", 2, "2026-03-29 04:00", id="forwards, short night"),
        pytest.param(NIGHT, "2026-03-29 00:00", 3, "2026-03-30 02:00", id="forwards, next night"),
        pytest.param(NIGHT, "2026-10-25 00:00", 4, "2026-10-25 04:00", id="back, long night"),
        pytest.param(SHOP, "2026-03-28 15:00", 2, "2026-03-30 09:00", id="forwards, over a Sunday"),
        pytest.param(SHOP, "2026-10-24 15:00", 2, "2026-10-26 09:00", id="back, over a Sunday"),
    ],
)
def test_time_that_really_passes_counts_where_clocks_change(
    calendar: Calendar, start: str, hours: int, ends: str
) -> None:
    assert add_business(at(start), hours * HOUR, calendar) == at(ends)


def nightly(*texts: str) -> Calendar:
    return Calendar("Europe/Oslo", (spans(*texts),) * 7)


@pytest.mark.parametrize(
    ("hours", "day", "minutes"),
    [
        (("02:00-03:00",), "2026-03-29", 0),
        (("02:15-02:45",), "2026-03-29", 0),
        (("01:30-02:30",), "2026-03-29", 30),
        (("02:30-03:30",), "2026-03-29", 30),
        (("02:00-03:00",), "2026-10-25", 120),
        (("01:30-02:30",), "2026-10-25", 120),
        (("02:30-03:30",), "2026-10-25", 120),
        (("01:00-02:30", "02:30-04:00"), "2026-10-25", 240),
        (("01:00-02:30", "02:30-04:00"), "2026-03-29", 120),
        (("00:00-24:00",), "2026-03-29", 23 * 60),
        (("00:00-24:00",), "2026-10-25", 25 * 60),
    ],
)
def test_hours_that_touch_the_change_lose_or_gain_what_the_clock_does(
    hours: tuple[str, ...], day: str, minutes: int
) -> None:
    start = at(f"{day} 00:00")
    until = at(f"{day} 23:59") + MINUTE
    assert business_between(start, until, nightly(*hours)) == minutes * MINUTE


@pytest.mark.parametrize(
    ("zone", "day", "hours"),
    [
        pytest.param("America/Sao_Paulo", "2018-11-04", 23, id="no midnight"),
        pytest.param("America/Sao_Paulo", "2018-02-17", 25, id="an hour twice before midnight"),
        pytest.param("Australia/Lord_Howe", "2026-04-05", 24.5, id="half an hour twice"),
        pytest.param("Pacific/Apia", "2011-12-30", 0, id="no day at all"),
    ],
)
def test_strange_days_are_as_long_as_they_are(zone: str, day: str, hours: float) -> None:
    every = date.fromisoformat(day)
    only = replace(
        Calendar(zone, (spans("00:00-24:00"),) * 7),
        holidays=frozenset(
            date.fromordinal(every.toordinal() + n) for n in range(-9, 10) if n != 0
        ),
    )
    noon = at(f"{day} 12:00", "UTC")
    assert business_between(noon - 3 * DAY, noon + 3 * DAY, only) == hours * HOUR


@pytest.mark.parametrize(
    ("moment", "opened", "next_opening"),
    [
        ("2026-03-02 07:59", False, "2026-03-02 08:00"),
        ("2026-03-02 08:00", True, "2026-03-02 08:00"),
        ("2026-03-02 19:59", True, "2026-03-02 19:59"),
        ("2026-03-02 20:00", False, "2026-03-03 08:00"),
        ("2026-03-07 16:00", False, "2026-03-09 08:00"),
        ("2026-05-01 12:00", False, "2026-05-02 10:00"),
    ],
)
def test_opening_belongs_to_the_hours_and_closing_does_not(
    moment: str, opened: bool, next_opening: str
) -> None:
    assert is_open(at(moment), SHOP) is opened
    assert opens_next(at(moment), SHOP) == at(next_opening)


def test_without_hours_every_moment_counts() -> None:
    assert add_business(at("2026-03-07 22:00"), 30 * HOUR, ALWAYS) == at("2026-03-09 04:00")
    assert business_between(5, 10 * DAY, ALWAYS) == 10 * DAY - 5


@pytest.mark.parametrize(
    ("deadline", "paused", "resumed", "moved"),
    [
        ("2026-03-02 12:00", "2026-03-02 10:00", "2026-03-02 11:00", "2026-03-02 13:00"),
        ("2026-03-02 12:00", "2026-03-02 10:00", "2026-03-03 09:00", "2026-03-03 11:00"),
        ("2026-03-02 12:00", "2026-03-02 20:00", "2026-03-03 09:00", "2026-03-02 12:00"),
        ("2026-03-03 12:00", "2026-03-02 20:00", "2026-03-03 08:00", "2026-03-03 12:00"),
        ("2026-03-02 20:00", "2026-03-02 10:00", "2026-03-02 11:00", "2026-03-03 09:00"),
        ("2026-03-02 12:00", "2026-03-02 12:00", "2026-03-02 13:00", "2026-03-02 12:00"),
    ],
)
def test_a_pause_moves_a_deadline_by_its_business_time(
    deadline: str, paused: str, resumed: str, moved: str
) -> None:
    assert shifted(at(deadline), at(paused), at(resumed), SHOP) == at(moved)


@pytest.mark.parametrize("duration", [0, -1, -HOUR])
def test_durations_of_nothing_are_refused(duration: int) -> None:
    with pytest.raises(ValueError, match=r"above 0 ms, this one is -?\d+\.$"):
        add_business(at("2026-03-02 09:00"), duration, SHOP)


def test_counting_backwards_is_refused() -> None:
    with pytest.raises(ValueError, match="7 comes before 8"):
        business_between(8, 7, SHOP)


def test_what_no_calendar_reaches_is_refused() -> None:
    with pytest.raises(ValueError, match="hundred years"):
        add_business(0, 40_000 * DAY, ALWAYS)
    with pytest.raises(ValueError, match="is outside what a calendar can count from"):
        add_business(10**18, HOUR, ALWAYS)


@pytest.mark.parametrize(
    ("texts", "sentence"),
    [
        (("16:00-08:00",), "16:00-08:00 ends before it starts."),
        (("08:00-08:00",), "08:00-08:00 ends before it starts."),
        (("08:00-24:01",), "08:00-24:01 is not within one day, 00:00 to 24:00."),
        (("08:00",), "'08:00' is not a span of hours such as 08:00-16:00."),
        (("08:60-09:00",), "'08:60-09:00' is not a span of hours such as 08:00-16:00."),
        (("eight",), "'eight' is not a span of hours such as 08:00-16:00."),
    ],
)
def test_hours_that_are_none_are_refused_in_a_sentence(
    texts: tuple[str, ...], sentence: str
) -> None:
    with pytest.raises(ValueError) as refused:
        spans(*texts)
    assert str(refused.value) == sentence


@pytest.mark.parametrize(
    ("zone", "week", "sentence"),
    [
        (
            "Europe/Oslo",
            ((), spans("13:00-16:00", "08:00-13:30"), (), (), (), (), ()),
            "08:00-13:30 and 13:00-16:00 overlap on Tuesday.",
        ),
        (
            "Europe/Oslo",
            (spans("08:00-16:00", "09:00-10:00"), (), (), (), (), (), ()),
            "08:00-16:00 and 09:00-10:00 overlap on Monday.",
        ),
        ("Europe/Oslo", ((),) * 7, "A calendar needs hours on at least one day of the week."),
        ("Europe/Oslo", (WEEKDAY,) * 5, "A week has 7 days, this one has 5."),
        ("Europe/Halden", (WEEKDAY,) * 7, "There is no time zone 'Europe/Halden'."),
        ("", (WEEKDAY,) * 7, "There is no time zone ''."),
        ("../etc", (WEEKDAY,) * 7, "There is no time zone '../etc'."),
    ],
)
def test_calendars_that_are_none_are_refused_in_a_sentence(
    zone: str, week: tuple[tuple[Span, ...], ...], sentence: str
) -> None:
    with pytest.raises(ValueError) as refused:
        Calendar(zone, week)
    assert str(refused.value) == sentence


def test_hours_are_sorted_and_may_touch() -> None:
    calendar = Calendar("UTC", (spans("12:00-16:00", "08:00-12:00"),) * 7)
    assert [str(span) for span in calendar.week[0]] == ["08:00-12:00", "12:00-16:00"]
    assert calendar == Calendar("UTC", (spans("08:00-12:00", "12:00-16:00"),) * 7)


def paired(edges: list[int]) -> tuple[Span, ...]:
    ordered = sorted(edges)
    return tuple(Span(a, b) for a, b in zip(ordered[::2], ordered[1::2], strict=False))


def weeks(weekdays: tuple[Span, ...], weekend: tuple[Span, ...], works: int) -> Calendar | None:
    days = [weekdays] * 5 + [weekend] * 2
    week = tuple(day if works >> n & 1 else () for n, day in enumerate(days))
    return Calendar("Europe/Oslo", week) if any(week) else None


days = st.lists(st.integers(0, 24 * 60), min_size=2, max_size=6, unique=True).map(paired)
holidays = st.frozensets(st.dates(date(2026, 3, 26), date(2026, 4, 2)), max_size=3)
zones = st.sampled_from(["UTC", "Europe/Oslo", "America/St_Johns", "Australia/Lord_Howe"])
calendars = st.builds(
    lambda week, zone, closed: replace(week, zone=zone, holidays=closed),
    st.builds(weeks, days, days, st.integers(1, 127)).filter(bool),
    zones,
    holidays,
)
moments = st.one_of(
    st.integers(at("2026-03-25 00:00"), at("2026-04-08 00:00")),
    st.integers(at("2026-10-20 00:00"), at("2026-11-01 00:00")),
)
durations = st.integers(1, 30 * HOUR)


@given(calendars, moments, durations)
def test_what_was_added_is_what_lies_between(calendar: Calendar, start: int, ms: int) -> None:
    end = add_business(start, ms, calendar)
    assert business_between(start, end, calendar) == ms
    assert business_between(start, end - 1, calendar) == ms - 1


@given(calendars, moments, durations, durations)
def test_adding_twice_is_adding_the_sum(calendar: Calendar, start: int, a: int, b: int) -> None:
    once = add_business(add_business(start, a, calendar), b, calendar)
    assert once == add_business(start, a + b, calendar)


@given(calendars, st.lists(moments, min_size=3, max_size=3).map(sorted))
def test_parts_make_the_whole(calendar: Calendar, points: list[int]) -> None:
    a, b, c = points
    parts = business_between(a, b, calendar) + business_between(b, c, calendar)
    assert parts == business_between(a, c, calendar) <= c - a


@given(calendars, moments, durations, durations, durations)
def test_a_pause_leaves_what_was_left(
    calendar: Calendar, start: int, ms: int, until_pause: int, pause: int
) -> None:
    deadline, paused = add_business(start, ms, calendar), start + until_pause
    moved = shifted(deadline, paused, paused + pause, calendar)
    if paused < deadline:
        left = business_between(paused, deadline, calendar)
        assert business_between(paused + pause, max(moved, paused + pause), calendar) == left
    else:
        assert moved == deadline


@given(calendars, moments)
def test_the_next_opening_is_open_and_nothing_counts_before_it(
    calendar: Calendar, moment: int
) -> None:
    opening = opens_next(moment, calendar)
    assert is_open(opening, calendar)
    assert business_between(moment, opening, calendar) == 0
