"""Changing cases: their fields, how they stand, and the case they belong under.

Whatever an entitlement is about is checked again, and its terms move along.
"""

from collections.abc import Mapping
from typing import Any

from omnitui.desk import undo
from omnitui.desk.call import Call
from omnitui.desk.cases.shared import found, refuse
from omnitui.desk.convert import AgentChoice, CaseChoice, CustomerChoice, EntitlementChoice
from omnitui.desk.entitlements import terms
from omnitui.desk.registry import command
from omnitui.model.case import Case, CasePriority, CaseReason, CaseStatus
from omnitui.model.errors import Refused
from omnitui.model.ids import CaseId, CustomerId
from omnitui.rules.cases import listed, not_active, parent_refusal, reason_refusal
from omnitui.safetext import clean, clean_line
from omnitui.store import cases


@command("case.update")
def update(
    call: Call,
    case: CaseId,
    title: str | None = None,
    description: str | None = None,
    priority: CasePriority | None = None,
    product: str | None = None,
    owner: AgentChoice | None = None,
    origin: str | None = None,
    customer: CustomerId | None = None,
    contact: CustomerChoice | None = None,
    entitlement: EntitlementChoice | None = None,
    do_not_decrement: bool | None = None,
    reason: CaseReason | None = None,
) -> Case:
    """Change an active case; what is not named stays.

    Whatever its entitlement is about is checked again, and its terms move along. Another `customer`
    takes the entitlement off it, unless one of theirs is named; `none` takes it off too, and is for
    nobody as `owner` and `contact`. The customer as `contact` is for nobody else.
    """
    before = found(call, case)
    refuse(not_active(before))
    plain = {"description": description, "priority": priority, "product": product}
    values = _plain(title, {**plain, "exempt": do_not_decrement})
    if owner is not None:
        values["owner_id"] = owner or None
    if origin is not None:
        values["origin"] = call.channel(origin).key
    if customer is not None and customer != before.customer_id:
        _move(call, before, customer)
        values |= {"customer_id": customer, "entitlement_id": None, "contact_id": None}
    if contact is not None:
        whose = before.customer_id if customer is None else customer
        values["contact_id"] = None if contact in (0, whose) else contact
    if entitlement is not None:
        values["entitlement_id"] = entitlement or None
    if values:
        write(call, before, values)
    if reason is not None:
        stand(call, before, reason)
    return found(call, case)


def _plain(title: str | None, given: dict[str, object | None]) -> dict[str, object]:
    """The columns that depend on nothing else, of those that were given."""
    values = {name: value for name, value in given.items() if value is not None}
    for name, cleaned in (("description", clean), ("product", clean_line)):
        if name in values:
            values[name] = cleaned(str(values[name]))
    if "exempt" in values:
        values["exempt"] = int(bool(values["exempt"]))
    if title is not None:
        values["title"] = clean_line(title).strip()
        if not values["title"]:
            raise Refused(
                "case.title", "A case needs a title.", "Say in a few words what is wrong."
            )
    return values


def write(call: Call, before: Case, values: dict[str, object]) -> None:
    """Change columns of a case; its entitlement has to allow it, and its terms move along."""
    call.store.update("cases", before.id, {**values, "updated_at": call.now})
    after = found(call, before.id)
    call.journal("case.updated", customer=after.customer_id, case=after.id, fields=sorted(values))
    terms.revalidate(call, before, after)
    terms.settle(call, after)


def _move(call: Call, case: Case, customer: CustomerId) -> None:
    """Bring a case, with what hangs on it, to another customer."""
    if cases.conversations_of_others(call.store, case.id, customer):
        raise Refused(
            "case.other_customer",
            f"A conversation with another customer is about {case.number}.",
            "Link that conversation to the new customer, or unlink the case from it, first.",
        )
    children = cases.children(call.store, case.id)
    if children or case.parent_id is not None:
        kin = f"has {listed(children)} under it" if children else f"is under {case.parent_number}"
        raise Refused(
            "case.other_customer",
            f"{case.number} {kin}, and parent and children are one customer's.",
            "Take them apart first (case.set_parent with parent=none).",
        )
    cases.move(call.store, case.id, customer)


