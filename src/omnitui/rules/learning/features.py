"""What a text is known by: its words, those that stand together, and pieces of 3 to 5 letters."""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise
from operator import mul

from msgspec import Struct

from omnitui.letters import piece, runs_on, terms, tidy
from omnitui.patterns import late
from omnitui.rules.suggesting import stem
from omnitui.stems import common

_PLAIN_WORD = late(r"[A-Za-z0-9]+")
MOST_LETTERS = 2_000
"""Of a longer text only the beginning counts: what it is about is said there."""
MOST_KEPT = 400
"""The most features of a text that count, the rarest ones: it bounds the time of a guess."""
_PIECES = (3, 4, 5)
_WORDS_COUNT = 0.5
"""The weight of the words beside that of the pieces, which forgive slips and endings."""


class Features(Struct, frozen=True):
    """The names of a text's features, each as often as it is there; words begin with `=`."""

    words: Mapping[str, int]
    pieces: Mapping[str, int]

    def names(self) -> Iterable[str]:
        """All of them, each once."""
        yield from self.words
        yield from self.pieces


@lru_cache(16)
def features(text: str) -> Features:
    """The features of a text, in whatever script and spelling."""
    said = terms(text[:MOST_LETTERS])
    short = [stem(word) for word in said]
    words = Counter(f"={word}" for word in short)
    words.update(f"={one} {two}" for one, two in pairwise(["^", *short, "$"]))
    words.update(f"={one} _ {two}" for one, two in zip(short, short[2:], strict=False))
    line = f" {' '.join(said)} "
    pieces: Counter[str] = Counter()
    for size in _PIECES:
        pieces.update([line[at : at + size] for at in range(len(line) - size + 1)])
    return Features(words, pieces) if said else Features({}, {})


class Vector(Struct, frozen=True):
    """The known features of a text by their places, with lengths that make it one long.

    The first is the one that every text has. `known` is how much of the text's weight is in
    features that are known at all, 0 to 1; nothing can be said of a text where it is 0.
    """

    places: tuple[int, ...]
    values: tuple[float, ...]
    known: float


ALWAYS, _ALWAYS_COUNTS = 0, 0.2
"""The place of the feature that every text has, which learns how frequent labels are."""


def vector(
    found: Features, vocabulary: Mapping[str, int], rarity: Sequence[float], unknown: float
) -> Vector:
    """A text by the features that are known; `unknown` is how rare the others are."""
    every: list[tuple[float, int]] = []
    all_of_it = there = 0.0
    for block, counts in ((found.words, _WORDS_COUNT), (found.pieces, 1.0)):
        kept = []
        length = 0.0
        for name, times in block.items():
            place = vocabulary.get(name)
            if place is None:
                all_of_it += counts * unknown
                continue
            value = rarity[place] * (1 + math.log(times) if times > 1 else 1.0)
            length += value * value
            all_of_it += counts * value
            there += counts * value
            kept.append((value, place))
        scale = counts / math.sqrt(length) if length else 0.0
        every += [(value * scale, place) for value, place in kept]
    if len(every) > MOST_KEPT:
        every = sorted(every, reverse=True)[:MOST_KEPT]
    if not every:
        return Vector((ALWAYS, ALWAYS), (_ALWAYS_COUNTS, 0.0), 0.0)
    values = [value for value, _ in every]
    length = math.sqrt(sum(map(mul, values, values))) or 1.0
    return Vector(
        (ALWAYS, *(place for _, place in every)),
        (_ALWAYS_COUNTS, *(value / length for value in values)),
        there / all_of_it if all_of_it else 0.0,
    )


def decisive(text: str, gains: Mapping[str, float], most: int) -> tuple[str, ...]:
    """The words, as they are written, that have most of what speaks for a label.

    `gains` are what the names of features speak for it. Words that say nothing are left out if
    others are there.
    """
    said = terms(text[:MOST_LETTERS])
    shares = dict.fromkeys(said, 0.0)
    short = [stem(word) for word in said]
    for one, word in zip(said, short, strict=True):
        shares[one] += gains.get(f"={word}", 0.0)
    for gap, joint in ((1, " "), (2, " _ ")):
        for at in range(len(said) - gap):
            gain = gains.get(f"={short[at]}{joint}{short[at + gap]}", 0.0) / 2
            shares[said[at]] += gain
            shares[said[at + gap]] += gain
    whose = [word for word in said for _ in f"{word} "]
    line = f" {' '.join(said)} "
    for size in _PIECES:
        for at in range(len(line) - size + 1):
            shares[whose[min(at + size // 2, len(whose)) - 1]] += gains.get(
                line[at : at + size], 0.0
            )
    best = sorted((w for w in shares if shares[w] > 0), key=lambda w: -shares[w])
    telling = [word for word in best if not common(word) and len(word) > 1] or best
    enough = [word for word in telling if shares[word] >= shares[telling[0]] / 4]
    written = _as_written(text)
    return tuple(dict.fromkeys(written.get(word, word) for word in enough))[:most]


def _as_written(text: str) -> dict[str, str]:
    """The words of a text by the terms that they are compared as."""
    found: dict[str, str] = {}
    said = tidy(text[:MOST_LETTERS])
    # Patterns for every script take long to compile, and plain letters need none.
    for word in _PLAIN_WORD.findall(said) if said.isascii() else piece().findall(said):
        if said.isascii() or not runs_on(word):
            for term in terms(word):
                found.setdefault(term, word.casefold())
    return found
