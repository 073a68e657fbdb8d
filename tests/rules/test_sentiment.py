import os
import statistics
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from vaderSentiment.vaderSentiment import BOOSTER_DICT, NEGATE

from omnitui.model.sentiment import Sentiment
from omnitui.rules import lexicon
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

PUBLIC_DATA = Path(
    os.environ.get("OMNITUI_PUBLIC_DATA", Path(__file__).parents[3] / "shared" / "data")
)
TWEETS = PUBLIC_DATA / "sentiment" / "tweets_GroundTruth.txt"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("This is great, thank you!", ["great", "thank"]),
        ("It is not good", ["not good"]),
        ("great, now it works. NOT. I'm furious", ["great", "furious"]),
        ("ok :)", [":)", "ok"]),
        ("😡", ["angry"]),
        ("No problem, thanks", ["thanks", "fine"]),
        ("Do you open on Saturday?", []),
        ("", []),
        ("   \n ", []),
        ("Tusen takk, nå er det løst", ["takk", "løst"]),
        ("Dette er ikke bra", ["ikke bra"]),
    ],
)
def test_the_words_that_moved_a_message_are_told_strongest_first(
    text: str, words: list[str]
) -> None:
    scored = score(text)
    assert [word for word, _ in scored.words] == words
    strengths = [abs(valence) for _, valence in scored.words]
    assert strengths == sorted(strengths, reverse=True)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("My router drops every evening and it makes me furious", -1, -0.5),
        ("This is unusable, a nightmare", -1, -0.5),
        ("Internet is slow", -0.4, -0.1),
        ("Thanks, that fixed it, you are brilliant", 0.7, 1),
        ("It is not good", -0.5, -0.2),
        ("IT IS NOT GOOD", -0.5, -0.2),
        ("Where do I find my invoice?", -0.05, 0.05),
        ("I am happy.\nThe line is not", 0.3, 0.8),
        ("Jeg er veldig misfornøyd, dette er helt håpløst", -1, -0.5),
        ("Dette er ikke bra", -0.5, -0.2),
        ("Tusen takk for god hjelp!", 0.5, 1),
        ("Når åpner dere på lørdag?", -0.05, 0.05),
        ("The gift was a bra and he is glad", 0.3, 0.8),
    ],
)
def test_messages_sound_as_people_hear_them(text: str, low: float, high: float) -> None:
    assert low <= score(text).compound <= high


@pytest.mark.parametrize(
    "text",
    [
        "This is fucking brilliant, thanks!",
        "Oh SHIT. Thanks, perfect, wonderful, great",
        "Faen, tusen takk, helt perfekt",
    ],
)
def test_what_is_profane_is_negative_at_least(text: str) -> None:
    scored = score(text)
    assert conversation_sentiment([scored.compound]) <= Sentiment.NEGATIVE
    assert any(valence <= -2 for _, valence in scored.words)


@pytest.mark.parametrize("text", ["The Scunthorpe shitake class", "assassin, cocktail, bass"])
def test_a_word_is_not_profane_for_what_it_holds(text: str) -> None:
    assert score(text).compound > -0.3


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("36,000 words", "my terrible line drops again and " * 6_000),
        ("one endless word", "x" * 3_000_000),
        ("no words", " \n" * 500_000),
        ("negations", "not not not good " * 9_000),
        ("emoticons", ":) " * 30_000),
        ("emoji", "😡" * 100_000),
        ("exclamations", "!" * 1_000_000),
        ("sentences", "no. " * 36_000),
        ("lines", "bad\n" * 36_000),
    ],
)
def test_whatever_a_customer_writes_has_a_score(name: str, text: str) -> None:
    # Unbounded, most of these would take longer than a test may; the benchmark says how long.
    assert -1 <= score(text).compound <= 1, name


def test_of_a_long_text_the_beginning_and_the_end_count() -> None:
    padding = "the router is in the hall " * 500
    assert score(f"I hate this, it is terrible. {padding}").compound < 0
    assert score(f"{padding} I love this, it is wonderful.").compound > 0


def test_nothing_is_read_before_it_is_needed() -> None:
    program = (
        "import sys, omnitui.rules.sentiment as s; s.conversation_sentiment([0.5]);"
        "assert not any('vader' in name for name in sys.modules)"
    )
    subprocess.run([sys.executable, "-c", program], check=True)


