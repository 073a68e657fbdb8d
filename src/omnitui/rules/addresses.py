"""Addresses as people write them: `+47 555 01 22`, `ada@example.com`, `sms: 555 01 22`."""

import re
from collections.abc import Mapping

from omnitui.model.channel import Channel
from omnitui.model.errors import Refusal
from omnitui.rules.identify import PHONE_CHANNELS, normalise_phone

_FEWEST_DIGITS = 5
_LEAST_DIGITS = 3
_MAIL = re.compile(r"[^@\s]+@[^@\s]+")


def looks_right(channel: str, value: str) -> bool:
    """Whether an address could be one of its kind: mail with an `@` in it, a number with digits.

    Customers do come from others (a sender's name, a withheld number); nobody types them.
    """
    if channel == "email":
        return _MAIL.fullmatch(value) is not None
    if channel in PHONE_CHANNELS:
        return len(normalise_phone(value).lstrip("+")) >= _LEAST_DIGITS
    return True


def written_address(written: str, channels: Mapping[str, Channel]) -> tuple[str, str] | Refusal:
    """The channel's key and the address that are meant.

    The channel comes first, by key or label, and a colon. It may be left out where the address says
    itself what it is: mail by its `@` and a dot after it, a phone number by its digits.
    """
    named, colon, rest = written.partition(":")
    if colon:
        wanted = named.strip().casefold()
        key = next(
            (c.key for c in channels.values() if wanted in (c.key.casefold(), c.label.casefold())),
            None,
        )
        if key is None:
            return _which(f"There is no channel “{named.strip()}”.", channels)
        if not rest.strip():
            return Refusal("address.invalid", f"No address on {channels[key].label} is given.")
        return key, rest.strip()
    value = written.strip()
    local, at, domain = value.partition("@")
    if "email" in channels and at and local and "." in domain and " " not in value:
        return "email", value
    if "phone" in channels and len(normalise_phone(value).lstrip("+")) >= _FEWEST_DIGITS:
        return "phone", value
    return _which(f"“{value}” does not say on which channel it is.", channels)


def _which(said: str, channels: Mapping[str, Channel]) -> Refusal:
    known = ", ".join(channels)
    return Refusal(
        "address.channel", said, f"Write the channel first, as in sms: 555 01 22 ({known})."
    )
