"""Entitlements: created, changed, activated, cancelled, renewed, expired."""

from typing import Any

from omnitui.desk.call import Call, page_size
from omnitui.desk.convert import Moment, Until
from omnitui.desk.entitlements import allowed, undoing
from omnitui.desk.entitlements.fields import (
    Shape,
    check_dates,
    plain_of,
    shape,
    shown,
)
from omnitui.desk.entitlements.terms import of
from omnitui.desk.registry import command, query
from omnitui.model.entitlement import (
    ENTITLEMENT_FIELDS,
    Allocation,
    DecreaseOn,
    Entitlement,
    EntitlementState,
    Terms,
    number,
)
from omnitui.model.errors import Refusal, Refused, refuse
from omnitui.model.fields import changed_by_agents
from omnitui.model.ids import CustomerId, EntitlementId
from omnitui.rules.entitlement import Action, after, allowed_from, renewed, state_at
from omnitui.store import entitlements

S = EntitlementState
_FIELDS = sorted(["customer_id", *(field.key for field in changed_by_agents(ENTITLEMENT_FIELDS))])
"""The fields of a draft that can be changed."""


@command("entitlement.create", creates=ENTITLEMENT_FIELDS)
def create(
    call: Call,
    customer: CustomerId,
    name: str,
    total: float,
    starts: Moment,
    ends: Until,
    decrease_on: DecreaseOn | None = None,
    restrict: bool = False,
    allocation: Allocation = Allocation.CASES,
    channels: dict[str, float] | None = None,
    products: list[str] | None = None,
    contacts: list[CustomerId] | None = None,
    **fields: Any,
) -> Entitlement:
    """Create a draft entitlement: `total` cases or hours from `starts` until `ends`.

    `channels` are terms by origin: a channel that is not listed is limited by the total only, one
    with n takes at most n, one with 0 is forbidden. `restrict` refuses cases when the terms are
    used up; without it they go below zero. Cases use terms on creation, hours on resolution, by
    default. No `products` and no `contacts` means all of them. An end that is a day includes that
    day. Cases can use it when it is activated.
    """
    allowed.check(call)
    made = shape(
        call,
        name,
        total,
        channels or {},
        restrict,
        decrease_on,
        allocation,
        products or (),
        fields,
    )
    return shown(put(call, customer, made, starts, ends, contacts or []))


def put(
    call: Call,
    customer: CustomerId,
    made: Shape,
    starts: int,
    ends: int,
    contacts: list[CustomerId],
    **more: int | None,
) -> Terms:
    """Add a draft: created by hand, from a template, or as a renewal."""
    check_dates(starts, ends)
    row = {
        **made.row,
        "customer_id": customer,
        "state": S.DRAFT,
        "starts": starts,
        "ends": ends,
        "created_at": call.now,
        "updated_at": call.now,
        **more,
    }
    next_key = call.store.next_key("entitlements")
    with undoing.undoable(call, f"created the draft {made.name}", next_key, made.name, customer):
        key = entitlements.add(call.store, row)
        entitlements.put_lists(
            call.store,
            key,
            channels=made.channels,
            products=made.products,
            contacts=list(dict.fromkeys(contacts)),
        )
        _tell(call, "entitlement.created", of(call, key), **more)
    return of(call, key)


def _tell(call: Call, kind: str, terms: Terms, **more: Any) -> None:
    call.journal(kind, customer=terms.customer_id, entitlement=terms.id, name=terms.name, **more)


