"""How often it is right: on service messages kept for judging, and beside people's ratings."""

import json
import os
import statistics
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

from omnitui.datafiles.sentiment import shipped
from omnitui.rules.sentiment import level, score

DATA = Path(__file__).parents[1] / "data"
MESSAGES, FURTHER = DATA / "service_messages.jsonl", DATA / "further_messages.jsonl"
PUBLIC_DATA = Path(
    os.environ.get("OMNITUI_PUBLIC_DATA", Path(__file__).parents[3] / "shared" / "data")
)
TWEETS = PUBLIC_DATA / "sentiment" / "tweets_GroundTruth.txt"
VADER = SentimentIntensityAnalyzer()


def messages(split: str, source: Path = MESSAGES) -> list[dict[str, Any]]:
    """The labelled messages of a half."""
    rows = [json.loads(line) for line in source.read_text("utf-8").splitlines()]
    return [row for row in rows if row["split"] == split]


def sign(compound: float) -> int:
    """-1, 0 or 1, as the levels have it."""
    return (int(level(compound)) > 0) - (int(level(compound)) < 0)


def test_the_labelled_messages_are_many_and_balanced() -> None:
    for split in ("dev", "judge"):
        counts = Counter(row["label"] for row in messages(split) if row["label"] is not None)
        assert min(counts[label] for label in (-1, 0, 1)) >= 50
        assert len(set(counts.values())) == 1
    texts = [row["text"] for split in ("dev", "judge") for row in messages(split)]
    assert len(set(texts)) == len(texts) >= 320


@pytest.mark.parametrize("source", [MESSAGES, FURTHER], ids=["first", "further"])
def test_the_sign_is_right_where_it_is_judged(source: Path, record_property: Any) -> None:
    judged = [row for row in messages("judge", source) if row["label"] is not None]
    ours = sum(sign(score(row["text"], shipped()).compound) == row["label"] for row in judged)
    vader = sum(
        sign(VADER.polarity_scores(row["text"])["compound"]) == row["label"] for row in judged
    )
    share, theirs = ours / len(judged), vader / len(judged)
    record_property("sign_right", share)
    record_property("vader_sign_right", theirs)
    print(f"sign right {share:.1%}, VADER {theirs:.1%}, over {len(judged)} messages")
    assert share >= 0.85
    assert share > theirs


@pytest.mark.parametrize("label", [-1, 0, 1])
def test_no_label_of_the_further_messages_is_right_at_the_cost_of_another(label: int) -> None:
    rows = [row for row in messages("judge", FURTHER) if row["label"] == label]
    right = sum(sign(score(row["text"], shipped()).compound) == label for row in rows)
    assert len(rows) >= 25
    assert right / len(rows) >= 0.85


@pytest.mark.parametrize("label", [-1, 0, 1])
@pytest.mark.parametrize("language", ["en", "nb"])
def test_no_label_is_right_at_the_cost_of_another(label: int, language: str) -> None:
    rows = [
        row for row in messages("judge") if (row["label"], row["language"]) == (label, language)
    ]
    right = sum(sign(score(row["text"], shipped()).compound) == label for row in rows)
    assert right / len(rows) >= 0.8


@pytest.mark.parametrize("source", [MESSAGES, FURTHER], ids=["first", "further"])
@pytest.mark.parametrize("split", ["dev", "judge"])
def test_a_message_is_scored_where_its_language_has_a_lexicon(split: str, source: Path) -> None:
    for row in messages(split, source):
        expected = None if row["label"] is None else row["language"]
        heard = score(row["text"], shipped(), row["language"])
        assert heard.scored is (expected is not None), row["text"]
        unhinted = score(row["text"], shipped())
        assert unhinted.scored is heard.scored, row["text"]


def test_scores_agree_with_how_people_rated_tweets_as_well_as_vader_s() -> None:
    if not TWEETS.exists():
        pytest.skip("the public ratings are not on this machine; set OMNITUI_PUBLIC_DATA")
    rated, ours, vader, unscored = [], [], [], 0
    for line in TWEETS.read_text(encoding="utf-8").splitlines():
        _, rating, text = line.split("\t")
        heard = score(text, shipped())
        rated.append(float(rating))
        ours.append(heard.compound)
        vader.append(VADER.polarity_scores(text)["compound"])
        unscored += not heard.scored
    assert len(rated) >= 4_000
    r, theirs = statistics.correlation(rated, ours), statistics.correlation(rated, vader)
    print(f"Pearson r {r:.4f}, VADER {theirs:.4f}, over {len(rated):,} tweets")
    assert r >= theirs
    # Nearly all of them are English, and are not lost.
    assert unscored / len(rated) < 0.01
