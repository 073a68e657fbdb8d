"""Merges of customers, kept so that they can be undone: which rows moved, and how they were."""

import json
from typing import Any

from msgspec import Struct

from omnitui.store.customers import FILLED, JOINED
from omnitui.store.engine import Row, Store
from omnitui.store.reading import each, one

TABLES = ("addresses", "cases", "conversations", "activities", "entitlements")
"""The tables whose rows move with their customer."""


class Merge(Struct, frozen=True):
    """One merge. `kept` is what `picture` and `seal` have saved."""

    id: int
    at: int
    by: str
    from_id: int
    into_id: int
    kept: dict[str, Any]


def picture(store: Store, source: int, target: int) -> dict[str, Any]:
    """What a merge of one customer into another will change, as it is now."""
    return {
        "rows": {
            table: _column(store, f"SELECT id FROM {table} WHERE customer_id = ?", source)
            for table in TABLES
        },
        "keys": _pairs(store, "SELECT id, key FROM addresses WHERE customer_id = ?", source),
        "names": _pairs(
            store,
            "SELECT c.id, c.name FROM conversations c JOIN customers t ON t.id = ?2"
            " WHERE c.customer_id IN (?1, ?2) AND c.name <> t.name",
            source,
            target,
        ),
        "terms": _pairs(
            store,
            "SELECT id, entitlement_id FROM cases WHERE customer_id = ?1 UNION ALL"
            " SELECT k.id, e.id FROM entitlements e JOIN cases k ON k.entitlement_id = e.id"
            " WHERE e.customer_id = ?1 AND k.customer_id <> ?1",
            source,
        ),
        "defaults": _pairs(
            store,
            "SELECT id, state FROM entitlements WHERE customer_id = ? AND is_default = 1",
            source,
        ),
        "contact_of": _column(store, "SELECT id FROM cases WHERE contact_id = ?", source),
        "for_each_other": _column(
            store, "SELECT id FROM cases WHERE customer_id = ? AND contact_id = ?", source, target
        ),
        "listed": _column(
            store,
            "SELECT entitlement_id FROM entitlement_contacts WHERE customer_id = ?",
            source,
        ),
        "target_listed": _column(
            store,
            "SELECT entitlement_id FROM entitlement_contacts WHERE customer_id = ?",
            target,
        ),
        "target": columns(store, target),
        "activity": store.value("SELECT ifnull(max(id), 0) FROM activities"),
    }


def columns(store: Store, customer: int) -> dict[str, Any]:
    """A customer's row as far as a merge may change it, and the name."""
    row = store.row("SELECT * FROM customers WHERE id = ?", (customer,))
    assert row is not None
    return {name: row[name] for name in ("name", *FILLED, *JOINED)}


def add(store: Store, at: int, by: str, source: int, target: int, kept: dict[str, Any]) -> int:
    """Keep a merge that has just been made, with how the survivor's row is now; returns its key."""
    text = json.dumps({**kept, "filled": columns(store, target)}, ensure_ascii=False)
    values = {"at": at, "by_name": by, "from_id": source, "into_id": target, "kept": text}
    return store.insert("merges", values)


def ask_for_themselves(store: Store, customer: int) -> None:
    """Let nobody stand as the one who asks on their own behalf."""
    store.execute(
        "UPDATE cases SET contact_id = NULL WHERE customer_id = :who AND contact_id = :who",
        {"who": customer},
    )


def get(store: Store, key: int) -> Merge | None:
    """One merge, None when it is undone."""
    row = store.row("SELECT * FROM merges WHERE id = ? AND undone_at IS NULL", (key,))
    return one(_merge, row)


def newest(store: Store, target: int, limit: int = 1) -> list[Merge]:
    """The last merges into a customer that are not undone, newest first."""
    return each(
        _merge,
        store.rows(
            "SELECT * FROM merges WHERE into_id = ? AND undone_at IS NULL ORDER BY id DESC LIMIT ?",
            (target, limit),
        ),
    )


def lost(store: Store, target: int) -> str | None:
    """The name of a customer who was merged before merges were saved."""
    found: str | None = store.value(
        "SELECT c.name FROM customers c WHERE c.merged_into = ? AND NOT EXISTS"
        " (SELECT 1 FROM merges m WHERE m.into_id = c.merged_into AND m.from_id = c.id"
        " AND m.undone_at IS NULL) LIMIT 1",
        (target,),
    )
    return found


