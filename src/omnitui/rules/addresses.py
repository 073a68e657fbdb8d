"""Addresses as people write them: `+47 555 01 22`, `ada@example.com`, `sms: 555 01 22`."""

import re
import unicodedata
from collections.abc import Mapping

from omnitui.model.channel import AddressKind, Channel
from omnitui.model.errors import Refusal
from omnitui.patterns import late
from omnitui.rules.mail import bare_mail, looks_like_mail, mail_addresses
from omnitui.rules.phones import bare_number, normalise_phone, phone_numbers
from omnitui.safetext import hidden, is_escaped, name_of_sign, visible

_FEWEST_DIGITS = 5
_LEAST_DIGITS = 3
_SCHEMES = {
    "mailto": AddressKind.EMAIL,
    "tel": AddressKind.PHONE,
    "callto": AddressKind.PHONE,
}
"""The kind of address after a scheme, which can stand in place of a channel."""
_EXAMPLES = {
    AddressKind.EMAIL: ("an e-mail address", "ada@example.com"),
    AddressKind.PHONE: ("a phone number", "+47 555 01 22"),
    AddressKind.HANDLE: ("an account", "@ada"),
    AddressKind.DEVICE: ("a device", "visitor-7"),
    AddressKind.NONE: ("an address", ""),
}
"""The name and an example of each kind of address."""
LONGEST = 1_000
"""The longest valid address (characters)."""


def several(kind: AddressKind, value: str) -> list[str]:
    """The addresses in one cell or field; the text itself if it has only one."""
    if kind is AddressKind.EMAIL:
        return mail_addresses(value)
    return phone_numbers(value) if kind is AddressKind.PHONE else [value]


def kept_address(kind: AddressKind, value: str) -> str:
    """An address in the form that is saved: without the extras of mail clients and phones."""
    if kind is AddressKind.EMAIL:
        return bare_mail(value)
    return bare_number(value) if kind is AddressKind.PHONE else value.strip()


def looks_right(kind: AddressKind, value: str) -> bool:
    """Whether an address is valid for its kind: mail with an `@` in it, a number with digits.

    Customers do write from others (a sender's name, a withheld number), but nobody types them, and
    an address without content identifies nobody on any channel.
    """
    if hidden(value) is not None or is_escaped(value) or is_withheld(kind, value):
        return False
    if kind is AddressKind.EMAIL:
        return looks_like_mail(value)
    if kind is AddressKind.PHONE:
        return len(normalise_phone(value).lstrip("+")) >= _LEAST_DIGITS
    return True


def unseen(value: str) -> Refusal | None:
    """Why an address with an invisible character is refused."""
    place = hidden(value.strip())
    if place is None and not is_escaped(value):
        return None
    said = f"Character {(place or 0) + 1} of {visible(value.strip())} cannot be seen"
    if place is not None:
        said += f": it is {name_of_sign(value.strip()[place])}"
    return Refusal(
        "address.hidden",
        f"{said}.",
        "It only looks like another address. Type it again.",
    )


def unlike(kind: AddressKind, value: str) -> Refusal:
    """Why an address that is not valid for its kind is refused."""
    called, example = _EXAMPLES[kind]
    parts = several(kind, value)
    if len(parts) > 1:
        said = f"{value!r} has {len(parts)} addresses: {', '.join(parts)}."
        return Refusal("address.several", said, "Give them separately.")
    return Refusal("address.invalid", f"{value!r} is not {called}.", f"Write it as {example}.")


