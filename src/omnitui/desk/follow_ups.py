"""Follow-ups: tasks of an agent, with reminders at their due time."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from omnitui.desk import undo_rows
from omnitui.desk.call import Call, page_size
from omnitui.desk.moments import moment, zone_of
from omnitui.desk.registry import command, query
from omnitui.model.errors import Refused
from omnitui.model.ids import ActivityId, AgentId
from omnitui.model.timeline import Activity, ActivityKind
from omnitui.store import activities, images, timers

_TIMER = "follow_up"
_KIND = "activity"


def due(call: Call, words: str, zone: str) -> int:
    """The due time of a follow-up (epoch ms)."""
    return moment(call, words, zone_of(zone, "activity.zone"), "activity.due")


def remind(call: Call, activity: int, due_at: int | None) -> None:
    """Set the reminder of a task, or none if it has no due time."""
    if due_at is None:
        timers.stop(call.store, _TIMER, activity)
    else:
        timers.start(call.store, _TIMER, activity, due_at)


@query("timeline.mine")
def mine(call: Call, limit: int = 50) -> list[Activity]:
    """Your open follow-ups: overdue ones first, then by due time."""
    return activities.of_owner(call.store, call.agent, page_size(limit, 1_000))


@command("timeline.done")
def done(call: Call, activity: ActivityId) -> None:
    """Mark a task as done; a done one does not change."""
    found = _task(call, activity)
    if found.done_at is not None:
        return
    with _undoable(call, "marked {} as done", found):
        call.store.update("activities", activity, {"done_at": call.now})
        timers.stop(call.store, _TIMER, activity)
        _journal(call, "activity.done", found)


@command("timeline.reopen")
def reopen(call: Call, activity: ActivityId) -> Activity:
    """Reopen a done task; it reminds again if its due time is later than now."""
    found = _task(call, activity)
    if found.done_at is not None:
        with _undoable(call, "reopened {}", found):
            call.store.update("activities", activity, {"done_at": None, "cancelled": 0})
            if found.due_at is not None and found.due_at > call.now:
                remind(call, activity, found.due_at)
            _journal(call, "activity.reopened", found)
    return _task(call, activity)


@command("timeline.postpone")
def postpone(call: Call, activity: ActivityId, until: str, zone: str = "") -> Activity:
    """Postpone a task until a time in words: `2h`, `tomorrow`, `fri 9am`, `next week`.

    `zone` (such as Europe/Oslo) is the time zone of the words; by default the machine's.
    """
    found = _open_task(call, activity)
    at = due(call, until, zone)
    with _undoable(call, "postponed {}", found):
        call.store.update("activities", activity, {"due_at": at})
        remind(call, activity, at)
        _journal(call, "activity.postponed", found, until=at, before=found.due_at)
    return _task(call, activity)


@command("timeline.give")
def give(call: Call, activity: ActivityId, owner: AgentId) -> Activity:
    """Assign an open task to an agent."""
    found = _open_task(call, activity)
    if found.owner_id != owner:
        with _undoable(call, "assigned {}", found):
            call.store.update("activities", activity, {"owner_id": owner})
            _journal(
                call, "activity.given", found, owner=owner, before=found.owner_id, title=found.title
            )
    return _task(call, activity)


@contextmanager
def undoable(
    call: Call, what: str, activity: int, title: str, customer: int, case: int | None
) -> Iterator[None]:
    """Keep the previous row of a timeline, for undo."""
    watched = images.Watched("activities", "id", activity)
    with undo_rows.rows(
        call, _KIND, what, f"“{title}”", watched, customer=customer, case=case, activity=activity
    ):
        yield


@contextmanager
def _undoable(call: Call, what: str, found: Activity) -> Iterator[None]:
    said = what.format(f"“{found.title}”")
    with undoable(call, said, found.id, found.title, found.customer_id, found.case_id):
        yield


def remind_again(call: Call, key: int) -> None:
    """Set the reminder of a task whose row was restored by undo."""
    found = activities.get(call.store, key)
    waits = found is not None and found.done_at is None and (found.due_at or 0) > call.now
    remind(call, key, found.due_at if found is not None and waits else None)


def _mend(call: Call, deed: Mapping[str, Any]) -> None:
    remind_again(call, deed["about"]["activity"])


undo_rows.declare(_KIND, mend=_mend)


def cancel_all(call: Call, activities: Sequence[int]) -> None:
    """Cancel open tasks; `timeline.reopen` reopens one."""
    for activity in activities:
        found = _task(call, ActivityId(activity))
        call.store.update("activities", activity, {"done_at": call.now, "cancelled": 1})
        timers.stop(call.store, _TIMER, activity)
        _journal(call, "activity.cancelled", found)


def come_back(call: Call, activity: int) -> None:
    """A task is due: remind its owner, once."""
    found = activities.get(call.store, activity)
    if found is not None and found.kind is ActivityKind.TASK and found.done_at is None:
        _journal(call, "activity.due", found, owner=found.owner_id, title=found.title)


def _task(call: Call, activity: ActivityId) -> Activity:
    found = activities.get(call.store, activity)
    assert found is not None
    if found.kind is not ActivityKind.TASK:
        raise Refused("activity.not_a_task", f"A {found.kind.value} cannot be done or reopened.")
    return found


def _open_task(call: Call, activity: ActivityId) -> Activity:
    found = _task(call, activity)
    if found.done_at is not None:
        how = "cancelled" if found.cancelled else "done"
        raise Refused("activity.done", f"“{found.title}” is {how}.", "Reopen it first.")
    return found


def _journal(call: Call, kind: str, found: Activity, **more: Any) -> None:
    call.journal(
        kind,
        customer=found.customer_id,
        case=found.case_id,
        activity=found.id,
        **more,
    )