def in_the_way(store: Store, merge: Merge) -> str:
    """What ties what came with a merge to what was there, as a clause; empty if nothing does."""
    moved = {name: json.dumps(keys) for name, keys in merge.kept["rows"].items()}
    values = {
        **moved,
        "keys": json.dumps(merge.kept.get("keys", {})),
        "target": merge.into_id,
        "listed": json.dumps(merge.kept["listed"]),
        "target_listed": json.dumps(merge.kept["target_listed"]),
        "terms": json.dumps([[int(key), amount] for key, amount in merge.kept["terms"].items()]),
    }
    for query, clause in _TIES:
        row = store.row(query, values)
        if row is not None:
            return clause.format(*row)
    if "keys" not in merge.kept and merge.kept["rows"]["addresses"]:
        return _given_since(store, merge)
    return ""


def _given_since(store: Store, merge: Merge) -> str:
    """Whether a survivor was given addresses since: before version 5 one could have an older key.

    Merges of that time do not say what the addresses were that came with them.
    """
    name = store.value(
        "SELECT c.name FROM journal j JOIN customers c ON c.id = j.customer_id"
        " WHERE j.customer_id = ? AND j.at >= ?"
        " AND j.kind IN ('customer.address_added', 'conversation.customer_linked') LIMIT 1",
        (merge.into_id, merge.at),
    )
    return "" if name is None else f"{name} has been given addresses since; move them by hand"


_HERE = "(SELECT value FROM json_each(:{}))"
_TIES = (
    # Only what came with the merge goes back with it: the same address, as it was then.
    (
        "SELECT substr(j.value, instr(j.value, ':') + 1), a.value FROM json_each(:keys) j"
        " JOIN addresses a ON a.id = CAST(j.key AS INTEGER)"
        " WHERE a.customer_id = :target AND a.key <> j.value LIMIT 1",
        "the address {0}, which came with the merge, has been changed to {1} since;"
        " change it back first",
    ),
    (
        "SELECT a.value FROM json_each(:keys) j JOIN addresses a ON a.key = j.value"
        " WHERE a.customer_id = :target AND a.id <> CAST(j.key AS INTEGER) LIMIT 1",
        "the address {0}, which came with the merge, has been removed and added again since;"
        " remove it first",
    ),
    (
        "SELECT c.name, k.number FROM conversations c JOIN cases k ON k.id = c.case_id"
        " WHERE c.customer_id = :target AND k.customer_id = :target"
        f" AND (c.id IN {_HERE.format('conversations')}) <> (k.id IN {_HERE.format('cases')})"
        " LIMIT 1",
        "a conversation with {0} was linked to {1} since, and only one of the two came with the"
        " merge; unlink the case first",
    ),
    (
        "SELECT k.number, e.name FROM cases k JOIN entitlements e ON e.id = k.entitlement_id"
        " JOIN json_each(:terms) t ON json_extract(t.value, '$[0]') = k.id"
        " WHERE k.customer_id = :target AND e.customer_id = :target"
        " AND json_extract(t.value, '$[1]') IS NOT k.entitlement_id"
        f" AND e.id NOT IN {_HERE.format('entitlements')} AND e.id NOT IN {_HERE.format('listed')}"
        " LIMIT 1",
        "{0} came with the merge and uses the entitlement {1}, which did not;"
        " remove the entitlement from the case first",
    ),
    (
        "SELECT k.number, e.name FROM cases k JOIN entitlements e ON e.id = k.entitlement_id"
        f" WHERE e.id IN {_HERE.format('entitlements')} AND e.customer_id = :target"
        f" AND k.customer_id = :target AND k.id NOT IN {_HERE.format('cases')}"
        f" AND e.id NOT IN {_HERE.format('target_listed')}"
        " AND NOT EXISTS (SELECT 1 FROM json_each(:terms) t WHERE"
        " json_extract(t.value, '$[0]') = k.id AND json_extract(t.value, '$[1]') = e.id) LIMIT 1",
        "{0} uses the entitlement {1}, which came with the merge;"
        " remove the entitlement from the case first",
    ),
    (
        "SELECT k.number, p.number FROM cases k JOIN cases p ON p.id = k.parent_id"
        " WHERE k.customer_id = :target AND p.customer_id = :target"
        f" AND (k.id IN {_HERE.format('cases')}) <> (p.id IN {_HERE.format('cases')}) LIMIT 1",
        "{0} became a child of {1} since, and only one of the two came with the merge;"
        " remove it from there first",
    ),
    (
        "SELECT k.number, m.number FROM cases k JOIN cases m ON m.id = k.merged_into"
        " WHERE k.customer_id = :target AND m.customer_id = :target"
        f" AND (k.id IN {_HERE.format('cases')}) <> (m.id IN {_HERE.format('cases')}) LIMIT 1",
        "{0} has been merged into {1} since, and only one of the two came with the merge;"
        " unmerge it first",
    ),
)
"""What keeps a merge from being undone, each as a clause."""


