"""Which words are looked up, and which are not in the list."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omnitui.rules.spelling import as_written, is_word, misspelt, words_of

KNOWN = {"i", "the", "router", "is", "red", "don't", "it", "please", "see", "hello", "straße"}


def knows(word: str) -> bool:
    return word in KNOWN


CASES: list[tuple[str, list[str]]] = [
    ("The router is red", []),
    ("The ruoter is red", ["ruoter"]),
    ("Don't, don’t", []),
    ("See https://exampel.com/wrogn please www.wrogn.org", []),
    ("See bo@exampel.com, #tagg, @collegue", []),
    ("CAS-00003 A4711 2x wrogn2", []),
    ("{customer.frist_name} [whch day] `kode`", []),
    ("/ect/passwd C:\\wrogn", []),
    ("URL GDPR WRONGLY", ["WRONGLY"]),
    ("x y z", []),
    ("Noras router, Nora's router", ["Noras"]),
    ("Straße", []),
    ("", []),
    ("Kite-router", []),
]


@pytest.mark.parametrize(("text", "wrong"), CASES)
def test_only_words_are_looked_up(text: str, wrong: list[str]) -> None:
    besides = words_of("Nora Lie", "Kite Telecom")
    assert [one.word for one in misspelt(text, knows, besides)] == wrong


def test_a_word_is_wrong_only_once_it_is_ended() -> None:
    assert misspelt("the ruo", knows, (), 7) == []
    assert [one.word for one in misspelt("the ruo ", knows, (), 8)] == ["ruo"]
    assert [one.word for one in misspelt("the ruo", knows, (), 2)] == ["ruo"]


@given(st.text(max_size=200), st.integers(0, 200))
def test_what_is_found_stands_where_it_is_said(text: str, cursor: int) -> None:
    found = misspelt(text, lambda _word: False, (), cursor)
    for one in found:
        assert text[one.start : one.end] == one.word
        assert one.end != cursor
    places = [place for one in found for place in (one.start, one.end)]
    assert places == sorted(places)
    assert misspelt(text, lambda _word: True, (), cursor) == []


@pytest.mark.parametrize(
    ("correction", "word", "written"),
    [("receive", "recieve", "receive"), ("receive", "Recieve", "Receive"), ("it", "TI", "IT")],
)
def test_capitals_stay(correction: str, word: str, written: str) -> None:
    assert as_written(correction, word) == written


@pytest.mark.parametrize(
    ("text", "word"),
    [("kite", True), ("d'accord", True), ("two words", False), ("a1", False), ("x" * 41, False)],
)
def test_what_is_a_word(text: str, word: bool) -> None:
    assert is_word(text) is word
