"""Articles and quick replies."""

from collections.abc import Collection, Sequence

from omnitui.model.ids import ArticleId
from omnitui.model.knowledge import Article, ArticleVersion, QuickReply
from omnitui.store.engine import Store
from omnitui.store.reading import each, maker, one, parts


def _keywords(words: str) -> tuple[str, ...]:
    return tuple(words.split(", ")) if words else ()


_article = maker(Article, keywords=_keywords)
_version = maker(ArticleVersion, keywords=_keywords)
_reply = maker(QuickReply, tags=parts, workstreams=parts)
_MOST_VERSIONS = 200


def article(store: Store, key: int) -> Article | None:
    """One article."""
    row = store.row("SELECT * FROM articles WHERE id = ?", (key,))
    return one(_article, row)


def articles(store: Store, keys: Sequence[int]) -> list[Article]:
    """Several articles in the order of `keys`; missing ones are left out."""
    marks = ", ".join("?" * len(keys))
    rows = store.rows(f"SELECT * FROM articles WHERE id IN ({marks})", [*keys])
    found = {one.id: one for one in each(_article, rows)}
    return [found[ArticleId(key)] for key in keys if key in found]


def article_by_slug(store: Store, slug: str) -> ArticleId | None:
    """The key of the article of that slug."""
    key: ArticleId | None = store.value("SELECT id FROM articles WHERE slug = ?", (slug,))
    return key


def most_used(store: Store, limit: int = 10, hidden: Collection[int] = ()) -> list[Article]:
    """The articles agents use most, recently updated ones first on ties."""
    rows = store.rows(
        "SELECT * FROM articles ORDER BY uses DESC, helpful - unhelpful DESC, updated DESC,"
        " title LIMIT ?",
        (limit + len(hidden),),
    )
    return each(_article, [row for row in rows if row["id"] not in hidden][:limit])


def internal(store: Store) -> frozenset[int]:
    """The keys of the articles that are not for customers."""
    rows = store.rows("SELECT id FROM articles WHERE audience <> 'public' LIMIT 100000")
    return frozenset(row["id"] for row in rows)


def internal_among(store: Store, slugs: Sequence[str]) -> list[Article]:
    """Those of the slugs that are of internal articles."""
    marks = ", ".join("?" * len(slugs))
    query = f"SELECT * FROM articles WHERE slug IN ({marks}) AND audience <> 'public' ORDER BY id"
    return each(_article, store.rows(query, [*slugs]))


def translations(store: Store, articles: Sequence[Article]) -> list[Article]:
    """Every article that shares a key with one of these, themselves among them."""
    keys = sorted({article.key for article in articles if article.key})
    marks = ", ".join("?" * len(keys))
    query = f"SELECT * FROM articles WHERE key IN ({marks}) ORDER BY language, id LIMIT 1000"
    return each(_article, store.rows(query, keys)) if keys else []


def versions(store: Store, article: int) -> list[ArticleVersion]:
    """The earlier versions of an article, the newest first."""
    rows = store.rows(
        "SELECT * FROM article_versions WHERE article_id = ? ORDER BY version DESC LIMIT ?",
        (article, _MOST_VERSIONS),
    )
    return each(_version, rows)


def keep_version(store: Store, article: int) -> None:
    """Keep what an article says now, before it is changed."""
    store.execute(
        "INSERT INTO article_versions (article_id, version, title, summary, body, keywords,"
        " audience, language, changed_at, changed_by) SELECT id, version, title, summary, body,"
        " keywords, audience, language, changed_at, changed_by FROM articles WHERE id = ?",
        (article,),
    )


def stored_article(store: Store, key: int) -> dict[str, object]:
    """The row of an article, as it is kept."""
    row = store.row("SELECT * FROM articles WHERE id = ?", (key,))
    return {} if row is None else dict(row)


def put_article(store: Store, article: dict[str, object]) -> None:
    """Add an article, or bring the one of the same slug up to date; what was counted stays."""
    names = ", ".join(article)
    marks = ", ".join(f":{name}" for name in article)
    sets = ", ".join(f"{name} = excluded.{name}" for name in article if name != "slug")
    store.execute(
        f"INSERT INTO articles ({names}) VALUES ({marks}) ON CONFLICT (slug) DO UPDATE SET {sets}",
        article,
    )


def reply(store: Store, key: int) -> QuickReply | None:
    """One quick reply."""
    row = store.row("SELECT * FROM replies WHERE id = ?", (key,))
    return one(_reply, row)


_USABLE = (
    "(owner_id = :agent OR owner_id IS NULL AND (queue_id IS NULL OR :every OR queue_id IN"
    " (SELECT m.queue_id FROM queue_members m WHERE m.agent_id = :agent)))"
)
"""Replies of everybody, of the agent, and of the queues that they work."""


def replies(store: Store, agent: int, *, every: bool = False) -> list[QuickReply]:
    """All replies an agent can use: the shared ones, their teams', their own, most used first.

    `every` adds those of all teams.
    """
    return each(
        _reply,
        store.rows(
            f"SELECT * FROM replies WHERE {_USABLE} ORDER BY uses DESC, key, language LIMIT 2000",
            {"agent": agent, "every": every},
        ),
    )


def replies_of_key(store: Store, key: str, agent: int, *, every: bool = False) -> list[QuickReply]:
    """The replies of that key that an agent can use, in whatever language, in any case."""
    return each(
        _reply,
        store.rows(
            f"SELECT * FROM replies WHERE lower(key) = lower(:key) AND {_USABLE} ORDER BY id",
            {"key": key, "agent": agent, "every": every},
        ),
    )


def put_reply(store: Store, values: dict[str, object]) -> int:
    """Add a quick reply, or update the one of the same key, language and owner or team."""
    found = store.value(
        "SELECT id FROM replies WHERE key = :key AND language = :language"
        " AND ifnull(owner_id, 0) = ifnull(:owner_id, 0)"
        " AND ifnull(queue_id, 0) = ifnull(:queue_id, 0)",
        values,
    )
    if found is None:
        return store.insert("replies", values)
    store.update("replies", int(found), values)
    return int(found)
