"""Filling a store with entitlements. Existing ones do not change."""

from collections import Counter
from pathlib import Path

from omnitui.datafiles.company import Known
from omnitui.datafiles.entitlements import WrittenEntitlement, WrittenTemplate, read_entitlements
from omnitui.desk.call import Call
from omnitui.desk.convert import Moment
from omnitui.desk.entitlements import changing as desk_entitlements
from omnitui.desk.entitlements import templates
from omnitui.desk.entitlements.fields import shape
from omnitui.model.channel import AddressKind
from omnitui.model.ids import CustomerId
from omnitui.rules.entitlement import DAY
from omnitui.safetext import clean_line
from omnitui.store import customers, entitlements


def put_entitlements(call: Call, source: Path, known: Known) -> Counter[str]:
    """Add templates and entitlements; the file may be left out."""
    counts: Counter[str] = Counter()
    path = source / "entitlements.toml"
    if path.exists():
        file = read_entitlements(path, known)
        counts["templates"] = sum(_put_template(call, row) for row in file.template)
        counts["entitlements"] = sum(_put_entitlement(call, row) for row in file.entitlement)
    return counts


def _put_template(call: Call, row: WrittenTemplate) -> int:
    if entitlements.template_by_name(call.store, clean_line(row.name).strip()) is None:
        made = shape(
            call,
            row.name,
            row.total,
            row.channels,
            row.restrict,
            row.decrease_on,
            row.allocation,
            row.products,
            {"description": row.description},
        )
        templates.put(call, made, row.days)
    return 1


def _put_entitlement(call: Call, row: WrittenEntitlement) -> int:
    customer = _customer(call, row.customer)
    key = entitlements.template_by_name(call.store, clean_line(row.template).strip())
    template = None if key is None else entitlements.template(call.store, key)
    if customer is None or template is None:
        return 0
    name = clean_line(row.name).strip() or template.name
    existing = entitlements.of_customer(call.store, customer, 1_000)
    if not any(terms.name.casefold() == name.casefold() for terms in existing):
        starts = Moment(call.now - call.now % DAY - row.begun_days_ago * DAY)
        made = templates.from_template(call, template.id, customer, starts, name=name)
        desk_entitlements.activate(call, made.id)
        if row.default and entitlements.default_of(call.store, customer) is None:
            desk_entitlements.set_default(call, made.id)
    return 1


def _customer(call: Call, text: str) -> CustomerId | None:
    written = clean_line(text).strip()
    found = customers.by_account(call.store, written)
    if found is None:
        found = customers.by_address(call.store, call.address_key(AddressKind.EMAIL, written))
    return None if found is None else customers.survivor(call.store, found)
