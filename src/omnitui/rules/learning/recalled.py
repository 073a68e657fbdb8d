"""What agents found helpful, or not, for similar words before."""

import math
from collections import defaultdict

from msgspec import Struct

from omnitui.letters import terms
from omnitui.rules.learning.features import MOST_LETTERS
from omnitui.rules.suggesting import stem
from omnitui.stems import common

_MOST = 4_000
"""So many are recalled, the latest ones."""
_ALIKE = 0.35
"""The least likeness that counts: 1 is the same words, 0 no word in common."""
_STRONGEST = 3.0
_MOST_TERMS = 40


class Recollection(Struct, frozen=True, array_like=True):
    """What something was worth for some words: `good` is positive or negative."""

    label: str
    terms: tuple[str, ...]
    good: float


class Recalled:
    """See the module."""

    def __init__(self) -> None:
        self._known: dict[int, Recollection] = {}
        self._having: dict[str, set[int]] = defaultdict(set)
        self._next = 0

    def __len__(self) -> int:
        return len(self._known)

    def add(self, text: str, label: str, good: float) -> None:
        """Recall from now on what `label` was worth for a text."""
        self.put(Recollection(label, _terms(text), good))

    def put(self, one: Recollection) -> None:
        """The same of one that was kept."""
        if not one.terms:
            return
        self._known[self._next] = one
        for term in one.terms:
            self._having[term].add(self._next)
        self._next += 1
        if len(self._known) > _MOST:
            oldest = next(iter(self._known))
            for term in self._known.pop(oldest).terms:
                self._having[term].discard(oldest)

    def every(self) -> list[Recollection]:
        """All of it, oldest first."""
        return list(self._known.values())

    def shifts(self, text: str) -> dict[str, float]:
        """How much likelier each label is for a text, in natural logarithms of odds, -3 to 3."""
        asked = _terms(text)
        shared: dict[int, int] = defaultdict(int)
        for term in asked:
            for key in self._having.get(term, ()):
                shared[key] += 1
        found: dict[str, float] = defaultdict(float)
        for key in sorted(shared):
            one = self._known[key]
            alike = shared[key] / math.sqrt(len(asked) * len(one.terms))
            if alike >= _ALIKE:
                found[one.label] += 2 * alike * one.good
        return {label: max(-_STRONGEST, min(_STRONGEST, shift)) for label, shift in found.items()}


def _terms(text: str) -> tuple[str, ...]:
    """The words of a text that say what it is about, without their endings."""
    said = [word for word in terms(text[:MOST_LETTERS]) if not common(word)]
    return tuple(sorted(dict.fromkeys(map(stem, said))))[:_MOST_TERMS]
