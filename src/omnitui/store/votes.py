"""Ratings of articles. Each agent and customer has one for each article.

A rating is saved under its author: an agent, a customer, or an unknown address. When customers are
merged or unmerged, or addresses linked or removed, each author has one rating, the last one.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from omnitui.model.knowledge import Rating
from omnitui.store.engine import Store

_BEFORE = {"helpful": "before:helpful", "unhelpful": "before:unhelpful"}
"""The names of an article's counts from before votes were recorded."""

_PERSONS = """SELECT v.voter, v.helpful, v.at, coalesce(c.id, 0) AS customer,
    c.merged_into AS merged
    FROM article_votes v
    LEFT JOIN addresses a ON v.voter LIKE 'address:%' AND a.key = substr(v.voter, 9)
    LEFT JOIN customers c ON c.id = CASE
        WHEN v.voter LIKE 'customer:%' THEN CAST(substr(v.voter, 10) AS INTEGER)
        ELSE a.customer_id END
    WHERE v.article_id = ? AND v.voter NOT LIKE 'before:%' ORDER BY v.at, v.voter"""


class Vote(NamedTuple):
    """What somebody says of an article, and since when (epoch ms)."""

    helpful: bool
    at: int
    comment: str = ""


def of_customer(customer: int) -> str:
    """The name under which a customer's ratings are saved."""
    return f"customer:{customer}"


def of_address(key: str) -> str:
    """The name under which the ratings from an address are saved."""
    return f"address:{key}"


def last(store: Store, article: int, voters: Sequence[str]) -> Vote | None:
    """The last rating of an article by an author with these names."""
    marks = ", ".join("?" * len(voters))
    row = store.row(
        "SELECT helpful, at, comment FROM article_votes"
        f" WHERE article_id = ? AND voter IN ({marks}) ORDER BY at DESC LIMIT 1",
        (article, *voters),
    )
    return None if row is None else Vote(bool(row[0]), row[1], row[2])


def names(store: Store, customer: int) -> list[str]:
    """All names under which ratings of a customer and of those merged into them are saved."""
    rows = store.rows(
        "WITH RECURSIVE family(id) AS (VALUES (?) UNION"
        " SELECT c.id FROM customers c JOIN family f ON c.merged_into = f.id)"
        " SELECT 'customer:' || id FROM family UNION ALL"
        " SELECT 'address:' || a.key FROM addresses a JOIN family f ON a.customer_id = f.id",
        (customer,),
    )
    return [row[0] for row in rows]


def put(store: Store, article: int, voter: str, helpful: bool, at: int, comment: str = "") -> None:
    """Save a rating of an article; it replaces an earlier one."""
    _keep_before(store, article)
    store.execute(
        "INSERT INTO article_votes (article_id, voter, helpful, at, comment) VALUES (?, ?, ?, ?, ?)"
        " ON CONFLICT (article_id, voter) DO UPDATE SET helpful = excluded.helpful,"
        " at = excluded.at, comment = excluded.comment",
        (article, voter, int(helpful), at, comment),
    )


def ratings(
    store: Store, article: int, *, since: int = 0, helpful: bool | None = None
) -> list[Rating]:
    """The ratings of an article after a moment (epoch ms), newest first, each with its author."""
    rows = store.rows(
        "SELECT v.helpful, v.at, v.comment, CASE WHEN v.voter LIKE 'agent:%' THEN"
        " ifnull((SELECT name FROM agents WHERE id = CAST(substr(v.voter, 7) AS INTEGER)), '')"
        " WHEN v.voter LIKE 'customer:%' OR v.voter LIKE 'address:%' THEN 'a customer'"
        " ELSE v.voter END AS author FROM article_votes v WHERE v.article_id = ? AND v.at > ?"
        " AND v.voter NOT LIKE 'before:%' AND (? IS NULL OR v.helpful = ?)"
        " ORDER BY v.at DESC, v.voter LIMIT 500",
        (article, since, helpful, helpful),
    )
    return [Rating(row["author"], bool(row["helpful"]), row["comment"], row["at"]) for row in rows]


def voted_on(store: Store, voters: Sequence[str]) -> list[int]:
    """The articles on which somebody has voted who is known by these names."""
    marks = ", ".join("?" * len(voters))
    rows = store.rows(
        f"SELECT DISTINCT article_id FROM article_votes WHERE voter IN ({marks})", tuple(voters)
    )
    return sorted(row[0] for row in rows)


def any_of_customers(store: Store) -> bool:
    """Whether anybody has voted who may be known by several names."""
    return (
        store.value(
            "SELECT 1 FROM article_votes WHERE voter LIKE 'address:%' OR voter LIKE 'customer:%'"
            " LIMIT 1"
        )
        is not None
    )


def count(store: Store, articles: Iterable[int]) -> None:
    """Count the ratings of some articles again, one for each author."""
    for article in articles:
        _keep_before(store, article)
        said: dict[str, bool] = {}
        for voter, helpful, _, customer, merged in store.rows(_PERSONS, (article,)):
            said[_person(store, voter, customer, merged)] = bool(helpful)
        for column, name in _BEFORE.items():
            before = store.value(
                "SELECT helpful FROM article_votes WHERE article_id = ? AND voter = ?",
                (article, name),
            )
            votes = sum(helpful is (column == "helpful") for helpful in said.values())
            store.execute(
                f"UPDATE articles SET {column} = ? WHERE id = ?", (before + votes, article)
            )


def _person(store: Store, voter: str, customer: int, merged: int | None) -> str:
    seen = {customer}
    # A damaged store may have customers merged in a circle.
    while merged is not None and merged not in seen:
        customer = merged
        seen.add(customer)
        merged = store.value("SELECT merged_into FROM customers WHERE id = ?", (customer,))
    return of_customer(customer) if customer else voter


def _keep_before(store: Store, article: int) -> None:
    """Note once what was counted before: all votes until then counted, each by its name."""
    names = tuple(_BEFORE.values())
    if store.value(
        "SELECT 1 FROM article_votes WHERE article_id = ? AND voter IN (?, ?)", (article, *names)
    ):
        return
    row = store.row(
        "SELECT a.helpful, a.unhelpful,"
        " count(CASE WHEN v.helpful = 1 THEN 1 END), count(CASE WHEN v.helpful = 0 THEN 1 END)"
        " FROM articles a LEFT JOIN article_votes v ON v.article_id = a.id WHERE a.id = ?",
        (article,),
    )
    assert row is not None
    for name, counted, votes in zip(names, row[:2], row[2:], strict=True):
        values = {"article_id": article, "voter": name, "helpful": counted - votes, "at": 0}
        store.insert("article_votes", values)
