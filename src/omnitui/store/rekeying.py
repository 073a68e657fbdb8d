"""The compared forms of addresses, rebuilt when the way of comparing changes."""

from collections.abc import Callable
from typing import NamedTuple

from omnitui.store import settings
from omnitui.store.engine import Store

_KEPT_AS = "addresses_form"

Compared = Callable[[str, str], str]
"""The form in which an address is compared, by channel and address."""


class Shared(NamedTuple):
    """An address of a customer that turns out to be another one's too; it stays in its old form."""

    customer: int
    value: str
    owner: int


def form(store: Store) -> str:
    """The way in which the store's addresses are compared; empty if nothing says."""
    return settings.get(store, _KEPT_AS) or ""


def rekey(store: Store, compared: Compared, name: str) -> list[Shared]:
    """Write every address in the form in which it is compared from now on, called `name`.

    Nobody gets another one's address by it: where two are the same by now, the one that was so
    before, else the older one, is known by it, and the other is returned.
    """
    shared = _addresses(store, compared)
    for table, keys in (("conversations", ("id",)), ("escalations", ("conversation_id", "step"))):
        names = ", ".join(keys)
        same = " AND ".join(f"{key} = ?" for key in keys)
        for row in store.rows(f"SELECT {names}, channel, address, address_key FROM {table}"):
            if ":  " in row["address_key"]:
                continue  # whoever withholds their address is not compared by it
            key = compared(row["channel"], row["address"])
            if key != row["address_key"] and key.partition(":")[2]:
                store.execute(
                    f"UPDATE {table} SET address_key = ? WHERE {same}",
                    (key, *(row[one] for one in keys)),
                )
    settings.put(store, _KEPT_AS, name)
    return shared


def _addresses(store: Store, compared: Compared) -> list[Shared]:
    rows = store.rows("SELECT id, customer_id, channel, value, key FROM addresses ORDER BY id")
    wanted = {row["id"]: compared(row["channel"], row["value"]) for row in rows}
    wanted = {
        row["id"]: wanted[row["id"]] if wanted[row["id"]].partition(":")[2] else row["key"]
        for row in rows
    }
    owners = {row["key"]: row["customer_id"] for row in rows if wanted[row["id"]] == row["key"]}
    changed = [row for row in rows if wanted[row["id"]] != row["key"]]
    shared: list[Shared] = []
    final: dict[int, str] = {}
    for row in changed:
        key, customer = wanted[row["id"]], row["customer_id"]
        if key in owners:
            if owners[key] != customer:
                shared.append(Shared(customer, row["value"], owners[key]))
            key = row["key"] if row["key"] not in owners else f"{row['key']}#{row['id']}"
        owners[key] = customer
        final[row["id"]] = key
    # Two may exchange their forms: each gives up its own first.
    for number in final:
        store.execute("UPDATE addresses SET key = ? WHERE id = ?", (f"rekey:{number}", number))
    for number, key in final.items():
        store.execute("UPDATE addresses SET key = ? WHERE id = ?", (key, number))
    return shared
