"""Doing what the desk refuses until it is wanted all the same: it is asked, then done or not."""

from typing import Any

from textual.app import App

from omnitui.console.dialogs.base import ask
from omnitui.console.dialogs.handing.beyond import BeyondDialog
from omnitui.console.glyphs import Glyphs
from omnitui.console.session.link import Link
from omnitui.desk.handing.room import BEYOND
from omnitui.model.errors import Refusal


async def wanted(app: App[Any], glyphs: Glyphs, why: str) -> bool:
    """Whether the agent wants what goes beyond the capacity all the same."""
    answer: bool | None = await ask(app, BeyondDialog(why, glyphs))
    return bool(answer)


async def attempt(app: App[Any], link: Link, glyphs: Glyphs, name: str, /, **params: Any) -> Any:
    """Call the desk, and again if what goes beyond the capacity is wanted all the same.

    A refusal comes back as a value; None when the agent was asked and left it.
    """
    done = await link.attempt(name, **params)
    if not isinstance(done, Refusal) or done.code != BEYOND:
        return done
    if not await wanted(app, glyphs, done.message):
        return None
    return await link.attempt(name, **params, anyway=True)
