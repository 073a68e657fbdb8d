"""The files that articles are read from: how each looked when it was read, and what was wrong."""

from omnitui.store.engine import Store

_MOST = 5_000


def stamps(store: Store) -> dict[str, str]:
    """How each file looked when it was read last, by its name."""
    rows = store.rows("SELECT name, stamp FROM article_files LIMIT ?", (_MOST,))
    return {row["name"]: row["stamp"] for row in rows if row["name"]}


def note(store: Store, name: str, stamp: str, at: int, problem: str) -> None:
    """Note that a file was read, and what was wrong with it; without a name, with the folder."""
    if name:
        store.execute("DELETE FROM article_files WHERE name = ''")
    store.execute(
        "INSERT INTO article_files (name, stamp, read_at, problem) VALUES (?, ?, ?, ?)"
        " ON CONFLICT (name) DO UPDATE SET stamp = excluded.stamp, read_at = excluded.read_at,"
        " problem = excluded.problem",
        (name, stamp, at, problem),
    )


def problems(store: Store) -> list[str]:
    """What is wrong with files, a line each."""
    rows = store.rows(
        "SELECT problem FROM article_files WHERE problem <> '' ORDER BY name LIMIT ?", (_MOST,)
    )
    return [row["problem"] for row in rows]


def remove(store: Store, name: str) -> None:
    """Forget a file that is there no more."""
    store.execute("DELETE FROM article_files WHERE name = ?", (name,))


def forget(store: Store) -> None:
    """Forget every file: they are read anew."""
    store.execute("DELETE FROM article_files")
