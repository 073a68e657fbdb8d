"""What the knowledge lacks: searches that found nothing, articles that did not help.

Editors see them, most frequent first. A gap closes by itself once an article answers its search.
"""

from omnitui.desk import knowledge as articles
from omnitui.desk import undo_rows
from omnitui.desk.articles import saving
from omnitui.desk.call import Call, page_size
from omnitui.desk.registry import command, query
from omnitui.letters import folded, terms
from omnitui.model.errors import Refused
from omnitui.model.ids import ArticleId, GapId
from omnitui.model.knowledge import Gap, GapKind
from omnitui.model.search import HitKind
from omnitui.rules.gaps import phrase_of
from omnitui.rules.typed import sentence
from omnitui.safetext import clean_line
from omnitui.store import gaps, knowledge, retired, search, votes
from omnitui.store.gaps import GapRow
from omnitui.store.images import Watched

_MOST = 1_000
"""So many gaps are looked at, those that were met last."""
_ANSWERED = "answered by "
_FIRST = 5
"""An article answers a search when it is among the first so many that it finds."""


@query("knowledge.gaps")
def list_(call: Call, closed: bool = False, limit: int = 50) -> list[Gap]:
    """What was looked for and not found, and articles that did not help; most frequent first.

    `closed` shows those that were closed instead.
    """
    rows = gaps.every(call.store, _MOST)
    askers = gaps.askers(call.store, [row.id for row in rows if row.article_id is None])
    found = [_gap(call, row, askers.get(row.id, 0)) for row in rows]
    kept = [gap for gap in found if gap is not None and (gap.closed_at is not None) is closed]
    kept.sort(key=lambda gap: (-gap.times, -gap.last_at, -gap.id))
    return kept[: page_size(limit, 500)]


def _gap(call: Call, row: GapRow, askers: int) -> Gap | None:
    """A row as it is shown; None for an article whose ratings say nothing against it any more."""
    if row.article_id is None:
        shut = (row.closed_at, row.closed_by, row.reason)
        return Gap(
            *(row.id, GapKind.NOTHING_FOUND, row.asked, row.times, askers, row.last_at),
            *(None, (), *shut),
        )
    article = knowledge.article(call.store, row.article_id)
    if article is None or retired.holds(call.store, "article", row.article_id):
        return None
    since = row.closed_at or 0
    ratings = tuple(votes.ratings(call.store, row.article_id, since=since, helpful=False))
    if not ratings and row.closed_at is None:
        return None
    shut = (None, "", "") if ratings else (row.closed_at, row.closed_by, row.reason)
    people = len({one.by for one in ratings if one.by != "a customer"})
    return Gap(
        *(row.id, GapKind.NOT_HELPFUL, article.title, len(ratings), people, row.last_at),
        *(article.id, ratings, *shut),
    )


@command("knowledge.gap_close")
def close(call: Call, gap: GapId, reason: str = "", article: ArticleId | None = None) -> None:
    """Close a gap, perhaps with the article that answers it; it opens again when it is met again.

    Only for those who may write articles.
    """
    saving.check_may_write(call)
    row = gaps.get(call.store, gap)
    assert row is not None
    shown = _gap(call, row, 0)
    if shown is None or shown.closed_at is not None:
        raise Refused("gap.closed", f"The gap {row.asked or gap} is closed already.")
    why = clean_line(reason).strip()
    if article is not None:
        answered = knowledge.article(call.store, article)
        assert answered is not None
        why = why or f"{_ANSWERED}{answered.slug}"
    about = shown.about
    with undo_rows.rows(
        call, "article", f"closed the gap “{about}”", f"the gap {about}", Watched("gaps", "id", gap)
    ):
        by = call.actor.name or call.actor.kind.value
        gaps.close(call.store, gap, call.now, by, why)
        call.journal("knowledge.gap_closed", gap=gap, about=about, reason=why)


@command("knowledge.searched")
def searched(call: Call, query: str) -> None:
    """Note a search for an article: one that finds nothing is a gap, one that does closes it.

    `knowledge.search` does this by itself, unless the words are still being typed.
    """
    phrase = phrase_of(query)
    if not phrase:
        return
    hits = search.find(call.store, HitKind.ARTICLE, sentence(query), 1, articles.hidden(call))
    row = gaps.of_phrase(call.store, phrase)
    if hits:
        if row is not None and row.closed_at is None:
            _answered(call, row, hits[0].ref)
        return
    agent = call.agent_or_none
    asker = call.actor.kind.value if agent is None else f"agent:{agent}"
    key = gaps.missed(call.store, phrase, clean_line(query)[:200], asker, call.now)
    call.journal("knowledge.missed", gap=key, about=clean_line(query)[:200])


def worth_noting(call: Call, query: str, found: bool) -> bool:
    """Whether a search changes what is known of gaps."""
    phrase = phrase_of(query)
    if not phrase or not found:
        return bool(phrase)
    row = gaps.of_phrase(call.store, phrase)
    return row is not None and row.closed_at is None


def look_again(call: Call, article: int) -> None:
    """Close the open gaps that an article answers which was written just now."""
    found = knowledge.article(call.store, article)
    rows = gaps.open_phrases(call.store)
    if found is None or not rows:
        return
    # Only searches for words that begin like some of the article's: all would take a while.
    said = _beginnings(f"{found.title} {' '.join(found.keywords)} {found.body}")
    gone = articles.hidden(call)
    for row in rows:
        if not said & _beginnings(row.phrase):
            continue
        asked = sentence(row.asked)
        hits = search.find(call.store, HitKind.ARTICLE, asked, _FIRST, gone)
        if any(hit.ref == article for hit in hits):
            _answered(call, row, article)


def reopen_unanswered(call: Call) -> None:
    """Open the gaps again whose answer is gone: undone, or retired."""
    for row in gaps.every(call.store, _MOST):
        slug = row.reason.removeprefix(_ANSWERED)
        if row.closed_at is None or slug == row.reason:
            continue
        article = knowledge.article_by_slug(call.store, slug)
        if article is None or retired.holds(call.store, "article", article):
            gaps.reopen(call.store, row.id)


def _beginnings(text: str) -> set[str]:
    return {word[:3] for word in folded(text).split()} | {word[:3] for word in terms(text)}


def _answered(call: Call, row: GapRow, article: int) -> None:
    found = knowledge.article(call.store, article)
    assert found is not None
    reason = f"{_ANSWERED}{found.slug}"
    gaps.close(call.store, row.id, call.now, call.actor.name or call.actor.kind.value, reason)
    call.journal("knowledge.gap_closed", gap=row.id, about=row.asked, reason=reason)
