"""Entitlements as table rows, for export and import.

What was used is not a column: it is counted from the cases that have the entitlement.
"""

from collections.abc import Mapping
from typing import Any

from omnitui.desk.call import Call
from omnitui.desk.entitlements import changing as desk_entitlements
from omnitui.desk.entitlements.fields import PLAIN, name_of, shape, shown
from omnitui.desk.entitlements.terms import of
from omnitui.desk.fields import as_told, cleaned
from omnitui.desk.records import references
from omnitui.desk.records.references import Outcome, Result
from omnitui.model.entitlement import (
    ENTITLEMENT_FIELDS,
    Allocation,
    EntitlementState,
    Terms,
    number,
)
from omnitui.model.errors import Refused
from omnitui.model.fields import changed_by_agents
from omnitui.model.ids import CustomerId, EntitlementId
from omnitui.rules.entitlement import state_at
from omnitui.store import customers, records

S = EntitlementState
_BY_DATES = (S.WAITING, S.ACTIVE, S.EXPIRED)


def row(call: Call, key: int) -> dict[str, Any]:
    """An entitlement's row."""
    terms = of(call, key)
    state = _state(call, terms)
    return {
        "id": terms.id,
        "customer": _naming(call, terms.customer_id),
        "name": terms.name,
        "state": state.value,
        "starts": terms.starts,
        "ends": terms.ends,
        "total": number(terms.total),
        "channels": {origin: number(line.total) for origin, line in terms.lines.items()},
        "restrict": terms.restrict,
        "decrease_on": terms.decrease_on.value,
        "allocation": terms.allocation.value,
        "products": list(terms.products),
        "contacts": [_naming(call, contact) for contact in terms.contacts],
        **{field.key: as_told(field, terms) for field in PLAIN},
        "default": terms.is_default and state is S.ACTIVE,
    }


def _state(call: Call, terms: Terms) -> EntitlementState:
    return state_at(terms.state, terms.starts, terms.ends, call.now)


def _naming(call: Call, customer: int) -> str:
    who = customers.get(call.store, customer)
    assert who is not None
    return references.naming(call, who)


def put(call: Call, given: Mapping[str, Any], written: Mapping[int, int]) -> Result:
    """Add an entitlement, or update the customer's one of that name."""
    for name in ("customer", "name"):
        if not given.get(name):
            raise Refused(f"entitlement.{name}", f"An entitlement needs a {name}.")
    whose = CustomerId(references.customer(call, given["customer"]))
    values = _values(call, given)
    key = _found(call, whose, values, written)
    if key is None:
        return Result(_new(call, whose, values), Outcome.CREATED)
    if key in written:
        return Result(key, Outcome.UNCHANGED)
    changed = _change(call, key, values)
    return Result(key, Outcome.of(_settle_state(call, key, values) or changed))


def _values(call: Call, given: Mapping[str, Any]) -> dict[str, Any]:
    """The given columns, in the form that the commands take."""
    values = {**given, "name": name_of(given["name"])}
    for name, empty in (("channels", {}), ("products", [])):
        if name in values and values[name] is None:
            values[name] = empty
    for field in ENTITLEMENT_FIELDS:
        if field.key in values and field.choices is not None:
            values[field.key] = field.choices(values[field.key])
        elif field.key in values and field in PLAIN:
            values |= {field.key: cleaned("entitlement", (field,), values)[field.column]}
    if values.get("restrict", False) is None:
        values["restrict"] = False
    if "contacts" in values:
        contacts = [references.customer(call, text) for text in values["contacts"] or ()]
        values["contacts"] = list(dict.fromkeys(contacts))
    return values


def _found(
    call: Call, whose: int, values: Mapping[str, Any], written: Mapping[int, int]
) -> int | None:
    """The entitlement of that number, else with that start, else the only one of that name."""
    same = records.entitlements(call.store, whose, values["name"])
    numbered = values.get("id")
    if any(key == numbered for key, _ in same):
        return EntitlementId(numbered) if numbered else None
    # One that another line of the file has written can only be this one if nothing differs.
    mine = [(key, starts) for key, starts in same if key not in written or numbered is None]
    wanted = values.get("starts")
    found = [key for key, starts in mine if wanted in (None, starts)]
    if len(found) > 1:
        raise Refused(
            "entitlement.ambiguous",
            f"The customer has several entitlements {values['name']}.",
            "Give its start, or its number in the column id.",
        )
    return found[0] if found else None


def _new(call: Call, whose: CustomerId, values: Mapping[str, Any]) -> int:
    for name in ("starts", "ends", "total"):
        if values.get(name) is None:
            raise Refused(f"entitlement.{name}", f"A new entitlement needs the column {name}.")
    made = shape(
        call,
        values["name"],
        values["total"],
        values.get("channels", {}),
        values.get("restrict", False),
        values.get("decrease_on"),
        values.get("allocation", Allocation.CASES),
        values.get("products", ()),
        values,
    )
    numbered = values.get("id", 0)
    free = numbered > 0 and not call.store.holds("entitlements", numbered)
    more = {"id": numbered} if free else {}
    terms = desk_entitlements.put(
        call, whose, made, values["starts"], values["ends"], values.get("contacts", []), **more
    )
    _settle_state(call, terms.id, values)
    return terms.id


def _change(call: Call, key: int, values: Mapping[str, Any]) -> bool:
    """Write what the row changes, as the command does: in drafts only."""
    before = shown(of(call, key))
    had = {field.key: getattr(before, field.key) for field in changed_by_agents(ENTITLEMENT_FIELDS)}
    had |= {"channels": {origin: line.total for origin, line in before.channels.items()}}
    had |= {"products": list(before.products), "contacts": list(before.contacts)}
    changes = {name: values[name] for name in had if name in values and values[name] != had[name]}
    if "contacts" in changes and sorted(changes["contacts"]) == sorted(had["contacts"]):
        del changes["contacts"]
    if list(values.get("channels", had["channels"])) != list(had["channels"]):
        changes["channels"] = values["channels"]
    if changes:
        desk_entitlements.update(call, EntitlementId(key), **changes)
    return bool(changes)


def _settle_state(call: Call, key: int, values: Mapping[str, Any]) -> bool:
    """Bring an entitlement into the row's state, and set the default; whether it changed."""
    moved = "state" in values and _move(call, EntitlementId(key), values["state"])
    default = values.get("default")
    now = of(call, key)
    takes_effect = default or now.state is S.ACTIVE
    if default is not None and takes_effect and default != now.is_default:
        desk_entitlements.set_default(call, EntitlementId(key), default)
        return True
    return moved


def _move(call: Call, key: EntitlementId, wanted: EntitlementState) -> bool:
    terms = of(call, key)
    state = _state(call, terms)
    if wanted is state or (wanted in _BY_DATES and state in _BY_DATES):
        return False
    if wanted is S.DRAFT:
        desk_entitlements.deactivate(call, key)
    elif wanted is not S.CANCELLED:
        desk_entitlements.activate(call, key)
    elif state is S.DRAFT:
        _cancelled(call, terms)
    else:
        desk_entitlements.cancel(call, key)
    return True


def _cancelled(call: Call, terms: Terms) -> None:
    """One that was cancelled elsewhere, usually before its end."""
    row = {"state": S.CANCELLED, "updated_at": call.now}
    call.store.update("entitlements", terms.id, row)
    call.journal(
        "entitlement.cancelled",
        customer=terms.customer_id,
        entitlement=terms.id,
        name=terms.name,
        state=S.CANCELLED.value,
    )
