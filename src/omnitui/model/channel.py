"""Channels: how customers reach the desk. A channel is data; see `data/channels.toml`."""

from enum import StrEnum

from msgspec import Struct


class ChannelMode(StrEnum):
    """Live channels have the customer waiting at the other end; asynchronous ones do not."""

    LIVE = "live"
    ASYNCHRONOUS = "asynchronous"


HIGHEST_RUNG = 9


def usual_rung(mode: ChannelMode, exclusive: bool) -> int:
    """The rung of a channel that says nothing else: written, live, or one customer at a time."""
    if exclusive:
        return 3
    return 2 if mode is ChannelMode.LIVE else 1


class Channel(Struct, frozen=True):
    """One channel.

    `cost` is what an active conversation takes of an agent's capacity units. `exclusive` channels
    (phone) leave no room for anything else that is live. `origin` is the code that cases carry.
    `glyph` is one cell wide; `ascii` is its twin for plain terminals. `rung` is how rich it is:
    conversations are escalated from a channel to those with a higher one.
    """

    key: str
    label: str
    mode: ChannelMode
    cost: int
    exclusive: bool
    glyph: str
    ascii: str
    origin: int
    rung: int = 1

    @property
    def live(self) -> bool:
        """Whether the customer waits at the other end."""
        return self.mode is ChannelMode.LIVE
