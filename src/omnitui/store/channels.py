"""Channels in the store. The list is data: an administrator's addition is a row like any other."""

from omnitui.model.channel import Channel, ChannelMode
from omnitui.store.engine import Row, Store
from omnitui.store.reading import each, one


def _channel(row: Row) -> Channel:
    return Channel(
        key=row["key"],
        label=row["label"],
        mode=ChannelMode(row["mode"]),
        cost=row["cost"],
        exclusive=bool(row["exclusive"]),
        glyph=row["glyph"],
        ascii=row["ascii"],
        origin=row["origin"],
        rung=row["rung"],
    )


def every(store: Store) -> list[Channel]:
    """All channels in their own order."""
    return each(_channel, store.rows("SELECT * FROM channels ORDER BY position"))


def get(store: Store, key: str) -> Channel | None:
    """One channel, None if there is none of that key."""
    row = store.row("SELECT * FROM channels WHERE key = ?", (key,))
    return one(_channel, row)


def add(store: Store, channel: Channel) -> None:
    """Append a channel to the list."""
    position = store.value("SELECT count(*) FROM channels")
    store.insert("channels", {**_values(channel), "position": position})


def _values(channel: Channel) -> dict[str, object]:
    return {
        "key": channel.key,
        "label": channel.label,
        "mode": channel.mode,
        "cost": channel.cost,
        "exclusive": int(channel.exclusive),
        "glyph": channel.glyph,
        "ascii": channel.ascii,
        "origin": channel.origin,
        "rung": channel.rung,
    }


def free_origin(store: Store) -> int:
    """An origin code nobody uses yet, for channels made without one."""
    return int(store.value("SELECT max(1000, ifnull(max(origin), 0)) + 1 FROM channels"))


def put(store: Store, channel: Channel) -> None:
    """Add a channel, or bring the one of the same key up to date; its place in the list stays."""
    if get(store, channel.key) is None:
        add(store, channel)
        return
    store.execute(
        "UPDATE channels SET label = :label, mode = :mode, cost = :cost, exclusive = :exclusive,"
        " glyph = :glyph, ascii = :ascii, origin = :origin, rung = :rung WHERE key = :key",
        _values(channel),
    )
