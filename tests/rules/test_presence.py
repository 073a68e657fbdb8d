import pytest
from hypothesis import given
from hypothesis import strategies as st

from omnitui.model.agent import Presence
from omnitui.rules.presence import recompute


@pytest.mark.parametrize(
    ("current", "by_hand", "used", "sessions", "result", "why"),
    [
        (Presence.AVAILABLE, False, 0, 0, Presence.AVAILABLE, "Nothing in hand"),
        (Presence.AVAILABLE, False, 50, 2, Presence.BUSY, "50 of 100 units in use"),
        (Presence.BUSY, False, 0, 0, Presence.AVAILABLE, "Nothing in hand"),
        (Presence.BUSY, False, 100, 4, Presence.DO_NOT_DISTURB, "100 of 100 units in use"),
        (Presence.DO_NOT_DISTURB, False, 75, 3, Presence.BUSY, "75 of 100 units in use"),
        (Presence.AVAILABLE, False, 0, 9, Presence.DO_NOT_DISTURB, "9 of 9 sessions are open"),
        (Presence.DO_NOT_DISTURB, True, 0, 0, Presence.DO_NOT_DISTURB, "before"),
        (Presence.AWAY, True, 0, 0, Presence.AWAY, "before"),
        (Presence.OFFLINE, True, 0, 0, Presence.OFFLINE, "before"),
        (Presence.OFFLINE, False, 0, 0, Presence.OFFLINE, "before"),
        (Presence.INACTIVE, True, 0, 0, Presence.INACTIVE, "before"),
        (Presence.INACTIVE, False, 100, 0, Presence.INACTIVE, "before"),
    ],
)
def test_presence_follows_load_unless_chosen(
    current: Presence, by_hand: bool, used: int, sessions: int, result: Presence, why: str
) -> None:
    change = recompute(current, by_hand, used, 100, sessions, 9, reason="before")
    assert (change.presence, change.reason) == (result, why)


@given(
    st.sampled_from(Presence),
    st.booleans(),
    st.integers(0, 300),
    st.integers(0, 200),
    st.integers(0, 12),
)
def test_recomputing_twice_changes_nothing_more(
    current: Presence, by_hand: bool, used: int, capacity: int, sessions: int
) -> None:
    once = recompute(current, by_hand, used, capacity, sessions, 9, reason="before")
    again = recompute(once.presence, by_hand, used, capacity, sessions, 9, reason=once.reason)
    assert again == once
    assert once.reason
