"""What happened with a customer, whatever it was and wherever it is kept."""

from dataclasses import dataclass
from enum import StrEnum

from omnitui.model.ids import ActivityId, CaseId, ConversationId, CustomerId


class ActivityKind(StrEnum):
    """The kinds of thing a timeline shows."""

    CALL = "call"
    MAIL = "mail"
    TASK = "task"
    NOTE = "note"
    VISIT = "visit"
    CHAT = "chat"
    CASE = "case"
    CONVERSATION = "conversation"


@dataclass(frozen=True, slots=True)
class Activity:
    """One thing on a timeline. `due_at` and `done_at` are for tasks (epoch ms)."""

    id: ActivityId
    customer_id: CustomerId
    kind: ActivityKind
    at: int
    title: str
    body: str = ""
    author: str = ""
    case_id: CaseId | None = None
    case_number: str = ""
    conversation_id: ConversationId | None = None
    due_at: int | None = None
    done_at: int | None = None
