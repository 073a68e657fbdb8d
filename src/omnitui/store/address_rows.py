"""Rows of addresses for undo: key, owner and written form."""

from collections.abc import Sequence
from typing import Any

from omnitui.store.engine import Row, Store

_ADDRESS = "id, customer_id, channel, value, key, linked_at"

Rows = Sequence[Sequence[dict[str, Any] | None]]
"""Pairs of a row before and after; None if it did not exist."""


def of(store: Store, key: str) -> dict[str, Any] | None:
    """The row of an address by its compared form."""
    return _address(store.row(f"SELECT {_ADDRESS} FROM addresses WHERE key = ?", (key,)))


def at(store: Store, row: int) -> dict[str, Any] | None:
    """The row of an address by its key."""
    return _address(store.row(f"SELECT {_ADDRESS} FROM addresses WHERE id = ?", (row,)))


def put_back(store: Store, pairs: Rows) -> None:
    """Restore the owners of addresses. The caller has checked that they have not changed since."""
    for before, after in pairs:
        # Of two conversations from one address, the first has brought it back already.
        back = before is not None and at(store, before["id"]) == before
        if after is not None and not (back and before and after["id"] == before["id"]):
            store.execute("DELETE FROM addresses WHERE id = ?", (after["id"],))
        if before is not None and not back:
            store.insert("addresses", before)


def _address(row: Row | None) -> dict[str, Any] | None:
    return None if row is None else dict(row)
