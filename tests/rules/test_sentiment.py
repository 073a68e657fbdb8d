"""The level of a conversation, and what a message's score is made of and costs."""

import subprocess
import sys
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omnitui.datafiles.sentiment import shipped
from omnitui.model.sentiment import Sentiment
from omnitui.rules.sentiment import (
    CAPITALS,
    LAST,
    MOST_WORDS,
    Scored,
    bounded,
    conversation_sentiment,
    level,
    mean,
)
from omnitui.rules.sentiment import score as scored_with


def score(text: str, language: str = "") -> Scored:
    """A message heard with what is shipped."""
    return scored_with(text, shipped(), language)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("This is great, I love it!", ["great", "love it"]),
        ("It is not good", ["not good"]),
        ("It is not very good", ["not very good"]),
        ("great, now it works. NOT. I'm furious", ["furious", "great", "it works"]),
        ("fine :)", [":)"]),
        ("😡", ["😡"]),
        ("Still not working 😡", ["😡", "still not working"]),
        ("internet down three days and nobody answers", ["internet down", "nobody answers"]),
        ("Great, down again", ["down again", "great"]),
        ("WHY DOES THIS HAPPEN", [CAPITALS]),
        ("No problem, thanks", ["thanks"]),
        ("Do you open on Saturday?", []),
        ("Please could you help me?", []),
        ("", []),
        ("   \n ", []),
        ("Tusen takk, nå er det løst", ["tusen takk", "løst"]),
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
    "text",
    [
        "I have been waiting three weeks, nobody calls back, and it is still not fixed",
        "Great, another outage, just wonderful 😡",
        "Jeg har ventet i to uker, og ingen svarer",
    ],
)
def test_what_is_told_stands_in_the_message_and_points_its_way(text: str) -> None:
    scored = score(text)
    assert scored.words
    for said, valence in scored.words:
        assert said in text.casefold()
        assert (valence < 0) is (scored.compound < 0)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("My router drops every evening and it makes me furious", -1, -0.5),
        ("This is unusable, a nightmare", -1, -0.5),
        ("Internet is slow", -0.4, -0.1),
        ("Thanks, that fixed it, you are brilliant", 0.6, 1),
        ("It is not good", -0.5, -0.2),
        ("IT IS NOT GOOD", -0.7, -0.2),
        ("Where do I find my invoice?", -0.05, 0.05),
        ("I am happy.\nThe line is not", 0.3, 0.8),
        ("Jeg er veldig misfornøyd, dette er helt håpløst", -1, -0.5),
        ("Dette er ikke bra", -0.5, -0.2),
        ("Tusen takk for god hjelp!", 0.4, 1),
        ("Når åpner dere på lørdag?", -0.05, 0.05),
        ("The gift was a bra and he is glad", 0.2, 0.8),
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


HUGE = {
    "36,000 words": "my terrible line drops again and " * 6_000,
    "one endless word": "x" * 3_000_000,
    "no words": " \n" * 500_000,
    "negations": "not not not good " * 9_000,
    "phrases that begin": "never not didn't called nobody waiting for " * 6_000,
    "emoticons": ":) " * 30_000,
    "brackets": "((((:" * 50_000,
    "emoji": "😡" * 100_000,
    "exclamations": "!" * 1_000_000,
    "quotation marks": "> " * 100_000,
    "quotations": 'said "' * 50_000,
    "opening quotes": '"a ' * 100_000,
    "sentences": "no. " * 36_000,
    "lines": "bad\n" * 36_000,
    "greetings": "dear " * 50_000,
    "closings": "Kind regards, " * 20_000,
    "dots": "a.b." * 50_000,
    "entities": "&amp;" * 50_000,
    "braces": '{"a":' * 30_000,
}


@pytest.mark.parametrize("name", HUGE)
def test_whatever_a_customer_writes_is_scored_at_once(name: str) -> None:
    text = HUGE[name]
    score(text[:100])
    took = []
    for _ in range(3):
        # Time of this process, so that a busy machine makes no difference.
        start = time.process_time()
        scored = score(text)
        took.append(time.process_time() - start)
        assert -1 <= scored.compound <= 1
    assert min(took) < 0.05


def test_of_a_long_text_the_beginning_and_the_end_count() -> None:
    padding = "the router is in the hall " * 500
    assert score(f"I hate this, it is terrible. {padding}").compound < 0
    assert score(f"{padding} I love this, it is wonderful.").compound > 0


def test_one_complaint_in_a_long_letter_is_heard() -> None:
    letter = "I moved to the new address in May and the router stands in the hall. " * 8
    assert score(f"{letter} I have been charged twice. {letter}").compound < -0.1


def test_nothing_is_read_before_it_is_needed() -> None:
    program = (
        "import sys, omnitui.desk.intake, omnitui.rules.sentiment as s;"
        "s.conversation_sentiment([0.5]);"
        "assert not any('vader' in name for name in sys.modules)"
    )
    subprocess.run([sys.executable, "-c", program], check=True)


@pytest.mark.parametrize(
    "text", ["angry words " * 18_000, "x" * 300_000, "!? " * 30_000, ("bad " * 40 + "\n") * 900]
)
def test_a_huge_message_is_cut_to_its_beginning_and_end(text: str) -> None:
    found = bounded(text)
    assert 0 < len(found.split()) <= MOST_WORDS
    assert all(len(word) <= 80 for word in found.split())


@given(st.text(max_size=300).filter(lambda text: len(text.split()) < MOST_WORDS))
def test_a_short_message_is_heard_whole(text: str) -> None:
    long_words = [word for word in text.split() if len(word) > 80]
    assert long_words or bounded(text).split() == text.split()


@given(st.text(max_size=200))
def test_any_text_has_a_score_between_minus_one_and_one(text: str) -> None:
    scored = score(text)
    assert -1 <= scored.compound <= 1
    assert len(scored.words) <= 5
    assert score(text) == scored
    assert scored.scored or (scored.compound, scored.words) == (0, ())


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


@pytest.mark.parametrize("opens", ["", "'", '"', "“", "he said '", 'she wrote: "', "{", "<", "("])
@pytest.mark.parametrize(
    "piece",
    ["'word. ", "word. ", "it's, ", '"a; ', "“a! ", "{a: ", "A1-", "a.b/", "(a) ", ":(( ", "not "],
)
def test_what_never_closes_is_read_once(opens: str, piece: str) -> None:
    """Read in every way that it might be, each of these would take longer than the sun burns."""
    assert -1 <= score(opens + piece * 90).compound <= 1
