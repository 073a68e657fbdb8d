"""Knowledge articles: search as you type, read, rate. How they are written is `desk/articles/`."""

from collections.abc import Collection, Sequence
from typing import Any

from msgspec import Struct

from omnitui.desk import retired
from omnitui.desk.articles import gaps as noting
from omnitui.desk.call import Call, page_size
from omnitui.desk.registry import command, query
from omnitui.model.actor import ActorKind, Permission
from omnitui.model.errors import Refusal, Refused, refuse
from omnitui.model.ids import ArticleId, ConversationId
from omnitui.model.knowledge import Article, Rating
from omnitui.model.search import Hit, HitKind
from omnitui.rules import giving, ranking, replies
from omnitui.rules.typed import sentence
from omnitui.safetext import clean
from omnitui.store import (
    conversations,
    customers,
    gaps,
    knowledge,
    search,
    votes,
    weighing,
)
from omnitui.store import retired as rows
from omnitui.store.engine import Store

SUGGESTED = 6
"""The most suggested articles, by default."""
_SEVERAL, _OF_ONE_WORD = 2, 2
"""The number of matching words that is more than chance; the most articles that one matching word
suggests."""
_COMMENT = 2_000
"""The most characters of a comment on an article."""
_FIT = 0.45
"""The part of the best score that an article needs to be suggested too."""


class Found(Struct, frozen=True):
    """An article with the passage that matched."""

    article: Article
    snippet: str
    score: float


class Suggested(Struct, frozen=True):
    """An article and the customer's words that led to it."""

    article: Article
    because: tuple[str, ...]


@query("knowledge.search")
def find(
    call: Call, query: str = "", limit: int = 10, language: str = "", typing: bool = False
) -> list[Found]:
    """Articles for a word, its beginning, or a question, most useful first.

    Articles with all the words first, then those with most of them; in a question the words that
    say most count, wherever the others are. Words count in any form, rare ones more, most in titles
    and keywords. Words such as "how" or "my" do not count. The last word may be unfinished. Of
    articles that match about as well, those that helped come first, then recent ones. Without
    words, the articles that are used most.

    An article that exists in `language` (the customer's) stands there before the other one. A
    search that finds nothing is noted as a gap (`knowledge.gaps`), unless it is still being typed
    (`typing`). Bots find public articles only.
    """
    given, most, gone = sentence(query), page_size(limit, 50), hidden(call)
    if not given:
        used = knowledge.most_used(call.store, most, gone)
        return _in_language(call, [Found(a, "", 0.0) for a in used], language, gone)[:most]
    found = _found(call, search.find(call.store, HitKind.ARTICLE, given, most, gone))
    if not typing and noting.worth_noting(call, query, bool(found)):
        call.afterwards.append(("knowledge.searched", {"query": query}))
    return _in_language(call, found, language, gone)[:most]


def _in_language(
    call: Call, found: list[Found], language: str, gone: Collection[int]
) -> list[Found]:
    """What was found, with each translation into the customer's language before its original."""
    if not language:
        return found
    there = {one.article.id: one for one in found}
    theirs = {
        one.key: one
        for one in knowledge.translations(call.store, [each.article for each in found])
        if replies.same_language(one.language, language) and one.id not in gone
    }
    placed: dict[int, Found] = {}
    for one in found:
        other = theirs.get(one.article.key)
        if other is not None and other.id != one.article.id:
            placed.setdefault(other.id, there.get(other.id, Found(other, "", one.score)))
        placed.setdefault(one.article.id, one)
    return [*placed.values()]


def hidden(call: Call) -> frozenset[int]:
    """The articles that a caller does not find: retired ones; for bots also internal ones."""
    gone = rows.every(call.store, "article")
    keys = frozenset(int(key) for key in gone if key.isdecimal())
    if call.actor.kind in (ActorKind.BOT, ActorKind.CUSTOMER):
        keys |= knowledge.internal(call.store)
    return keys


def why_not_given(call: Call, article: Article) -> Refusal | None:
    """Why customers may not get an article: it is internal, or retired; None if they may."""
    refusal = giving.why_not_public(article)
    if refusal is None and retired.holds(call, "article", article.id):
        refusal = retired.refused(call, "article", article.id).refusal
    return refusal


def internal_in(call: Call, text: str) -> Refusal | None:
    """Why a text may not go to a customer: it links to an internal article; None if it may."""
    words = giving.linked(text, call.settings.help_site)
    found = knowledge.internal_among(call.store, words) if words else []
    return giving.why_not_public(found[0]) if found else None


def check_public(call: Call, text: str) -> None:
    """Refuse a text for customers that links to an internal article."""
    refuse(internal_in(call, text))


@query("knowledge.suggest")
def suggest(call: Call, words: list[str], limit: int = SUGGESTED) -> list[Suggested]:
    """Articles for a customer's message, in whatever order of words, each with the words that
    matched.

    If some match two words or more, only those, and none that is much weaker than the best. Words
    count in any form.
    """
    because = dict(suggestions(call.store, words, page_size(limit, 50), hidden(call)))
    found = knowledge.articles(call.store, list(because))
    return [Suggested(article, because[article.id]) for article in found]


