"""`route`: test routing, without a store."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import click

from omnitui.cli.failures import Unusable
from omnitui.cli.output import print_json, say
from omnitui.cli.parameters import THERE, json_option


@click.command()
@click.argument("file", type=THERE)
@json_option
def route(file: Path, as_json: bool) -> None:
    """Show which agent would get which item, and why.

    FILE is JSON or TOML: `match`, `assign`, `now`, lists of `queues`, `agents` and `items`; only
    their `name`, `login` and `id` are needed. The rules are those of a desk. Nothing is changed.
    """
    from omnitui.datafiles.routing import read_question
    from omnitui.model.errors import DataError
    from omnitui.rules.routing import assign_all

    try:
        asked = read_question(file)
    except DataError as error:
        raise Unusable(str(error)) from None
    outcome = assign_all(
        asked.items,
        asked.agents,
        asked.match,
        asked.assign,
        asked.now,
        queues=asked.queues,
        ranked=None if as_json else 1,
        clock=_clock(asked.now),
    )
    if as_json:
        print_json(outcome)
        return
    for given in outcome.assignments:
        say(f"{given.item} -> {given.agent}: {given.because}")
    for left in outcome.waiting:
        kept = f"; capacity of {left.kept} is kept for it" if left.kept else ""
        say(f"{left.item} waits: {left.because}{kept}")
    if not outcome.ranking:
        say("No items.")


def _clock(now: int) -> Callable[[int], str]:
    """Formats times as in the file: without the date on the day of `now` (epoch ms)."""
    today = datetime.fromtimestamp(now / 1_000, UTC).date()

    def say(at: int) -> str:
        moment = datetime.fromtimestamp(at / 1_000, UTC)
        return f"{moment:%H:%M}" if moment.date() == today else f"{moment:%Y-%m-%d %H:%M}"

    return say
