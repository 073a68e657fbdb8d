"""What a guess's confidence is worth: fitted on examples that were held out.

A classifier's scores say which label is best, not how often it is right. Two numbers that were
seen on held-out examples, how far the best label is ahead and how much of the text is known, are
turned into the share of such guesses that was right.
"""

import math
from collections.abc import Iterable, Sequence

from msgspec import Struct

from omnitui.rules.learning.fitting import shares

_ROUNDS = 200
_SCALES = [0.25 * 1.25**step for step in range(20)]
_HELD_BACK = 0.02
"""How strongly the fitted numbers are held to the usual ones, so that few examples mislead less."""


class Outcome(Struct, frozen=True):
    """A held-out example: the scores of all labels, how much of it was known, and the right one.

    The label is None if none of the learnt ones is right.
    """

    scores: tuple[float, ...]
    known: float
    label: int | None


class Sureness(Struct, frozen=True):
    """Turns scores into confidence: the scale of the scores, and three weights."""

    scale: float = 1.0
    ahead: float = 0.7
    known: float = 1.0
    always: float = -1.0

    def of(self, scores: Sequence[float], known: float) -> list[float]:
        """The confidence of each label, 0 to 1; they sum up to at most 1."""
        each = shares(scores, self.scale)
        best = max(each)
        if known <= 0.0:
            return [0.0] * len(each)
        first = _chance(self.ahead * _odds(best) + self.known * known + self.always)
        rest = (1.0 - first) / max(1.0 - best, 1e-9)
        return [first if share == best else min(first, share * rest) for share in each]


def fitted(outcomes: Sequence[Outcome]) -> Sureness:
    """The weights that say best how often such guesses were right."""
    usual = Sureness()
    if not outcomes:
        return usual
    scale = min(_SCALES, key=lambda one: _surprise(outcomes, one))
    seen = []
    for one in outcomes:
        each = shares(one.scores, scale)
        best = max(each)
        right = one.label is not None and each[one.label] == best
        seen.append((_odds(best), one.known, right))
    ahead, known, always = _climb(seen, (usual.ahead, usual.known, usual.always))
    return Sureness(scale, max(ahead, 0.05), max(known, 0.0), always)


def _surprise(outcomes: Iterable[Outcome], scale: float) -> float:
    """How little probability the right labels have (mean of the logarithm)."""
    each = [
        math.log(max(shares(one.scores, scale)[one.label], 1e-9))
        for one in outcomes
        if one.label is not None
    ]
    return -sum(each) / max(1, len(each))


def _climb(
    seen: Sequence[tuple[float, float, bool]], start: tuple[float, float, float]
) -> tuple[float, float, float]:
    """Logistic regression by Newton's steps."""
    at = list(start)
    held = _HELD_BACK * 100
    for _ in range(_ROUNDS):
        slope = [held * (was - now) for was, now in zip(start, at, strict=True)]
        bend = [[held if row == column else 0.0 for column in range(3)] for row in range(3)]
        for odds, known, right in seen:
            parts = (odds, known, 1.0)
            chance = _chance(sum(a * b for a, b in zip(at, parts, strict=True)))
            sway = max(chance * (1 - chance), 1e-6)
            for row in range(3):
                slope[row] += (right - chance) * parts[row]
                for column in range(3):
                    bend[row][column] += sway * parts[row] * parts[column]
        step = _solved(bend, slope)
        at = [now + max(-1.0, min(1.0, by)) for now, by in zip(at, step, strict=True)]
        if max(map(abs, step)) < 1e-6:
            break
    return at[0], at[1], at[2]


def _solved(bend: Sequence[Sequence[float]], slope: Sequence[float]) -> list[float]:
    """The solution of three linear equations."""

    def determinant(m: Sequence[Sequence[float]]) -> float:
        return (
            m[0][0] * (m[1][1] * m[2][2] - m[1][2] * m[2][1])
            - m[0][1] * (m[1][0] * m[2][2] - m[1][2] * m[2][0])
            + m[0][2] * (m[1][0] * m[2][1] - m[1][1] * m[2][0])
        )

    whole = determinant(bend)
    return [
        determinant([[slope[r] if c == which else bend[r][c] for c in range(3)] for r in range(3)])
        / whole
        for which in range(3)
    ]


def _odds(share: float) -> float:
    share = min(max(share, 1e-6), 1 - 1e-6)
    return math.log(share / (1 - share))


def _chance(odds: float) -> float:
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, odds))))
