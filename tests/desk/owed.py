"""Hands for the tests of entitlements: a company with customers, drafts, cases, what is left."""

from typing import Any

from omnitui.model.entitlement import Entitlement
from omnitui.store.engine import Row
from shipped import like

KIANA, MARCUS = "kiana@example.com", "marcus@example.com"
YEAR = {"starts": "2026-01-01", "ends": "2026-12-31"}


def settle_in(floor: Any) -> None:
    """The channels of the examples, and two customers."""
    for key in ("web", "facebook", "twitter", "iot"):
        floor.do("channel.create", key=key, label=key.title(), **like(key))
    floor.do("customer.create", name="Kiana Anderson", email=KIANA)
    floor.do("customer.create", name="Marcus Lee", email=MARCUS)


def drafted(floor: Any, **given: Any) -> Entitlement:
    values = {"customer": KIANA, "name": "Gold", "total": 15, **YEAR, **given}
    found = floor.do("entitlement.create", **values)
    assert isinstance(found, Entitlement)
    return found


def active(floor: Any, **given: Any) -> int:
    key = drafted(floor, **given).id
    assert floor.do("entitlement.activate", entitlement=key).state == "active"
    return key


def case(floor: Any, entitlement: Any = None, origin: str = "phone", **given: Any) -> Any:
    values = {"customer": KIANA, "title": "Drops", "origin": origin, **given}
    return floor.do("case.create", entitlement=entitlement, **values)


def refused(floor: Any, entitlement: Any, origin: str = "phone", **given: Any) -> Any:
    values = {"customer": KIANA, "title": "Drops", "origin": origin, **given}
    return floor.refused("case.create", entitlement=entitlement, **values)


def left(floor: Any, entitlement: int) -> tuple[Any, dict[str, Any]]:
    """What remains in total, and by channel."""
    found = floor.do("entitlement.get", entitlement=entitlement)
    return found.remaining, {key: line.remaining for key, line in found.channels.items()}


def used_by(case: Row, owed: Row) -> int:
    """What a case uses, as the reference's table has it; 300 are a case or an hour."""
    if case["exempt"] or case["status"] == "cancelled":
        return 0
    resolved = case["status"] == "resolved"
    if owed["allocation"] == "hours":
        return (case["minutes"] or 0) * 5 if resolved else 0
    return 300 if resolved or owed["decrease_on"] == "creation" else 0


def holds(case: Row, owed: Row) -> bool:
    """Whether a case holds a term of a restricted entitlement until it is resolved."""
    later = owed["allocation"] == "cases" and owed["decrease_on"] == "resolution"
    return later and case["status"] == "active" and not case["exempt"]


def change(floor: Any, made: Any, **given: Any) -> Any:
    """Edit a case."""
    return floor.do("case.update", case=made.id, **given)


def resolve(floor: Any, made: Any, **given: Any) -> Any:
    """Resolve a case."""
    return floor.do("case.resolve", case=made.id, resolution="Done", **given)
