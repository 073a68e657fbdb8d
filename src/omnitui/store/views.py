"""Saved views of Home: an agent's own, and those that everybody has."""

from collections.abc import Mapping
from typing import Any

from omnitui.model.triage import View
from omnitui.store.conversations import STREAMS
from omnitui.store.engine import Row, Store
from omnitui.store.reading import each, one

MOST = 50
"""The most views of one agent."""


def _view(row: Row) -> View:
    if row["stream"] not in STREAMS:
        raise ValueError(f"there is no list {row['stream']}")
    return View(
        id=row["id"],
        name=row["name"],
        stream=row["stream"],
        filter=row["filter"],
        sort=row["sort"],
        shared=row["agent_id"] is None,
    )


def seen_by(store: Store, agent: int) -> list[View]:
    """What an agent sees: their own in the order in which they were saved, then the shared ones."""
    return each(
        _view,
        store.rows(
            "SELECT * FROM views WHERE agent_id = ? OR agent_id IS NULL"
            " ORDER BY agent_id IS NULL, position, id LIMIT 200",
            (agent,),
        ),
    )


def named(store: Store, owner: int | None, name: str) -> View | None:
    """A view of an agent, or a shared one (None), by its name."""
    row = store.row(
        "SELECT * FROM views WHERE agent_id IS ? AND name = ? COLLATE NOCASE", (owner, name)
    )
    return one(_view, row)


def add(store: Store, owner: int | None, values: Mapping[str, Any]) -> int:
    """Add a view after the others."""
    last = store.value("SELECT ifnull(max(position), 0) FROM views WHERE agent_id IS ?", (owner,))
    return store.insert("views", {**values, "agent_id": owner, "position": last + 1})


def change(store: Store, view: int, values: Mapping[str, Any]) -> None:
    """Change a view; its position stays."""
    store.update("views", view, dict(values))


def delete(store: Store, view: int) -> None:
    """Forget a view."""
    store.execute("DELETE FROM views WHERE id = ?", (view,))
