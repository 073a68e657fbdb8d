"""The table of console commands: bindings, footer, palette, help and docs come from it."""

import inspect
from types import ModuleType

from omnitui.console.commands import (
    anywhere,
    bulk,
    cases,
    composer,
    handing,
    home,
    records,
    session,
)
from omnitui.console.commands.base import ConsoleCommand, Where


def _of(module: ModuleType) -> list[type[ConsoleCommand]]:
    return [
        found
        for name, found in vars(module).items()
        if inspect.isclass(found)
        and not name.startswith("_")
        and issubclass(found, ConsoleCommand)
        and hasattr(found, "id")
        and found.__module__ == module.__name__
    ]


ALL: tuple[type[ConsoleCommand], ...] = tuple(
    command
    for module in (session, records, cases, handing, composer, home, bulk, anywhere)
    for command in _of(module)
)
"""Every console command, the session's first."""

BY_ID: dict[str, type[ConsoleCommand]] = {command.id: command for command in ALL}

__all__ = ["ALL", "BY_ID", "ConsoleCommand", "Where"]
