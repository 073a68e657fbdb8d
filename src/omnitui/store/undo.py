"""How conversations were before something was done to them, kept so that it can be taken back.

A step is how one conversation was: its columns, tabs, timers and the agents beside its own.
"""

import json
from collections.abc import Callable, Sequence
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

from omnitui.model.journal import Entry
from omnitui.store import address_rows, escalations, journal
from omnitui.store.engine import Store
from omnitui.store.reading import each, first, json_of, one

COLUMNS = (
    "state queue_id agent_id last_agent_id accepted_at waiting_since ended_at closed_at closed_by"
    " customer_gone_at snoozed_until transfer_count disposition priority labels skills profiles"
    " workstream_id customer_id case_id name match_reason channel address address_key"
    " escalation_count taken_at visitor"
).split()
"""The columns of a conversation that undo restores."""

_TOLD = ("routing", "routed_to")
"""Why it was given to whom: comes back with whoever had it, and is in nobody's way."""

KEPT = 50
"""How many actions each agent can undo."""

_TIMERS = ("grace", "wrap_up", "wrap_free", "idle", "snooze")
_TABS = "agent_id position focused opened_at seen_id unread draft_reply draft_note layout".split()


class Step(Struct, frozen=True):
    """How one conversation was. An offer that rings counts as not made.

    `after` holds the columns that were changed as they are now; empty until the entry is sealed.
    `owner` is the customer who had the conversation's address. `since` are the keys that the next
    address and promise would have had. `addresses` are the rows of addresses that were changed, as
    they were and as they are; `promises` those that were given, `cancelled` those that were not to
    matter any more.
    """

    conversation: int
    before: dict[str, Any]
    tabs: list[dict[str, Any]]
    timers: dict[str, int]
    beside: list[dict[str, Any]]
    owner: int | None = None
    after: dict[str, Any] = field(default_factory=dict)
    since: dict[str, int] = field(default_factory=dict)
    addresses: list[list[dict[str, Any] | None]] = field(default_factory=list)
    promises: list[int] = field(default_factory=list)
    cancelled: list[int] = field(default_factory=list)


class Deed(Struct, frozen=True):
    """What was done to a case or customer; `kind` says what, `kept` what its undoing needs."""

    kind: str
    kept: dict[str, Any]


class Undo(Struct, frozen=True):
    """Something that was done. `begun` and `seq` are the journal's ends before and after it.

    `seq` is 0 while it is still being done. It was done to conversations, or is a `deed`.
    """

    id: int
    at: int
    what: str
    begun: int
    seq: int
    steps: tuple[Step, ...]
    deed: Deed | None = None


class Undone(Struct, frozen=True):
    """Something that was undone: the journal from `begun` to `seq`, but for what was `left`."""

    begun: int
    seq: int
    left: frozenset[int]


def columns(store: Store, conversation: int) -> dict[str, Any]:
    """A conversation's row as far as it is kept, without the offer that may ring."""
    row = store.row("SELECT * FROM conversations WHERE id = ?", (conversation,))
    assert row is not None
    values = {name: row[name] for name in COLUMNS}
    if row["offered_to"] is not None:
        values |= {"state": "open", "agent_id": None}
    return values


def step(store: Store, conversation: int) -> Step:
    """How a conversation is now."""
    tabs = ", ".join(_TABS)
    kinds = ", ".join(f"'{kind}'" for kind in _TIMERS)
    kept = columns(store, conversation)
    told = store.row("SELECT routing, routed_to FROM conversations WHERE id = ?", (conversation,))
    assert told is not None
    keys = [kept["address_key"], *escalations.keys(store, conversation)]
    were = [address_rows.of(store, key) for key in keys]
    beside = store.rows("SELECT * FROM participants WHERE conversation_id = ?", (conversation,))
    return Step(
        conversation,
        kept | dict(told),
        [
            dict(row)
            for row in store.rows(
                f"SELECT {tabs} FROM sessions WHERE conversation_id = ?", (conversation,)
            )
        ],
        {
            row["kind"]: row["due_at"]
            for row in store.rows(
                f"SELECT kind, due_at FROM timers WHERE subject = ? AND kind IN ({kinds})",
                (conversation,),
            )
        },
        [dict(row) for row in beside],
        owner=None if were[0] is None else were[0]["customer_id"],
        since={table: store.next_key(table) for table in ("addresses", "promises")},
        addresses=[[address, None] for address in were],
    )


def sealed(store: Store, step: Step, at: int) -> Step | None:
    """A step with what has become of its conversation; None where nothing has.

    `at` is the moment of the command that did it (epoch ms).
    """
    now = columns(store, step.conversation)
    changed = [name for name in COLUMNS if step.before[name] != now[name]]
    if not changed:
        return None
    about = {"talk": step.conversation, "was": step.before["case_id"], "is_": now["case_id"]}
    rows = store.rows(
        "SELECT id, cancelled_at FROM promises WHERE conversation_id = :talk"
        " OR case_id IN (:was, :is_) ORDER BY id",
        about,
    )
    first = step.since["promises"]
    over = "state" not in changed
    return replace(
        step,
        before={
            name: step.before[name]
            for name in (*changed, *(_TOLD if {"state", "agent_id"} & set(changed) else ()))
        },
        after={name: now[name] for name in changed},
        addresses=_addresses_changed(store, step, now["address_key"]),
        promises=[row["id"] for row in rows if row["id"] >= first],
        cancelled=[
            row["id"] for row in rows if row["id"] < first and over and row["cancelled_at"] == at
        ],
    )


