"""Articles as the bot sends them: plain words, whole paragraphs, in parts that fit."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omnitui.desk.bot.articles import beginning, parts, plain


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("# Title\n\nSome **bold** `code` and *more*.", "Title\n\nSome bold code and more."),
        ("A line that is\nwrapped.", "A line that is wrapped."),
        ("- one\n- two", "- one\n- two"),
        ("1. one\n2. two\n   on", "1. one\n2. two on"),
        ("See [here](https://example.com).", "See here (https://example.com)."),
        ("2 * 3 * 4", "2 * 3 * 4"),
    ],
)
def test_markdown_becomes_plain_words(markdown: str, expected: str) -> None:
    assert plain(markdown) == expected


def test_the_beginning_is_whole_paragraphs_and_no_lonely_heading() -> None:
    text = "First.\n\n## Next\n\n" + "x" * 50
    assert beginning(text, 20) == "First."
    assert beginning(text, 200) == text
    assert beginning("y" * 500, 20) == "y" * 500


@given(st.text(max_size=300), st.integers(1, 60))
def test_parts_fit_and_nothing_is_lost(text: str, longest: int) -> None:
    found = list(parts(text, lambda one: len(one) <= longest))
    assert all(len(one) <= longest for one in found)
    assert "".join("".join(found).split()) == "".join(text.split())
