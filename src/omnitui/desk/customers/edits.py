"""Changes to a customer's details, kept so that one undo restores them."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from omnitui.desk import undo
from omnitui.desk.call import Call
from omnitui.desk.undo_conversations import address_taken
from omnitui.model.customer import Customer
from omnitui.store import address_rows, customers, edits
from omnitui.store.customers import name_key

_KIND = "customer.fields"


def _get(call: Call, customer: int) -> Customer:
    found = customers.get(call.store, customer)
    assert found is not None
    return found


def change(call: Call, customer: int, values: Mapping[str, object]) -> None:
    """Write columns that are checked."""
    call.store.update("customers", customer, values)
    if "name" in values:
        customers.rename_conversations(call.store, customer, str(values["name"]))
    call.journal("customer.updated", customer=customer, fields=sorted(values))


@contextmanager
def edit(call: Call, customer: int) -> Iterator[None]:
    """Keep the previous columns and addresses of a customer changed in the block, for undo."""
    before = _details(call, customer)
    yield
    fields, addresses = (
        edits.changed(*both) for both in zip(before, _details(call, customer), strict=True)
    )
    if fields["after"] or addresses["before"] or addresses["after"]:
        deed = {"customer": customer, "fields": fields, "addresses": addresses}
        what = f"changed the details of {_get(call, customer).name}"
        undo.remember_deed(call, what, _KIND, deed)


def _details(call: Call, customer: int) -> tuple[dict[str, Any], dict[str, Any]]:
    store = call.store
    return edits.customer_fields(store, customer), edits.addresses(store, customer)


def _changed_since(call: Call, deed: Mapping[str, Any]) -> str:
    """Why a customer's details cannot be restored, as a clause."""
    customer, before = deed["customer"], deed["fields"]["before"]
    into = customers.survivor(call.store, customer)
    if into != customer:
        return f"they were merged into {_get(call, into).name} since"
    name = _get(call, customer).name
    fields, _addresses = _details(call, customer)
    if any(fields[key] != value for key, value in deed["fields"]["after"].items()):
        return f"the details of {name} have been changed since"
    owner = customers.by_account(call.store, before["account"]) if before.get("account") else None
    if owner not in (None, customer):
        return f"account {before['account']} belongs to {_get(call, owner or 0).name} now"
    return _addresses_changed(call, customer, deed["addresses"])


def _addresses_changed(call: Call, customer: int, deed: Mapping[str, Mapping[str, Any]]) -> str:
    """Why an address cannot be restored, as a clause."""
    was, became = deed["before"], deed["after"]
    ours = {int(key) for key in (*was, *became)}
    for key in {**was, **became}:
        before, after = (
            edits.address_row(customer, key, rows[key]) if key in rows else None
            for rows in (was, became)
        )
        now = address_rows.at(call.store, int(key))
        if now != after:
            value = (after or before or {})["value"]
            if now is None:
                return f"{value} has been removed since"
            whose = _get(call, now["customer_id"]).name
            return f"{value} is {now['value']} of {whose} now"
        taken = "" if before is None else address_taken(call, before, ours)
        if taken:
            return taken
    return ""


def _as_before(call: Call, deed: Mapping[str, Any]) -> None:
    customer, values = deed["customer"], dict(deed["fields"]["before"])
    was, became = deed["addresses"]["before"], deed["addresses"]["after"]
    edits.put_addresses(call.store, customer, was, became)
    if "name" in values:
        values["name_key"] = name_key(values["name"])
    if values:
        change(call, customer, values)
    else:
        call.journal("customer.updated", customer=customer, fields=["addresses"])


undo.deeds(_KIND, _changed_since, _as_before)
