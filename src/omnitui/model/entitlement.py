"""Entitlements: how much support a customer has, on which channels, and for how long.

Terms are cases or hours with two decimals. They are counted in parts, in which both a hundredth and
a minute of an hour are whole, so that sums are exact; people and scripts read them as numbers,
rounded to two decimals.
"""

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from enum import StrEnum

from msgspec import Struct, field

from omnitui.model.fields import By, Field, Letters, Takes
from omnitui.model.ids import CustomerId, EntitlementId, TemplateId

WHOLE = 300
"""One case or one hour, in parts."""
PER_MINUTE = WHOLE // 60
"""One minute of an hour, in parts."""
_PER_HUNDREDTH = WHOLE // 100
MOST_TERMS = 10**9
"""The largest total (cases or hours)."""
LONGEST_NAME = 100

Number = int | float


class EntitlementState(StrEnum):
    """The five states. Only an active entitlement can be used for a case."""

    DRAFT = "draft"
    WAITING = "waiting"
    ACTIVE = "active"
    EXPIRED = "expired"
    CANCELLED = "cancelled"

    @property
    def code(self) -> int:
        """The number of the state in other systems."""
        return _CODES[self]


_CODES = {
    EntitlementState.DRAFT: 0,
    EntitlementState.ACTIVE: 1,
    EntitlementState.CANCELLED: 2,
    EntitlementState.EXPIRED: 3,
    EntitlementState.WAITING: 4,
}


class DecreaseOn(StrEnum):
    """When a case uses terms."""

    CREATION = "creation"
    RESOLUTION = "resolution"


class Allocation(StrEnum):
    """What terms are: cases, or hours of billable time."""

    CASES = "cases"
    HOURS = "hours"


def number(counted: int) -> Number:
    """Terms as people and scripts read them: 4500 parts are 15, 150 are 0.5, 100 are 0.33."""
    whole, rest = divmod(counted, WHOLE)
    return round(counted / WHOLE, 2) if rest else whole


def parts(given: Number) -> int:
    """Terms as they are counted; raises ValueError for what two digits cannot say."""
    try:
        exact = Decimal(str(given)) * 100
    except InvalidOperation:
        raise ValueError(f"{given!r} is not a number") from None
    if not exact.is_finite() or exact != exact.to_integral_value():
        raise ValueError(f"{given} has more than two digits after the point")
    return int(exact) * _PER_HUNDREDTH


class Line(Struct, frozen=True):
    """The terms of one channel, in parts. A total of 0 forbids the channel.

    `held` is reserved by open cases for their resolution; it is not used yet, and not available.
    """

    total: int
    used: int = 0
    held: int = 0

    @property
    def left(self) -> int:
        """What is left; below zero by how much more was used."""
        return self.total - self.used

    @property
    def available(self) -> int:
        """What another case can take: what is left and not reserved."""
        return self.left - self.held


class Terms(Struct, frozen=True):
    """An entitlement as the rules count with it: amounts in parts, times in epoch ms.

    It lasts from `starts` until before `ends`. `lines` are the listed channels, by key; all others
    are limited by the total only. No `products` or `contacts` means all of them.
    """

    id: EntitlementId
    name: str
    customer_id: CustomerId
    customer_name: str
    state: EntitlementState
    starts: int
    ends: int
    total: int
    used: int = 0
    restrict: bool = False
    decrease_on: DecreaseOn = DecreaseOn.CREATION
    allocation: Allocation = Allocation.CASES
    description: str = ""
    is_default: bool = False
    template_id: TemplateId | None = None
    renewed_from: EntitlementId | None = None
    created_at: int = 0
    updated_at: int = 0
    held: int = 0
    lines: Mapping[str, Line] = field(default_factory=dict)
    products: tuple[str, ...] = ()
    contacts: tuple[CustomerId, ...] = ()
    contact_names: tuple[str, ...] = ()

    @property
    def left(self) -> int:
        """What is left; below zero by how much more was used."""
        return self.total - self.used

    @property
    def available(self) -> int:
        """What another case can take: what is left and not reserved."""
        return self.left - self.held

    @property
    def held_by_each(self) -> int:
        """What an open case reserves until it is resolved.

        If cases are counted on resolution and terms are restricted it reserves one from the start,
        so that resolving is never refused. The hours of an open case are not known, so hours are
        not reserved.
        """
        later = self.decrease_on is DecreaseOn.RESOLUTION
        return WHOLE if self.restrict and later and self.allocation is Allocation.CASES else 0


class ChannelTerms(Struct, frozen=True):
    """The terms on one channel, in cases or hours; `remaining` may be below zero.

    `held` is reserved by open cases; `available` is what remains besides it.
    """

    total: Number
    remaining: Number
    held: Number
    available: Number


