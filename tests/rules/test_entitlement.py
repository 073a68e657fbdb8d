"""Entitlements: states and their actions, dates, and what a case uses when."""

from datetime import UTC, datetime
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omnitui.model.case import CaseStatus
from omnitui.model.entitlement import (
    WHOLE,
    Allocation,
    DecreaseOn,
    EntitlementState,
    Line,
    Terms,
    number,
    parts,
)
from omnitui.model.ids import CustomerId, EntitlementId
from omnitui.rules.entitlement import (
    DAY,
    Action,
    Use,
    after,
    lasting,
    notice,
    period,
    renewed,
    state_at,
    uses,
)

DRAFT, WAITING, ACTIVE, EXPIRED, CANCELLED = EntitlementState
OPEN, RESOLVED, CLOSED = CaseStatus
CREATION, RESOLUTION = DecreaseOn
CASES, HOURS = Allocation


def at(text: str) -> int:
    return int(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp() * 1_000)


BEFORE, NOW, LATER = at("2026-01-01"), at("2026-03-02"), at("2026-12-31")


def terms(
    decrease_on: DecreaseOn = CREATION, allocation: Allocation = CASES, **lines: int
) -> Terms:
    return Terms(
        EntitlementId(1),
        "Gold",
        CustomerId(1),
        "Kiana Anderson",
        ACTIVE,
        BEFORE,
        LATER,
        total=15 * WHOLE,
        decrease_on=decrease_on,
        allocation=allocation,
        lines={origin: Line(total) for origin, total in lines.items()},
    )


def test_the_codes_are_those_that_other_systems_know() -> None:
    codes = {state.value: state.code for state in EntitlementState}
    assert codes == {"draft": 0, "active": 1, "cancelled": 2, "expired": 3, "waiting": 4}


POSSIBLE = {
    (DRAFT, Action.EDIT): DRAFT,
    (DRAFT, Action.ACTIVATE): ACTIVE,
    (ACTIVE, Action.DEACTIVATE): DRAFT,
    (ACTIVE, Action.CANCEL): CANCELLED,
    (WAITING, Action.CANCEL): CANCELLED,
    (ACTIVE, Action.SET_DEFAULT): ACTIVE,
    (EXPIRED, Action.RENEW): EXPIRED,
    (CANCELLED, Action.RENEW): CANCELLED,
}


@pytest.mark.parametrize("state", EntitlementState)
@pytest.mark.parametrize("action", Action)
def test_each_action_is_possible_in_its_states_alone(
    state: EntitlementState, action: Action
) -> None:
    assert after(action, state, BEFORE, LATER, NOW) is POSSIBLE.get((state, action))


@pytest.mark.parametrize(
    ("starts", "ends", "state"),
    [
        (BEFORE, LATER, ACTIVE),
        (NOW, LATER, ACTIVE),
        (NOW + 1, LATER, WAITING),
        (BEFORE, NOW + 1, ACTIVE),
        (BEFORE, NOW, EXPIRED),
    ],
)
def test_dates_say_what_a_draft_becomes_and_what_time_makes_of_it(
    starts: int, ends: int, state: EntitlementState
) -> None:
    assert after(Action.ACTIVATE, DRAFT, starts, ends, NOW) is state
    for was in (WAITING, ACTIVE):
        assert state_at(was, starts, ends, NOW) is state
    for was in (DRAFT, EXPIRED, CANCELLED):
        assert state_at(was, starts, ends, NOW) is was


@pytest.mark.parametrize(
    ("event", "before", "then", "on_creation", "on_resolution"),
    [
        ("created with it", None, OPEN, 1, 0),
        ("resolved", OPEN, RESOLVED, 0, 1),
        ("cancelled", OPEN, CLOSED, -1, 0),
        ("cancelled one reopened", CLOSED, OPEN, 1, 0),
        ("resolved one reopened", RESOLVED, OPEN, 0, -1),
    ],
)
def test_what_happens_to_a_case_moves_terms(
    event: str, before: CaseStatus | None, then: CaseStatus, on_creation: int, on_resolution: int
) -> None:
    for decrease_on, moved in ((CREATION, on_creation), (RESOLUTION, on_resolution)):
        owed = terms(decrease_on)
        had = 0 if before is None else uses(owed, Use(before, 30))
        assert uses(owed, Use(then, 30)) - had == moved * WHOLE, event


