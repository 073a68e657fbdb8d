"""`evaluate`: measures the assistance on your own data."""

import csv
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from omnitui.cli.evaluate_bot import bot
from omnitui.cli.failures import Unusable
from omnitui.cli.output import print_json, say, say_lines
from omnitui.cli.parameters import THERE, json_option
from omnitui.textfiles import opened

if TYPE_CHECKING:
    from omnitui.rules.sentiment import Scored


@click.group()
def evaluate() -> None:
    """Measure the assistance on your own data."""


@evaluate.command()
@click.argument("file", type=THERE)
@click.option(
    "--split",
    metavar="WORD",
    default="",
    help="Use only labelled messages of this split.",
)
@json_option
def sentiment(file: Path, split: str, as_json: bool) -> None:
    """Compare sentiment with people's ratings, and VADER's with them.

    FILE has a line for each text: an id, the mean rating, the text, with tabs between. Prints
    Pearson's correlation r and the number of texts. A file that ends in .jsonl has labelled
    messages instead, each with text, label (-1, 0 or 1; null where no score is right), and
    perhaps split: prints how often the sign is right.
    """
    if file.suffix == ".jsonl":
        _labelled(file, split, as_json)
        return
    from statistics import StatisticsError, correlation

    rated = list(_rated(file))
    means = [mean for mean, _ in rated]
    ours, vader = _both([text for _, text in rated])
    try:
        r = correlation(means, [each.compound for each in ours])
        theirs = correlation(means, vader)
    except StatisticsError:
        raise Unusable(f"{file}: at least two texts with different ratings are needed.") from None
    if as_json:
        print_json({"pearson_r": round(r, 4), "vader_r": round(theirs, 4), "n": len(rated)})
    else:
        say(f"Pearson r {r:.3f} (VADER {theirs:.3f}) over {len(rated):,} texts")


def _both(texts: Sequence[str]) -> "tuple[list[Scored], list[float]]":
    """What is heard in each text, and VADER's score of it."""
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

    from omnitui.datafiles.sentiment import shipped
    from omnitui.rules.sentiment import score

    vader = SentimentIntensityAnalyzer()
    return (
        [score(text, shipped()) for text in texts],
        [float(vader.polarity_scores(text)["compound"]) for text in texts],
    )


def _labelled(file: Path, split: str, as_json: bool) -> None:
    rows = [row for row in _messages(file) if not split or row[2] == split]
    if not any(label is not None for _, label, _ in rows):
        raise Unusable(f"{file}: at least one labelled message is needed.")
    ours, vader = _both([text for text, _, _ in rows])
    together = zip([label for _, label, _ in rows], ours, vader, strict=True)
    known = [row for row in together if row[0] is not None]
    right = sum(_sign(heard.compound) == label for label, heard, _ in known) / len(known)
    theirs = sum(_sign(value) == label for label, _, value in known) / len(known)
    spared = [heard for (_, label, _), heard in zip(rows, ours, strict=True) if label is None]
    silent = sum(not heard.scored for heard in spared)
    if as_json:
        print_json(
            {
                "right": round(right, 4),
                "vader_right": round(theirs, 4),
                "n": len(known),
                "not_scored": silent,
                "not_to_be_scored": len(spared),
            }
        )
        return
    say(f"sign right {right:.1%} (VADER {theirs:.1%}) over {len(known):,} messages")
    if spared:
        say(f"rightly not scored {silent} of {len(spared)}")


def _sign(compound: float) -> int:
    """-1, 0 or 1, as the levels have it."""
    from omnitui.rules.sentiment import level

    return (int(level(compound)) > 0) - (int(level(compound)) < 0)


def _messages(file: Path) -> Iterator[tuple[str, int | None, str]]:
    """Text, label and split of each labelled message."""
    with opened(file) as lines:
        for number, line in enumerate(lines, start=1):
            if not line.strip():
                continue
            try:
                row = json.loads(line)
                text, label = row["text"], row["label"]
                if not isinstance(text, str) or label not in (-1, 0, 1, None):
                    raise ValueError(line)
                yield text, label, str(row.get("split", ""))
            except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
                raise Unusable(
                    f"{file}: line {number}: needs a text and a label of -1, 0, 1 or null."
                ) from None


