"""A clock brought to how things are: done, over, on hold, or none of these again."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omnitui.rules import sla
from omnitui.rules.calendar import ALWAYS, Calendar, spans
from omnitui.rules.sla import Clock, SlaStatus, Target

MINUTE = 60_000
HOUR = 60 * MINUTE
S = SlaStatus
SPLIT = Calendar("UTC", (*[spans("08:00-12:00", "13:00-17:00")] * 5, (), ()))
TARGET = Target("First reply", 45 * MINUTE, HOUR)


def at(text: str) -> int:
    return round(datetime.fromisoformat(f"2026-03-{text}").replace(tzinfo=UTC).timestamp() * 1000)


PROMISE = sla.start(TARGET, at("02 11:30"), SPLIT)


def moved(
    clock: Clock,
    now: int,
    done: int | None = None,
    *,
    ended: bool = False,
    held: bool = False,
    rests: bool = False,
    calendar: Calendar = SPLIT,
) -> Clock:
    return sla.moved(clock, now, calendar, done_at=done, ended=ended, held=held, rests=rests)


def test_a_promise_waits_over_the_break_between_two_spans() -> None:
    assert (PROMISE.warn_at, PROMISE.fail_at) == (at("02 13:15"), at("02 13:30"))


def test_what_is_done_is_kept_when_it_was_done() -> None:
    kept = moved(PROMISE, at("02 13:20"), at("02 13:10"))
    assert (kept.kept_at, sla.status(kept, at("09 09:00"))) == (at("02 13:10"), S.SUCCEEDED)
    assert moved(PROMISE, at("02 13:20"), at("01 09:00")).kept_at == PROMISE.started_at


def test_a_reply_taken_back_never_stopped_the_clock() -> None:
    kept = moved(PROMISE, at("02 13:10"), at("02 13:10"))
    assert moved(kept, at("02 13:25")) == PROMISE
    later = moved(kept, at("02 13:40"), at("02 13:40"))
    assert sla.status(later, at("02 14:00")) is S.BREACHED


def test_a_case_that_is_active_again_has_what_was_left() -> None:
    kept = moved(PROMISE, at("02 13:10"), at("02 13:10"))
    again = moved(kept, at("02 14:10"), rests=True)
    assert (again.kept_at, again.fail_at) == (None, at("02 14:30"))
    assert again.holds == ((at("02 13:10"), at("02 14:10")),)


def test_what_ceased_to_matter_is_cancelled_and_may_matter_again() -> None:
    over = moved(PROMISE, at("02 11:45"), ended=True)
    assert sla.status(over, at("09 09:00")) is S.CANCELLED
    assert sla.explain(over, at("09 09:00"), SPLIT) == "First reply no longer applies."
    assert moved(over, at("02 16:00"), ended=True) == over
    again = moved(over, at("02 14:00"))
    assert (again.cancelled_at, again.fail_at) == (None, at("02 14:45"))


def test_what_was_late_when_it_ceased_to_matter_stays_broken() -> None:
    over = moved(PROMISE, at("02 13:50"), ended=True)
    assert sla.status(over, at("09 09:00")) is S.BREACHED
    said = sla.explain(over, at("09 09:00"), SPLIT)
    assert said == "First reply was not met; it was overdue by 20 min."


def test_it_can_be_cancelled_on_hold_and_kept_before_a_hold_is_noticed() -> None:
    held = moved(PROMISE, at("02 11:40"), held=True)
    over = moved(held, at("02 13:00"), ended=True, held=True)
    assert sla.remaining(over, at("09 09:00"), SPLIT) == 50 * MINUTE
    earlier = moved(held, at("02 13:00"), at("02 11:35"), held=True)
    assert (earlier.kept_at, earlier.paused_at) == (at("02 11:35"), None)


def test_another_target_takes_over_with_the_pauses_there_have_been() -> None:
    held = moved(PROMISE, at("02 11:40"), held=True)
    going = moved(held, at("02 13:40"))
    strict = sla.replaced(going, Target("Gold", 10 * MINUTE, 30 * MINUTE), ALWAYS)
    # The break at noon counts for this one, and the pause took two hours of it.
    assert (strict.started_at, strict.warn_at) == (PROMISE.started_at, at("02 11:40"))
    assert strict.fail_at == at("02 14:00")
    still = sla.replaced(held, Target("Gold", 10 * MINUTE, 30 * MINUTE), ALWAYS)
    assert still.paused_at == at("02 11:40")


@pytest.mark.parametrize(
    ("conditions", "fits"),
    [
        ({}, True),
        ({"channel": ["chat"]}, True),
        ({"channel": ["email", "CHAT"], "tier": ["gold"]}, True),
        ({"channel": ["chat"], "tier": ["platinum"]}, False),
        ({"queue": ["Billing"]}, False),
        ({"channel": []}, False),
    ],
)
def test_all_conditions_have_to_hold(conditions: dict[str, list[str]], fits: bool) -> None:
    assert sla.applies(conditions, {"channel": "chat", "tier": "gold"}) is fits


steps = st.lists(
    st.tuples(
        st.integers(0, 20 * HOUR),
        st.booleans(),
        st.booleans(),
        st.booleans(),
        st.booleans(),
    ),
    max_size=8,
)


@given(steps, st.sampled_from([SPLIT, ALWAYS]))
def test_bringing_it_there_twice_changes_nothing(
    steps: list[tuple[int, bool, bool, bool, bool]], calendar: Calendar
) -> None:
    clock = sla.start(TARGET, at("02 11:30"), calendar)
    now = clock.started_at
    for passed, is_done, ended, held, rests in steps:
        now += passed
        done = now if is_done else None
        once = moved(clock, now, done, ended=ended, held=held, rests=rests, calendar=calendar)
        again = moved(once, now, done, ended=ended, held=held, rests=rests, calendar=calendar)
        assert again == once
        assert (once.kept_at is not None) == is_done
        assert (once.cancelled_at is not None) == (ended and not is_done)
        if not is_done and not ended:
            assert (once.paused_at is not None) == held
        assert once.warn_at < once.fail_at or once.warn_at <= now
        assert once.fail_at >= clock.fail_at
        clock = once


@given(steps)
def test_what_is_broken_stays_broken_while_it_matters(
    steps: list[tuple[int, bool, bool, bool, bool]],
) -> None:
    clock, broken = PROMISE, False
    now = clock.started_at
    for passed, _, ended, held, rests in steps:
        now += passed
        broken = broken or sla.status(clock, now) is S.BREACHED
        clock = moved(clock, now, None, ended=ended, held=held, rests=rests)
        assert not broken or sla.status(clock, now) is S.BREACHED
