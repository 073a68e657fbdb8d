"""Most useful first: match, then helpful, then recent."""

import hypothesis.strategies as st
import pytest
from hypothesis import given

from omnitui.model.ids import ArticleId
from omnitui.model.knowledge import Article
from omnitui.rules.gaps import phrase_of
from omnitui.rules.ranking import useful_first, usefulness


def article(key: int, helpful: int = 0, unhelpful: int = 0, updated: str = "2026-01-01") -> Article:
    return Article(
        ArticleId(key), str(key), str(key), "", helpful=helpful, unhelpful=unhelpful,
        updated=updated,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("one", "other", "matches", "first"),
    [
        (article(1), article(2, 90, 0), (10.0, 5.0), 1),
        (article(1), article(2, 9, 1), (10.0, 10.0), 2),
        (article(1), article(2, 9, 1), (10.0, 9.5), 2),
        (article(1, 0, 9), article(2), (10.0, 9.5), 2),
        (article(1, 1, 0), article(2), (10.0, 9.9), 1),
        (article(1), article(2, updated="2026-02-01"), (10.0, 10.0), 2),
    ],
)
def test_the_most_useful_comes_first(
    one: Article, other: Article, matches: tuple[float, float], first: int
) -> None:
    found = useful_first([one, other], {1: matches[0], 2: matches[1]})
    assert found[0].id == first


@given(st.integers(0, 500), st.integers(0, 500), st.floats(1, 100), st.floats(1.4, 9))
def test_ratings_never_bring_a_much_weaker_match_first(
    helpful: int, unhelpful: int, match: float, times: float
) -> None:
    strong, weak = article(1, 0, unhelpful), article(2, helpful, 0)
    assert useful_first([weak, strong], {1: match * times, 2: match})[0].id == 1


@given(st.integers(0, 500), st.integers(0, 500))
def test_another_good_rating_is_never_worse(helpful: int, unhelpful: int) -> None:
    assert usefulness(helpful + 1, unhelpful) > usefulness(helpful, unhelpful)
    assert -1 < usefulness(helpful, unhelpful) < 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Purple lights?", "purple  LIGHTS"),
        ("how do I get the purple lights", "purple lights"),
        ("Gebühr", "gebuhr"),
    ],
)
def test_searches_for_the_same_are_one_gap(one: str, other: str) -> None:
    assert phrase_of(one) == phrase_of(other) != ""


@pytest.mark.parametrize("query", ["", "  ", "x", "12", "how do i", "?!", "a b"])
def test_a_search_that_says_nothing_is_no_gap(query: str) -> None:
    assert phrase_of(query) == ""
