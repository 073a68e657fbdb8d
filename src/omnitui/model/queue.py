"""Queues: where items wait for an agent, in which order, and what happens when too many do."""

from enum import StrEnum

from msgspec import Struct

from omnitui.model.ids import CalendarId, QueueId


class OverflowWhen(StrEnum):
    """What an overflow rule looks at."""

    CLOSED = "closed"
    WAITING_ITEMS = "waiting_items"
    WAITING_MINUTES = "waiting_minutes"


class OverflowDo(StrEnum):
    """What an overflow rule does: send to another queue, end, or let it wait all the same."""

    QUEUE = "queue"
    END = "end"
    ASSIGN_ANYWAY = "assign_anyway"


class OverflowRule(Struct, frozen=True):
    """One rule of a queue.

    `above` is how many items, or how many minutes, are too many; a rule for closed hours has none.
    `to` is the queue that `OverflowDo.QUEUE` sends to. `say` is told to the customer, if anything.
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
