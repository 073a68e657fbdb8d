"""What cannot be seen never makes one text into another."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omnitui.safetext import clean, dropped, hidden, is_escaped, name_of_sign, visible

ODD = st.text(
    "ab@+4{}U20B\u0627\u2764\ufe0f\u200b\u200d\u0301\x1b\x00\ufeff\u00ad\n\r", max_size=12
)


@given(ODD, ODD)
def test_two_texts_never_become_one(one: str, other: str) -> None:
    assert (visible(one) == visible(other)) is (one == other)


@given(st.one_of(ODD, st.text(max_size=20)))
def test_what_is_written_out_is_safe_and_stays(text: str) -> None:
    written = visible(text)
    assert dropped(written) is None
    assert (hidden(text) is None) or is_escaped(written)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("mike", None),
        ("mi\u200bke", 2),
        ("\x1b[0mx", 0),
        ("a\u0301\u0301", None),
        ("a b\n", None),
        ("m\ufe0f", 1),
    ],
)
def test_where_it_stands_is_said(text: str, place: int | None) -> None:
    assert hidden(text) == place


@pytest.mark.parametrize("text", ["\u0645\u06cc\u200c\u0631\u0648\u062f", "\u2764\ufe0f"])
def test_what_letters_and_signs_need_is_no_trick(text: str) -> None:
    assert (dropped(text), hidden(text), visible(text), clean(text)) == (None, None, text, text)


def test_a_sign_is_called_by_its_name() -> None:
    assert name_of_sign("\u200b") == "U+200B (zero width space)"
    assert name_of_sign("\x00") == "U+0000 (control character)"
