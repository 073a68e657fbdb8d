"""Timelines: everything about a customer, by time."""

from enum import StrEnum

from msgspec import Struct

from omnitui.model.ids import ActivityId, AgentId, CaseId, ConversationId, CustomerId


class ActivityKind(StrEnum):
    """The kinds of activity; an event is a change of a case."""

    CALL = "call"
    MAIL = "mail"
    TASK = "task"
    NOTE = "note"
    VISIT = "visit"
    CHAT = "chat"
    CASE = "case"
    CONVERSATION = "conversation"
    MESSAGE = "message"
    EVENT = "event"


USUAL_KINDS = tuple(
    kind for kind in ActivityKind if kind not in (ActivityKind.MESSAGE, ActivityKind.EVENT)
)
"""The kinds that a timeline shows by default: a conversation stands for its messages."""

CASE_EVENTS = {
    "case.cancelled": "cancelled",
    "case.merged": "merged",
    "case.reason_set": "is",
    "case.reopened": "reopened",
    "case.resolved": "resolved",
    "case.unmerged": "unmerged",
    "conversation.case_linked": "linked to a conversation",
    "conversation.case_unlinked": "unlinked from a conversation",
    "entitlement.not_applied": "did not get its customer's default entitlement",
}
"""Journal entries that are events of a case, with words that follow its number."""


class Activity(Struct, frozen=True):
    """One thing on a timeline. `due_at`, `done_at` and the owner are for tasks (epoch ms).

    A task that is `cancelled` was over at `done_at` without having been done.

    `customer` is the customer's name where rows of several are listed. Kind and key together are
    one row's own: rows that are cases or conversations carry the negative of that record's key.
    """

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
    owner_id: AgentId | None = None
    owner: str = ""
    customer: str = ""
    cancelled: bool = False


class Missed(Struct, frozen=True):
    """What others did with a customer since an agent last looked, newest first.

    `since` (epoch ms) is None, and nothing is missed, if the agent has never looked. `more` is True
    if there is more.
    """

    since: int | None
    rows: tuple[Activity, ...] = ()
    more: bool = False
