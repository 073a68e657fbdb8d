"""Shifts of simulated customers."""

from collections.abc import Mapping
from typing import NewType

from msgspec import Struct

from omnitui.model.ids import ConversationId

ShiftId = NewType("ShiftId", int)


class Shift(Struct, frozen=True):
    """The progress of a shift: when it began (epoch ms), and who has arrived.

    `guests` has the newest conversation of each arrived customer, by their key in the shift.
    `stood_ms` is the length of its breaks.
    """

    id: ShiftId
    scenario: str
    seed: int
    starts_at: int
    guests: Mapping[str, ConversationId]
    stood_ms: int = 0
