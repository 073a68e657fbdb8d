"""Undoing the end of cases, their reopening, and their move to another customer."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from msgspec.structs import replace

from omnitui.desk import follow_ups, undo_rows
from omnitui.desk.call import Call
from omnitui.desk.cases.shared import closing, found
from omnitui.desk.entitlements import terms
from omnitui.desk.undo_conversations import merged_since
from omnitui.model.case import Case, CaseStatus
from omnitui.rules.cases import end_refusal, listed, parent_over
from omnitui.store import cases
from omnitui.store.images import Change, Watched, read

_KIND = "case"


@contextmanager
def undoable(call: Call, what: str, case: Case) -> Iterator[None]:
    """Keep the previous state of a case, its children, merged cases and timeline, for undo."""
    watched = (
        Watched("cases", "id", case.id),
        Watched("cases", "parent_id", case.id),
        Watched("cases", "merged_into", case.id),
        Watched("activities", "case_id", case.id),
    )
    about = {"customer": case.customer_id, "case": case.id}
    with undo_rows.rows(call, _KIND, what, case.number, *watched, **about):
        yield


def _rows(deed: Mapping[str, Any], table: str) -> list[Change]:
    return [one for one in read(deed["rows"]) if one.table == table]


def _in_the_way(call: Call, deed: Mapping[str, Any]) -> str:
    for row in _rows(deed, "cases"):
        before, case = row.before or {}, found(call, row.key[0])
        if "customer_id" in before and case.merged_into is None:
            why = _stays_there(call, case, before["customer_id"], deed)
        else:
            why = _family(call, case, before.get("status"))
        if why:
            return why
    return ""


def _family(call: Call, case: Case, status: str | None) -> str:
    """Why a parent or children do not allow the previous status."""
    if status == CaseStatus.ACTIVE and case.parent_id is not None:
        refusal = parent_over(case, found(call, case.parent_id), closing(call))
    elif status not in (None, CaseStatus.ACTIVE):
        children = cases.children(call.store, case.id, CaseStatus.ACTIVE)
        refusal = end_refusal(case, children, closing(call))
    else:
        return ""
    return "" if refusal is None else refusal.message.rstrip(".")


def _stays_there(call: Call, case: Case, customer: int, deed: Mapping[str, Any]) -> str:
    """Why a case cannot be moved back to its previous customer, as a clause."""
    gone = merged_since(call, customer)
    if gone:
        return gone
    if case.status is not CaseStatus.ACTIVE:
        return f"{case.number} is {case.status.value} now"
    if cases.conversations_of_others(call.store, case.id, customer):
        return f"a conversation with its customer has {case.number} now"
    kin = [*cases.children(call.store, case.id)]
    if kin or case.parent_id is not None:
        with_ = f"has {listed(kin)} as children" if kin else f"is a child of {case.parent_number}"
        return f"{case.number} {with_} now"
    known = {row.key[0] for row in _rows(deed, "cases")}
    if not known.issuperset(cases.parts(call.store, case.id)):
        return f"another case has been merged into {case.number} since"
    return ""


def _mend(call: Call, deed: Mapping[str, Any]) -> None:
    """Update terms, reminders and targets from the restored rows."""
    for row in _rows(deed, "cases"):
        case, before = found(call, row.key[0]), row.before or {}
        if "customer_id" in before:
            cases.move_activities(call.store, case.id, before["customer_id"])
        if before.get("entitlement_id") is not None:
            terms.revalidate(call, replace(case, entitlement_id=None), case)
        terms.settle(call, case, _as_it_stood(case, row.after or {}))
        call.touched.add(("case", case.id))
    for row in _rows(deed, "activities"):
        follow_ups.remind_again(call, row.key[0])


def _as_it_stood(case: Case, columns: Mapping[str, Any]) -> Case:
    """A case before the undo, as far as terms are concerned."""
    values = dict(columns)
    exempt = bool(values.get("exempt", case.do_not_decrement))
    return replace(
        case,
        status=CaseStatus(values.get("status", case.status)),
        entitlement_id=values.get("entitlement_id", case.entitlement_id),
        origin=values.get("origin", case.origin),
        do_not_decrement=exempt,
    )


undo_rows.declare(_KIND, _in_the_way, _mend)
