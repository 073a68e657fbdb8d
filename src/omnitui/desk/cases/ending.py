"""Ending cases (resolve, cancel) with their children and open tasks, and reopening them."""

from omnitui.desk import follow_ups
from omnitui.desk.call import Call
from omnitui.desk.cases import undoing
from omnitui.desk.cases.changing import write
from omnitui.desk.cases.shared import MOST_MINUTES, closing, found
from omnitui.desk.convert import EntitlementChoice
from omnitui.desk.entitlements import terms
from omnitui.desk.registry import command
from omnitui.model.case import Case, CaseReason, CaseStatus, OpenTasks
from omnitui.model.errors import Refused, refuse
from omnitui.model.ids import CaseId
from omnitui.rules.cases import Closing, end_refusal, not_active, reason_refusal, reopen_refusal
from omnitui.safetext import clean
from omnitui.store import cases


@command("case.resolve")
def resolve(
    call: Call,
    case: CaseId,
    resolution: str,
    minutes: int | None = None,
    reason: CaseReason = CaseReason.PROBLEM_SOLVED,
    open_tasks: OpenTasks = OpenTasks.KEEP,
) -> Case:
    """Resolve a case; `resolution` says how, `minutes` is the billable time.

    An entitlement that counts on resolution is counted now. The setting `case_closing` decides what
    happens to its children. Open tasks stay open unless `tasks` cancels them.
    """
    before = found(call, case)
    refuse(not_active(before))
    refuse(reason_refusal(CaseStatus.RESOLVED, reason))
    said = clean(resolution).strip()
    if not said:
        raise Refused("case.resolution", "Enter the resolution.")
    check_minutes(minutes)
    with undoing.undoable(call, f"resolved {before.number}", before):
        _end(call, before, reason, said, minutes, open_tasks)
    return found(call, case)


def check_minutes(minutes: int | None) -> None:
    """Refuse billable time that is not valid."""
    if minutes is not None and minutes < 0:
        raise Refused("case.minutes", f"{minutes} minutes is below 0.", "Give 0 or more.")
    if minutes is not None and minutes > MOST_MINUTES:
        raise Refused(
            "case.minutes",
            f"{minutes} minutes is longer than ten years.",
            "Give the minutes of work.",
        )


@command("case.cancel")
def cancel(
    call: Call, case: CaseId, reason: str = "", open_tasks: OpenTasks = OpenTasks.KEEP
) -> Case:
    """Cancel a case; `reason` says why.

    Children and open tasks are as in `case.resolve`.
    """
    before = found(call, case)
    refuse(not_active(before))
    with undoing.undoable(call, f"cancelled {before.number}", before):
        _end(call, before, CaseReason.CANCELLED, clean(reason).strip(), None, open_tasks)
    return found(call, case)


def _end(
    call: Call, case: Case, reason: CaseReason, said: str, minutes: int | None, tasks: OpenTasks
) -> None:
    children = cases.children(call.store, case.id, CaseStatus.ACTIVE)
    refuse(end_refusal(case, children, closing(call)))
    finish(call, case, reason, said, minutes, tasks)
    if closing(call) is Closing.WITH_PARENT:
        for child in children:
            try:
                finish(call, child, reason, said, None, tasks)
            except Refused as refused:
                why = refused.refusal
                raise Refused(
                    why.code, f"{child.number}, its child: {why.message}", why.hint
                ) from None


def finish(
    call: Call, case: Case, reason: CaseReason, said: str, minutes: int | None, tasks: OpenTasks
) -> None:
    """End one case, which allows it, with `said` as its resolution."""
    cancelled = reason is CaseReason.CANCELLED
    status = CaseStatus.CANCELLED if cancelled else CaseStatus.RESOLVED
    call.store.update(
        "cases",
        case.id,
        {
            "status": status,
            "reason": reason,
            "resolution": said,
            "minutes": minutes,
            "resolved_at": call.now,
            "updated_at": call.now,
        },
    )
    call.journal(
        f"case.{status.value}",
        customer=case.customer_id,
        case=case.id,
        resolution=said,
        reason=reason,
    )
    terms.settle(call, found(call, case.id), case)
    if tasks is OpenTasks.CANCEL:
        follow_ups.cancel_all(call, [row["id"] for row in cases.open_tasks(call.store, case.id)])


@command("case.reopen")
def reopen(call: Call, case: CaseId, entitlement: EntitlementChoice | None = None) -> Case:
    """Reopen a resolved or cancelled case; the journal keeps its resolution.

    It keeps its entitlement, unless another one or `none` is given. Its children do not change.
    """
    before = found(call, case)
    parent = None if before.parent_id is None else found(call, before.parent_id)
    refuse(reopen_refusal(before, parent, closing(call)))
    with undoing.undoable(call, f"reopened {before.number}", before):
        call.store.update(
            "cases",
            case,
            {
                "status": CaseStatus.ACTIVE,
                "reason": CaseReason.IN_PROGRESS,
                "resolution": "",
                "minutes": None,
                "resolved_at": None,
                "updated_at": call.now,
            },
        )
        call.journal(
            "case.reopened",
            customer=before.customer_id,
            case=case,
            was=before.status,
            resolution=before.resolution,
        )
        if entitlement is not None:
            write(call, before, {"entitlement_id": entitlement or None})
        else:
            terms.settle(call, found(call, case), before, terms.REOPEN_WITHOUT)
    return found(call, case)
