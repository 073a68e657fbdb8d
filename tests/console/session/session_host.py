"""A small app around one session view: it follows the journal, as the main screen does.

It is a stage for commands, as small as those of a session need it.
"""

import asyncio
import time
from collections.abc import Callable
from contextlib import asynccontextmanager
from datetime import UTC
from typing import Any

from session_world import World, WorldLink
from textual import on
from textual.app import App, ComposeResult
from textual.pilot import Pilot
from textual.widgets import Input, TextArea

from omnitui.console.command import COMMANDS, DoCommand
from omnitui.console.dialogs.base import Dialog, ask
from omnitui.console.glyphs import UNICODE, Glyphs
from omnitui.console.session.view import SessionView
from omnitui.console.theme import DEFAULT_THEME, register_themes
from omnitui.model.session import DraftKind


class Host(App[None]):
    AUTO_FOCUS = None
    CSS = "SessionView { height: 1fr; }"
    BINDINGS = [
        ("r", "write('reply')"),
        ("n", "write('note')"),
        ("k", "assist('knowledge')"),
        ("u", "take_back"),
        ("slash", "replies"),
        ("f6", "pane"),
        *[(str(number), f"section({number})") for number in range(1, 6)],
    ]

    def __init__(
        self, link: WorldLink, conversation: int, theme: str, glyphs: Glyphs = UNICODE
    ) -> None:
        super().__init__()
        register_themes(self)
        self.theme = theme
        self.link = link
        self.glyphs, self.tz = glyphs, UTC
        self.view = SessionView(link, conversation, glyphs, UTC)
        self.created: Any = None

    def compose(self) -> ComposeResult:
        yield self.view

    async def on_mount(self) -> None:
        await self.view.load()
        self.view.focus_default()

    async def follow(self) -> None:
        entries = await self.link.entries()
        if entries:
            await self.view.apply(entries)

    @property
    def session(self) -> SessionView:
        return self.view

    @property
    def beside(self) -> SessionView:
        return self.view

    async def ask(self, dialog: Dialog[Any]) -> Any:
        return await ask(self, dialog)

    @property
    def messages(self) -> "Host":
        return self

    def say(self, sentence: str, severity: str = "information", **_advice: Any) -> None:
        self.notify(sentence, markup=False)

    def done(self, fact: str) -> None:
        self.notify(fact, markup=False)

    @on(DoCommand)
    def _do_command(self, event: DoCommand) -> None:
        self.view.start(COMMANDS[event.command].run(self))

    def action_write(self, kind: str) -> None:
        self.view.write(DraftKind(kind))

    def action_assist(self, tab: str) -> None:
        self.view.open_assist(tab)

    def action_take_back(self) -> None:
        self.view.conversation.take_back()

    def action_replies(self) -> None:
        self.view.open_replies()

    def action_pane(self) -> None:
        self.view.next_pane()

    def action_section(self, number: int) -> None:
        from omnitui.console.present.records.profile import SECTIONS

        self.view.toggle_section(SECTIONS[number - 1])


@asynccontextmanager
async def session(
    world: World,
    conversation: int,
    *,
    size: tuple[int, int] = (120, 36),
    theme: str = DEFAULT_THEME,
    glyphs: Glyphs = UNICODE,
) -> Any:
    """A running host with the session painted, and its pilot."""
    link = WorldLink(world)
    app = Host(link, conversation, theme, glyphs)
    try:
        async with app.run_test(size=size) as pilot:
            await until(pilot, lambda: app.view.painted)
            await settle(pilot)
            yield app, pilot
    finally:
        link.close()


async def press(pilot: Pilot[None], *keys: str) -> None:
    """Press keys; what begins with an apostrophe is text that is put where the cursor stands.

    A pressed key costs a tenth of a second, so text is typed key by key only where that matters.
    """
    await pilot.pause()
    for key in keys:
        if key.startswith("'") and len(key) > 1:
            field = pilot.app.focused
            assert isinstance(field, TextArea | Input), f"{field} takes no text"
            if isinstance(field, TextArea):
                field.move_cursor(field.replace(key[1:], *field.selection).end_location)
            else:
                field.insert_text_at_cursor(key[1:])
            await pilot.pause()
        else:
            await pilot.press(key)


async def until(pilot: Pilot[None], true: Callable[[], Any], seconds: float = 5.0) -> None:
    """Wait for a condition, following the journal meanwhile; fails when it does not come true."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it did not come true in time"
        await pilot.app.follow()  # type: ignore[attr-defined]
        await pilot.pause()
        await asyncio.sleep(0.005)
    await pilot.pause()


async def settle(pilot: Pilot[None]) -> None:
    """Let everything that is under way finish, and take in what came of it."""
    for _ in range(2):
        await pilot.app.workers.wait_for_complete()
        await pilot.app.follow()  # type: ignore[attr-defined]
        await pilot.pause()


def lines(app: App[Any]) -> list[str]:
    """The screen as text, a string per line."""
    strips = app.screen._compositor.render_strips()
    return [strip.text for strip in strips][: app.size.height]


def screen_text(app: App[Any]) -> str:
    """The whole screen as text."""
    return "\n".join(lines(app))
