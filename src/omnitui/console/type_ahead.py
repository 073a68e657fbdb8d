"""Keys that are typed ahead go where they were meant, however slow the machine.

A key may move the focus, open a dialog or go to another session, and that takes a moment, a long
one when the machine stalls. Until everything that a key has set going has come to rest, the keys
and pastes after it wait, in their order. What is typed into a text field waits for nothing.

Where the first key fails or is refused, what was typed ahead of that news was meant for a place
that is not there: it is not let loose as commands, but dropped, and shown to whoever typed it.
"""

import time
from collections import deque
from collections.abc import Awaitable, Callable, Collection, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from textual import events
from textual.app import App
from textual.message_pump import MessagePump
from textual.widget import Widget
from textual.widgets import Input

from omnitui.console.toolkit import is_a

MOST_SECONDS = 10.0
"""How long keys wait at most; longer than the store makes anybody wait for a lock."""

URGENT_SECONDS = 1.0
"""How long the key that quits waits for what was struck before it."""

_LOOK_SECONDS = 0.25
_IN_PLACE = frozenset({"backspace", "delete", "left", "right", "home", "end"})

Event = events.Key | events.Paste
Act = Callable[[events.Event], Awaitable[None]]


class Work:
    """Something that a key has set going; `rests` while it waits for a person."""

    def __init__(self, ahead: "TypeAhead") -> None:
        self._ahead = ahead
        self.goes_on()

    def goes_on(self) -> None:
        """It is at work (again)."""
        if not self._ahead.waits:
            self._ahead.since = time.monotonic()
        self._ahead.works.add(self)
        self._ahead.count += 1

    def rests(self) -> None:
        """It waits for a person, or is done."""
        if self in self._ahead.works:
            self._ahead.works.discard(self)
            self._ahead.look()


CURRENT: ContextVar[Work | None] = ContextVar("work", default=None)
"""The work that runs in this task."""


class TypeAhead:
    """See the module. `act` lets an event act at once; `urgent` are keys that quit."""

    def __init__(self, app: App[Any], act: Act, urgent: Collection[str] = ()) -> None:
        self._app = app
        self._act = act
        self._urgent = frozenset(urgent)
        self._held: deque[Event] = deque()
        self.settling = False
        self.since = 0.0
        self._round = 0
        self._state: object = None
        self.works: set[Work | None] = set()
        self.count = 0

    @property
    def waits(self) -> bool:
        """Whether a key has set something going that is not at rest yet."""
        return self.settling or bool(self.works)

    @property
    def text(self) -> str:
        """What was typed ahead and has not gone anywhere yet."""
        return "".join(map(_text, self._held))

    async def take(self, event: Event) -> None:
        """Let a key or a paste act, now or when its turn comes."""
        if self._held or self.waits:
            overdue = self.waits and time.monotonic() - self.since > URGENT_SECONDS
            if not (overdue and self._is_urgent(event)):
                self._hold(event)
                return
        await self._let_go(event)

    def _hold(self, event: Event) -> None:
        if not self._held:
            self._watch()
        self._held.append(event)

    async def _let_go(self, event: Event) -> None:
        if self._in_place(event):
            await self._act(event)
        else:
            await self.follow(event)

    async def follow(self, event: events.Event) -> None:
        """Let something act, and what comes after it wait until it has come to rest."""
        self.settling = True
        self.since = time.monotonic()
        self._state = None
        try:
            await self._act(event)
        finally:
            self.look()

    def _is_urgent(self, event: Event) -> bool:
        return isinstance(event, events.Key) and event.key in self._urgent

    def _in_place(self, event: Event) -> bool:
        """Whether it only changes the text of the field that has the focus."""
        field = self._app.focused
        if field is None or not (isinstance(field, Input) or is_a(field, "TextArea")):
            return False
        if getattr(field, "read_only", False):
            return False
        if isinstance(event, events.Paste):
            return True
        return event.is_printable or event.key in _IN_PLACE

    def look(self) -> None:
        """Find out whether everything has come to rest: what is under way is let pass first."""
        if not self.settling:
            # Work that was not begun by a key has ended: what was held for it may go.
            self.settling = bool(self._held)
            if not self.settling:
                return
        self._round += 1
        here = self._here
        state = (here, self.count)
        moved, self._state = state != self._state, state
        climb: Callable[..., Any] = here.call_after_refresh if moved else here.call_later
        if not climb(self._climb, here, self._round, moved):
            self._app.call_later(self._arrived, self._round, moved)

    @property
    def _here(self) -> Widget:
        return self._app.focused or self._app.screen

    def _climb(self, node: MessagePump, number: int, moved: bool) -> None:
        """Go up from the focus to the app, behind whatever the key has left on that way."""
        parent = node._parent
        if (
            node is self._app
            or parent is None
            or not parent.call_later(self._climb, parent, number, moved)
        ):
            self._app.call_later(self._arrived, number, moved)

    async def _arrived(self, number: int, moved: bool) -> None:
        if number != self._round or not self.settling or self.works:
            return  # whoever is at work looks again when it is done
        if moved or (self._here, self.count) != self._state:
            self.look()
            return
        self.settling = False
        while self._held and not self.waits:
            await self._let_go(self._held.popleft())

    def _watch(self) -> None:
        self._app.set_timer(_LOOK_SECONDS, self._look_after)

    async def _look_after(self) -> None:
        """Nothing waits for ever: not for a widget that has gone, nor for work that hangs."""
        if not self._held:
            return
        waited = time.monotonic() - self.since
        urgent = next((event for event in self._held if self._is_urgent(event)), None)
        if waited > MOST_SECONDS or (urgent is not None and waited > URGENT_SECONDS):
            self.works.clear()
            self.settling = False
            if urgent is None:
                self.drop()
            else:
                await self._let_go(urgent)
        elif not self.works:
            self.look()
        if self._held:
            self._watch()

    def drop(self) -> None:
        """Let what was typed ahead go nowhere, and say so."""
        typed = self.text.strip()
        urgent = [event for event in self._held if self._is_urgent(event)]
        count = len(self._held) - len(urgent)
        self._held.clear()
        self._held.extend(urgent)
        if count:
            what = f": {typed}" if typed else "."
            keys = "1 key" if count == 1 else f"{count} keys"
            self._app.notify(
                f"The command was refused; {keys} typed after it were ignored{what}",
                severity="warning",
                timeout=15,
                markup=False,
            )


def _text(event: Event) -> str:
    if isinstance(event, events.Paste):
        return event.text
    if event.key == "enter":
        return "\n"
    return event.character or "" if event.is_printable else ""


def _ahead_of(widget: MessagePump) -> TypeAhead | None:
    ahead = getattr(widget.app, "type_ahead", None)
    return ahead if isinstance(ahead, TypeAhead) else None


def begun(widget: MessagePump) -> Work | None:
    """Say that something has been set going; None where no key has, and none waits for it."""
    ahead = _ahead_of(widget)
    if ahead is not None and (ahead.settling or CURRENT.get() in ahead.works):
        return Work(ahead)
    return None


def missed(widget: MessagePump) -> None:
    """What a key has set going did not get where it was meant to, nor may the keys after it."""
    ahead = _ahead_of(widget)
    if ahead is not None and CURRENT.get() in ahead.works:
        ahead.drop()


@contextmanager
def held(widget: MessagePump) -> Iterator[None]:
    """Let keys wait for what happens inside, whatever has set it going."""
    ahead = _ahead_of(widget)
    work = None if ahead is None else Work(ahead)
    try:
        yield
    finally:
        if work is not None:
            work.rests()
