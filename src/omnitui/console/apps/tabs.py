"""Which application tabs a session has open, which one is in front, and what was typed into them.

It is kept with the session's layout, so that tabs and unsaved edits come back after a crash.
"""

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Any

from msgspec import Struct, ValidationError, convert, to_builtins
from msgspec.structs import replace

MOST = 8
"""How many application tabs a session may have open."""


class AppKind(StrEnum):
    """What a tab shows."""

    CASE = "case"
    CUSTOMER = "customer"
    TIMELINE = "timeline"
    ARTICLE = "article"
    SEARCH = "search"
    ENTITLEMENT = "entitlement"
    WEB = "web"
    GAPS = "gaps"


class AppTab(Struct, frozen=True, array_like=True):
    """A record in a tab; `title` is what the tab says, `words` what is looked for in it."""

    kind: AppKind
    key: int
    title: str
    words: str = ""

    @property
    def name(self) -> str:
        """What it is called among the tabs: `case-42`."""
        return f"{self.kind}-{self.key}"


class TooMany(ValueError):
    """There are as many tabs open as there may be."""


class AppTabs:
    """See the module. `front` None is the conversation, which is always there."""

    def __init__(self) -> None:
        self.open: tuple[AppTab, ...] = ()
        self.front: AppTab | None = None
        self._edits: dict[str, dict[str, str]] = {}

    def add(self, tab: AppTab) -> AppTab:
        """Bring a record in front, opening a tab unless it has one; raises `TooMany`."""
        known = self.find(tab.name)
        if known is None:
            if len(self.open) >= MOST:
                raise TooMany
            self.open = (*self.open, tab)
        self.front = known or tab
        if known is not None and tab.words:
            self.narrow(tab.name, tab.words)
        return self.front

    def narrow(self, name: str, words: str) -> None:
        """Look for something else in a tab."""
        self._put(name, lambda tab: replace(tab, words=words))

    def find(self, name: str) -> AppTab | None:
        """The open tab of that name."""
        return next((tab for tab in self.open if tab.name == name), None)

    def close(self, name: str) -> None:
        """Close a tab, with what was typed into it; the one before it comes in front."""
        tab = self.find(name)
        if tab is None:
            return
        place = self.open.index(tab)
        self.open = tuple(one for one in self.open if one is not tab)
        if self.front is tab:
            self.front = self.open[place - 1] if place else None
        self._edits.pop(name, None)

    def choose(self, name: str) -> None:
        """Bring a tab in front; any other name is the conversation."""
        self.front = self.find(name)

    def step(self, by: int) -> None:
        """Go to the next tab (-1: the one before), the conversation being the first of them."""
        places: list[AppTab | None] = [None, *self.open]
        self.front = places[(places.index(self.front) + by) % len(places)]

    def retitle(self, name: str, title: str) -> None:
        """Say something else on a tab."""
        self._put(name, lambda tab: replace(tab, title=title))

    def _put(self, name: str, changed: Callable[[AppTab], AppTab]) -> None:
        self.open = tuple(changed(tab) if tab.name == name else tab for tab in self.open)
        if self.front is not None and self.front.name == name:
            self.front = self.find(name)

    def edits(self, name: str) -> dict[str, str]:
        """What is typed into a tab and not saved, by field."""
        return self._edits.get(name, {})

    def edited(self, name: str, edits: Mapping[str, str]) -> None:
        """Keep what is typed into a tab."""
        if edits:
            self._edits[name] = dict(edits)
        else:
            self._edits.pop(name, None)

    def kept(self) -> dict[str, Any]:
        """All of it, fit to be stored; empty when there is nothing."""
        if not self.open:
            return {}
        return {
            "open": [to_builtins(tab) for tab in self.open],
            "front": self.front.name if self.front else "",
            "edits": {name: edits for name, edits in self._edits.items() if self.find(name)},
        }

    def restore(self, kept: Any) -> None:
        """Take back what was stored, as far as it can be understood."""
        if not isinstance(kept, dict):
            return
        rows = kept.get("open")
        self.open = tuple(filter(None, map(_tab, rows if isinstance(rows, list) else ())))[:MOST]
        self.choose(str(kept.get("front", "")))
        edits = kept.get("edits")
        for name, values in edits.items() if isinstance(edits, dict) else ():
            if self.find(name) is not None and isinstance(values, dict):
                self.edited(name, {str(key): str(value) for key, value in values.items()})


def _tab(row: object) -> AppTab | None:
    """The tab that was stored so, None when it cannot be understood."""
    try:
        return convert(row, AppTab)
    except ValidationError:
        return None