class Entitlement(Struct, frozen=True):
    """An entitlement as it is shown: amounts in cases or hours, times in epoch ms.

    `remaining` is the total without what was used; `held` of it is kept for open cases until they
    are resolved, and `available` is what another case can take. `period` says its first and last
    day. `channels` lists the channels with terms of their own.
    `notice` is what is worth saying about its terms, and may be empty.
    """

    id: EntitlementId
    name: str
    customer_id: CustomerId
    customer_name: str
    state: EntitlementState
    state_code: int
    starts: int
    ends: int
    period: str
    total: Number
    remaining: Number
    held: Number
    available: Number
    channels: Mapping[str, ChannelTerms]
    restrict: bool
    decrease_on: DecreaseOn
    allocation: Allocation
    products: tuple[str, ...]
    contacts: tuple[CustomerId, ...]
    contact_names: tuple[str, ...]
    description: str
    is_default: bool
    template_id: TemplateId | None
    renewed_from: EntitlementId | None
    created_at: int
    updated_at: int
    notice: str


class EntitlementTemplate(Struct, frozen=True):
    """The template of new entitlements; `days` is how long they last."""

    id: TemplateId
    name: str
    days: int
    total: Number
    channels: Mapping[str, Number]
    restrict: bool
    decrease_on: DecreaseOn
    allocation: Allocation
    products: tuple[str, ...]
    description: str
    notice: str = ""


class EntitlementOption(Struct, frozen=True):
    """One entitlement of a customer, whether a case can use it, and why not.

    `remaining` is what the total has left, `channel_remaining` the channel's own terms (None if the
    channel is not listed); `held` and `channel_held` of it are reserved by other open cases.
    `code`, `why` and `hint` are the refusal; empty if usable.
    """

    id: EntitlementId
    name: str
    state: EntitlementState
    period: str
    is_default: bool
    allocation: Allocation
    usable: bool
    total: Number
    remaining: Number
    held: Number
    channel_remaining: Number | None
    channel_held: Number
    code: str = ""
    why: str = ""
    hint: str = ""


class ChannelAllowance(Struct, frozen=True):
    """What an entitlement allows on one channel; `total` and `remaining` None if not listed.

    `held` is reserved by open cases of the channel. `says` is a sentence for people.
    """

    origin: str
    label: str
    allowed: bool
    total: Number | None
    remaining: Number | None
    held: Number | None
    says: str


class ActionOption(Struct, frozen=True):
    """An action on an entitlement, or why the caller cannot take it now.

    `action` is a command's verb, such as `activate`.
    """

    action: str
    allowed: bool
    code: str = ""
    why: str = ""
    hint: str = ""


class TermsUsed(Struct, frozen=True):
    """An entry of the ledger: a case used terms (`amount` above zero) or returned them."""

    id: int
    at: int
    entitlement_id: EntitlementId
    case_id: int
    case_number: str
    origin: str
    amount: Number


# A table is read by its rows, so a field stands in a line or two.
# fmt: off
ENTITLEMENT_FIELDS = (
    Field("name", "Name", "the name; always needed", most=LONGEST_NAME,
          also=("full name", "display name"), clears=False, place=0),
    Field("total", "Total", "cases or hours; needed for a new one", Takes.AMOUNT, most=20, place=0),
    Field("starts", "First day", "the first day; needed for a new one", Takes.MOMENT, most=30,
          also=("start", "start date", "starts on", "valid from"), place=0),
    Field("ends", "Last day", "the last day, included; needed for a new one", Takes.UNTIL, most=30,
          also=("end", "end date", "ends on", "valid until"), place=0),
    Field("restrict", "Restricted", "whether cases are refused at the limit", Takes.FLAG,
          column="restricted", attribute="restrict", place=0),
    Field("allocation", "Counts", "what is counted", Takes.CHOICE, Allocation, place=0),
    Field("decrease_on", "Used on", "when a case uses terms", Takes.CHOICE, DecreaseOn, place=0),
    Field("channels", "Channels", 'terms by origin, such as {"chat": 10, "phone": 0}',
          Takes.AMOUNTS, place=0),
    Field("products", "Products", "the products, one a line; all if empty", Takes.LINES,
          place=0),
    Field("contacts", "Contacts", "who may use it, one a line, written as `customer`", Takes.LINES,
          letters=Letters.NAME, names="customer", place=0),
    Field("description", "Description", "the description", Takes.TEXT),
    Field("state", "State", "draft or cancelled; otherwise its dates decide", Takes.CHOICE,
          EntitlementState, by=By.OTHERWISE),
    Field("default", "Default", "whether new cases get it", Takes.FLAG, column="is_default",
          clears=False, by=By.OTHERWISE),
)
# fmt: on
"""Its fields, in the order of forms."""
