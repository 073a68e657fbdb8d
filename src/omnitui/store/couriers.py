"""Couriers: the settings of each channel, and which couriers run now.

Couriers send heartbeats, as consoles do. Times are epoch ms.
"""

from msgspec import Struct

from omnitui.model.courier import CourierConfig
from omnitui.store.engine import Store


class Deliverer(Struct, frozen=True):
    """A running courier of a channel (`*`: all channels), with the end of its lease."""

    id: int
    name: str
    channel: str
    until: int


def configured(store: Store) -> list[CourierConfig]:
    """The settings, by channel."""
    rows = store.rows("SELECT channel, kind, url, token_env FROM couriers ORDER BY channel")
    return [CourierConfig(*row) for row in rows]


def put(store: Store, courier: CourierConfig) -> None:
    """Set the courier of a channel; it replaces an earlier one."""
    store.execute(
        "INSERT INTO couriers (channel, kind, url, token_env) VALUES (?, ?, ?, ?)"
        " ON CONFLICT (channel) DO UPDATE SET kind = excluded.kind, url = excluded.url,"
        " token_env = excluded.token_env",
        (courier.channel, courier.kind, courier.url, courier.token_env),
    )


def delete(store: Store, channel: str) -> bool:
    """Remove the courier of a channel; False if there was none."""
    return store.execute("DELETE FROM couriers WHERE channel = ?", (channel,)).rowcount > 0


def beat(store: Store, name: str, channel: str, until: int) -> int:
    """Save a heartbeat of a courier; returns its key."""
    return int(
        store.value(
            "INSERT INTO deliverers (name, channel, until) VALUES (?, ?, ?)"
            " ON CONFLICT (name, channel) DO UPDATE SET until = excluded.until RETURNING id",
            (name, channel, until),
        )
    )


def deliverer(store: Store, key: int) -> Deliverer | None:
    """One heartbeat."""
    row = store.row("SELECT id, name, channel, until FROM deliverers WHERE id = ?", (key,))
    return None if row is None else Deliverer(*row)


def of_name(store: Store, name: str) -> list[Deliverer]:
    """The channels on which a courier runs."""
    rows = store.rows(
        "SELECT id, name, channel, until FROM deliverers WHERE name = ? ORDER BY channel", (name,)
    )
    return [Deliverer(*row) for row in rows]


def remove(store: Store, key: int) -> None:
    """Remove a courier from a channel."""
    store.execute("DELETE FROM deliverers WHERE id = ?", (key,))


def live(store: Store, now: int) -> list[Deliverer]:
    """All running couriers."""
    rows = store.rows(
        "SELECT id, name, channel, until FROM deliverers WHERE until > ? ORDER BY channel, name",
        (now,),
    )
    return [Deliverer(*row) for row in rows]
