"""Duplicate customers: who is likely to be one person, and why."""

from collections.abc import Sequence

from msgspec import Struct

from omnitui.letters import caseless
from omnitui.model.channel import AddressKind
from omnitui.rules.identify import Candidate, Suggestion, normalise_address
from omnitui.rules.likeness import like_name, same_line
from omnitui.rules.mail import mail_key

_SAME_NUMBER, _SAME_NAME, _SAME_MAILBOX, _SAME_COMPANY = 4, 3, 3, 1


class _Sign(Struct, frozen=True):
    """One sign of a duplicate, in words, with its weight."""

    said: str
    weight: float


def duplicates(one: Candidate, others: Sequence[Candidate]) -> list[Suggestion]:
    """Which of the others may be the same person as `one`, the likeliest first.

    Two customers never share an address, so near matches count: the name, a number written
    differently, a mailbox of the same name elsewhere. The same company alone does not count.
    """
    found = []
    for other in others:
        if other.customer_id == one.customer_id or not other.active:
            continue
        signs = _signs(one, other)
        if signs:
            because = ", ".join(sign.said for sign in signs)
            weight = sum(sign.weight for sign in signs)
            found.append((weight, Suggestion(other.customer_id, because, round(weight))))
    found.sort(key=lambda pair: (-pair[0], pair[1].customer_id))
    return [suggestion for _weight, suggestion in found]


def _signs(one: Candidate, other: Candidate) -> list[_Sign]:
    signs = []
    if caseless(one.name) == caseless(other.name):
        signs.append(_Sign("same name", _SAME_NAME))
    elif alike := like_name(one.name, other.name):
        signs.append(_Sign(alike[1], _SAME_NAME * alike[0] - 1))
    if _same_number(one, other):
        signs.append(_Sign("same phone written differently", _SAME_NUMBER))
    mailbox = _mailboxes(one) & _mailboxes(other)
    if mailbox:
        signs.append(_Sign(f"{min(mailbox)}@ elsewhere", _SAME_MAILBOX))
    if signs and one.company and caseless(one.company) == caseless(other.company):
        signs.append(_Sign(f"both at {other.company}", _SAME_COMPANY))
    return signs


def _same_number(one: Candidate, other: Candidate) -> bool:
    numbers = [normalise_address(AddressKind.PHONE, value) for value in one.phones]
    return any(
        same_line(number, normalise_address(AddressKind.PHONE, value))
        for number in numbers
        for value in other.phones
    )


def _mailboxes(one: Candidate) -> set[str]:
    """The parts before the `@` that identify a person, without shared mailboxes."""
    names = {mail_key(value).partition("@")[0] for value in one.emails}
    return {name for name in names if len(name) > _SHORT and name not in _SHARED}


_SHORT = 3
_SHARED = frozenset(
    "accounts admin billing booking contact customer.service customerservice finance hello help"
    " helpdesk info invoice invoices kontakt mail marketing noreply no-reply office orders post"
    " postmaster purchasing reception sales service shop support team webmaster".split()
)
"""Mailboxes that many people read, as RFC 2142 and habit name them."""
