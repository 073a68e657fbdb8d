"""Styles are read once: every console of a test run has the same ones."""

from functools import cache
from typing import Any

from textual.css.stylesheet import Stylesheet

_Parsed = dict[tuple[Any, ...], list[Any]]
_parsed: dict[tuple[tuple[str, str], ...], _Parsed] = {}
"""The rules of every source that has been read, by the values that its variables had."""


@cache
def read_once() -> None:
    """Let stylesheets with the same variables share what they have read."""
    begin, change = Stylesheet.__init__, Stylesheet.set_variables

    def share(sheet: Any, variables: dict[str, str]) -> None:
        sheet._parse_cache = _parsed.setdefault(tuple(sorted(variables.items())), {})

    def beginning(self: Any, *, variables: dict[str, str] | None = None) -> None:
        begin(self, variables=variables)
        share(self, variables or {})

    def changing(self: Any, variables: dict[str, str]) -> None:
        self._parse_cache = {}
        change(self, variables)
        share(self, variables)

    Stylesheet.__init__ = beginning  # type: ignore[method-assign]
    Stylesheet.set_variables = changing  # type: ignore[method-assign]
