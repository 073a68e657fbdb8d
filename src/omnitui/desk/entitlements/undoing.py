"""Undoing what was done to entitlements, and the timers that follow from their state."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from omnitui.desk import undo_rows
from omnitui.desk.call import Call
from omnitui.desk.entitlements import allowed
from omnitui.desk.entitlements.terms import labels, of
from omnitui.model.entitlement import EntitlementState, Terms
from omnitui.model.errors import Refused
from omnitui.rules import entitled
from omnitui.rules.entitlement import state_at
from omnitui.store import entitlements, timers
from omnitui.store.images import Watched, read

_KIND = "entitlement"
_LISTS = ("entitlement_channels", "entitlement_products", "entitlement_contacts")
_AS_BEFORE = frozenset({"is_default", "updated_at"})
_BINDS = frozenset({"total", "restricted", "decrease_on", "allocation"})
"""Fields that can lower what an entitlement allows."""
_STARTS, _ENDS = "entitlement_start", "entitlement_end"
"""The timers that activate waiting entitlements and expire active ones."""


@contextmanager
def undoable(call: Call, what: str, key: int, name: str, customer: int) -> Iterator[None]:
    """Keep what is changed within of an entitlement and of its customer's default."""
    watched = (
        Watched("entitlements", "id", key),
        Watched("entitlements", "customer_id", customer),
        *(Watched(table, "entitlement_id", key) for table in _LISTS),
    )
    about = {"customer": customer, "entitlement": key}
    with undo_rows.rows(call, _KIND, what, name, *watched, **about):
        yield


@contextmanager
def of_terms(call: Call, what: str, terms: Terms) -> Iterator[None]:
    """Keep what is changed within of an entitlement that there is."""
    with undoable(call, what, terms.id, terms.name, terms.customer_id):
        yield


def set_timers(call: Call, terms: Terms) -> None:
    """Let a waiting one begin and an active one expire at their time, and no others."""
    timers.stop(call.store, _STARTS, terms.id)
    timers.stop(call.store, _ENDS, terms.id)
    if terms.state is EntitlementState.WAITING:
        timers.start(call.store, _STARTS, terms.id, terms.starts)
    elif terms.state is EntitlementState.ACTIVE:
        timers.start(call.store, _ENDS, terms.id, terms.ends)


def check_not_overdrawn(call: Call, terms: Terms, before: Terms | None = None) -> None:
    """Refuse a restriction to less than is used and held, unless it was no less `before`."""
    over = entitled.overdrawn(terms, labels(call), before) if terms.restrict else ""
    if over:
        taken = "used and held" if terms.held else "used"
        raise Refused(
            "entitlement.overdrawn",
            f"{terms.name} would have a limit below what is {taken}: {over}.",
            f"Give at least what is {taken}, or do not restrict it.",
        )


def _in_the_way(call: Call, deed: Mapping[str, Any]) -> str:
    why = allowed.why_not(call)
    if why is not None:
        return why.message.rstrip(".")
    terms = entitlements.get(call.store, deed["about"]["entitlement"])
    row = next((one for one in read(deed["rows"]) if one.table == "entitlements"), None)
    changed = set(row.after or ()) if row is not None else set()
    if terms is None or "state" in changed or (row is not None and changed <= _AS_BEFORE):
        return ""
    state = state_at(terms.state, terms.starts, terms.ends, call.now)
    return "" if state is EntitlementState.DRAFT else f"{terms.name} is {state.value} now"


def _mend(call: Call, deed: Mapping[str, Any]) -> None:
    key = deed["about"]["entitlement"]
    terms = entitlements.get(call.store, key)
    if terms is None:
        timers.stop(call.store, _STARTS, key)
        timers.stop(call.store, _ENDS, key)
        return
    set_timers(call, of(call, key))
    changed = {name for one in read(deed["rows"]) for name in (one.after or {})}
    if changed & _BINDS:
        check_not_overdrawn(call, terms)


undo_rows.declare(_KIND, _in_the_way, _mend)
