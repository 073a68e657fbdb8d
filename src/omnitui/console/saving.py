"""Keeping what is typed: soon after a pause, at least once a second while typing goes on.

What could not be saved (another program holds the store, the disk is full) is not taken for saved:
it is tried again until it goes, and whoever leaves before that is told what was not kept.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from msgspec import Struct
from textual.timer import Timer
from textual.widget import Widget

from omnitui.console.failures import say
from omnitui.console.work import do_soon
from omnitui.model.errors import Refusal
from omnitui.store.faults import BUSY

PAUSE_SECONDS = 0.15
"""How long typing pauses before what was typed is saved: with the saving, 0.2 s."""

MOST_SECONDS = 0.9
"""How long what is typed stays unsaved while typing goes on: with the saving, a second."""

AGAIN_SECONDS = 1.0
"""How long after one that failed it is tried again."""

_AT_ONCE_SECONDS = 0.001
"""The toolkit divides by what a timer waits: none may wait no time at all."""

_PASSING = (BUSY, "desk.fault")


class Unkept(Struct, frozen=True):
    """Words that the store does not hold: where they stand, and the words."""

    where: str
    text: str


class Saver:
    """See the module. `save` saves what there is and returns why it could not, None when it has."""

    def __init__(self, widget: Widget, save: Callable[[], Awaitable[Refusal | None]]) -> None:
        self._widget = widget
        self._save = save
        self._timer: Timer | None = None
        self._since: float | None = None
        self._turn = asyncio.Lock()
        self._failed = False

    def soon(self) -> None:
        """Something has been typed."""
        now = time.monotonic()
        self._since = now if self._since is None else self._since
        self._after(min(PAUSE_SECONDS, max(0.0, self._since + MOST_SECONDS - now)))

    def _after(self, seconds: float) -> None:
        if self._timer is not None:
            self._timer.stop()
        self._timer = self._widget.set_timer(max(_AT_ONCE_SECONDS, seconds), self._due)

    def _due(self) -> None:
        self._timer = None
        if self._turn.locked():  # one that waits for the store is at it; this comes after it
            self._after(PAUSE_SECONDS)
        else:
            do_soon(self._widget, self.now(), "drafts")

    async def now(self) -> None:
        """Save now; what cannot be saved now is tried again by and by."""
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
        async with self._turn:
            self._since = None
            why = await self._save()
        if why is None:
            if self._failed:
                self._failed = False
                self._widget.app.notify("Your text is saved again.", timeout=4, markup=False)
            return
        if not self._failed:
            self._failed = True
            say(self._widget.app, f"Your text is not saved yet: {why} Trying again.")
        if self._widget.is_running:
            self._after(AGAIN_SECONDS)


def failed(done: Any) -> Refusal | None:
    """Why something was not saved that would be at another time; None where trying is no use."""
    return done if isinstance(done, Refusal) and done.code in _PASSING else None


def unkept_in(where: str, kept: Mapping[str, Any]) -> list[Unkept]:
    """The words in what is to be stored of a layout: typed into records and into dialogs."""
    records = dict(kept.get("apps", {}).get("edits", {})) | dict(
        kept.get("editing", {}).get("edits", {})
    )
    return [
        Unkept(f"{where}, {name}, {key}", str(word))
        for name, words in (records | dict(kept.get("dialogs", {}))).items()
        for key, word in words.items()
        if word
    ]


class _Noted(dict[str, str]):
    """What is typed into one dialog; says when it changes."""

    def __init__(self, known: dict[str, str], changed: Callable[[], None]) -> None:
        super().__init__(known)
        self._changed = changed

    def __setitem__(self, key: str, value: str) -> None:
        if self.get(key) != value:
            super().__setitem__(key, value)
            self._changed()


class Typed:
    """What was typed into dialogs that were left, by dialog; `changed` is called for each key.

    It is kept in the store with the tabs, so that Esc, a crash and a switch lose none of it.
    """

    def __init__(self, changed: Callable[[], None]) -> None:
        self._changed = changed
        self._dialogs: dict[str, _Noted] = {}

    def into(self, dialog: str) -> dict[str, str]:
        """What was typed into a dialog; what is typed next is kept in it as well."""
        return self._dialogs.setdefault(dialog, _Noted({}, self._changed))

    def forget(self, dialog: str) -> None:
        """A dialog has done its work: the next one begins empty."""
        if self._dialogs.pop(dialog, None):
            self._changed()

    def kept(self) -> dict[str, dict[str, str]]:
        """All of it, fit to be stored."""
        return {
            dialog: words
            for dialog, noted in self._dialogs.items()
            if (words := {key: word for key, word in noted.items() if word})
        }

    def restore(self, kept: object) -> None:
        """Take back what was stored, as far as it can be understood."""
        for dialog, words in kept.items() if isinstance(kept, dict) else ():
            if isinstance(words, dict):
                known = {str(key): str(word) for key, word in words.items()}
                self._dialogs[str(dialog)] = _Noted(known, self._changed)
