"""Shifts of simulated customers: which one is under way, and who has arrived in it."""

from omnitui.model.ids import ConversationId
from omnitui.model.shift import Shift, ShiftId
from omnitui.store.engine import Store


def newest(store: Store) -> Shift | None:
    """The shift that began last, if it has not ended."""
    row = store.row(
        "SELECT id, scenario, seed, starts_at, ended_at FROM shifts ORDER BY id DESC LIMIT 1"
    )
    if row is None or row["ended_at"] is not None:
        return None
    guests = store.rows(
        "SELECT guest, conversation_id FROM shift_guests WHERE shift_id = ? ORDER BY guest",
        (row["id"],),
    )
    return Shift(
        ShiftId(row["id"]),
        row["scenario"],
        row["seed"],
        row["starts_at"],
        {guest["guest"]: ConversationId(guest["conversation_id"]) for guest in guests},
    )


def begin(store: Store, scenario: str, seed: int, at: int) -> None:
    """Keep that a shift begins."""
    store.execute(
        "INSERT INTO shifts (scenario, seed, starts_at) VALUES (?, ?, ?)", (scenario, seed, at)
    )


def known(store: Store, shift: int) -> bool:
    """Whether the shift exists."""
    return bool(store.value("SELECT EXISTS (SELECT 1 FROM shifts WHERE id = ?)", (shift,)))


def put_off(store: Store, shift: int, starts_at: int) -> None:
    """Let a shift have begun at another time, for it stood still in between."""
    store.execute("UPDATE shifts SET starts_at = ? WHERE id = ?", (starts_at, shift))


def arrived(store: Store, shift: int, guest: str, conversation: int) -> None:
    """Keep the newest conversation of somebody who has arrived."""
    store.execute(
        "INSERT INTO shift_guests (shift_id, guest, conversation_id) VALUES (?, ?, ?)"
        " ON CONFLICT (shift_id, guest) DO UPDATE SET conversation_id = excluded.conversation_id",
        (shift, guest, conversation),
    )


def end(store: Store, shift: int, at: int) -> None:
    """Keep that a shift is over."""
    store.execute("UPDATE shifts SET ended_at = ? WHERE id = ?", (at, shift))