def _rated(file: Path) -> Iterator[tuple[float, str]]:
    with opened(file) as lines:
        for number, line in enumerate(lines, start=1):
            if not line.strip():
                continue
            parts = line.rstrip("\n").split("\t", 2)
            try:
                yield float(parts[1]), parts[2]
            except (IndexError, ValueError):
                raise Unusable(
                    f"{file}: line {number}: needs an id, a rating and a text, separated by tabs."
                ) from None


@evaluate.command()
@click.argument("file", metavar="[CSV]", type=THERE, required=False)
@click.option("--history", metavar="CSV", type=THERE, help="The examples to learn from.")
@click.option("--queries", metavar="CSV", type=THERE, help="The texts to guess for.")
@click.option(
    "--folds",
    metavar="N",
    type=click.IntRange(2, 100),
    default=5,
    show_default=True,
    help="Without --queries: hold out each Nth of the history in turn.",
)
@click.option(
    "--every",
    metavar="N",
    type=click.IntRange(2),
    default=10,
    show_default=True,
    help="With a CSV of articles: test every Nth question; the others are the articles.",
)
@json_option
def suggestions(
    file: Path | None,
    history: Path | None,
    queries: Path | None,
    folds: int,
    every: int,
    as_json: bool,
) -> None:
    """Measure what is suggested.

    With --history, what is learnt from examples (queue, priority, product, reply): each CSV has the
    columns text and category. Prints how often the first guess is right (first), how often one of
    the first three is (top3), the time of a query and of the training, and how often guesses were
    right by their confidence (reliability). Without --queries, parts of the history are held out in
    turn, and the time of the training is the mean.

    With a CSV alone, the search for articles. Of every N questions one is tested, with the others
    as articles: hit@1 is how often the first suggestion has the same category, hit@3 how often one
    of the first three different categories is the same.
    """
    if history is not None and file is None:
        _learnt(history, queries, folds, as_json)
        return
    if file is None or history is not None or queries is not None:
        raise Unusable("Give either --history, with or without --queries, or a CSV of articles.")
    rows = list(_questions(file))
    asked, known = rows[::every], [row for n, row in enumerate(rows) if n % every]
    if not asked or not known:
        raise Unusable(f"{file}: {len(rows)} questions are too few to hold some out.")
    first, third = _hits(asked, known)
    if as_json:
        print_json(
            {
                "questions": len(rows),
                "asked": len(asked),
                "hit_at_1": round(first / len(asked), 4),
                "hit_at_3": round(third / len(asked), 4),
            }
        )
    else:
        say(
            f"hit@1 {first / len(asked):.1%}, hit@3 {third / len(asked):.1%}"
            f" over {len(asked):,} of {len(rows):,} questions"
        )


def _learnt(history: Path, queries: Path | None, folds: int, as_json: bool) -> None:
    from omnitui.cli import measured

    known = measured.examples(history)
    if queries is not None:
        found = measured.held_out(known, measured.examples(queries))
    elif len(known) < folds:
        raise Unusable(f"{history}: {len(known)} examples are too few for {folds} parts.")
    else:
        found = measured.cross_validated(known, folds)
    if as_json:
        print_json(found)
    else:
        say_lines(measured.told(found))


def _questions(file: Path) -> Iterator[tuple[str, str]]:
    with opened(file, newline="") as lines:
        reader = csv.DictReader(lines)
        if not {"text", "category"} <= set(reader.fieldnames or ()):
            raise Unusable(f"{file}: line 1: needs the columns text and category.")
        for row in reader:
            if row["text"] and row["category"]:
                yield row["text"], row["category"]


def _hits(asked: Sequence[tuple[str, str]], known: Sequence[tuple[str, str]]) -> tuple[int, int]:
    """How many categories are found first, and among the first three."""
    from omnitui.desk.knowledge import suggestions
    from omnitui.rules.suggesting import telling_of
    from omnitui.store import knowledge
    from omnitui.store.engine import Store

    store = Store(":memory:")
    with store.transaction():
        for number, (text, _) in enumerate(known):
            knowledge.put_article(
                store,
                {
                    "slug": str(number),
                    "title": text,
                    "body": "",
                    "audience": "public",
                    "language": "en",
                    "updated": "",
                },
            )
    first = third = 0
    for text, category in asked:
        keys = [key for key, _ in suggestions(store, telling_of([text]))]
        found = list(dict.fromkeys(known[key - 1][1] for key in keys))[:3]
        first += found[:1] == [category]
        third += category in found
    store.close()
    return first, third


evaluate.add_command(bot)
