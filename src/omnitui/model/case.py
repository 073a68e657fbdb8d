"""Cases: customers' problems, separate from the conversations about them."""

from enum import StrEnum

from msgspec import Struct

from omnitui.model.fields import By, Field, Letters, Takes
from omnitui.model.ids import AgentId, CaseId, CustomerId, EntitlementId


class CaseStatus(StrEnum):
    """The status of a case; each has its status reasons."""

    ACTIVE = "active"
    RESOLVED = "resolved"
    CANCELLED = "cancelled"


class CaseReason(StrEnum):
    """The status reason of a case. The values are permanent; `label` is for people."""

    IN_PROGRESS = "in_progress"
    ON_HOLD = "on_hold"
    WAITING_FOR_DETAILS = "waiting_for_details"
    RESEARCHING = "researching"
    PROBLEM_SOLVED = "problem_solved"
    INFORMATION_PROVIDED = "information_provided"
    CANCELLED = "cancelled"
    MERGED = "merged"

    @property
    def label(self) -> str:
        """The words for people, e.g. `on hold`."""
        return self.value.replace("_", " ")


class CasePriority(StrEnum):
    """The priority of a case."""

    LOW = "low"
    NORMAL = "normal"
    HIGH = "high"


class CaseSort(StrEnum):
    """The order of a list of cases: newest, last changed, or highest priority first."""

    NEWEST = "newest"
    CHANGED = "changed"
    PRESSING = "pressing"


class Case(Struct, frozen=True):
    """One case. `number` is `CAS-00042`; `origin` is the key of its channel.

    `contact_id` is a person who asks on the customer's behalf. A case with `do_not_decrement` uses
    none of its entitlement's terms. `minutes` are billable time. A merged one has the survivor in
    `merged_into`.
    """

    id: CaseId
    number: str
    title: str
    customer_id: CustomerId
    origin: str
    status: CaseStatus = CaseStatus.ACTIVE
    reason: CaseReason = CaseReason.IN_PROGRESS
    priority: CasePriority = CasePriority.NORMAL
    description: str = ""
    product: str = ""
    owner_id: AgentId | None = None
    owner_name: str = ""
    created_at: int = 0
    updated_at: int = 0
    resolved_at: int | None = None
    resolution: str = ""
    minutes: int | None = None
    entitlement_id: EntitlementId | None = None
    entitlement_name: str = ""
    contact_id: CustomerId | None = None
    contact_name: str = ""
    parent_id: CaseId | None = None
    parent_number: str = ""
    merged_into: CaseId | None = None
    merged_number: str = ""
    do_not_decrement: bool = False


class OpenTasks(StrEnum):
    """What happens to the open tasks of a case that ends."""

    KEEP = "keep"
    CANCEL = "cancel"


# A table is read by its rows, so a field stands in a line or two.
# fmt: off
CASE_FIELDS = (
    Field("title", "Title", "a short title; needed for a new case",
          also=("subject",), needs="Give a short title.", clears=False, place=0),
    Field("reason", "Status", "status reason; the default of its status if empty",
          Takes.CHOICE, CaseReason, place=0),
    Field("priority", "Priority", "the priority; normal for a new case", Takes.CHOICE,
          CasePriority, default=CasePriority.NORMAL, place=0),
    Field("product", "Product", "the product", place=10),
    Field("origin", "Origin", "the key of the channel; needed for a new case",
          letters=Letters.EXACT, names="channel", clears=False, place=0),
    Field("owner", "Owner", "an agent's login", column="owner_id", letters=Letters.EXACT,
          also=("agent", "assigned to", "assignee"), names="agent", place=0),
    Field("contact", "Contact", "who asks for the customer, written as `customer`",
          column="contact_id", letters=Letters.NAME, names="customer", form=False, place=0),
    Field("entitlement", "Entitlement", "the name of one of the customer's; default: none",
          column="entitlement_id", names="entitlement", place=0),
    Field("do_not_decrement", "Uses no terms", "whether it uses no terms", Takes.FLAG,
          default=False, column="exempt", attribute="do_not_decrement", clears=False, form=False,
          place=0),
    Field("description", "Description", "the description", Takes.TEXT, place=0),
    Field("status", "Status", "active for a new case", Takes.CHOICE, CaseStatus, by=By.OTHERWISE),
    Field("parent", "Parent", "the number of the parent case", column="parent_id",
          letters=Letters.EXACT, names="case", by=By.OTHERWISE),
    Field("merged_into", "Merged into", "the number of the case into which it was merged",
          letters=Letters.EXACT, names="case", by=By.OTHERWISE),
    Field("resolution", "Resolution", "the resolution, or the reason for cancelling", Takes.TEXT,
          by=By.OTHERWISE),
    Field("minutes", "Minutes", "billable time of a resolved case", Takes.WHOLE, by=By.OTHERWISE),
    Field("created", "Created", "default: now", Takes.MOMENT, column="created_at",
          also=("created at", "created on", "date created"), by=By.OTHERWISE),
    Field("updated", "Updated", "when it last changed; default: now", Takes.MOMENT,
          column="updated_at", also=("updated at", "updated on", "last updated"), by=By.OTHERWISE),
    Field("resolved", "Resolved", "when it was resolved or cancelled", Takes.MOMENT,
          column="resolved_at", also=("resolved at", "resolved on"), by=By.OTHERWISE),
)
# fmt: on
"""Its fields, in the order of forms."""
