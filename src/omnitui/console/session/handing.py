"""Handing a session's conversation on, putting it off, asking another agent in.

Each asks, says before what it will do, and calls the desk; coroutines for `SessionView.start`.
"""

from typing import TYPE_CHECKING, Any

from omnitui.console.dialogs.base import ask
from omnitui.console.dialogs.closing import close_dialog
from omnitui.console.dialogs.snooze import SnoozeDialog
from omnitui.console.dialogs.transfer import consult_dialog, named, transfer_dialog
from omnitui.console.present.transfers import told_before
from omnitui.desk.transfers.transfer import Targets
from omnitui.model.errors import Refusal
from omnitui.model.notice import Occasion
from omnitui.rules import lifecycle

if TYPE_CHECKING:
    from omnitui.console.session.view import SessionView


async def _do(view: "SessionView", fact: str, name: str, /, **params: Any) -> bool:
    """Call the desk and say what was done, a clause; a refusal is shown instead."""
    done = await view.state.link.attempt(name, **params)
    if isinstance(done, Refusal):
        view.toast(done)
        return False
    if fact:
        view.done(fact)
    return True


async def _targets(view: "SessionView") -> Targets:
    found: Targets = await view.state.link.call(
        "conversation.transfer_targets", conversation=view.conversation_id
    )
    return found


async def _told(view: "SessionView", occasion: Occasion) -> list[str]:
    """What the desk would tell the customer at an occasion: one text, or none."""
    found: list[str] = await view.state.link.call(
        "notice.preview", conversations=[view.conversation_id], occasion=occasion
    )
    return found


async def transfer(view: "SessionView") -> None:
    """Choose an agent or a queue, and hand it on."""
    item = view.state.conversation
    await view.flush()
    asks = ", ".join(f"{skill} {level}" for skill, level in item.skills.items())
    targets = await _targets(view)
    told = told_before(await _told(view, Occasion.TRANSFERRED), item.name)
    typed = view.typed_in("transfer")
    dialog = transfer_dialog(item.name, targets, view.glyphs, typed, asks, told)
    to = await ask(view.app, dialog)
    if to is None:
        return
    given = {"to_agent": to.agent, "to_queue": to.queue, "note": to.note}
    fact = f"Transferred {item.name} to {named(targets, to)}"
    if await _do(view, fact, "conversation.transfer", conversation=item.id, **given):
        view.forget_typed("transfer")


async def snooze(view: "SessionView") -> None:
    """Choose a time, and put it off until then."""
    state = view.state
    item = state.conversation
    await view.flush()
    channel = state.channel
    assert channel is not None
    said = lifecycle.consequence(
        item.state, lifecycle.Happening.SNOOZED, channel.mode, False, item.name
    )
    typed = view.typed_in("snooze")
    dialog = SnoozeDialog(item.name, said, state.link, view.tz, view.glyphs, typed)
    off = await ask(view.app, dialog)
    if off is not None and await _do(
        view,
        f"Snoozed {item.name} until {off.said}",
        "conversation.snooze",
        conversation=item.id,
        until=off.until,
        note=off.note,
    ):
        view.forget_typed("snooze")


async def consult(view: "SessionView") -> None:
    """Ask another agent in, let them answer, or let them go; step aside when one was asked."""
    item = view.state.conversation
    if view.state.role is not None:
        said = "You read along no more. What you have written stays, and the tab closes."
        aside = close_dialog(item.name, said, view.glyphs, title="Leave")
        if await ask(view.app, aside) is not None:
            await view.flush()
            await _do(view, "", "conversation.leave", conversation=item.id)
        return
    targets = await _targets(view)
    loaded = view.state.loaded
    dialog = consult_dialog(item.name, targets, loaded.beside, loaded.asked, view.glyphs)
    asked = await ask(view.app, dialog)
    if asked is not None:
        whom = {"to_queue": asked.queue} if asked.agent is None else {"agent": asked.agent}
        await _do(view, "", f"conversation.{asked.ask}", conversation=item.id, **whom)
