"""Queues: where items wait for an agent, their order, and overflow."""

from enum import StrEnum

from msgspec import Struct

from omnitui.model.ids import CalendarId, QueueId


class OverflowWhen(StrEnum):
    """What an overflow rule checks."""

    CLOSED = "closed"
    WAITING_ITEMS = "waiting_items"
    WAITING_MINUTES = "waiting_minutes"


class OverflowDo(StrEnum):
    """What an overflow rule does: send to another queue, end, or keep in the queue."""

    QUEUE = "queue"
    END = "end"
    ASSIGN_ANYWAY = "assign_anyway"


class OverflowRule(Struct, frozen=True):
    """One rule of a queue.

    `above` is the limit of items or minutes; a rule for closed hours has none. `to` is the queue
    for `OverflowDo.QUEUE`. `say` is the notice to the customer, if any.
    """

    when: OverflowWhen
    do: OverflowDo
    above: int = 0
    to: QueueId | None = None
    say: str = ""


class Queue(Struct, frozen=True):
    """One queue; lower `priority` numbers are served first.

    `assign` and `match` are the words of `rules.routing`. `calendar_id` None means that it is
    always open. `calls_per_hour` is how many calls are expected, so that members stay free for
    them. The `fallback` takes what comes on channels without a work stream and matches no rule.
    `members` and `open` are counts: of agents, and of items that nobody has.
    """

    id: QueueId
    name: str
    priority: int = 100
    assign: str = "highest_capacity"
    match: str = "exact"
    calendar_id: CalendarId | None = None
    overflow: tuple[OverflowRule, ...] = ()
    calls_per_hour: int = 0
    fallback: bool = False
    members: int = 0
    open: int = 0
