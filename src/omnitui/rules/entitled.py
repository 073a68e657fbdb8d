"""Whether a case can use an entitlement, what is left of it, and why not.

A channel that is not listed is limited by the total only; one listed with n takes at most n; one
listed with 0 is forbidden, restricted or not. Unrestricted terms may go below zero. Restricted ones
refuse a case if open cases have reserved the rest; only resolving, whose hours were not known
before, takes them below zero.
"""

from collections.abc import Iterator, Mapping

from msgspec import Struct
from msgspec.structs import replace

from omnitui.letters import caseless
from omnitui.model.entitlement import (
    WHOLE,
    Allocation,
    ChannelAllowance,
    EntitlementState,
    Line,
    Terms,
    number,
)
from omnitui.model.errors import Refusal
from omnitui.model.ids import CustomerId
from omnitui.rules.entitlement import day, state_at

S = EntitlementState
Labels = Mapping[str, str]
"""Channel labels, by key."""

CREATE_WITHOUT = "create the case without an entitlement"
_SHOWN = 3


class Asking(Struct, frozen=True):
    """A case that asks for an entitlement.

    `contact_id` is the person who asks on the customer's behalf, by default the customer. An
    `exempt` case uses no terms. `otherwise` ends the hint: what to do instead.
    """

    customer_id: CustomerId
    origin: str
    product: str = ""
    contact_id: CustomerId | None = None
    contact_name: str = "This customer"
    exempt: bool = False
    otherwise: str = CREATE_WITHOUT


def refusal(terms: Terms, asking: Asking, now: int, labels: Labels) -> Refusal | None:
    """Why a case cannot get an entitlement that it does not have yet, None if it can."""
    return (
        _not_theirs(terms, asking)
        or not_active(terms, now, asking.otherwise)
        or not_fitting(terms, asking, labels)
    )


def not_fitting(terms: Terms, asking: Asking, labels: Labels) -> Refusal | None:
    """Why a case does not fit, in any state: the first of coverage, channel and terms."""
    return not_covered(terms, asking) or not_by_channel(terms, asking, labels)


def not_by_channel(terms: Terms, asking: Asking, labels: Labels) -> Refusal | None:
    """Why the channel does not allow one more case: forbidden, or no terms left."""
    return _forbidden(terms, asking.origin, labels, asking.otherwise) or (
        None if asking.exempt else short(terms, asking, needed(terms), labels)
    )


def needed(terms: Terms) -> int:
    """What has to be free for one more case (parts): at least more than 0."""
    return WHOLE if terms.allocation is Allocation.CASES else 1


def not_covered(terms: Terms, asking: Asking) -> Refusal | None:
    """Why customer, contact or product are not covered."""
    return _not_theirs(terms, asking) or _not_for_contact(terms, asking) or _not_for(terms, asking)


def _not_theirs(terms: Terms, asking: Asking) -> Refusal | None:
    if asking.customer_id in (terms.customer_id, *terms.contacts):
        return None
    return Refusal(
        "entitlement.not_covered",
        f"{terms.name} belongs to {terms.customer_name}, not to this case's customer.",
        f"Choose one of this customer's own, or {asking.otherwise}.",
    )


def _not_for_contact(terms: Terms, asking: Asking) -> Refusal | None:
    who = asking.customer_id if asking.contact_id is None else asking.contact_id
    if not terms.contacts or who in terms.contacts:
        return None
    return Refusal(
        "entitlement.not_covered",
        f"{terms.name} is for {_listed(terms.contact_names)} only, not for {asking.contact_name}.",
        f"Give one of them as the contact, or {asking.otherwise}.",
    )


def _not_for(terms: Terms, asking: Asking) -> Refusal | None:
    product = caseless(asking.product)
    if not terms.products or product in (caseless(name) for name in terms.products):
        return None
    covered = _listed(terms.products)
    if not product:
        said = f"{terms.name} is for {covered} only, and the case has no product."
        return Refusal("entitlement.not_covered", said, f"Set the product, or {asking.otherwise}.")
    said = f"{terms.name} is for {covered} only, not for {asking.product}."
    hint = f"{asking.otherwise[0].upper()}{asking.otherwise[1:]}."
    return Refusal("entitlement.not_covered", said, hint)


def not_active(terms: Terms, now: int, otherwise: str) -> Refusal | None:
    """Why an entitlement is not active."""
    state = state_at(terms.state, terms.starts, terms.ends, now)
    said, first = {
        S.ACTIVE: ("", ""),
        # Not everybody who reads this may change entitlements.
        S.DRAFT: ("is a draft", "A person who may change entitlements can activate it"),
        S.WAITING: (f"starts on {day(terms.starts)}", "Wait until then"),
        S.EXPIRED: ("has expired", "A person who may change entitlements can renew it"),
        S.CANCELLED: ("is cancelled", "A person who may change entitlements can renew it"),
    }[state]
    if not said:
        return None
    return Refusal("entitlement.not_active", f"{terms.name} {said}.", f"{first}, or {otherwise}.")


def _forbidden(terms: Terms, origin: str, labels: Labels, otherwise: str) -> Refusal | None:
    line = terms.lines.get(origin)
    if line is None or line.total:
        return None
    label = labels.get(origin, origin)
    others = "; ".join(_with_terms_left(terms, origin, 1, labels))
    hint = f"{others}; or {otherwise}." if others else f"You can {otherwise}."
    return Refusal("entitlement.channel_forbidden", f"{terms.name} does not allow {label}.", hint)