@command("case.set_reason")
def set_reason(call: Call, case: CaseId, reason: CaseReason) -> Case:
    """Say how an active case stands: in progress, on hold, waiting for details, researching.

    On hold and waiting for details stop the clocks of promises that say so.
    """
    stand(call, found(call, case), reason)
    return found(call, case)


def stand(call: Call, case: Case, reason: CaseReason) -> None:
    """Give an active case another reason; the one that it has stays without a word."""
    refuse(not_active(case))
    refuse(reason_refusal(CaseStatus.ACTIVE, reason))
    if reason is case.reason:
        return
    call.store.update("cases", case.id, {"reason": reason, "updated_at": call.now})
    call.journal(
        "case.reason_set",
        customer=case.customer_id,
        case=case.id,
        reason=reason,
        before=case.reason,
    )
    kept = {"case": case.id, "before": case.reason, "after": reason}
    undo.remember_deed(call, f"said that {case.number} is {reason.label}", "case.reason", kept)


def _stood_otherwise(call: Call, kept: Mapping[str, Any]) -> str:
    """Whether a case stands otherwise by now than it was said to."""
    case = found(call, kept["case"])
    active = case.status is CaseStatus.ACTIVE
    if active and case.reason == kept["after"]:
        return ""
    return f"{case.number} is {case.reason.label if active else case.status.value} by now"


def _stand_as_before(call: Call, kept: Mapping[str, Any]) -> None:
    case = found(call, kept["case"])
    call.store.update("cases", case.id, {"reason": kept["before"], "updated_at": call.now})
    about = {"reason": kept["before"], "before": kept["after"]}
    call.journal("case.reason_set", customer=case.customer_id, case=case.id, **about)


undo.deeds("case.reason", _stood_otherwise, _stand_as_before)


@command("case.set_parent")
def set_parent(call: Call, case: CaseId, parent: CaseChoice) -> Case:
    """Put an active case under another one of its customer, or under none: `parent=none`.

    There is one level: a case with children is nobody's child.
    """
    before = found(call, case)
    key = CaseId(parent) if parent else None
    _refuse_parent(call, before, key)
    if key != before.parent_id:
        _put_under(call, before, key)
        where = (
            f"under {found(call, key).number}" if key else f"out from under {before.parent_number}"
        )
        kept = {"case": case, "before": before.parent_id, "after": key}
        undo.remember_deed(call, f"put {before.number} {where}", "case.parent", kept)
    return found(call, case)


def _refuse_parent(call: Call, case: Case, parent: CaseId | None) -> None:
    if parent is None:
        refuse(not_active(case))
    else:
        children = cases.children(call.store, case.id)
        refuse(parent_refusal(case, found(call, parent), children))


def _put_under(call: Call, case: Case, parent: CaseId | None) -> None:
    call.store.update("cases", case.id, {"parent_id": parent, "updated_at": call.now})
    about = {"customer": case.customer_id}
    call.journal("case.parent_set", **about, case=case.id, parent=parent, before=case.parent_id)
    for other, kind in ((case.parent_id, "case.child_removed"), (parent, "case.child_added")):
        if other is not None:
            call.journal(kind, **about, case=other, child=case.id)


def _under_another(call: Call, kept: Mapping[str, Any]) -> str:
    """What keeps a case from going back to where it was."""
    case = found(call, kept["case"])
    if case.parent_id != kept["after"]:
        return f"{case.number} is {_under(case)} by now"
    try:
        _refuse_parent(call, case, kept["before"])
    except Refused as refused:
        message = refused.refusal.message
        return message.rstrip(".")
    return ""


def _under(case: Case) -> str:
    return f"under {case.parent_number}" if case.parent_number else "under no other case"


def _back_under(call: Call, kept: Mapping[str, Any]) -> None:
    _put_under(call, found(call, kept["case"]), kept["before"])


undo.deeds("case.parent", _under_another, _back_under)
