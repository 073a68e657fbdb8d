"""Rooms whose modules are read when something in them is first used: no start waits for them.

A room says `__getattr__ = modules_of(__name__)`; then `from omnitui.console.dialogs import closing`
costs nothing until `closing.end_dialog` is asked for.
"""

import os
import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from typing import Any


def modules_of(package: str) -> Callable[[str], Any]:
    """What gives a package's modules by name; raises `AttributeError` for a name that is none."""
    (folder,) = sys.modules[package].__path__
    names = {entry.partition(".")[0] for entry in os.listdir(folder) if not entry.startswith("_")}

    def module(name: str) -> Any:
        if name not in names:
            raise AttributeError(f"{package} has no {name}")
        _named.append(f"{package}.{name}")
        return _Module(_named[-1])

    return module


_named: list[str] = []


def read_next(rooms: Sequence[str]) -> bool:
    """Read one module of these packages that has been named and not used yet; False without one."""
    while found := next((name for name in _named if name.startswith(tuple(rooms))), None):
        _named.remove(found)
        if found not in sys.modules:
            import_module(found)
            return True
    return False


class _Module:
    """Stands for a module, and is all that it is once something in it has been asked for."""

    def __init__(self, name: str) -> None:
        self.__name__ = name

    def __getattr__(self, name: str) -> Any:
        # The toolkit's thread and the desk's may both be first: the machinery of imports sees to
        # it that one of them reads the module and the other waits.
        found = import_module(self.__name__)
        if name.startswith("__"):
            return getattr(found, name)
        # From now on an attribute of it costs no more than one of the module.
        self.__dict__ = found.__dict__
        return getattr(found, name)
