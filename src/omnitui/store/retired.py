"""What is in use no longer: it stays in history by its name, and new things cannot name it.

Kinds are the nouns of commands (`agent`, `queue`); an item is known by its key, or by its word.
"""

from omnitui.store.engine import Store


def add(store: Store, kind: str, item: int | str, at: int, by: str) -> None:
    """Take something out of use."""
    store.insert("retired", {"kind": kind, "item": str(item), "at": at, "by_name": by})


def remove(store: Store, kind: str, item: int | str) -> bool:
    """Take something into use again; False when it was in use."""
    query = "DELETE FROM retired WHERE kind = ? AND item = ?"
    return store.execute(query, (kind, str(item))).rowcount > 0


def holds(store: Store, kind: str, item: int | str) -> bool:
    """Whether something is in use no longer."""
    query = "SELECT 1 FROM retired WHERE kind = ? AND item = ?"
    return store.value(query, (kind, str(item))) is not None


def every(store: Store, kind: str) -> frozenset[str]:
    """What of a kind is in use no longer."""
    rows = store.rows("SELECT item FROM retired WHERE kind = ? LIMIT 100000", (kind,))
    return frozenset(row["item"] for row in rows)


def cases_owned(store: Store, agent: int) -> list[int]:
    """The active cases that an agent owns."""
    rows = store.rows(
        "SELECT id FROM cases WHERE owner_id = ? AND status = 'active' ORDER BY id", (agent,)
    )
    return [row["id"] for row in rows]


def tabs_of(store: Store, agent: int) -> list[int]:
    """The conversations that an agent has open as sessions."""
    rows = store.rows("SELECT conversation_id FROM sessions WHERE agent_id = ?", (agent,))
    return [row["conversation_id"] for row in rows]


def memberships(store: Store, agent: int) -> list[tuple[int, str, int, int]]:
    """The queues of an agent: key, name, how many others work it, how many are open there."""
    return [
        (row["id"], row["name"], row["others"], row["open"])
        for row in store.rows(
            "SELECT q.id, q.name, (SELECT count(*) FROM queue_members o WHERE o.queue_id = q.id"
            " AND o.agent_id <> m.agent_id) AS others, (SELECT count(*) FROM conversations c"
            " WHERE c.queue_id = q.id AND c.state = 'open') AS open"
            " FROM queue_members m JOIN queues q ON q.id = m.queue_id WHERE m.agent_id = ?"
            " ORDER BY q.name",
            (agent,),
        )
    ]


def in_queue(store: Store, queue: int) -> tuple[list[int], list[int]]:
    """The conversations of a queue that are open, and those under way with somebody."""
    rows = store.rows(
        "SELECT id, state FROM conversations WHERE queue_id = ? AND state <> 'closed' ORDER BY id",
        (queue,),
    )
    waits = [row["id"] for row in rows if row["state"] == "open"]
    return waits, [row["id"] for row in rows if row["state"] != "open"]


def on_channel(store: Store, channel: str) -> int:
    """How many conversations on a channel are not closed."""
    found = store.value(
        "SELECT count(*) FROM conversations WHERE channel = ? AND state <> 'closed'", (channel,)
    )
    return int(found)
