"""Changing cases: fields, status reason, and parent.

The entitlement is checked again and its term moves.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from omnitui.desk import undo
from omnitui.desk.call import Call
from omnitui.desk.cases import undoing
from omnitui.desk.cases.shared import found
from omnitui.desk.convert import AgentChoice, CaseChoice, CustomerChoice, EntitlementChoice
from omnitui.desk.entitlements import terms
from omnitui.desk.fields import check_needed, cleaned
from omnitui.desk.registry import command
from omnitui.model.case import CASE_FIELDS, Case, CaseReason, CaseStatus
from omnitui.model.errors import Refused, refuse
from omnitui.model.ids import CaseId, CustomerId
from omnitui.rules.cases import listed, not_active, parent_refusal, reason_refusal
from omnitui.store import cases, customers
from omnitui.store import edits as kept


@command("case.update", updates=CASE_FIELDS)
def update(
    call: Call,
    case: CaseId,
    *,
    owner: AgentChoice | None = None,
    origin: str | None = None,
    customer: CustomerId | None = None,
    contact: CustomerChoice | None = None,
    entitlement: EntitlementChoice | None = None,
    reason: CaseReason | None = None,
    **fields: Any,
) -> Case:
    """Change an active case. The entitlement is checked again and its term moves.

    Another `customer` removes the entitlement, unless one of theirs is given; `none` removes it
    too, and means nobody as `owner` and `contact`. The customer as `contact` means no other
    contact.
    """
    before = found(call, case)
    refuse(not_active(before))
    previous = kept.case_fields(call.store, case)
    values = cleaned("case", CASE_FIELDS, fields)
    check_needed("case", CASE_FIELDS, values)
    if owner is not None:
        values["owner_id"] = owner or None
    if origin is not None:
        values["origin"] = call.channel(origin).key
    if customer not in (None, before.customer_id):
        values |= {"customer_id": customer, "entitlement_id": None, "contact_id": None}
    if contact is not None:
        whose = before.customer_id if customer is None else customer
        values["contact_id"] = None if contact in (0, whose) else contact
    if entitlement is not None:
        values["entitlement_id"] = entitlement or None
    with _moving(call, before, values.get("customer_id")):
        if values:
            write(call, before, values)
        if reason is not None:
            _set_reason(call, before, reason)
    after = found(call, case)
    if after.customer_id == before.customer_id:
        _remember(call, before, previous)
    return after


def _remember(call: Call, before: Case, previous: Mapping[str, Any]) -> None:
    """Keep the previous fields of a case that stays with its customer, for undo."""
    changed = kept.changed(previous, kept.case_fields(call.store, before.id))
    if changed["after"].keys() - {"reason"}:
        undo.remember_deed(
            call, f"changed {before.number}", "case.fields", {"case": before.id, **changed}
        )
    elif changed["after"]:
        _remember_reason(call, before, CaseReason(changed["after"]["reason"]))


def _fields_changed(call: Call, deed: Mapping[str, Any]) -> str:
    """Whether the case has changed since."""
    case = found(call, deed["case"])
    if case.status is not CaseStatus.ACTIVE:
        return f"{case.number} is {case.status.value} now"
    now = kept.case_fields(call.store, case.id)
    same = all(now[name] == value for name, value in deed["after"].items())
    return "" if same else f"{case.number} has been changed since"


def _fields_as_before(call: Call, deed: Mapping[str, Any]) -> None:
    values = dict(deed["before"])
    reason = values.pop("reason", None)
    before = found(call, deed["case"])
    write(call, before, values)
    if reason is not None:
        _put_reason(call, before, CaseReason(reason))


undo.deeds("case.fields", _fields_changed, _fields_as_before)


def write(call: Call, before: Case, values: dict[str, object]) -> None:
    """Write columns of a case; refused where its entitlement does not allow it. Its term moves."""
    call.store.update("cases", before.id, {**values, "updated_at": call.now})
    after = found(call, before.id)
    call.journal("case.updated", customer=after.customer_id, case=after.id, fields=sorted(values))
    terms.revalidate(call, before, after)
    terms.settle(call, after, before)


@contextmanager
def _moving(call: Call, case: Case, customer: Any) -> Iterator[None]:
    """Move a case to another customer, if one is given, before the changes inside the block."""
    if customer is None:
        yield
        return
    name = customers.get(call.store, customer)
    with undoing.undoable(call, f"moved {case.number} to {name.name if name else ''}", case):
        _move(call, case, customer)
        yield


def _move(call: Call, case: Case, customer: CustomerId) -> None:
    """Move a case with its records to another customer."""
    if cases.conversations_of_others(call.store, case.id, customer):
        raise Refused(
            "case.other_customer",
            f"A conversation with another customer has {case.number}.",
            "Link that conversation to the new customer first, or unlink the case from it.",
        )
    children = cases.children(call.store, case.id)
    if children or case.parent_id is not None:
        kin = (
            f"has {listed(children)} as children"
            if children
            else (f"is a child of {case.parent_number}")
        )
        raise Refused(
            "case.other_customer",
            f"{case.number} {kin}, and parent and children must have the same customer.",
            "Remove the parent first (case.set_parent with parent=none).",
        )
    cases.move(call.store, case.id, customer)


@command("case.set_reason")
def set_reason(call: Call, case: CaseId, reason: CaseReason) -> Case:
    """Set the status reason of an active case: in progress, on hold, waiting for details,
    researching.

    On hold and waiting for details pause the targets that list them.
    """
    before = found(call, case)
    if _set_reason(call, before, reason):
        _remember_reason(call, before, reason)
    return found(call, case)


def _set_reason(call: Call, case: Case, reason: CaseReason) -> bool:
    """Set the status reason of an active case; False when it has that reason already."""
    refuse(not_active(case))
    refuse(reason_refusal(CaseStatus.ACTIVE, reason))
    if reason is case.reason:
        return False
    _put_reason(call, case, reason)
    return True


def _put_reason(call: Call, case: Case, reason: CaseReason) -> None:
    call.store.update("cases", case.id, {"reason": reason, "updated_at": call.now})
    call.journal(
        "case.reason_set",
        customer=case.customer_id,
        case=case.id,
        reason=reason,
        before=case.reason,
    )


def _remember_reason(call: Call, before: Case, reason: CaseReason) -> None:
    deed = {"case": before.id, "before": before.reason, "after": reason}
    undo.remember_deed(call, f"set {before.number} to {reason.label}", "case.reason", deed)


def _reason_changed(call: Call, deed: Mapping[str, Any]) -> str:
    """Whether the status reason has changed since."""
    case = found(call, deed["case"])
    active = case.status is CaseStatus.ACTIVE
    if active and case.reason == deed["after"]:
        return ""
    return f"{case.number} is {case.reason.label if active else case.status.value} now"


def _previous_reason(call: Call, deed: Mapping[str, Any]) -> None:
    _put_reason(call, found(call, deed["case"]), CaseReason(deed["before"]))


undo.deeds("case.reason", _reason_changed, _previous_reason)


@command("case.set_parent")
def set_parent(call: Call, case: CaseId, parent: CaseChoice) -> Case:
    """Set or remove (`parent=none`) the parent of an active case. One level only."""
    before = found(call, case)
    key = CaseId(parent) if parent else None
    _refuse_parent(call, before, key)
    if key != before.parent_id:
        _set_parent(call, before, key)
        what = f"removed the parent of {before.number}"
        if key:
            what = f"set the parent of {before.number} to {found(call, key).number}"
        deed = {"case": case, "before": before.parent_id, "after": key}
        undo.remember_deed(call, what, "case.parent", deed)
    return found(call, case)


def _refuse_parent(call: Call, case: Case, parent: CaseId | None) -> None:
    if parent is None:
        refuse(not_active(case))
    else:
        children = cases.children(call.store, case.id)
        refuse(parent_refusal(case, found(call, parent), children))


def _set_parent(call: Call, case: Case, parent: CaseId | None) -> None:
    call.store.update("cases", case.id, {"parent_id": parent, "updated_at": call.now})
    about = {"customer": case.customer_id}
    call.journal("case.parent_set", **about, case=case.id, parent=parent, before=case.parent_id)
    for other, kind in ((case.parent_id, "case.child_removed"), (parent, "case.child_added")):
        if other is not None:
            call.journal(kind, **about, case=other, child=case.id)


def _parent_changed(call: Call, deed: Mapping[str, Any]) -> str:
    """Why the previous parent cannot be restored, as a clause."""
    case = found(call, deed["case"])
    if case.parent_id != deed["after"]:
        parent = f"is a child of {case.parent_number}" if case.parent_number else "has no parent"
        return f"{case.number} {parent} now"
    try:
        _refuse_parent(call, case, deed["before"])
    except Refused as refused:
        message = refused.refusal.message
        return message.rstrip(".")
    return ""


def _previous_parent(call: Call, deed: Mapping[str, Any]) -> None:
    _set_parent(call, found(call, deed["case"]), deed["before"])


undo.deeds("case.parent", _parent_changed, _previous_parent)