@pytest.mark.parametrize(
    "text", ["angry words " * 18_000, "x" * 300_000, "!? " * 30_000, ("bad " * 40 + "\n") * 900]
)
def test_a_huge_message_comes_in_few_bounded_pieces(text: str) -> None:
    found = pieces(text)
    assert 0 < len(found) <= MOST_PIECES
    assert all(len(piece.split()) <= PIECE_WORDS for piece in found)
    assert all(len(word) <= 40 for piece in found for word in piece.split())


@given(st.text(max_size=200))
def test_any_text_has_a_score_between_minus_one_and_one(text: str) -> None:
    scored = score(text)
    assert -1 <= scored.compound <= 1
    assert len(scored.words) <= 5
    assert score(text) == scored


@pytest.mark.parametrize(
    ("scores", "expected"),
    [
        ([], Sentiment.NEUTRAL),
        ([0.0], Sentiment.NEUTRAL),
        ([0.3], Sentiment.SLIGHTLY_POSITIVE),
        ([0.8], Sentiment.POSITIVE),
        ([-0.3], Sentiment.SLIGHTLY_NEGATIVE),
        ([-0.8], Sentiment.NEGATIVE),
        ([-0.9, -0.9], Sentiment.VERY_NEGATIVE),
        ([0.9, 0.9], Sentiment.VERY_POSITIVE),
        ([-0.8, 0.8], Sentiment.SLIGHTLY_POSITIVE),
        ([0.8, -0.8], Sentiment.SLIGHTLY_NEGATIVE),
        ([-0.9, -0.9, 0, 0, 0, 0, 0, 0], Sentiment.NEUTRAL),
        ([0.0, 0, 0, 0, 0, -0.9], Sentiment.SLIGHTLY_NEGATIVE),
    ],
)
def test_a_conversation_s_level_follows_its_last_messages(
    scores: list[float], expected: Sentiment
) -> None:
    assert conversation_sentiment(scores) is expected


SCORES = st.lists(st.floats(-1, 1), max_size=12)


@given(SCORES)
def test_only_the_last_six_messages_count(scores: list[float]) -> None:
    assert conversation_sentiment(scores) is conversation_sentiment(scores[-LAST:])


@given(SCORES)
def test_turning_every_message_round_turns_the_mean_round(scores: list[float]) -> None:
    assert mean(scores) == pytest.approx(-mean([-score for score in scores]), abs=1e-9)


@given(SCORES, st.floats(-1, 1), st.floats(-1, 1))
def test_a_better_message_never_makes_it_worse(
    scores: list[float], one: float, other: float
) -> None:
    worse, better = sorted((one, other))
    assert conversation_sentiment([*scores, worse]) <= conversation_sentiment([*scores, better])


@given(SCORES)
def test_nobody_feels_more_than_they_said(scores: list[float]) -> None:
    last = [*scores[-LAST:], 0.0]
    assert min(last) <= mean(scores) <= max(last)


@given(st.floats(-1, 1))
def test_a_message_alone_is_held_back(value: float) -> None:
    assert abs(conversation_sentiment([value])) <= abs(level(value))


def test_every_norwegian_word_stands_for_one_that_the_lexicon_knows() -> None:
    known = {*lexicon._VADER.lexicon, *NEGATE, *BOOSTER_DICT, "but"}
    assert set(lexicon.NORWEGIAN.values()) <= known


@pytest.mark.parametrize(
    ("text", "norwegian"),
    [
        ("Hei, jeg har ikke nett", True),
        ("Takk!", True),
        ("The problem is the men and a gift", False),
        ("My router is dead", False),
        ("", False),
        ("Skerry Router 6", False),
    ],
)
def test_the_language_of_a_message_is_told_apart(text: str, norwegian: bool) -> None:
    assert lexicon.is_norwegian(text) is norwegian


def test_scores_agree_with_how_people_rated_tweets() -> None:
    if not TWEETS.exists():
        pytest.skip("the public ratings are not on this machine; set OMNITUI_PUBLIC_DATA")
    rated, scored = [], []
    for line in TWEETS.read_text(encoding="utf-8").splitlines():
        _, rating, text = line.split("\t")
        rated.append(float(rating))
        scored.append(score(text).compound)
    assert len(rated) >= 4_000
    assert statistics.correlation(rated, scored) >= 0.85
