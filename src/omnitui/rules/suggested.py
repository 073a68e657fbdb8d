"""How sure one can be of an article or a case that was found by words, and what is asked for.

A search's scores are no probabilities. The weights below were fitted by logistic regression: for
articles on questions in customers' own words, whose article is known, and on questions about
another trade, to which no article is an answer; for cases on questions of 77 kinds, where those of
the same kind count as similar. On questions that were held out, articles at 0.6 to 0.8 were right
in 74 of 100, and from 0.8 on in 96. On the questions that they were fitted on, cases at 0.7 to 0.8
were right in 72 of 100, and from 0.8 on in 91.
"""

import math
from collections.abc import Sequence, Set

from msgspec import Struct

_ARTICLE = (2.13, 2.18, 2.21, 2.42, -6.81)
"""Share of the words that it has, its score by that of the best one, how far the best one is ahead,
the number of the words that it is called by (logarithm), and what is always added."""
_CASE = (2.99, 2.02, -3.41)
"""Share of the words that it has, their number (logarithm), and what is always added."""
_FIRST, _LAST = 2, 4
_LONGEST = 600


def asked_of(said: Sequence[str]) -> str:
    """What the customer's messages (oldest first) are about: the first ones, and the last."""
    kept = said if len(said) <= _FIRST + _LAST else [*said[:_FIRST], *said[-_LAST:]]
    return "\n".join(text[:_LONGEST] for text in kept)


class Match(Struct, frozen=True):
    """What an article has of the words that were asked for.

    `called` is how many of them are in its title and keywords. `score` is its own in the search,
    `best` and `second` are those of the first two for the same message.
    """

    share: float
    called: int
    score: float
    best: float
    second: float


def article_chance(match: Match) -> float:
    """How likely an article is right. Scores below 0 count as 0."""
    if match.share <= 0.0:
        return 0.0
    best = max(0.0, match.best)
    of_best = max(0.0, match.score) / best if best else 1.0
    ahead = (best - max(0.0, match.second)) / best if best and of_best >= 1.0 else 0.0
    parts = (match.share, of_best, ahead, math.log1p(max(0, match.called)), 1.0)
    return chance(sum(weight * part for weight, part in zip(_ARTICLE, parts, strict=True)))


class Fit(Struct, frozen=True, order=True):
    """The share of a message's words that something has, how many these are, and which message."""

    share: float = 0.0
    many: int = 0
    message: int = 0


def best_fit(has: Set[str], messages: Sequence[Set[str]]) -> Fit:
    """How something fits the message that it fits best, the last one of equal ones.

    Each message is a question of its own: customers rarely say everything at once, and other
    things in between.
    """
    fits = [
        Fit(len(has & words) / len(words), len(has & words), number)
        for number, words in enumerate(messages)
        if words
    ]
    return max(fits, default=Fit())


def case_chance(share: float, many: int) -> float:
    """How likely a resolved case is similar that has this share of the words, `many` of them."""
    if share <= 0.0 or many < 1:
        return 0.0
    weight, number, always = _CASE
    return chance(weight * share + number * math.log(many) + always)


def shifted(confidence: float, by: float) -> float:
    """A confidence after what agents said of it for similar words (in logarithms of odds)."""
    held = min(max(confidence, 0.001), 0.999)
    return chance(math.log(held / (1 - held)) + by) if by else confidence


def chance(odds: float) -> float:
    """A probability, from the logarithm of its odds."""
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, odds))))
