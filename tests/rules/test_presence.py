import pytest
from hypothesis import given
from hypothesis import strategies as st

from omnitui.model.agent import Presence
from omnitui.rules.presence import (
    PresenceChange,
    declined,
    eases,
    explain,
    found,
    lost,
    missed,
    recompute,
    took,
)

P = Presence
CAP = "9 of 9 sessions are open; close one to get offers again"


@pytest.mark.parametrize(
    ("current", "by_hand", "used", "capacity", "sessions", "expected", "reason", "sticks"),
    [
        (P.AVAILABLE, False, 0, 100, 0, P.AVAILABLE, "No work", False),
        (P.AVAILABLE, False, 50, 100, 2, P.BUSY, "50 of 100 units in use", False),
        (P.AVAILABLE, True, 50, 100, 2, P.AVAILABLE, "as before", True),
        (P.AVAILABLE, True, 100, 100, 4, P.AVAILABLE, "as before", True),
        (P.AVAILABLE, True, 50, 100, 9, P.DO_NOT_DISTURB, CAP, False),
        (P.BUSY, True, 0, 100, 0, P.BUSY, "as before", True),
        (P.BUSY, False, 0, 100, 0, P.AVAILABLE, "No work", False),
        (P.BUSY, False, 100, 100, 4, P.DO_NOT_DISTURB, "100 of 100 units in use", False),
        (P.BUSY, False, 125, 100, 5, P.DO_NOT_DISTURB, "125 of 100 units in use", False),
        (P.DO_NOT_DISTURB, False, 75, 100, 3, P.BUSY, "75 of 100 units in use", False),
        (P.DO_NOT_DISTURB, False, 0, 100, 0, P.AVAILABLE, "No work", False),
        (P.DO_NOT_DISTURB, True, 0, 100, 0, P.DO_NOT_DISTURB, "as before", True),
        (P.AWAY, True, 50, 100, 2, P.AWAY, "as before", True),
        (P.OFFLINE, True, 0, 100, 0, P.OFFLINE, "as before", True),
        (P.OFFLINE, False, 0, 100, 0, P.OFFLINE, "as before", False),
        (P.INACTIVE, True, 100, 100, 9, P.INACTIVE, "as before", True),
        (P.INACTIVE, False, 0, 100, 0, P.INACTIVE, "as before", False),
        (P.AVAILABLE, False, 0, 100, 9, P.DO_NOT_DISTURB, CAP, False),
        (P.BUSY, False, 50, 100, 9, P.DO_NOT_DISTURB, CAP, False),
        (P.DO_NOT_DISTURB, True, 50, 100, 3, P.DO_NOT_DISTURB, "as before", True),
        (P.AVAILABLE, False, 0, 0, 0, P.DO_NOT_DISTURB, "0 of 0 units in use", False),
    ],
)
def test_presence_follows_the_load_unless_it_was_chosen(
    current: P,
    by_hand: bool,
    used: int,
    capacity: int,
    sessions: int,
    expected: P,
    reason: str,
    sticks: bool,
) -> None:
    change = recompute(current, by_hand, used, capacity, sessions, 9, "as before")
    assert change == PresenceChange(expected, reason, sticks)


@pytest.mark.parametrize(
    ("current", "expected"),
    [
        (P.AVAILABLE, P.INACTIVE),
        (P.BUSY, P.INACTIVE),
        (P.INACTIVE, P.INACTIVE),
        (P.DO_NOT_DISTURB, P.INACTIVE),
        (P.AWAY, None),
        (P.OFFLINE, None),
    ],
)
def test_a_missed_offer_marks_the_agent_as_not_there(current: P, expected: P | None) -> None:
    change = None if expected is None else PresenceChange(expected, "An offer from Kiana ran out")
    assert missed(current, "Kiana") == change


def test_who_chose_not_to_be_disturbed_is_not_marked_for_missing_an_offer() -> None:
    assert missed(P.DO_NOT_DISTURB, "Kiana", chosen_by_hand=True) is None
    assert missed(P.BUSY, "Kiana", chosen_by_hand=True) == missed(P.BUSY, "Kiana")


def test_missing_an_offer_is_forgiven_where_it_does_not_count_any_more() -> None:
    for by_hand in (False, True):
        change = recompute(P.INACTIVE, by_hand, 25, 100, 1, 9, "x", missing_counts=False)
        assert change == PresenceChange(P.BUSY, "25 of 100 units in use")


def test_a_session_cap_of_an_older_version_goes_with_its_reason() -> None:
    reason = "2 of 2 sessions are open; close one and choose Available"
    change = recompute(P.DO_NOT_DISTURB, True, 0, 100, 1, 2, reason)
    assert change == PresenceChange(P.AVAILABLE, "No work")
    assert recompute(P.DO_NOT_DISTURB, True, 0, 100, 1, 2, "You chose it").sticks