def put_back(store: Store, merge: Merge) -> dict[str, int]:
    """Unmerge a customer; returns how many rows of each table moved back.

    What has moved to another customer since then stays there; what was written since then about a
    case or a conversation that moves back moves with it.
    """
    source, target, kept = merge.from_id, merge.into_id, merge.kept
    _let_go(store, merge)
    back = {}
    for table in TABLES:
        back[table] = store.execute(
            f"UPDATE {table} SET customer_id = ? WHERE customer_id = ? AND id IN"
            " (SELECT value FROM json_each(?))",
            (source, target, json.dumps(kept["rows"][table])),
        ).rowcount
    for table, column in (("cases", "case_id"), ("conversations", "conversation_id")):
        back["activities"] += store.execute(
            "UPDATE activities SET customer_id = ? WHERE customer_id = ? AND id > ?"
            f" AND {column} IN (SELECT r.id FROM json_each(?) j JOIN {table} r ON r.id = j.value"
            " WHERE r.customer_id = ?)",
            (source, target, kept["activity"], json.dumps(kept["rows"][table]), source),
        ).rowcount
    for case in kept.get("for_each_other", ()):
        store.execute(
            "UPDATE cases SET contact_id = ? WHERE id = ? AND customer_id = ?"
            " AND contact_id IS NULL",
            (target, case, source),
        )
    for key, state in kept["defaults"].items():
        store.execute(
            # One that came with the merge and was made the default since goes back as it is.
            "UPDATE entitlements SET is_default = 1 WHERE id = ? AND customer_id = ? AND state = ?"
            " AND NOT EXISTS (SELECT 1 FROM entitlements WHERE customer_id = ? AND is_default = 1)",
            (int(key), source, state, source),
        )
    _rename_back(store, merge)
    store.execute("UPDATE customers SET merged_into = NULL WHERE id = ?", (source,))
    return {table: count for table, count in back.items() if count}


def _let_go(store: Store, merge: Merge) -> None:
    """The survivor's row and its part in what others have: as it was, where nobody changed it."""
    source, target, kept = merge.from_id, merge.into_id, merge.kept
    now, filled, before = columns(store, target), kept["filled"], kept["target"]
    # A merge of an earlier version says nothing of fields that there were not yet.
    values = {n: was for n, was in before.items() if n != "name" and was != filled[n] == now.get(n)}
    if values:
        store.update("customers", target, values)
    for case in kept["contact_of"]:
        # Nobody asks on their own behalf: where both were one, the merge has left nobody there.
        store.execute(
            "UPDATE cases SET contact_id = :source WHERE id = :case AND (contact_id = :target"
            " OR (contact_id IS NULL AND customer_id = :target))",
            {"source": source, "case": case, "target": target},
        )
    for entitlement in kept["listed"]:
        row = (entitlement, target)
        here = "FROM entitlement_contacts WHERE entitlement_id = ? AND customer_id = ?"
        if store.value(f"SELECT 1 {here}", row):
            store.execute("INSERT INTO entitlement_contacts VALUES (?, ?)", (entitlement, source))
            if entitlement not in kept["target_listed"]:
                store.execute(f"DELETE {here}", row)


def _rename_back(store: Store, merge: Merge) -> None:
    """Lists show the name on a conversation's row: the one that it had, or its customer's."""
    source, target, kept = merge.from_id, merge.into_id, merge.kept
    name = columns(store, source)["name"]
    store.execute("UPDATE conversations SET name = ? WHERE customer_id = ?", (name, source))
    same = columns(store, target)["name"] == kept["target"]["name"]
    for key, before in kept["names"].items():
        store.execute(
            "UPDATE conversations SET name = ? WHERE id = ? AND customer_id IN (?, ?)",
            (before, int(key), source, target if same else source),
        )


def mark(store: Store, merge: int, at: int) -> None:
    """Say that a merge is undone."""
    store.update("merges", merge, {"undone_at": at})


def _column(store: Store, query: str, *customers: int) -> list[int]:
    return [row[0] for row in store.rows(query, customers)]


def _pairs(store: Store, query: str, *values: int) -> dict[int, Any]:
    return {row[0]: row[1] for row in store.rows(query, values)}


def _merge(row: Row) -> Merge:
    return Merge(
        row["id"],
        row["at"],
        row["by_name"],
        row["from_id"],
        row["into_id"],
        json.loads(row["kept"]),
    )
