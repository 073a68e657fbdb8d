"""`omnitui` itself: the console if no sub-command is given, and the list of sub-commands."""

import gc
import importlib
import keyword
import signal
import sys
from collections.abc import Sequence
from io import StringIO
from pathlib import Path
from typing import Any, NoReturn

import click

from omnitui.cli.failures import told
from omnitui.cli.output import say, say_lines
from omnitui.cli.parameters import screen_options, store_option
from omnitui.cli.streams import end, let_go, open_all, unwritten, with_text

SUBCOMMANDS = {
    "demo": "omnitui.cli.shift",
    "simulate": "omnitui.cli.shift",
    "call": "omnitui.cli.call",
    "commands": "omnitui.cli.commands",
    "assistant": "omnitui.cli.assistant",
    "route": "omnitui.cli.route",
    "learn": "omnitui.cli.learn",
    "bot": "omnitui.cli.bot",
    "evaluate": "omnitui.cli.evaluate",
    "check": "omnitui.cli.check",
    "import": "omnitui.cli.records",
    "export": "omnitui.cli.records",
    "backup": "omnitui.cli.upkeep",
    "doctor": "omnitui.cli.upkeep",
}
"""Each sub-command with its module."""


class Root(click.Group):
    """Loads a sub-command's module on first use, and shows errors as sentences."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The sub-commands in the order they are documented."""
        return list(SUBCOMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """A sub-command by name."""
        if cmd_name not in SUBCOMMANDS:
            return None
        module = importlib.import_module(SUBCOMMANDS[cmd_name])
        name = f"{cmd_name}_" if keyword.iskeyword(cmd_name) else cmd_name
        command: click.Command = getattr(module, name)
        with_text(command)
        return command

    def invoke(self, ctx: click.Context) -> Any:
        """Run what was asked for."""
        with told():
            return super().invoke(ctx)


def run(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run the command line and end the process; every sentence is printed by `say`.

    That includes errors in the arguments, which quote them.
    """
    code: object = 0
    _end_in_order()
    open_all()
    try:
        code = root.main(arguments, prog_name="omnitui", standalone_mode=False)
    except OSError as error:
        # Whatever a command does itself is told as a fault; this is what it prints.
        say(unwritten(error), err=True)
        let_go()
        code = 3
    except click.ClickException as error:
        told_by = StringIO()
        error.show(told_by)
        say_lines(told_by.getvalue().rstrip("\n"), err=True)
        code = error.exit_code
    except click.Abort:
        say("Stopped.", err=True)
        code = 1
    sys.exit(end(code if isinstance(code, int) else 0, lambda text: say(text, err=True)))


def _end_in_order() -> None:
    """On a signal to end, undo what is half done, as after an interruption."""
    for number in (signal.SIGTERM, signal.SIGHUP):
        # Whoever started it may have said that a signal is to be passed over (nohup).
        if signal.getsignal(number) is signal.SIG_DFL:
            signal.signal(number, lambda found, _: sys.exit(128 + found))


def _version(ctx: click.Context, param: click.Parameter, wanted: bool) -> None:
    if wanted:
        from omnitui import __version__

        say(f"omnitui {__version__}")
        ctx.exit()


@click.group(cls=Root, invoke_without_command=True)
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_version,
    help="Show the version and exit.",
)
@store_option
@screen_options
@click.pass_context
def root(
    ctx: click.Context,
    store: Path | None,
    agent: str | None,
    ascii: bool,  # noqa: A002 - the option's own name
    theme: str | None,
) -> None:
    """The omnichannel customer-service console for people who work in a terminal.

    Without a command it opens the console on the default store. `omnitui demo` shows it with
    simulated customers.
    """
    if ctx.invoked_subcommand is not None:
        _hand_down(ctx, ctx.invoked_subcommand)
        return
    from omnitui.console.run import run_console
    from omnitui.paths import store_path

    run_console(store_path(store), agent=agent, ascii=ascii, theme=theme, feed=None)


def _hand_down(ctx: click.Context, name: str) -> None:
    """Options before the sub-command apply to it, unless they are given again after it."""
    command = root.get_command(ctx, name)
    if name != "demo":
        gc.enable()  # a console does so itself, once it can be seen
    if command is None:
        return
    taken = {option.name for option in command.params}
    given = {
        option.name: ctx.params[option.name]
        for option in ctx.command.params
        if option.name in ctx.params and ctx.params[option.name] not in (None, False)
    }
    for option in given:
        if option not in taken:
            raise click.UsageError(f"{name} has no option --{option}.")
    ctx.default_map = {name: given}


with_text(root)
