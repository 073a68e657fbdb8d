"""What happens when a timer is due. There is no other timer with a consequence."""

from collections.abc import Callable

from omnitui.desk import consoles, follow_ups, lifecycle, offers, outgoing
from omnitui.desk.call import Call
from omnitui.desk.entitlements import changing
from omnitui.desk.handing import snooze
from omnitui.desk.promises import keeping
from omnitui.desk.routing import assign
from omnitui.store.timers import Timer

_HANDLERS: dict[str, Callable[[Call, int], None]] = {
    "console": consoles.silent,
    "entitlement_end": changing.expires,
    "entitlement_start": changing.begins,
    "follow_up": follow_ups.come_back,
    "grace": lifecycle.grace_over,
    "hold_room": assign.look_again,
    "idle": lifecycle.idle_over,
    "new_day": assign.new_day,
    "offer": offers.run_out,
    "offer_again": assign.look_again,
    "overflow": assign.waited_too_long,
    "queue_opens": assign.opens,
    "retry": outgoing.leave,
    "send": outgoing.leave,
    "snooze": snooze.over,
    "sla_fail": keeping.breaks,
    "sla_warn": keeping.nears,
    "wrap_free": lifecycle.wrap_up_free,
    "wrap_up": lifecycle.wrap_up_over,
}


def carry_out(call: Call, timer: Timer) -> None:
    """Do what a timer taken off the table stands for."""
    _HANDLERS[timer.kind](call, timer.subject)
