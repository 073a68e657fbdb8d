"""Rooms whose modules are read when something in them is first used: no start waits for them.

A room says `__getattr__ = modules_of(__name__)`; then `from omnitui.console.dialogs import closing`
costs nothing until `closing.end_dialog` is asked for.
"""

import sys
from collections.abc import Callable
from importlib.util import LazyLoader, find_spec, module_from_spec
from types import ModuleType


def modules_of(package: str) -> Callable[[str], ModuleType]:
    """What gives a package's modules by name; raises `AttributeError` for a name that is none."""

    def module(name: str) -> ModuleType:
        full = f"{package}.{name}"
        spec = None if name.startswith("__") else find_spec(full)
        if spec is None or spec.loader is None:
            raise AttributeError(f"{package} has no {name}")
        spec.loader = LazyLoader(spec.loader)
        found = module_from_spec(spec)
        sys.modules[full] = found
        spec.loader.exec_module(found)
        setattr(sys.modules[package], name, found)
        return found

    return module
