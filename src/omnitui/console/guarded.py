"""An app that no failure ends with a traceback, and whose keys wait for the focus.

Every error in a message handler, a timer or a worker comes by here, also those of widgets that are
not the console's own. It is said in a sentence and the console goes on. When mistakes come faster
than anybody can read, the console ends with one sentence and exit code 3.
"""

import os
import sys
import time
from collections import deque
from collections.abc import Collection
from contextlib import suppress
from typing import Any, TypeVar

from rich.console import RenderableType
from textual import events
from textual.app import App
from textual.driver import Driver
from textual.message import Message
from textual.message_pump import MessagePump

from omnitui.console.failures import cause, debugging, say, sentence, tell
from omnitui.console.toolkit import (
    enduring,
    forget_lines,
    guard_messages,
    let_type,
    part_escape,
    take_any_bytes,
)
from omnitui.console.type_ahead import TypeAhead
from omnitui.paths import state_folder

BROKEN = 3
"""The exit code of a console that could not go on."""

_TOO_MANY, _WITHIN_SECONDS = 12, 10.0

Result = TypeVar("Result")


class GuardedApp(App[Result]):
    """See the module. `broken` keeps the last mistakes, for tests; `last_words` is for stderr."""

    def __init__(self, *, urgent: Collection[str] = ()) -> None:
        super().__init__()
        guard_messages()
        let_type()
        part_escape()
        take_any_bytes()
        forget_lines()
        self.type_ahead = TypeAhead(self, self._act_on, urgent)
        self.broken: deque[BaseException] = deque(maxlen=_TOO_MANY)
        self.last_words: list[str] = []
        self._broken_at: deque[float] = deque(maxlen=_TOO_MANY)
        self._over = False

    def get_driver_class(self) -> type[Driver]:
        """One whose terminal may go away."""
        return enduring(super().get_driver_class())

    async def on_event(self, event: events.Event) -> None:
        """Keys and pastes act in their turn."""
        if isinstance(event, events.Key | events.Paste) and not event.is_forwarded:
            await self.type_ahead.take(event)
        elif isinstance(event, events.MouseUp) and not event.is_forwarded:
            await self.type_ahead.follow(event)
        else:
            await super().on_event(event)

    async def _act_on(self, event: events.Event) -> None:
        await super().on_event(event)

    def survives(self, pump: MessagePump, message: Message, error: Exception) -> bool:
        """Whether an error in a message handler has been dealt with; False ends the app."""
        begins = isinstance(message, events.Load | events.Compose | events.Mount)
        if self._over or debugging() or (pump is self and begins):
            return False
        tell(pump, error)
        return not self._over

    def broke(self, error: BaseException) -> None:
        """Say a mistake, or end when there are too many of them."""
        if self._over:
            return
        if debugging():
            self._end(error)
            return
        now = time.monotonic()
        self.broken.append(error)
        self._broken_at.append(now)
        if len(self._broken_at) == _TOO_MANY and now - self._broken_at[0] < _WITHIN_SECONDS:
            self._end(error)
        else:
            say(self, sentence(error), severe=True)

    def _end(self, error: BaseException) -> None:
        assert isinstance(error, Exception)
        self._over = True
        self._handle_exception(error)

    def _handle_exception(self, error: Exception) -> None:
        """What the toolkit would end for is told; what really ends is one sentence, or a trace."""
        error = cause(error)  # type: ignore[assignment]
        if not self._over and not debugging() and self._running:
            tell(self, error)
            if not self._over:
                return
        if debugging():
            super()._handle_exception(error)
            return
        self._over = True
        self._return_code = BROKEN
        if self._exception is None:
            self._exception = error
            self._exception_event.set()
        self.last_words.append(sentence(error))
        with suppress(Exception):
            self.last_words += self.unkept_words()
        self._close_messages_no_wait()

    def unkept_words(self) -> list[str]:
        """What to print of what was typed and is kept nowhere, when the app breaks down."""
        return []

    def panic(self, *renderables: RenderableType) -> None:
        """The terminal could not be read any more: nobody sees what is printed there."""
        if debugging():
            super().panic(*renderables)
        else:
            self.terminal_lost()

    def terminal_lost(self) -> None:
        """There is no terminal any more."""
        self._return_code = BROKEN
        self._close_messages_no_wait()


def run(app: GuardedApp[Any]) -> Any:
    """Run an app to its end; what it has to say then is printed on the terminal it gives back."""
    result = app.run()
    if app.last_words:
        _print("\n".join(app.last_words))
    return result


def _print(words: str) -> None:
    """On the terminal; into a file where the terminal has gone."""
    try:
        print(words, file=sys.stderr, flush=True)
    except (OSError, ValueError):
        with suppress(OSError):
            folder = state_folder()
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            # A line that drops takes several consoles in the same second: each has its own file.
            name = folder / f"not-kept-{time.strftime('%Y%m%d-%H%M%S')}-{os.getpid()}.txt"
            with open(
                os.open(name, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "a", encoding="utf-8"
            ) as file:
                file.write(words + "\n")
