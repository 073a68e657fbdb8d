"""Phrases of the lexicon: how they are written, and where they are found."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omnitui.rules.feeling.phrases import MOST_BETWEEN, Index, Kind, parse

KINDS = {"time": frozenset({"days", "weeks"}), "not": frozenset({"not", "never"})}


def found(line: str, said: str) -> list[str]:
    """The words of each place where a phrase is found in a clause."""
    words = said.split()
    index = Index([parse(line, Kind.TROUBLE, -2.0, KINDS)])
    return [" ".join(words[at] for at in places) for _, places in index.find(words)]


@pytest.mark.parametrize(
    ("line", "said", "expected"),
    [
        ("charged twice", "i was charged twice today", ["charged twice"]),
        ("charged twice", "charged me twice", []),
        ("charged .. twice", "charged me for it twice", ["charged twice"]),
        ("charged .. twice", "charged me for all of it twice", []),
        ("charged .. twice", "charged twice", ["charged twice"]),
        ("nobody answers/calls", "nobody calls", ["nobody calls"]),
        ("waited (for) <time>", "waited for weeks", ["waited for weeks"]),
        ("waited (for) <time>", "waited days", ["waited days"]),
        ("waited (for) <time>", "waited for months", []),
        ("<not> again/<time>", "never weeks", ["never weeks"]),
        ("| it works |", "it works", ["it works"]),
        ("| it works |", "it works not", []),
        ("| it works |", "if it works", []),
        ("again |", "down again and again", ["again"]),
        ("help (me) (please)", "help please", ["help please"]),
        ("help (me) (please)", "help", ["help"]),
        ("bad", "bad bad", ["bad", "bad"]),
    ],
)
def test_a_phrase_is_found_where_it_is_said(line: str, said: str, expected: list[str]) -> None:
    assert found(line, said) == expected


def test_the_longest_phrase_at_a_word_counts_and_no_word_counts_twice() -> None:
    lines = ["no", "no rush", "rush"]
    index = Index([parse(line, Kind.FORMULA, number, {}) for number, line in enumerate(lines)])
    assert [(phrase.strength, places) for phrase, places in index.find(["no", "rush", "rush"])] == [
        (1, (0, 1)),
        (2, (2,)),
    ]


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("(maybe)", "no word that must be there"),
        ("| |", "no word that must be there"),
        (".. twice", "begins or ends with .."),
        ("charged ..", "begins or ends with .."),
        ("<nobody> answers", "no kind <nobody>"),
        ("Charged twice", "'Charged' is no word"),
        ("yeah, right", "'yeah,' is no word"),
        ("a//b", "'' is no word"),
    ],
)
def test_a_phrase_that_cannot_be_is_refused_in_a_sentence(line: str, problem: str) -> None:
    with pytest.raises(ValueError, match=problem.replace(".", r"\.").replace("'", "'")):
        parse(line, Kind.TROUBLE, -2.0, KINDS)


@given(st.integers(0, 6))
def test_up_to_three_words_stand_between(number: int) -> None:
    said = " ".join(["charged", *["x"] * number, "twice"])
    assert bool(found("charged .. twice", said)) is (number <= MOST_BETWEEN)


@given(st.lists(st.sampled_from(["nobody", "answers", "calls", "never", "x", "days"]), max_size=12))
def test_places_are_in_order_and_taken_once(words: list[str]) -> None:
    lines = ["nobody .. answers", "never (x) answers/calls", "<time>", "nobody"]
    index = Index([parse(line, Kind.TROUBLE, -1, KINDS) for line in lines])
    places = [at for _, each in index.find(words) for at in each]
    assert len(set(places)) == len(places)
    assert all(list(each) == sorted(each) for _, each in index.find(words))
