"""The table of desk commands. One declaration feeds console, command line, macros, audit and docs.

A command is a function whose first parameter is a `Call`; the others are typed, and what a caller
gives is converted to those types before the function runs (`desk/convert.py`).
"""

import inspect
import typing
from collections.abc import Callable
from functools import cached_property
from typing import Any

from msgspec import Struct

from omnitui.model.actor import Permission
from omnitui.model.fields import Fields


class Parameter(Struct, frozen=True):
    """One parameter of a command; `about` says in a clause what it is, and may be empty."""

    name: str
    annotation: Any
    required: bool
    default: Any = None
    about: str = ""


class Command(Struct, frozen=True, dict=True):
    """One command. `changes` is False for queries, which run without taking the write lock.

    `fields` are those of the record that it makes (`new`) or changes: each that agents change is a
    parameter, which comes in `**fields` where the function does not name it; in the reference they
    stand before what the function takes by name only.
    """

    name: str
    function: Callable[..., Any]
    permission: Permission
    changes: bool
    fields: Fields = ()
    new: bool = False

    @cached_property
    def parameters(self) -> tuple[Parameter, ...]:
        """What the command is given, in order.

        Read when it is first asked for: reading those of every command takes a tenth of the time in
        which a console starts.
        """
        hints = typing.get_type_hints(self.function, include_extras=True)
        _call, *given = inspect.signature(self.function).parameters.values()
        empty = inspect.Parameter.empty
        about = {field.key: field.about for field in self.fields}
        first: list[Parameter] = []
        later: list[Parameter] = []
        for p in given:
            found = Parameter(
                p.name.rstrip("_"),
                hints[p.name],
                p.default is empty,
                None if p.default is empty else p.default,
                about.get(p.name, ""),
            )
            if p.kind is not inspect.Parameter.VAR_KEYWORD:
                (later if p.kind is inspect.Parameter.KEYWORD_ONLY else first).append(found)
        if self.fields:
            from omnitui.desk import fields  # which needs the types of this module

            named = [p.name for p in (*first, *later)]
            first += fields.parameters(self.fields, named, new=self.new)
        return (*first, *later)

    @property
    def area(self) -> str:
        """The part of the name before the dot."""
        return self.name.partition(".")[0]

    @property
    def doc(self) -> str:
        """The whole docstring."""
        return inspect.getdoc(self.function) or ""

    @property
    def summary(self) -> str:
        """The docstring's first sentence line."""
        return self.doc.partition("\n")[0]


COMMANDS: dict[str, Command] = {}
"""Every registered command by name."""

Function = typing.TypeVar("Function", bound=Callable[..., Any])


def _register(
    name: str, permission: Permission, changes: bool, fields: Fields = (), *, new: bool = False
) -> Callable[[Function], Function]:
    def add(function: Function) -> Function:
        assert name not in COMMANDS, f"{name} is registered twice"
        COMMANDS[name] = Command(name, function, permission, changes, fields, new)
        return function

    return add


def command(
    name: str,
    permission: Permission = Permission.SERVE,
    *,
    creates: Fields = (),
    updates: Fields = (),
) -> Callable[[Function], Function]:
    """Register a function that changes the store, as `area.verb`.

    `creates` and `updates` are the fields of the record that it makes or changes.
    """
    return _register(name, permission, True, creates or updates, new=bool(creates))


def query(name: str, permission: Permission = Permission.READ) -> Callable[[Function], Function]:
    """Register a function that only reads."""
    return _register(name, permission, False)
