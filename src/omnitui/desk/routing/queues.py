"""Queues: priority, members, assignment method, business hours and overflow."""

from typing import Any

from msgspec.structs import asdict

from omnitui.desk import thread
from omnitui.desk.call import Call
from omnitui.desk.convert import Name
from omnitui.desk.named import own_name
from omnitui.desk.registry import command, query
from omnitui.desk.retired import in_use, refused, those
from omnitui.desk.routing import assign as assigning
from omnitui.desk.routing import people, rule_parts
from omnitui.desk.transfers import leaving
from omnitui.model.actor import Permission
from omnitui.model.errors import Refused
from omnitui.model.ids import AgentId, CalendarId, QueueId
from omnitui.model.queue import Queue
from omnitui.rules.routing import Assign, Match, agents_for_calls
from omnitui.safetext import clean_line
from omnitui.store.routing import calendars, declines, queues

_MOST_CALLS = 1_000


@command("queue.create", Permission.ADMINISTER)
def create(
    call: Call,
    name: Name,
    priority: int = 100,
    assign: Assign = Assign.HIGHEST_CAPACITY,
    match: Match = Match.EXACT,
    hours: str = "",
    overflow: list[dict[str, Any]] | None = None,
    calls_per_hour: int = 0,
    fallback: bool = False,
) -> dict[str, object]:
    """Add a queue. Lower priority numbers are served first.

    `assign` decides which of the fitting agents comes first, `match` how skills count, `hours` is
    the calendar of its business hours (none: always open). `overflow` are rules, of which the first
    that applies counts: `{"when": "closed|waiting_items|waiting_minutes", "above": 20, "do":
    "queue|end|assign_anyway", "to": "Billing", "say": "the notice to the customer"}`. For expected
    `calls_per_hour`, enough members are kept free for them. The `fallback` gets items on channels
    without a work stream that match no rule; there is only one.
    """
    title = _free_name(call, name)
    row: dict[str, Any] = {
        "priority": priority,
        "assign": assign,
        "match": match,
        "calendar_id": _calendar(call, hours),
        "overflow": queues.written(rule_parts.understood(call, overflow or (), title)),
        "calls_per_hour": _calls(calls_per_hour),
    }
    key = queues.add(call.store, title, row)
    if fallback:
        queues.make_fallback(call.store, key)
    call.journal("queue.created", queue=key, name=title)
    return shown(call, key)


@command("queue.update", Permission.ADMINISTER)
def update(
    call: Call,
    queue: QueueId,
    name: Name | None = None,
    priority: int | None = None,
    assign: Assign | None = None,
    match: Match | None = None,
    hours: str | None = None,
    overflow: list[dict[str, Any]] | None = None,
    calls_per_hour: int | None = None,
    fallback: bool | None = None,
) -> dict[str, object]:
    """Change a queue. What waits there is routed again.

    `hours=` with an empty value makes the queue always open, `overflow=[]` removes its rules.
    """
    given: dict[str, Any] = {"priority": priority, "assign": assign, "match": match}
    row = {column: value for column, value in given.items() if value is not None}
    if name is not None:
        row["name"] = _free_name(call, name, but=queue)
    if hours is not None:
        row["calendar_id"] = _calendar(call, hours)
    if overflow is not None:
        own = row.get("name", queues.name_of(call.store, queue))
        row["overflow"] = queues.written(rule_parts.understood(call, overflow, own))
    if calls_per_hour is not None:
        row["calls_per_hour"] = _calls(calls_per_hour)
    if fallback is not None:
        _change_fallback(call, queue, fallback)
        row["fallback"] = int(fallback)
    if not row:
        raise Refused(
            "queue.nothing",
            "Nothing to change.",
            "Give name, priority, assign, match, hours, overflow, calls_per_hour or fallback.",
        )
    queues.change(call.store, queue, row)
    call.journal("queue.updated", queue=queue, fields=sorted(row))
    if row.keys() & {"assign", "match", "calendar_id"}:
        for key in queues.open_items(call.store, queue):
            assigning.route(call, thread.get(call, key))
    if "calls_per_hour" in row:
        assigning.everybody(call)
    return shown(call, queue)


