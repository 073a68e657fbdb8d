"""What was looked for and not found, and articles that did not help: one row for each, reopened."""

from collections.abc import Sequence

from msgspec import Struct

from omnitui.model.ids import ArticleId, GapId
from omnitui.store.engine import Store
from omnitui.store.reading import each, maker, one


class GapRow(Struct, frozen=True):
    """A row of the table; `phrase` is empty where it is about an article."""

    id: GapId
    phrase: str
    article_id: ArticleId | None
    asked: str
    times: int
    last_at: int
    closed_at: int | None
    closed_by: str
    reason: str


_row = maker(GapRow)
_ANEW = "closed_at = NULL, closed_by = '', reason = ''"


def get(store: Store, key: int) -> GapRow | None:
    """One gap."""
    return one(_row, store.row("SELECT * FROM gaps WHERE id = ?", (key,)))


def of_phrase(store: Store, phrase: str) -> GapRow | None:
    """The gap of searches for a phrase."""
    query = "SELECT * FROM gaps WHERE phrase = ? AND article_id IS NULL"
    return one(_row, store.row(query, (phrase,)))


def missed(store: Store, phrase: str, asked: str, asker: str, at: int) -> int:
    """Count a search that found nothing; a gap that was closed is open again, counted anew."""
    found = of_phrase(store, phrase)
    if found is None:
        row = {"phrase": phrase, "asked": asked, "times": 1, "last_at": at}
        key = store.insert("gaps", row)
    else:
        key = found.id
        again = found.closed_at is not None
        if again:
            store.execute("DELETE FROM gap_askers WHERE gap_id = ?", (key,))
        store.execute(
            f"UPDATE gaps SET asked = ?, times = ?, last_at = ?, {_ANEW} WHERE id = ?",
            (asked, 1 if again else found.times + 1, at, key),
        )
    store.execute(
        "INSERT INTO gap_askers (gap_id, asker) VALUES (?, ?) ON CONFLICT DO NOTHING",
        (key, asker),
    )
    return key


def not_helpful(store: Store, article: int, at: int) -> None:
    """Let an article that did not help be a gap; its ratings say how often, and why."""
    key = store.value("SELECT id FROM gaps WHERE phrase = '' AND article_id = ?", (article,))
    if key is None:
        store.insert("gaps", {"article_id": article, "last_at": at})
    else:
        # When it was closed stays: ratings before are dealt with.
        store.execute("UPDATE gaps SET last_at = ? WHERE id = ?", (at, key))


def close(store: Store, key: int, at: int, by: str, reason: str) -> None:
    """Close a gap."""
    store.update("gaps", key, {"closed_at": at, "closed_by": by, "reason": reason})


def reopen(store: Store, key: int) -> None:
    """Open a gap again, as it was."""
    store.execute(f"UPDATE gaps SET {_ANEW} WHERE id = ?", (key,))


def every(store: Store, limit: int) -> list[GapRow]:
    """The gaps, those that were met last first."""
    rows = store.rows("SELECT * FROM gaps ORDER BY last_at DESC, id DESC LIMIT ?", (limit,))
    return each(_row, rows)


def open_phrases(store: Store, limit: int = 500) -> list[GapRow]:
    """The open gaps of searches, those that were met last first."""
    rows = store.rows(
        "SELECT * FROM gaps WHERE article_id IS NULL AND closed_at IS NULL"
        " ORDER BY last_at DESC LIMIT ?",
        (limit,),
    )
    return each(_row, rows)


def askers(store: Store, keys: Sequence[int]) -> dict[int, int]:
    """How many have met each gap of a search."""
    marks = ", ".join("?" * len(keys))
    rows = store.rows(
        f"SELECT gap_id, count(*) AS many FROM gap_askers WHERE gap_id IN ({marks})"
        " GROUP BY gap_id",
        [*keys],
    )
    return {row["gap_id"]: row["many"] for row in rows}
