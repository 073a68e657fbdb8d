"""A session's conversation goes on on a richer channel; a coroutine for `SessionView.start`."""

from typing import TYPE_CHECKING

from omnitui.console.dialogs.base import ask
from omnitui.console.dialogs.escalation import EscalationDialog
from omnitui.console.session import anyway
from omnitui.console.session.actions import attempt
from omnitui.model.errors import Refusal

if TYPE_CHECKING:
    from omnitui.console.session.view import SessionView


async def escalate(view: "SessionView") -> None:
    """Show what is owed on the richer channels, and go on on one of them."""
    state = view.state
    item = state.conversation
    await view.flush()
    options = await attempt(view, "conversation.escalations", conversation=item.id)
    if options is None:
        return
    label = item.channel if state.channel is None else state.channel.label
    if not options:
        view.toast(Refusal("escalation.not_up", f"{label} is as far as it goes."))
        return
    typed = view.typed_in("escalation")
    channels = state.link.channels
    dialog = EscalationDialog(item.name, label, options, channels, view.glyphs, typed)
    to = await ask(view.app, dialog)
    if to is None:
        return
    done = await anyway.attempt(
        view.app,
        state.link,
        view.glyphs,
        "conversation.escalate",
        conversation=item.id,
        channel=to.channel,
        address=to.address,
        without_entitlement=to.without,
    )
    if isinstance(done, Refusal):
        view.toast(done)
    elif done is not None:
        view.forget_typed("escalation")
        there = channels[to.channel].label
        view.done(f"Escalated {item.name} to {there}")
