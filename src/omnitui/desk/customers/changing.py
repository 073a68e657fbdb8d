"""Customers: create, change, find."""

from collections.abc import Iterable, Mapping
from typing import Any

from omnitui.desk import undo_rows
from omnitui.desk.call import Call, page_size
from omnitui.desk.convert import Exact
from omnitui.desk.customers.addresses import home, put_address, rewrite
from omnitui.desk.customers.edits import change, edit
from omnitui.desk.fields import check_needed, cleaned, defaults
from omnitui.desk.named import name_of
from omnitui.desk.registry import command, query
from omnitui.model.channel import AddressKind
from omnitui.model.customer import CUSTOMER_FIELDS, Customer
from omnitui.model.errors import Refused
from omnitui.model.ids import CustomerId
from omnitui.model.search import HitKind
from omnitui.rules.typed import parts
from omnitui.safetext import clean_line
from omnitui.store import customers, search
from omnitui.store.customers import name_key
from omnitui.store.images import Watched


def _get(call: Call, customer: int) -> Customer:
    found = customers.get(call.store, customer)
    assert found is not None
    return found


@command("customer.create", creates=CUSTOMER_FIELDS)
def create(
    call: Call, name: str, email: Exact | None = None, phone: Exact | None = None, **fields: Any
) -> Customer:
    """Create a customer, with the addresses that identify them."""
    called = name_of(name, "customer.name", "A customer")
    values = cleaned("customer", CUSTOMER_FIELDS, fields)
    _check_account(call, str(values.get("account", "")))
    known = {column: value for column, value in values.items() if value != ""}
    row = {**defaults(CUSTOMER_FIELDS), **known, "name": called}
    told = ((AddressKind.EMAIL, email), (AddressKind.PHONE, phone))
    given = [(home(call, kind), value) for kind, value in told if value]
    key = call.store.next_key("customers")
    watched = (Watched("customers", "id", key), Watched("addresses", "customer_id", key))
    what = f"created the customer {called}"
    with undo_rows.rows(call, "customer", what, called, *watched, customer=key):
        put(call, row, given)
    return _get(call, key)


undo_rows.declare("customer")


def put(call: Call, row: Mapping[str, object], addresses: Iterable[tuple[str, str]]) -> int:
    """Add a customer from checked columns, with addresses as channel and value."""
    name = str(row["name"])
    key = call.store.insert(
        "customers", {"created_at": call.now, **row, "name_key": name_key(name)}
    )
    for channel, value in addresses:
        put_address(call, key, channel, value)
    call.journal("customer.created", customer=key, name=name)
    return key


def _check_account(call: Call, account: str, customer: int | None = None) -> None:
    """Refuse an account number of another customer."""
    owner = customers.by_account(call.store, account) if account else None
    if owner not in (None, customer):
        raise Refused(
            "customer.account",
            f"Account {account} belongs to {_get(call, owner or 0).name}.",
            "Give another number, or merge the two customers if they are the same person.",
        )


@command("customer.update", updates=CUSTOMER_FIELDS)
def update(
    call: Call,
    customer: CustomerId,
    name: str | None = None,
    *,
    add_addresses: list[Exact] | None = None,
    change_addresses: dict[str, Exact] | None = None,
    **fields: Any,
) -> Customer:
    """Change a customer.

    Addresses are written as in `sms: 555 01 22`; mail and phone numbers need no channel.
    `change_addresses` gives the new value of each address; empty removes it. `undo.last` undoes all
    of it.
    """
    values = cleaned("customer", CUSTOMER_FIELDS, fields)
    check_needed("customer", CUSTOMER_FIELDS, values)
    _check_account(call, str(values.get("account", "")), customer)
    if name is not None:
        called = name_of(name, "customer.name", "A customer")
        values |= {"name": called, "name_key": name_key(called)}
    with edit(call, customer):
        if values:
            change(call, customer, values)
        rewrite(call, customer, change_addresses or {}, add_addresses or [])
    return _get(call, customer)


@query("customer.list")
def list_(
    call: Call, company: str = "", before: int | None = None, limit: int = 50
) -> list[Customer]:
    """Customers, newest first; of one company if given, upper and lower case alike.

    `before` is the key of the last customer of the previous page.
    """
    size, name = page_size(limit, 1_000), clean_line(company)
    keys = (
        customers.of_company(call.store, name, before, size)
        if name
        else customers.newest(call.store, before, size)
    )
    return customers.many(call.store, keys)


@query("customer.colleagues")
def colleagues(call: Call, customer: CustomerId, limit: int = 50) -> list[Customer]:
    """The others of this customer's company, newest first."""
    size, company = page_size(limit, 1_000), _get(call, customer).company
    if not company:
        return []
    keys = customers.of_company(call.store, company, None, size + 1)
    return customers.many(call.store, [key for key in keys if key != customer][:size])


@query("customer.get")
def get(call: Call, customer: CustomerId) -> Customer:
    """One customer; after a merge, the survivor."""
    return _get(call, customer)


@query("customer.search")
def find(call: Call, query: str, limit: int = 10) -> list[Customer]:
    """Customers whose name, company, account, city, notes or addresses have the given words.

    The beginning of each word is enough, and numbers may be written in any way.
    """
    hits = search.find(call.store, HitKind.CUSTOMER, parts(query), page_size(limit, 100))
    return customers.many(call.store, [hit.ref for hit in hits])
