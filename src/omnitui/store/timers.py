"""The one table of timers: whatever must happen later is a row here.

There is at most one timer per kind and subject; setting it again moves it. One that nothing can be
done for is set aside: it stays in the table, with the reason, and is never due.
"""

from msgspec import Struct

from omnitui.store.engine import Store

OF_CONVERSATIONS = (
    "bot",
    "bot_idle",
    "grace",
    "hold_room",
    "idle",
    "not_taken",
    "offer",
    "offer_again",
    "overflow",
    "snooze",
    "wrap_free",
    "wrap_up",
)
"""Kinds of timers of a conversation: none of them remains when it is closed."""


class Timer(Struct, frozen=True):
    """Something that is due at `due_at` (epoch ms)."""

    id: int
    due_at: int
    kind: str
    subject: int


def start(store: Store, kind: str, subject: int, due_at: int) -> None:
    """Set the timer of `kind` for `subject`, or move it if it runs already."""
    store.execute(
        "INSERT INTO timers (due_at, kind, subject) VALUES (?, ?, ?)"
        " ON CONFLICT (kind, subject) DO UPDATE SET due_at = excluded.due_at, aside = ''",
        (due_at, kind, subject),
    )


def ensure(store: Store, kind: str, subject: int, due_at: int) -> None:
    """Set the timer of `kind` for `subject`, unless it runs already."""
    store.execute(
        "INSERT INTO timers (due_at, kind, subject) VALUES (?, ?, ?)"
        " ON CONFLICT (kind, subject) DO UPDATE SET due_at = excluded.due_at, aside = ''"
        " WHERE timers.aside <> ''",
        (due_at, kind, subject),
    )


def runs(store: Store, kind: str, subject: int) -> bool:
    """Whether the timer of `kind` for `subject` is running."""
    found = store.value(
        "SELECT 1 FROM timers WHERE kind = ? AND subject = ? AND aside = ''", (kind, subject)
    )
    return found is not None


def stop(store: Store, kind: str, subject: int) -> bool:
    """Remove the timer; True if it was running."""
    return (
        store.execute("DELETE FROM timers WHERE kind = ? AND subject = ?", (kind, subject)).rowcount
        > 0
    )


def stop_all(store: Store, conversation: int) -> None:
    """Remove every timer of a conversation."""
    marks = ", ".join("?" * len(OF_CONVERSATIONS))
    store.execute(
        f"DELETE FROM timers WHERE kind IN ({marks}) AND subject = ?",
        (*OF_CONVERSATIONS, conversation),
    )


def take(store: Store, now: int) -> Timer | None:
    """Take the first due timer from the table, inside the caller's transaction; None if none is
    due.

    The process that deletes the row owns it, so any number of processes may call this.
    """
    row = store.row(
        "SELECT id, due_at, kind, subject FROM timers WHERE due_at <= ? AND aside = ''"
        " ORDER BY due_at, id LIMIT 1",
        (now,),
    )
    if row is None:
        return None
    store.execute("DELETE FROM timers WHERE id = ?", (row["id"],))
    return Timer(*row)


def set_aside(store: Store, timer: Timer, reason: str) -> None:
    """Keep a timer that was taken, never to be due again; `reason` is a sentence."""
    store.execute(
        "INSERT INTO timers (due_at, kind, subject, aside) VALUES (?, ?, ?, ?)"
        " ON CONFLICT (kind, subject) DO NOTHING",
        (timer.due_at, timer.kind, timer.subject, reason),
    )


def next_due(store: Store) -> int | None:
    """When the next timer is due (epoch ms), None if none runs."""
    due: int | None = store.value("SELECT min(due_at) FROM timers WHERE aside = ''")
    return due
