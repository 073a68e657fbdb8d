"""Carrying out one command within a transaction, for the desk and for macros alike."""

from collections.abc import Mapping
from typing import Any

from omnitui.desk import knowledge, undo
from omnitui.desk.call import Call
from omnitui.desk.convert import convert
from omnitui.desk.registry import COMMANDS, Command
from omnitui.desk.routing import assign
from omnitui.desk.sla import keeping
from omnitui.model.actor import Actor
from omnitui.model.errors import Refused


def command_for(actor: Actor, name: str) -> Command:
    """The command of that name; refused if there is none, or if the caller may not call it."""
    found = COMMANDS.get(name)
    if found is None:
        import difflib

        close = difflib.get_close_matches(name, COMMANDS, n=3)
        hint = f"Did you mean {' or '.join(close)}?" if close else "See `omnitui commands`."
        raise Refused("command.unknown", f"There is no command {name!r}.", hint)
    if not actor.may(found.permission):
        raise Refused(
            "permission.denied",
            f"{actor.name or actor.kind.value} may not call {name}.",
            f"It needs the permission to {found.permission.value}.",
        )
    return found


def carry_out(call: Call, command: Command, given: Mapping[str, Any]) -> Any:
    """Run a command with what its caller gives, and settle what follows from it.

    Raises `Refused`; the caller's transaction is rolled back then.
    """
    begun = undo.mark(call) if command.changes else None
    result = command.function(call, **convert(call, command, dict(given)))
    if command.changes:
        assign.settle(call)
    keeping.settle(call)
    knowledge.settle(call)
    if command.changes:
        undo.seal(call, command.name, begun)
    return result
