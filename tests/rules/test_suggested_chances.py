"""How sure one can be of what was found by words, and of what agents found helpful before."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omnitui.rules.learning.recalled import Recalled
from omnitui.rules.suggested import (
    Fit,
    Match,
    article_chance,
    asked_of,
    best_fit,
    case_chance,
    shifted,
)

WHOLE = Match(share=1.0, called=3, score=9.0, best=9.0, second=1.0)


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        (WHOLE, Match(0.5, 3, 9.0, 9.0, 1.0)),
        (WHOLE, Match(1.0, 0, 9.0, 9.0, 1.0)),
        (WHOLE, Match(1.0, 3, 9.0, 9.0, 9.0)),
        (WHOLE, Match(1.0, 3, 4.0, 9.0, 4.0)),
        (Match(0.2, 0, 0.0, 0.0, 0.0), Match(0.0, 3, 9.0, 9.0, 1.0)),
    ],
    ids=["fewer words", "not in its title", "another is as good", "another is better", "none"],
)
def test_an_article_is_likelier_the_better_it_fits(better: Match, worse: Match) -> None:
    assert article_chance(better) > article_chance(worse)


def test_an_article_with_every_word_in_its_title_is_shown_and_one_with_few_is_not() -> None:
    assert article_chance(WHOLE) > 0.9
    assert article_chance(Match(0.2, 1, 2.0, 2.0, 1.9)) < 0.65


@given(
    st.floats(0, 1), st.integers(0, 60), *(st.floats(-9, 99),) * 3
)  # scores of words that every text has are below 0
def test_whatever_is_found_the_chance_is_one(
    share: float, called: int, score: float, best: float, second: float
) -> None:
    assert 0.0 <= article_chance(Match(share, called, score, best, second)) <= 1.0
    assert 0.0 <= case_chance(share, called) <= 1.0


def test_a_case_with_more_words_is_likelier() -> None:
    assert case_chance(1.0, 3) > case_chance(1.0, 2) > case_chance(0.5, 2) > case_chance(0.0, 0)


def test_each_message_is_a_question_of_its_own() -> None:
    messages = [{"router", "drop", "evening"}, {"charge"}, set()]
    assert best_fit({"router", "drop"}, messages) == Fit(2 / 3, 2, 0)
    assert best_fit({"charge", "router"}, messages) == Fit(1.0, 1, 1)
    assert best_fit({"other"}, messages).share == 0.0
    assert best_fit({"any"}, []) == Fit()


def test_what_is_asked_for_is_the_first_messages_and_the_last() -> None:
    assert asked_of([]) == ""
    assert asked_of(["a", "b"]) == "a\nb"
    assert asked_of(list("abcdefghij")) == "a\nb\ng\nh\ni\nj"
    assert len(asked_of(["x" * 100_000] * 50)) < 4_000


@given(st.floats(0, 1), st.floats(-9, 9))
def test_what_agents_said_moves_a_confidence_and_never_beyond_certainty(
    confidence: float, by: float
) -> None:
    moved = shifted(confidence, by)
    assert 0.0 <= moved <= 1.0
    if 0.01 < confidence < 0.99:
        assert (moved > confidence) == (by > 0) or abs(moved - confidence) < 1e-9


def test_what_helped_with_similar_words_is_recalled_and_nothing_else() -> None:
    recalled = Recalled()
    recalled.add("the telly is frozen during football", "tv", 1.0)
    recalled.add("the telly is frozen again", "router", -1.0)
    shifts = recalled.shifts("my telly is frozen")
    assert shifts["tv"] > 0 > shifts["router"]
    assert recalled.shifts("where is my invoice") == {}
    assert recalled.shifts("") == {}
    recalled.add("?!", "nothing", 1.0)
    assert len(recalled) == 2


def test_many_answers_count_no_more_than_a_few() -> None:
    recalled = Recalled()
    for _ in range(50):
        recalled.add("telly frozen", "tv", 1.0)
    assert recalled.shifts("telly frozen") == {"tv": 3.0}


def test_only_the_latest_are_recalled(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("omnitui.rules.learning.recalled._MOST", 2)
    recalled = Recalled()
    for label in ("one", "two", "three"):
        recalled.add("telly frozen", label, 1.0)
    assert set(recalled.shifts("telly frozen")) == {"two", "three"}
    assert [one.label for one in recalled.every()] == ["two", "three"]
