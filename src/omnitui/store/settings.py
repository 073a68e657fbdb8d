"""What administrators have set, as text by key."""

from omnitui.store.engine import Store


def stored(store: Store) -> dict[str, str]:
    """Every setting that was changed from its default."""
    return {row["key"]: row["value"] for row in store.rows("SELECT key, value FROM settings")}


def get(store: Store, key: str) -> str | None:
    """One setting's text, None if it was never set."""
    value: str | None = store.value("SELECT value FROM settings WHERE key = ?", (key,))
    return value


def put(store: Store, key: str, value: str) -> None:
    """Keep a setting."""
    store.execute(
        "INSERT INTO settings VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        (key, value),
    )
