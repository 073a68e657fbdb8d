"""Capacity: how much of an agent a conversation takes, and whether one more fits.

Units are the channels' costs (an agent usually has 100). Offers count already. An exclusive
conversation (a phone call) and other live ones exclude each other; asynchronous ones need only
units.
"""

from collections.abc import Iterable

from msgspec import Struct

from omnitui.model.channel import ChannelMode
from omnitui.model.conversation import ConversationState


class Load(Struct, frozen=True):
    """The load of one conversation. `offered` is True while it is an offer, `cost` is in units.

    `blocks` is whether wrap-up takes capacity by its work stream.
    """

    conversation_id: int
    cost: int
    exclusive: bool
    mode: ChannelMode
    state: ConversationState
    offered: bool
    blocks: bool = True


class Room(Struct, frozen=True):
    """Whether a conversation fits, and why or why not as a sentence.

    `free` is below zero when the agent is over capacity; `over_by` is by how many units the
    conversation would exceed it.
    """

    fits: bool
    free: int
    over_by: int
    because: str


def holds_capacity(state: ConversationState, wrap_up_blocks: bool = True) -> bool:
    """Whether a conversation in this state takes capacity."""
    if state is ConversationState.WRAP_UP:
        return wrap_up_blocks
    return state is ConversationState.ACTIVE


def holds(load: Load, wrap_up_blocks: bool = True) -> bool:
    """Whether a conversation takes capacity now, in units or in a profile."""
    return load.offered or holds_capacity(load.state, wrap_up_blocks and load.blocks)


def in_use(loads: Iterable[Load], wrap_up_blocks: bool = True) -> int:
    """The units that an agent's conversations take."""
    return sum(load.cost for load in loads if holds(load, wrap_up_blocks))


def room_for(capacity: int, loads: Iterable[Load], item: Load, wrap_up_blocks: bool = True) -> Room:
    """Whether `item` fits with an agent's work; `item` itself may be part of it."""
    held = [
        load
        for load in loads
        if load.conversation_id != item.conversation_id and holds(load, wrap_up_blocks)
    ]
    free = capacity - sum(load.cost for load in held)
    over = max(0, item.cost - free)
    live = [load for load in held if load.mode is ChannelMode.LIVE or load.exclusive]
    if item.exclusive and live:
        return Room(
            False, free, over, f"It needs an agent without other live work ({len(live)} live)."
        )
    if item.mode is ChannelMode.LIVE and any(load.exclusive for load in live):
        return Room(False, free, over, "The agent is on a call and cannot take other live work.")
    if over:
        return Room(False, free, over, f"{_units(free, capacity)}, and it needs {item.cost}.")
    return Room(True, free, 0, f"{_units(free, capacity)}, and it needs {item.cost}.")


def beyond(
    capacity: int, loads: Iterable[Load], item: Load, wrap_up_blocks: bool = True
) -> str | None:
    """Why an agent goes beyond their capacity with `item`, as a sentence; None if they do not.

    They may, when they confirm it. Two calls at once (`second_call`) are never allowed.
    """
    room = room_for(capacity, loads, item, wrap_up_blocks)
    return None if room.fits else room.because


def second_call(loads: Iterable[Load], item: Load) -> int | None:
    """The active call that excludes `item`, by its conversation; None if there is none.

    On an exclusive channel an agent has one active conversation. An offer is not active yet, and
    one in wrap-up is over.
    """
    if not item.exclusive:
        return None
    return next(
        (
            load.conversation_id
            for load in loads
            if load.exclusive
            and not load.offered
            and load.state is ConversationState.ACTIVE
            and load.conversation_id != item.conversation_id
        ),
        None,
    )


def _units(free: int, capacity: int) -> str:
    if free < 0:
        return f"The agent is {-free} over a capacity of {capacity} units"
    return f"{free} of {capacity} units are free"
