"""The console as a person uses it: keys go in, the screen is read, waits are on conditions."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

from prepared import World
from rest import PATIENCE_SECONDS, painted, rest
from textual.app import App
from textual.pilot import Pilot
from textual.widgets import Input, TextArea

from omnitui.console.app import OmniApp
from omnitui.console.main.screen import MainScreen
from omnitui.console.session.view import SessionView


class Driver:
    """A running console on a world."""

    def __init__(self, world: World, app: OmniApp, pilot: Pilot[None]) -> None:
        self.world = world
        self.app = app
        self.pilot = pilot

    async def press(self, *keys: str) -> None:
        await self.pilot.press(*keys)

    async def write(self, text: str) -> None:
        """Put text where the cursor is, as quick fingers would."""
        field = self.app.focused
        assert isinstance(field, Input | TextArea), f"nobody types into {field!r}"
        if isinstance(field, Input):
            field.insert_text_at_cursor(text)
        else:
            field.insert(text)
        await self.pilot.pause()

    async def until(self, true: Callable[[], Any]) -> None:
        """Wait for a condition; fails with the screen as it is when it does not come true."""
        end = time.monotonic() + PATIENCE_SECONDS
        while not true():
            assert time.monotonic() < end, f"it did not come true:\n{self.text}"
            await asyncio.sleep(0.02)
            await painted(self.app)
        await self.pilot.pause()

    async def shows(self, *words: str) -> None:
        """Wait until all of this can be read on the screen."""
        await self.until(lambda: all(word in self.text for word in words))

    async def in_front(self, key: int) -> None:
        """Wait until the conversation with this key is in front as a session, and is drawn."""
        await self.until(lambda: self.main.navigation.here == key and self.session.painted)

    async def told(self, words: str) -> None:
        """Wait until this has been said in passing."""
        await self.until(lambda: any(words in said for said in self.toasts))

    async def lacks(self, *words: str) -> None:
        """Wait until none of this can be read on the screen."""
        await self.until(lambda: not any(word in self.text for word in words))

    async def rests(self) -> None:
        """Wait until nothing is under way that would change the picture."""
        await rest(self.app)

    async def go(self, key: int | None) -> None:
        """Go to a session, or Home; the console itself does, for two of them may be open here."""
        self.main.call_later(self.main.navigation.to, key)
        await self.until(lambda: self.main.navigation.here == key)

    @property
    def main(self) -> MainScreen:
        return next(s for s in self.app.screen_stack if isinstance(s, MainScreen))

    @property
    def session(self) -> SessionView:
        view = self.main.navigation.view
        assert view is not None, "Home is in front"
        return view

    @property
    def toasts(self) -> list[str]:
        return [notification.message for notification in self.app._notifications]

    @property
    def lines(self) -> list[str]:
        return [strip.text for strip in self.app.screen._compositor.render_strips()]

    @property
    def text(self) -> str:
        return "\n".join(self.lines)

    @property
    def tabs(self) -> str:
        return self.lines[1]

    @property
    def footer(self) -> str:
        return self.lines[-1]


def reading(app: App[Any]) -> bool:
    """Whether Home or a search is being read again."""
    return any(w.is_running and w.group.startswith(("home", "search")) for w in app.workers)


@asynccontextmanager
async def console(
    world: World, size: tuple[int, int] = (120, 36), **options: Any
) -> AsyncIterator[Driver]:
    """The console of Ada, or of `login`, on a world."""
    app = world.app(**options)
    async with app.run_test(size=size, notifications=True) as pilot:
        driver = Driver(world, app, pilot)
        await driver.until(lambda: isinstance(app.screen, MainScreen))
        await driver.until(lambda: driver.main.board is not None and driver.main.focused)
        await driver.rests()
        yield driver
