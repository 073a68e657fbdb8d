"""The editable fields of a case or a customer, for undo."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from omnitui.model.case import CASE_FIELDS
from omnitui.model.customer import CUSTOMER_FIELDS
from omnitui.model.fields import changed_by_agents
from omnitui.store.engine import Store
from omnitui.store.fields import columns

_CASE = columns(changed_by_agents(CASE_FIELDS))
_CUSTOMER = columns(changed_by_agents(CUSTOMER_FIELDS))


def case_fields(store: Store, case: int) -> dict[str, Any]:
    """The columns of a case that people edit."""
    row = store.row("SELECT * FROM cases WHERE id = ?", (case,))
    assert row is not None
    return {name: row[name] for name in _CASE}


def customer_fields(store: Store, customer: int) -> dict[str, Any]:
    """The columns of a customer that people edit."""
    row = store.row("SELECT * FROM customers WHERE id = ?", (customer,))
    assert row is not None
    return {name: row[name] for name in _CUSTOMER}


def addresses(store: Store, customer: int) -> dict[str, list[Any]]:
    """A customer's addresses by the keys of their rows: channel, value, compared form of each, and
    since when they are linked by hand (epoch ms, 0 for not).

    The keys are text, as JSON has them.
    """
    rows = store.rows("SELECT * FROM addresses WHERE customer_id = ? ORDER BY id", (customer,))
    return {
        str(row["id"]): [row["channel"], row["value"], row["key"], row["linked_at"]] for row in rows
    }


def address_row(customer: int, key: str, values: Sequence[Any]) -> dict[str, Any]:
    """The whole row of an address, from its key and its entry in `addresses`."""
    channel, value, compared, *linked = values
    return {
        "id": int(key),
        "customer_id": customer,
        "channel": channel,
        "value": value,
        "key": compared,
        "linked_at": linked[0] if linked else 0,
    }


def put_addresses(
    store: Store, customer: int, rows: Mapping[str, list[Any]], gone: Iterable[str]
) -> None:
    """Restore rows of a customer's addresses, and remove those in `gone`."""
    for key in [*gone, *rows]:
        store.execute(
            "DELETE FROM addresses WHERE id = ? AND customer_id = ?", (int(key), customer)
        )
    for key, values in rows.items():
        store.insert("addresses", address_row(customer, key, values))


def changed(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """The differences between `before` and `after`; a new or removed entry is in only one."""
    names = [name for name in {**before, **after} if before.get(name) != after.get(name)]
    return {
        "before": {name: before[name] for name in names if name in before},
        "after": {name: after[name] for name in names if name in after},
    }
