"""How sure one can be of an article or a case that was found by words, and what is asked for.

A search's scores are no probabilities. The weights below were fitted by logistic regression:
for articles on questions in customers' own words, whose article is known, and on questions about
another trade, to which no article is an answer; for cases on questions of 77 kinds, where those of
the same kind count as similar. On held-out questions what is shown at 0.6 to 0.8 was right in 88 of
100 cases, from 0.8 on in 82 (articles); at 0.7 to 0.8 in 72, above in 91 (cases).
"""

import math
from collections.abc import Sequence

_ARTICLE = (2.05, 1.57, 3.38, 2.09, -6.99)
"""Share of the words that it has, their number (logarithm), its score by that of the best one, how
far the best one is ahead, and what is always added."""
_CASE = (2.99, 2.02, -3.41)
"""Share of the words that it has, their number (logarithm), and what is always added."""
_FIRST, _LAST = 2, 4
_LONGEST = 600


def asked_of(said: Sequence[str]) -> str:
    """What the customer's messages (oldest first) are about: the first ones, and the last."""
    kept = said if len(said) <= _FIRST + _LAST else [*said[:_FIRST], *said[-_LAST:]]
    return "\n".join(text[:_LONGEST] for text in kept)


def article_chance(has: int, asked: int, score: float, best: float, second: float) -> float:
    """How likely an article is right that has `has` of `asked` words.

    `score` is its own; `best` and `second` are those of the first two. Scores below 0 count as 0.
    """
    if has < 1 or asked < 1:
        return 0.0
    of_best = max(0.0, score) / best if best > 0 else 1.0
    ahead = (best - max(0.0, second)) / best if of_best >= 1.0 and best > 0 else 0.0
    parts = (has / asked, math.log(has), of_best, ahead, 1.0)
    return chance(sum(map(lambda weight, part: weight * part, _ARTICLE, parts)))


def case_chance(has: int, asked: int) -> float:
    """How likely a resolved case is similar that has `has` of `asked` words."""
    if has < 1 or asked < 1:
        return 0.0
    share, many, always = _CASE
    return chance(share * has / asked + many * math.log(has) + always)


def shifted(confidence: float, by: float) -> float:
    """A confidence after what agents said of it for similar words (in logarithms of odds)."""
    held = min(max(confidence, 0.001), 0.999)
    return chance(math.log(held / (1 - held)) + by) if by else confidence


def chance(odds: float) -> float:
    """A probability, from the logarithm of its odds."""
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, odds))))
