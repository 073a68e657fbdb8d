"""`call`: one desk command for a script. JSON in, JSON out."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from omnitui.cli.output import print_json
from omnitui.cli.parameters import store_option
from omnitui.jsontext import read_json

if TYPE_CHECKING:
    from omnitui.desk.desk import Desk
    from omnitui.model.actor import Actor


@click.command()
@click.argument("name", metavar="AREA.VERB")
@click.argument("pairs", nargs=-1, metavar="[KEY=VALUE]...")
@click.option("--params", metavar="JSON", help="Parameters as a JSON object.")
@click.option(
    "--as", "login", metavar="LOGIN", help="Call as this agent instead of as administrator."
)
@click.option(
    "--now", metavar="TIME", help="The current time for the call, e.g. 2026-03-02T09:00 or +30m."
)
@store_option
@click.pass_context
def call(
    ctx: click.Context,
    name: str,
    pairs: tuple[str, ...],
    params: str | None,
    login: str | None,
    now: str | None,
    store: Path | None,
) -> None:
    """Run one desk command.

    `omnitui commands` lists them. Prints the result as JSON. Exit 0: done. Exit 1: refused, with
    {"refused": {"code", "message", "hint"}} on stdout. Due timers run first. A missing store is
    created.
    """
    from omnitui.model.errors import Refused

    given = _parameters(pairs, params)
    try:
        with _desk(store, now) as desk:
            desk.run_due()
            print_json(desk.call(name, _actor(desk, login), **given))
    except Refused as refused:
        print_json({"refused": refused.refusal})
        ctx.exit(1)


def _parameters(pairs: tuple[str, ...], params: str | None) -> dict[str, Any]:
    given: dict[str, Any] = {}
    if params is not None:
        try:
            given = read_json(params)
        except ValueError as error:
            raise click.UsageError(f"--params: {error}.") from None
        if not isinstance(given, dict):
            raise click.UsageError('--params needs a JSON object, for example \'{"name": "Ada"}\'.')
    for pair in pairs:
        key, equals, value = pair.partition("=")
        if not equals or not key.isidentifier():
            raise click.UsageError(f"{pair!r} is not KEY=VALUE.")
        if key in given:
            raise click.UsageError(f"{key} is given twice.")
        given[key] = value
    return given


@contextmanager
def _desk(store: Path | None, now: str | None) -> Iterator["Desk"]:
    from omnitui.clock import Clock, ManualClock, SystemClock, parse_time
    from omnitui.desk.opening import open_desk
    from omnitui.paths import store_path

    clock: Clock = SystemClock()
    if now is not None:
        try:
            clock = ManualClock(parse_time(now, clock.now()))
        except (ValueError, OverflowError) as error:
            raise click.UsageError(f"--now: {error}.") from None
    desk = open_desk(store_path(store), clock)
    try:
        yield desk
    finally:
        desk.close()


def _actor(desk: "Desk", login: str | None) -> "Actor":
    from omnitui.model.actor import ADMINISTRATOR, Actor, ActorKind

    if login is None:
        return ADMINISTRATOR
    agent = desk.call("agent.get", ADMINISTRATOR, agent=login)
    return Actor(ActorKind.AGENT, agent.id, agent.name)
