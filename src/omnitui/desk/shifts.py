"""Shifts of simulated customers: begun, continued and ended. Nothing of it is journaled."""

from msgspec.structs import replace

from omnitui.desk.call import Call
from omnitui.desk.registry import command
from omnitui.model.actor import Permission
from omnitui.model.errors import Refused
from omnitui.model.ids import ConversationId
from omnitui.model.shift import Shift, ShiftId
from omnitui.store import journal, shifts


@command("shift.begin", Permission.ADMINISTER)
def begin(call: Call, scenario: str, seed: int) -> Shift:
    """Start a shift of simulated customers, or continue the interrupted one.

    A shift of the same scenario and seed that has not ended continues; breaks, in which no customer
    wrote or received anything, do not count. Signing in at a console, or what the desk does at its
    start, does not end a break.
    """
    still = 0
    found = shifts.newest(call.store)
    if found is not None and (found.scenario, found.seed) == (scenario, seed):
        last = max(found.starts_at, journal.last_said(call.store))
        still = max(0, call.now - last)
        shifts.put_off(call.store, found.id, found.starts_at + still)
    else:
        shifts.begin(call.store, scenario, seed, call.now)
    begun = shifts.newest(call.store)
    assert begun is not None
    return replace(begun, stood_ms=still)


@command("shift.arrived", Permission.ADMINISTER)
def arrived(call: Call, shift: ShiftId, guest: str, conversation: ConversationId) -> None:
    """Record that a customer of a shift has started to write, by their key in it."""
    _check(call, shift)
    shifts.arrived(call.store, shift, guest, conversation)


@command("shift.end", Permission.ADMINISTER)
def end(call: Call, shift: ShiftId) -> None:
    """End a shift; the next one starts from the beginning."""
    _check(call, shift)
    shifts.end(call.store, shift, call.now)


def _check(call: Call, shift: int) -> None:
    if not shifts.known(call.store, shift):
        raise Refused("shift.unknown", f"There is no shift {shift}.", "Start one first.")
