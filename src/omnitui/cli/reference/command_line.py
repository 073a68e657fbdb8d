"""`command-line.md`: every sub-command with its arguments and options, from the parser itself."""

import inspect

import click

from omnitui.cli.reference.markdown import blocks, table
from omnitui.cli.root import root

_EXITS = """| exit code | meaning |
         |---|---|
         | 0 | done |
         | 1 | refused, or an error was found |
         | 2 | wrong usage |
         | 3 | something is missing or broken |"""


def page() -> str:
    """The page."""
    return blocks("# Command line", *_command(root, "omnitui"), "## Exit codes", _EXITS)


def _command(command: click.Command, path: str) -> list[str]:
    context = click.Context(command, info_name=path)
    parts = [
        f"## `{' '.join([path, *command.collect_usage_pieces(context)])}`",
        inspect.cleandoc(command.help or ""),
        table(("option", "means"), [_option(p) for p in command.params if _shown(p)]),
    ]
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            child = command.get_command(context, name)
            if child is not None:
                parts += _command(child, f"{path} {name}")
    return parts


def _shown(parameter: click.Parameter) -> bool:
    return isinstance(parameter, click.Option) and not parameter.hidden


def _option(parameter: click.Parameter) -> tuple[str, str]:
    assert isinstance(parameter, click.Option)
    takes = "" if parameter.is_flag else f" {parameter.metavar or parameter.type.name.upper()}"
    default = f" Default: {parameter.default}." if parameter.show_default else ""
    return f"`{', '.join(parameter.opts)}{takes}`", f"{parameter.help or ''}{default}"
