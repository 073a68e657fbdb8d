import pytest
from hypothesis import given
from hypothesis import strategies as st

from omnitui.clock import ManualClock, ScaledClock, SystemClock, parse_duration, parse_time

NOW = 1_772_442_000_000


@pytest.mark.parametrize(
    ("text", "ms"),
    [
        ("90s", 90_000),
        ("30m", 1_800_000),
        ("1h30m", 5_400_000),
        ("2d", 172_800_000),
        ("1w", 604_800_000),
        ("250ms", 250),
        ("1.5h", 5_400_000),
        (" 5 m ", 300_000),
    ],
)
def test_durations_are_read(text: str, ms: int) -> None:
    assert parse_duration(text) == ms


@pytest.mark.parametrize("text", ["", "soon", "5", "m", "-5m", "5m x", "1h-30m"])
def test_what_is_no_duration_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(ValueError, match="write for example"):
        parse_duration(text)


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("now", NOW),
        ("+30m", NOW + 1_800_000),
        ("-1h", NOW - 3_600_000),
        ("1772442000000", 1_772_442_000_000),
        ("2026-03-02T09:00", 1_772_442_000_000),
        ("2026-03-02T09:00:00+00:00", 1_772_442_000_000),
        ("2026-03-02T10:00:00+01:00", 1_772_442_000_000),
        ("2026-03-02", 1_772_409_600_000),
    ],
)
def test_times_are_read(text: str, at: int) -> None:
    assert parse_time(text, NOW) == at


@pytest.mark.parametrize("text", ["", "yesterday", "25:00", "2026-13-01", "12"])
def test_what_is_no_time_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(ValueError, match="write for example"):
        parse_time(text, NOW)


def test_the_system_clock_counts_milliseconds() -> None:
    assert SystemClock().now() > NOW


def test_a_manual_clock_does_not_go_back() -> None:
    clock = ManualClock(NOW)
    clock.set(NOW + 5)
    assert clock.now() == NOW + 5
    with pytest.raises(ValueError, match="does not go back"):
        clock.set(NOW)


def test_a_scaled_clock_pauses_and_never_jumps() -> None:
    base = ManualClock(1_000)
    clock = ScaledClock(base, 10, start=NOW)
    base.advance(100)
    assert clock.now() == NOW + 1_000
    clock.pause()
    base.advance(5_000)
    assert clock.now() == NOW + 1_000
    clock.set_speed(2)
    clock.resume()
    assert clock.now() == NOW + 1_000
    base.advance(50)
    assert clock.now() == NOW + 1_100


@pytest.mark.parametrize("speed", [0, -1, 100_000])
def test_a_speed_that_makes_no_sense_is_refused(speed: float) -> None:
    with pytest.raises(ValueError, match="is not between"):
        ScaledClock(ManualClock(0), speed)


@given(
    st.lists(
        st.one_of(
            st.tuples(st.just("advance"), st.integers(0, 10_000)),
            st.tuples(st.just("speed"), st.floats(0.1, 100)),
            st.tuples(st.just("pause"), st.none()),
            st.tuples(st.just("resume"), st.none()),
        )
    )
)
def test_a_scaled_clock_never_goes_back(steps: list[tuple[str, float | None]]) -> None:
    base = ManualClock(0)
    clock = ScaledClock(base, 3)
    before = clock.now()
    for what, value in steps:
        if what == "advance" and value is not None:
            base.advance(int(value))
        elif what == "speed" and value is not None:
            clock.set_speed(value)
        elif what == "pause":
            clock.pause()
        else:
            clock.resume()
        assert clock.now() >= before
        before = clock.now()
