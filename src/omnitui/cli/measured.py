"""How well suggestions are learnt from labelled texts: trains on some, asks for others."""

import csv
from collections.abc import Iterator, Sequence
from pathlib import Path
from time import perf_counter
from typing import Protocol

from msgspec import Struct

from omnitui.cli.failures import Unusable
from omnitui.rules.learning.fitting import shuffle
from omnitui.rules.learning.learner import Learner
from omnitui.textfiles import opened

Example = tuple[str, str]
_BINS = 10
_COLUMNS = ("text", "category")


class _Reader(Protocol):
    """What the csv module reads with; its own class has no public name."""

    line_num: int

    def __next__(self) -> list[str]: ...
    def __iter__(self) -> Iterator[list[str]]: ...


class Bin(Struct, frozen=True, rename={"low": "from", "high": "to"}):
    """First guesses whose confidence was between two values: how many, and how many were right."""

    low: float
    high: float
    n: int
    confidence: float
    right: float


class Measured(Struct, frozen=True):
    """How well labels were guessed.

    `first` and `top3` are the shares of the `n` queries whose label was the first guess, and among
    the first three. Times of a query are in milliseconds, that of one training is in seconds.
    """

    n: int
    first: float
    top3: float
    ms_p50: float
    ms_p95: float
    train_s: float
    reliability: tuple[Bin, ...]


class _Answer(Struct, frozen=True):
    right: bool
    among: bool
    confidence: float
    ms: float


def examples(path: Path) -> list[Example]:
    """The texts of a CSV file with their categories. Raises `Unusable`, naming file and line."""
    with opened(path, newline="") as lines:
        reader = csv.reader(lines, strict=True)
        try:
            found = list(_rows(path, reader))
        except csv.Error as error:
            raise Unusable(f"{path}: line {reader.line_num}: it is no CSV ({error}).") from None
    if not found:
        raise Unusable(f"{path}: it has no examples below its first line.")
    return found


def _rows(path: Path, reader: "_Reader") -> Iterator[Example]:
    names = [name.strip().casefold() for name in next(reader, [])]
    if any(names.count(name) != 1 for name in _COLUMNS):
        raise Unusable(f"{path}: line 1: needs the columns text and category.")
    text, category = (names.index(name) for name in _COLUMNS)
    begun = reader.line_num + 1
    for row in reader:
        if any(cell.strip() for cell in row):
            if len(row) != len(names):
                raise Unusable(
                    f"{path}: line {begun}: has {len(row)} columns, and line 1 has {len(names)}."
                    " Put quotes around a text with commas."
                )
            said, label = row[text].strip(), row[category].strip()
            if not said or not label:
                raise Unusable(f"{path}: line {begun}: needs a text and a category.")
            yield said, label
        begun = reader.line_num + 1


def held_out(history: Sequence[Example], queries: Sequence[Example]) -> Measured:
    """Learn from the history, guess for the queries."""
    answers, seconds = _asked(history, queries)
    return _summed(answers, [seconds])


def cross_validated(history: Sequence[Example], folds: int) -> Measured:
    """Hold out each part of the history in turn, and learn from the others."""
    order = list(range(len(history)))
    shuffle(order, 1)
    answers: list[_Answer] = []
    times = []
    for fold in range(folds):
        asked = [history[at] for at in order[fold::folds]]
        known = [history[at] for place, at in enumerate(order) if place % folds != fold]
        more, seconds = _asked(known, asked)
        answers += more
        times.append(seconds)
    return _summed(answers, times)


def _asked(history: Sequence[Example], queries: Sequence[Example]) -> tuple[list[_Answer], float]:
    begun = perf_counter()
    learner = Learner.train(history)
    seconds = perf_counter() - begun
    # What is made once, whichever text comes first, is no query's time.
    learner.guess("".join(text for text, _ in queries[:1]))
    answers = []
    for text, label in queries:
        begun = perf_counter()
        guesses = learner.guess(text)
        ms = (perf_counter() - begun) * 1_000
        labels = [guess.label for guess in guesses]
        sure = guesses[0].confidence if guesses else 0.0
        answers.append(_Answer(labels[:1] == [label], label in labels, sure, ms))
    return answers, seconds


def _summed(answers: Sequence[_Answer], seconds: Sequence[float]) -> Measured:
    times = sorted(one.ms for one in answers)
    return Measured(
        n=len(answers),
        first=round(_share([one.right for one in answers]), 4),
        top3=round(_share([one.among for one in answers]), 4),
        ms_p50=round(times[len(times) // 2], 3),
        ms_p95=round(times[min(len(times) - 1, len(times) * 95 // 100)], 3),
        train_s=round(sum(seconds) / len(seconds), 3),
        reliability=tuple(_bins(answers)),
    )


def _bins(answers: Sequence[_Answer]) -> Iterator[Bin]:
    for number in range(_BINS):
        within = [one for one in answers if min(int(one.confidence * _BINS), _BINS - 1) == number]
        if within:
            yield Bin(
                number / _BINS,
                (number + 1) / _BINS,
                len(within),
                round(_share([one.confidence for one in within]), 4),
                round(_share([one.right for one in within]), 4),
            )


def _share(of: Sequence[float]) -> float:
    return sum(of) / len(of)


def told(measured: Measured) -> str:
    """The figures as lines for people."""
    lines = [
        f"first {measured.first:.1%}, among three {measured.top3:.1%} of {measured.n:,} queries",
        f"{measured.ms_p50:.1f} ms a query (95 %: {measured.ms_p95:.1f} ms),"
        f" trained in {measured.train_s:.1f} s",
        "",
        "confidence   queries   said   right",
    ]
    for one in measured.reliability:
        between = f"{one.low:.1f} to {one.high:.1f}"
        lines.append(f"{between}   {one.n:>7,}   {one.confidence:>4.0%}   {one.right:>5.0%}")
    return "\n".join(lines)