def _addresses_changed(store: Store, step: Step, key: str) -> list[list[dict[str, Any] | None]]:
    """The rows of the addresses that a conversation had and has, where they are not as before."""
    # Where it was escalated from comes after where it is.
    keys = [step.before["address_key"], *escalations.keys(store, step.conversation)]
    both = [
        (before, address_rows.of(store, of))
        for (before, _), of in zip(step.addresses, keys, strict=False)
    ]
    pairs = [[before, after] for before, after in both if before != after]
    # What was there before is nobody's doing here; what is new was given with a new address.
    new = None if key == step.before["address_key"] else address_rows.of(store, key)
    if new is not None and new["id"] >= step.since["addresses"]:
        pairs.append([None, new])
    return pairs


def put_promises_back(store: Store, step: Step) -> list[int]:
    """Delete the SLA targets that an undone action gave; returns those that count again."""
    for key in step.promises:
        store.execute("DELETE FROM promises WHERE id = ?", (key,))
        store.execute("DELETE FROM timers WHERE kind LIKE 'sla%' AND subject = ?", (key,))
    return [
        key
        for key in step.cancelled
        if store.execute(
            "UPDATE promises SET cancelled_at = NULL WHERE id = ? AND cancelled_at IS NOT NULL",
            (key,),
        ).rowcount
    ]


def add(
    store: Store, agent: int, at: int, what: str, steps: Sequence[Step], deed: Deed | None = None
) -> None:
    """Add a new entry, not sealed yet unless it is a deed, and delete the oldest ones."""
    begun = journal.last(store)
    text, seq = _text(begun, steps, deed=deed), 0 if deed is None else begun
    store.insert("undo", {"agent_id": agent, "at": at, "what": what, "steps": text, "seq": seq})
    store.execute(
        "DELETE FROM undo WHERE agent_id = :agent AND id <= (SELECT id FROM undo"
        " WHERE agent_id = :agent AND passed = 0 ORDER BY id DESC LIMIT 1 OFFSET :kept)",
        {"agent": agent, "kept": KEPT},
    )


def add_deed(store: Store, agent: int, at: int, what: str, deed: Deed) -> None:
    """Keep a deed, which is over at once."""
    add(store, agent, at, what, (), deed)


def bound(store: Store, first: int, begun: int, seq: int) -> None:
    """Say which part of the journal the deeds from an entry on are told in: after `begun` to `seq`.

    A command calls this at its end for what it has kept.
    """
    store.execute(
        "UPDATE undo SET seq = :seq, steps = json_set(steps, '$.begun', :begun)"
        " WHERE id >= :first AND passed = 0 AND json_valid(steps)"
        " AND json_type(steps, '$.deed') IS NOT NULL",
        {"first": first, "begun": begun, "seq": seq},
    )


def mark_deeds(store: Store, kind: str, name: str, value: int, at: int) -> None:
    """Say that deeds of a kind, known by something that was kept, are taken back in another way."""
    store.execute(
        "UPDATE undo SET undone_at = ? WHERE undone_at IS NULL AND json_valid(steps)"
        " AND json_extract(steps, '$.deed[0]') = ? AND json_extract(steps, ?) = ?",
        (at, kind, f"$.deed[1].{name}", value),
    )
    # What was done as a whole is undone when every part of it is.
    store.execute(
        "UPDATE undo SET undone_at = ? WHERE undone_at IS NULL AND passed = 0"
        " AND json_valid(steps) AND json_type(steps, '$.deed[1].entries') = 'array'"
        " AND NOT EXISTS (SELECT 1 FROM json_each(undo.steps, '$.deed[1].entries') part"
        " JOIN undo one ON one.id = part.value WHERE one.undone_at IS NULL)",
        (at,),
    )


def unsealed(store: Store, agent: int) -> Undo | None:
    """What the agent is doing right now, in this transaction."""
    row = store.row(
        "SELECT * FROM (SELECT * FROM undo WHERE agent_id = ? ORDER BY id DESC LIMIT 1)"
        " WHERE seq = 0",
        (agent,),
    )
    return one(_undo, row)


def write(store: Store, entry: Undo, steps: Sequence[Step], seq: int) -> None:
    """Keep other steps for an entry; a `seq` seals it."""
    values = {"steps": _text(entry.begun, steps), "seq": seq}
    store.update("undo", entry.id, values)


def drop_from(store: Store, first: int) -> None:
    """Forget the entries from one on: they were only part of what is not a thing done."""
    store.execute("DELETE FROM undo WHERE id >= ?", (first,))


def drop(store: Store, entry: int) -> None:
    """Forget an entry: nothing came of it."""
    store.execute("DELETE FROM undo WHERE id = ?", (entry,))


