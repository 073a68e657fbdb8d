"""Senders who say nothing of who they are: a withheld number, an anonymous visitor.

Everybody who withholds their number calls from the same "anonymous", so it is nobody's address:
who comes from there is never known by it, and two of them are two.
"""

import re
import unicodedata

from omnitui.model.channel import AddressKind
from omnitui.rules.mail import bare_mail
from omnitui.rules.phones import bare_number

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
_SCHEME = re.compile(r"^(?:tel|sips?|callto|whatsapp):", re.IGNORECASE)
_NO_HOST = re.compile(r"(?:sips?:)?([^@]*)@(?:.*\.)?invalid", re.IGNORECASE)


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
