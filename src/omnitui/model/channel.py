"""Channels: how customers reach the desk. A channel is data; see `data/channels.toml`.

Only its traits decide how a channel works, never its key.
"""

from collections.abc import Iterator
from enum import StrEnum

from msgspec import Struct


class ChannelMode(StrEnum):
    """On live channels the customer waits at the other end; on asynchronous ones not."""

    LIVE = "live"
    ASYNCHRONOUS = "asynchronous"


class AddressKind(StrEnum):
    """What reaches and identifies people on a channel.

    Channels with mail addresses share them, and so do those with phone numbers. A handle is a name
    or an account on that channel only. A device (a window, a browser) identifies somebody only once
    it is linked; `none` identifies nobody: every sender is a new stranger.
    """

    EMAIL = "email"
    PHONE = "phone"
    HANDLE = "handle"
    DEVICE = "device"
    NONE = "none"

    @property
    def shared(self) -> bool:
        """Whether an address is the same on all channels of the kind."""
        return self in (AddressKind.EMAIL, AddressKind.PHONE)

    @property
    def opaque(self) -> bool:
        """Whether an address without a customer identifies nobody."""
        return self in (AddressKind.DEVICE, AddressKind.NONE)


class Threading(StrEnum):
    """Which messages from one address belong to one open conversation.

    All of them (`running`); those about one subject (`subject`), with those that have none; those
    of one contact (`contact`), such as a call or a letter, by the channel's id.
    """

    SUBJECT = "subject"
    RUNNING = "running"
    CONTACT = "contact"


class Starts(StrEnum):
    """Who can start a conversation on a channel: agents too, customers only, or agents for a while.

    In a `window` agents can write for some hours after each message of the customer.
    """

    AGENT = "agent"
    CUSTOMER = "customer"
    WINDOW = "window"


HIGHEST_RUNG = 9
USUAL_WINDOW = 24
"""The hours in which agents may write after the customer, for a window without its own."""
LONGEST_WINDOW = 24 * 365
MOST_CHARACTERS = 1_000_000
MOST_SEGMENTS = 255
"""The most parts of a text message (GSM 03.40)."""


def usual_rung(mode: ChannelMode, exclusive: bool) -> int:
    """The default level of a channel: written, live, or exclusive."""
    if exclusive:
        return 3
    return 2 if mode is ChannelMode.LIVE else 1


class Channel(Struct, frozen=True):
    """One channel.

    `cost` is what an active conversation takes of an agent's capacity units. `exclusive` channels
    (phone) leave no room for anything else that is live. `origin` is the code that cases carry.
    `glyph` is one cell wide; `ascii` is its twin for plain terminals. `rung` is how rich it is:
    conversations are escalated from a channel to those with a higher one. `window_hours` counts
    where `starts` is a window. What is sent may have `longest` characters and `segments` parts of a
    text message; 0 is no limit. `word` is what it is called within a sentence, the label if empty.
    Messages on a channel of `letters` have a subject, copies, a quote and a signature; only where
    there are `attachments` can files be sent.
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
    address_kind: AddressKind = AddressKind.HANDLE
    threading: Threading = Threading.RUNNING
    starts: Starts = Starts.AGENT
    window_hours: int = USUAL_WINDOW
    longest: int = 0
    segments: int = 0
    word: str = ""
    letters: bool = False
    attachments: bool = False

    @property
    def live(self) -> bool:
        """Whether the customer waits at the other end."""
        return self.mode is ChannelMode.LIVE

    @property
    def limited(self) -> bool:
        """Whether its messages have a limit."""
        return bool(self.longest or self.segments)

    @property
    def space(self) -> str:
        """The prefix of the compared form of its addresses: channels with the same prefix share
        them."""
        if self.address_kind.shared:
            return self.address_kind.value
        # However a channel is called, its handles are never taken for mail or numbers.
        own = self.key in (AddressKind.EMAIL, AddressKind.PHONE)
        return f"{self.key}.own" if own else self.key


def why_no_limit(channel: Channel) -> Iterator[tuple[str, str]]:
    """Which of a channel's limits is not valid, and why: its name, and a clause."""
    if not 1 <= channel.window_hours <= LONGEST_WINDOW:
        yield (
            "window_hours",
            (f"{channel.window_hours} is not a valid window; give 1 to {LONGEST_WINDOW}"),
        )
    for name, given, most in (
        ("longest", channel.longest, MOST_CHARACTERS),
        ("segments", channel.segments, MOST_SEGMENTS),
    ):
        if not 0 <= given <= most:
            yield name, f"{given} is not a valid limit; give 0 (none) to {most}"


def plain_channel(key: str) -> Channel:
    """A stand-in for a channel that does not exist."""
    return Channel(key, key, ChannelMode.ASYNCHRONOUS, 0, False, "?", "?", 0)


def shared_kind(address_key: str) -> AddressKind | None:
    """The kind of an address by its compared form, where channels share it: mail or a number."""
    space = address_key.partition(":")[0]
    return next((kind for kind in AddressKind if kind.shared and kind == space), None)
