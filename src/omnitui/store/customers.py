"""Customers and their addresses."""

import unicodedata
from collections.abc import Iterable, Sequence
from contextlib import suppress
from typing import Any

from omnitui.model.case import CaseStatus
from omnitui.model.channel import AddressKind
from omnitui.model.customer import CUSTOMER_FIELDS, Address, Customer
from omnitui.model.errors import Refused
from omnitui.model.fields import Merging, changed_by_agents
from omnitui.model.ids import CustomerId
from omnitui.store.engine import Row, Store
from omnitui.store.fields import columns, reader
from omnitui.store.reading import one, unreadable

_read = reader(Customer, CUSTOMER_FIELDS, also="id merged_into")
_KNOWN = changed_by_agents(CUSTOMER_FIELDS)
FILLED = columns(tuple(field for field in _KNOWN if field.merging is Merging.FILLED))
"""Fields that the survivor of a merge gets from the other customer if it has none."""
JOINED = columns(tuple(field for field in _KNOWN if field.merging is Merging.JOINED))
"""Fields that it gets too."""


def name_key(name: str) -> str:
    """The form of a name that is compared: case and white space folded, letters composed."""
    composed = unicodedata.normalize("NFC", name)
    return " ".join(unicodedata.normalize("NFC", composed.casefold()).split())


def _customer(row: Row, addresses: Iterable[Row]) -> Customer:
    return _read(
        row, addresses=tuple([Address(a["channel"], a["value"], a["key"]) for a in addresses])
    )


def get(store: Store, customer: int) -> Customer | None:
    """One customer with addresses; after a merge, the survivor."""
    row = store.row("SELECT * FROM customers WHERE id = ?", (customer,))
    if row is None:
        return None
    if row["merged_into"] is not None:
        return get(store, survivor(store, customer))
    addresses = store.rows("SELECT * FROM addresses WHERE customer_id = ? ORDER BY id", (customer,))
    return one(lambda row: _customer(row, addresses), row)


def survivor(store: Store, customer: int) -> CustomerId:
    """The customer into whom a customer was merged in the end, or the same one."""
    seen = set()
    while customer not in seen:
        seen.add(customer)
        into = store.value("SELECT merged_into FROM customers WHERE id = ?", (customer,))
        if into is None:
            return CustomerId(customer)
        customer = into
    # Damage has made a circle of them.
    raise unreadable(" in customers")


def many(store: Store, keys: Sequence[int]) -> list[Customer]:
    """Several customers, in the order of `keys`."""
    found = []
    for key in keys:
        with suppress(Refused):
            found.append(get(store, key))
    return [customer for customer in found if customer is not None]


def by_address(store: Store, key: str) -> CustomerId | None:
    """The customer with this address (compared form)."""
    found: CustomerId | None = store.value(
        "SELECT customer_id FROM addresses WHERE key = ?", (key,)
    )
    return found


def by_name(store: Store, name: str, limit: int = 20) -> list[CustomerId]:
    """The customers of exactly that name, case and white space aside."""
    return [
        row["id"]
        for row in store.rows(
            "SELECT id FROM customers WHERE name_key = ? AND merged_into IS NULL"
            " ORDER BY id LIMIT ?",
            (name_key(name), limit),
        )
    ]


def by_account(store: Store, account: str) -> CustomerId | None:
    """The customer with that account number, in any case; after a merge, the survivor."""
    found = store.value(
        "SELECT id FROM customers WHERE account = ? COLLATE NOCASE AND account <> ''"
        " ORDER BY merged_into IS NOT NULL LIMIT 1",
        (account,),
    )
    return None if found is None else survivor(store, found)


def of_kind(kind: AddressKind) -> str:
    """Whether an address is of a kind that channels share, as SQL; indexes name the same."""
    return f"substr(key, 1, {len(kind) + 1}) = '{kind}:'"


def by_number_end(store: Store, end: str, limit: int) -> list[CustomerId]:
    """The customers with a phone number that ends in these seven digits."""
    return [
        row["customer_id"]
        for row in store.rows(
            "SELECT customer_id FROM addresses WHERE substr(key, -7) = ?"
            f" AND {of_kind(AddressKind.PHONE)} LIMIT ?",
            (end, limit),
        )
    ]


def by_domain(store: Store, domain: str, limit: int) -> list[CustomerId]:
    """The newest customers of a company with e-mail from this domain, such as `@fjord.example`."""
    return [
        row["customer_id"]
        for row in store.rows(
            "SELECT a.customer_id FROM addresses a JOIN customers c ON c.id = a.customer_id"
            f" WHERE {of_kind(AddressKind.EMAIL)} AND substr(a.key, instr(a.key, '@')) = ?"
            " AND c.company <> '' ORDER BY a.id DESC LIMIT ?",
            (domain, limit),
        )
    ]


