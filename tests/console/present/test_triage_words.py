"""The words around Home's list: tabs, choices, marks, what was done."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omnitui.console.glyphs import ASCII, UNICODE
from omnitui.console.present.home.triage import (
    COLUMNS,
    ListTab,
    Standing,
    about_whom,
    ascends,
    choice_line,
    ghost,
    list_tabs,
    mistake_line,
    order_words,
    standing_line,
    what_was_done,
)
from omnitui.model.triage import SORTS
from omnitui.rules.triage import Choice

TABS = (
    ListTab("mine", "My work", 4),
    ListTab("open", "Open", 12_345),
    ListTab("closed", "Closed today"),
    ListTab("view:1", "Late chats", 3, saved=True, changed=True),
    ListTab("view:2", "Everybody's", None, saved=True, shared=True),
)


def test_tabs_name_count_and_tell_what_is_saved_changed_shared_and_wrong() -> None:
    line, spans = list_tabs(TABS, "open", 90, UNICODE)
    assert line.plain.rstrip() == (
        " My work 4  ▌Open 12,345   Closed today   · Late chats* 3   ≡ Everybody's ?"
    )
    assert [key for _start, _end, key in spans] == [tab.key for tab in TABS]
    for start, end, key in spans:
        label = next(tab.label for tab in TABS if tab.key == key)
        assert label in line.plain[start:end]


def test_tabs_without_room_show_the_chosen_one_and_that_there_are_more() -> None:
    assert list_tabs(TABS, "mine", 30, UNICODE)[0].plain.rstrip() == "▌My work 4   Open 12,345  ›"
    line, spans = list_tabs(TABS, "view:1", 30, UNICODE)
    assert line.plain.rstrip() == "‹ ▌· Late chats* 3  ›"
    assert [key for _start, _end, key in spans] == ["closed", "view:1", "view:2"]
    assert list_tabs(TABS[:2], "mine", 24, UNICODE)[0].plain == "▌My work 4   Open 12,345"
    assert list_tabs(TABS, "view:2", 30, ASCII)[0].plain.rstrip() == "< >= Everybody's ?"


@given(
    st.lists(st.tuples(st.text(max_size=24), st.integers(0, 10**6)), min_size=1, max_size=12),
    st.data(),
)
def test_tabs_fit_any_width_and_the_chosen_one_is_there(
    labels: list[tuple[str, int]], data: st.DataObject
) -> None:
    tabs = [ListTab(str(n), label, count) for n, (label, count) in enumerate(labels)]
    chosen = data.draw(st.sampled_from([tab.key for tab in tabs]))
    width = data.draw(st.integers(40, 160))
    line, spans = list_tabs(tabs, chosen, width, UNICODE)
    assert line.cell_length == width
    assert chosen in [key for _start, _end, key in spans]
    assert all(start < end for start, end, _key in spans)


def test_choices_stand_behind_the_key_and_end_in_an_ellipsis() -> None:
    words = [Choice(word, word) for word in ("email", "chat", "facebook", "forum")]
    assert (
        choice_line(words, True, 40, UNICODE).plain.rstrip() == " tab email  chat  facebook  forum"
    )
    assert choice_line(words, False, 22, UNICODE).plain.rstrip() == " type email  chat  …"
    assert "Esc clears it" in choice_line([], True, 60, UNICODE).plain
    assert choice_line([], False, 20, UNICODE).plain == " " * 20


def test_a_mistake_begins_with_a_sign_and_fits() -> None:
    line = mistake_line("There is no “x:”.", "There are is, channel.", 30, ASCII)
    assert line.plain.startswith(" ! There is no")
    assert line.cell_length == 30


@pytest.mark.parametrize(
    ("written", "line", "shown"),
    [
        ("chan", "channel:", "nel:"),
        ("queue:bil", "queue:Billing", "ling"),
        ("Queue:BIL", "Queue:Billing", "ling"),
        ("is:open agent:lind", "is:open agent:bo", "  = bo"),
        ("queue:mo", 'queue:"Mobile & TV"', '  = "Mobile & TV"'),
        ("-queue:mo", '-queue:"Mobile & TV"', '  = "Mobile & TV"'),
    ],
)
def test_what_tab_would_write_stands_dimly_behind(written: str, line: str, shown: str) -> None:
    assert ghost(written, line) == shown


def test_every_order_has_words_and_its_arrow_tells_how_what_is_shown_goes() -> None:
    assert set(SORTS) == set(COLUMNS)
    assert order_words("", UNICODE) == ""
    assert order_words("wait", UNICODE) == "by wait ↓"
    assert order_words("-wait", ASCII) == "by wait ^"
    assert order_words("name", UNICODE) == "by customer ↑"
    assert ascends("sla")
    assert not ascends("-sla")
    assert not ascends("said")


def test_marks_are_counted_and_those_out_of_sight_are_told() -> None:
    line = standing_line(Standing(3, 41, marked=5, marked_elsewhere=2, sort="wait"), 80, UNICODE)
    assert line.plain.startswith("  5 marked, 2 not in view   esc unmarks")
    assert line.plain.endswith("by wait ↓ · 3 of 41  ")
    assert standing_line(Standing(), 40, UNICODE).plain.strip() == ""


def test_what_was_done_comes_first_and_the_place_gives_way() -> None:
    done = Standing(1, 10, marked=1, sort="priority", said="Closed 11 of 12; u undoes it.")
    assert standing_line(done, 80, UNICODE).plain.startswith("  Closed 11 of 12; u undoes it.")
    narrow = standing_line(done, 50, UNICODE).plain
    assert "priority" not in narrow
    assert narrow.rstrip().endswith("1 of 10")
    assert standing_line(done, 40, UNICODE).plain.rstrip() == "  Closed 11 of 12; u undoes it."


def test_refusals_are_told_of_the_first_and_counted() -> None:
    assert what_was_done("Closed", 12, [], "u") == "Closed 12; u undoes it."
    one = [("Marcus Lee", "It is in wrap-up already.")]
    assert what_was_done("Closed", 11, one, "u") == (
        "Closed 11 of 12; u undoes it. Marcus Lee: It is in wrap-up already."
    )
    named = [("Kiana", "Kiana is with Bo."), ("X", "No.")]
    assert what_was_done("Took", 1, named, "u") == (
        "Took 1 of 3; u undoes it. Kiana is with Bo, and 1 more."
    )
    assert what_was_done("Took", 0, one, "u") == (
        "Took none of 1. Marcus Lee: It is in wrap-up already."
    )


def test_whom_it_is_about_is_named_as_far_as_it_helps() -> None:
    assert about_whom(["Ada"], 1, 0) == "Ada."
    assert about_whom(["A", "B", "C", "D"], 1_204, 0) == "A, B, C and 1,201 more."
    assert about_whom(["A", "B"], 2, 1) == "A, B. 1 of them is not in view."
