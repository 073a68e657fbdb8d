from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from omnitui.console.present import times

OSLO = ZoneInfo("Europe/Oslo")


def at(text: str) -> int:
    return int(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp() * 1_000)


@pytest.mark.parametrize(
    ("ms", "shown"),
    [
        (-5_000, "0:00"),
        (0, "0:00"),
        (48_999, "0:48"),
        (134_000, "2:14"),
        (3_599_999, "59:59"),
        (3_600_000, "1h00"),
        (3_900_000, "1h05"),
        (86_399_999, "23h59"),
        (86_400_000, "1d"),
        (3 * 86_400_000 + 5, "3d"),
    ],
)
def test_a_wait_is_as_precise_as_it_matters(ms: int, shown: str) -> None:
    assert times.wait(ms) == shown


@pytest.mark.parametrize(
    ("ms", "shown"),
    [
        (48_000, "0:48"),
        (200, "0:01"),
        (0, "-0:00"),
        (-12_500, "-0:12"),
        (3_599_500, "59:59"),
        (7_200_000, "2h00"),
    ],
)
def test_a_deadline_is_reached_only_when_it_is(ms: int, shown: str) -> None:
    assert times.countdown(ms) == shown


@pytest.mark.parametrize(("ms", "left"), [(8_000, 8), (7_001, 8), (1, 1), (0, 0), (-1, 0)])
def test_seconds_left_are_rounded_up(ms: int, left: int) -> None:
    assert times.seconds_left(ms) == left


@pytest.mark.parametrize(
    ("moment", "label"),
    [
        ("2025-11-05T12:00", "today"),
        ("2025-11-04T23:30", "today"),
        ("2025-11-04T22:30", "yesterday"),
        ("2025-11-06T08:00", "tomorrow"),
        ("2025-11-03T12:00", "Mon 3 Nov"),
        ("2024-11-03T12:00", "Sun 3 Nov 2024"),
    ],
)
def test_a_day_is_named_where_the_agent_is(moment: str, label: str) -> None:
    assert times.day_label(at(moment), at("2025-11-05T12:00"), OSLO) == label


def test_clock_times_are_local_and_carry_the_date_when_it_is_not_today() -> None:
    now = at("2025-11-05T12:00")
    assert times.clock_time(at("2025-11-05T13:03"), OSLO) == "14:03"
    assert times.moment(at("2025-11-05T08:03"), now, OSLO) == "09:03"
    assert times.moment(at("2025-11-03T13:03"), now, OSLO) == "Mon 3 Nov 14:03"


@pytest.mark.parametrize(
    ("offset", "shown"),
    [
        (-20, "just now"),
        (-240, "4 min ago"),
        (-7_300, "2 h ago"),
        (-90_000, "1 day ago"),
        (-260_000, "3 days ago"),
        (240, "in 4 min"),
    ],
)
def test_relative_times_are_rough(offset: int, shown: str) -> None:
    assert times.relative(offset * 1_000, 0) == shown
