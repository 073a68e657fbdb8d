"""Full-text search. Whatever is typed is words and beginnings of words, never syntax."""

import re
import unicodedata
from functools import cache

from omnitui.model.search import MARK_OFF, MARK_ON, Hit, HitKind
from omnitui.store.engine import Store

_WORD = re.compile(r"\w+", re.UNICODE)
_MOST_WORDS = 12

_SOURCES = {
    HitKind.ARTICLE: (
        "articles_search",
        "10.0, 6.0, 1.0",
        2,
        "SELECT t.id, t.title AS title, 0 AS at, NULL AS conversation, NULL AS customer"
        " FROM articles t WHERE t.id = ?",
    ),
    HitKind.CUSTOMER: (
        "customers_search",
        "10.0, 6.0, 8.0, 2.0, 1.0",
        -1,
        "SELECT t.id, t.name AS title, t.created_at AS at, NULL AS conversation, t.id AS customer"
        " FROM customers t WHERE t.id = ?",
    ),
    HitKind.CASE: (
        "cases_search",
        "10.0, 8.0, 1.0, 1.0",
        -1,
        "SELECT t.id, t.number || ' ' || t.title AS title, t.created_at AS at,"
        " NULL AS conversation, t.customer_id AS customer FROM cases t WHERE t.id = ?",
    ),
    HitKind.CONVERSATION: (
        "conversations_search",
        "8.0, 6.0, 4.0",
        -1,
        "SELECT t.id, t.name AS title, t.created_at AS at, t.id AS conversation,"
        " t.customer_id AS customer FROM conversations t WHERE t.id = ?",
    ),
    HitKind.MESSAGE: (
        "messages_search",
        "1.0",
        0,
        "SELECT t.id, c.name AS title, t.at AS at, c.id AS conversation, c.customer_id AS customer"
        " FROM messages t JOIN conversations c ON c.id = t.conversation_id WHERE t.id = ?",
    ),
    HitKind.ACTIVITY: (
        "activities_search",
        "4.0, 1.0",
        -1,
        "SELECT t.id, upper(substr(t.kind, 1, 1)) || substr(t.kind, 2) || ': ' || t.title AS title,"
        " t.at AS at, t.conversation_id AS conversation, t.customer_id AS customer"
        " FROM activities t WHERE t.id = ?",
    ),
    HitKind.ENTITLEMENT: (
        "entitlements_search",
        "8.0, 1.0",
        -1,
        "SELECT t.id, t.name || ', ' || p.name AS title, t.created_at AS at,"
        " NULL AS conversation, t.customer_id AS customer"
        " FROM entitlements t JOIN customers p ON p.id = t.customer_id WHERE t.id = ?",
    ),
}

_HIDDEN = {
    HitKind.CUSTOMER: " AND rowid NOT IN (SELECT id FROM customers WHERE merged_into IS NOT NULL)"
}
"""Which rows of an index are no hits."""


def query(text: str, *, whole_words: bool = False) -> str:
    """The FTS5 query for what somebody typed: every word as a prefix, all of them needed.

    Returns an empty string when there is nothing to look for.
    """
    words = _words(text)[:_MOST_WORDS]
    end = "" if whole_words else "*"
    return " ".join(f'"{word}"{end}' for word in words)


def any_of(text: str) -> str:
    """The FTS5 query that any one of the words satisfies; for suggestions, not for typing."""
    return " OR ".join(f'"{word}"' for word in dict.fromkeys(_words(text.lower())[:40]))


def like_name(store: Store, name: str, limit: int = 300) -> dict[int, str]:
    """Names of customers that begin as these words do, all of them before any; no best ones.

    They are to be compared with the name, not shown: slips and initials are among them.
    """
    words = _words(name)[:6]
    long = [word for word in words if len(word) > 2]
    queries = (
        " AND ".join(f'"{word[:3]}"*' for word in words),
        " AND ".join(f'"{word[:2]}"*' for word in words),
        " OR ".join(f'"{word[:4]}"*' for word in long),
    )
    found: dict[int, str] = {}
    for match in filter(None, queries):
        rows = store.rows(
            "SELECT rowid, name FROM customers_search WHERE customers_search MATCH ?"
            f"{_HIDDEN[HitKind.CUSTOMER]} LIMIT ?",
            (f"{{name}} : ({match})", limit),
        )
        found |= {row["rowid"]: row["name"] for row in rows}
    return found


def _words(text: str) -> list[str]:
    # An accent of its own would part a word in two.
    return _WORD.findall(unicodedata.normalize("NFC", text))


def folded(text: str) -> str:
    """Letters without case and accents, as the indexes fold them."""
    if text.isascii():
        return text.lower()
    parts = unicodedata.normalize("NFKD", text.casefold())
    return "".join(part for part in parts if not unicodedata.combining(part))


def fold_with(store: Store) -> None:
    """Give queries `mentions(text, words)`: whether every one of the words occurs in the text."""

    def mentions(text: str | None, words: str) -> bool:
        said = folded(text or "")
        return all(word in said for word in split(words))

    split = cache(str.split)

    store.connection.create_function("mentions", 2, mentions, deterministic=True)


def find(store: Store, kind: HitKind, match: str, limit: int = 10) -> list[Hit]:
    """The best hits of one kind for a query made by `query` or `any_of`, recent first on ties.

    Scores are compared as they are: a word that most texts have makes them very small.
    """
    if not match:
        return []
    index, weights, column, detail = _SOURCES[kind]
    rows = store.rows(
        f"SELECT rowid AS ref, rank AS score, snippet({index}, {column}, ?, ?, ' … ', 12)"
        " AS snippet"
        f" FROM {index} WHERE {index} MATCH ? AND rank MATCH 'bm25({weights})'"
        f"{_HIDDEN.get(kind, '')} ORDER BY rank, rowid DESC LIMIT ?",
        (MARK_ON, MARK_OFF, match, limit),
    )
    hits = []
    for row in rows:
        record = store.row(detail, (row["ref"],))
        if record is not None:
            hits.append(
                Hit(
                    kind=kind,
                    ref=row["ref"],
                    title=record["title"],
                    snippet=row["snippet"],
                    at=record["at"],
                    score=-row["score"],
                    conversation_id=record["conversation"],
                    customer_id=record["customer"],
                )
            )
    return sorted(hits, key=lambda hit: (-hit.score, -hit.at, -hit.ref))


def everything(store: Store, text: str, limit: int = 8) -> list[Hit]:
    """The best hits of every kind, kinds in the order of `HitKind`."""
    match = query(text)
    return [hit for kind in HitKind for hit in find(store, kind, match, limit)]
