"""Doing what the desk refuses until it is wanted all the same: it is asked, then done or not."""

from typing import Any

from textual.app import App

from omnitui.console.dialogs.base import ask
from omnitui.console.dialogs.transfer import beyond_dialog
from omnitui.console.glyphs import Glyphs
from omnitui.console.link import Link
from omnitui.desk.transfers.room import BEYOND, SOME_BEYOND
from omnitui.model.errors import Refusal


async def attempt(app: App[Any], link: Link, glyphs: Glyphs, name: str, /, **params: Any) -> Any:
    """Call the desk, and again if what goes beyond the capacity is wanted all the same.

    Of many that were to be done `all_or_none` those that fit may be wanted alone. A refusal comes
    back as a value; None when the agent was asked and left it.
    """
    done = await link.attempt(name, **params)
    if not isinstance(done, Refusal) or done.code not in (BEYOND, SOME_BEYOND):
        return done
    answer = await ask(app, beyond_dialog(done.message, glyphs, some=done.code == SOME_BEYOND))
    if answer is None:
        return None
    how = {"anyway": True} if answer else {"all_or_none": False}
    return await link.attempt(name, **{**params, **how})
