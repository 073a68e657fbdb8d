from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omnitui.console.apps.tabs import MOST, AppKind, AppTab, AppTabs, TooMany
from omnitui.console.glyphs import ASCII, UNICODE, Glyphs
from omnitui.console.present.apps import TabView, app_tabs


def case(key: int) -> AppTab:
    return AppTab(AppKind.CASE, key, f"CAS-{key:05}")


def opened(*keys: int) -> AppTabs:
    tabs = AppTabs()
    for key in keys:
        tabs.add(case(key))
    return tabs


def test_a_record_has_one_tab_however_often_it_is_opened() -> None:
    tabs = opened(1, 2, 1)
    assert [tab.key for tab in tabs.open] == [1, 2]
    assert tabs.front == case(1)


def test_the_tab_before_comes_in_front_when_one_is_closed() -> None:
    tabs = opened(1, 2, 3)
    tabs.close("case-3")
    assert tabs.front == case(2)
    tabs.close("case-1")
    assert tabs.front == case(2)
    tabs.close("case-2")
    assert tabs.front is None
    tabs.close("case-2")


def test_the_conversation_is_the_first_when_going_round() -> None:
    tabs = opened(1, 2)
    fronts = []
    for _ in range(4):
        tabs.step(1)
        fronts.append(tabs.front and tabs.front.key)
    assert fronts == [None, 1, 2, None]
    tabs.step(-1)
    assert tabs.front == case(2)


def test_there_may_be_so_many_and_no_more() -> None:
    tabs = opened(*range(MOST))
    with pytest.raises(TooMany):
        tabs.add(case(99))
    assert tabs.add(case(0)) == case(0)
    assert len(tabs.open) == MOST


def test_what_is_typed_comes_back_with_its_tab_and_goes_with_it() -> None:
    tabs = opened(1, 2)
    tabs.edited("case-1", {"title": "Ærlig talt"})
    tabs.edited("case-2", {"title": "x"})
    tabs.edited("case-2", {})
    again = AppTabs()
    again.restore(tabs.kept())
    assert (again.open, again.front) == (tabs.open, tabs.front)
    assert again.edits("case-1") == {"title": "Ærlig talt"}
    assert again.edits("case-2") == {}
    again.close("case-1")
    assert again.kept()["edits"] == {}


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(["open", "front", "edits", "case-1"]) | st.text(max_size=3), inner
        )
    ),
    max_leaves=12,
)


@given(JSON)
def test_whatever_was_stored_is_understood_as_far_as_it_goes(kept: Any) -> None:
    tabs = AppTabs()
    tabs.restore(kept)
    again = AppTabs()
    again.restore(tabs.kept())
    assert again.kept() == tabs.kept()


@given(
    st.lists(st.text(max_size=30), max_size=MOST),
    st.integers(0, MOST),
    st.integers(1, 200),
    st.sampled_from([UNICODE, ASCII]),
)
def test_the_line_has_its_width_and_every_tab_a_place(
    titles: list[str], front: int, width: int, glyphs: Glyphs
) -> None:
    tabs = [TabView(str(n), title, n % 2 == 0) for n, title in enumerate(titles)]
    line, spans = app_tabs(tabs, str(front), width, glyphs)
    assert line.cell_length == width
    assert [name for _start, _end, name in spans] == [tab.name for tab in tabs]
    assert all(start < end for start, end, _name in spans)
