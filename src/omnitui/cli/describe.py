"""Commands in words, for the list of commands and for the reference."""

import types
import typing
from enum import Enum
from typing import Any

from omnitui.desk.convert import (
    AgentChoice,
    CaseChoice,
    CustomerChoice,
    EntitlementChoice,
    Exact,
    Facts,
    Moment,
    Name,
    Said,
    Sender,
    Until,
)
from omnitui.desk.registry import Command, Parameter
from omnitui.model import ids

_RECORDS = {
    getattr(ids, name): name.removesuffix("Id").lower() for name in dir(ids) if name.endswith("Id")
}
_PLAIN: dict[Any, str] = {
    str: "text",
    int: "whole number",
    float: "number",
    bool: "yes or no",
    Exact: "text",
    Name: "text",
    Sender: "text",
    Facts: "JSON object of anything",
    Moment: "time",
    Said: "time",
    Until: "day or time",
    AgentChoice: "agent or none",
    CaseChoice: "case or none",
    CustomerChoice: "customer or none",
    EntitlementChoice: "entitlement or none",
    Any: "anything",
}


def type_words(annotation: Any) -> str:
    """What a parameter takes, e.g. `agent`, `text`, `one of live, asynchronous`."""
    if isinstance(annotation, types.UnionType) or typing.get_origin(annotation) is typing.Union:
        kinds = [kind for kind in typing.get_args(annotation) if kind is not type(None)]
        return " or ".join(type_words(kind) for kind in kinds)
    if annotation in _RECORDS:
        return _RECORDS[annotation]
    if annotation in _PLAIN:
        return _PLAIN[annotation]
    if isinstance(annotation, type) and issubclass(annotation, Enum):
        return "one of " + ", ".join(str(member.value) for member in annotation)
    origin, inner = typing.get_origin(annotation), typing.get_args(annotation)
    if origin is list:
        return f"list of {type_words(inner[0])}"
    if origin is dict:
        return f"JSON object of {type_words(inner[1])}"
    return str(annotation)


def default_words(parameter: Parameter) -> str:
    """The default as it would be written; empty where there is none."""
    value = parameter.default
    if parameter.required or value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Enum):
        return str(value.value)
    return str(value)


def signature(command: Command) -> str:
    """`case.create(customer, title, origin, description?)`: optional ones with a question mark."""
    names = ", ".join(p.name + ("" if p.required else "?") for p in command.parameters)
    return f"{command.name}({names})"


def as_data(command: Command) -> dict[str, Any]:
    """A command for scripts."""
    return {
        "name": command.name,
        "permission": command.permission.value,
        "changes": command.changes,
        "summary": command.summary,
        "doc": command.doc,
        "parameters": [
            {
                "name": p.name,
                "takes": type_words(p.annotation),
                "required": p.required,
                "default": p.default,
                "about": p.about,
            }
            for p in command.parameters
        ],
    }
