"""A channel's limits: the length of a message, and how long after the customer's agents can write.

A text message has parts of a fixed size. In the alphabet of GSM 03.38 that is 160 characters, or
153 with several parts; with any other character in it, 70 and 67, counted in UTF-16.
"""

from collections.abc import Iterator

from msgspec import Struct

from omnitui.model.channel import AddressKind, Channel, Starts
from omnitui.model.errors import Refusal

_PLAIN = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡"
    "ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_ESCAPED = frozenset("\f^{}\\[~]|€")
"""Characters that count as two in the same alphabet."""
_HOUR = 3_600_000
_NEAR = 0.8
"""The share of a limit from which the use is shown."""


class Parts(Struct, frozen=True):
    """What a text takes as a text message: `used` places of parts of `size`, `count` of them."""

    used: int
    size: int
    count: int


def parts_of(text: str) -> Parts:
    """How many parts a text takes as a text message; no character is torn apart between two."""
    if all(sign in _PLAIN or sign in _ESCAPED for sign in text):
        single, several = 160, 153
        widths = [1 + (sign in _ESCAPED) for sign in text]
    else:
        single, several = 70, 67
        widths = [1 + (ord(sign) > 0xFFFF) for sign in text]
    used = sum(widths)
    if used <= single:
        return Parts(used, single, 1)
    count, left = 1, several
    for width in widths:
        if width > left:
            count, left = count + 1, several
        left -= width
    return Parts(used, several, count)


def too_long(channel: Channel, text: str) -> Refusal | None:
    """Why a text is too long for a channel, and by how much; None if it is not."""
    over = len(text) - channel.longest
    if channel.longest and over > 0:
        return Refusal(
            "message.too_long",
            f"{channel.label} allows {channel.longest:,} characters; this reply has "
            f"{len(text):,}, {over:,} too many.",
            "Shorten it, or send it in several messages.",
        )
    if not channel.segments:
        return None
    parts = parts_of(text)
    if parts.count <= channel.segments:
        return None
    most = channel.segments * parts.size if channel.segments > 1 else _single(parts)
    over = max(parts.used - most, 1)
    return Refusal(
        "message.too_long",
        f"{channel.label} allows {_number(channel.segments)}; this reply needs "
        f"{parts.count:,} ({over:,} characters too long).",
        "Shorten it, or send it in several messages.",
    )


def _single(parts: Parts) -> int:
    return 160 if parts.size == 153 else 70


def _number(segments: int) -> str:
    return f"{segments} segment{'s' if segments != 1 else ''}"


def used(channel: Channel, text: str) -> str:
    """How much of a channel's limits a text uses, if it is worth showing; else empty."""
    return ", ".join(_used(channel, text))


def _used(channel: Channel, text: str) -> Iterator[str]:
    if channel.longest and len(text) > _NEAR * channel.longest:
        yield f"{len(text):,} of {channel.longest:,} characters"
    if channel.segments and text:
        parts = parts_of(text)
        yield f"{parts.used:,}/{parts.count * parts.size:,} · {parts.count:,} SMS"


def near(channel: Channel, text: str) -> bool:
    """Whether a text is near what a channel takes, or needs more than one part."""
    if channel.longest and len(text) > _NEAR * channel.longest:
        return True
    return bool(channel.segments) and parts_of(text).count > 1


def over(channel: Channel, text: str) -> bool:
    """Whether a text has more than a channel takes."""
    return channel.limited and too_long(channel, text) is not None


def not_begun(channel: Channel, heard_at: int | None, now: int) -> Refusal | None:
    """Why an agent cannot start a conversation on a channel; `heard_at` is the customer's last
    message there."""
    if channel.starts is Starts.CUSTOMER or channel.address_kind is AddressKind.NONE:
        return Refusal(
            "channel.customers_begin",
            f"On {channel.label} only customers can start a conversation.",
            "Ask them to write there, or use another channel.",
        )
    return not_in_window(channel, heard_at, now)


def not_in_window(channel: Channel, heard_at: int | None, now: int) -> Refusal | None:
    """Why it is too late to write to a customer on a channel with a window (times: epoch ms)."""
    if channel.starts is not Starts.WINDOW:
        return None
    hours = channel.window_hours
    if heard_at is not None and now - heard_at <= hours * _HOUR:
        return None
    last = "the customer has not written yet"
    if heard_at is not None:
        last = f"the customer last wrote {(now - heard_at) // _HOUR:,} h ago"
    return Refusal(
        "channel.window",
        f"On {channel.label} agents can write for {hours:,} h after the customer writes; {last}.",
        "Wait until they write, or use another channel.",
    )
