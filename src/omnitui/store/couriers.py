"""Couriers: what replies are delivered by on each channel, and who is delivering right now.

Who delivers gives signs of life, as consoles do. Times are epoch ms.
"""

from msgspec import Struct

from omnitui.model.courier import CourierConfig
from omnitui.store.engine import Store


class Deliverer(Struct, frozen=True):
    """Somebody who delivers on a channel (`*`: on every one) and is believed to until a time."""

    id: int
    name: str
    channel: str
    until: int


def configured(store: Store) -> list[CourierConfig]:
    """What is set up, by channel."""
    rows = store.rows("SELECT channel, kind, url, token_env FROM couriers ORDER BY channel")
    return [CourierConfig(*row) for row in rows]


def put(store: Store, courier: CourierConfig) -> None:
    """Set up a channel, instead of what was set up for it before."""
    store.execute(
        "INSERT INTO couriers (channel, kind, url, token_env) VALUES (?, ?, ?, ?)"
        " ON CONFLICT (channel) DO UPDATE SET kind = excluded.kind, url = excluded.url,"
        " token_env = excluded.token_env",
        (courier.channel, courier.kind, courier.url, courier.token_env),
    )


def delete(store: Store, channel: str) -> bool:
    """Set a channel up no longer; False when it was not."""
    return store.execute("DELETE FROM couriers WHERE channel = ?", (channel,)).rowcount > 0


def beat(store: Store, name: str, channel: str, until: int) -> int:
    """Note that somebody delivers on a channel; the key of the sign."""
    return int(
        store.value(
            "INSERT INTO deliverers (name, channel, until) VALUES (?, ?, ?)"
            " ON CONFLICT (name, channel) DO UPDATE SET until = excluded.until RETURNING id",
            (name, channel, until),
        )
    )


def deliverer(store: Store, key: int) -> Deliverer | None:
    """One sign of life."""
    row = store.row("SELECT id, name, channel, until FROM deliverers WHERE id = ?", (key,))
    return None if row is None else Deliverer(*row)


def of_name(store: Store, name: str) -> list[Deliverer]:
    """On which channels somebody delivers."""
    rows = store.rows(
        "SELECT id, name, channel, until FROM deliverers WHERE name = ? ORDER BY channel", (name,)
    )
    return [Deliverer(*row) for row in rows]


def remove(store: Store, key: int) -> None:
    """Somebody delivers on a channel no more."""
    store.execute("DELETE FROM deliverers WHERE id = ?", (key,))


def live(store: Store, now: int) -> list[Deliverer]:
    """Everybody who delivers now."""
    rows = store.rows(
        "SELECT id, name, channel, until FROM deliverers WHERE until > ? ORDER BY channel, name",
        (now,),
    )
    return [Deliverer(*row) for row in rows]
