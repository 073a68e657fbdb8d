"""The tables of `company/`: the people and queues of a demonstration or of a first day.

    agents.toml         [[agent]] login, name, capacity, calls_first, queues, languages,
                        skills = {router = 3}
    queues.toml         [[queue]] name, priority, assign, match, hours, calls_per_hour, fallback,
                        with [[queue.overflow]]
    customers/*.toml    [[customer]] with [[customer.address]], .case and .activity

Days are counted back from the day a store is filled, so that a demonstration is never stale.
"""

from datetime import date
from typing import Annotated, Any, Literal

from msgspec import Meta

from omnitui.datafiles.decode import Strict
from omnitui.model.case import CasePriority, CaseReason, CaseStatus
from omnitui.model.customer import Tier
from omnitui.model.queue import OverflowDo, OverflowWhen
from omnitui.rules.routing import Assign, Match

Text = Annotated[str, Meta(min_length=1)]
Count = Annotated[int, Meta(ge=0)]
Level = Annotated[int, Meta(ge=1, le=10)]
CUSTOMER = "customer"
"""The author of the customer's lines; every other author is an agent's login."""


class AgentRow(Strict, frozen=True, kw_only=True):
    """One agent; `capacity` in units. One who takes `calls_first` gets other work only when nobody
    else fits."""

    login: Text
    name: Text
    capacity: Count = 100
    calls_first: bool = False
    queues: list[str] = []
    languages: list[str] = []
    skills: dict[str, Level] = {}


class OverflowRow(Strict, frozen=True, kw_only=True):
    """What a queue does when it is closed or full, or an item waits too long; `to` is a queue."""

    when: OverflowWhen
    do: OverflowDo
    above: int | None = None
    to: str = ""
    say: str = ""


class QueueRow(Strict, frozen=True, kw_only=True):
    """One queue; lower priority numbers are served first, `hours` names a calendar.

    `calls_per_hour` are expected, the `fallback` is for what nothing else sends anywhere.
    """

    name: Text
    priority: int = 100
    assign: Assign = Assign.HIGHEST_CAPACITY
    match: Match = Match.EXACT
    hours: str = ""
    calls_per_hour: Annotated[int, Meta(ge=0, le=1_000)] = 0
    fallback: bool = False
    overflow: list[OverflowRow] = []

    @property
    def rules(self) -> list[dict[str, Any]]:
        """The overflow rules as the desk takes them."""
        return [
            {name: getattr(row, name) for name in row.__struct_fields__} for row in self.overflow
        ]


class AddressRow(Strict, frozen=True, kw_only=True):
    """Where a customer can be reached on a channel."""

    channel: str
    value: Text


class CaseRow(Strict, frozen=True, kw_only=True):
    """One case. The store assigns its number; activities of this customer refer to it by `key`.

    `reason` is the status reason, by default the default of its status.
    """

    key: Text
    title: Text
    status: CaseStatus = CaseStatus.ACTIVE
    reason: CaseReason | None = None
    priority: CasePriority = CasePriority.NORMAL
    origin: str
    product: str = ""
    opened_days_ago: Count
    closed_days_ago: Count | None = None
    resolution: str = ""
    minutes: Count | None = None
    description: str = ""


class ActivityRow(Strict, frozen=True, kw_only=True):
    """One activity on a timeline; `at` is HH:MM. `lines` is a chat: speaker and text."""

    kind: Literal["call", "mail", "task", "note", "visit", "chat"]
    days_ago: Count
    at: str
    title: Text
    body: str = ""
    author: str = CUSTOMER
    case: str = ""
    due_in_days: int | None = None
    done: bool = False
    lines: list[tuple[Literal["customer", "agent", "bot"], str]] = []


class CustomerRow(Strict, frozen=True, kw_only=True):
    """One customer with everything that is known."""

    name: Text
    company: str = ""
    account: str = ""
    tier: Tier = Tier.BRONZE
    language: str = "en"
    city: str = ""
    since: date | None = None
    device: str = ""
    plan: str = ""
    notes: str = ""
    address: list[AddressRow] = []
    case: list[CaseRow] = []
    activity: list[ActivityRow] = []


class AgentFile(Strict, frozen=True, kw_only=True):
    """`agents.toml`."""

    agent: list[AgentRow]


class QueueFile(Strict, frozen=True, kw_only=True):
    """`queues.toml`."""

    queue: list[QueueRow]


class CustomerFile(Strict, frozen=True, kw_only=True):
    """One file of `customers/`."""

    customer: list[CustomerRow]
