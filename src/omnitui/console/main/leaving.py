"""Leaving the console: what is typed is kept, and what cannot be kept is handed back in words."""

import asyncio
from contextlib import suppress
from typing import TYPE_CHECKING

from omnitui.console.guarded import GuardedApp
from omnitui.console.saving import Unkept

if TYPE_CHECKING:
    from omnitui.console.main.screen import MainScreen

KEEP_SECONDS = 6.0
"""How long leaving waits for the store to take what is typed; a little more than for a lock."""

_TOLD_SECONDS = 2.0


async def leave(screen: "MainScreen") -> None:
    """Keep everything, tell the desk and end the app, whatever the store is at."""
    app = screen.app
    try:
        with suppress(TimeoutError):
            await asyncio.wait_for(screen.navigation.flush(), KEEP_SECONDS)
        if isinstance(app, GuardedApp):
            app.last_words += words_of(unkept(screen))
        with suppress(TimeoutError):
            await asyncio.wait_for(screen.link.leave(), _TOLD_SECONDS)
    finally:
        app.exit()


def unkept(screen: "MainScreen") -> list[Unkept]:
    """What is typed anywhere on the screen, or was typed ahead, and is not in the store."""
    app = screen.app
    ahead = app.type_ahead.text.strip() if isinstance(app, GuardedApp) else ""
    return [*screen.navigation.unkept, *([Unkept("typed last", ahead)] if ahead else [])]


def words_of(lost: list[Unkept]) -> list[str]:
    """What to print of what the store has not taken: nothing that was typed is lost."""
    if not lost:
        return []
    return [
        "Not everything you typed could be saved. The unsaved text is:",
        *(f"\n{one.where}:\n{one.text}" for one in lost),
    ]
