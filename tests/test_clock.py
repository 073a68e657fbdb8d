import threading
import time
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omnitui.clock import ManualClock, ScaledClock, SystemClock, parse_duration, parse_time

NOON = 1_772_452_800_000  # 2026-03-02T12:00Z


class Wayward:
    """A base clock that can be set back, as a machine's can."""

    def __init__(self, at: int) -> None:
        self.at = at

    def now(self) -> int:
        return self.at


def test_the_system_clock_is_the_machine_s() -> None:
    before = int(time.time() * 1000) - 1
    assert before <= SystemClock().now() <= before + 5_000


def test_a_manual_clock_moves_only_when_told() -> None:
    clock = ManualClock(NOON)
    assert clock.now() == clock.now() == NOON
    assert clock.advance(5) == NOON + 5
    clock.set(NOON + 100)
    assert clock.now() == NOON + 100


def test_a_manual_clock_does_not_go_back() -> None:
    clock = ManualClock(NOON)
    with pytest.raises(ValueError, match="does not go back"):
        clock.advance(-1)
    with pytest.raises(ValueError, match="does not go back"):
        clock.set(NOON - 1)


def test_a_scaled_clock_runs_at_its_speed_from_its_start() -> None:
    base = ManualClock(1_000)
    clock = ScaledClock(base, speed=8, start=NOON)
    assert clock.now() == NOON
    base.advance(250)
    assert clock.now() == NOON + 2_000
    assert clock.speed == 8


def test_a_scaled_clock_starts_with_its_base_unless_told() -> None:
    assert ScaledClock(ManualClock(NOON), 2.0).now() == NOON


def test_a_paused_clock_stands_still_and_goes_on_from_there() -> None:
    base = ManualClock(0)
    clock = ScaledClock(base, speed=2, start=100)
    base.advance(10)
    clock.pause()
    assert clock.paused
    base.advance(1_000)
    assert clock.now() == 120
    clock.pause()
    clock.set_speed(5)
    clock.resume()
    clock.resume()
    assert not clock.paused
    assert clock.now() == 120
    base.advance(10)
    assert clock.now() == 170


@pytest.mark.parametrize("speed", [0, -1, float("nan"), float("inf"), 10_001])
def test_a_speed_that_makes_no_sense_is_refused(speed: float) -> None:
    with pytest.raises(ValueError, match="is not between"):
        ScaledClock(ManualClock(0), speed)
    clock = ScaledClock(ManualClock(0), 1)
    with pytest.raises(ValueError, match="is not between"):
        clock.set_speed(speed)
    assert clock.speed == 1


def test_a_base_that_is_set_back_does_not_take_the_scaled_clock_with_it() -> None:
    base = Wayward(1_000)
    clock = ScaledClock(base, speed=2, start=0)
    base.at = 1_500
    assert clock.now() == 1_000
    base.at = 200
    assert clock.now() == 1_000
    clock.set_speed(1)
    base.at = 300
    assert clock.now() == 1_100


STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("advance"), st.integers(0, 100_000)),
        st.tuples(st.just("speed"), st.sampled_from([0.25, 0.5, 1, 2, 8, 60])),
        st.tuples(st.just("pause"), st.none()),
        st.tuples(st.just("resume"), st.none()),
    ),
    max_size=30,
)


@given(STEPS)
def test_scaled_time_is_continuous_and_adds_up(steps: list[tuple[str, float | None]]) -> None:
    base = ManualClock(NOON)
    clock = ScaledClock(base, speed=1, start=0)
    expected, speed, running = 0.0, 1.0, True
    for what, value in steps:
        before = clock.now()
        if what == "advance":
            assert value is not None
            base.advance(int(value))
            expected += int(value) * speed * running
        elif what == "speed":
            assert value is not None
            clock.set_speed(value)
            speed = value
        else:
            running = what == "resume"
            (clock.resume if running else clock.pause)()
        if what != "advance":
            assert clock.now() == before
        assert clock.now() >= before
        assert clock.now() == pytest.approx(expected, abs=1)


