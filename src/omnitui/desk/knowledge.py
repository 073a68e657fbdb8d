"""Knowledge articles: search as you type, read, rate."""

from collections.abc import Sequence

from msgspec import Struct

from omnitui.desk.call import Call, page_size
from omnitui.desk.registry import command, query
from omnitui.model.actor import Permission
from omnitui.model.errors import Refused
from omnitui.model.ids import ArticleId, ConversationId
from omnitui.model.knowledge import Article
from omnitui.model.search import Hit, HitKind
from omnitui.rules.typed import sentence
from omnitui.store import conversations, customers, knowledge, search, votes, weighing
from omnitui.store.engine import Store

SUGGESTED = 6
"""The most suggested articles, by default."""
_SEVERAL, _OF_ONE_WORD = 2, 2
"""The number of matching words that is more than chance; the most articles that one matching word
suggests."""
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
def find(call: Call, query: str = "", limit: int = 10) -> list[Found]:
    """Articles for a word, its beginning, or a question, best first.

    Articles with all the words first, then those with most of them; words count in any form, rare
    ones more, most in titles and keywords. Words such as "how" or "my" do not count. The last word
    may be unfinished. Without words, the articles that are used most.
    """
    given = sentence(query)
    if not given:
        return [Found(a, "", 0.0) for a in knowledge.most_used(call.store, page_size(limit, 50))]
    return _found(call, search.find(call.store, HitKind.ARTICLE, given, page_size(limit, 50)))


@query("knowledge.suggest")
def suggest(call: Call, words: list[str], limit: int = SUGGESTED) -> list[Suggested]:
    """Articles for a customer's message, in whatever order of words, each with the words that
    matched.

    If some match two words or more, only those, and none that is much weaker than the best. Words
    count in any form.
    """
    because = dict(suggestions(call.store, words, page_size(limit, 50)))
    found = knowledge.articles(call.store, list(because))
    return [Suggested(article, because[article.id]) for article in found]


def suggestions(
    store: Store, words: Sequence[str], most: int = SUGGESTED
) -> list[tuple[int, tuple[str, ...]]]:
    """The keys of the suggested articles for a customer's message, each with the words that
    matched."""
    asked = weighing.telling(sentence(" ".join(words)))
    if not asked:
        return []
    found = weighing.find(store, asked, most, typing=False, most=_SEVERAL)
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
    return [Found(one, said[one.id].snippet, said[one.id].score) for one in found]


@query("knowledge.get")
def get(call: Call, article: ArticleId) -> Article:
    """One article."""
    found = knowledge.article(call.store, article)
    assert found is not None
    return found


@query("knowledge.related")
def related(call: Call, article: ArticleId, limit: int = 5) -> list[Article]:
    """Other articles about the same topic: most common words in title and keywords first."""
    about, most = get(call, article), page_size(limit, 50)
    match = search.any_of(f"{about.title} {' '.join(about.keywords)}")
    hits = search.weighed(call.store, match, limit=most + 1)
    return [found.article for found in _found(call, hits) if found.article.id != article][:most]


@command("knowledge.rate")
def rate(
    call: Call, article: ArticleId, helpful: bool, conversation: ConversationId | None = None
) -> Article:
    """Rate an article as helpful or not; helpful ones are shown first.

    Each agent and customer has one rating for each article; a new one replaces it. With a
    `conversation` the rating is its customer's; channels and scripts can give that, agents cannot.
    """
    voter, names = _voter(call, conversation)
    before = votes.last(call.store, article, names)
    if before is None or before.helpful is not helpful:
        at = call.now if before is None else max(call.now, before.at + 1)
        votes.put(call.store, article, voter, helpful, at)
        votes.count(call.store, [article])
        call.journal("knowledge.rated", conversation=conversation, article=article, helpful=helpful)
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
    """Count that an article was sent to a customer."""
    before = get(call, article)
    call.store.update("articles", article, {"uses": before.uses + 1})
    call.journal("knowledge.used", conversation=conversation, article=article)
    return get(call, article)