@command("entitlement.update", updates=ENTITLEMENT_FIELDS)
def update(
    call: Call,
    entitlement: EntitlementId,
    name: str | None = None,
    total: float | None = None,
    starts: Moment | None = None,
    ends: Until | None = None,
    decrease_on: DecreaseOn | None = None,
    restrict: bool | None = None,
    allocation: Allocation | None = None,
    channels: dict[str, float] | None = None,
    products: list[str] | None = None,
    contacts: list[CustomerId] | None = None,
    customer: CustomerId | None = None,
    **fields: Any,
) -> Entitlement:
    """Change a draft; lists that are given are replaced.

    Its customer and how it counts can change only while no case uses it.
    """
    allowed.check(call)
    before = of(call, entitlement)
    _moved(call, before, Action.EDIT)
    kind = before.allocation if allocation is None else allocation
    same = kind is before.allocation
    made = shape(
        call,
        before.name if name is None else name,
        number(before.total) if total is None else total,
        _numbers(before) if channels is None else channels,
        before.restrict if restrict is None else restrict,
        before.decrease_on if decrease_on is None and same else decrease_on,
        kind,
        before.products if products is None else products,
        fields,
    )
    begins = before.starts if starts is None else starts
    ends_at = before.ends if ends is None else ends
    check_dates(begins, ends_at)
    whose = before.customer_id if customer is None else customer
    counts = (whose, made.allocation, made.decrease_on)
    if counts != (before.customer_id, before.allocation, before.decrease_on):
        _check_unused(call, before)
    dates = {"starts": begins, "ends": ends_at, "customer_id": whose, "updated_at": call.now}
    with undoing.of_terms(call, f"changed {before.name}", before):
        call.store.update("entitlements", entitlement, {**made.row, **dates})
        entitlements.put_lists(
            call.store,
            entitlement,
            channels=made.channels,
            products=made.products,
            contacts=None if contacts is None else list(dict.fromkeys(contacts)),
        )
    now = of(call, entitlement)
    undoing.check_not_overdrawn(call, now, before)
    was, found = shown(before), shown(now)
    changed = [field for field in _FIELDS if getattr(was, field) != getattr(found, field)]
    _tell(call, "entitlement.updated", now, fields=changed)
    return found


def _numbers(terms: Terms) -> dict[str, float]:
    return {origin: number(line.total) for origin, line in terms.lines.items()}


def _check_unused(call: Call, terms: Terms) -> None:
    count = entitlements.cases_with(call.store, terms.id)
    if count:
        cases = "case has" if count == 1 else "cases have"
        raise Refused(
            "entitlement.in_use",
            f"{count} {cases} {terms.name}: its customer and its way of counting cannot change.",
            "Create another entitlement for other terms.",
        )


def _moved(call: Call, terms: Terms, action: Action) -> EntitlementState:
    """The state after `action`, or a refusal that says when it is possible."""
    refuse(not_now(call, terms, action))
    state = state_at(terms.state, terms.starts, terms.ends, call.now)
    found = after(action, state, terms.starts, terms.ends, call.now)
    assert found is not None
    return found


def not_now(call: Call, terms: Terms, action: Action) -> Refusal | None:
    """Why an entitlement's state does not allow an action, None if it does."""
    state = state_at(terms.state, terms.starts, terms.ends, call.now)
    if after(action, state, terms.starts, terms.ends, call.now) is not None:
        return None
    possible = " or ".join(allowed_from(action))
    return Refusal(
        "entitlement.not_active" if action is Action.SET_DEFAULT else "entitlement.state",
        f"{terms.name} is {state.value} and cannot be {action.value}.",
        f"That is possible while it is {possible}.{_instead(action, state)}",
    )


def _instead(action: Action, state: EntitlementState) -> str:
    if action is Action.EDIT and state is S.ACTIVE:
        return " Deactivate it first."
    if state in allowed_from(Action.RENEW):
        return " Renew it: the copy is a draft."
    return ""


def _become(call: Call, terms: Terms, state: EntitlementState, kind: str) -> Terms:
    """Write a state and set its timer.

    The default stays the default as a draft and while it waits, and new cases get it again once it
    is active; at its end the customer has none, which is journaled, and its renewal becomes the
    default.
    """
    ends = terms.is_default and state in (S.EXPIRED, S.CANCELLED)
    row = {"state": state, "updated_at": call.now}
    if ends:
        row |= {"is_default": 0, "was_default": 1}
    verb = kind.removeprefix("entitlement.")
    with undoing.of_terms(call, f"{verb} {terms.name}", terms):
        call.store.update("entitlements", terms.id, row)
        undoing.set_timers(call, of(call, terms.id))
        _tell(call, kind, terms, state=state.value)
        if ends:
            _tell(call, "entitlement.default_set", terms, default=False, why=state.value)
    return of(call, terms.id)