def short(terms: Terms, asking: Asking, amount: int, labels: Labels) -> Refusal | None:
    """Why restricted terms have less than `amount` (parts) free."""
    if not terms.restrict or amount <= 0:
        return None
    otherwise = asking.otherwise
    if terms.available < amount:
        whole = Line(terms.total, terms.used, terms.held)
        said = _used_up("", whole, amount, unit(terms))
        hint = f"Use another entitlement, or {otherwise}."
        return Refusal("entitlement.exhausted", f"{terms.name}{said}", hint)
    line = terms.lines.get(asking.origin)
    if line is None or line.available >= amount:
        return None
    if not line.total:
        return _forbidden(terms, asking.origin, labels, otherwise)
    said = _used_up(labels.get(asking.origin, asking.origin), line, amount, "")
    others = "; ".join(_with_terms_left(terms, asking.origin, amount, labels))
    hint = f"{others}; or {otherwise}." if others else f"You can {otherwise}."
    return Refusal("entitlement.channel_exhausted", f"{terms.name}: {said}", hint)


def _used_up(label: str, line: Line, amount: int, words: str) -> str:
    of = f"{number(line.used)} of {number(line.total)}{words and f' {words}'}"
    if line.left <= 0:
        return f"{label} is used up: {of}."
    held = f", {number(line.held)} held by open cases" if line.held else ""
    if line.available <= 0:
        return f"{label} has nothing available: {of} used{held}."
    free = number(line.available)
    return f"{label} has {free} left ({of} used{held}); this case needs {number(amount)}."


def unit(terms: Terms) -> str:
    """The unit of terms, for sentences."""
    return "hours" if terms.allocation is Allocation.HOURS else "cases"


def _with_terms_left(terms: Terms, but: str, amount: int, labels: Labels) -> Iterator[str]:
    """`Phone has 3 left` for the first other channels that could be used instead."""
    found = [
        f"{labels.get(origin, origin)} has {number(room)} left"
        for origin, line in terms.lines.items()
        if origin != but and line.total and (room := min(line.available, terms.available)) >= amount
    ]
    yield from found[:_SHOWN]
    if len(found) < _SHOWN and terms.available >= amount and set(labels) - set(terms.lines) - {but}:
        listed = f"{'c' if found else 'C'}hannels that are not listed"
        yield f"{listed} have {number(terms.available)} left"


def without(terms: Terms, origin: str, amount: int) -> Terms:
    """The terms without a case that uses `amount` by `origin`."""
    lines = dict(terms.lines)
    if origin in lines:
        lines[origin] = replace(lines[origin], used=lines[origin].used - amount)
    return replace(terms, used=terms.used - amount, lines=lines)


def holding(terms: Terms, origin: str, amount: int) -> Terms:
    """The terms with `amount` more (parts; below zero: less) reserved on `origin`."""
    lines = dict(terms.lines)
    if origin in lines:
        lines[origin] = replace(lines[origin], held=lines[origin].held + amount)
    return replace(terms, held=terms.held + amount, lines=lines)


def overdrawn(terms: Terms, labels: Labels, before: Terms | None = None) -> str:
    """Which terms are used and reserved beyond their total, for sentences; empty if none.

    Terms that were so `before` under the same restriction, and are not worse now, are left out.
    """
    was = _parts(before) if before is not None and before.restrict else {}
    return ", ".join(
        f"{labels.get(origin, origin) or 'the total'} ({number(line.used)} used"
        f"{f', {number(line.held)} held' if line.held else ''} of {number(line.total)})"
        for origin, line in _parts(terms).items()
        if line.available < 0
        and (origin not in was or line.available < min(0, was[origin].available))
    )


def _parts(terms: Terms) -> dict[str, Line]:
    """The total, with an empty name, and the listed channels."""
    return {"": Line(terms.total, terms.used, terms.held), **terms.lines}


def allowances(terms: Terms, labels: Labels) -> list[ChannelAllowance]:
    """What an entitlement allows on each channel, in the channels' own order."""
    return [_allowance(terms, origin, labels) for origin in labels]


def _allowance(terms: Terms, origin: str, labels: Labels) -> ChannelAllowance:
    asking = Asking(terms.customer_id, origin)
    why = _forbidden(terms, origin, labels, "") or short(terms, asking, needed(terms), labels)
    line = terms.lines.get(origin)
    left = terms.available if line is None else min(terms.available, line.available)
    if why is None:
        bound = "" if line else " (limited by the total)"
        held = terms.held if line is None else line.held
        kept = f", plus {number(held)} held by open cases" if held else ""
        says = f"{labels[origin]}: {number(left)} left{kept}{bound}."
    else:
        says = why.message
    return ChannelAllowance(
        origin=origin,
        label=labels[origin],
        allowed=why is None,
        total=None if line is None else number(line.total),
        remaining=None if line is None else number(line.left),
        held=None if line is None else number(line.held),
        says=says,
    )


def _listed(names: tuple[str, ...]) -> str:
    shown, rest = names[:_SHOWN], len(names) - _SHOWN
    return ", ".join(shown) + (f" and {rest} more" if rest > 0 else "")
