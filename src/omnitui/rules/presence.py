"""What an agent's presence should be, and why it is what it is."""

from dataclasses import dataclass

from omnitui.model.agent import Presence


@dataclass(frozen=True, slots=True)
class PresenceChange:
    """A presence with its reason as a sentence."""

    presence: Presence
    reason: str


_FOLLOWS_LOAD = (Presence.AVAILABLE, Presence.BUSY, Presence.DO_NOT_DISTURB)


def recompute(
    current: Presence,
    chosen_by_hand: bool,
    used: int,
    capacity: int,
    sessions: int,
    session_cap: int,
    reason: str = "",
) -> PresenceChange:
    """The presence that follows from an agent's load.

    Do not disturb, Away and Offline stay when chosen by hand, Inactive until the agent is back;
    Available and Busy follow the load. `reason` is kept where nothing changes.
    """
    if chosen_by_hand or current not in _FOLLOWS_LOAD:
        return PresenceChange(current, reason)
    if sessions >= session_cap:
        return PresenceChange(
            Presence.DO_NOT_DISTURB, f"{sessions} of {session_cap} sessions are open"
        )
    if used >= capacity:
        return PresenceChange(Presence.DO_NOT_DISTURB, f"{used} of {capacity} units in use")
    if used > 0:
        return PresenceChange(Presence.BUSY, f"{used} of {capacity} units in use")
    return PresenceChange(Presence.AVAILABLE, "Nothing in hand")
