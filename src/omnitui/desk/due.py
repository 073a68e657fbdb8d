"""What due timers do."""

from collections.abc import Callable

from omnitui.desk import consoles, couriers, delivery, follow_ups, lifecycle, offers, scheduled
from omnitui.desk.articles import files
from omnitui.desk.call import Call
from omnitui.desk.entitlements import changing
from omnitui.desk.routing import assign
from omnitui.desk.sla import keeping
from omnitui.desk.transfers import leaving, requests, snooze, unattended
from omnitui.model.errors import Fault, Refused
from omnitui.store import timers
from omnitui.store.engine import Clash, Damage
from omnitui.store.faults import BUSY
from omnitui.store.timers import Timer


def _bot_turn(call: Call, conversation: int) -> None:
    from omnitui.desk.bot import turns  # most desks have no virtual agent

    turns.due(call, conversation)


def _bot_idle(call: Call, conversation: int) -> None:
    from omnitui.desk.bot import turns

    turns.idle(call, conversation)


_HANDLERS: dict[str, Callable[[Call, int], None]] = {
    "bot": _bot_turn,
    "bot_idle": _bot_idle,
    "article_files": lambda call, _folder: files.look(call),
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
    "scheduled": scheduled.leaves,
    "send": delivery.leave,
    "snooze": snooze.over,
    "sla_fail": keeping.breaks,
    "sla_warn": keeping.nears,
    "wrap_free": lifecycle.wrap_up_free,
    "wrap_up": lifecycle.wrap_up_over,
}


_ABOUT = {
    "conversations": timers.OF_CONVERSATIONS,
    "agents": ("console", "gone"),
    "entitlements": ("entitlement_end", "entitlement_start"),
    "messages": ("lease", "retry", "send"),
    "scheduled": ("scheduled",),
}
_SUBJECTS = {kind: table for table, kinds in _ABOUT.items() for kind in kinds}
"""The table of each timer's subject, for tables from which no row is ever deleted."""


def carry_out(call: Call, timer: Timer) -> None:
    """Run a timer that was taken from the table, inside the caller's transaction.

    A timer that cannot run is set aside with the reason and changes nothing: it must not block the
    timers behind it, or commands.
    """
    reason = _impossible(call, timer)
    if not reason:
        try:
            with call.store.transaction():
                _HANDLERS[timer.kind](call, timer.subject)
                assign.settle(call)
                keeping.settle(call)
            return
        except Refused as refused:
            if refused.refusal.code == BUSY:
                raise
            reason = broke_down(timer, refused)
        except Clash as clash:
            reason = broke_down(timer, clash)
        except (Damage, Fault, OSError):
            # The store's own trouble is not the timer's.
            raise
        except Exception as error:
            reason = broke_down(timer, error)
    timers.set_aside(call.store, timer, reason)


def _impossible(call: Call, timer: Timer) -> str:
    """Why a timer cannot run; empty if it can."""
    if timer.kind not in _HANDLERS:
        return "This version does not know this kind."
    table = _SUBJECTS.get(timer.kind)
    if table is not None and not call.store.holds(table, timer.subject):
        return f"Row {timer.subject} of {table} does not exist any more."
    return ""


def broke_down(timer: Timer, error: Exception) -> str:
    """The reason for setting a timer aside that raised an error."""
    return f"It failed ({type(error).__name__}: {error})."
