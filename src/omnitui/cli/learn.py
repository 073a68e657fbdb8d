"""`learn`: makes anew what suggestions are made by."""

import os
from contextlib import suppress
from pathlib import Path

import click

from omnitui.cli.failures import Broken
from omnitui.cli.output import print_json, say
from omnitui.cli.parameters import json_option, store_option

_POLITE = 10


@click.command()
@store_option
@click.option(
    "--if-needed",
    is_flag=True,
    help="Only if enough has happened since it was last learnt; at low priority.",
)
@json_option
def learn(store: Path | None, if_needed: bool, as_json: bool) -> None:
    """Learn from what agents did, for suggestions.

    Learns queues from closed conversations, products and priorities from resolved cases, replies
    and articles from what agents used, and all of it from what they said of suggestions. Consoles
    do this by themselves; while it runs they go on.
    """
    from omnitui.clock import SystemClock
    from omnitui.desk.suggestions.learnt import RECALLED, is_stale, learn_all
    from omnitui.paths import store_path
    from omnitui.store.engine import Store

    path = store_path(store)
    if not path.exists():
        raise Broken(f"There is no store at {path} yet. Give another file with --store.")
    if if_needed:
        with suppress(OSError, AttributeError):  # not every system has priorities like this
            os.nice(_POLITE)
    opened = Store(path)
    try:
        needed = not if_needed or is_stale(opened)
        made = learn_all(opened, SystemClock().now()) if needed else []
    finally:
        opened.close()
    if as_json:
        print_json(made)
        return
    for one in made:
        name = "articles and cases" if one.kind == RECALLED else one.kind
        say(f"{name}: {_many(one.labels, 'label')} from {_many(one.examples, 'example')}")
    if not needed:
        say("Too little has happened since it was last learnt.")


def _many(count: int, what: str) -> str:
    return f"{count:,} {what}" if count == 1 else f"{count:,} {what}s"
