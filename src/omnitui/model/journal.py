"""The journal: every change, in order, appended in the same transaction as the change."""

from typing import Any

from msgspec import Struct, field

from omnitui.model.actor import ActorKind


class Entry(Struct, frozen=True):
    """One fact. `seq` orders them across all processes; `kind` is `area.past_tense`."""

    seq: int
    at: int
    kind: str
    actor_kind: ActorKind
    actor_id: int
    actor_name: str
    conversation_id: int | None = None
    customer_id: int | None = None
    case_id: int | None = None
    payload: dict[str, Any] = field(default_factory=dict)

    def is_about(self, customer: int) -> bool:
        """Whether it is about a customer, also as one who was merged."""
        joined = self.kind == "customer.merged" and self.payload.get("merged") == customer
        return joined or self.customer_id == customer

    def renames(self, customer: int) -> bool:
        """Whether it can change who an address identifies: by fields, addresses or merges."""
        return self.kind.startswith("customer.") and self.is_about(customer)
