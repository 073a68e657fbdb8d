"""Getting the attention of an agent who looks elsewhere: bell, terminal notification, title.

While the terminal has the focus the screen itself says everything, so nothing rings; a terminal
that does not tell is taken for one that nobody looks at. Most terminals know OSC 9, some OSC 777.
"""

import os
from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from textual.app import App

from omnitui.console.toolkit import write_raw
from omnitui.safetext import clean_line

if TYPE_CHECKING:
    from omnitui.console.main.board import Board

_TITLE = "OmniTUI"
_LONGEST = 120


class AlertMode(StrEnum):
    """When to ring."""

    AWAY = "away"
    ALWAYS = "always"
    NEVER = "never"


class Alerts:
    """Compares what is with what was, and rings for what is new and needs the agent."""

    def __init__(
        self,
        app: App[Any],
        mode: AlertMode = AlertMode.AWAY,
        environment: Mapping[str, str] = os.environ,
    ) -> None:
        self._app = app
        self._mode = mode
        self._environment = environment
        self._looked_at: bool | None = None
        self._title = ""

    def looked_at(self, focused: bool) -> None:
        """The terminal has got or lost the focus."""
        self._looked_at = focused

    def compare(self, before: "Board | None", board: "Board", here: int | None) -> None:
        """Ring for a new offer, and for a session out of sight whose customer began to wait."""
        self._show_title(board)
        if before is None:
            return
        rung = [row for row in board.ringing_rows if row.id not in before.ringing]
        begun = board.needing.keys() - before.needing.keys()
        needing = [
            item
            for _, item in board.sessions
            if item.id in begun and (item.id != here or not self._looked_at)
        ]
        for row in rung:
            self._ring(f"Offer: {row.name}", row.queue)
        for one in board.asked:
            if one.conversation_id not in before.ringing:
                self._ring(f"{one.by_name} asks you to join", one.name)
        for item in needing:
            self._ring(f"{item.name} is waiting", item.queue)

    def remind(self, titles: Iterable[str], headline: str = "Due now") -> None:
        """Ring for follow-ups that have become due, and for what else has a headline of its own."""
        for title in titles:
            self._ring(headline, title)

    def _show_title(self, board: "Board") -> None:
        waiting = len(board.needing) + len(board.ringing)
        title = f"({waiting}) {_TITLE}" if waiting else _TITLE
        if title != self._title:
            self._title = title
            write_raw(self._app, f"\x1b]2;{title}\x07")

    def _ring(self, headline: str, about: str) -> None:
        silent = self._mode is AlertMode.NEVER
        if silent or (self._mode is AlertMode.AWAY and self._looked_at):
            return
        self._app.bell()
        write_raw(self._app, notification(headline, about, self._environment))

    def begin(self) -> None:
        """Put the terminal's own title aside."""
        write_raw(self._app, "\x1b[22;2t")

    def end(self) -> None:
        """Give the terminal its own title back."""
        write_raw(self._app, "\x1b[23;2t")


def notification(headline: str, about: str, environment: Mapping[str, str]) -> str:
    """The sequence that shows a notification on this terminal. No foreign byte acts in it."""
    head = clean_line(headline)[:_LONGEST].replace(";", ",")
    body = clean_line(about)[:_LONGEST].replace(";", ",")
    terminal = environment.get("TERM", "")
    if terminal.startswith(("rxvt", "foot")) or "VTE_VERSION" in environment:
        sequence = f"\x1b]777;notify;{head};{body}\x1b\\"
    else:
        sequence = f"\x1b]9;{head}: {body}\x1b\\" if body else f"\x1b]9;{head}\x1b\\"
    if "TMUX" in environment:
        return f"\x1bPtmux;{sequence.replace(chr(27), chr(27) * 2)}\x1b\\"
    return sequence
