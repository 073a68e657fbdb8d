"""`demo` and `simulate`: a shift with simulated customers, with a screen or without."""

import tempfile
from contextlib import ExitStack
from pathlib import Path

import click

from omnitui.cli.failures import Unusable
from omnitui.cli.output import print_json, say, say_lines
from omnitui.cli.parameters import (
    FILE,
    Duration,
    json_option,
    remember,
    screen_options,
    seed_option,
    transcripts_option,
)

SCENARIO = "quiet-morning"
"""The default scenario."""
PERSON = "ada"
"""The agent of a demo."""


@click.command()
@click.argument("scenario", required=False)
@seed_option
@click.option(
    "--speed",
    metavar="X",
    type=click.FloatRange(0, 10_000, min_open=True),
    default=1.0,
    show_default=True,
    help="How many times faster than real time.",
)
@click.option(
    "--store",
    type=FILE,
    metavar="FILE",
    callback=remember,
    help="Keep the demo's store in this file. Default: a store that is deleted at the end.",
)
@transcripts_option
@click.option("--list", "listed", is_flag=True, help="List the scenarios and exit.")
@screen_options
def demo(
    scenario: str | None,
    seed: int,
    speed: float,
    store: Path | None,
    transcripts: tuple[Path, ...],
    listed: bool,
    agent: str | None,
    ascii: bool,  # noqa: A002 - the option's own name
    theme: str | None,
) -> None:
    """Open the console with simulated customers.

    SCENARIO is the name of a shipped scenario or a file. The store is deleted at the end unless
    --store is given, which continues an earlier demo. A store with real work is refused, and
    $OMNITUI_STORE is not used.
    """
    if listed:
        _list()
        return
    from omnitui.console.terminal import check_terminal
    from omnitui.training.options import FeedOptions
    from omnitui.training.scenario import load

    feed = FeedOptions(scenario or SCENARIO, seed, speed, transcripts)
    load(feed.scenario)
    check_terminal()
    if store is not None:
        _check_own(store)
    with ExitStack() as cleanup:
        if store is None:
            folder = tempfile.TemporaryDirectory(prefix="omnitui-", ignore_cleanup_errors=True)
            store = Path(cleanup.enter_context(folder)) / "demo.db"
        if store.exists():
            _people(store)
        from omnitui.console.run import run_console

        run_console(store, agent=agent or PERSON, ascii=ascii, theme=theme, feed=feed)


def _list() -> None:
    from omnitui.training.scenario import load, names

    known = names()
    width = max((len(name) for name in known), default=0)
    for name in known:
        scenario = load(name)
        say(f"{name:{width}}  {scenario.title}")
        if scenario.summary:
            say(f"{'':{width}}  {' '.join(scenario.summary.split())}")


def _people(store: Path) -> None:
    """The sample company's people, unless the store has people already.

    A new store gets them after the first screen is shown.
    """
    from omnitui.clock import SystemClock
    from omnitui.desk.filling.company import fill
    from omnitui.desk.opening import open_desk
    from omnitui.model.actor import SYSTEM

    desk = open_desk(store, SystemClock(), basics=False)
    try:
        if not desk.call("agent.list", SYSTEM):
            fill(desk)
    finally:
        desk.close()


def _check_own(store: Path) -> None:
    """Raise `Unusable` if simulated customers would write to a store with real work."""
    from omnitui.store import health
    from omnitui.store.engine import Store

    if not store.is_file() or not store.stat().st_size:
        return
    opened = Store(store)
    try:
        worked_in = health.is_worked_in(opened)
    finally:
        opened.close()
    if worked_in:
        raise Unusable(
            f"{store} has real work; simulated customers must not write to it. Give a new "
            "file with --store, or none."
        )


def _tell_of_others(store: Path) -> None:
    """Print on stderr that simulated customers are added to the store's own."""
    from omnitui.store.engine import Store
    from omnitui.store.health import counts

    opened = Store(store)
    try:
        there = counts(opened)["customers"]
    finally:
        opened.close()
    if there:
        say(f"{store} has {there:,} customers; simulated ones are added to them.", err=True)


@click.command()
@click.argument("scenario")
@seed_option
@click.option("--for", "for_ms", type=Duration(), metavar="TIME", help="Stop after, e.g. 30m.")
@click.option(
    "--agents", type=click.IntRange(0, 1_000), metavar="N", help="How many are on autopilot."
)
@click.option(
    "--store", type=FILE, metavar="FILE", callback=remember, help="Keep the store in this file."
)
@transcripts_option
@json_option
@click.option("--timing", is_flag=True, help="Show how long it took (differs between runs).")
def simulate(
    scenario: str,
    seed: int,
    for_ms: int | None,
    agents: int | None,
    store: Path | None,
    transcripts: tuple[Path, ...],
    as_json: bool,
    timing: bool,
) -> None:
    """Run a scenario without a screen.

    Agents on autopilot answer, and a report is printed at the end. SCENARIO is the name of a
    shipped scenario or a file. The same scenario and seed give the same report.
    """
    from omnitui.training.options import SimulateOptions
    from omnitui.training.run import simulate as run

    if store is not None and store.exists():
        _tell_of_others(store)
    report = run(SimulateOptions(scenario, seed, for_ms, agents, store, transcripts))
    if as_json:
        print_json(report.to_json(timing))
    else:
        say_lines(report.text(timing))
