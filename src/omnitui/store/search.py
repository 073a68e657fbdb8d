"""Full-text search. Whatever is typed is words and beginnings of words, never syntax.

What is called as was typed comes first, then what is called by words that begin so, then what says
them anywhere, the newest first in each. So the first hits are read without all the others.
Articles, of which there are few, are weighed by how often and where they have the words.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from functools import cache
from itertools import combinations
from types import MappingProxyType
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from omnitui.letters import folded, groups, others_of, sought
from omnitui.model.search import MARK_OFF, MARK_ON, Hit, HitKind, Part
from omnitui.stems import stem
from omnitui.store import matches, passages, weighing
from omnitui.store.engine import Row, Store

_MOST_REACHED = 50
_LOOKED_AT = 24
"""So many of the newest rows that have the words are compared with what was typed."""
_EXACT, _BY_ADDRESS = 9.0, 2.5
"""Scores beside those of the steps, which count down to 1."""
_NUMBER = re.compile(r"(?:cas ?)?0*([1-9][0-9]{0,8})", re.IGNORECASE | re.ASCII)


class _Source(Struct, frozen=True):
    """Where hits of a kind come from: the index, the columns that name a record, and the record.

    `texts` are what passages are from, those of `heads` first; `words` is the list of all words of
    the index, `reach` its column that holds addresses, `names` those that hold names of people.
    """

    index: str
    heads: str
    columns: str
    texts: str
    tables: str
    words: str = ""
    reach: str = ""
    hidden: str = ""
    names: str = ""


_SOURCES = {
    HitKind.ARTICLE: _Source(
        "articles_search",
        "title keywords",
        "t.title, 0, NULL, NULL",
        "t.body, t.language",
        "articles t",
    ),
    HitKind.CUSTOMER: _Source(
        "customers_search",
        "name account",
        "t.name, t.created_at, NULL, t.id",
        "t.name, t.account, t.company, t.city, t.notes",
        "customers t",
        words="customers_words",
        names="name company",
        hidden=" AND rowid NOT IN (SELECT id FROM customers WHERE merged_into IS NOT NULL)",
    ),
    HitKind.CASE: _Source(
        "cases_search",
        "number title",
        "t.number || ' ' || t.title, t.created_at, NULL, t.customer_id",
        "t.number, t.title, t.description, t.resolution",
        "cases t",
        words="cases_words",
    ),
    HitKind.CONVERSATION: _Source(
        "conversations_search",
        "name subject",
        "t.name, t.created_at, t.id, t.customer_id",
        "t.name, t.subject, t.address",
        "conversations t",
        words="conversations_words",
        names="name",
        reach="reach",
    ),
    HitKind.MESSAGE: _Source(
        "messages_search",
        "",
        "c.name, t.at, c.id, c.customer_id",
        "t.text",
        "messages t JOIN conversations c ON c.id = t.conversation_id",
        words="messages_words",
    ),
    HitKind.ACTIVITY: _Source(
        "activities_search",
        "title",
        "upper(substr(t.kind, 1, 1)) || substr(t.kind, 2) || ': ' || t.title, t.at,"
        " t.conversation_id, t.customer_id",
        "t.title, t.body",
        "activities t",
        words="activities_words",
    ),
    HitKind.ENTITLEMENT: _Source(
        "entitlements_search",
        "name",
        "t.name || ', ' || p.name, t.created_at, NULL, t.customer_id",
        "t.name, t.description",
        "entitlements t JOIN customers p ON p.id = t.customer_id",
        words="entitlements_words",
        names="name",
    ),
}
_SENTENCE = 4
"""From so many words on, some of them are a question."""
_TEXTS = 5
"""Where the texts of a record begin in its row."""


def any_of(text: str) -> str:
    """The FTS5 query that any one of the words satisfies; for suggestions, not for typing."""
    return " OR ".join(f'"{word}"' for word in _terms(text)[:40])


def any_two_of(words: Sequence[str]) -> str:
    """The FTS5 query that any two of the words satisfy, whose last letters may be missing."""
    known = [f'"{word}"*' for word in _terms(" ".join(words))[:8]]
    return " OR ".join(f"({one} AND {other})" for one, other in combinations(known, 2))


def like_name(store: Store, name: str, limit: int = 300) -> dict[int, str]:
    """Names of customers that begin as these words do, all of them before any; no best ones.

    They are to be compared with the name, not shown: slips and initials are among them.
    """
    words = _terms(name)[:6]
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
            f"{_SOURCES[HitKind.CUSTOMER].hidden} LIMIT ?",
            (f"{{name}} : ({match})", limit),
        )
        found |= {row["rowid"]: row["name"] for row in rows}
    return found


def _terms(text: str) -> list[str]:
    """What is looked for, once each."""
    words = (word for group in groups(text) for word in group)
    return list(dict.fromkeys(term for word in words for term in sought(word)))


def fold_with(store: Store) -> None:
    """Give queries `mentions(text, words)`: whether every one of the words occurs in the text."""

    split = cache(_spelled)

    def mentions(text: str | None, words: str) -> bool:
        said = f" {folded(text or '')}"
        for ways in split(words):  # noqa: SIM110 - it is asked of every row
            if not any(way in said for way in ways):
                return False
        return True

    store.connection.create_function("mentions", 2, mentions, deterministic=True)


def _spelled(words: str) -> list[tuple[str, ...]]:
    """Each of the words, and its other spellings."""
    return [(folded(word), *others_of(word)) for word in words.split()]


def weighed(store: Store, match: str, limit: int = 10, hidden: Collection[int] = ()) -> list[Hit]:
    """The articles that fit a query best, such as one made by `any_of`.

    Scores are compared as they are: a word that most texts have makes them very small. Passages
    are how they begin.
    """
    if not match:
        return []
    rows = store.rows(
        "SELECT rowid, rank FROM articles_search WHERE articles_search MATCH ?"
        f" AND rank MATCH 'bm25({weighing.WEIGHTS})' ORDER BY rank, rowid DESC LIMIT ?",
        (match, limit + len(hidden)),
    )
    known = [(row["rowid"], -row["rank"]) for row in rows if row["rowid"] not in hidden]
    found = dict(known[:limit])
    records = _records(store, _SOURCES[HitKind.ARTICLE], list(found))
    return _hits(HitKind.ARTICLE, (), found, records)


def find(
    store: Store,
    kind: HitKind,
    given: Sequence[Part],
    limit: int = 10,
    hidden: Collection[int] = (),
) -> list[Hit]:
    """The first hits of one kind for what was typed; `hidden` are articles that are left out."""
    if not given:
        return []
    source = _SOURCES[kind]
    if kind is HitKind.ARTICLE:
        return _articles(store, given, weighing.find(store, given, limit, hidden=hidden))
    match = matches.beginning_in(store, source.words, given, source.reach)
    query = (
        f"SELECT rowid FROM {source.index} WHERE {source.index} MATCH ?{source.hidden}"
        " ORDER BY rowid DESC LIMIT ?"
    )
    size = max(limit, _LOOKED_AT)
    newest = [row["rowid"] for row in store.rows(query, (match, size))]
    records = _records(store, source, newest)
    found = {ref: _standing(source, row, given) for ref, row in records.items()}
    if len(newest) == size and len(given) == len(given[0].words) == 1:
        found |= _stepwise(store, source, query, match, given, limit)
    # What has the words as they are typed comes first, and in texts alone.
    if len(found) < limit and (source.names or not found):
        wider = matches.otherwise(given, source.names)
        rows = store.rows(query, (wider, size)) if wider else []
        more = _records(store, source, [row["rowid"] for row in rows if row["rowid"] not in found])
        records |= more
        found |= {ref: _standing(source, row, given) for ref, row in more.items()}
    said: dict[int, str] = {}
    if kind is HitKind.CASE:
        found |= _numbered(store, given)
    if kind is HitKind.CUSTOMER:
        said = _reached(store, given, limit)
        score = _EXACT if any(part.contact for part in given) else _BY_ADDRESS
        for ref in said:
            found[ref] = max(found.get(ref, 0), score)
    first = sorted(found, key=lambda ref: (-found[ref], -ref))[:limit]
    records |= _records(store, source, [ref for ref in first if ref not in records])
    return _hits(kind, given, {ref: found[ref] for ref in first}, records, said)


def _articles(
    store: Store, given: Sequence[Part], weighed: Mapping[int, weighing.Weighed]
) -> list[Hit]:
    """The hits for articles; their passages say what they have instead of words that none has."""
    scores = {key: one.score for key, one in weighed.items()}
    meant = {word for one in weighed.values() for word in one.instead}
    known = [*given, *(Part((word,)) for word in sorted(meant))]
    hits = _hits(
        HitKind.ARTICLE, known, scores, _records(store, _SOURCES[HitKind.ARTICLE], [*scores])
    )
    return [
        replace(hit, snippet=f"Shown for “{', '.join(instead)}”. {hit.snippet.lstrip()}")
        if (instead := weighed[hit.ref].instead)
        else hit
        for hit in hits
    ]


def _standing(source: _Source, row: Sequence[Any], given: Sequence[Part]) -> float:
    """How well a row that has the words fits what was typed: 1 if it just has them, 4 at most."""
    texts = row[_TEXTS:]
    heads = texts[: len(source.heads.split())]
    return passages.standing(heads, texts, given)


def _stepwise(
    store: Store, source: _Source, query: str, match: str, given: Sequence[Part], limit: int
) -> dict[int, float]:
    """The keys of the first hits of all for one word that many rows have."""
    exactly = matches.whole(given)
    steps = [(exactly, 2.0)]
    if source.heads:
        heads = f"{{{source.heads}}}"
        steps = [(f"{heads} : ({exactly})", 4.0), (f"{heads} : ({match})", 3.0), *steps]
    found: dict[int, float] = {}
    for said, score in steps:
        for row in store.rows(query, (said, limit)):
            found.setdefault(row["rowid"], score)
        if len(found) >= limit:
            break
    return found


def _numbered(store: Store, given: Sequence[Part]) -> dict[int, float]:
    """The case of which nothing but the number was typed, without the zeros or the letters."""
    number = _NUMBER.fullmatch(" ".join(word for part in given for word in part.words))
    if number is None:
        return {}
    key = store.value("SELECT id FROM cases WHERE number = ?", (f"CAS-{int(number[1]):05d}",))
    return {} if key is None else {key: _EXACT}


def _reached(store: Store, given: Sequence[Part], limit: int) -> dict[int, str]:
    """Customers with an address that has the words, and the address; newest addresses first.

    Where a number or a mail address was typed with other words, these are the customer's.
    """
    contacts = [part for part in given if part.contact]
    others = [part for part in given if not part.contact]
    found = _with_address(store, given, limit)
    if contacts and others:
        known = _with_address(store, contacts, _MOST_REACHED)
        source = _SOURCES[HitKind.CUSTOMER]
        match = matches.beginning(others)
        found |= {ref: said for ref, said in known.items() if _has(store, source, match, ref)}
    return found


def _with_address(store: Store, given: Sequence[Part], limit: int) -> dict[int, str]:
    match = matches.beginning_in(store, "addresses_words", given, "reach")
    rows = store.rows(
        "SELECT a.customer_id, a.value FROM addresses_search s JOIN addresses a ON a.id = s.rowid"
        " WHERE s.addresses_search MATCH ? ORDER BY s.rowid DESC LIMIT ?",
        (match, limit * 2),
    )
    found: dict[int, str] = {}
    for row in rows:
        found.setdefault(row["customer_id"], f"{MARK_ON}{row['value']}{MARK_OFF}")
    return found


def _has(store: Store, source: _Source, match: str, ref: int) -> bool:
    sql = f"SELECT 1 FROM {source.index} WHERE {source.index} MATCH ? AND rowid = ?"
    return store.value(sql, (match, ref)) is not None


def _records(store: Store, source: _Source, keys: Sequence[int]) -> dict[int, Row]:
    """The rows of records: key, title, time, conversation, customer, and their texts."""
    marks = ", ".join("?" * len(keys))
    sql = (
        f"SELECT t.id, {source.columns}, {source.texts} FROM {source.tables}"
        f" WHERE t.id IN ({marks})"
    )
    return {row[0]: row for row in store.rows(sql, keys)}


def _hits(
    kind: HitKind,
    given: Sequence[Part],
    found: Mapping[int, float],
    records: Mapping[int, Row],
    said: Mapping[int, str] = MappingProxyType({}),
) -> list[Hit]:
    """The hits with their passages; `said` are passages for those without one."""
    hits = []
    for key, score in found.items():
        if key not in records:
            continue
        ref, title, at, conversation, customer, *texts = records[key]
        if kind is HitKind.ARTICLE:
            passage = _of_article(texts[0], texts[1], given)
        else:
            passage = passages.best(texts, given) or said.get(ref, "")
        hits.append(Hit(kind, ref, title, passage, at, score, conversation, customer))
    return sorted(hits, key=lambda hit: (-hit.score, -hit.at, -hit.ref))


def _of_article(body: str, language: str, given: Sequence[Part]) -> str:
    """Where an article says it, in whatever form of the words; else how it begins."""
    if not given:
        return passages.opening(body)
    stems = weighing.fits(given, language)
    found = passages.best(
        [body], weighing.telling(given), lambda word: stem(word, language) in stems
    )
    return found or passages.opening(body)


def everything(
    store: Store,
    given: Sequence[Part],
    limit: int = 8,
    asked: Sequence[Part] = (),
    hidden: Collection[int] = (),
) -> list[Hit]:
    """The first hits of every kind, kinds in the order of `HitKind`; `hidden` are articles that
    are left out.

    `asked` is the whole of what was typed, for articles, which sentences find. Articles that have
    not all of it come after what has, and not at all where it is no sentence.
    """
    articles = find(store, HitKind.ARTICLE, asked or given, limit, hidden)
    others = [
        hit
        for kind in HitKind
        if kind is not HitKind.ARTICLE
        for hit in find(store, kind, given, limit)
    ]
    if articles and others and not weighing.has_all(store, given, articles[0].ref):
        return others + articles if len(asked) >= _SENTENCE else others
    return articles + others
