"""Below the screen: intake through the whole path, and search."""

import itertools
import sqlite3
import time
from pathlib import Path

from benchmarks.stores import desk_at, words
from benchmarks.table import Row, compared
from benchmarks.terminal import quantile
from omnitui.datafiles.sentiment import shipped
from omnitui.model.actor import ADMINISTRATOR
from omnitui.rules.sentiment import score

_ROUNDS = 10
"""In so many rounds both are measured by turns, so that whatever else is at work is so for both."""


def intake(folder: Path, count: int) -> Row:
    """Messages a second through `conversation.receive`, against raw one-row transactions.

    What is raw is committed row by row under the same pragmas, into a table without an index.
    """
    desk, _ = desk_at(folder / "intake.db")
    raw = sqlite3.connect(folder / "raw.db", isolation_level=None)
    for pragma in ("journal_mode = WAL", "synchronous = NORMAL", "wal_autocheckpoint = 4000"):
        raw.execute(f"PRAGMA {pragma}")
    raw.execute("CREATE TABLE m (id INTEGER PRIMARY KEY, text TEXT, at INTEGER)")
    numbers, insert = itertools.count(), "INSERT INTO m (text, at) VALUES (?, ?)"

    def receive(_: int) -> None:
        n = next(numbers)
        desk.call(
            "conversation.receive",
            ADMINISTRATOR,
            channel="email",
            address=f"somebody{n % 200}@example.com",
            text=words(n),
            external_id=f"m{n}",
        )

    took = bare = 0.0
    for _ in range(_ROUNDS):
        took += _timed(receive, count // _ROUNDS)
        bare += _timed(lambda n: raw.execute(insert, (words(n), n)), count * 5 // _ROUNDS)
    desk.close()
    raw.close()
    ours, yardstick = count / took, count * 5 / bare
    ratio = ours / yardstick
    return Row(
        "intake through the whole path",
        f"{ours:,.0f} messages/s",
        f"{yardstick:,.0f} rows/s (raw sqlite3, one row a transaction)",
        f"1/{1 / ratio:.0f}",
        ">= 1/25",
        ratio >= 1 / 25,
    )


def _timed(action: object, count: int) -> float:
    assert callable(action)
    start = time.perf_counter()
    for n in range(count):
        action(n)
    return time.perf_counter() - start


def search(folder: Path, articles: int) -> Row:
    """The 95th percentile of `knowledge.search` as typed, against the bare FTS5 query."""
    desk, ada = desk_at(folder / "search.db")
    with desk.store.transaction():
        for n in range(articles):
            desk.store.insert(
                "articles",
                {
                    "slug": f"article-{n}",
                    "title": f"{words(n, 4)} {n}",
                    "body": words(n * 3 + 1, 40),
                    "keywords": words(n, 3),
                    "audience": "public",
                    "language": "en",
                    "updated": "2026-01-01",
                },
            )
    typed = [words(n, 2) + f" {words(n * 11, 1)[:3]}" for n in range(60)]
    ours, bare = [], []
    sql = (
        "SELECT rowid, snippet(articles_search, 2, '', '', ' … ', 12) FROM articles_search"
        " WHERE articles_search MATCH ? ORDER BY rank LIMIT 10"
    )
    for text in typed:
        match = " ".join(f'"{word}"*' for word in text.split())
        start = time.perf_counter()
        desk.store.execute(sql, (match,)).fetchall()
        middle = time.perf_counter()
        desk.call("knowledge.search", ada, query=text)
        bare.append(middle - start)
        ours.append(time.perf_counter() - middle)
    desk.close()
    return compared(
        f"search p95, {articles:,} articles",
        quantile(ours, 0.95) * 1e3,
        quantile(bare, 0.95) * 1e3,
        "ms",
        2,
        "the bare FTS5 query",
    )


def sentiment(folder: Path, words_: int) -> Row:
    """One message of very many words, against VADER on its first sixty."""
    text = " ".join(words(n, 10) for n in range(words_ // 10))
    piece = " ".join(text.split()[:60])
    ears = shipped()
    score(piece, ears)
    start = time.perf_counter()
    score(text, ears)
    ours = (time.perf_counter() - start) * 1e3
    bare = _timed(lambda _: score(piece, ears), 50) / 50 * 1e3
    return Row(
        f"sentiment of {words_:,} words",
        f"{ours:,.1f} ms",
        f"{bare:,.2f} ms (60 words)",
        f"{ours / bare:.1f}x",
        "< 50 ms",
        ours < 50,
    )
