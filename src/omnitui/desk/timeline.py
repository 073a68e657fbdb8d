"""A customer's timeline: activities, cases and conversations as one list."""

from omnitui.desk.call import Call, page_size
from omnitui.desk.convert import Moment
from omnitui.desk.registry import command, query
from omnitui.model.errors import Refused
from omnitui.model.ids import ActivityId, CaseId, CustomerId
from omnitui.model.timeline import Activity, ActivityKind
from omnitui.safetext import clean, clean_line
from omnitui.store import activities, cases

_WRITABLE = (ActivityKind.CALL, ActivityKind.MAIL, ActivityKind.NOTE, ActivityKind.TASK)


@query("timeline.list")
def list_(
    call: Call,
    customer: CustomerId,
    case: CaseId | None = None,
    before: Moment | None = None,
    limit: int = 50,
) -> list[Activity]:
    """One page of what happened with a customer, newest first; only what concerns `case` if named.

    `before` is the time of the last row of the page before this one. A page never ends between two
    rows of the same time, and may be longer than `limit` by those.
    """
    return activities.timeline(
        call.store, customer, case=case, before=before, limit=page_size(limit, 500)
    )


@command("timeline.add")
def add(
    call: Call,
    customer: CustomerId,
    kind: ActivityKind,
    title: str,
    body: str = "",
    case: CaseId | None = None,
    due_at: Moment | None = None,
) -> int:
    """Add a note, a task, a call or a mail to a customer's timeline; returns its key."""
    if kind not in _WRITABLE:
        raise Refused(
            "activity.kind",
            f"A {kind.value} is not written by hand.",
            f"Add one of {', '.join(k.value for k in _WRITABLE)}.",
        )
    named = clean_line(title).strip()
    if not named:
        raise Refused("activity.title", "It needs a title.", "Say in a few words what it is.")
    if case is not None:
        _check_whose(call, case, customer)
    key = call.store.insert(
        "activities",
        {
            "customer_id": customer,
            "case_id": case,
            "kind": kind,
            "at": call.now,
            "title": named,
            "body": clean(body),
            "author": call.actor.name,
            "due_at": due_at,
        },
    )
    call.journal("activity.added", customer=customer, case=case, activity=key, what=kind.value)
    return key


@command("timeline.done")
def done(call: Call, activity: ActivityId) -> None:
    """Mark a task as done; one that is done stays as it is."""
    found = activities.get(call.store, activity)
    assert found is not None
    if found.kind is not ActivityKind.TASK:
        raise Refused("activity.not_a_task", f"A {found.kind.value} is not something to be done.")
    if found.done_at is not None:
        return
    call.store.update("activities", activity, {"done_at": call.now})
    call.journal("activity.done", customer=found.customer_id, case=found.case_id, activity=activity)


def _check_whose(call: Call, case: CaseId, customer: CustomerId) -> None:
    found = cases.get(call.store, case)
    assert found is not None
    if found.customer_id != customer:
        raise Refused(
            "case.other_customer",
            f"{found.number} belongs to another customer.",
            "Name one of this customer's cases, or none.",
        )
