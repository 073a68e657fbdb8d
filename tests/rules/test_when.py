"""Moments said in words: what people write, and that every one of them is still to come."""

from datetime import UTC, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from listing import each
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


@each(
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
        # Spans as people speak of them.
        ("in an hour", "2026-11-27 11:00"),
        ("an hour", "2026-11-27 11:00"),
        ("in half an hour", "2026-11-27 10:30"),
        ("half an hour", "2026-11-27 10:30"),
        ("an hour and a half", "2026-11-27 11:30"),
        ("2 and a half hours", "2026-11-27 12:30"),
        ("a quarter of an hour", "2026-11-27 10:15"),
        ("in three quarters of an hour", "2026-11-27 10:45"),
        ("in a couple of hours", "2026-11-27 12:00"),
        ("two hours from now", "2026-11-27 12:00"),
        ("ten minutes", "2026-11-27 10:10"),
        ("in a week", "2026-12-04 10:00"),
        ("a fortnight", "2026-12-11 10:00"),
        ("in 2 weeks", "2026-12-11 10:00"),
        ("two weeks at 3", "2026-12-11 15:00"),
        ("in 3 days at 14:00", "2026-11-30 14:00"),
        ("2 days 9am", "2026-11-29 09:00"),
        ("in a month", "2026-12-27 10:00"),
        ("3 months", "2027-02-27 10:00"),
        ("2 days later", "2026-11-29 10:00"),
        # The time of day on either side of the day, and what a bare hour means.
        ("tomorrow at 3", "2026-11-28 15:00"),
        ("tomorrow 3", "2026-11-28 15:00"),
        ("3pm tomorrow", "2026-11-28 15:00"),
        ("3 pm tomorrow", "2026-11-28 15:00"),
        ("3 p.m. tomorrow", "2026-11-28 15:00"),
        ("at 3 tomorrow", "2026-11-28 15:00"),
        ("tomorrow at 3:30", "2026-11-28 15:30"),
        ("tomorrow 03:30", "2026-11-28 03:30"),
        ("tomorrow 3am", "2026-11-28 03:00"),
        ("tomorrow at 7", "2026-11-28 07:00"),
        ("tomorrow at 12", "2026-11-28 12:00"),
        ("at 3", "2026-11-27 15:00"),
        ("3 o'clock", "2026-11-27 15:00"),
        ("by 4", "2026-11-27 16:00"),
        ("half past 3", "2026-11-27 15:30"),
        ("quarter past 11", "2026-11-27 11:15"),
        ("quarter to 4", "2026-11-27 15:45"),
        ("at 1430", "2026-11-27 14:30"),
        ("0930 tomorrow", "2026-11-28 09:30"),
        ("14h", "2026-11-28 00:00"),
        ("tomorrow morning", "2026-11-28 09:00"),
        ("tomorrow morning at 6", "2026-11-28 06:00"),
        ("tomorrow afternoon", "2026-11-28 14:00"),
        ("this afternoon", "2026-11-27 14:00"),
        ("this evening at 7", "2026-11-27 19:00"),
        ("7 in the evening", "2026-11-27 19:00"),
        ("tonight at 8", "2026-11-27 20:00"),
        ("in the morning", "2026-11-28 09:00"),
        ("first thing tomorrow", "2026-11-28 09:00"),
        ("first thing in the morning", "2026-11-28 09:00"),
        ("friday morning", "2026-12-04 09:00"),
        ("monday lunchtime", "2026-11-30 12:00"),
        ("midnight", "2026-11-28 00:00"),
        ("tonight at midnight", "2026-11-28 00:00"),
        ("end of day", "2026-11-27 17:00"),
        ("end of the day tomorrow", "2026-11-28 17:00"),
        ("eod", "2026-11-27 17:00"),
        ("by eod monday", "2026-11-30 17:00"),
        ("close of business", "2026-11-27 17:00"),
        ("end of the week", "2026-11-27 17:00"),
        ("end of month", "2026-11-30 17:00"),
        ("half past three", "2026-11-27 15:30"),
        ("quarter to five", "2026-11-27 16:45"),
        ("quarter to 1", "2026-11-27 12:45"),
        ("ten past five", "2026-11-27 17:10"),
        ("twenty to four tomorrow", "2026-11-28 15:40"),
        ("next friday at half past two", "2026-12-04 14:30"),
        ("tomorrow at three", "2026-11-28 15:00"),
        ("tomorrow at 5 o'clock", "2026-11-28 17:00"),
        ("five o'clock", "2026-11-27 17:00"),
        ("nine am", "2026-11-28 09:00"),
        ("tomorrow at three thirty", "2026-11-28 15:30"),
        ("1500", "2026-11-27 15:00"),
        ("1500h", "2026-11-27 15:00"),
        ("15h30", "2026-11-27 15:30"),
        ("1h30", "2026-11-27 11:30"),
        ("330pm", "2026-11-27 15:30"),
        ("12 midnight", "2026-11-28 00:00"),
        ("12 noon", "2026-11-27 12:00"),
        ("tonight at 1", "2026-11-28 01:00"),
        ("tonight at 11", "2026-11-27 23:00"),
        ("tomorrow night", "2026-11-28 18:00"),
        ("9 tomorrow evening", "2026-11-28 21:00"),
        ("7 this evening", "2026-11-27 19:00"),
        ("first thing on monday morning", "2026-11-30 09:00"),
        ("about 3pm", "2026-11-27 15:00"),
        ("monday 9-ish", "2026-11-30 09:00"),
        ("before noon", "2026-11-27 12:00"),
        ("after lunch", "2026-11-27 13:00"),
        ("same time tomorrow", "2026-11-28 10:00"),
        ("in 90 mins.", "2026-11-27 11:30"),
        ("in about an hour", "2026-11-27 11:00"),
        ("in an hour or so", "2026-11-27 11:00"),
        ("1,5 hours", "2026-11-27 11:30"),
        ("one and a half hours", "2026-11-27 11:30"),
        ("in two weeks' time", "2026-12-11 10:00"),
        ("in a year", "2027-11-27 10:00"),
        ("two days from now", "2026-11-29 10:00"),
        # Days.
        ("by friday", "2026-12-04 09:00"),
        ("by tomorrow", "2026-11-28 09:00"),
        ("a week from tomorrow", "2026-12-05 09:00"),
        ("a week from today", "2026-12-04 09:00"),
        ("two weeks from monday", "2026-12-14 09:00"),
        ("week after next", "2026-12-07 09:00"),
        ("end of next week", "2026-12-04 17:00"),
        ("end of november", "2026-11-30 17:00"),
        ("end of next month", "2026-12-31 17:00"),
        ("end of the year", "2026-12-31 17:00"),
        ("beginning of december", "2026-12-01 09:00"),
        ("5th of next month", "2026-12-05 09:00"),
        ("first of december", "2026-12-01 09:00"),
        ("24 dec 9am", "2026-12-24 09:00"),
        ("24/12", "2026-12-24 09:00"),
        ("12/24", "2026-12-24 09:00"),
        ("friday 3", "2026-11-27 15:00"),
        ("mon 30", "2026-11-30 09:00"),
        ("weds", "2026-12-02 09:00"),
        ("Friday!", "2026-12-04 09:00"),
        ("day after tomorrow", "2026-11-29 09:00"),
        ("the day after tomorrow at 4", "2026-11-29 16:00"),
        ("next monday 9", "2026-11-30 09:00"),
        ("next monday at 2", "2026-11-30 14:00"),
        ("monday next week", "2026-11-30 09:00"),
        ("next week monday", "2026-11-30 09:00"),
        ("this monday", "2026-11-30 09:00"),
        ("coming wednesday 10", "2026-12-02 10:00"),
        ("monday week", "2026-12-07 09:00"),
        ("a week on monday", "2026-12-07 09:00"),
        ("9am monday", "2026-11-30 09:00"),
        ("fri 4 dec", "2026-12-04 09:00"),
        ("Friday, 4 December 2026, 9:00", "2026-12-04 09:00"),
        ("24.12.2026", "2026-12-24 09:00"),
        ("24.12.2026 10:00", "2026-12-24 10:00"),
        ("24.12.26 at 3", "2026-12-24 15:00"),
        ("10:00 24.12.2026", "2026-12-24 10:00"),
        ("24.12.", "2026-12-24 09:00"),
        ("24.12", "2026-12-24 09:00"),
        ("8.12. 10:00", "2026-12-08 10:00"),
        ("8.12 10:00", "2026-12-08 10:00"),
        ("24/12/2026", "2026-12-24 09:00"),
        ("12/24/2026 5pm", "2026-12-24 17:00"),
        ("24-12-2026", "2026-12-24 09:00"),
        ("2026/12/24 10:00", "2026-12-24 10:00"),
        ("1st of december", "2026-12-01 09:00"),
        ("december 24 2026 10:00", "2026-12-24 10:00"),
        ("the 5th", "2026-12-05 09:00"),
        ("on the 28th at 10", "2026-11-28 10:00"),
        ("31st", "2026-12-31 09:00"),
    ],
)
def test_what_people_write(words: str, wall: str) -> None:
    assert parse(words, at(FRIDAY), OSLO) == at(wall)