def test_a_scaled_clock_can_be_read_and_set_from_many_threads() -> None:
    clock = ScaledClock(SystemClock(), speed=1)
    went_back = []

    def read() -> None:
        last = clock.now()
        for _ in range(2_000):
            now = clock.now()
            if now < last:
                went_back.append((last, now))
            last = now

    readers = [threading.Thread(target=read) for _ in range(4)]
    for reader in readers:
        reader.start()
    for speed in (2, 100, 0.5, 1) * 50:
        clock.set_speed(speed)
        clock.pause()
        clock.resume()
    for reader in readers:
        reader.join()
    assert went_back == []


@pytest.mark.parametrize(
    ("text", "ms"),
    [
        ("90s", 90_000),
        ("30m", 1_800_000),
        ("1h30m", 5_400_000),
        ("1h 30m", 5_400_000),
        (" 2D ", 172_800_000),
        ("1w", 604_800_000),
        ("1.5h", 5_400_000),
        ("250ms", 250),
        ("0s", 0),
        ("0.1s", 100),
    ],
)
def test_durations_are_read(text: str, ms: int) -> None:
    assert parse_duration(text) == ms


@pytest.mark.parametrize(
    "text", ["", " ", "5", "h", "-5m", "5 minutes", "5min", "1e3s", "1h-30m", "m5", "9" * 400 + "d"]
)
def test_what_is_no_duration_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(ValueError, match="is not a duration; write for example 90s"):
        parse_duration(text)


def test_a_duration_beyond_a_hundred_years_is_refused() -> None:
    with pytest.raises(ValueError, match="longer than a hundred years"):
        parse_duration("99999999w")


@given(st.integers(0, 50), st.integers(0, 23), st.integers(0, 59), st.integers(0, 59))
def test_durations_add_up(days: int, hours: int, minutes: int, seconds: int) -> None:
    whole = ((days * 24 + hours) * 60 + minutes) * 60 + seconds
    assert parse_duration(f"{days}d{hours}h{minutes}m{seconds}s") == whole * 1_000


@pytest.mark.parametrize(
    ("text", "ms"),
    [
        ("2026-03-02T12:00", NOON),
        ("2026-03-02T12:00:00Z", NOON),
        ("2026-03-02T13:00:00+01:00", NOON),
        ("2026-03-02 12:00", NOON),
        ("2026-03-02T12:00:00.123", NOON + 123),
        ("2026-03-02", NOON - 12 * 3_600_000),
        ("20260302", NOON - 12 * 3_600_000),
        ("1772452800000", NOON),
        ("now", NOON),
        ("+30m", NOON + 1_800_000),
        ("-1h30m", NOON - 5_400_000),
        ("1970-01-01", 0),
        ("2199-12-31T23:59:59.999Z", 7_258_118_399_999),
    ],
)
def test_times_are_read(text: str, ms: int) -> None:
    assert parse_time(text, NOON) == ms


@pytest.mark.parametrize(
    "text", ["", "tomorrow", "5", "2026-13-01", "25:00", "9" * 5_000, "+5", "2026-03-02T", "nan"]
)
def test_what_is_no_time_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(ValueError, match="is not a time; write for example"):
        parse_time(text, NOON)


@pytest.mark.parametrize(
    "text",
    ["1969-12-31T23:59:59.999Z", "-100000000", "0001-01-01", "2200-01-01", "9999-12-31", "9" * 15],
)
def test_a_time_that_nobody_can_mean_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is not a time between the years 1970 and 2199"):
        parse_time(text, NOON)


def test_a_distance_does_not_lead_out_of_time_either() -> None:
    with pytest.raises(ValueError, match="between the years 1970 and 2199"):
        parse_time("-25000d", NOON)


@given(st.datetimes(datetime(1970, 1, 1), datetime(2199, 12, 31), timezones=st.just(UTC)))
def test_a_time_written_as_iso_is_read_to_the_millisecond(moment: datetime) -> None:
    moment = moment.replace(microsecond=moment.microsecond // 1_000 * 1_000)
    read = parse_time(moment.isoformat(timespec="milliseconds"), 0)
    assert datetime.fromtimestamp(read // 1000, UTC) == moment.replace(microsecond=0)
    assert read % 1000 == moment.microsecond // 1_000
