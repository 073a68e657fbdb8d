"""What the desk's commands take and give, for the checks of macros."""

import difflib
import types
import typing
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, get_args, get_origin

from msgspec import Struct

from omnitui.desk.convert import literal_problem
from omnitui.desk.registry import COMMANDS
from omnitui.rules.macro_checks import Shape, Shapes

_PLAIN = {int: "a number", float: "a number", str: "text", bool: "yes or no"}


def shapes() -> Shapes:
    """The commands there are; only those that are asked for are imported."""
    return Shapes(_shape, lambda: COMMANDS)


@cache
def _shape(name: str) -> Shape | None:
    command = COMMANDS.get(name)
    if command is None:
        return None
    parameters = {one.name: one for one in command.parameters}
    hints = typing.get_type_hints(command.function)

    def wrong(parameter: str, value: Any) -> str:
        return literal_problem(parameters[parameter], value)

    def gives(path: Sequence[str]) -> str:
        return _missing(hints.get("return", Any), path, name)

    return Shape({key: one.required for key, one in parameters.items()}, wrong, gives)


def _missing(kind: Any, path: Sequence[str], of: str) -> str:
    """Why there is nothing at a path into a result, as a clause; empty where there may be."""
    kind = _plain(kind)
    if kind is type(None):
        return f"{of} gives no result"
    if not path or kind is Any:
        return ""
    first, rest = path[0], path[1:]
    origin = get_origin(kind) or kind
    if isinstance(origin, type) and issubclass(origin, Struct):
        fields = typing.get_type_hints(origin)
        if first in origin.__struct_fields__:
            return _missing(fields[first], rest, f"{of}.{first}")
        close = difflib.get_close_matches(first, origin.__struct_fields__, n=1)
        hint = f"; did you mean {close[0]}?" if close else ""
        return f"the result of {of} has no field {first}{hint}"
    if origin in (list, tuple, Sequence):
        if not first.isdecimal():
            return f"the result of {of} is a list; its first entry is 0, as in {{1.0.{first}}}"
        inner = get_args(kind) or (Any,)
        return _missing(inner[0], rest, f"{of}.{first}")
    if origin in (dict, Mapping):
        return _missing((get_args(kind) or (str, Any))[-1], rest, f"{of}.{first}")
    word = _PLAIN.get(kind)
    return f"the result of {of} is {word} and has no field {first}" if word else ""


def _plain(kind: Any) -> Any:
    """A type without None, and without a name of its own."""
    if isinstance(kind, types.UnionType) or get_origin(kind) is typing.Union:
        kind = next(one for one in get_args(kind) if one is not type(None))
    while hasattr(kind, "__supertype__"):
        kind = kind.__supertype__
    return get_args(kind)[0] if get_origin(kind) is typing.Annotated else kind
