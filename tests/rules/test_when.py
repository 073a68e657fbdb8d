"""Moments said in words: what people write, and that every one of them is still to come."""

from datetime import UTC, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omnitui.local_zone import LocalZone
from omnitui.rules.when import HINT, SUGGESTED, WhenError, parse, said

OSLO = ZoneInfo("Europe/Oslo")
ZONES = [UTC, OSLO, ZoneInfo("America/New_York"), ZoneInfo("Australia/Lord_Howe"), LocalZone()]
FRIDAY = "2026-11-27 10:00"


def at(wall: str, zone: tzinfo = OSLO) -> int:
    moment = datetime.fromisoformat(wall).replace(tzinfo=zone)
    return round(moment.timestamp() * 1_000)


def meant(words: str, now: int, zone: tzinfo) -> int | WhenError:
    try:
        return parse(words, now, zone)
    except WhenError as error:
        return error


@pytest.mark.parametrize(
    ("words", "wall"),
    [
        ("30m", "2026-11-27 10:30"),
        ("2h", "2026-11-27 12:00"),
        ("in 2 hours", "2026-11-27 12:00"),
        ("1h30m", "2026-11-27 11:30"),
        ("1 hour and 5 min", "2026-11-27 11:05"),
        ("1.5h", "2026-11-27 11:30"),
        ("2d", "2026-11-29 10:00"),
        ("1w", "2026-12-04 10:00"),
        ("14:30", "2026-11-27 14:30"),
        ("9am", "2026-11-28 09:00"),
        ("at 9", "2026-11-28 09:00"),
        ("10:00", "2026-11-28 10:00"),
        ("12pm", "2026-11-27 12:00"),
        ("12am", "2026-11-28 00:00"),
        ("noon", "2026-11-27 12:00"),
        ("today 17:15", "2026-11-27 17:15"),
        ("tonight", "2026-11-27 18:00"),
        ("tomorrow", "2026-11-28 09:00"),
        ("Tomorrow 14:30", "2026-11-28 14:30"),
        ("tomorrow at 2pm", "2026-11-28 14:00"),
        ("fri 9am", "2026-12-04 09:00"),
        ("fri 10am", "2026-12-04 10:00"),
        ("fri 10:01", "2026-11-27 10:01"),
        ("friday", "2026-12-04 09:00"),
        ("on friday, 11", "2026-11-27 11:00"),
        ("sat", "2026-11-28 09:00"),
        ("mon", "2026-11-30 09:00"),
        ("thurs 8.15", "2026-12-03 08:15"),
        ("next week", "2026-11-30 09:00"),
        ("next week 2pm", "2026-11-30 14:00"),
        ("next fri", "2026-12-04 09:00"),
        ("next month", "2026-12-01 09:00"),
        ("2026-12-01 10:00", "2026-12-01 10:00"),
        ("2026-12-01T10:00", "2026-12-01 10:00"),
        ("2026-12-01", "2026-12-01 09:00"),
        ("2026-12-01 9am", "2026-12-01 09:00"),
        ("2026-12-01T10:00Z", "2026-12-01 11:00"),
        ("2026-12-01T10:00+03:00", "2026-12-01 08:00"),
        ("1 dec", "2026-12-01 09:00"),
        ("dec 1st 14:00", "2026-12-01 14:00"),
        ("24 january 8am", "2027-01-24 08:00"),
        ("27 nov", "2027-11-27 09:00"),
    ],
)
def test_what_people_write(words: str, wall: str) -> None:
    assert parse(words, at(FRIDAY), OSLO) == at(wall)


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("", "Say when"),
        ("   ", "Say when"),
        ("whenever", "“whenever” is no day or time."),
        ("m", "is no day or time"),
        ("t 9am", "is no day or time"),
        ("next", "is no day or time"),
        ("fri 25:00", "has no time of day in “25:00”"),
        ("fri 13pm", "has no time of day in “13pm”"),
        ("fri soon", "has no time of day"),
        ("today 9am", "is past already"),
        ("2026-11-01", "is past already"),
        ("2026-11-27T01:00Z", "is past already"),
        ("0m", "is past already"),
        ("2026-02-30", "no such day"),
        ("31 nov", "no such day"),
        ("2030-01-01", "more than a year away"),
        ("999999d", "more than a year away"),
        ("400d", "more than a year away"),
        ("0001-01-01", ""),
        ("9999-12-31 23:59", ""),
        ("x" * 500, "…”"),
    ],
)
def test_what_is_no_moment_to_come_is_said(words: str, sentence: str) -> None:
    with pytest.raises(WhenError) as caught:
        parse(words, at(FRIDAY), OSLO)
    assert sentence in caught.value.sentence
    assert caught.value.hint.endswith(".")
    assert len(caught.value.sentence) < 100


