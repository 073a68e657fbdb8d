"""Cases as table rows, for export and import.

A new case is taken as it is in the file, in any status: its entitlement may be inactive, and it
gets the customer's default only if that is given. It uses terms all the same.
"""

import re
from collections.abc import Mapping
from typing import Any

from omnitui.desk import retired
from omnitui.desk.call import Call
from omnitui.desk.cases.shared import MOST_MINUTES
from omnitui.desk.entitlements import terms
from omnitui.desk.fields import as_told, check_needed, cleaned, defaults
from omnitui.desk.records import references
from omnitui.desk.records.references import Outcome, Result
from omnitui.model.case import CASE_FIELDS, Case, CaseReason, CaseStatus
from omnitui.model.errors import Refused, refuse
from omnitui.rules.cases import level_refusal, merged, reason_refusal, usual
from omnitui.safetext import clean_line
from omnitui.store import agents, cases, customers

UNKNOWN = "case.unknown"
"""The refusal of a line that gives a case that does not exist, or not yet."""

_OWN = re.compile(r"CAS-(\d{5,9})", re.ASCII)
_LONGEST_NUMBER = 40
_LINKS = {"parent": "parent_id", "merged_into": "merged_into"}


def row(call: Call, key: int) -> dict[str, Any]:
    """A case's row."""
    case = cases.get(call.store, key)
    assert case is not None
    owner = None if case.owner_id is None else agents.get(call.store, case.owner_id)
    entitlement = None if case.entitlement_id is None else terms.of(call, case.entitlement_id)
    return {
        "number": case.number,
        "customer": _naming(call, case.customer_id),
        "origin": case.origin,
        "parent": case.parent_number,
        "merged_into": case.merged_number,
        "owner": owner.login if owner else "",
        "contact": "" if case.contact_id is None else _naming(call, case.contact_id),
        "entitlement": references.naming_terms(call, case.customer_id, entitlement)
        if entitlement
        else "",
        **{field.key: as_told(field, case) for field in CASE_FIELDS if not field.names},
    }


def _naming(call: Call, customer: int) -> str:
    who = customers.get(call.store, customer)
    assert who is not None
    return references.naming(call, who)


def put(call: Call, given: Mapping[str, Any], written: Mapping[int, int]) -> Result:
    """Add a case, or update the one of that number."""
    number = _number(given)
    key = cases.by_number(call.store, number) if number else None
    if key is None:
        return Result(_new(call, number, given), Outcome.CREATED)
    before = cases.get(call.store, key)
    assert before is not None
    if key in written:
        return Result(key, Outcome.UNCHANGED)
    return Result(key, Outcome.of(_change(call, before, given)))


def _number(given: Mapping[str, Any]) -> str:
    number = cases.upper(clean_line(given.get("number") or ""))
    if number.isdecimal() or len(number) > _LONGEST_NUMBER:
        raise Refused(
            "case.number",
            f"{number} is not a valid case number.",
            f"Put letters before it, such as T-4711, and use {_LONGEST_NUMBER} characters at most.",
        )
    return number


def _new(call: Call, number: str, given: Mapping[str, Any]) -> int:
    for name in ("customer", "title", "origin"):
        if not given.get(name):
            raise Refused(
                f"case.{name}", f"A new case needs a {name}.", f"Fill in the column {name}."
            )
    whose = references.customer(call, given["customer"])
    values = {
        **defaults(CASE_FIELDS),
        "customer_id": whose,
        "status": CaseStatus.ACTIVE,
        **_values(call, given, whose),
    }
    values = {"reason": usual(CaseStatus(values["status"])), **values}
    values = {"created_at": min((call.now, *_times(values))), **values}
    values = {"updated_at": call.now, **values}
    if values["status"] != CaseStatus.ACTIVE:
        values = {"resolved_at": values["updated_at"], **values}
    _check(values)
    _check_owner(call, values)
    _check_links(call, None, {"customer_id": whose, **values})
    key = call.store.insert("cases", {**values, **_numbered(call, number)})
    case = _get(call, key)
    call.journal("case.created", customer=whose, case=key)
    _tell_end(call, case)
    terms.settle(call, case)
    return key


