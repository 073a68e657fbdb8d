"""A shift of simulated customers beside a console."""

from collections.abc import Mapping
from typing import NewType

from msgspec import Struct

from omnitui.model.ids import ConversationId

ShiftId = NewType("ShiftId", int)


class Shift(Struct, frozen=True):
    """A shift as far as it has got: what began when (epoch ms), and who has arrived.

    `guests` has the newest conversation of everybody who has arrived, by their key in the shift.
    `stood_ms` is how long it stood still before it went on.
    """

    id: ShiftId
    scenario: str
    seed: int
    starts_at: int
    guests: Mapping[str, ConversationId]
    stood_ms: int = 0