def newest(store: Store, agent: int, before: int | None = None) -> Undo | None:
    """The last thing an agent did that is neither undone nor passed; before an entry, if named."""
    rows = store.rows(
        "SELECT * FROM undo WHERE agent_id = ? AND undone_at IS NULL AND passed = 0 AND id < ?"
        " ORDER BY id DESC LIMIT 5",
        (agent, 2**62 if before is None else before),
    )
    return first(_undo, rows)


def from_on(store: Store, agent: int, key: int) -> list[Undo]:
    """What an agent has done from an entry on that is neither undone nor passed, newest first."""
    rows = store.rows(
        "SELECT * FROM undo WHERE agent_id = ? AND undone_at IS NULL AND passed = 0 AND id >= ?"
        " ORDER BY id DESC",
        (agent, key),
    )
    return each(_undo, rows)


def those(store: Store, keys: Sequence[int]) -> list[Undo]:
    """Entries by their keys, in that order, without those that are undone or not kept any more."""
    marks = ", ".join("?" * len(keys))
    rows = store.rows(f"SELECT * FROM undo WHERE id IN ({marks}) AND undone_at IS NULL", [*keys])
    found = {entry.id: entry for entry in each(_undo, rows)}
    return [found[key] for key in keys if key in found]


def pass_over(store: Store, entry: int) -> None:
    """Say that an entry cannot be undone by itself and is not offered any more."""
    store.update("undo", entry, {"passed": 1})


def mark(store: Store, entry: Undo, at: int, left: Sequence[int] = ()) -> None:
    """Mark an entry as undone, except for the unchanged conversations `left`."""
    values: dict[str, Any] = {"undone_at": at}
    if left:
        values["steps"] = _text(entry.begun, entry.steps, left)
    store.update("undo", entry.id, values)


def reword(store: Store, entry: int, what: str) -> None:
    """Say in other words what an entry did."""
    store.update("undo", entry, {"what": what})


def undone(store: Store, seq: int) -> list[Undone]:
    """What was undone of the actions after `seq`."""
    return [
        Undone(row["begun"], row["seq"], frozenset(json_of(row["spared"], [])))
        for row in store.rows(
            "SELECT seq, json_extract(steps, '$.begun') AS begun,"
            " json_extract(steps, '$.left') AS spared FROM undo"
            " WHERE undone_at IS NOT NULL AND seq > ? AND json_valid(steps)"
            " ORDER BY id DESC LIMIT 500",
            (seq,),
        )
    ]


def happened_since(
    store: Store, conversation: int, seq: int, undone: Callable[[], Sequence[Undone]]
) -> list[Entry]:
    """What happened to a conversation after `seq`, without what was undone."""
    entries = [
        entry
        for entry in journal.after_in(store, conversation, seq)
        if entry.kind != "conversation.undone"
    ]
    if not entries:
        return []
    gone = [one for one in undone() if conversation not in one.left]
    return [e for e in entries if not any(one.begun < e.seq <= one.seq for one in gone)]


def put_tabs_back(store: Store, step: Step) -> None:
    """Open the tabs that were there again, and shut those that came and hold no draft."""
    had = [tab["agent_id"] for tab in step.tabs]
    marks = ",".join("?" * len(had))
    store.execute(
        f"DELETE FROM sessions WHERE conversation_id = ? AND agent_id NOT IN ({marks})"
        " AND draft_reply = '' AND draft_note = ''",
        (step.conversation, *had),
    )
    names = ", ".join(("conversation_id", *_TABS))
    values = ", ".join(f":{name}" for name in ("conversation_id", *_TABS))
    for tab in step.tabs:
        store.execute(
            f"INSERT OR IGNORE INTO sessions ({names}) VALUES ({values})",
            {**tab, "focused": 0, "conversation_id": step.conversation},
        )


def put_beside_back(store: Store, step: Step) -> None:
    """Restore the consulted and added agents of a conversation."""
    store.execute("DELETE FROM participants WHERE conversation_id = ?", (step.conversation,))
    for row in step.beside:
        store.insert("participants", row)


def tab_holders(store: Store, conversation: int) -> list[int]:
    """The agents who have a conversation open."""
    return [
        row[0]
        for row in store.rows(
            "SELECT agent_id FROM sessions WHERE conversation_id = ?", (conversation,)
        )
    ]


def _text(
    begun: int, steps: Sequence[Step], left: Sequence[int] = (), deed: Deed | None = None
) -> str:
    rows = [{name: getattr(step, name) for name in Step.__struct_fields__} for step in steps]
    kept: dict[str, Any] = {"begun": begun, "left": [*left], "steps": rows}
    if deed is not None:
        kept["deed"] = [deed.kind, deed.kept]
    return json.dumps(kept, ensure_ascii=False)


def _undo(row: Any) -> Undo:
    kept = json.loads(row["steps"])
    steps = tuple(Step(**step) for step in kept["steps"])
    deed = Deed(*kept["deed"]) if "deed" in kept else None
    return Undo(row["id"], row["at"], row["what"], kept["begun"], row["seq"], steps, deed)