@each(
    ("words", "sentence"),
    [
        ("", "Give a time"),
        ("   ", "Give a time"),
        ("whenever", "“whenever” is not a day or time."),
        ("m", "is not a day or time"),
        ("t 9am", "is not a day or time"),
        ("next", "is not a day or time"),
        ("fri 25:00", "has no time of day in “25:00”"),
        ("fri 13pm", "has no time of day in “13pm”"),
        ("fri soon", "has no time of day"),
        ("today 9am", "is in the past"),
        ("2026-11-01", "is in the past"),
        ("2026-11-27T01:00Z", "is in the past"),
        ("0m", "is in the past"),
        ("2026-02-30", "There is no day"),
        ("31 nov", "There is no day"),
        ("2030-01-01", "more than a year away"),
        ("999999d", "more than a year away"),
        ("400d", "more than a year away"),
        ("0001-01-01", ""),
        ("9999-12-31 23:59", ""),
        ("x" * 500, "…”"),
        ("friday 9 dec", "does not fit: 9 Dec is a Wednesday"),
        ("05/06/2027", "may be 5 Jun or 6 May"),
        ("5/6", "may be 5 Jun or 6 May"),
        ("31.02.2027", "There is no day"),
        ("the 32nd", "There is no day"),
        ("tomorrow at 25", "has no time of day in “25”"),
        ("tomorrow at", "is not a day or time"),
        ("at", "not a day or time"),
        ("in 2 hours at 9", "is not a day or time"),
        ("in", "is not a day or time"),
        ("24.12.2025", "is in the past"),
        ("yesterday", "is in the past"),
        ("yesterday at 3", "is in the past"),
        ("last friday", "is in the past"),
        ("this past monday", "is in the past"),
        ("an hour ago", "is in the past"),
        ("two days ago", "is in the past"),
        ("this morning", "is in the past"),
        ("earlier today", "is in the past"),
        ("now", "is not later than now"),
        ("asap", "is not later than now"),
        ("half three", "may be 3:30 or 2:30"),
        ("9h30", "may be 09:30 or 9h 30m"),
        ("1:30h", "may be 01:30 or 1h 30m"),
        ("2027", "may be 20:27 or 1 jan 2027"),
        ("friday 4", "may be 16:00 or the day, 4 dec"),
        ("mon 29", "does not fit: 29 Nov is a Sunday"),
        ("3", "may be a time, a day or a number of minutes"),
        ("in 45", "may be a time, a day or a number of minutes"),
        ("friday midnight", "may be the start or the end of that day"),
        ("12/11", "may be 12 Nov or 11 Dec"),
        ("3 or 4", "is more than one time"),
        ("3pm-4pm", "is more than one time"),
        ("monday or tuesday", "is more than one time"),
        ("mon-fri", "is more than one time"),
        ("in 2 mondays", "is more than one time"),
        ("every monday", "is more than one time"),
        ("morgen um drei", "is not a day or time"),
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
        ("tomorrow 02:30", "2026-03-28 12:00", "2026-03-29 03:30"),
        ("sun 02:30", "2026-03-28 12:00", "2026-03-29 03:30"),
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
    assert parse("02:30", first - 1, OSLO) == first
    assert parse("02:30", first, OSLO) == at("2026-10-26 02:30")


DAYS = ["", "today", "tomorrow", "mon", "tue", "fri", "sunday", "next week", "next fri", "1 dec"]
TIMES = ["", "9am", "0:00", "23:59", "2:30", "02:30", "at 3", "noon", "at 7"]
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
        again = parse(said(found, now, zone), now, zone)
        assert again == found


SPOKEN = st.builds(
    lambda day, time: f"{day} {time}".strip(),
    st.sampled_from(
        ["", "tomorrow", "by friday", "monday", "next tuesday", "the 24th", "24 dec", "24/12",
         "a week from tomorrow", "week after next", "end of next month", "first thing"]
    ),
    st.sampled_from(
        ["", "half past three", "quarter to five", "at three", "noon", "1500", "15h30", "tonight",
         "this afternoon", "at 5 o'clock", "9", "in half an hour", "two days from now"]
    ),
)  # fmt: skip


@given(words=SPOKEN, now=NOW, zone=st.sampled_from(ZONES[:4]))
def test_what_is_shown_means_the_same_again_and_is_never_past(
    words: str, now: int, zone: tzinfo
) -> None:
    found = meant(words, now, zone)
    if isinstance(found, WhenError):
        assert found.sentence.endswith(".")
        return
    assert found > now
    minute = found // 60_000 * 60_000
    if minute > now and not datetime.fromtimestamp(found / 1_000, zone).fold:
        assert parse(said(found, now, zone), now, zone) == minute
