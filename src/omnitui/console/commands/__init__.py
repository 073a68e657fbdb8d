"""The console's commands: importing them puts them into `omnitui.console.command.COMMANDS`."""

from omnitui.console.command import COMMANDS

# The order is that of the palette and, within a group, of the table of keys.
from omnitui.console.commands import (  # isort: skip
    session,
    scripts,
    customers,
    cases,
    tabs,
    transfers,
    composer,
    assistant,
    home,
    bulk,
    opening,
    create,
    macros,
    knowledge,
    anywhere,
)

__all__ = [
    "COMMANDS",
    "anywhere",
    "assistant",
    "bulk",
    "cases",
    "composer",
    "create",
    "customers",
    "home",
    "knowledge",
    "macros",
    "opening",
    "scripts",
    "session",
    "tabs",
    "transfers",
]
