from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from omnitui.rules import sla
from omnitui.rules.calendar import ALWAYS, Calendar, business_between, spans
from omnitui.rules.sla import Clock, SlaStatus, Target

MINUTE = 60_000
HOUR = 60 * MINUTE
S = SlaStatus

SHOP = Calendar("Europe/Oslo", (*[spans("08:00-20:00")] * 5, spans("10:00-16:00"), ()))
FIRST_REPLY = Target("First reply", 45 * MINUTE, HOUR)


def at(text: str) -> int:
    wall = datetime.fromisoformat(f"2026-03-{text}").replace(tzinfo=ZoneInfo("Europe/Oslo"))
    return round(wall.timestamp() * 1000)


def given_at(text: str) -> Clock:
    return sla.start(FIRST_REPLY, at(text), SHOP)


@pytest.mark.parametrize(
    ("started", "warns", "fails"),
    [
        ("02 09:00", "02 09:45", "02 10:00"),
        ("02 19:00", "02 19:45", "02 20:00"),
        ("02 19:30", "03 08:15", "03 08:30"),
        ("02 19:10", "02 19:55", "03 08:10"),
        ("02 03:00", "02 08:45", "02 09:00"),
        ("07 15:30", "09 08:15", "09 08:30"),
        ("08 12:00", "09 08:45", "09 09:00"),
    ],
)
def test_limits_lie_in_business_hours(started: str, warns: str, fails: str) -> None:
    clock = given_at(started)
    assert (clock.warn_at, clock.fail_at) == (at(warns), at(fails))


@pytest.mark.parametrize(
    ("now", "status", "sentence"),
    [
        (at("02 09:00"), S.IN_PROGRESS, "First reply has 1 h left."),
        (at("02 09:45") - 1, S.IN_PROGRESS, "First reply has 15 min left."),
        (at("02 09:45"), S.NEARING, "First reply has 15 min left."),
        (at("02 10:00") - 1, S.NEARING, "First reply has 0 s left."),
        (at("02 10:00"), S.BREACHED, "First reply is overdue."),
        (at("02 11:20"), S.BREACHED, "First reply is overdue by 1 h 20 min."),
        (at("03 09:00"), S.BREACHED, "First reply is overdue by 11 h."),
    ],
)
def test_a_promise_nears_and_breaks_at_the_very_moment(
    now: int, status: SlaStatus, sentence: str
) -> None:
    clock = given_at("02 09:00")
    assert sla.status(clock, now) is status
    assert sla.explain(clock, now, SHOP) == sentence


@pytest.mark.parametrize(
    ("kept", "status", "sentence"),
    [
        (at("02 09:30"), S.SUCCEEDED, "First reply was met, 30 min early."),
        (at("02 09:59"), S.SUCCEEDED, "First reply was met, 1 min early."),
        (at("02 10:00"), S.BREACHED, "First reply was met late."),
        (at("02 10:00") + 5_000, S.BREACHED, "First reply was met 5 s late."),
        (at("03 08:30"), S.BREACHED, "First reply was met 10 h 30 min late."),
    ],
)
def test_what_is_done_in_time_is_kept_and_stays_so(
    kept: int, status: SlaStatus, sentence: str
) -> None:
    clock = sla.keep(given_at("02 09:00"), kept, SHOP)
    for now in (kept, kept + 1000 * HOUR):
        assert sla.status(clock, now) is status
        assert sla.explain(clock, now, SHOP) == sentence
    assert sla.keep(clock, kept + HOUR, SHOP) == clock


@pytest.mark.parametrize(
    ("paused", "resumed", "warns", "fails"),
    [
        pytest.param("02 09:15", "02 09:45", "02 10:15", "02 10:30", id="both limits move"),
        pytest.param("02 09:50", "02 10:50", "02 09:45", "02 11:00", id="the warning has passed"),
        pytest.param("02 09:45", "02 10:45", "02 09:45", "02 11:00", id="the warning just passed"),
        pytest.param("02 10:00", "02 11:00", "02 09:45", "02 10:00", id="both have passed"),
        pytest.param("02 09:15", "03 08:30", "03 09:00", "03 09:15", id="over night"),
        pytest.param("02 09:15", "02 09:15", "02 09:45", "02 10:00", id="no time at all"),
    ],
)
def test_a_pause_moves_what_has_not_passed(
    paused: str, resumed: str, warns: str, fails: str
) -> None:
    clock = sla.resume(sla.pause(given_at("02 09:00"), at(paused)), at(resumed), SHOP)
    assert (clock.warn_at, clock.fail_at) == (at(warns), at(fails))
    assert clock.paused_at is None


