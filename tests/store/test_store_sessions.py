from typing import Any

import pytest

from omnitui.model.session import DraftKind
from omnitui.store import sessions

AT = 1_772_442_000_000


@pytest.fixture
def ada(rows: Any) -> int:
    return rows.agent("ada")


@pytest.fixture
def talks(rows: Any, ada: int) -> list[int]:
    made = [rows.conversation(f"Visitor {number}") for number in range(4)]
    for talk in made:
        sessions.open_(rows.store, ada, talk, AT, 0)
    return made


def order(rows: Any, agent: int) -> list[int]:
    return [session.conversation_id for session in sessions.of_agent(rows.store, agent)]


def one(rows: Any, agent: int, talk: int) -> Any:
    found = sessions.get(rows.store, agent, talk)
    assert found is not None
    return found


def test_tabs_are_in_the_order_they_were_opened(rows: Any, ada: int, talks: list[int]) -> None:
    assert order(rows, ada) == talks


def test_opening_again_changes_nothing(rows: Any, ada: int, talks: list[int]) -> None:
    sessions.set_draft(rows.store, ada, talks[0], DraftKind.REPLY, "Hi")
    sessions.open_(rows.store, ada, talks[0], AT + 5, 7)
    assert order(rows, ada) == talks
    assert one(rows, ada, talks[0]).draft_reply == "Hi"
    assert one(rows, ada, talks[0]).opened_at == AT


def test_a_closed_tab_reopens_at_the_end(rows: Any, ada: int, talks: list[int]) -> None:
    assert sessions.shut(rows.store, ada, talks[0])
    assert not sessions.shut(rows.store, ada, talks[0])
    sessions.open_(rows.store, ada, talks[0], AT, 0)
    assert order(rows, ada) == [*talks[1:], talks[0]]


def test_moving_puts_tabs_into_the_order_given(rows: Any, ada: int, talks: list[int]) -> None:
    sessions.move(rows.store, ada, talks[::-1])
    assert order(rows, ada) == talks[::-1]


def test_moving_some_puts_them_first_and_keeps_the_others_behind(
    rows: Any, ada: int, talks: list[int]
) -> None:
    sessions.move(rows.store, ada, [talks[3], talks[1]])
    assert order(rows, ada) == [talks[3], talks[1], talks[0], talks[2]]


def test_moving_passes_over_what_is_not_open_and_what_is_named_twice(
    rows: Any, ada: int, talks: list[int]
) -> None:
    sessions.move(rows.store, ada, [99, talks[2], talks[2], talks[0]])
    assert order(rows, ada) == [talks[2], talks[0], talks[1], talks[3]]


def test_at_most_one_tab_is_focused(rows: Any, ada: int, talks: list[int]) -> None:
    for talk in talks:
        sessions.focus(rows.store, ada, talk)
    assert [s.focused for s in sessions.of_agent(rows.store, ada)] == [False, False, False, True]
    sessions.focus(rows.store, ada, None)
    assert not any(s.focused for s in sessions.of_agent(rows.store, ada))


def test_unread_counts_where_nobody_looks_and_focus_clears_it(
    rows: Any, ada: int, talks: list[int]
) -> None:
    bo = rows.agent("bo")
    sessions.open_(rows.store, bo, talks[0], AT, 0)
    sessions.focus(rows.store, ada, talks[0])
    message = 0
    for _ in range(3):
        message = rows.message(talks[0])
        sessions.count_unread(rows.store, talks[0], message)
    looking, elsewhere = one(rows, ada, talks[0]), one(rows, bo, talks[0])
    assert (looking.unread, looking.seen_id) == (0, message)
    assert (elsewhere.unread, elsewhere.seen_id) == (3, 0)
    assert one(rows, ada, talks[1]).unread == 0
    sessions.focus(rows.store, bo, talks[0])
    assert (one(rows, bo, talks[0]).unread, one(rows, bo, talks[0]).seen_id) == (0, message)


def test_going_home_does_not_clear_what_is_unread(rows: Any, ada: int, talks: list[int]) -> None:
    sessions.count_unread(rows.store, talks[0], rows.message(talks[0]))
    sessions.focus(rows.store, ada, None)
    assert one(rows, ada, talks[0]).unread == 1


def test_focus_of_one_agent_leaves_others_alone(rows: Any, ada: int, talks: list[int]) -> None:
    bo = rows.agent("bo")
    sessions.open_(rows.store, bo, talks[0], AT, 0)
    sessions.focus(rows.store, ada, talks[0])
    sessions.focus(rows.store, bo, None)
    assert one(rows, ada, talks[0]).focused


def test_both_drafts_live_side_by_side(rows: Any, ada: int, talks: list[int]) -> None:
    assert sessions.set_draft(rows.store, ada, talks[0], DraftKind.REPLY, "to them")
    assert sessions.set_draft(rows.store, ada, talks[0], DraftKind.NOTE, "to us")
    found = one(rows, ada, talks[0])
    assert (found.draft_reply, found.draft_note) == ("to them", "to us")
    assert one(rows, ada, talks[1]).draft_reply == ""


def test_a_draft_or_layout_without_a_session_is_told(rows: Any, ada: int) -> None:
    talk = rows.conversation()
    assert not sessions.set_draft(rows.store, ada, talk, DraftKind.REPLY, "lost?")
    assert not sessions.set_layout(rows.store, ada, talk, "{}")
