"""How a customer feels: each message by a readable lexicon, the conversation by its last six.

Messages are scored with VADER (Hutto and Gilbert 2014), which takes time quadratic in the length
of a text: so long ones are scored in bounded pieces, the beginning and the end.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from omnitui.model.sentiment import Sentiment

if TYPE_CHECKING:
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

LAST = 6
"""How many of the customer's messages count."""

PIECE_WORDS = 60
MOST_PIECES = 12
"""A message is scored in at most this many pieces of at most PIECE_WORDS words."""

_WORD = re.compile(r"[\w']+")
_PROFANE = frozenset(
    {"fuck", "fucking", "fucked", "shit", "bullshit", "bastard", "asshole", "cunt"}
)
_PROFANE_CEILING = -0.5
_LEVELS = (
    (-0.60, Sentiment.VERY_NEGATIVE),
    (-0.35, Sentiment.NEGATIVE),
    (-0.10, Sentiment.SLIGHTLY_NEGATIVE),
    (0.10, Sentiment.NEUTRAL),
    (0.35, Sentiment.SLIGHTLY_POSITIVE),
    (0.60, Sentiment.POSITIVE),
)


@dataclass(frozen=True, slots=True)
class Scored:
    """A message's compound score (-1..1) and the words that moved it most, strongest first."""

    compound: float
    words: tuple[tuple[str, float], ...] = ()


@cache
def _analyzer() -> "SentimentIntensityAnalyzer":
    # Imported when first needed: reading the lexicon takes longer than most commands.
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

    return SentimentIntensityAnalyzer()


def score(text: str) -> Scored:
    """How one message sounds. The cost is bounded whatever its length."""
    parts = pieces(text)
    if not parts:
        return Scored(0.0)
    analyzer = _analyzer()
    weighed = [(analyzer.polarity_scores(piece)["compound"], len(piece)) for piece in parts]
    total = sum(weight for _, weight in weighed)
    compound = sum(value * weight for value, weight in weighed) / total
    said = [word.casefold() for piece in parts for word in _WORD.findall(piece)]
    if not _PROFANE.isdisjoint(said):
        compound = min(compound, _PROFANE_CEILING)
    return Scored(round(compound, 4), _moving(said))


def pieces(text: str) -> list[str]:
    """The text in pieces that VADER is quick with; of a long one the beginning and the end."""
    half = PIECE_WORDS * MOST_PIECES // 2
    # A word of a message is rarely longer than this; one that is carries no feeling.
    span = half * 12
    if len(text) > 2 * span:
        text = f"{text[:span]} {text[-span:]}"
    words = [word[:40] for word in text.split()]
    if len(words) > 2 * half:
        words = words[:half] + words[-half:]
    return [
        " ".join(words[start : start + PIECE_WORDS]) for start in range(0, len(words), PIECE_WORDS)
    ]


def _moving(words: Sequence[str], most: int = 5) -> tuple[tuple[str, float], ...]:
    lexicon: dict[str, float] = _analyzer().lexicon
    found: dict[str, float] = {}
    for index, word in enumerate(words):
        if word in lexicon:
            near = words[max(0, index - 3) : index]
            negated = any(w in ("not", "no", "never") or w.endswith("n't") for w in near)
            valence = round(lexicon[word] * (-0.74 if negated else 1.0), 2)
            found[f"not {word}" if negated else word] = valence
    strongest = sorted(found.items(), key=lambda item: (-abs(item[1]), item[0]))
    return tuple(strongest[:most])


def conversation_sentiment(scores: Sequence[float]) -> Sentiment:
    """The level that the customer's last messages (oldest first) amount to.

    It starts neutral; the newest counts most; a first message alone is held back a little.
    """
    return level(mean(scores))


def mean(scores: Sequence[float]) -> float:
    """The weighed mean of the last six scores, held back while there are few."""
    last = list(scores[-LAST:])
    weights = [index + 1 for index in range(len(last))]
    # The neutral start counts as one more message that said nothing.
    return sum(s * w for s, w in zip(last, weights, strict=True)) / (sum(weights) + 0.5)


def level(value: float) -> Sentiment:
    """The level of a mean score (-1..1)."""
    for below, found in _LEVELS:
        if value < below:
            return found
    return Sentiment.VERY_POSITIVE
