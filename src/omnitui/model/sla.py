"""SLA targets, and their times on conversations and cases."""

from collections.abc import Mapping
from enum import StrEnum

from msgspec import Struct

from omnitui.model.ids import CalendarId, CaseId, ConversationId, TargetId


class Kpi(StrEnum):
    """What a target is about: first response or resolution."""

    FIRST_RESPONSE = "first_response"
    RESOLUTION = "resolution"


class Subject(StrEnum):
    """What a target is for."""

    CONVERSATION = "conversation"
    CASE = "case"


class Hold(StrEnum):
    """What pauses a target.

    A case waits or is snoozed while all its open conversations are; the others are its reasons.
    """

    WAITING = "waiting"
    SNOOZED = "snoozed"
    ON_HOLD = "on_hold"
    WAITING_FOR_DETAILS = "waiting_for_details"


FIELDS = ("channel", "queue", "tier", "priority")
"""The fields of conditions. Each is a list of words, one of which must match."""

PRIORITIES = ("low", "normal", "high")
"""The priority; for conversations, above 0 is high and below 0 is low."""


class SlaTarget(Struct, frozen=True):
    """A target for what matches `conditions`: times in minutes of the calendar's hours.

    Of those with the same kpi and subject the first that matches applies, to what starts at `since`
    (epoch ms) or later. Without a calendar every hour counts. An inactive one (not `active`)
    applies to nothing new.
    """

    id: TargetId
    name: str
    kpi: Kpi
    subject: Subject
    position: int
    warn_minutes: int
    fail_minutes: int
    calendar_id: CalendarId | None
    calendar: str
    conditions: Mapping[str, tuple[str, ...]]
    pauses: tuple[Hold, ...]
    since: int
    active: bool


class GivenTarget(Struct, frozen=True):
    """A target on a conversation or case; see `rules/sla.py` for its times (epoch ms)."""

    id: int
    target_id: TargetId | None
    name: str
    kpi: Kpi
    conversation_id: ConversationId | None
    case_id: CaseId | None
    calendar_id: CalendarId | None
    started_at: int
    warn_at: int
    fail_at: int
    paused_at: int | None = None
    kept_at: int | None = None
    cancelled_at: int | None = None
    holds: tuple[tuple[int, int], ...] = ()


class Standing(Struct, frozen=True):
    """The status of a target. `remaining_ms` is business time, below zero by how much is overdue.

    `sentence` says it for people.
    """

    name: str
    kpi: Kpi
    subject: Subject
    status: str
    remaining_ms: int
    sentence: str
    started_at: int
    warn_at: int
    fail_at: int
    paused_at: int | None
    kept_at: int | None
    cancelled_at: int | None
