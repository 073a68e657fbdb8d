"""Markdown as plain text, its outline, and how it begins."""

import hypothesis.strategies as st
import pytest
from hypothesis import given

from omnitui.rules.markdown import Heading, opening, outline, plain, shortened


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("# A\n\ntext", "A:\n\ntext"),
        ("**bold** and `code` and *it*", "bold and code and it"),
        ("- a\n- b\n\n1. x\n2. y", "- a\n- b\n\n1. x\n2. y"),
        ("[the page](https://a.example/b)", "the page (https://a.example/b)"),
        ("```\nraw *x*\n```", "raw *x*"),
        ("a\nb  \nc", "a b\nc"),
        ("<b>x</b>", "<b>x</b>"),
        ("", ""),
    ],
)
def test_marks_go_and_words_stay(body: str, text: str) -> None:
    assert plain(body) == text


def test_the_outline_is_the_headings_in_their_order() -> None:
    body = "# One\n\nx\n\n## Two *words*\n\n```\n# none\n```\n\n#\n\nThree\n-----\n"
    assert outline(body) == [Heading(1, "One"), Heading(2, "Two words"), Heading(2, "Three")]


@pytest.mark.parametrize(
    ("text", "most", "short"),
    [
        ("Short.", 200, "Short."),
        ("One sentence here is long enough. Another one.", 40, "One sentence here is long enough."),
        ("many words without an end of it", 12, "many words…"),
        ("unbreakable", 5, "unbr…"),
        ("x y", 0, ""),
    ],
)
def test_a_text_is_shortened_at_sentences_and_words(text: str, most: int, short: str) -> None:
    assert shortened(text, most) == short


@given(st.text(max_size=300), st.integers(1, 300))
def test_what_is_shortened_is_no_longer_than_asked_for(text: str, most: int) -> None:
    found = shortened(text, most)
    assert len(found) <= most
    assert text.startswith(found.removesuffix("…"))


@given(st.text(max_size=300))
def test_any_text_has_an_opening_and_an_outline(body: str) -> None:
    assert len(opening(body)) <= 200
    assert all(heading.text.strip() for heading in outline(body))
