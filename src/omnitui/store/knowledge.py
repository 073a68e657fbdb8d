"""Articles and quick replies."""

from collections.abc import Sequence

from omnitui.model.ids import ArticleId
from omnitui.model.knowledge import Article, QuickReply
from omnitui.store.engine import Store
from omnitui.store.reading import each, maker, one, parts

_article = maker(Article, keywords=lambda words: tuple(words.split(", ")) if words else ())


_reply = maker(QuickReply, tags=parts)


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


def most_used(store: Store, limit: int = 10) -> list[Article]:
    """The articles agents use most, recently updated ones first on ties."""
    return each(
        _article,
        store.rows(
            "SELECT * FROM articles ORDER BY uses DESC, helpful - unhelpful DESC, updated DESC,"
            " title LIMIT ?",
            (limit,),
        ),
    )


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


def replies(store: Store, agent: int) -> list[QuickReply]:
    """All replies an agent can use: the shared ones and their own, most used first."""
    return each(
        _reply,
        store.rows(
            "SELECT * FROM replies WHERE owner_id IS NULL OR owner_id = ?"
            " ORDER BY uses DESC, key, language LIMIT 2000",
            (agent,),
        ),
    )


def replies_of_key(store: Store, key: str, agent: int) -> list[QuickReply]:
    """The replies of that key that an agent can use, in whatever language, in any case."""
    return each(
        _reply,
        store.rows(
            "SELECT * FROM replies WHERE lower(key) = lower(?)"
            " AND (owner_id IS NULL OR owner_id = ?) ORDER BY id",
            (key, agent),
        ),
    )


def put_reply(store: Store, values: dict[str, object]) -> int:
    """Add a quick reply, or bring the one of the same key, language and owner up to date."""
    found = store.value(
        "SELECT id FROM replies WHERE key = :key AND language = :language"
        " AND ifnull(owner_id, 0) = ifnull(:owner_id, 0)",
        values,
    )
    if found is None:
        return store.insert("replies", values)
    store.update("replies", int(found), values)
    return int(found)
