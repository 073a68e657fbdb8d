"""Knowledge articles: search as you type, read, say whether it helped."""

from dataclasses import dataclass

from omnitui.desk.call import Call, page_size
from omnitui.desk.registry import command, query
from omnitui.model.actor import Permission
from omnitui.model.errors import Refused
from omnitui.model.ids import ArticleId, ConversationId
from omnitui.model.knowledge import Article
from omnitui.model.search import Hit, HitKind
from omnitui.rules.typed import parts
from omnitui.store import conversations, knowledge, search


@dataclass(frozen=True, slots=True)
class Found:
    """An article with the passage that matched."""

    article: Article
    snippet: str
    score: float


@query("knowledge.search")
def find(call: Call, query: str = "", limit: int = 10) -> list[Found]:
    """Articles for what is typed so far, best first; the most used ones for nothing."""
    given = parts(query)
    if not given:
        return [Found(a, "", 0.0) for a in knowledge.most_used(call.store, page_size(limit, 50))]
    return _found(call, search.find(call.store, HitKind.ARTICLE, given, page_size(limit, 50)))


def _found(call: Call, hits: list[Hit]) -> list[Found]:
    results = []
    for hit in hits:
        article = knowledge.article(call.store, hit.ref)
        if article is not None:
            results.append(Found(article, hit.snippet, hit.score))
    return results


@query("knowledge.get")
def get(call: Call, article: ArticleId) -> Article:
    """One article."""
    found = knowledge.article(call.store, article)
    assert found is not None
    return found


@query("knowledge.related")
def related(call: Call, article: ArticleId, limit: int = 5) -> list[Article]:
    """Other articles about the same: those with the most of its title and keywords first."""
    about, most = get(call, article), page_size(limit, 50)
    match = search.any_of(f"{about.title} {' '.join(about.keywords)}")
    hits = search.weighed(call.store, match, limit=most + 1)
    return [found.article for found in _found(call, hits) if found.article.id != article][:most]


@command("knowledge.rate")
def rate(
    call: Call, article: ArticleId, helpful: bool, conversation: ConversationId | None = None
) -> Article:
    """Say whether an article helped; the helpful ones are shown first.

    Everybody counts once for each article: saying the same again changes nothing, saying the other
    takes its place. With a `conversation` it is its customer who says so; channels and scripts
    tell that, agents cannot.
    """
    voter = _voter(call, conversation)
    if knowledge.vote_of(call.store, article, voter) is not helpful:
        knowledge.vote(call.store, article, voter, helpful, call.now)
        call.journal("knowledge.rated", conversation=conversation, article=article, helpful=helpful)
    return get(call, article)


def _voter(call: Call, conversation: ConversationId | None) -> str:
    """Who says whether an article helped, as votes are kept."""
    if conversation is None:
        agent = call.agent_or_none
        return call.actor.kind.value if agent is None else f"agent:{agent}"
    if not call.actor.may(Permission.INTAKE):
        raise Refused(
            "permission.denied",
            f"{call.actor.name or call.actor.kind.value} may not vote for a customer (intake).",
            "Leave the conversation out: the vote is yours then.",
        )
    item = conversations.get(call.store, conversation)
    assert item is not None
    if item.customer_id is not None:
        return f"customer:{item.customer_id}"
    return f"address:{conversations.address_key(call.store, conversation)}"


@command("knowledge.use")
def use(call: Call, article: ArticleId, conversation: ConversationId | None = None) -> Article:
    """Count that an article was given to a customer."""
    before = get(call, article)
    call.store.update("articles", article, {"uses": before.uses + 1})
    call.journal("knowledge.used", conversation=conversation, article=article)
    return get(call, article)
