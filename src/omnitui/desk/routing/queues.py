"""Queues: when they are served, who works them, how an agent is chosen, and what overflows."""

from dataclasses import asdict
from typing import Any

from omnitui.desk import thread
from omnitui.desk.call import Call
from omnitui.desk.handing import leaving
from omnitui.desk.registry import command, query
from omnitui.desk.retired import in_use
from omnitui.desk.routing import assign as assigning
from omnitui.desk.routing import overflow_rules
from omnitui.model.actor import Permission
from omnitui.model.errors import Refused
from omnitui.model.ids import AgentId, CalendarId, QueueId
from omnitui.rules.routing import Assign, Match
from omnitui.safetext import clean_line
from omnitui.store.retired import every as gone_items
from omnitui.store.routing import calendars, queues


@command("queue.create", Permission.ADMINISTER)
def create(
    call: Call,
    name: str,
    priority: int = 100,
    assign: Assign = Assign.HIGHEST_CAPACITY,
    match: Match = Match.EXACT,
    hours: str = "",
    overflow: list[dict[str, Any]] | None = None,
) -> dict[str, object]:
    """Add a queue. Lower priority numbers are served first.

    `assign` says who comes first of those who fit, `match` how skills count, `hours` the calendar
    of its business hours (none: always open). `overflow` are rules, the first that applies counts:
    `{"when": "closed|waiting_items|waiting_minutes", "above": 20, "do": "queue|end|assign_anyway",
    "to": "Billing", "say": "what the customer is told"}`.
    """
    title = _free_name(call, name)
    row: dict[str, Any] = {
        "priority": priority,
        "assign": assign,
        "match": match,
        "calendar_id": _calendar(call, hours),
        "overflow": queues.written(overflow_rules.understood(call, overflow or (), title)),
    }
    key = queues.add(call.store, title, row)
    call.journal("queue.created", queue=key, name=title)
    return shown(call, key)


@command("queue.update", Permission.ADMINISTER)
def update(
    call: Call,
    queue: QueueId,
    name: str | None = None,
    priority: int | None = None,
    assign: Assign | None = None,
    match: Match | None = None,
    hours: str | None = None,
    overflow: list[dict[str, Any]] | None = None,
) -> dict[str, object]:
    """Change a queue; what is not named stays. What waits there is looked at again.

    `hours=` with nothing after it makes the queue always open, `overflow=[]` takes its rules away.
    """
    given: dict[str, Any] = {"priority": priority, "assign": assign, "match": match}
    row = {column: value for column, value in given.items() if value is not None}
    if name is not None:
        row["name"] = _free_name(call, name, but=queue)
    if hours is not None:
        row["calendar_id"] = _calendar(call, hours)
    if overflow is not None:
        own = row.get("name", queues.name_of(call.store, queue))
        row["overflow"] = queues.written(overflow_rules.understood(call, overflow, own))
    if not row:
        raise Refused(
            "queue.nothing",
            "Nothing to change was named.",
            "Give name, priority, assign, match, hours or overflow.",
        )
    queues.change(call.store, queue, row)
    call.journal("queue.updated", queue=queue, fields=sorted(row))
    if row.keys() & {"assign", "match"}:
        for key in queues.open_items(call.store, queue):
            assigning.route(call, thread.get(call, key))
    return shown(call, queue)


def shown(call: Call, queue: int) -> dict[str, object]:
    """A queue as commands return it: with the names of its hours and of where it overflows to."""
    found = queues.get(call.store, queue)
    calendar = None if found.calendar_id is None else calendars.get(call.store, found.calendar_id)
    rules = [
        {
            "when": rule.when,
            "above": rule.above,
            "do": rule.do,
            "to": queues.name_of(call.store, rule.to),
            "say": rule.say,
        }
        for rule in found.overflow
    ]
    return {**asdict(found), "hours": calendar.name if calendar else "", "overflow": rules}


def _free_name(call: Call, given: str, but: int | None = None) -> str:
    name = clean_line(given).strip()
    if not name or name.isdecimal():
        raise Refused("queue.name", f"{name!r} is not a name for a queue.")
    if queues.by_name(call.store, name) not in (None, but):
        raise Refused("queue.exists", f"There is a queue {name} already.")
    return name


def _calendar(call: Call, hours: str) -> CalendarId | None:
    name = clean_line(hours).strip()
    if not name:
        return None
    found = calendars.by_name(call.store, name)
    if found is None or not in_use(call, "calendar", found):
        raise Refused(
            "calendar.unknown",
            f"There is no calendar {name!r}.",
            "`calendar.list` shows those there are.",
        )
    return found


@command("queue.add_member", Permission.ADMINISTER)
def add_member(call: Call, queue: QueueId, agent: AgentId) -> dict[str, object]:
    """Let an agent work a queue; what waits there is offered to them if they are free."""
    if not queues.add_member(call.store, queue, agent):
        raise Refused("queue.member", "They are a member of this queue already.")
    call.journal("queue.member_added", queue=queue, agent=agent)
    assigning.fill(call, agent)
    return {"queue": queue, "agent": agent}


@command("queue.remove_member", Permission.ADMINISTER)
def remove_member(call: Call, queue: QueueId, agent: AgentId) -> dict[str, object]:
    """Let an agent work a queue no longer. What they have in hand stays with them.

    What rings at them from there goes on to others.
    """
    if not queues.remove_member(call.store, queue, agent):
        raise Refused("queue.no_member", "They are no member of this queue.")
    call.journal("queue.member_removed", queue=queue, agent=agent)
    leaving.out_of_queue(call, agent, queue)
    return {"queue": queue, "agent": agent}


@query("queue.list")
def list_(call: Call, retired: bool = False) -> list[dict[str, object]]:
    """All queues by priority, with their members and how many conversations are open there.

    With `retired` those that are retired instead.
    """
    gone = gone_items(call.store, "queue")
    return [
        shown(call, queue.id)
        for queue in queues.every(call.store)
        if (str(queue.id) in gone) is retired
    ]


@query("queue.get")
def get(call: Call, queue: QueueId) -> dict[str, object]:
    """One queue."""
    return shown(call, queue)