def _calls(per_hour: int) -> int:
    if not 0 <= per_hour <= _MOST_CALLS:
        raise Refused(
            "queue.calls_per_hour",
            f"{per_hour} is not a valid number of calls an hour.",
            f"Give 0 to {_MOST_CALLS:,}.",
        )
    return per_hour


def _change_fallback(call: Call, queue: QueueId, fallback: bool) -> None:
    if fallback:
        queues.make_fallback(call.store, queue)
    elif queues.get(call.store, queue).fallback:
        raise Refused(
            "queue.fallback",
            f"{queues.name_of(call.store, queue)} is the fallback queue, which is always needed.",
            "Make another queue the fallback instead.",
        )


def refuse_without(call: Call, queue: QueueId) -> None:
    """Refuse to remove a queue that is a fallback."""
    found, streams = queues.get(call.store, queue), queues.falls_back_on(call.store, queue)
    if streams:
        raise Refused(
            "queue.fallback",
            f"{found.name} is the fallback queue of {' and '.join(streams)}.",
            "Give them another queue first: workstream.update with queue.",
        )
    if found.fallback:
        raise Refused(
            "queue.fallback",
            f"{found.name} is the queue of channels without a work stream.",
            "Make another queue the fallback first: queue.update with fallback=yes.",
        )


def shown(call: Call, queue: int) -> dict[str, object]:
    """A queue in the form that commands return: with the names of its hours and overflow queues.

    `for_calls` is how many members answer calls or are kept free for them, `kept_free` the members
    kept free now.
    """
    return _shown(call, queues.get(call.store, queue))


def _shown(call: Call, found: Queue) -> dict[str, object]:
    calendar = None if found.calendar_id is None else calendars.get(call.store, found.calendar_id)
    kept = people.reserved_for(call) if found.calls_per_hour else {}
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
    return {
        **asdict(found),
        "hours": calendar.name if calendar else "",
        "overflow": rules,
        "for_calls": agents_for_calls(found.calls_per_hour, call.settings.call_minutes),
        "kept_free": [login for login, name in kept.items() if name == found.name],
    }


def _free_name(call: Call, given: str, but: int | None = None) -> str:
    known = {one.name: one.id for one in queues.every(call.store)}
    return own_name(call, "queue", "a queue", given, known, but=but)


def _calendar(call: Call, hours: str) -> CalendarId | None:
    name = clean_line(hours).strip()
    if not name:
        return None
    found = calendars.by_name(call.store, name)
    if found is not None and not in_use(call, "calendar", found):
        raise refused(call, "calendar", found)
    if found is None:
        raise Refused(
            "calendar.unknown",
            f"There is no calendar {name!r}.",
            "`calendar.list` shows the existing ones.",
        )
    return found


@command("queue.add_member", Permission.ADMINISTER)
def add_member(call: Call, queue: QueueId, agent: AgentId) -> dict[str, object]:
    """Add a member to a queue; what waits there is offered to them if they are free."""
    if not queues.add_member(call.store, queue, agent):
        raise Refused("queue.member", "They are a member of this queue already.")
    call.journal("queue.member_added", queue=queue, agent=agent)
    declines.lift(call.store, agent)
    assigning.fill(call, agent)
    return {"queue": queue, "agent": agent}


@command("queue.remove_member", Permission.ADMINISTER)
def remove_member(call: Call, queue: QueueId, agent: AgentId) -> dict[str, object]:
    """Remove a member from a queue. Their active work stays with them.

    Offers from the queue go to others.
    """
    if not queues.remove_member(call.store, queue, agent):
        raise Refused("queue.no_member", "They are not a member of this queue.")
    call.journal("queue.member_removed", queue=queue, agent=agent)
    leaving.out_of_queue(call, agent, queue)
    assigning.fill(call, agent)
    return {"queue": queue, "agent": agent}


@query("queue.list")
def list_(call: Call, retired: bool = False) -> list[dict[str, object]]:
    """All queues by priority, with their members and how many conversations are open there.

    With `retired` the retired ones instead.
    """
    found = those(call, "queue", queues.every(call.store), gone=retired)
    return [_shown(call, one) for one in found]


@query("queue.get")
def get(call: Call, queue: QueueId) -> dict[str, object]:
    """One queue."""
    return shown(call, queue)
