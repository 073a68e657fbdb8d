"""Work streams in the store, and which channels belong to them."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from omnitui.model.agent import Presence
from omnitui.model.ids import WorkStreamId
from omnitui.model.workstream import StreamMode, WorkStream, WrapUp
from omnitui.store.engine import Store
from omnitui.store.reading import each, maker, one

_stream = maker(
    WorkStream,
    mode=StreamMode,
    presences=lambda text: tuple(map(Presence, json.loads(text))),
    auto_accept=bool,
    wrap_up=WrapUp,
    affinity=bool,
)


def every(store: Store) -> list[WorkStream]:
    """All work streams by name."""
    rows = store.rows(
        "SELECT w.*, c.key AS channel FROM workstreams w LEFT JOIN channels c"
        " ON c.workstream_id = w.id ORDER BY w.name, w.id, c.position LIMIT 10000"
    )
    channels: dict[int, list[str]] = {row["id"]: [] for row in rows}
    for row in rows:
        if row["channel"] is not None:
            channels[row["id"]].append(row["channel"])
    # Of the rows of one stream, one for each of its channels, the last is as good as any.
    streams = {row["id"]: row for row in rows}
    return each(lambda row: _stream(row, channels=tuple(channels[row["id"]])), streams.values())


def get(store: Store, stream: int) -> WorkStream | None:
    """One work stream by key."""
    row = store.row("SELECT * FROM workstreams WHERE id = ?", (stream,))
    channels = store.rows(
        "SELECT key FROM channels WHERE workstream_id = ? ORDER BY position", (stream,)
    )
    return one(lambda row: _stream(row, channels=tuple(one["key"] for one in channels)), row)


def of_channel(store: Store, key: str) -> WorkStream | None:
    """The work stream of a channel, None if only the settings apply."""
    stream = store.value("SELECT workstream_id FROM channels WHERE key = ?", (key,))
    return None if stream is None else get(store, stream)


def by_name(store: Store, name: str) -> WorkStreamId | None:
    """The key of the work stream of that name, upper and lower case alike."""
    key: WorkStreamId | None = store.value("SELECT id FROM workstreams WHERE name = ?", (name,))
    return key


def add(store: Store, name: str, values: Mapping[str, Any]) -> WorkStreamId:
    """Make a work stream of some fields of `WorkStream`; the others are as usual."""
    return WorkStreamId(store.insert("workstreams", {"name": name, **_columns(values)}))


def change(store: Store, stream: int, values: Mapping[str, Any]) -> None:
    """Set some fields of a work stream."""
    if values:
        store.update("workstreams", stream, _columns(values))


def _columns(values: Mapping[str, Any]) -> dict[str, Any]:
    columns = dict(values)
    if "presences" in columns:
        columns["presences"] = json.dumps(columns["presences"])
    for flag in ("auto_accept", "affinity"):
        if flag in columns:
            columns[flag] = int(columns[flag])
    return columns


def set_channels(store: Store, stream: int, channels: Iterable[str]) -> dict[str, str]:
    """Make exactly these channels the stream's; returns those taken from others, with the name."""
    wanted = list(channels)
    marks = ",".join("?" * len(wanted))
    moved = {
        row["key"]: row["name"]
        for row in store.rows(
            "SELECT c.key, w.name FROM channels c JOIN workstreams w ON w.id = c.workstream_id"
            f" WHERE w.id <> ? AND c.key IN ({marks}) ORDER BY c.position",
            (stream, *wanted),
        )
    }
    store.execute("UPDATE channels SET workstream_id = NULL WHERE workstream_id = ?", (stream,))
    store.execute(
        f"UPDATE channels SET workstream_id = ? WHERE key IN ({marks})", (stream, *wanted)
    )
    return moved


def open_items(store: Store, stream: int, limit: int = 1000) -> list[int]:
    """What waits with nobody on a stream's channels, the first to be served first."""
    return [
        row[0]
        for row in store.rows(
            "SELECT c.id FROM conversations c JOIN channels h ON h.key = c.channel"
            " LEFT JOIN queues q ON q.id = c.queue_id"
            " WHERE h.workstream_id = ? AND c.state = 'open' ORDER BY ifnull(q.priority, 1000),"
            " c.priority DESC, ifnull(c.waiting_since, c.created_at), c.id LIMIT ?",
            (stream, limit),
        )
    ]
