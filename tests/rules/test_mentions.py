"""Who a note mentions."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omnitui.rules.mentions import Colleague, mentioned

TEAM = (
    Colleague(1, "ada", "Ada Byron"),
    Colleague(2, "bo", "Bo Berg"),
    Colleague(3, "bo.k", "Bo Kim"),
    Colleague(4, "åse", "Åse Lie"),
)


@pytest.mark.parametrize(
    ("text", "whom"),
    [
        ("@ada can you look?", (1,)),
        ("Ask @Ada Byron.", (1,)),
        ("@ADA, @bo.k: both of you", (1, 3)),
        ("@ada @ada @Ada Byron", (1,)),
        ("Ask @Bo Berg, not me", (2,)),
        ("@bo is the login of one", (2,)),
        ("@bo.k", (3,)),
        ("@Åse ser på den", (4,)),
        ("(@ada)", (1,)),
        ("@adaptation of it", ()),
        ("@ada-lovelace is somebody else", ()),
        ("write to kiana@ada.example or x@bo", ()),
        ("@@ada", ()),
        ("@nobody and @", ()),
        ("", ()),
    ],
)
def test_whom_a_note_mentions(text: str, whom: tuple[int, ...]) -> None:
    assert mentioned(text, TEAM) == whom


def test_a_first_name_of_two_people_means_neither() -> None:
    two = (Colleague(1, "b1", "Bo Berg"), Colleague(2, "b2", "Bo Kim"))
    assert mentioned("@Bo", two) == ()
    assert mentioned("@Bo Kim", two) == (2,)


@given(st.text(max_size=80))
def test_only_those_who_are_there_are_mentioned_each_once(text: str) -> None:
    found = mentioned(text, TEAM)
    assert set(found) <= {one.id for one in TEAM}
    assert len(set(found)) == len(found)
    assert not found or "@" in text