@pytest.mark.parametrize(
    ("minutes", "used"),
    [(None, 0), (0, 0), (1, 0.02), (20, 0.33), (30, 0.5), (40, 0.67), (60, 1), (100, 1.67)],
)
def test_hours_are_billable_minutes_by_sixty_at_resolution(
    minutes: int | None, used: float
) -> None:
    owed = terms(RESOLUTION, HOURS)
    assert number(uses(owed, Use(RESOLVED, minutes))) == used
    assert uses(owed, Use(OPEN, minutes)) == uses(owed, Use(CLOSED, minutes)) == 0


@given(
    st.sampled_from(CaseStatus),
    st.none() | st.integers(0, 10**6),
    st.sampled_from(DecreaseOn),
    st.sampled_from(Allocation),
)
def test_a_case_that_is_not_to_count_uses_nothing(
    status: CaseStatus, minutes: int | None, decrease_on: DecreaseOn, allocation: Allocation
) -> None:
    owed = terms(decrease_on, allocation)
    assert uses(owed, Use(status, minutes, exempt=True)) == 0
    assert uses(owed, Use(status, minutes)) >= 0


@given(st.integers(0, 10**6), st.integers(0, 10**6))
def test_more_minutes_never_use_less(one: int, other: int) -> None:
    owed = terms(RESOLUTION, HOURS)
    less, more = sorted((one, other))
    assert uses(owed, Use(RESOLVED, less)) <= uses(owed, Use(RESOLVED, more))


def test_a_renewed_one_begins_today_and_lasts_as_long() -> None:
    now = at("2027-02-03T15:30")
    assert renewed(BEFORE, LATER, now) == (at("2027-02-03"), at("2027-02-03") + LATER - BEFORE)


def test_a_period_is_said_in_days_and_in_times_where_it_has_to_be() -> None:
    assert period(at("2026-01-01"), at("2027-01-01")) == "2026-01-01 to 2026-12-31"
    assert period(at("2026-03-02"), lasting(at("2026-03-02"), 1)) == "2026-03-02 to 2026-03-02"
    assert period(at("2026-01-01T08:00"), at("2026-01-01T17:30")) == (
        "2026-01-01 08:00 to 2026-01-01 17:30"
    )


def test_days_are_whole() -> None:
    assert lasting(BEFORE, 365) == BEFORE + 365 * DAY == at("2027-01-01")


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ({}, ""),
        ({"phone": 4500, "email": 0}, ""),
        ({"phone": 3000, "email": 1575}, "The channels add up to 15.25, more than the total of 15"),
    ],
)
def test_channels_may_add_up_to_more_and_it_is_said(lines: dict[str, int], said: str) -> None:
    found = notice(terms(**lines))
    assert found.startswith(said)
    assert bool(found) == bool(said)


@given(st.integers(-(10**11), 10**11))
def test_what_is_given_is_what_is_read(hundredths: int) -> None:
    given = hundredths / 100
    assert number(parts(given)) == given


@given(st.integers(-(10**11), 10**11))
def test_what_is_read_is_what_is_counted_to_two_digits(counted: int) -> None:
    assert abs(number(counted) * WHOLE - counted) < 2
    assert abs(parts(number(counted)) - counted) < 2


@given(st.lists(st.integers(0, 600), max_size=30))
def test_many_short_cases_use_no_more_than_their_minutes(minutes: list[int]) -> None:
    owed = terms(RESOLUTION, HOURS)
    used = sum(uses(owed, Use(RESOLVED, each)) for each in minutes)
    assert Fraction(used, WHOLE) == Fraction(sum(minutes), 60)


@pytest.mark.parametrize(
    ("given", "counted"),
    [(15, 4500), (15.0, 4500), (0.1, 30), (0.07, 21), (-0.5, -150), (1e9, 3 * 10**11)],
)
def test_two_digits_are_exact(given: float, counted: int) -> None:
    assert parts(given) == counted


def test_whole_terms_are_whole_numbers() -> None:
    assert [number(4500), number(-300), number(150), number(-150)] == [15, -1, 0.5, -0.5]
    assert isinstance(number(4500), int)


@pytest.mark.parametrize("given", [0.001, 1 / 3, 1e-9, float("nan"), float("inf")])
def test_what_two_digits_cannot_say_is_no_amount(given: float) -> None:
    with pytest.raises(ValueError, match=r"digits|number"):
        parts(given)
