"""What is done about replies of a session that have not certainly arrived."""

from typing import TYPE_CHECKING, Any

from omnitui.console.dialogs.base import ask
from omnitui.console.dialogs.delivery import Decision, delivery_dialog
from omnitui.console.session.actions import attempt
from omnitui.model.courier import ChannelDelivery
from omnitui.model.errors import Refusal
from omnitui.model.session import DraftKind

if TYPE_CHECKING:
    from omnitui.console.session.view import SessionView

_DONE = {
    "again": "It leaves again now.",
    "arrived": "Kept: it arrived.",
    "lost": "Kept: it did not arrive. It is not sent again by itself.",
}


async def deliver(view: "SessionView") -> None:
    """Show what has not certainly arrived, and do what is decided about one of them."""
    link = view.state.link
    found = await link.call("message.undelivered", conversation=view.conversation_id)
    if not found:
        view.toast(Refusal("delivery.none", "Everything that has left here has arrived."))
        return
    channels: list[ChannelDelivery] = await link.call("courier.list")
    waiting = {message.channel for message in found}
    unserved = {one.channel: one.label for one in channels if not one.by}
    hints = [one.hint for one in channels if one.channel in waiting and one.queued and one.hint]
    dialog = delivery_dialog(found, unserved, " ".join(hints), view.conversation.tz, view.glyphs)
    decided = await ask(view.app, dialog)
    if decided is not None:
        await _decide(view, decided)


async def _decide(view: "SessionView", decided: Decision) -> None:
    message = decided.message
    if decided.verb == "back":
        await view.conversation.composer.flush()
        if await attempt(view, "conversation.unsend", message=message.id) is not None:
            view.write(DraftKind.REPLY)
            view.conversation.composer.give_back(message.text)
        return
    name, given = _CALLS[decided.verb]
    if await attempt(view, name, message=message.id, **given) is not None:
        view.app.notify(_DONE[decided.verb], markup=False)


_CALLS: dict[str, tuple[str, dict[str, Any]]] = {
    "again": ("message.retry", {}),
    "arrived": ("message.confirm", {"arrived": True}),
    "lost": ("message.confirm", {"arrived": False}),
}
