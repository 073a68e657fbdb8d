"""The fields of entitlements and templates, checked as people and files give them."""

from collections.abc import Mapping, Sequence
from typing import Any

from msgspec import Struct

from omnitui.clock import EARLIEST_MS, LATEST_MS
from omnitui.desk.call import Call
from omnitui.desk.fields import check_needed, cleaned
from omnitui.letters import caseless
from omnitui.model.entitlement import (
    ENTITLEMENT_FIELDS,
    LONGEST_NAME,
    MOST_TERMS,
    Allocation,
    ChannelTerms,
    DecreaseOn,
    Entitlement,
    Terms,
    number,
    parts,
)
from omnitui.model.errors import Refused
from omnitui.model.fields import changed_by_agents
from omnitui.rules.entitlement import DAY, lasting, notice, period
from omnitui.safetext import clean_line

MOST_DAYS = 36_600
_MOST_PRODUCTS = 1_000
_TERMS = frozenset(
    "name total starts ends restrict allocation decrease_on channels products contacts".split()
)
PLAIN = tuple(f for f in changed_by_agents(ENTITLEMENT_FIELDS) if f.key not in _TERMS)
"""Fields that are not terms: nothing else depends on them."""


class Shape(Struct, frozen=True):
    """What both have in common, checked: amounts in parts, and the columns of plain fields."""

    name: str
    total: int
    channels: Mapping[str, int]
    restrict: bool
    decrease_on: DecreaseOn
    allocation: Allocation
    products: tuple[str, ...]
    plain: Mapping[str, object]

    @property
    def row(self) -> dict[str, object]:
        """The columns that both tables have."""
        return {
            **self.plain,
            "name": self.name,
            "total": self.total,
            "restricted": int(self.restrict),
            "decrease_on": self.decrease_on,
            "allocation": self.allocation,
        }


def shape(
    call: Call,
    name: str,
    total: float,
    channels: Mapping[str, float],
    restrict: bool,
    decrease_on: DecreaseOn | None,
    allocation: Allocation,
    products: Sequence[str],
    plain: Mapping[str, Any],
) -> Shape:
    """Check the given values; refuses those that are not valid.

    `plain` are given fields that have nothing to do with terms, by key.
    """
    kept = cleaned("entitlement", PLAIN, plain)
    check_needed("entitlement", PLAIN, kept)
    return Shape(
        name=name_of(name),
        total=amount("total", total),
        channels=channels_of(call, channels),
        restrict=restrict,
        decrease_on=decrease(decrease_on, allocation),
        allocation=allocation,
        products=products_of(products),
        plain={name: v.strip() if isinstance(v, str) else v for name, v in kept.items()},
    )


def name_of(given: str) -> str:
    """A name in the form that is saved."""
    name = clean_line(given).strip()
    if not name or name.isdecimal() or name.lower() == "none":
        raise Refused(
            "entitlement.name",
            f"{name!r} is not a valid name.",
            "Use at least one word, such as Gold support.",
        )
    if len(name) > LONGEST_NAME:
        raise Refused(
            "entitlement.name",
            f"The name has {len(name)} characters.",
            f"Use {LONGEST_NAME} at most; put longer text into the description.",
        )
    return name


def amount(what: str, given: float) -> int:
    """Terms in parts; `what` names them in a refusal."""
    try:
        found = parts(given)
    except ValueError as error:
        hint = "Give a number such as 15 or 7.5."
        raise Refused("entitlement.terms", f"The {what} is not valid: {error}.", hint) from None
    if found < 0:
        raise Refused(
            "entitlement.terms",
            f"A {what} of {number(found)} is below 0.",
            "Give 0 or more; on a channel 0 forbids it.",
        )
    if found > parts(MOST_TERMS):
        raise Refused("entitlement.terms", f"The {what} is larger than {MOST_TERMS:,}.")
    return found


def channels_of(call: Call, given: Mapping[str, float]) -> dict[str, int]:
    """Terms by channel in parts, each channel by its key."""
    found: dict[str, int] = {}
    for written, total in given.items():
        channel = call.channel(written.strip().lower())
        if channel.key in found:
            raise Refused("entitlement.channels", f"{channel.label} is given twice.")
        found[channel.key] = amount(f"total for {channel.label}", total)
    return found


def products_of(given: Sequence[str]) -> tuple[str, ...]:
    """Names of products, each once."""
    names = [clean_line(name).strip() for name in given]
    if not all(names):
        raise Refused("entitlement.products", "A product has no name.", "Leave it out.")
    if len(names) > _MOST_PRODUCTS:
        raise Refused("entitlement.products", f"{len(names)} products are too many.")
    return tuple({caseless(name): name for name in reversed(names)}.values())[::-1]


def decrease(given: DecreaseOn | None, allocation: Allocation) -> DecreaseOn:
    """When terms are used: hours only on resolution, cases on creation by default."""
    if allocation is not Allocation.HOURS:
        return given or DecreaseOn.CREATION
    if given is DecreaseOn.CREATION:
        raise Refused(
            "entitlement.decrease_on",
            "Hours are known only when a case is resolved, so they cannot be used on creation.",
            "Use decrease_on=resolution, or count cases.",
        )
    return DecreaseOn.RESOLUTION


def check_dates(starts: int, ends: int) -> None:
    """Refuse dates that are not valid."""
    if not (EARLIEST_MS <= starts < LATEST_MS and EARLIEST_MS < ends <= LATEST_MS):
        raise Refused("entitlement.dates", "Entitlements must be within the years 1970 to 2199.")
    if ends <= starts:
        raise Refused(
            "entitlement.dates",
            f"It would end before it starts ({period(starts, max(ends, DAY))}).",
            "Give an end after the start.",
        )


def end_after(starts: int, days: int) -> int:
    """The end of something that lasts `days` days."""
    ends = lasting(starts, days)
    check_dates(starts, ends)
    return ends


def check_days(days: int) -> int:
    """Check the length of a template's entitlements (days)."""
    if not 1 <= days <= MOST_DAYS:
        hint = f"Give 1 to {MOST_DAYS}, such as 365."
        raise Refused("entitlement.days", f"{days} days is not a valid length.", hint)
    return days


def plain_of(terms: Terms) -> dict[str, Any]:
    """The plain fields of an entitlement, by column."""
    return {field.column: getattr(terms, field.attribute) for field in PLAIN}


def shown(terms: Terms) -> Entitlement:
    """An entitlement in the form that queries return."""
    return Entitlement(
        id=terms.id,
        name=terms.name,
        customer_id=terms.customer_id,
        customer_name=terms.customer_name,
        state=terms.state,
        state_code=terms.state.code,
        starts=terms.starts,
        ends=terms.ends,
        period=period(terms.starts, terms.ends),
        total=number(terms.total),
        remaining=number(terms.left),
        held=number(terms.held),
        available=number(terms.available),
        channels={
            origin: ChannelTerms(
                number(line.total), number(line.left), number(line.held), number(line.available)
            )
            for origin, line in terms.lines.items()
        },
        restrict=terms.restrict,
        decrease_on=terms.decrease_on,
        allocation=terms.allocation,
        products=terms.products,
        contacts=terms.contacts,
        contact_names=terms.contact_names,
        **plain_of(terms),
        is_default=terms.is_default,
        template_id=terms.template_id,
        renewed_from=terms.renewed_from,
        created_at=terms.created_at,
        updated_at=terms.updated_at,
        notice=notice(terms),
    )
