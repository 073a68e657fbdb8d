"""What happens when a timer is due. There is no other timer with a consequence."""

from collections.abc import Callable

from omnitui.desk import consoles, couriers, delivery, follow_ups, lifecycle, offers
from omnitui.desk.call import Call
from omnitui.desk.entitlements import changing
from omnitui.desk.handing import leaving, requests, snooze, unattended
from omnitui.desk.promises import keeping
from omnitui.desk.routing import assign
from omnitui.store.timers import Timer

_HANDLERS: dict[str, Callable[[Call, int], None]] = {
    "console": consoles.silent,
    "courier": couriers.silent,
    "consult": requests.run_out,
    "entitlement_end": changing.expires,
    "entitlement_start": changing.begins,
    "follow_up": follow_ups.come_back,
    "gone": leaving.over,
    "grace": lifecycle.grace_over,
    "hold_room": assign.look_again,
    "idle": lifecycle.idle_over,
    "lease": delivery.lease_over,
    "new_day": assign.new_day,
    "not_taken": unattended.over,
    "offer": offers.run_out,
    "offer_again": assign.look_again,
    "overflow": assign.waited_too_long,
    "queue_opens": assign.opens,
    "retry": delivery.leave,
    "send": delivery.leave,
    "snooze": snooze.over,
    "sla_fail": keeping.breaks,
    "sla_warn": keeping.nears,
    "wrap_free": lifecycle.wrap_up_free,
    "wrap_up": lifecycle.wrap_up_over,
}


def carry_out(call: Call, timer: Timer) -> None:
    """Do what a timer taken off the table stands for."""
    _HANDLERS[timer.kind](call, timer.subject)