def by_mailbox(store: Store, name: str, limit: int) -> list[CustomerId]:
    """The customers with an e-mail address that has this before its `@`."""
    return [
        row["customer_id"]
        for row in store.rows(
            "SELECT customer_id FROM addresses WHERE key > ?1 || '@' AND key < ?1 || 'A' LIMIT ?2",
            (f"{AddressKind.EMAIL}:{name}", limit),
        )
    ]


def case_numbers(store: Store, customer: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The numbers of a customer's cases, newest first: of active ones, and of ended ones."""
    rows = store.rows(
        "SELECT number, status FROM cases WHERE customer_id = ? ORDER BY created_at DESC LIMIT 200",
        (customer,),
    )
    return (
        tuple(row["number"] for row in rows if row["status"] == CaseStatus.ACTIVE),
        tuple(row["number"] for row in rows if row["status"] != CaseStatus.ACTIVE),
    )


def linked_keys(store: Store, customer: int) -> tuple[str, ...]:
    """The addresses that were linked to this customer by an agent."""
    rows = store.rows(
        "SELECT key FROM addresses WHERE customer_id = ? AND linked_at > 0", (customer,)
    )
    return tuple(row["key"] for row in rows)


def link_address(store: Store, customer: int, channel: str, value: str, key: str, at: int) -> None:
    """Give an address to a customer, whoever had it, because an agent linked it (epoch ms)."""
    store.execute(
        "INSERT INTO addresses (customer_id, channel, value, key, linked_at) VALUES (?, ?, ?, ?, ?)"
        " ON CONFLICT (key) DO UPDATE SET customer_id = excluded.customer_id,"
        " linked_at = excluded.linked_at",
        (customer, channel, value, key, at),
    )


def add_address(store: Store, customer: int, channel: str, value: str, key: str) -> None:
    """Add an address. The caller has checked that nobody else has it."""
    store.insert(
        "addresses", {"customer_id": customer, "channel": channel, "value": value, "key": key}
    )


def change_address(store: Store, old: str, value: str, key: str) -> None:
    """Change an address. The caller has checked that nobody else has it.

    The new address does not count as linked by an agent.
    """
    store.execute(
        "UPDATE addresses SET value = :value, key = :key,"
        " linked_at = CASE WHEN key = :key THEN linked_at ELSE 0 END WHERE key = :old",
        {"value": value, "key": key, "old": old},
    )


def remove_address(store: Store, key: str) -> str:
    """Remove an address; returns its channel."""
    channel = store.value("SELECT channel FROM addresses WHERE key = ?", (key,))
    store.execute("DELETE FROM addresses WHERE key = ?", (key,))
    return str(channel or "")


def of_company(
    store: Store, company: str, before: int | None = None, limit: int = 50
) -> list[CustomerId]:
    """A page of a company's customers, newest first; upper and lower case alike."""
    return [
        row["id"]
        for row in store.rows(
            "SELECT id FROM customers WHERE company = ? COLLATE NOCASE AND company <> ''"
            " AND merged_into IS NULL AND id < ? ORDER BY id DESC LIMIT ?",
            (company, before or 2**62, limit),
        )
    ]


def newest(store: Store, before: int | None = None, limit: int = 50) -> list[CustomerId]:
    """A page of customers, newest first."""
    return [
        row["id"]
        for row in store.rows(
            "SELECT id FROM customers WHERE merged_into IS NULL AND id < ?"
            " ORDER BY id DESC LIMIT ?",
            (before or 2**62, limit),
        )
    ]


def rename_conversations(store: Store, customer: int, name: str) -> None:
    """Update the name in the rows of a customer's conversations, which lists show."""
    store.execute("UPDATE conversations SET name = ? WHERE customer_id = ?", (name, customer))


def merge(store: Store, source: int, target: int) -> dict[str, int]:
    """Move everything of one customer to another; returns how many rows of each table moved.

    The survivor keeps its own values; empty ones are filled.
    """
    moved = {
        table: store.execute(
            f"UPDATE {table} SET customer_id = ? WHERE customer_id = ?", (target, source)
        ).rowcount
        for table in ("addresses", "cases", "conversations", "activities")
    }
    store.execute("UPDATE customers SET merged_into = ? WHERE id = ?", (target, source))
    values = filled(store, source, target)
    if values:
        store.update("customers", target, values)
    name = store.value("SELECT name FROM customers WHERE id = ?", (target,))
    rename_conversations(store, target, name)
    return moved


def filled(store: Store, source: int, target: int) -> dict[str, Any]:
    """What merging one customer into another writes into the survivor's row, by column."""
    one = store.row("SELECT * FROM customers WHERE id = ?", (source,))
    other = store.row("SELECT * FROM customers WHERE id = ?", (target,))
    assert one is not None
    assert other is not None
    values = {name: one[name] for name in FILLED if one[name] and not other[name]}
    for name in JOINED:
        if one[name]:
            values[name] = "\n".join(filter(None, (other[name], one[name])))
    return values
