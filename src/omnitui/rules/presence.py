"""What an agent's presence should be, and why it is what it is.

Source: the reference product. Available and Busy follow the load; chosen by hand they hold until
the agent next takes something or lets it go; Do not disturb, Away and Offline stay until they are
changed. What the system sets for a reason goes with the reason: Do not disturb of a full agent, or
of one with as many sessions as may be open, when there is room again; Inactive when the agent takes
something or chooses another presence, a supervisor says so, or missing an offer no longer counts.
"""

from msgspec import Struct

from omnitui.model.agent import Presence


class PresenceChange(Struct, frozen=True):
    """A presence with its reason as a sentence.

    `sticks` means that it stays until the agent or a supervisor changes it, as if it had been
    chosen by hand.
    """

    presence: Presence
    reason: str
    sticks: bool = False


LOST = "Contact with the last console was lost"
"""Why an agent is Offline whose last console was lost."""

_FOLLOWS_LOAD = (Presence.AVAILABLE, Presence.BUSY)

_CAP_OF_BEFORE = "sessions are open; close one and choose Available"
"""How a reason ends that an older version set as if the agent had chosen it."""

_IN_USE = "units in use"
_NO_WORK = "No work"
_NO_WORK_BEFORE = "Nothing in hand"
"""What an older version wrote for it; agents of its stores still have it."""


def recompute(
    current: Presence,
    chosen_by_hand: bool,
    used: int,
    capacity: int,
    sessions: int,
    session_cap: int,
    reason: str = "",
    *,
    missing_counts: bool = True,
) -> PresenceChange:
    """The presence that follows from an agent's load (units) and open sessions.

    `reason` is kept where nothing changes. `missing_counts` is whether a missed offer makes
    somebody Inactive. Whether something was chosen by hand is forgotten by whoever calls, when its
    time is over.
    """
    by_hand = chosen_by_hand and not reason.endswith(_CAP_OF_BEFORE)
    full = current is Presence.DO_NOT_DISTURB and not by_hand
    missed_once = current is Presence.INACTIVE and not missing_counts
    if current not in _FOLLOWS_LOAD and not full and not missed_once:
        return PresenceChange(current, reason, by_hand)
    if sessions >= session_cap:
        return PresenceChange(
            Presence.DO_NOT_DISTURB,
            f"{sessions} of {session_cap} sessions are open; close one to get offers again",
        )
    if by_hand and not missed_once:
        return PresenceChange(current, reason, sticks=True)
    in_use = f"{used} of {capacity} {_IN_USE}"
    if used >= capacity:
        return PresenceChange(Presence.DO_NOT_DISTURB, in_use)
    if used > 0:
        return PresenceChange(Presence.BUSY, in_use)
    return PresenceChange(Presence.AVAILABLE, _NO_WORK)


def eases(before: Presence, after: Presence) -> bool:
    """Whether somebody may be offered what was not for them before; more in hand never does."""
    fuller = (*_FOLLOWS_LOAD, Presence.DO_NOT_DISTURB)
    known = before in fuller and after in fuller
    return before is not after and not (known and fuller.index(after) > fuller.index(before))


def only_load(reason: str) -> bool:
    """Whether a reason says no more than how much is in hand, which may stand beside it."""
    return reason in (_NO_WORK, _NO_WORK_BEFORE) or reason.endswith(_IN_USE)


def missed(current: Presence, name: str, chosen_by_hand: bool = False) -> PresenceChange | None:
    """An offer of `name` ran out: the agent is marked as not there, unless known to be away.

    None where that changes nothing. Who chose not to be disturbed is not marked: it rang because a
    supervisor wanted it.
    """
    chosen = current is Presence.DO_NOT_DISTURB and chosen_by_hand
    if chosen or current in (Presence.AWAY, Presence.OFFLINE):
        return None
    return PresenceChange(Presence.INACTIVE, f"An offer from {name} ran out")


def declined(current: Presence, name: str, do_not_disturb: bool) -> PresenceChange | None:
    """An offer of `name` was declined; None where that changes nothing (the usual setting)."""
    if not do_not_disturb or current not in _FOLLOWS_LOAD:
        return None
    return PresenceChange(Presence.DO_NOT_DISTURB, f"You declined {name}", sticks=True)


def took(current: Presence) -> PresenceChange | None:
    """An agent took something by themselves: they are there; None where that changes nothing."""
    if current is not Presence.INACTIVE:
        return None
    return PresenceChange(Presence.AVAILABLE, "Took work again")


def lost(current: Presence) -> PresenceChange | None:
    """The last console of an agent was lost; None where they count as not there already."""
    if current is Presence.OFFLINE:
        return None
    return PresenceChange(Presence.OFFLINE, LOST)


def found(before: PresenceChange, gone_ms: int, window_ms: int) -> PresenceChange:
    """What an agent is who was lost and is there again, `before` being what they were.

    Back within the window nothing has changed. Later, what they had chosen still holds; anything
    else is worked out anew, from Available on.
    """
    chosen = before.sticks and before.presence is not Presence.INACTIVE
    if gone_ms <= window_ms or chosen:
        return before
    return PresenceChange(Presence.AVAILABLE, "Back at a console")


def explain(presence: Presence, reason: str) -> str:
    """Presence and reason in one line, e.g. `Busy: 50 of 100 units in use`."""
    return f"{presence.label}: {reason}" if reason else presence.label
