"""Waiting for the console: for what is under way to be done, never for a while.

The toolkit's pilot waits for an idle processor, which takes 20 ms at least after each key and has
no end on a busy machine, and lets every widget answer. `Hands` looks at what is left to do instead.
"""

import asyncio
import time
import unicodedata
from asyncio import base_events
from typing import Any, Generic, TypeVar
from weakref import WeakSet

import textual.pilot
from textual import events
from textual.app import App
from textual.geometry import Size
from textual.keys import REPLACED_KEYS, _character_to_key, _get_unicode_name_from_key
from textual.pilot import Pilot

from omnitui.console.app import OmniApp
from omnitui.console.main.screen import MainScreen

PATIENCE_SECONDS = 60.0
"""How long anything is waited for; a busy machine is slow."""

_KEY_SECONDS = 0.006
"""Between two keys: those that come faster are taken for pasted ones."""

_BLOCKED_SECONDS = 1.0
"""How long an answer of another thread may take before it counts as held up, as some tests want."""

_LOOK_SECONDS = 0.01

Result = TypeVar("Result")

_ENDLESS = ("follow", "settle")
_ASKING = ("ask", "command", "session", "send")
"""Groups whose work may wait for a person; while it does not, keys wait for it."""

_asked: WeakSet[asyncio.Future[Any]] = WeakSet()
_held_up: WeakSet[asyncio.Future[Any]] = WeakSet()


def _watch_threads() -> None:
    """Know what other threads have been asked for and have not answered."""
    ask = base_events.BaseEventLoop.run_in_executor

    def asking(loop: Any, executor: Any, work: Any, *args: Any) -> Any:
        future = ask(loop, executor, work, *args)
        _asked.add(future)
        return future

    base_events.BaseEventLoop.run_in_executor = asking  # type: ignore[method-assign]


async def quiet() -> None:
    """Wait until every message is handled and other threads have answered; timers go on."""
    loop: Any = asyncio.get_running_loop()
    end = loop.time() + _BLOCKED_SECONDS
    calm = 0
    while calm < 2:
        asked = {one for one in _asked if not one.done() and one.get_loop() is loop}
        if asked and not any(one in _held_up for one in asked):
            await asyncio.wait(asked, timeout=max(0.0, end - loop.time()))
            if loop.time() >= end:
                _held_up.update(one for one in asked if not one.done())
            calm = 0
        else:
            await asyncio.sleep(0)
            calm = 0 if loop._ready else calm + 1


async def painted(app: App[Any]) -> None:
    """Wait until every message is handled and what it changed is on the screen."""
    await quiet()
    for _ in range(10):
        stale = [screen for screen in _shown(app) if _wants_paint(screen)]
        if not stale:
            return
        for screen in stale:
            screen._on_timer_update()
        await quiet()


def _shown(app: App[Any]) -> list[Any]:
    """The screen in front, and those that can be seen behind it."""
    return [*app._background_screens, app.screen] if app._running and app.screen_stack else []


def _wants_paint(screen: Any) -> bool:
    return bool(
        screen._layout_required
        or screen._scroll_required
        or (screen._repaint_required and screen is screen.app.screen)
        or screen._recompose_required
        or screen._dirty_widgets
        or screen._callbacks
    )


async def rest(app: App[Any]) -> None:
    """Wait until nothing is under way that would change the picture; what asks a person may be."""
    end = time.monotonic() + PATIENCE_SECONDS
    calm = 0
    while calm < 2:
        await painted(app)
        under_way = await _under_way(app)
        calm = 0 if under_way else calm + 1
        if under_way:
            assert time.monotonic() < end, f"the screen does not come to rest: {under_way}"
            await asyncio.sleep(_LOOK_SECONDS)


async def _under_way(app: App[Any]) -> list[str]:
    """What has not come to rest, in words."""
    found = [w.group for w in app.workers if w.is_running and w.group not in _ENDLESS + _ASKING]
    if not isinstance(app, OmniApp):
        return found
    ahead = app.type_ahead
    if ahead.waits or ahead._held:
        found.append("keys")
    mains = [screen for screen in app.screen_stack if isinstance(screen, MainScreen)]
    if any(main._following.behind for main in mains):
        found.append("frame")
    link: Any = app.link
    if mains and not found and not await link._hop(lambda: link._seq >= link._desk.last_seq()):
        found.append("journal")
    return found


class Hands(Pilot[Result], Generic[Result]):
    """See the module."""

    async def _wait_for_screen(self, timeout: float = 30.0) -> bool:
        await quiet()
        return True

    async def pause(self, delay: float | None = None) -> None:
        """Wait until what was done is on the screen."""
        if delay is not None:
            await asyncio.sleep(delay)
        await painted(self.app)

    async def press(self, *keys: str) -> None:
        """Press keys, one after the other; each has acted when the next comes."""
        for key in keys:
            driver = self.app._driver
            assert driver is not None
            driver.send_message(_key(self.app, key))
            await painted(self.app)
            await asyncio.sleep(_KEY_SECONDS)
        await painted(self.app)

    async def resize_terminal(self, width: int, height: int) -> None:
        """Make the terminal another size; the toolkit lets a moment pass before it takes it in."""
        size = Size(width, height)
        app: Any = self.app
        app._driver._size = size
        app.post_message(events.Resize(size, size))
        end = time.monotonic() + PATIENCE_SECONDS
        while app._size != size or app._resize_event is not None:
            assert time.monotonic() < end, f"the screen is not told of its new size, {size}"
            await asyncio.sleep(_LOOK_SECONDS)
        await painted(self.app)


def _key(app: App[Any], key: str) -> events.Key:
    if len(key) == 1 and not key.isalnum():
        key = _character_to_key(key)
    try:
        char = unicodedata.lookup(_get_unicode_name_from_key(REPLACED_KEYS.get(key, key)))
    except KeyError:
        char = key if len(key) == 1 else None
    event = events.Key(key, char)
    event.set_sender(app)
    return event


_watch_threads()
textual.pilot.Pilot = Hands  # type: ignore[misc]
