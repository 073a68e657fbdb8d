"""Entitlements in the store: rows, terms per channel, and the ledger of used terms.

Amounts are parts (`model/entitlement.py`). `used` in the rows is updated together with the ledger,
so that it is always the sum of its amounts. Reserved terms are not saved: they follow from the open
cases.
"""

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from msgspec.structs import replace

from omnitui.model.case import CaseStatus
from omnitui.model.entitlement import (
    ENTITLEMENT_FIELDS,
    Allocation,
    DecreaseOn,
    EntitlementTemplate,
    Line,
    Terms,
    TermsUsed,
    number,
)
from omnitui.model.ids import CustomerId, EntitlementId, TemplateId
from omnitui.store.engine import Row, Store
from omnitui.store.fields import reader
from omnitui.store.reading import each, one

_SELECT = """SELECT e.*, c.name AS customer_name
    FROM entitlements e JOIN customers c ON c.id = e.customer_id"""

_read = reader(
    Terms,
    ENTITLEMENT_FIELDS,
    also="id customer_id customer_name used template_id renewed_from created_at updated_at",
)


def _terms(store: Store, rows: Sequence[Row]) -> list[Terms]:
    """Whole entitlements of their rows, with one query for each of the lists they hold."""
    keys = [row["id"] for row in rows]
    marks = ",".join("?" * len(keys))
    lines: dict[int, dict[str, Line]] = defaultdict(dict)
    products: dict[int, list[str]] = defaultdict(list)
    contacts: dict[int, list[Row]] = defaultdict(list)
    for line in store.rows(
        f"SELECT * FROM entitlement_channels WHERE entitlement_id IN ({marks})"
        " ORDER BY entitlement_id, position",
        keys,
    ):
        lines[line["entitlement_id"]][line["origin"]] = Line(line["total"], line["used"])
    for row in store.rows(
        f"SELECT * FROM entitlement_products WHERE entitlement_id IN ({marks})"
        " ORDER BY entitlement_id, position",
        keys,
    ):
        products[row["entitlement_id"]].append(row["product"])
    for row in store.rows(
        "SELECT k.entitlement_id, c.id, c.name FROM entitlement_contacts k"
        f" JOIN customers c ON c.id = k.customer_id WHERE k.entitlement_id IN ({marks})"
        " ORDER BY k.entitlement_id, k.customer_id",
        keys,
    ):
        contacts[row["entitlement_id"]].append(row)

    def whole(row: Row) -> Terms:
        return _read(
            row,
            lines=dict(lines[row["id"]]),
            products=tuple(products[row["id"]]),
            contacts=tuple(CustomerId(contact["id"]) for contact in contacts[row["id"]]),
            contact_names=tuple(contact["name"] for contact in contacts[row["id"]]),
        )

    return _with_holds(store, each(whole, rows))


def _with_holds(store: Store, found: list[Terms]) -> list[Terms]:
    """Entitlements with the terms that open cases reserve, in total and by channel."""
    keys = [terms.id for terms in found if terms.held_by_each]
    if not keys:
        return found
    held: dict[int, dict[str, int]] = defaultdict(dict)
    for row in store.rows(
        "SELECT entitlement_id, origin, count(*) AS open FROM cases WHERE entitlement_id IN"
        f" ({','.join('?' * len(keys))}) AND status = ? AND exempt = 0"
        " GROUP BY entitlement_id, origin",
        [*keys, CaseStatus.ACTIVE],
    ):
        held[row["entitlement_id"]][row["origin"]] = row["open"]
    return [
        replace(
            terms,
            held=sum(held[terms.id].values()) * terms.held_by_each,
            lines={
                origin: replace(line, held=held[terms.id].get(origin, 0) * terms.held_by_each)
                for origin, line in terms.lines.items()
            },
        )
        for terms in found
    ]


def get(store: Store, entitlement: int) -> Terms | None:
    """One entitlement."""
    found = _terms(store, store.rows(f"{_SELECT} WHERE e.id = ?", (entitlement,)))
    return found[0] if found else None


def by_name(store: Store, name: str, limit: int = 2) -> list[EntitlementId]:
    """The keys of the entitlements of that name, upper and lower case alike."""
    return [
        row["id"]
        for row in store.rows(
            "SELECT id FROM entitlements WHERE name = ? ORDER BY id LIMIT ?", (name, limit)
        )
    ]


def newest(store: Store, limit: int = 50) -> list[Terms]:
    """The newest entitlements of all customers."""
    return _terms(store, store.rows(f"{_SELECT} ORDER BY e.id DESC LIMIT ?", (limit,)))