def _times(values: Mapping[str, Any]) -> list[int]:
    return [values[name] for name in ("updated_at", "resolved_at") if values.get(name) is not None]


def _numbered(call: Call, number: str) -> dict[str, Any]:
    """The number, with the key that keeps the desk's own numbers after it."""
    if not number:
        return {"number": cases.next_number(call.store)}
    own = _OWN.fullmatch(number)
    if own and number == f"CAS-{int(own[1]):05d}" and int(own[1]):
        key = int(own[1])
        if not call.store.holds("cases", key):
            return {"number": number, "id": key}
    return {"number": number}


def _get(call: Call, key: int) -> Case:
    found = cases.get(call.store, key)
    assert found is not None
    return found


def _values(call: Call, given: Mapping[str, Any], whose: int) -> dict[str, Any]:
    """The given columns, in the form that is saved."""
    values = cleaned("case", CASE_FIELDS, given)
    check_needed("case", CASE_FIELDS, values)
    if "origin" in given:
        values["origin"] = call.channel(clean_line(given["origin"]).lower()).key
    if "owner" in given:
        values["owner_id"] = _owner(call, given["owner"])
    if "contact" in given:
        contact = references.customer(call, given["contact"]) if given["contact"] else None
        values["contact_id"] = None if contact == whose else contact
    if "entitlement" in given:
        name = given["entitlement"]
        values["entitlement_id"] = references.entitlement(call, whose, name) if name else None
    for name, column in _LINKS.items():
        if name in given:
            values[column] = _linked(call, given[name])
    return values


def _linked(call: Call, number: str | None) -> int | None:
    """The key of a case that another one refers to."""
    if not number:
        return None
    key = cases.by_number(call.store, clean_line(number))
    if key is None:
        raise Refused(
            UNKNOWN,
            f"There is no case {clean_line(number)!r}.",
            "Put it into the same file, or import it first.",
        )
    return key


def _check_owner(call: Call, values: Mapping[str, Any]) -> None:
    """Refuse a retired agent as owner of an active case."""
    owner = values.get("owner_id")
    if owner is None or values["status"] != CaseStatus.ACTIVE:
        return
    if not retired.in_use(call, "agent", owner):
        raise retired.refused(call, "agent", owner)


def _owner(call: Call, login: str | None) -> int | None:
    if not login:
        return None
    found = agents.by_login(call.store, clean_line(login))
    if found is None:
        raise Refused(
            "agent.unknown",
            f"There is no agent {clean_line(login)!r}.",
            "Add the agent first (`agent.create`), or leave the owner empty.",
        )
    return found


def _check(values: Mapping[str, Any]) -> None:
    """Refuse values that a case cannot have."""
    status, minutes = values["status"], values.get("minutes")
    refuse(reason_refusal(CaseStatus(status), CaseReason(values["reason"])))
    if (values["reason"] == CaseReason.MERGED) is (values.get("merged_into") is None):
        raise Refused(
            "case.merged",
            "A merged case needs the case that it was merged into, and other cases have none.",
            "Fill in both columns, reason (merged) and merged_into, or neither.",
        )
    ended = values.get("resolved_at")
    if minutes is not None and status != CaseStatus.RESOLVED:
        raise Refused(
            "case.minutes",
            f"Minutes are for resolved cases only, and this one is {status}.",
            "Empty the column minutes.",
        )
    if minutes is not None and not 0 <= minutes <= MOST_MINUTES:
        raise Refused(
            "case.minutes",
            f"{minutes} minutes are below 0 or over ten years.",
            "Give minutes of work.",
        )
    if ended is not None and status == CaseStatus.ACTIVE:
        raise Refused(
            "case.not_active",
            "The case is active and has a time of resolution.",
            "Empty the column resolved, or use status resolved.",
        )
    if ended is not None and ended < values["created_at"]:
        raise Refused("case.resolved", "The case was resolved before it was created.")
    if values["updated_at"] < values["created_at"]:
        raise Refused("case.updated", "The case was updated before it was created.")


