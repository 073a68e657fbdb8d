"""`evaluate`: how good the assistance is, on one's own data."""

import csv
from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from omnitui.cli.failures import Unusable
from omnitui.cli.output import print_json, say
from omnitui.cli.parameters import THERE, json_option
from omnitui.textfiles import opened


@click.group()
def evaluate() -> None:
    """Measure the assistance on your own data."""


@evaluate.command()
@click.argument("file", type=THERE)
@json_option
def sentiment(file: Path, as_json: bool) -> None:
    """Compare sentiment with people's ratings.

    FILE has a line for each text: an id, the mean rating, the text, with tabs between. Prints
    Pearson's correlation r and the number of texts.
    """
    from statistics import StatisticsError, correlation

    from omnitui.rules.sentiment import score

    rated = list(_rated(file))
    try:
        r = correlation([mean for mean, _ in rated], [score(text).compound for _, text in rated])
    except StatisticsError:
        raise Unusable(f"{file}: it takes two texts at least that are rated differently.") from None
    if as_json:
        print_json({"pearson_r": round(r, 4), "n": len(rated)})
    else:
        say(f"Pearson r {r:.3f} over {len(rated):,} texts")


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
                    f"{file}: line {number}: it takes an id, a rating and a text, tabs between."
                ) from None


@evaluate.command()
@click.argument("file", metavar="CSV", type=THERE)
@click.option(
    "--every",
    metavar="N",
    type=click.IntRange(2),
    default=10,
    show_default=True,
    help="Ask every Nth question and search among the others.",
)
@json_option
def suggestions(file: Path, every: int, as_json: bool) -> None:
    """Say how often the search finds what belongs to a question.

    CSV has the columns text and category. Of every N questions one is held out and looked for
    among the others: hit@1 is how often the first category found is its own, hit@3 how often it
    is among the first three different ones.
    """
    rows = list(_questions(file))
    asked, known = rows[::every], [row for n, row in enumerate(rows) if n % every]
    if not asked or not known:
        raise Unusable(f"{file}: {len(rows)} questions are too few to hold any out.")
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


def _questions(file: Path) -> Iterator[tuple[str, str]]:
    with opened(file, newline="") as lines:
        reader = csv.DictReader(lines)
        if not {"text", "category"} <= set(reader.fieldnames or ()):
            raise Unusable(f"{file}: line 1: it takes the columns text and category.")
        for row in reader:
            if row["text"] and row["category"]:
                yield row["text"], row["category"]


def _hits(asked: Sequence[tuple[str, str]], known: Sequence[tuple[str, str]]) -> tuple[int, int]:
    """How many categories are found first, and among the first three."""
    from omnitui.store import knowledge, search
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
        hits = search.weighed(store, search.any_of(text), limit=30)
        found = list(dict.fromkeys(known[hit.ref - 1][1] for hit in hits))[:3]
        first += found[:1] == [category]
        third += category in found
    store.close()
    return first, third