def of_customer(store: Store, customer: int, limit: int = 50) -> list[Terms]:
    """The entitlements that a customer has or is a contact of, newest first."""
    return _terms(
        store,
        store.rows(
            f"{_SELECT} WHERE e.customer_id = :customer OR e.id IN"
            " (SELECT entitlement_id FROM entitlement_contacts WHERE customer_id = :customer)"
            " ORDER BY e.id DESC LIMIT :limit",
            {"customer": customer, "limit": limit},
        ),
    )


def default_of(store: Store, customer: int) -> Terms | None:
    """A customer's default entitlement."""
    query = f"{_SELECT} WHERE e.customer_id = ? AND e.is_default = 1"
    found = _terms(store, store.rows(query, (customer,)))
    return found[0] if found else None


def add(store: Store, values: Mapping[str, Any]) -> EntitlementId:
    """Add an entitlement's row; `put_lists` adds its lists."""
    return EntitlementId(store.insert("entitlements", values))


def put_lists(
    store: Store,
    entitlement: int,
    *,
    channels: Mapping[str, int] | None = None,
    products: Sequence[str] | None = None,
    contacts: Sequence[int] | None = None,
) -> None:
    """Replace an entitlement's lists; those that are None stay. What was used is kept."""
    if channels is not None:
        store.execute("DELETE FROM entitlement_channels WHERE entitlement_id = ?", (entitlement,))
        for position, (origin, total) in enumerate(channels.items()):
            store.execute(
                "INSERT INTO entitlement_channels SELECT :id, :origin, :position, :total,"
                " ifnull(sum(amount), 0) FROM entitlement_ledger"
                " WHERE entitlement_id = :id AND origin = :origin",
                {"id": entitlement, "origin": origin, "position": position, "total": total},
            )
    if products is not None:
        store.execute("DELETE FROM entitlement_products WHERE entitlement_id = ?", (entitlement,))
        for position, product in enumerate(products):
            store.execute(
                "INSERT INTO entitlement_products VALUES (?, ?, ?)",
                (entitlement, position, product),
            )
    if contacts is not None:
        store.execute("DELETE FROM entitlement_contacts WHERE entitlement_id = ?", (entitlement,))
        for contact in contacts:
            store.execute("INSERT INTO entitlement_contacts VALUES (?, ?)", (entitlement, contact))


def set_default(store: Store, customer: int, entitlement: int) -> None:
    """Make one entitlement the customer's default, and no other."""
    store.execute(
        "UPDATE entitlements SET is_default = 0 WHERE customer_id = ? AND is_default = 1",
        (customer,),
    )
    store.execute("UPDATE entitlements SET is_default = 1 WHERE id = ?", (entitlement,))


def was_default(store: Store, entitlement: int) -> bool:
    """Whether an ended entitlement was its customer's default until then."""
    found = store.value("SELECT was_default FROM entitlements WHERE id = ?", (entitlement,))
    return bool(found)


def cases_with(store: Store, entitlement: int) -> int:
    """How many cases have an entitlement."""
    found = store.value("SELECT count(*) FROM cases WHERE entitlement_id = ?", (entitlement,))
    return int(found)


def use(store: Store, now: int, entitlement: int, case: int, origin: str, amount: int) -> None:
    """Write into the ledger that a case uses `amount` more by `origin` (below zero: less)."""
    store.insert(
        "entitlement_ledger",
        {
            "at": now,
            "entitlement_id": entitlement,
            "case_id": case,
            "origin": origin,
            "amount": amount,
        },
    )
    store.execute("UPDATE entitlements SET used = used + ? WHERE id = ?", (amount, entitlement))
    store.execute(
        "UPDATE entitlement_channels SET used = used + ? WHERE entitlement_id = ? AND origin = ?",
        (amount, entitlement, origin),
    )


def used_by(store: Store, case: int) -> dict[tuple[EntitlementId, str], int]:
    """What a case uses, by entitlement and origin; nothing that is zero."""
    return {
        (row["entitlement_id"], row["origin"]): row["used"]
        for row in store.rows(
            "SELECT entitlement_id, origin, sum(amount) AS used FROM entitlement_ledger"
            " WHERE case_id = ? GROUP BY entitlement_id, origin HAVING sum(amount) <> 0",
            (case,),
        )
    }


