"""Capacity: how much of an agent a conversation takes, and whether there is room for one more.

Units are the channels' costs (an agent usually has 100). What rings at an agent counts already.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from omnitui.model.channel import ChannelMode
from omnitui.model.conversation import ConversationState


@dataclass(frozen=True, slots=True)
class Load:
    """What one conversation weighs."""

    conversation_id: int
    cost: int
    exclusive: bool
    mode: ChannelMode
    state: ConversationState
    offered: bool


@dataclass(frozen=True, slots=True)
class Room:
    """Whether a conversation fits. `over_by` is by how many units it would exceed the capacity."""

    fits: bool
    free: int
    over_by: int
    because: str


def holds_capacity(state: ConversationState, wrap_up_blocks: bool = True) -> bool:
    """Whether a conversation in this state takes capacity."""
    if state is ConversationState.WRAP_UP:
        return wrap_up_blocks
    return state is ConversationState.ACTIVE


def in_use(loads: Iterable[Load], wrap_up_blocks: bool = True) -> int:
    """The units that an agent's conversations take."""
    return sum(load.cost for load in loads if holds_capacity(load.state, wrap_up_blocks))


def room_for(capacity: int, loads: Iterable[Load], item: Load, wrap_up_blocks: bool = True) -> Room:
    """Whether `item` fits beside what an agent holds, and why not if it does not."""
    held = [load for load in loads if holds_capacity(load.state, wrap_up_blocks)]
    free = capacity - in_use(held, wrap_up_blocks)
    over = max(0, item.cost - free)
    live = [load for load in held if load.mode is ChannelMode.LIVE]
    if item.exclusive and live:
        return Room(False, free, over, f"a call leaves no room for {len(live)} live in hand")
    if item.mode is ChannelMode.LIVE and any(load.exclusive for load in live):
        return Room(False, free, over, "on a call, which leaves no room for anything else live")
    if over:
        return Room(False, free, over, f"{free} of {capacity} units free, {item.cost} needed")
    return Room(True, free, 0, f"{free} of {capacity} units free")
