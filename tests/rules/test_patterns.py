"""Patterns that are compiled late are patterns all the same."""

import importlib
import pkgutil
import re

import omnitui
from omnitui.patterns import _Late, late


def test_it_does_what_a_compiled_one_does() -> None:
    word = late(r"(?P<first>[a-z])[a-z]*", re.IGNORECASE)
    assert [found["first"] for found in word.finditer("Ab c")] == ["A", "c"]
    assert word.sub("x", "Ab c") == "x x"
    assert (word.pattern, word.groups) == (r"(?P<first>[a-z])[a-z]*", 1)


def _wrong(name: str, pattern: _Late) -> str:
    try:
        assert pattern.fullmatch is not None
    except re.error as error:
        return f"{name}: {error}"
    return ""


def test_every_one_there_is_can_be_compiled() -> None:
    found = [
        (f"{info.name}.{name}", value)
        for info in pkgutil.walk_packages(omnitui.__path__, "omnitui.")
        if not info.name.endswith("__main__")
        for name, value in list(vars(importlib.import_module(info.name)).items())
        if isinstance(value, _Late)
    ]
    assert len(found) > 50
    assert [wrong for name, value in found if (wrong := _wrong(name, value))] == []
