"""Channels in the store. The list is data: an administrator's addition is a row like any other."""

from msgspec.structs import asdict

from omnitui.model.channel import AddressKind, Channel, ChannelMode, Starts, Threading
from omnitui.store.engine import Store
from omnitui.store.reading import each, maker, one

_channel = maker(
    Channel,
    mode=ChannelMode,
    exclusive=bool,
    address_kind=AddressKind,
    threading=Threading,
    starts=Starts,
    letters=bool,
    attachments=bool,
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
    flags = {name: int(getattr(channel, name)) for name in ("exclusive", "letters", "attachments")}
    return {**asdict(channel), **flags}


def free_origin(store: Store) -> int:
    """An unused origin code, for channels created without one."""
    return int(store.value("SELECT max(1000, ifnull(max(origin), 0)) + 1 FROM channels"))


def put(store: Store, channel: Channel) -> None:
    """Add a channel, or update the one of the same key; its position stays."""
    if get(store, channel.key) is None:
        add(store, channel)
        return
    values = _values(channel)
    changes = ", ".join(f"{name} = :{name}" for name in values if name != "key")
    store.execute(f"UPDATE channels SET {changes} WHERE key = :key", values)
