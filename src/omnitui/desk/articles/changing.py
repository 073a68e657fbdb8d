"""Writing articles: create, update, retire, and what was there before."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from omnitui.desk import retired, undo_rows
from omnitui.desk.articles import gaps, saving
from omnitui.desk.call import Call
from omnitui.desk.convert import Exact
from omnitui.desk.knowledge import get
from omnitui.desk.registry import command, query
from omnitui.model.errors import Refused
from omnitui.model.ids import ArticleId
from omnitui.model.knowledge import Article, ArticleVersion, Audience
from omnitui.store import knowledge
from omnitui.store.images import Watched


@command("knowledge.create")
def create(
    call: Call,
    title: str,
    body: str,
    summary: str = "",
    keywords: list[str] | None = None,
    audience: Audience = Audience.PUBLIC,
    language: str = "en",
    slug: Exact = "",
    translates: ArticleId | None = None,
) -> Article:
    """Write an article; the body is Markdown.

    Without a `slug` it is made of the title. `translates` is an article in another language that
    this one is a translation of.
    """
    saving.check_may_write(call)
    slug = slug or saving.slug_for(call, title)
    there = knowledge.article_by_slug(call.store, slug)
    if there is not None:
        said = f"There is an article {slug} already."
        raise retired.taken(
            call, "article", there, said, "Choose another slug, or change that one."
        )
    values = {"title": title, "body": body, "summary": summary, "keywords": keywords or []}
    values |= {"audience": audience.value, "language": language}
    with _kept(call, f"wrote the article {title}", title, slug, translates):
        if translates is not None:
            values["key"] = _key_of(call, translates, language)
        made, _ = saving.put(call, slug, values)
    return get(call, ArticleId(made))


def _key_of(call: Call, article: ArticleId, language: str) -> str:
    """The key that an article and its translations share; it gets one if it has none."""
    other = get(call, article)
    for one in [other, *knowledge.translations(call.store, [other])]:
        if one.language == language.strip():
            raise Refused(
                "knowledge.translated",
                f"{other.title} exists in {one.language} already: {one.slug}.",
                "Give another language, or change that one.",
            )
    if not other.key:
        call.store.update("articles", article, {"key": other.slug})
    return other.key or other.slug


@command("knowledge.update")
def update(
    call: Call,
    article: ArticleId,
    title: str | None = None,
    body: str | None = None,
    summary: str | None = None,
    keywords: list[str] | None = None,
    audience: Audience | None = None,
    language: str | None = None,
    version: int | None = None,
) -> Article:
    """Change an article; the version before is kept.

    `version` is the one that you had read: if somebody has changed the article since, yours is
    refused, and nothing is lost.
    """
    saving.check_may_write(call)
    before = get(call, article)
    if version is not None and version != before.version:
        raise Refused(
            "knowledge.overtaken",
            f"{before.changed_by or 'Somebody'} has changed {before.title} meanwhile; it has"
            f" version {before.version} now, and you had read version {version}.",
            "Read it again, then put your changes in.",
        )
    given: dict[str, Any] = {
        "title": title,
        "body": body,
        "summary": summary,
        "keywords": keywords,
        "audience": None if audience is None else audience.value,
        "language": language,
    }
    given = {name: value for name, value in given.items() if value is not None}
    if language is not None and before.key:
        _check_language_free(call, before, language)
    with _kept(call, f"changed the article {before.title}", before.title, before.slug):
        saving.put(call, before.slug, given)
    return get(call, article)


def _check_language_free(call: Call, article: Article, language: str) -> None:
    for one in knowledge.translations(call.store, [article]):
        if one.id != article.id and one.language == language.strip():
            raise Refused(
                "knowledge.translated",
                f"{article.title} exists in {one.language} already: {one.slug}.",
                "Give another language, or change that one.",
            )


@command("knowledge.retire")
def retire(call: Call, article: ArticleId) -> Article:
    """Retire an article: nobody finds it any more, and what was sent stays in the transcripts."""
    saving.check_may_write(call)
    found = get(call, article)
    with _kept(call, f"retired the article {found.title}", found.title, found.slug):
        retired.retire(call, "article", article, f"The article {found.title}")
        call.journal("knowledge.retired", article=article, slug=found.slug)
    gaps.reopen_unanswered(call)
    return found


@command("knowledge.restore")
def restore(call: Call, article: ArticleId) -> Article:
    """Restore a retired article."""
    saving.check_may_write(call)
    found = get(call, article)
    with _kept(call, f"restored the article {found.title}", found.title, found.slug):
        retired.restore(call, "article", article, f"The article {found.title}")
        call.journal("knowledge.restored", article=article, slug=found.slug)
    return found


@query("knowledge.versions")
def versions(call: Call, article: ArticleId) -> list[ArticleVersion]:
    """The versions of an article, who wrote each and when; the current one first."""
    found = get(call, article)
    now = ArticleVersion(
        *(found.id, found.version, found.title, found.summary, found.body, found.keywords),
        *(found.audience, found.language, found.changed_at, found.changed_by),
    )
    return [now, *knowledge.versions(call.store, article)]


@contextmanager
def _kept(
    call: Call, what: str, title: str, slug: str, other: ArticleId | None = None
) -> Iterator[None]:
    """Keep what an article was, to be undone; `other` is one that is changed beside it."""
    key = knowledge.article_by_slug(call.store, slug) or 0
    watched = [
        Watched("articles", "slug", slug),
        Watched("article_versions", "article_id", key),
        Watched("retired", "item", str(key)),
    ]
    if other is not None:
        watched.append(Watched("articles", "id", other))
    with undo_rows.rows(call, "article", what, f"the article {title}", *watched):
        yield


undo_rows.declare("article", mend=lambda call, _deed: gaps.reopen_unanswered(call))
