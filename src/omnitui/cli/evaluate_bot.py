"""`evaluate bot`: what a virtual agent would answer, and what it leaves to people."""

import csv
import time
from collections.abc import Sequence
from pathlib import Path

import click
from msgspec import Struct

from omnitui.cli.failures import Unusable
from omnitui.cli.output import print_json, say
from omnitui.cli.parameters import THERE, json_option
from omnitui.textfiles import opened

Rows = list[tuple[str, str]]
"""Texts with their categories."""
_FOLDS = 5


class Asked(Struct, frozen=True):
    """A question that was asked: how sure the answer is, and whether it is right.

    None is right where the question is none of those that it was taught.
    """

    confidence: float
    right: bool | None


class Figures(Struct, frozen=True):
    """What is answered from a confidence on, as shares of one.

    `coverage` is what is answered of the questions in scope, `right` how much of that is right,
    `handed_over` what goes to a person of the others.
    """

    confidence: float
    coverage: float
    right: float
    handed_over: float


@click.command()
@click.option("--topics", type=THERE, metavar="FILE", help="Topics. Default: the shipped ones.")
@click.option("--history", type=THERE, metavar="CSV", help="Taught questions, instead of topics.")
@click.option(
    "--queries", type=THERE, metavar="CSV", help="Asked questions. Default: held-out ones."
)
@click.option(
    "--coverage",
    type=click.FloatRange(1, 100),
    default=90,
    show_default=True,
    help="How much of what is in scope is to be answered, in percent.",
)
@json_option
def bot(
    topics: Path | None,
    history: Path | None,
    queries: Path | None,
    coverage: float,
    as_json: bool,
) -> None:
    """Measure what a virtual agent answers, and what it hands over.

    CSV files have the columns text and category. A question whose category was not taught is out of
    scope: a person has to get it. Without --queries a fifth of the categories is left out of what
    is taught, and a fifth of the questions of the others is asked. Prints how much is answered of
    what is in scope, how much of that is right, and how much of the rest goes to a person: at the
    confidence that gives the coverage, and at the one that is the default setting.
    """
    from omnitui.rules.bot.state import Policy

    taught = _rows(history) if history is not None else _examples(topics)
    asked = None if queries is None else _rows(queries)
    begun = time.perf_counter()
    found = _held_out(taught) if asked is None else _ask(taught, asked)
    inside = [one for one in found if one.right is not None]
    outside = [one for one in found if one.right is None]
    if not inside or not outside:
        what = "in" if not inside else "out of"
        raise Unusable(f"No question is {what} scope, so nothing can be compared.")
    at = sorted((one.confidence for one in inside), reverse=True)
    limit = at[max(0, min(len(at), round(len(at) * coverage / 100)) - 1)]
    both = [_figures(inside, outside, each) for each in (limit, Policy().confidence)]
    seconds = time.perf_counter() - begun
    if as_json:
        names = ("at_coverage", "at_setting")
        shown = {name: _rounded(one) for name, one in zip(names, both, strict=True)}
        print_json({"in": len(inside), "out": len(outside), **shown, "seconds": round(seconds, 1)})
        return
    say(f"{len(inside):,} questions in scope, {len(outside):,} out of it")
    for one in both:
        say(
            f"from a confidence of {one.confidence:.2f}: answers {one.coverage:.1%} of what is in"
            f" scope, {one.right:.1%} of that rightly, and hands over {one.handed_over:.1%} of the"
            " rest"
        )


def _rounded(one: Figures) -> dict[str, float]:
    return {name: round(getattr(one, name), 4) for name in one.__struct_fields__}


def _figures(inside: Sequence[Asked], outside: Sequence[Asked], limit: float) -> Figures:
    answered = [one for one in inside if one.confidence >= limit]
    return Figures(
        limit,
        len(answered) / len(inside),
        sum(bool(one.right) for one in answered) / max(1, len(answered)),
        sum(one.confidence < limit for one in outside) / len(outside),
    )


def _held_out(taught: Rows) -> list[Asked]:
    """Each category is out of scope once, each example of the others is asked for once."""
    from omnitui.model.topic import OUTSIDE

    categories = sorted({label for _, label in taught} - {OUTSIDE})
    found: list[Asked] = []
    for fold in range(_FOLDS):
        out = set(categories[fold::_FOLDS])
        known = [row for row in taught if row[1] not in out]
        asked = [row for number, row in enumerate(known) if number % _FOLDS == fold]
        rest = [row for number, row in enumerate(known) if number % _FOLDS != fold]
        asked += [row for row in taught if row[1] in out]
        found += _ask(rest, asked)
    return found


def _ask(taught: Rows, asked: Rows) -> list[Asked]:
    """What is answered after it was taught; what is taught as a person's is no answer."""
    from omnitui.model.topic import OUTSIDE
    from omnitui.rules.learning.learner import Learner

    learner = Learner.train(taught)
    known = {label for _, label in taught} - {OUTSIDE}
    found: list[Asked] = []
    for text, label in asked:
        best = next(iter(learner.guess(text, 1)), None)
        answers = best is not None and best.label != OUTSIDE
        sure = best.confidence if answers and best is not None else 0.0
        right = best is not None and best.label == label
        found.append(Asked(sure, right if label in known else None))
    return found


def _examples(path: Path | None) -> Rows:
    """The examples of topics, with those of what a person answers."""
    from omnitui.datafiles import folder
    from omnitui.datafiles.company import Known
    from omnitui.datafiles.topics import read_topics

    found = path or next(iter(sorted((folder() / "topics").glob("*.toml"))))
    return read_topics(found, Known())[0].examples


def _rows(file: Path) -> Rows:
    with opened(file, newline="") as lines:
        reader = csv.DictReader(lines)
        if not {"text", "category"} <= set(reader.fieldnames or ()):
            raise Unusable(f"{file}: line 1: needs the columns text and category.")
        return [(row["text"], row["category"]) for row in reader if row["text"] and row["category"]]
