"""A classifier of short texts that learns from examples, many at once or one at a time.

In the process, in plain Python: no model is downloaded, no library is loaded. See `features` for
what a text is known by, `fitting` for the weights, `sureness` for what its confidence means.
"""

import math
from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence

from msgspec import Struct

from omnitui.rules.learning.features import (
    ALWAYS,
    Features,
    Vector,
    decisive,
    features,
    vector,
)
from omnitui.rules.learning.fitting import (
    STEP,
    Row,
    Stopped,
    Weights,
    empty,
    fit,
    move,
    nearest,
    scores,
    shares,
    shuffle,
)
from omnitui.rules.learning.sureness import Outcome, Sureness, fitted

__all__ = ["Guess", "Learner", "Stopped"]

_ROOM = 24_000_000
"""The most weights, labels times features: some 100 MB."""
_MOST_LABELS = 2_000
_MOST_WORDS = 3
_FEW, _EACH, _SOME = 10, 250, 3_000
"""Below the first nothing is held out; up to the second, each fifth in turn; up to the third, one
fifth; above, one tenth."""
_FOLDS, _FOLDS_OF_MANY = 5, 10
_PASSES_OF_FEW, _PASSES_OF_MANY = 10, 6
_RARE = 2_000
"""With more examples than this, what only one of them has is left out."""
_STEP, _MOST_STEPS, _AHEAD = 2.0, 12, 1.5
"""How an example that is added takes effect: in at most so many steps of this size, until its label
is this far ahead."""


class Guess(Struct, frozen=True):
    """A label for a text.

    `confidence` is 0 to 1: of guesses with 0.8, eight in ten are right. `words` are those of the
    text, as they are written, that spoke for it most.
    """

    label: str
    confidence: float
    words: tuple[str, ...]