@pytest.mark.parametrize(
    ("words", "now", "wall"),
    [
        # The clocks go forward on 2026-03-29 at 02:00 and back on 2026-10-25 at 03:00.
        ("1d", "2026-03-28 12:00", "2026-03-29 12:00"),
        ("24h", "2026-03-28 12:00", "2026-03-29 13:00"),
        ("tomorrow 2:30", "2026-03-28 12:00", "2026-03-29 03:30"),
        ("sun 2:30", "2026-03-28 12:00", "2026-03-29 03:30"),
        ("1d", "2026-10-24 12:00", "2026-10-25 12:00"),
        ("24h", "2026-10-24 12:00", "2026-10-25 11:00"),
        ("mon 9am", "2026-10-24 12:00", "2026-10-26 09:00"),
    ],
)
def test_the_time_on_the_wall_is_meant_when_the_clocks_change(
    words: str, now: str, wall: str
) -> None:
    assert parse(words, at(now), OSLO) == at(wall)


def test_an_hour_that_comes_twice_is_never_past() -> None:
    first = at("2026-10-25 02:30")
    assert parse("2:30", first - 1, OSLO) == first
    assert parse("2:30", first, OSLO) == at("2026-10-26 02:30")


DAYS = ["", "today", "tomorrow", "mon", "tue", "fri", "sunday", "next week", "next fri", "1 dec"]
TIMES = ["", "9am", "0:00", "23:59", "2:30", "noon", "at 7"]
SPANS = st.builds("{}{}".format, st.integers(1, 300), st.sampled_from(["m", "h", "d", "s"]))
SAID = st.one_of(
    SPANS,
    st.builds(
        lambda day, time: f"{day} {time}".strip(), st.sampled_from(DAYS), st.sampled_from(TIMES)
    ),
    st.sampled_from(SUGGESTED),
)
NOW = st.integers(at("2020-01-01 00:00", UTC), at("2040-01-01 00:00", UTC))


@given(words=SAID, now=NOW, zone=st.sampled_from(ZONES))
def test_it_is_always_later_than_now(words: str, now: int, zone: tzinfo) -> None:
    found = meant(words, now, zone)
    if isinstance(found, WhenError):
        assert not words or words.startswith("today")
        assert found.hint == HINT
    else:
        assert now < found <= now + 367 * 86_400_000


@given(now=NOW, zone=st.sampled_from(ZONES), day=st.sampled_from(["mon", "wed", "fri", "sun"]))
def test_a_day_of_the_week_is_the_next_one(now: int, zone: tzinfo, day: str) -> None:
    found = parse(f"{day} 9am", now, zone)
    wall = datetime.fromtimestamp(found / 1_000, zone)
    assert (f"{wall:%a}".lower(), wall.hour, wall.minute) == (day, 9, 0)
    assert found - now <= timedelta(days=7, hours=1) / timedelta(milliseconds=1)


@given(words=st.text(max_size=30), now=NOW)
def test_any_words_at_all_are_a_moment_to_come_or_none(words: str, now: int) -> None:
    found = meant(words, now, OSLO)
    assert found.sentence.endswith(".") if isinstance(found, WhenError) else found > now


@given(now=NOW, later=st.integers(60_000, 300 * 86_400_000), zone=st.sampled_from(ZONES[:4]))
def test_what_is_said_of_it_means_it_again(now: int, later: int, zone: tzinfo) -> None:
    found = (now + later) // 60_000 * 60_000
    if found > now and not datetime.fromtimestamp(found / 1_000, zone).fold:
        again = parse(_written(said(found, now, zone)), now, zone)
        assert again == found


def _written(text: str) -> str:
    """A day is said with its weekday and year, which is how people read and not how they write."""
    parts = text.split()
    if len(parts) == 2:
        return text
    if len(parts) == 5:
        month = "JanFebMarAprMayJunJulAugSepOctNovDec".index(parts[2]) // 3 + 1
        return f"{parts[3]}-{month}-{parts[1]} {parts[4]}"
    return " ".join(parts[1:])
