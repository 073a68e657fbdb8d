"""Work streams: how the items of some channels are handled, from arrival to close."""

from enum import StrEnum

from msgspec import Struct

from omnitui.model.agent import Presence
from omnitui.model.ids import QueueId, WorkStreamId


class StreamMode(StrEnum):
    """Whether items are offered to agents, or wait until an agent picks them."""

    PUSH = "push"
    PICK = "pick"


class WrapUp(StrEnum):
    """Whether wrap-up takes the agent's capacity: always, never, or for its first seconds."""

    ALWAYS = "always"
    NEVER = "never"
    TIMED = "timed"


USUAL_PRESENCES = (Presence.AVAILABLE, Presence.BUSY)


class WorkStream(Struct, frozen=True):
    """How the items of `channels` are handled; a channel belongs to one stream at most.

    `presences` are those that are given work. None means: `cost` (capacity units) as the channel
    says, `offer_seconds` and `idle_minutes` (until a waiting conversation closes itself) as the
    settings say. `wrap_up_seconds` counts under `WrapUp.TIMED`. With `affinity` a customer's last
    agent comes first, whatever room and presence they have. `hold_room_after` is after how many
    seconds what needs a whole agent keeps the room that one frees (None: as the settings say).
    `queue_id` is the fallback queue: where items go that nothing else sends anywhere. `bot` is the
    key of the virtual agent that answers first, empty for none.
    """

    id: WorkStreamId
    name: str
    mode: StreamMode = StreamMode.PUSH
    presences: tuple[Presence, ...] = USUAL_PRESENCES
    cost: int | None = None
    offer_seconds: int | None = None
    auto_accept: bool = False
    wrap_up: WrapUp = WrapUp.ALWAYS
    wrap_up_seconds: int | None = None
    idle_minutes: int | None = None
    affinity: bool = False
    hold_room_after: int | None = None
    queue_id: QueueId | None = None
    bot: str = ""
    channels: tuple[str, ...] = ()

    @property
    def pushed(self) -> bool:
        """Whether its items are offered to agents."""
        return self.mode is StreamMode.PUSH