def test_a_paused_promise_waits_however_long() -> None:
    clock = sla.pause(given_at("02 09:00"), at("02 09:50"))
    assert sla.status(clock, at("27 12:00")) is S.PAUSED
    assert sla.explain(clock, at("27 12:00"), SHOP) == "First reply is paused with 10 min left."
    assert sla.remaining(clock, at("27 12:00"), SHOP) == 10 * MINUTE


def test_a_promise_broken_before_its_pause_stays_broken() -> None:
    clock = sla.pause(given_at("02 09:00"), at("02 10:30"))
    assert sla.status(clock, at("02 12:00")) is S.BREACHED
    assert sla.status(sla.resume(clock, at("02 12:00"), SHOP), at("02 12:00")) is S.BREACHED


def test_a_promise_can_be_kept_during_a_pause() -> None:
    clock = sla.keep(sla.pause(given_at("02 09:00"), at("02 09:50")), at("03 12:00"), SHOP)
    assert sla.status(clock, at("04 12:00")) is S.SUCCEEDED
    assert sla.remaining(clock, at("04 12:00"), SHOP) == 10 * MINUTE


def test_pausing_and_resuming_twice_changes_nothing() -> None:
    clock = given_at("02 09:00")
    paused = sla.pause(clock, at("02 09:15"))
    assert sla.pause(paused, at("02 09:30")) == paused
    assert sla.resume(clock, at("02 09:30"), SHOP) == clock
    kept = sla.keep(clock, at("02 09:15"), SHOP)
    assert sla.pause(kept, at("02 09:30")) == kept


@pytest.mark.parametrize(("warn", "fail"), [(0, 5), (-1, 5), (5, 5), (6, 5), (0, 0)])
def test_limits_in_no_sensible_order_are_refused(warn: int, fail: int) -> None:
    with pytest.raises(ValueError, match=f"First reply has to warn .* {warn} of {fail} ms"):
        Target("First reply", warn, fail)


def test_what_happens_before_its_beginning_is_refused() -> None:
    clock = given_at("02 09:00")
    with pytest.raises(ValueError, match="First reply had not started"):
        sla.pause(clock, clock.started_at - 1)
    with pytest.raises(ValueError, match="First reply had not started"):
        sla.keep(clock, clock.started_at - 1, SHOP)
    with pytest.raises(ValueError, match="Business time counts forwards, but"):
        sla.resume(sla.pause(clock, at("02 09:30")), at("02 09:15"), SHOP)


@pytest.mark.parametrize(
    ("ms", "words"),
    [
        (0, "0 s"),
        (59_999, "59 s"),
        (MINUTE, "1 min"),
        (HOUR, "1 h"),
        (HOUR + 90_000, "1 h 1 min"),
        (30 * HOUR, "30 h"),
    ],
)
def test_durations_read_like_business_time(ms: int, words: str) -> None:
    assert sla.duration_words(ms) == words


def test_statuses_have_words() -> None:
    assert [status.label for status in S] == [
        "In progress",
        "Nearing",
        "Breached",
        "Paused",
        "Succeeded",
        "Cancelled",
    ]


targets = st.tuples(st.integers(1, 20 * HOUR), st.integers(1, 20 * HOUR)).map(
    lambda t: Target("Reply", t[0], t[0] + t[1])
)
starts = st.integers(at("02 00:00"), at("09 00:00"))
passing = st.integers(0, 40 * HOUR)
hours = st.sampled_from([SHOP, ALWAYS])


@given(targets, starts, hours, passing, passing, passing)
def test_a_pause_takes_nothing_from_what_is_left(
    target: Target, start: int, calendar: Calendar, wait: int, pause: int, after: int
) -> None:
    clock = sla.pause(sla.start(target, start, calendar), start + wait)
    left = sla.remaining(clock, start + wait, calendar)
    resumed_at = start + wait + pause
    resumed = sla.resume(clock, resumed_at, calendar)
    if left > 0:
        assert sla.remaining(resumed, resumed_at, calendar) == left
        now = resumed_at + after
        worked = business_between(resumed_at, now, calendar)
        assert (sla.status(resumed, now) is S.BREACHED) == (now >= resumed.fail_at)
        assert (worked > left) <= (sla.status(resumed, now) is S.BREACHED)
    else:
        assert resumed == replace(clock, paused_at=None, holds=resumed.holds)


@given(targets, starts, hours, st.lists(passing, min_size=2, max_size=2).map(sorted))
def test_a_promise_only_ever_gets_worse(
    target: Target, start: int, calendar: Calendar, passed: list[int]
) -> None:
    clock = sla.start(target, start, calendar)
    order = [S.IN_PROGRESS, S.NEARING, S.BREACHED]
    sooner, later = (order.index(sla.status(clock, start + ms)) for ms in passed)
    assert sooner <= later
    assert sla.remaining(clock, start + passed[0], calendar) >= sla.remaining(
        clock, start + passed[1], calendar
    )
