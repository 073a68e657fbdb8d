"""Cases: what a customer needs solved, apart from the conversations about it."""

from enum import StrEnum

from msgspec import Struct

from omnitui.model.ids import AgentId, CaseId, CustomerId, EntitlementId


class CaseStatus(StrEnum):
    """The three families every case reason belongs to."""

    ACTIVE = "active"
    RESOLVED = "resolved"
    CANCELLED = "cancelled"


class CaseReason(StrEnum):
    """How a case stands within its status. The values are permanent; `label` is for people."""

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
    """How pressing a case is."""

    LOW = "low"
    NORMAL = "normal"
    HIGH = "high"


class CaseSort(StrEnum):
    """What a list of cases begins with: the newest, the last changed, or the most pressing."""

    NEWEST = "newest"
    CHANGED = "changed"
    PRESSING = "pressing"


class Case(Struct, frozen=True):
    """One case. `number` is `CAS-00042`; `origin` is the key of the channel it came on.

    `contact_id` is who asks on the customer's behalf. A case with `do_not_decrement` uses none of
    its entitlement's terms. `minutes` are billable time. One that was merged names, in
    `merged_into`, the case that has everything of it now.
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
    """What becomes of the open tasks of a case that comes to its end."""

    KEEP = "keep"
    CANCEL = "cancel"
