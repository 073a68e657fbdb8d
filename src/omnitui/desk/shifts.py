"""Shifts of simulated customers: begun, gone on with and ended. Nothing of it is journaled."""

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
    """Begin a shift of simulated customers, or go on with the one that was interrupted.

    A shift of the same scenario and seed that has not ended goes on where it stood: it has begun
    later by as long as no customer wrote or heard anything. Who signs in at a console meanwhile,
    or what the desk does as it is opened, ends no break.
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
    """Somebody has begun to write in a shift, by their key in it."""
    _check(call, shift)
    shifts.arrived(call.store, shift, guest, conversation)


@command("shift.end", Permission.ADMINISTER)
def end(call: Call, shift: ShiftId) -> None:
    """Everybody in a shift has come and gone: the next one begins anew."""
    _check(call, shift)
    shifts.end(call.store, shift, call.now)


def _check(call: Call, shift: int) -> None:
    if not shifts.known(call.store, shift):
        raise Refused("shift.unknown", f"There is no shift {shift}.", "Begin one first.")
