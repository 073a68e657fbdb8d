import math
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omnitui.model.sentiment import Sentiment
from omnitui.rules.sentiment import (
    LAST,
    MOST_PIECES,
    PIECE_WORDS,
    conversation_sentiment,
    level,
    mean,
    pieces,
    score,
)

RATED = Path(__file__).parents[3] / "shared/data/sentiment/tweets_GroundTruth.txt"


@pytest.mark.parametrize(
    ("said", "lowest", "highest"),
    [
        ("", 0, 0),
        ("hello", -0.1, 0.1),
        ("thank you so much, that is wonderful", 0.5, 1),
        ("this is terrible, I am so angry", -1, -0.5),
        ("this is not good", -1, -0.1),
        ("where is my shit router", -1, -0.5),
        ("great, just great, fucking great", -1, -0.5),
    ],
)
def test_single_messages_sound_as_people_hear_them(
    said: str, lowest: float, highest: float
) -> None:
    assert lowest <= score(said).compound <= highest


def test_the_words_that_moved_it_are_named() -> None:
    words = dict(
        score("The engineer was great but the wait was not nice and the bill is awful").words
    )
    assert words["great"] > 0
    assert words["awful"] < 0
    assert words["not nice"] < 0


@pytest.mark.parametrize(
    ("scores", "found"),
    [
        ([], Sentiment.NEUTRAL),
        ([0.0], Sentiment.NEUTRAL),
        ([-0.9], Sentiment.NEGATIVE),
        ([0.3], Sentiment.SLIGHTLY_POSITIVE),
        ([0.9] * 6, Sentiment.VERY_POSITIVE),
        ([-0.9] * 6, Sentiment.VERY_NEGATIVE),
        ([-0.9, -0.9, -0.9, 0.9, 0.9, 0.9], Sentiment.POSITIVE),
        ([0.9, 0.9, 0.9, -0.9, -0.9, -0.9], Sentiment.NEGATIVE),
        ([-1.0] * 20 + [0.0] * 6, Sentiment.NEUTRAL),
    ],
)
def test_the_last_six_messages_make_the_level(scores: list[float], found: Sentiment) -> None:
    assert conversation_sentiment(scores) is found


compounds = st.lists(st.floats(-1, 1), max_size=12)


@given(compounds)
def test_only_the_last_six_count(scores: list[float]) -> None:
    assert mean(scores) == mean(scores[-LAST:])


@given(compounds)
def test_turning_every_message_round_turns_the_mean_round(scores: list[float]) -> None:
    assert math.isclose(mean(scores), -mean([-s for s in scores]), abs_tol=1e-9)


@given(compounds, st.floats(-1, 1), st.floats(0, 1))
def test_a_kinder_last_word_never_lowers_the_level(
    scores: list[float], last: float, more: float
) -> None:
    kinder = min(1.0, last + more)
    assert level(mean([*scores, kinder])) >= level(mean([*scores, last]))


@given(st.text(max_size=400))
def test_any_text_has_a_score(text: str) -> None:
    assert -1 <= score(text).compound <= 1


@pytest.mark.parametrize(
    "text", ["angry words " * 18_000, "x" * 300_000, "!? " * 30_000, ("bad " * 40 + "\n") * 900]
)
def test_a_huge_message_is_scored_in_few_bounded_pieces(text: str) -> None:
    found = pieces(text)
    assert 0 < len(found) <= MOST_PIECES
    assert all(len(piece.split()) <= PIECE_WORDS for piece in found)
    assert all(len(word) <= 40 for piece in found for word in piece.split())


def test_a_long_message_is_judged_by_its_beginning_and_its_end() -> None:
    middle = "the box has a light " * 2_000
    assert score(f"wonderful wonderful wonderful {middle}").compound > 0
    assert score(f"{middle} horrible horrible horrible").compound < 0


def test_it_agrees_with_people() -> None:
    if not RATED.exists():
        pytest.skip("the texts rated by people are not here (shared/data/sentiment)")
    pairs = []
    for line in RATED.read_text(encoding="utf-8").splitlines():
        _, rated, text = line.split("\t", 2)
        pairs.append((float(rated), score(text).compound))
    n = len(pairs)
    mx, my = (sum(p[i] for p in pairs) / n for i in (0, 1))
    covariance = sum((x - mx) * (y - my) for x, y in pairs)
    spread = math.sqrt(sum((x - mx) ** 2 for x, _ in pairs) * sum((y - my) ** 2 for _, y in pairs))
    assert covariance / spread > 0.85
