"""The weights of a linear classifier: multinomial logistic regression by stochastic descent.

In plain Python, without a dependency: the score of a label is a product that runs in C
(`itemgetter` and `map`), and after a first pass an example is compared only with the labels that
it could be mistaken for. 10,000 examples of 77 labels take some 20 s on one core.
"""

import math
from array import array
from collections.abc import Callable, Sequence
from operator import itemgetter, mul
from typing import Any

from msgspec import Struct

from omnitui.rules.learning.features import Vector

Weights = list[array]  # type: ignore[type-arg]  # of floats, by feature; one for each label
Rivals = Sequence[int]
_RIVALS = 12
"""The labels that an example is compared with between the passes that look at all."""
STEP = 3.0
_DOUBT = 0.1
"""How much an example is doubted: people give wrong labels too, and one must not weigh too much."""
_LEAST = 0.02
"""A label that is less wrong than this is left as it is."""


class Stopped(Exception):
    """Learning was broken off because nobody wants its result any more."""


class Row(Struct, frozen=True):
    """An example: its features and the place of its label."""

    vector: Vector
    label: int


def empty(features: int) -> "array[float]":
    """The weights of a label that knows nothing."""
    return array("f", bytes(4 * features))


def scores(vector: Vector, weights: Sequence[Any]) -> list[float]:
    """How well a text goes with each label."""
    values, get = vector.values, itemgetter(*vector.places)
    return [sum(map(mul, values, get(one))) for one in weights]


def shares(of: Sequence[float], scale: float = 1.0) -> list[float]:
    """Scores as parts of one."""
    best = max(of)
    each = [math.exp(scale * (score - best)) for score in of]
    whole = sum(each)
    return [one / whole for one in each]


def move(weights: "array[float]", vector: Vector, by: float) -> None:
    """Bring a label nearer to a text, or away from it."""
    for place, value in zip(vector.places, vector.values, strict=True):
        weights[place] += by * value


def fit(
    rows: Sequence[Row],
    weights: Weights,
    *,
    seed: int,
    passes: int,
    step: float = STEP,
    rivals: Sequence[Rivals] | None = None,
    stop: Callable[[], bool] | None = None,
) -> list[Rivals]:
    """Bring the weights to tell the rows' labels apart, in steps that get smaller.

    The same rows, weights and seed come to the same. `rivals` are the labels that each row is
    compared with, if they are known; what they are in the end is returned.
    """
    labels = len(weights)
    against: list[Rivals] = [range(labels)] * len(rows) if rivals is None else list(rivals)
    order, done, steps = list(range(len(rows))), 0, passes * len(rows)
    for turn in range(passes):
        shuffle(order, seed * 1_000 + turn)
        look_at_all = labels > _RIVALS and rivals is None and turn in (0, passes // 2)
        for at in order:
            if stop is not None and done % 16 == 0 and stop():
                raise Stopped
            row = rows[at]
            known = range(labels) if look_at_all else against[at]
            found = scores(row.vector, [weights[label] for label in known])
            if look_at_all:
                against[at] = known = nearest(found, row.label)
                found = [found[label] for label in known]
            _learn(weights, row, known, found, step * (1 - done / steps))
            done += 1
    return against


def nearest(found: Sequence[float], right: int) -> Rivals:
    """The labels that have most of some scores, the right one among them."""
    best = sorted(range(len(found)), key=found.__getitem__, reverse=True)[:_RIVALS]
    if right not in best:
        best[-1] = right
    return best


def _learn(
    weights: Weights, row: Row, known: Sequence[int], found: Sequence[float], step: float
) -> None:
    other = _DOUBT / len(known)
    for label, share in zip(known, shares(found), strict=True):
        wrong = (1 - _DOUBT + other if label == row.label else other) - share
        if abs(wrong) > _LEAST:
            move(weights[label], row.vector, step * wrong)


def shuffle(order: list[int], seed: int) -> None:
    """Bring a list into an order that depends on nothing but the seed."""
    state = (seed * 2_862_933_555_777_941_757 + 3_037_000_493) & (2**64 - 1)
    for last in range(len(order) - 1, 0, -1):
        state = (state * 6_364_136_223_846_793_005 + 1_442_695_040_888_963_407) & (2**64 - 1)
        other = (state >> 33) % (last + 1)
        order[last], order[other] = order[other], order[last]
