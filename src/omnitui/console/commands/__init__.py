"""The console's commands: importing them puts them into `omnitui.console.command.COMMANDS`."""

from omnitui.console.command import COMMANDS

# The order is that of the palette and, within a group, of the table of keys.
from omnitui.console.commands import (  # isort: skip
    session,
    customers,
    cases,
    tabs,
    transfers,
    composer,
    home,
    bulk,
    opening,
    create,
    knowledge,
    anywhere,
)

__all__ = [
    "COMMANDS",
    "anywhere",
    "bulk",
    "cases",
    "composer",
    "create",
    "customers",
    "home",
    "knowledge",
    "opening",
    "session",
    "tabs",
    "transfers",
]