@command("entitlement.activate")
def activate(call: Call, entitlement: EntitlementId) -> Entitlement:
    """Activate a draft: active within its dates, waiting before them, expired after them."""
    allowed.check(call)
    terms = of(call, entitlement)
    state = _moved(call, terms, Action.ACTIVATE)
    return shown(_become(call, terms, state, "entitlement.activated"))


@command("entitlement.deactivate")
def deactivate(call: Call, entitlement: EntitlementId) -> Entitlement:
    """Deactivate an active entitlement so that it can be changed. Cases keep it.

    The customer's default stays the default: new cases get it again once it is activated.
    """
    allowed.check(call)
    terms = of(call, entitlement)
    state = _moved(call, terms, Action.DEACTIVATE)
    return shown(_become(call, terms, state, "entitlement.deactivated"))


@command("entitlement.cancel")
def cancel(call: Call, entitlement: EntitlementId) -> Entitlement:
    """Cancel an active or waiting entitlement. Cases keep it.

    If it is the default, the customer has none until it is renewed or another one is set.
    """
    allowed.check(call)
    terms = of(call, entitlement)
    state = _moved(call, terms, Action.CANCEL)
    return shown(_become(call, terms, state, "entitlement.cancelled"))


@command("entitlement.renew")
def renew(call: Call, entitlement: EntitlementId) -> Entitlement:
    """Copy an expired or cancelled one into a draft that starts today and has the same length.

    If the old one was the default, and no other one has become it since, the copy is.
    """
    allowed.check(call)
    old = of(call, entitlement)
    _moved(call, old, Action.RENEW)
    starts, ends = renewed(old.starts, old.ends, call.now)
    made = Shape(
        name=old.name,
        total=old.total,
        channels={origin: line.total for origin, line in old.lines.items()},
        restrict=old.restrict,
        decrease_on=old.decrease_on,
        allocation=old.allocation,
        products=old.products,
        plain=plain_of(old),
    )
    more: dict[str, int | None] = {
        "template_id": old.template_id,
        "renewed_from": old.id,
    }
    if entitlements.was_default(call.store, old.id):
        free = entitlements.default_of(call.store, old.customer_id) is None
        more["is_default"] = 1 if free else 0
    return shown(put(call, old.customer_id, made, starts, ends, list(old.contacts), **more))


@command("entitlement.set_default")
def set_default(call: Call, entitlement: EntitlementId, default: bool = True) -> Entitlement:
    """Set or clear the customer's default: new cases get it automatically. One per customer at
    most."""
    allowed.check(call)
    terms = of(call, entitlement)
    _moved(call, terms, Action.SET_DEFAULT)
    if default != terms.is_default:
        what = f"set {terms.name} as default" if default else f"cleared the default {terms.name}"
        with undoing.of_terms(call, what, terms):
            if default:
                entitlements.set_default(call.store, terms.customer_id, entitlement)
            else:
                call.store.update("entitlements", entitlement, {"is_default": 0})
            _tell(call, "entitlement.default_set", terms, default=default)
    return shown(of(call, entitlement))


def begins(call: Call, key: int) -> None:
    """The first moment of a waiting entitlement has come."""
    _by_the_clock(call, key)


def expires(call: Call, key: int) -> None:
    """An active entitlement has expired."""
    _by_the_clock(call, key)


def _by_the_clock(call: Call, key: int) -> None:
    terms = of(call, key)
    state = state_at(terms.state, terms.starts, terms.ends, call.now)
    if state is not terms.state:
        ended = state is S.EXPIRED
        _become(call, terms, state, "entitlement.expired" if ended else "entitlement.activated")


@query("entitlement.get")
def get(call: Call, entitlement: EntitlementId) -> Entitlement:
    """One entitlement, with what remains in total and on each listed channel."""
    return shown(of(call, entitlement))


@query("entitlement.list")
def list_(call: Call, customer: CustomerId | None = None, limit: int = 50) -> list[Entitlement]:
    """Entitlements, newest first; those a customer has or is a contact of, if one is given."""
    most = page_size(limit, 1_000)
    if customer is None:
        return [shown(terms) for terms in entitlements.newest(call.store, most)]
    return [shown(terms) for terms in entitlements.of_customer(call.store, customer, most)]
