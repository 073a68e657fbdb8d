"""Addresses that reach and identify customers: add, change, remove."""

from collections.abc import Iterable, Mapping

from omnitui.desk.call import Call
from omnitui.desk.convert import Exact
from omnitui.desk.customers.edits import edit
from omnitui.desk.registry import command
from omnitui.desk.retired import in_use
from omnitui.model.channel import AddressKind, Channel
from omnitui.model.customer import Address, Customer
from omnitui.model.errors import Refusal, Refused, refuse
from omnitui.model.ids import CustomerId
from omnitui.rules.addresses import (
    LONGEST,
    is_withheld,
    kept_address,
    looks_right,
    unlike,
    unseen,
    written_address,
)
from omnitui.safetext import clean_line
from omnitui.store import customers


def _get(call: Call, customer: int) -> Customer:
    found = customers.get(call.store, customer)
    assert found is not None
    return found


def put_address(
    call: Call, customer: int, channel: str, value: str, *, strict: bool = True
) -> None:
    """Add an address unless the customer has it; refused if another customer has it.

    A `strict` one is refused too if it is not valid for its kind; mail and calls may have come from
    such an address.
    """
    refuse(unseen(value))
    value = as_kept(call.place(channel), value)
    key = _free_key(call, customer, channel, value, strict=strict)
    if customers.by_address(call.store, key) is None:
        customers.add_address(call.store, customer, channel, value, key)


def home(call: Call, kind: AddressKind) -> str:
    """The default channel of a kind of address: the first in use."""
    found = call.known.get(call.store, ("home", kind), lambda: _home(call, kind))
    if found is None:
        raise Refused(
            "address.channel",
            f"No channel has addresses of the kind {kind.value}.",
            f"Add one with channel.create, address_kind={kind.value}.",
        )
    return found


def _home(call: Call, kind: AddressKind) -> str | None:
    found = [key for key, one in call.channels.items() if one.address_kind is kind]
    return next((key for key in found if in_use(call, "channel", key)), next(iter(found), None))


def as_kept(where: Channel, written: str) -> str:
    """An address in the form that is saved: one line, without the extras of mail clients and
    phones."""
    return kept_address(where.address_kind, clean_line(written, limit=LONGEST))


def _free_key(call: Call, customer: int, channel: str, value: str, *, strict: bool = True) -> str:
    """The compared form of an address; refused if it is not valid or another customer's."""
    where = call.place(channel)
    if where.address_kind is AddressKind.NONE:
        raise Refused(
            "address.none",
            f"Addresses on {where.label} identify nobody.",
            "Leave it out.",
        )
    key = call.address_key(channel, value)
    if not key.partition(":")[2]:
        raise Refused(
            "address.invalid", f"{value!r} is not an address on {channel}.", "Give a valid address."
        )
    if is_withheld(where.address_kind, value):
        raise Refused(
            "address.withheld",
            f"{value!r} identifies nobody: anybody can call or write from it.",
            "Leave it out.",
        )
    if strict and not looks_right(where.address_kind, value):
        refuse(unlike(where.address_kind, value))
    owner = customers.by_address(call.store, key)
    if owner not in (None, customer):
        raise Refused(
            "address.taken",
            f"{value} belongs to {_get(call, owner or 0).name}.",
            "Merge the two customers if they are the same person.",
        )
    return key


@command("customer.add_address")
def add_address(call: Call, customer: CustomerId, channel: str, address: Exact) -> Customer:
    """Add an address that reaches and identifies a customer."""
    with edit(call, customer):
        _add(call, customer, channel, address)
    return _get(call, customer)


def _add(call: Call, customer: int, channel: str, address: str) -> None:
    put_address(call, customer, call.channel(channel).key, address)
    call.journal("customer.address_added", customer=customer, channel=channel)


@command("customer.change_address")
def change_address(
    call: Call, customer: CustomerId, address: Exact, to: Exact, channel: str | None = None
) -> Customer:
    """Change an address of a customer; `channel` says which, if several are alike."""
    with edit(call, customer):
        _change(call, customer, address, to, channel)
    return _get(call, customer)


def _change(call: Call, customer: int, address: str, to: str, channel: str | None) -> None:
    found = _own(call, customer, address, channel)
    refuse(unseen(to))
    value = as_kept(call.place(found.channel), to)
    key = _free_key(call, customer, found.channel, value)
    owner = customers.by_address(call.store, key)
    if owner is not None and key != found.key:
        raise Refused(
            "address.twice",
            f"{_get(call, customer).name} has {value} already.",
            f"Remove {found.value} instead.",
        )
    if (value, key) != (found.value, found.key):
        customers.change_address(call.store, found.key, value, key)
        call.journal("customer.address_changed", customer=customer, channel=found.channel)


@command("customer.remove_address")
def remove_address(
    call: Call, customer: CustomerId, address: Exact, channel: str | None = None
) -> Customer:
    """Remove an address of a customer: its sender is no longer identified."""
    with edit(call, customer):
        _remove(call, customer, address, channel)
    return _get(call, customer)


def _remove(call: Call, customer: int, address: str, channel: str | None) -> None:
    found = _own(call, customer, address, channel)
    customers.remove_address(call.store, found.key)
    call.journal("customer.address_removed", customer=customer, channel=found.channel)


def rewrite(call: Call, customer: int, changed: Mapping[str, str], added: Iterable[str]) -> None:
    """Change and remove a customer's addresses, then add some, all as people write them.

    `changed` has the new value of each address; an empty one removes it.
    """
    for address, to in changed.items():
        named, colon, value = address.partition(":")
        channel = named.strip() if colon and named.strip() in call.channels else None
        which = address if channel is None else value.strip()
        if clean_line(to).strip():
            _change(call, customer, which, to, channel)
        else:
            _remove(call, customer, which, channel)
    for address in added:
        placed = written_address(clean_line(address, limit=LONGEST), call.channels)
        if isinstance(placed, Refusal):
            raise Refused(placed.code, placed.message, placed.hint)
        _add(call, customer, *placed)


def _own(call: Call, customer: int, address: str, channel: str | None) -> Address:
    """The customer's address that fits."""
    person = _get(call, customer)
    wanted = clean_line(address, limit=LONGEST)
    on = None if channel is None else call.channel(channel).key
    found = [
        own
        for own in person.addresses
        if on in (None, own.channel)
        and (own.value == wanted or own.key == call.address_key(own.channel, wanted))
    ]
    if len(found) == 1:
        return found[0]
    known = ", ".join(own.value for own in person.addresses) or "none"
    if not found:
        raise Refused(
            "address.unknown",
            f"{person.name} has no address {wanted!r}.",
            f"Known addresses: {known}.",
        )
    raise Refused(
        "address.ambiguous",
        f"{person.name} has {wanted} on {' and '.join(own.channel for own in found)}.",
        "Choose one with channel=KEY.",
    )