class Learner:
    """Guesses which label a text has, from texts that have one.

    The same examples and seed give the same learner. A learner that knows no label guesses nothing.
    """

    def __init__(self) -> None:
        self.labels: list[str] = []
        self.counts: list[int] = []
        self.vocabulary: dict[str, int] = {"": ALWAYS}
        self.rarity: array[float] = array("f", [1.0])
        self.weights: Weights = []
        self.sureness = Sureness()
        self._places: dict[str, int] = {}
        self._unknown = 1.0

    @property
    def examples(self) -> int:
        """How many examples it has learnt from."""
        return sum(self.counts)

    @classmethod
    def train(
        cls,
        examples: Iterable[tuple[str, str]],
        *,
        seed: int = 0,
        stop: Callable[[], bool] | None = None,
    ) -> "Learner":
        """Learn from texts with their labels.

        `stop` is asked every few milliseconds; if it says so, `Stopped` is raised.
        """
        known = [
            (found, label)
            for found, label in _read(examples, stop)
            if label and (found.words or found.pieces)
        ]
        learner = cls()
        for label, count in sorted(Counter(label for _, label in known).items()):
            learner._add_label(label)
            learner.counts[-1] = count
        learner._know([found for found, _ in known])
        rows = [Row(learner._vector(found), learner._places[label]) for found, label in known]
        learner._fit(rows, seed, stop)
        return learner

    def _look_over(self) -> None:
        """Note what follows from what was learnt: how rare what is unknown is."""
        self._unknown = max(self.rarity)

    def _fit(self, rows: Sequence[Row], seed: int, stop: Callable[[], bool] | None) -> None:
        """Learn from all rows, and from some of them first how sure one can be of the others."""
        order = list(range(len(rows)))
        shuffle(order, seed)
        many = len(rows) > _SOME
        passes = _PASSES_OF_MANY if many else _PASSES_OF_FEW
        # Of few examples each is held out once; of more, some are.
        folds = _FOLDS_OF_MANY if many else _FOLDS
        tried = folds if _FEW <= len(rows) <= _EACH else min(1, len(rows) // _FEW)
        outcomes: list[Outcome] = []
        for fold in range(tried):
            self.weights = self._nothing()
            asked = [rows[at] for at in order[fold::folds]]
            others = [rows[at] for place, at in enumerate(order) if place % folds != fold]
            rivals = fit(others, self.weights, seed=seed, passes=passes, stop=stop)
            outcomes += self._outcomes(asked, {row.label for row in others})
        if many:
            # To begin anew would take as long again: what was held out is added to the others.
            rivals += [nearest(o.scores, row.label) for o, row in zip(outcomes, asked, strict=True)]
            both, step = [*others, *asked], STEP / 2
            fit(both, self.weights, seed=seed, passes=2, step=step, rivals=rivals, stop=stop)
        else:
            self.weights = self._nothing()
            fit(rows, self.weights, seed=seed, passes=passes, stop=stop)
        if outcomes and len(self.labels) > 1:
            self.sureness = fitted(outcomes)

    def _nothing(self) -> Weights:
        return [empty(len(self.rarity)) for _ in self.labels]

    def _outcomes(self, asked: Sequence[Row], learnt: set[int]) -> list[Outcome]:
        """How the learner scores examples that it has not seen."""
        return [
            Outcome(
                tuple(scores(row.vector, self.weights)),
                row.vector.known,
                row.label if row.label in learnt else None,
            )
            for row in asked
        ]

    def _know(self, known: Sequence[Features]) -> None:
        """The features that count, and how rare each is."""
        frequent: Counter[str] = Counter()
        for found in known:
            frequent.update(found.names())
        least = 2 if len(known) > _RARE else 1
        room = _ROOM // max(1, len(self.labels))
        kept = [name for name, count in frequent.most_common(room) if count >= least]
        for name in kept:
            self.vocabulary[name] = len(self.vocabulary)
            self.rarity.append(math.log((1 + len(known)) / (1 + frequent[name])) + 1)
        self._look_over()

    def guess(self, text: str, most: int = 3) -> list[Guess]:
        """The likeliest labels of a text, best first; none for a text of which nothing is known."""
        heard = features(text)
        seen = self._vector(heard)
        if not self.labels or seen.known <= 0.0:
            return []
        found = scores(seen, self.weights)
        alone = len(found) == 1
        # What is alone is compared with nothing: it is as likely as it is known.
        usual = self.examples / (1 + self.examples)
        sure = [seen.known * usual] if alone else self.sureness.of(found, seen.known)
        order = sorted(range(len(found)), key=lambda at: (-found[at], at))
        names = {self.vocabulary.get(name): name for name in heard.names()}
        guesses = []
        for at in order[: max(0, most)]:
            rival = next((self.weights[other] for other in order[:2] if other != at), None)
            own = self.weights[at]
            gains = {
                names[place]: value * (1.0 if rival is None else own[place] - rival[place])
                for place, value in zip(seen.places, seen.values, strict=True)
                if place != ALWAYS
            }
            words = decisive(text, gains, _MOST_WORDS)
            guesses.append(Guess(self.labels[at], sure[at], words))
        return guesses

    def learn(self, text: str, label: str, weight: float = 1.0) -> None:
        """Learn one more example: it takes effect at once.

        `weight` says how much it counts; with a negative one the label is unlearnt for such texts.
        """
        if weight < 0:
            self.unlearn(text, label, -weight)
            return
        found = features(text)
        if not label or weight == 0 or not found.words:
            return
        place = self._places.get(label)
        if place is None:
            if len(self.labels) >= _MOST_LABELS:
                return
            place = self._add_label(label)
        self.counts[place] += 1
        self._meet(found)
        seen = self._vector(found)
        for _ in range(_MOST_STEPS):
            each = scores(seen, self.weights)
            ahead = each[place] - max(
                (one for at, one in enumerate(each) if at != place), default=0.0
            )
            if ahead >= _AHEAD:
                break
            parts = shares(each) if len(each) > 1 else [0.5]
            move(self.weights[place], seen, _STEP * min(weight, 1.0) * (1 - parts[place]))
            for at, part in enumerate(parts):
                if at != place and part > 0.02:
                    move(self.weights[at], seen, -_STEP * min(weight, 1.0) * part)

    def unlearn(self, text: str, label: str, weight: float = 1.0) -> None:
        """Learn that a label was wrong for a text: it is less likely for such ones at once."""
        place = self._places.get(label)
        seen = self._vector(features(text))
        if place is None or seen.known <= 0.0:
            return
        each = scores(seen, self.weights)
        for _ in range(3):
            part = shares(each)[place] if len(each) > 1 else 1.0
            move(self.weights[place], seen, -_STEP * min(weight, 1.0) * max(part, 0.2) / 2)
            each = scores(seen, self.weights)

    def _meet(self, found: Features) -> None:
        """Know the features of a text from now on."""
        room = _ROOM // max(1, len(self.labels))
        new = [name for name in found.names() if name not in self.vocabulary]
        new = new[: max(0, room - len(self.rarity))]
        rare = math.log((1 + max(self.examples, 1)) / 2) + 1
        for name in new:
            self.vocabulary[name] = len(self.vocabulary)
        self.rarity.extend([rare] * len(new))
        self._unknown = max(self._unknown, rare)
        for one in self.weights:
            one.extend(empty(len(new)))

    def _add_label(self, label: str) -> int:
        self._places[label] = len(self.labels)
        self.labels.append(label)
        self.counts.append(0)
        self.weights.append(empty(len(self.rarity)))
        return len(self.labels) - 1

    def _vector(self, found: Features) -> Vector:
        return vector(found, self.vocabulary, self.rarity, self._unknown)

    def to_bytes(self) -> bytes:
        """The learner as bytes, to be kept; see `from_bytes`."""
        from omnitui.rules.learning.keeping import packed

        return packed(self)

    @classmethod
    def from_bytes(cls, kept: bytes) -> "Learner":
        """A learner from its bytes; raises `ValueError` if they are damaged or too old to read."""
        from omnitui.rules.learning.keeping import unpack

        learner = cls()
        unpack(learner, kept)
        learner._places = {label: place for place, label in enumerate(learner.labels)}
        learner._look_over()
        return learner


def _read(
    examples: Iterable[tuple[str, str]], stop: Callable[[], bool] | None
) -> Iterator[tuple[Features, str]]:
    for number, (text, label) in enumerate(examples):
        if stop is not None and number % 16 == 0 and stop():
            raise Stopped
        yield features(text), label
