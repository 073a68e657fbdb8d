"""Merges of cases, kept so that they can be undone: which rows moved, and how they were."""

import json
from collections.abc import Sequence
from typing import Any

from msgspec import Struct

from omnitui.model.case import CaseReason, CaseStatus
from omnitui.store.engine import Row, Store
from omnitui.store.reading import each, one

_ENDED = ("status", "reason", "resolution", "minutes", "resolved_at")
"""The columns that a merge changes in the merged cases."""

_MOVING = {
    "conversations": ("conversations", "case_id"),
    "activities": ("activities", "case_id"),
    "children": ("cases", "parent_id"),
    "merged": ("cases", "merged_into"),
}
"""What moves to the survivor: the table and the column with the case's key."""


class CaseMerge(Struct, frozen=True):
    """One merge. `kept` is what `picture` has saved."""

    id: int
    at: int
    by: str
    into_id: int
    kept: dict[str, Any]

    @property
    def cases(self) -> list[int]:
        """The cases that were merged into the survivor."""
        return [int(key) for key in self.kept["cases"]]


def picture(store: Store, into: int, others: Sequence[int]) -> dict[str, Any]:
    """What a merge of `others` into a case will change, as it is now."""
    keys = json.dumps(list(others))
    kept: dict[str, Any] = {
        name: _moving(store, table, column, into, keys) for name, (table, column) in _MOVING.items()
    }
    kept["cases"] = {
        row["id"]: {name: row[name] for name in _ENDED}
        for row in store.rows(f"SELECT * FROM cases WHERE id IN {_KEYS}", {"keys": keys})
    }
    parent = store.value(
        f"SELECT parent_id FROM cases WHERE id = :into AND parent_id IN {_KEYS}",
        {"into": into, "keys": keys},
    )
    return {**kept, "parent": parent, "activity": _last(store)}


_KEYS = "(SELECT value FROM json_each(:keys))"


def _last(store: Store) -> int:
    return int(store.value("SELECT ifnull(max(id), 0) FROM activities"))


def _moving(store: Store, table: str, column: str, into: int, keys: str) -> list[list[int]]:
    """The rows that will move to the survivor, each with its case."""
    # Cases that are merged themselves keep their parent.
    but = f" AND id <> :into AND id NOT IN {_KEYS}" if column == "parent_id" else ""
    rows = store.rows(
        f"SELECT id, {column} FROM {table} WHERE {column} IN {_KEYS}{but} ORDER BY id",
        {"keys": keys, "into": into},
    )
    return [[row[0], row[1]] for row in rows]


def merge(store: Store, at: int, by: str, into: int, kept: dict[str, Any]) -> int:
    """Merge cases as in `picture`, and save it; returns the merge's key."""
    for name, (table, column) in _MOVING.items():
        keys = json.dumps([row for row, _case in kept[name]])
        store.execute(
            f"UPDATE {table} SET {column} = :into WHERE id IN {_KEYS}", {"into": into, "keys": keys}
        )
    ended = {
        "status": CaseStatus.CANCELLED,
        "reason": CaseReason.MERGED,
        "resolution": "",
        "minutes": None,
        "resolved_at": at,
        "updated_at": at,
        "merged_into": into,
    }
    for case in kept["cases"]:
        store.update("cases", case, ended)
    parent = {} if kept["parent"] is None else {"parent_id": None}
    store.update("cases", into, {"updated_at": at, **parent})
    text = json.dumps(kept)
    return store.insert("case_merges", {"at": at, "by_name": by, "into_id": into, "kept": text})


def get(store: Store, key: int) -> CaseMerge | None:
    """One merge, None if it was undone."""
    row = store.row("SELECT * FROM case_merges WHERE id = ? AND undone_at IS NULL", (key,))
    return one(_merge, row)


def newest(store: Store, into: int, limit: int = 1) -> list[CaseMerge]:
    """The last merges into a case that are not undone, newest first."""
    return each(
        _merge,
        store.rows(
            "SELECT * FROM case_merges WHERE into_id = ? AND undone_at IS NULL"
            " ORDER BY id DESC LIMIT ?",
            (into, limit),
        ),
    )