def _check_links(call: Call, case: Case | None, values: Mapping[str, Any]) -> None:
    """Refuse a parent or survivor of another customer, and more than one level."""
    if values.get("merged_into") is not None:
        survivor = _get(call, values["merged_into"])
        if survivor.merged_into is not None:
            refuse(merged(survivor))
        _one_customers(survivor, values["customer_id"])
        if case is not None and survivor.id == case.id:
            raise Refused("case.merged", f"{case.number} cannot be merged into itself.")
    if values.get("parent_id") is not None:
        parent = _get(call, values["parent_id"])
        _one_customers(parent, values["customer_id"])
        if case is not None and parent.id == case.id:
            raise Refused("case.parent", f"{case.number} cannot be its own parent.")
        under = [] if case is None else cases.children(call.store, case.id)
        refuse(level_refusal(parent, "" if case is None else case.number, under))


def _one_customers(other: Case, customer: int) -> None:
    if other.customer_id != customer:
        raise Refused(
            "case.other_customer",
            f"{other.number} belongs to another customer.",
            "Leave the column empty.",
        )


def _tell_end(call: Call, case: Case) -> None:
    if case.status is not CaseStatus.ACTIVE:
        call.journal(
            f"case.{case.status.value}",
            customer=case.customer_id,
            case=case.id,
            resolution=case.resolution,
            reason=case.reason,
        )


def _change(call: Call, before: Case, given: Mapping[str, Any]) -> bool:
    """Write what the row changes; returns whether there was anything."""
    if given.get("customer"):
        _check_whose(call, before, references.customer(call, given["customer"]))
    wanted = _values(call, given, before.customer_id)
    if "status" in wanted and wanted["status"] != before.status:
        wanted = {**_on_moving(call, wanted["status"]), **wanted}
    had = _had(before)
    changes = {name: value for name, value in wanted.items() if had[name] != value}
    if not changes:
        return False
    changes = {"updated_at": call.now, **changes}
    _check({**had, **changes})
    if "owner_id" in changes:
        _check_owner(call, {**had, **changes})
    _check_links(call, before, {"customer_id": before.customer_id, **had, **changes})
    call.store.update("cases", before.id, changes)
    after = _get(call, before.id)
    _tell_change(call, before, after, sorted(changes))
    terms.revalidate(call, before, after)
    terms.settle(call, after, before)
    return True


def _on_moving(call: Call, status: str) -> dict[str, Any]:
    """What changes with the status, unless the row gives it."""
    reason = {"reason": usual(CaseStatus(status)), "merged_into": None}
    if status == CaseStatus.ACTIVE:
        return {**reason, "resolved_at": None, "minutes": None, "resolution": ""}
    return {**reason, "resolved_at": call.now, "minutes": None}


def _had(case: Case) -> dict[str, Any]:
    """A case's columns."""
    return {field.column: getattr(case, field.attribute) for field in CASE_FIELDS}


def _check_whose(call: Call, case: Case, customer: int) -> None:
    if customer != case.customer_id:
        raise Refused(
            "case.other_customer",
            f"{case.number} belongs to another customer.",
            "Move it with `case.update` first, or give the line another number.",
        )


def _tell_change(call: Call, before: Case, after: Case, fields: list[str]) -> None:
    about = {"customer": after.customer_id, "case": after.id}
    if before.status is not CaseStatus.ACTIVE and after.status is not before.status:
        call.journal("case.reopened", **about, was=before.status, resolution=before.resolution)
    if after.status is not before.status:
        _tell_end(call, after)
    call.journal("case.updated", **about, fields=fields)