def suggestions(
    store: Store, words: Sequence[str], most: int = SUGGESTED, hidden: Collection[int] = ()
) -> list[tuple[int, tuple[str, ...]]]:
    """The keys of the suggested articles for a customer's message, each with the words that
    matched; without those that are `hidden`."""
    asked = weighing.telling(sentence(" ".join(words)))
    if not asked:
        return []
    found = weighing.find(store, asked, most, typing=False, most=_SEVERAL, hidden=hidden)
    best = max((one.score for one in found.values()), default=0.0)
    alone = all(len(one.has) < _SEVERAL for one in found.values())
    return [
        (key, tuple(asked[place].words[0] for place in sorted(one.has)))
        for key, one in list(found.items())[: _OF_ONE_WORD if alone else most]
        if one.score >= _FIT * best
    ]


def _found(call: Call, hits: list[Hit]) -> list[Found]:
    said = {hit.ref: hit for hit in hits}
    found = knowledge.articles(call.store, list(said))
    found = ranking.useful_first(found, {hit.ref: hit.score for hit in hits})
    return [Found(one, said[one.id].snippet, said[one.id].score) for one in found]


@query("knowledge.get")
def get(call: Call, article: ArticleId) -> Article:
    """One article; bots read public ones only."""
    found = knowledge.article(call.store, article)
    assert found is not None
    if found.id in hidden(call) and call.actor.kind in (ActorKind.BOT, ActorKind.CUSTOMER):
        raise Refused("article.internal", f"{found.title} is internal or retired.")
    return found


@query("knowledge.translations")
def translations(call: Call, article: ArticleId) -> list[Article]:
    """The same article in other languages."""
    gone = hidden(call)
    every = knowledge.translations(call.store, [get(call, article)])
    return [one for one in every if one.id != article and one.id not in gone]


@query("knowledge.ratings")
def ratings(call: Call, article: ArticleId) -> list[Rating]:
    """Who rated an article and how, with their comments; newest first."""
    return votes.ratings(call.store, article)


@query("knowledge.related")
def related(call: Call, article: ArticleId, limit: int = 5) -> list[Article]:
    """Other articles about the same topic: most common words in title and keywords first."""
    about, most = get(call, article), page_size(limit, 50)
    match = search.any_of(f"{about.title} {' '.join(about.keywords)}")
    hits = search.weighed(call.store, match, most + 1, hidden(call))
    return [found.article for found in _found(call, hits) if found.article.id != article][:most]


@command("knowledge.rate")
def rate(
    call: Call,
    article: ArticleId,
    helpful: bool,
    conversation: ConversationId | None = None,
    comment: str | None = None,
) -> Article:
    """Rate an article as helpful or not, perhaps with a comment; helpful ones are shown first.

    Each agent and customer has one rating for each article; a new one replaces it. An article that
    did not help is a gap (`knowledge.gaps`). With a `conversation` the rating is its customer's;
    channels and scripts can give that, agents cannot.
    """
    voter, names = _voter(call, conversation)
    before = votes.last(call.store, article, names)
    same = before is not None and before.helpful is helpful
    kept = before.comment if same and before is not None else ""
    said = kept if comment is None else clean(comment, limit=_COMMENT).strip()
    if before is None or not same or said != kept:
        at = call.now if before is None else max(call.now, before.at + 1)
        votes.put(call.store, article, voter, helpful, at, said)
        votes.count(call.store, [article])
        if not helpful:
            gaps.not_helpful(call.store, article, call.now)
        more: dict[str, Any] = {"comment": said} if said else {}
        call.journal(
            "knowledge.rated",
            conversation=conversation,
            article=article,
            helpful=helpful,
            **more,
        )
    return get(call, article)


def settle(call: Call) -> None:
    """Count one rating for each customer who was merged or linked in this call."""
    people = [key for what, key in call.touched if what == "customer"]
    if people and votes.any_of_customers(call.store):
        found = set[int]()
        for person in people:
            found.update(votes.voted_on(call.store, votes.names(call.store, person)))
        votes.count(call.store, sorted(found))


def _voter(call: Call, conversation: ConversationId | None) -> tuple[str, list[str]]:
    """The name under which a rating is saved, and all names of its author."""
    if conversation is None:
        agent = call.agent_or_none
        name = call.actor.kind.value if agent is None else f"agent:{agent}"
        return name, [name]
    if not call.actor.may(Permission.INTAKE):
        raise Refused(
            "permission.denied",
            f"{call.actor.name or call.actor.kind.value} may not rate for a customer (intake).",
            "Leave out the conversation: the rating is then yours.",
        )
    item = conversations.get(call.store, conversation)
    assert item is not None
    if item.customer_id is not None:
        voter = votes.of_customer(item.customer_id)
        return voter, votes.names(call.store, item.customer_id)
    key = conversations.address_key(call.store, conversation)
    voter, owner = votes.of_address(key), customers.by_address(call.store, key)
    return voter, [voter] if owner is None else votes.names(call.store, owner)


@command("knowledge.use")
def use(call: Call, article: ArticleId, conversation: ConversationId | None = None) -> Article:
    """Count that an article was sent to a customer; refused for internal ones."""
    before = get(call, article)
    refuse(why_not_given(call, before))
    call.store.update("articles", article, {"uses": before.uses + 1})
    call.journal("knowledge.used", conversation=conversation, article=article)
    return get(call, article)
