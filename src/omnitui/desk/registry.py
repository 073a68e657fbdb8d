"""The table of desk commands, from which the console, command line, macros, audit and docs are
built.

A command is a function whose first parameter is a `Call`; the others are typed, and the caller's
values are converted to those types before the function runs (`desk/convert.py`).
"""

import inspect
import typing
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from importlib import import_module
from typing import Any

from msgspec import Struct

from omnitui.desk.areas import AREAS
from omnitui.model.actor import Permission
from omnitui.model.fields import Fields


class Parameter(Struct, frozen=True):
    """One parameter of a command; `about` explains it in a clause, and may be empty."""

    name: str
    annotation: Any
    required: bool
    default: Any = None
    about: str = ""


class Command(Struct, frozen=True, dict=True):
    """One command. `changes` is False for queries, which run without the write lock.

    `fields` are those of the record that it creates (`new`) or changes: each that agents can change
    is a parameter, which comes in `**fields` if the function does not list it; in the reference
    they come before the keyword-only parameters.
    """

    name: str
    function: Callable[..., Any]
    permission: Permission
    changes: bool
    fields: Fields = ()
    new: bool = False

    @cached_property
    def parameters(self) -> tuple[Parameter, ...]:
        """The parameters, in order.

        Read on first use: reading those of every command takes a tenth of a console's start.
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
        return inspect.getdoc(self.function) or ""

    @property
    def summary(self) -> str:
        """The docstring's first paragraph."""
        return self.doc.partition("\n")[0]


class _Commands(Mapping[str, Command]):
    """Imports a command's module on first use, and all modules when all are needed."""

    def __init__(self) -> None:
        self._known: dict[str, Command] = {}

    def __getitem__(self, name: str) -> Command:
        modules = iter(AREAS.get(name.partition(".")[0], ()))
        while name not in self._known:
            module = next(modules, None)
            if module is None:
                raise KeyError(name)
            import_module(f"omnitui.desk.{module}")
        return self._known[name]

    def __iter__(self) -> Iterator[str]:
        self.load()
        return iter(list(self._known))

    def __len__(self) -> int:
        self.load()
        return len(self._known)

    def load(self) -> None:
        """Import all modules."""
        for modules in AREAS.values():
            for module in modules:
                import_module(f"omnitui.desk.{module}")

    def add(self, command: Command) -> None:
        """Add a command."""
        assert command.name not in self._known, f"{command.name} is registered twice"
        self._known[command.name] = command


COMMANDS = _Commands()
"""Every command by name."""

Function = typing.TypeVar("Function", bound=Callable[..., Any])


def _register(
    name: str, permission: Permission, changes: bool, fields: Fields = (), *, new: bool = False
) -> Callable[[Function], Function]:
    def add(function: Function) -> Function:
        COMMANDS.add(Command(name, function, permission, changes, fields, new))
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

    `creates` and `updates` are the fields of the record that it creates or changes.
    """
    return _register(name, permission, True, creates or updates, new=bool(creates))


def query(name: str, permission: Permission = Permission.READ) -> Callable[[Function], Function]:
    """Register a function that only reads."""
    return _register(name, permission, False)
