"""Customers as table rows, for export and import."""

from collections.abc import Mapping
from typing import Any

from omnitui.desk.call import Call
from omnitui.desk.customers import changing as desk_customers
from omnitui.desk.customers.addresses import home, put_address
from omnitui.desk.customers.edits import change
from omnitui.desk.fields import as_told, cleaned, clear_nothing
from omnitui.desk.records.references import Outcome, Result
from omnitui.model.channel import AddressKind
from omnitui.model.customer import CUSTOMER_FIELDS, Customer
from omnitui.model.errors import Refused
from omnitui.rules.addresses import LONGEST, looks_right, several
from omnitui.rules.likeness import like_name
from omnitui.safetext import clean_line
from omnitui.store import customers, records

_COLUMNS = {"email": AddressKind.EMAIL, "phone": AddressKind.PHONE}
"""The columns of address kinds: addresses go to the first channel of the kind."""
Given = list[tuple[str, str, bool]]
"""Addresses: channel, value, and whether the value must be a valid address."""


def row(call: Call, key: int) -> dict[str, Any]:
    """A customer's row."""
    who = customers.get(call.store, key)
    assert who is not None
    plain, others = _places(call, who)
    return {
        "id": who.id,
        **{field.key: as_told(field, who) for field in CUSTOMER_FIELDS},
        **{column: plain[kind] for column, kind in _COLUMNS.items()},
        "addresses": others,
    }


def _places(call: Call, who: Customer) -> tuple[dict[AddressKind, list[str]], dict[str, list[str]]]:
    """A customer's addresses: those with their own column, by kind; the others by channel."""
    plain: dict[AddressKind, list[str]] = {kind: [] for kind in _COLUMNS.values()}
    others: dict[str, list[str]] = {}
    for address in who.addresses:
        kind = call.place(address.channel).address_kind
        own = kind in plain and looks_right(kind, address.value)
        if own and address.channel == home(call, kind):
            plain[kind].append(address.value)
        else:
            others.setdefault(address.channel, []).append(address.value)
    return plain, others


def put(call: Call, given: Mapping[str, Any], written: Mapping[int, int]) -> Result:
    """Add a customer, or update the one that the row identifies."""
    addresses = _addresses(call, given)
    values = clear_nothing(CUSTOMER_FIELDS, cleaned("customer", CUSTOMER_FIELDS, given))
    key = _found(call, given, values, addresses, written)
    if key is None:
        return _new(call, given, values, addresses)
    before = customers.get(call.store, key)
    assert before is not None
    if before.account:
        values.pop("account", None)
    changes = {name: value for name, value in values.items() if getattr(before, name) != value}
    if "name" in changes:
        changes["name_key"] = customers.name_key(changes["name"])
    if changes:
        change(call, key, changes)
    return Result(key, Outcome.of(_add(call, before, addresses) or bool(changes)))


def _addresses(call: Call, given: Mapping[str, Any]) -> Given:
    found: Given = [
        (channel, value, True)
        for column, kind in _COLUMNS.items()
        if (cells := given.get(column)) and (channel := home(call, kind))
        for cell in cells
        for value in several(kind, cell)
    ]
    for channel, values in (given.get("addresses") or {}).items():
        key = call.channel(channel.strip().lower()).key
        found += [(key, value, False) for value in values]
    return found


def _found(
    call: Call,
    given: Mapping[str, Any],
    values: Mapping[str, Any],
    addresses: Given,
    written: Mapping[int, int],
) -> int | None:
    """The customer with the row's account, else with an address, else with only the name."""
    account = str(values.get("account", ""))
    if account:
        found = customers.by_account(call.store, account)
        if found is not None:
            return found
    for channel, value, _ in addresses:
        owner = customers.by_address(call.store, _key(call, channel, value))
        if owner is not None:
            _check_account(call, owner, account, value)
            _check_same(call, owner, values, addresses, channel, value)
            return owner
    number = given.get("id")
    if "name" in values and _same(call, number, values["name"]) and number not in written:
        return number
    if account or addresses or "name" not in values:
        return None
    _check_number(call, number, values["name"])
    return _by_name(call, number, values, written)


def _same(call: Call, number: int | None, name: str) -> bool:
    """Whether the customer of that number has that name."""
    who = None if number is None else customers.get(call.store, number)
    return who is not None and customers.name_key(who.name) == customers.name_key(name)


def _check_number(call: Call, number: int | None, name: str) -> None:
    """Refuse a number with another name, if the row has nothing else to identify the customer."""
    who = None if number is None else customers.get(call.store, number)
    if who is not None:
        raise Refused(
            "customer.number",
            f"Number {number} is {who.name} here, but the line has {name}.",
            "Give the account or an address too, or leave the column id empty for a new customer.",
        )


def _by_name(
    call: Call, number: int | None, values: Mapping[str, Any], written: Mapping[int, int]
) -> int | None:
    """The one of that number, else the first whom no other line of the file identifies."""
    at = values.get("created_at")
    found = [
        key
        for key, created in records.nothing_but(call.store, values["name"])
        if key == number or (key not in written and at in (None, created))
    ]
    return number if number in found else next(iter(found), None)


def _check_account(call: Call, owner: int, account: str, value: str) -> None:
    who = customers.get(call.store, owner)
    assert who is not None
    if account and who.account:
        raise Refused(
            "address.taken",
            f"{clean_line(value)} belongs to {who.name}, whose account is {who.account}.",
            "Merge the two customers if they are the same person.",
        )


def _check_same(
    call: Call,
    owner: int,
    values: Mapping[str, Any],
    addresses: Given,
    channel: str,
    value: str,
) -> None:
    """Refuse to change the name of a customer who only shares an address with the row.

    A household shares its number, so a number alone identifies nobody. A customer with the same
    mail address may have changed their name, unless the row has other details that are new.
    """
    who = customers.get(call.store, owner)
    assert who is not None
    name = str(values.get("name") or who.name)
    if customers.name_key(name) == customers.name_key(who.name) or like_name(name, who.name):
        return
    known = {address.key for address in who.addresses}
    mail = call.place(channel).address_kind is AddressKind.EMAIL
    if mail and all(_key(call, where, one) in known for where, one, _ in addresses):
        return
    raise Refused(
        "customer.other",
        f"{clean_line(value)} belongs to {who.name}, but the line has {name}.",
        "Two people: leave it out. One person: give the account, or change the name of "
        f"{who.name}.",
    )


def _key(call: Call, channel: str, value: str) -> str:
    return call.address_key(channel, clean_line(value, limit=LONGEST))


def _new(call: Call, given: Mapping[str, Any], values: dict[str, Any], addresses: Given) -> Result:
    if "name" not in values:
        raise Refused("customer.name", "A new customer needs a name.", "Fill in the column name.")
    number = given.get("id", 0)
    # Others name those by their number who have nothing else, so it is kept where it is free.
    if number > 0 and not call.store.holds("customers", number):
        values["id"] = number
    key = desk_customers.put(call, values, ())
    for channel, value, strict in addresses:
        put_address(call, key, channel, value, strict=strict)
    return Result(key, Outcome.CREATED)


def _add(call: Call, before: Customer, addresses: Given) -> bool:
    """Add the new addresses; returns whether there were any."""
    known = {address.key for address in before.addresses}
    for channel, value, strict in addresses:
        key = _key(call, channel, value)
        if key not in known:
            known.add(key)
            put_address(call, before.id, channel, value, strict=strict)
            call.journal("customer.address_added", customer=before.id, channel=channel)
    return len(known) > len(before.addresses)
