"""Options that several sub-commands share, and their types."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

Function = TypeVar("Function", bound=Callable[..., Any])
FILE = click.Path(path_type=Path, dir_okay=False)
"""A file that may be new."""
THERE = click.Path(path_type=Path, exists=True, dir_okay=False, readable=True)
"""A file that must exist."""


class Duration(click.ParamType[int]):
    """`90s`, `30m`, `1h30m`: milliseconds."""

    name = "duration"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """Milliseconds for what was written."""
        if isinstance(value, int):
            return value
        from omnitui.clock import parse_duration

        try:
            return parse_duration(value)
        except ValueError as error:
            self.fail(f"{error}.", param, ctx)


STORE = "omnitui.store"
"""The key of the store's path in a command's context, for error messages."""


def remember(ctx: click.Context, param: click.Parameter, given: Path | None) -> Path | None:
    """Keep the store's path for error messages."""
    if given is not None:
        ctx.meta[STORE] = given
    return given


def store_option(function: Function) -> Function:
    """`--store FILE`."""
    return click.option(
        "--store",
        type=FILE,
        metavar="FILE",
        callback=remember,
        help="The store to work on. Default: $OMNITUI_STORE, then the platform's data folder.",
    )(function)


def json_option(function: Function) -> Function:
    """`--json`, as `as_json`."""
    return click.option("--json", "as_json", is_flag=True, help="Print JSON.")(function)


def screen_options(function: Function) -> Function:
    """What every way into the console takes: `--agent`, `--ascii`, `--theme`."""
    for option in (
        click.option("--theme", metavar="NAME", help="The console's theme."),
        click.option("--ascii", is_flag=True, help="Plain signs only, for simple terminals."),
        click.option("--agent", metavar="LOGIN", help="Your name."),
    ):
        function = option(function)
    return function


def seed_option(function: Function) -> Function:
    """`--seed N`."""
    return click.option(
        "--seed",
        metavar="N",
        type=int,
        default=1,
        show_default=True,
        help="The same seed gives the same shift.",
    )(function)


def transcripts_option(function: Function) -> Function:
    """`--transcripts FILE.jsonl`, any number of times."""
    return click.option(
        "--transcripts",
        type=THERE,
        multiple=True,
        metavar="FILE.jsonl",
        help="Use real customers' messages instead of the scenario's; may be given several times.",
    )(function)
