"""The company that ships answers its customers, on its own and with the people it has."""

from collections.abc import Callable

import pytest

from omnitui.training.report import Report

CALLS, CHATS = 0.8, 0.9
"""Of how many calls and chats at least somebody answers, whatever the seed."""

HARDEST = (8, 17)
"""Of twenty seeds those with the fewest calls and chats answered for how many come."""

RUSH = 80
"""After how many minutes who is live has come and gone; what still waits then is not answered."""


def answered(report: Report, channel: str) -> float:
    """The share that had a word of an agent before they gave up."""
    (found,) = [group for group in report.channels if group.name == channel]
    return found.answered / found.conversations


@pytest.mark.slow
@pytest.mark.timeout(600)
@pytest.mark.parametrize("seed", HARDEST)
def test_in_the_rush_calls_and_chats_are_answered(seed: int, told: Callable[..., Report]) -> None:
    report = told("evening-outage", seed, RUSH)
    assert answered(report, "phone") >= CALLS
    assert answered(report, "chat") >= CHATS


@pytest.mark.slow
@pytest.mark.timeout(600)
@pytest.mark.parametrize("name", ["quiet-morning", "one-customer-four-channels"])
def test_where_there_is_time_everybody_is_answered(name: str, told: Callable[..., Report]) -> None:
    report = told(name, 4)
    assert {group.name: answered(report, group.name) for group in report.channels} == {
        group.name: 1.0 for group in report.channels
    }
