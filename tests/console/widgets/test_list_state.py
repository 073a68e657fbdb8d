from hypothesis import given
from hypothesis import strategies as st

from omnitui.console.widgets.list_state import HeldRows, ListState

KEYS = st.lists(st.integers(1, 30), unique=True)


@given(KEYS, st.integers(0, 40), KEYS)
def test_the_cursor_stays_on_its_key_as_long_as_it_is_there(
    before: list[int], place: int, after: list[int]
) -> None:
    state = ListState()
    state.set_keys(before)
    state.move(place)
    key = state.cursor_key
    stays = state.set_keys(after)
    assert stays == (key in after and key is not None)
    if stays:
        assert state.cursor_key == key
    elif after:
        assert state.cursor_key in after
    else:
        assert state.cursor_key is None


@given(KEYS, st.lists(st.sampled_from(["mark", "range", "down", "up"]), max_size=20))
def test_marks_are_always_keys_of_the_list_in_its_order(keys: list[int], steps: list[str]) -> None:
    state = ListState()
    state.set_keys(keys)
    for step in steps:
        if step == "mark":
            state.toggle_mark()
        elif step == "range":
            state.mark_range()
        else:
            state.move(state.cursor + (1 if step == "down" else -1))
        assert [key for key in keys if key in state.marks] == list(state.marked)
    assert state.subject == (state.marked or (() if not keys else (state.cursor_key,)))


@given(KEYS, KEYS)
def test_marks_stay_when_their_rows_go_out_of_sight(before: list[int], after: list[int]) -> None:
    state = ListState()
    state.set_keys(before)
    state.mark_range()
    state.move(len(before))
    state.mark_range()
    state.set_keys(after)
    assert set(state.marked) == set(before)
    assert state.marked_elsewhere == len(set(before) - set(after))
    seen = [key for key in after if key in before]
    assert list(state.marked[: len(seen)]) == seen


def test_rows_are_asked_for_once_until_they_are_out_of_date() -> None:
    rows: HeldRows[str] = HeldRows()
    assert rows.ask([1, 2]) == (1, 2)
    assert rows.ask([1, 2, 3]) == (3,)
    assert rows.supply({1: "a", 2: "b"}) == [1, 2]
    assert rows.supply({1: "a", 2: "c"}) == [2]
    rows.expire([1])
    assert rows.ask([1, 2]) == (1,)
    assert rows.get(1) == "a"
    rows.keep([2])
    assert rows.get(1) is None
    assert rows.ask([2, 3]) == (3,)
