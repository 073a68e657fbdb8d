"""Which of a session's panes are on screen at which width, as classes for the style sheet."""

from collections.abc import Mapping
from typing import Any

WIDE, MEDIUM = 140, 100
"""From how many cells on there are three columns, and two."""

PANES = ("conversation", "summary", "assist")
LABELS = {"conversation": "Conversation", "summary": "Summary", "assist": "Assist"}

_WIDTHS = ("-wide", "-medium", "-narrow")


class Shown:
    """Which pane has the keys, and which is shown beside the conversation."""

    def __init__(self) -> None:
        self.pane = "conversation"
        self.side = "summary"

    def restore(self, kept: Mapping[str, Any]) -> None:
        """Show what was shown before."""
        self.pane = kept["pane"] if kept.get("pane") in PANES else "conversation"
        self.side = kept["side"] if kept.get("side") in PANES[1:] else "summary"

    def go(self, pane: str) -> None:
        """Give the keys to a pane."""
        self.pane = pane
        if pane != "conversation":
            self.side = pane

    def after(self, step: int) -> str:
        """The pane `step` further round."""
        return PANES[(PANES.index(self.pane) + step) % len(PANES)]

    def classes(self, width: int) -> dict[str, bool]:
        """The classes at a width."""
        at = "-wide" if width >= WIDE else "-medium" if width >= MEDIUM else "-narrow"
        classes = {name: name == at for name in _WIDTHS}
        for name in PANES:
            classes[f"-pane-{name}"] = name == self.pane
            classes[f"-side-{name}"] = name == self.side
        return classes