def written_address(written: str, channels: Mapping[str, Channel]) -> tuple[str, str] | Refusal:
    """The channel's key and the address in a text.

    The channel comes first, by key or label, and a colon. It may be left out if the address shows
    its kind: mail by its `@` and a dot after it, a phone number by its digits. Then it is on the
    first channel of that kind.
    """
    named, colon, rest = written.partition(":")
    if colon and "<" not in named:
        wanted = named.strip().casefold()
        key = next(
            (c.key for c in channels.values() if wanted in (c.key.casefold(), c.label.casefold())),
            None,
        )
        if key is None and wanted in _SCHEMES:
            key = first_of(channels, _SCHEMES[wanted])
        if key is None:
            return _which(f"There is no channel “{named.strip()}”.", channels)
        if not rest.strip():
            return Refusal("address.invalid", f"The address on {channels[key].label} is missing.")
        return key, rest.strip()
    value = written.strip()
    domain = bare_mail(value).rpartition("@")[2]
    mail, phone = (first_of(channels, kind) for kind in (AddressKind.EMAIL, AddressKind.PHONE))
    if mail and "." in domain and looks_like_mail(value):
        return mail, value
    if phone and len(normalise_phone(value).lstrip("+")) >= _FEWEST_DIGITS:
        return phone, value
    return _which(f"“{value}” has no channel.", channels)


def by_kind(channels: Mapping[str, Channel]) -> list[str]:
    """The channel keys in the order in which an address without a channel is tried: mail first."""
    kinds = list(AddressKind)
    return sorted(channels, key=lambda key: kinds.index(channels[key].address_kind))


def first_of(channels: Mapping[str, Channel], kind: AddressKind) -> str | None:
    """The key of the first channel with addresses of a kind; None if there is none.

    The channel of an address of which only the kind is known.
    """
    return next((key for key, one in channels.items() if one.address_kind is kind), None)


def _which(said: str, channels: Mapping[str, Channel]) -> Refusal:
    known = ", ".join(channels)
    return Refusal(
        "address.channel", said, f"Write the channel first, as in sms: 555 01 22 ({known})."
    )


_WORDS = frozenset(
    """anonymous anonymouscaller anonyme anonym anonymt anonimo anonymer blocked blockedcaller
    blockednumber callerunknown hidden hiddennumber idwithheld na nocallerid nonumber none null
    notavailable numberunavailable numberwithheld private privatecaller privatenumber
    restricted restrictednumber suppressed unavailable undefined unknown unknowncaller unknownnumber
    unbekannt unterdrückt unterdruckt ukjent hemmelig skjultnummer skjult withheld withheldnumber
    """.split()
)
# What some networks say instead, the words spelt on the keys of a telephone: ANONYMOUS, RESTRICTED,
# BLOCKED, UNKNOWN, UNAVAILABLE.
_SPELT = frozenset("266696687 7378742833 2562533 8656696 86282452253".split())
_SCHEME = late(r"^(?:tel|sips?|callto|whatsapp):", re.IGNORECASE)
_NO_HOST = late(r"(?:sips?:)?([^@]*)@(?:.*\.)?invalid", re.IGNORECASE)


def is_withheld(kind: AddressKind, address: str) -> bool:
    """Whether an address says that it is none.

    Nothing at all is one only of calls and text messages; elsewhere somebody has forgotten it.
    Where addresses say nothing of anybody, each is one.
    """
    if kind is AddressKind.NONE:
        return True
    text = unicodedata.normalize("NFKC", address).strip()
    host = _NO_HOST.fullmatch(bare_mail(text).strip("<>"))
    bare = "".join(filter(str.isalnum, text.casefold()))
    if kind is AddressKind.PHONE:
        plain = _SCHEME.sub("", bare_number(text)).casefold()
        digits = "".join(filter(str.isalnum, plain))
        nothing = not digits.strip("0")
        return nothing or host is not None or bool({bare, digits} & (_WORDS | _SPELT))
    if kind is AddressKind.EMAIL:
        return host is not None or ("@" not in text and (bare in _WORDS or text == "<>"))
    return kind is AddressKind.DEVICE and bare in _WORDS


def nobodys_key(channel: str, which: str) -> str:
    """What such a sender is compared by: `which` says which one, of a call or of a message.

    No address has two spaces in the form in which it is compared, so nobody else is ever this.
    """
    return f"{channel}:  {which}"


def is_nobodys(key: str) -> bool:
    """Whether a sender is compared by this who says nothing of who they are."""
    return ":  " in key
