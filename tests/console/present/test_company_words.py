import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.content import Content

from omnitui.console.present.viewers import asked, sentence
from omnitui.model.ids import AgentId
from omnitui.model.viewers import Viewer

BO = Viewer(AgentId(2), "Bo Lindqvist", typing=True)
ELIN = Viewer(AgentId(3), "Elin Haugen")
CHIDI = Viewer(AgentId(4), "Chidi Okafor")


@pytest.mark.parametrize(
    ("people", "room", "said"),
    [
        ([], 80, ""),
        ([ELIN], 80, "Elin Haugen is viewing"),
        ([BO], 80, "Bo Lindqvist is typing"),
        ([BO], 21, "Bo is typing"),
        ([BO], 11, "is typing"),
        ([BO], 5, ""),
        ([BO, ELIN], 80, "Bo Lindqvist is typing, Elin Haugen is viewing"),
        ([BO, ELIN], 40, "Bo is typing, Elin is viewing"),
        ([BO, ELIN], 28, "Bo is typing, 1 more here"),
        ([BO, ELIN], 20, "2 other viewers"),
        ([BO, ELIN], 12, "is typing"),
        ([CHIDI, ELIN], 80, "Chidi Okafor and Elin Haugen are viewing"),
        ([BO, CHIDI, ELIN], 80, "Bo Lindqvist is typing, Chidi Okafor and Elin Haugen are viewing"),
        ([BO, CHIDI, ELIN], 26, "Bo is typing, 2 more here"),
    ],
)
def test_as_much_is_said_as_there_is_room_for(people: list[Viewer], room: int, said: str) -> None:
    assert sentence(people, room) == said


@given(
    st.lists(
        st.builds(Viewer, st.just(AgentId(1)), st.text(min_size=1, max_size=30), st.booleans()),
        max_size=5,
    ),
    st.integers(-5, 120),
)
def test_it_never_takes_more_room_than_there_is(people: list[Viewer], room: int) -> None:
    said = sentence(people, room)
    assert Content(said).cell_length <= max(0, room)
    assert "\n" not in said


@pytest.mark.parametrize(
    ("names", "room", "said"),
    [
        ([], 80, ""),
        (["Bo Lindqvist"], 80, "asked Bo Lindqvist, no answer yet"),
        (["Elin Haugen of Internet"], 30, "asked Elin, no answer yet"),
        (["Bo Lindqvist", "Elin Haugen"], 34, "asked Bo, Elin, no answer yet"),
        (["Bo Lindqvist"], 12, "asked Bo"),
        (["Bo Lindqvist"], 6, "asked"),
        (["Bo Lindqvist"], 3, ""),
    ],
)
def test_who_is_asked_is_said_in_as_many_words_as_fit(
    names: list[str], room: int, said: str
) -> None:
    assert asked(names, room) == said
