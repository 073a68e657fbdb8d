"""Addresses as people write them: `+47 555 01 22`, `ada@example.com`, `sms: 555 01 22`."""

from collections.abc import Mapping

from omnitui.model.channel import Channel
from omnitui.model.errors import Refusal
from omnitui.rules.mail import bare_mail, looks_like_mail, mail_addresses
from omnitui.rules.phones import PHONE_CHANNELS, bare_number, normalise_phone, phone_numbers
from omnitui.rules.withheld import is_withheld
from omnitui.safetext import hidden, is_escaped, name_of_sign, visible

_FEWEST_DIGITS = 5
_LEAST_DIGITS = 3
_SCHEMES = {"mailto": "email", "tel": "phone", "callto": "phone"}
LONGEST = 1_000
"""The longest address that anybody writes from (characters)."""


def several(channel: str, value: str) -> list[str]:
    """The addresses that one cell or field holds; itself where they cannot be told apart."""
    if channel == "email":
        return mail_addresses(value)
    return phone_numbers(value) if channel in PHONE_CHANNELS else [value]


def kept_address(channel: str, value: str) -> str:
    """An address as it is kept: without what programs put around it, else as it was written."""
    if channel == "email":
        return bare_mail(value)
    return bare_number(value) if channel in PHONE_CHANNELS else value.strip()


def looks_right(channel: str, value: str) -> bool:
    """Whether an address could be one of its kind: mail with an `@` in it, a number with digits.

    Customers do come from others (a sender's name, a withheld number); nobody types them, and
    nobody is known by one that says nothing, on whatever channel.
    """
    if hidden(value) is not None or is_escaped(value) or is_withheld(channel, value):
        return False
    if channel == "email":
        return looks_like_mail(value)
    if channel in PHONE_CHANNELS:
        return len(normalise_phone(value).lstrip("+")) >= _LEAST_DIGITS
    return True


def unseen(value: str) -> Refusal | None:
    """Why an address cannot be somebody's in which a character is there without being seen."""
    place = hidden(value.strip())
    if place is None and not is_escaped(value):
        return None
    said = f"Character {(place or 0) + 1} of {visible(value.strip())} cannot be seen"
    if place is not None:
        said += f": it is {name_of_sign(value.strip()[place])}"
    return Refusal(
        "address.hidden",
        f"{said}.",
        "It is another address than the one it looks like; write it anew, by hand.",
    )


def unlike(channel: str, value: str) -> Refusal:
    """Why an address that does not look right cannot be kept."""
    kind, example = (
        ("an e-mail address", "ada@example.com")
        if channel == "email"
        else ("a phone number", "+47 555 01 22")
    )
    parts = several(channel, value)
    if len(parts) > 1:
        said = f"{value!r} is {len(parts)} addresses: {', '.join(parts)}."
        return Refusal("address.several", said, "Give them one by one.")
    return Refusal("address.invalid", f"{value!r} is not {kind}.", f"Write it as {example}.")


def written_address(written: str, channels: Mapping[str, Channel]) -> tuple[str, str] | Refusal:
    """The channel's key and the address that are meant.

    The channel comes first, by key or label, and a colon. It may be left out where the address says
    itself what it is: mail by its `@` and a dot after it, a phone number by its digits.
    """
    named, colon, rest = written.partition(":")
    if colon and "<" not in named:
        wanted = named.strip().casefold()
        key = next(
            (c.key for c in channels.values() if wanted in (c.key.casefold(), c.label.casefold())),
            _SCHEMES.get(wanted) if _SCHEMES.get(wanted) in channels else None,
        )
        if key is None:
            return _which(f"There is no channel “{named.strip()}”.", channels)
        if not rest.strip():
            return Refusal("address.invalid", f"No address on {channels[key].label} is given.")
        return key, rest.strip()
    value = written.strip()
    domain = bare_mail(value).rpartition("@")[2]
    if "email" in channels and "." in domain and looks_like_mail(value):
        return "email", value
    if "phone" in channels and len(normalise_phone(value).lstrip("+")) >= _FEWEST_DIGITS:
        return "phone", value
    return _which(f"“{value}” does not say on which channel it is.", channels)


def _which(said: str, channels: Mapping[str, Channel]) -> Refusal:
    known = ", ".join(channels)
    return Refusal(
        "address.channel", said, f"Write the channel first, as in sms: 555 01 22 ({known})."
    )
