"""Unassigned conversations: live ones close as abandoned after a while, with a notice.

Not commands: the timer starts wherever routing starts, and ends with assignment.
"""

from omnitui.desk import notices, thread
from omnitui.desk.call import Call
from omnitui.model.conversation import Conversation, ConversationState
from omnitui.model.notice import Occasion
from omnitui.rules.lifecycle import Happening
from omnitui.store import timers

KIND = "not_taken"
"""The kind of their timer."""

_AGAIN_MS = 30_000
"""The time after which one is checked again that is being offered when its time is over (ms)."""


def count(call: Call, item: Conversation, *, anew: bool = False) -> None:
    """Start the timer of an unassigned live conversation, or restart it (`anew`) because its
    customer wrote."""
    minutes = call.settings.open_minutes
    if not minutes or not call.channel(item.channel).live:
        return
    set_timer = timers.start if anew else timers.ensure
    set_timer(call.store, KIND, item.id, call.now + minutes * 60_000)


def close(call: Call, item: Conversation) -> None:
    """Close it after its time. Its customer is notified first."""
    notices.tell(call, item, Occasion.NOT_TAKEN)
    minutes = call.settings.open_minutes
    thread.event(call, item, f"Nobody took it for {minutes} min: closed as abandoned")
    close_unheld(call, item, Happening.NOT_TAKEN, Happening.NOT_TAKEN.value)


def close_unheld(call: Call, item: Conversation, happening: Happening, because: str) -> None:
    """Close an unassigned conversation as abandoned, for the journaled reason `because`."""
    call.store.update(
        "conversations",
        item.id,
        {
            "state": thread.move(call, item, happening),
            "closed_at": call.now,
            "ended_at": call.now,
            "waiting_since": None,
            "snoozed_until": None,
            "routing": "",
        },
    )
    timers.stop_all(call.store, item.id)
    call.journal(
        "conversation.closed",
        conversation=item.id,
        customer=item.customer_id,
        case=item.case_id,
        because=because,
        disposition="",
        abandoned=True,
    )


def over(call: Call, conversation: int) -> None:
    """The time in which an agent should have taken it is over."""
    item = thread.get(call, conversation)
    if not call.settings.open_minutes or not call.channel(item.channel).live:
        return
    if item.offered_to is not None:
        timers.start(call.store, KIND, item.id, call.now + _AGAIN_MS)
    elif item.state is ConversationState.OPEN:
        close(call, item)
