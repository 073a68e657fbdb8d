"""Link templates in the store."""

from omnitui.model.link import LinkTemplate
from omnitui.store.engine import Store


def every(store: Store) -> list[LinkTemplate]:
    """All of them, in the order in which they were first set."""
    return [
        LinkTemplate(row["name"], row["url"])
        for row in store.rows("SELECT name, url FROM links ORDER BY id LIMIT 200")
    ]


def put(store: Store, name: str, url: str) -> None:
    """Keep a template, in the place of one of the same name."""
    store.execute(
        "INSERT INTO links (name, url) VALUES (?, ?)"
        " ON CONFLICT (name) DO UPDATE SET name = excluded.name, url = excluded.url",
        (name, url),
    )


def delete(store: Store, name: str) -> bool:
    """Delete a template; False if none of that name exists."""
    return store.execute("DELETE FROM links WHERE name = ?", (name,)).rowcount > 0
