"""Customers: create, change, find."""

from collections.abc import Iterable, Mapping

from omnitui.desk.call import Call, page_size
from omnitui.desk.registry import command, query
from omnitui.model.customer import Customer, Tier
from omnitui.model.errors import Refused
from omnitui.model.ids import CustomerId
from omnitui.model.search import HitKind
from omnitui.rules.identify import normalise_address
from omnitui.safetext import clean, clean_line
from omnitui.store import customers, search
from omnitui.store.customers import name_key


def _get(call: Call, customer: int) -> Customer:
    found = customers.get(call.store, customer)
    assert found is not None
    return found


@command("customer.create")
def create(
    call: Call,
    name: str,
    email: str | None = None,
    phone: str | None = None,
    company: str = "",
    tier: Tier = Tier.BRONZE,
    language: str = "en",
    account: str = "",
    city: str = "",
) -> Customer:
    """Add a customer, with the addresses they are known by."""
    called = clean_line(name).strip()
    if not called:
        raise Refused("customer.name", "A customer needs a name.")
    account = clean_line(account)
    if account and customers.by_account(call.store, account) is not None:
        raise Refused("customer.account", f"Account {account} belongs to another customer.")
    row = {
        "name": called,
        "company": clean_line(company),
        "account": account,
        "tier": tier,
        "language": clean_line(language),
        "city": clean_line(city),
    }
    given = [(channel, value) for channel, value in (("email", email), ("phone", phone)) if value]
    return _get(call, put(call, row, given))


def put(call: Call, row: Mapping[str, object], addresses: Iterable[tuple[str, str]]) -> int:
    """Add a customer whose columns are checked, with addresses as channel and value."""
    name = str(row["name"])
    key = call.store.insert(
        "customers", {"created_at": call.now, **row, "name_key": name_key(name)}
    )
    for channel, value in addresses:
        put_address(call, key, channel, value)
    call.journal("customer.created", customer=key, name=name)
    return key


def put_address(
    call: Call, customer: int, channel: str, value: str, *, strict: bool = True
) -> None:
    """Add an address unless the customer has it; refuses what others have.

    A `strict` one is refused too if it cannot be an e-mail address; mail has come from such ones.
    """
    value = clean_line(value).strip()
    key = normalise_address(channel, value)
    if not key.partition(":")[2]:
        raise Refused("address.invalid", f"{value!r} is not an address on {channel}.")
    if strict and channel == "email" and "@" not in value:
        raise Refused("address.invalid", f"{value!r} is not an e-mail address.")
    owner = customers.by_address(call.store, key)
    if owner == customer:
        return
    if owner is not None:
        raise Refused(
            "address.taken",
            f"{value} belongs to {_get(call, owner).name}.",
            "Merge the two customers if they are the same person.",
        )
    customers.add_address(call.store, customer, channel, value, key)


@command("customer.update")
def update(
    call: Call,
    customer: CustomerId,
    name: str | None = None,
    company: str | None = None,
    tier: Tier | None = None,
    language: str | None = None,
    city: str | None = None,
    notes: str | None = None,
) -> Customer:
    """Change a customer; what is not named stays."""
    values: dict[str, object] = {
        key: clean_line(text)
        for key, text in (("company", company), ("language", language), ("city", city))
        if text is not None
    }
    if name is not None:
        called = clean_line(name).strip()
        if not called:
            raise Refused("customer.name", "A customer needs a name.")
        values |= {"name": called, "name_key": name_key(called)}
    if tier is not None:
        values["tier"] = tier
    if notes is not None:
        values["notes"] = clean(notes)
    if values:
        change(call, customer, values)
    return _get(call, customer)


def change(call: Call, customer: int, values: Mapping[str, object]) -> None:
    """Write columns that are checked."""
    call.store.update("customers", customer, values)
    if "name" in values:
        customers.rename_conversations(call.store, customer, str(values["name"]))
    call.journal("customer.updated", customer=customer, fields=sorted(values))


@command("customer.add_address")
def add_address(call: Call, customer: CustomerId, channel: str, address: str) -> Customer:
    """Add an address that a customer can be reached at and is known by."""
    put_address(call, customer, call.channel(channel).key, address)
    call.journal("customer.address_added", customer=customer, channel=channel)
    return _get(call, customer)


@query("customer.get")
def get(call: Call, customer: CustomerId) -> Customer:
    """One customer; after a merge, the survivor."""
    return _get(call, customer)


@query("customer.search")
def find(call: Call, query: str, limit: int = 10) -> list[Customer]:
    """Customers whose name, company, account, town or notes begin with the words given."""
    hits = search.find(call.store, HitKind.CUSTOMER, search.query(query), page_size(limit, 100))
    return customers.many(call.store, [hit.ref for hit in hits])