@given(
    st.sampled_from((P.AVAILABLE, P.BUSY)),
    st.integers(0, 300),
    st.integers(0, 200),
    st.integers(0, 12),
    st.integers(0, 300),
    st.integers(0, 200),
    st.integers(0, 12),
)
def test_what_the_system_set_for_a_reason_goes_with_the_reason(
    current: P, used: int, capacity: int, sessions: int, used_2: int, capacity_2: int, open_2: int
) -> None:
    # Whatever it was in between, what follows is as if it had never been.
    first = recompute(current, False, used, capacity, sessions, 9)
    after = recompute(first.presence, first.sticks, used_2, capacity_2, open_2, 9, first.reason)
    assert after == recompute(current, False, used_2, capacity_2, open_2, 9)


@given(st.sampled_from(Presence), st.sampled_from(Presence))
def test_more_in_hand_never_makes_anybody_fit(before: P, after: P) -> None:
    fuller = (P.AVAILABLE, P.BUSY, P.DO_NOT_DISTURB)
    if before in fuller and after in fuller:
        assert eases(before, after) is (fuller.index(after) < fuller.index(before))
    else:
        assert eases(before, after) is (before is not after)


@pytest.mark.parametrize("current", list(P))
def test_taking_something_ends_being_inactive_and_nothing_else(current: P) -> None:
    change = took(current)
    if current is P.INACTIVE:
        assert change is not None
        assert (change.presence, change.sticks) == (P.AVAILABLE, False)
    else:
        assert change is None


def test_a_declined_offer_changes_presence_only_where_that_is_set() -> None:
    assert declined(P.AVAILABLE, "Kiana", do_not_disturb=False) is None
    assert declined(P.AWAY, "Kiana", do_not_disturb=True) is None
    assert declined(P.BUSY, "Kiana", do_not_disturb=True) == PresenceChange(
        P.DO_NOT_DISTURB, "You declined Kiana", sticks=True
    )


def test_presence_and_reason_read_as_one_line() -> None:
    assert explain(P.BUSY, "50 of 100 units in use") == "Busy: 50 of 100 units in use"
    assert explain(P.AVAILABLE, "") == "Available"


@given(
    st.sampled_from(Presence),
    st.booleans(),
    st.integers(0, 300),
    st.integers(0, 200),
    st.integers(0, 12),
)
def test_recomputing_twice_is_recomputing_once(
    current: P, by_hand: bool, used: int, capacity: int, sessions: int
) -> None:
    first = recompute(current, by_hand, used, capacity, sessions, 9, "before")
    again = recompute(
        first.presence, by_hand or first.sticks, used, capacity, sessions, 9, first.reason
    )
    assert again.presence is first.presence
    assert again.reason == first.reason


@given(st.sampled_from(Presence), st.booleans(), st.integers(0, 300), st.integers(0, 12))
def test_nobody_full_is_ever_offered_work_by_presence(
    current: P, by_hand: bool, used: int, sessions: int
) -> None:
    # What was chosen by hand holds for a while; then nothing is offered for want of room.
    change = recompute(current, by_hand, used, 100, sessions, 9)
    if (used >= 100 and not by_hand) or sessions >= 9:
        assert change.presence not in (P.AVAILABLE, P.BUSY)


@given(st.sampled_from(Presence), st.booleans(), st.integers(0, 300), st.integers(0, 8))
def test_the_system_never_makes_up_away_offline_or_inactive(
    current: P, by_hand: bool, used: int, sessions: int
) -> None:
    change = recompute(current, by_hand, used, 100, sessions, 9)
    assert change.presence is current or change.presence in (P.AVAILABLE, P.BUSY, P.DO_NOT_DISTURB)


@pytest.mark.parametrize("current", list(P))
def test_who_loses_the_last_console_is_offline_and_says_why(current: P) -> None:
    change = lost(current)
    if current is P.OFFLINE:
        assert change is None
    else:
        assert change == PresenceChange(P.OFFLINE, "Contact with the last console was lost")


@pytest.mark.parametrize(
    ("before", "gone", "expected"),
    [
        (PresenceChange(P.BUSY, "25 of 100 units in use"), 150, P.BUSY),
        (PresenceChange(P.BUSY, "25 of 100 units in use"), 151, P.AVAILABLE),
        (PresenceChange(P.DO_NOT_DISTURB, "100 of 100 units in use"), 151, P.AVAILABLE),
        (PresenceChange(P.INACTIVE, "An offer from Kiana ran out", True), 150, P.INACTIVE),
        (PresenceChange(P.INACTIVE, "An offer from Kiana ran out", True), 151, P.AVAILABLE),
        (PresenceChange(P.AWAY, "You chose it", True), 86_400_000, P.AWAY),
        (PresenceChange(P.DO_NOT_DISTURB, "You chose it", True), 151, P.DO_NOT_DISTURB),
    ],
)
def test_who_is_found_again_has_what_they_had_or_chose(
    before: PresenceChange, gone: int, expected: P
) -> None:
    change = found(before, gone, 150)
    assert change.presence is expected
    assert change.reason
    if expected is before.presence:
        assert change == before
    else:
        assert not change.sticks