def in_the_way(store: Store, merge: CaseMerge) -> str:
    """Why a merge cannot be undone, as a clause; empty if it can."""
    values = {
        "merge": merge.id,
        "into": merge.into_id,
        "keys": json.dumps(merge.cases),
        "children": json.dumps([row for row, _case in merge.kept["children"]]),
        "parent": merge.kept["parent"],
    }
    for query, clause in _WAYS:
        row = store.row(query, values)
        if row is not None:
            return clause.format(*row)
    return ""


_WAYS = (
    (
        "SELECT c.number, m.number FROM cases c JOIN cases m ON m.id = c.merged_into"
        " WHERE c.id = :into",
        "{0} has been merged into {1} since; undo that first",
    ),
    (
        "SELECT c.number FROM cases c JOIN case_merges m ON m.into_id = c.id"
        " WHERE c.id = :into AND m.id > :merge AND m.undone_at IS NULL",
        "another case has been merged into {0} since; undo that first",
    ),
    (
        "SELECT number, status FROM cases WHERE id = :into AND status <> 'active'",
        "{0} is {1} now; reopen it first",
    ),
    (
        f"SELECT c.number, s.number FROM cases c JOIN cases s ON s.id = :into WHERE c.id IN {_KEYS}"
        " AND c.merged_into IS NOT s.id",
        "{0} is no longer merged into {1}",
    ),
    (
        "SELECT c.number, s.number FROM cases c JOIN cases s ON s.id = :into"
        f" WHERE c.id IN {_KEYS} AND c.customer_id <> s.customer_id",
        "{0} and {1} belong to different customers now",
    ),
    (
        "SELECT s.number, c.number FROM cases s JOIN cases c ON c.parent_id = s.id WHERE"
        " s.id = :into AND :parent IS NOT NULL AND c.id NOT IN"
        f" (SELECT value FROM json_each(:children)) AND c.id NOT IN {_KEYS}",
        "{0} has the child {1} now and would be a child itself; remove that one first",
    ),
    (
        "SELECT s.number, p.number FROM cases s JOIN cases p ON p.id = s.parent_id"
        " WHERE s.id = :into AND :parent IS NOT NULL",
        "{0} is a child of {1} now; remove it from there first",
    ),
)
"""What keeps a merge from being undone, each as a clause."""


def put_back(store: Store, merge: CaseMerge, at: int) -> dict[str, int]:
    """Unmerge the cases; returns how many rows of each kind moved back.

    What has moved elsewhere since then stays there; what was written since then about a
    conversation that moves back moves with it.
    """
    kept, into = merge.kept, merge.into_id
    back = {}
    for name, (table, column) in _MOVING.items():
        back[name] = sum(
            store.execute(
                f"UPDATE {table} SET {column} = ? WHERE id = ? AND {column} = ?", (case, row, into)
            ).rowcount
            for row, case in kept[name]
        )
    for row, case in kept["conversations"]:
        back["activities"] += store.execute(
            "UPDATE activities SET case_id = ? WHERE conversation_id = ? AND case_id = ?"
            " AND id > ? AND EXISTS (SELECT 1 FROM conversations WHERE id = ? AND case_id = ?)",
            (case, row, into, kept["activity"], row, case),
        ).rowcount
    for case, before in kept["cases"].items():
        store.update("cases", int(case), {**before, "merged_into": None, "updated_at": at})
    parent = {} if kept["parent"] is None else {"parent_id": kept["parent"]}
    store.update("cases", into, {"updated_at": at, **parent})
    store.update("case_merges", merge.id, {"undone_at": at})
    return {name: count for name, count in back.items() if count}


def _merge(row: Row) -> CaseMerge:
    return CaseMerge(row["id"], row["at"], row["by_name"], row["into_id"], json.loads(row["kept"]))
