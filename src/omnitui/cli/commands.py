"""`commands`: the list of desk commands."""

import click

from omnitui.cli.output import print_json, say
from omnitui.cli.parameters import json_option


@click.command()
@json_option
def commands(as_json: bool) -> None:
    """List every desk command with its parameters."""
    from omnitui.cli.describe import as_data, signature
    from omnitui.desk.registry import COMMANDS

    ordered = [COMMANDS[name] for name in sorted(COMMANDS)]
    if as_json:
        print_json([as_data(command) for command in ordered])
        return
    for command in ordered:
        say(signature(command))
        say(f"    {command.summary}")