def ledger(store: Store, entitlement: int, limit: int = 50) -> list[TermsUsed]:
    """The newest entries of an entitlement's ledger, newest first."""
    return [
        TermsUsed(
            id=row["id"],
            at=row["at"],
            entitlement_id=row["entitlement_id"],
            case_id=row["case_id"],
            case_number=row["number"],
            origin=row["origin"],
            amount=number(row["amount"]),
        )
        for row in store.rows(
            "SELECT l.*, k.number FROM entitlement_ledger l JOIN cases k ON k.id = l.case_id"
            " WHERE l.entitlement_id = ? ORDER BY l.id DESC LIMIT ?",
            (entitlement, limit),
        )
    ]


def problems(store: Store) -> list[str]:
    """Where what is kept as used is not the sum of the ledger; empty when all is sound."""
    totals = store.rows(
        "SELECT e.id, e.name FROM entitlements e WHERE e.used <>"
        " (SELECT ifnull(sum(amount), 0) FROM entitlement_ledger WHERE entitlement_id = e.id)"
        " LIMIT 20"
    )
    lines = store.rows(
        "SELECT e.id, e.name, c.origin FROM entitlement_channels c"
        " JOIN entitlements e ON e.id = c.entitlement_id WHERE c.used <>"
        " (SELECT ifnull(sum(amount), 0) FROM entitlement_ledger"
        " WHERE entitlement_id = e.id AND origin = c.origin) LIMIT 20"
    )
    return [
        *(
            f"entitlement {row['id']} ({row['name']}) does not agree with its ledger"
            for row in totals
        ),
        *(
            f"entitlement {row['id']} ({row['name']}) does not agree with its ledger on"
            f" {row['origin']}"
            for row in lines
        ),
    ]


def move(store: Store, source: int, target: int) -> int:
    """Move one customer's entitlements to another, whose default stays if there is one.

    Returns how many entitlements moved.
    """
    has = store.value(
        "SELECT 1 FROM entitlements WHERE customer_id = ? AND is_default = 1", (target,)
    )
    if has:
        store.execute(
            "UPDATE entitlements SET is_default = 0 WHERE customer_id = ? AND is_default = 1",
            (source,),
        )
    store.execute(
        "INSERT OR IGNORE INTO entitlement_contacts SELECT entitlement_id, ?"
        " FROM entitlement_contacts WHERE customer_id = ?",
        (target, source),
    )
    store.execute("DELETE FROM entitlement_contacts WHERE customer_id = ?", (source,))
    store.execute("UPDATE cases SET contact_id = ? WHERE contact_id = ?", (target, source))
    return store.execute(
        "UPDATE entitlements SET customer_id = ? WHERE customer_id = ?", (target, source)
    ).rowcount


def _template(row: Row) -> EntitlementTemplate:
    return EntitlementTemplate(
        id=TemplateId(row["id"]),
        name=row["name"],
        days=row["days"],
        total=number(row["total"]),
        channels={key: number(total) for key, total in json.loads(row["channels"]).items()},
        restrict=bool(row["restricted"]),
        decrease_on=DecreaseOn(row["decrease_on"]),
        allocation=Allocation(row["allocation"]),
        products=tuple(json.loads(row["products"])),
        description=row["description"],
    )


def add_template(store: Store, values: Mapping[str, Any]) -> TemplateId:
    """Add a template; `channels` are parts by origin."""
    row = {
        **values,
        "channels": json.dumps(values["channels"]),
        "products": json.dumps(list(values["products"]), ensure_ascii=False),
    }
    return TemplateId(store.insert("entitlement_templates", row))


def change_template(store: Store, key: int, values: Mapping[str, Any]) -> None:
    """Change a template; `channels` are parts by origin."""
    row = {
        **values,
        "channels": json.dumps(values["channels"]),
        "products": json.dumps(list(values["products"]), ensure_ascii=False),
    }
    store.update("entitlement_templates", key, row)


def template(store: Store, key: int) -> EntitlementTemplate | None:
    """One template."""
    row = store.row("SELECT * FROM entitlement_templates WHERE id = ?", (key,))
    return one(_template, row)


def template_by_name(store: Store, name: str) -> TemplateId | None:
    """The key of the template of that name, upper and lower case alike."""
    key: TemplateId | None = store.value(
        "SELECT id FROM entitlement_templates WHERE name = ?", (name,)
    )
    return key


def templates(store: Store) -> list[EntitlementTemplate]:
    """All templates by name."""
    rows = store.rows("SELECT * FROM entitlement_templates ORDER BY name LIMIT 1000")
    return each(_template, rows)
