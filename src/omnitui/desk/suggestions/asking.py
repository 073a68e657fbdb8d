"""Suggestions for a conversation, and what agents say of them."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from omnitui.desk import retired, thread
from omnitui.desk.call import Call
from omnitui.desk.registry import command, query
from omnitui.desk.suggestions.learnt import Learnt, learnt
from omnitui.letters import folded
from omnitui.model.actor import ActorKind
from omnitui.model.case import Case, CasePriority, CaseReason, CaseStatus
from omnitui.model.conversation import Conversation
from omnitui.model.errors import Refused
from omnitui.model.ids import ConversationId
from omnitui.model.journal import Entry
from omnitui.model.suggestion import Suggestion, SuggestionKind, Suggestions
from omnitui.rules.learning.learner import Guess
from omnitui.rules.suggested import (
    Match,
    article_chance,
    asked_of,
    best_fit,
    case_chance,
    shifted,
)
from omnitui.rules.suggesting import stem, telling_of
from omnitui.rules.typed import sentence
from omnitui.store import cases, knowledge, search, suggestions, weighing
from omnitui.store.routing import queues

_MOST = {SuggestionKind.ARTICLE: 3, SuggestionKind.CASE: 3, SuggestionKind.TOPIC: 2}
"""How many are suggested of a kind; one of the others."""
_LOOKED_AT, _CASES = 6, 60
_LAST_SAID, _FEWEST_WORDS = 4, 2
_UNSEEN = 0.35
"""How sure one can be of what agents found helpful for similar words and no search finds, before
what they said is counted."""
_OF_A_CASE = (SuggestionKind.PRIORITY, SuggestionKind.PRODUCT)
_FEWEST = 8
"""From fewer examples of a kind nothing is guessed."""


@query("suggestion.for")
def for_(call: Call, conversation: ConversationId) -> Suggestions:
    """What may help in a conversation: up to three articles, three similar resolved cases, and the
    likely quick reply, queue, and priority and product of its case; and what the topics of the work
    stream's virtual agent would answer, two at most.

    Each comes with its confidence and the customer's words that decided. Those below the setting
    `suggestion_percent` are left out, and so is what was dismissed here or is so already.
    """
    item = thread.get(call, conversation)
    known, said = learnt(call.store, conversation)
    text = asked_of(said)
    if not text.strip():
        return Suggestions(conversation)
    asked = _asked(said, f"{item.name} {item.agent_name}")
    gone = known.gone(call.store, conversation)
    shifts = known.recalled.shifts(text)
    every = [
        one
        for some in (
            _articles(call, asked, shifts),
            _cases(call, item, asked, shifts),
            _topics(call, item, shifts),
            _learnt(call, item, known, text),
        )
        for one in some
        if (one.kind, one.label) not in gone
    ]
    least = call.settings.suggestion_percent / 100
    found: list[Suggestion] = []
    for kind in SuggestionKind:
        of_kind = [one for one in every if one.kind is kind and one.confidence >= least]
        best = sorted(of_kind, key=lambda one: -one.confidence)
        found += best[: _MOST.get(kind, 1)]
    hidden = sum(one.confidence < least for one in every)
    return Suggestions(conversation, tuple(found), hidden)


def _about(entry: Entry) -> tuple[object, object]:
    """Of which suggestion an answer is."""
    return entry.payload.get("what"), entry.payload.get("label")


class _Asked(Struct, frozen=True):
    """What the customer said: its telling words, newest first, and the stems of those of each
    message.
    """

    words: list[str]
    messages: list[set[str]]


def _asked(said: Sequence[str], names: str) -> _Asked:
    words = telling_of(said, names)
    every = set(map(stem, words))
    each = [set(map(stem, telling_of([one], names))) & every for one in said[-_LAST_SAID:]]
    # A word or two is no question by itself, unless it is all there is.
    whole = [one for one in each if len(one) >= _FEWEST_WORDS]
    return _Asked(words, whole or [every])


def _articles(call: Call, asked: _Asked, shifts: dict[str, float]) -> Iterator[Suggestion]:
    parts = weighing.telling(sentence(" ".join(asked.words)))
    found = weighing.find(call.store, parts, _LOOKED_AT, typing=False, most=2) if parts else {}
    has = {key: {parts[at].words[0] for at in one.has} for key, one in found.items()}
    fits = {key: best_fit(set(map(stem, has[key])), asked.messages) for key in has}
    scores: dict[int, list[float]] = defaultdict(list)
    for key, one in found.items():
        scores[fits[key].message].append(one.score)
    kind = SuggestionKind.ARTICLE
    keys = list(found)
    for slug in _recalled(kind, shifts):
        new = knowledge.article_by_slug(call.store, slug)
        if new is not None and new not in found and retired.in_use(call, "article", new):
            keys.append(new)
    for article in knowledge.articles(call.store, keys):
        if not article.public and call.actor.kind in (ActorKind.BOT, ActorKind.CUSTOMER):
            continue
        because = [word for word in asked.words if word in has.get(article.id, ())]
        sure = _UNSEEN
        if article.id in found:
            fit = fits[article.id]
            head = folded(f"{article.title} {' '.join(article.keywords)}")
            called = sum(folded(stem(word)) in head for word in because)
            best, second = (*scores[fit.message], 0.0)[:2]
            score = found[article.id].score
            sure = article_chance(Match(fit.share, called, score, best, second))
        yield Suggestion(
            kind,
            article.slug,
            article.title,
            shifted(sure, shifts.get(f"{kind}:{article.slug}", 0.0)),
            tuple(because or asked.words[:3]),
            article.id,
            internal=not article.public,
        )


def _cases(
    call: Call, item: Conversation, asked: _Asked, shifts: dict[str, float]
) -> Iterator[Suggestion]:
    stems = {word: folded(stem(word)) for word in asked.words}
    match = search.any_two_of(list(stems.values()))
    kind = SuggestionKind.CASE
    found = {one.id: one for one in cases.matching(call.store, match, _CASES)}
    for number in _recalled(kind, shifts):
        key = cases.by_number(call.store, number)
        case = None if key is None or key in found else cases.get(call.store, key)
        if case is not None:
            found[case.id] = case
    for case in found.values():
        if case.id == item.case_id or not _tells(case):
            continue
        said = folded(f"{case.title} {case.description} {case.resolution}")
        because = tuple(word for word, root in stems.items() if root in said)
        fit = best_fit(set(map(stem, because)), asked.messages)
        sure = case_chance(fit.share, fit.many) if because else _UNSEEN
        yield Suggestion(
            kind,
            case.number,
            case.title,
            shifted(sure, shifts.get(f"{kind}:{case.number}", 0.0)),
            because,
            case.id,
            case.resolution,
        )


def _topics(call: Call, item: Conversation, shifts: dict[str, float]) -> Iterator[Suggestion]:
    """What the virtual agent would answer, where the work stream has one."""
    if not call.stream(item.channel).bot:
        return
    from omnitui.desk.bot.showing import recommend  # most desks have no virtual agent

    kind = SuggestionKind.TOPIC
    for one in recommend(call, item.id):
        sure = shifted(one["confidence"], shifts.get(f"{kind}:{one['topic']}", 0.0))
        because = tuple(one["because"])
        yield Suggestion(kind, one["topic"], one["title"], sure, because, text=one["text"])


def _tells(case: Case) -> bool:
    """Whether it says how something was resolved."""
    return case.status is CaseStatus.RESOLVED and case.reason is not CaseReason.MERGED


def _recalled(kind: SuggestionKind, shifts: dict[str, float]) -> list[str]:
    """What agents found helpful for similar words."""
    start = f"{kind}:"
    good = [label for label, by in shifts.items() if by > 0 and label.startswith(start)]
    return [label.removeprefix(start) for label in sorted(good, key=lambda one: -shifts[one])][:3]


def _learnt(call: Call, item: Conversation, known: Learnt, text: str) -> Iterator[Suggestion]:
    knowing = [kind for kind in known.learners if known.learners[kind].examples >= _FEWEST]
    case = _active_case(call, item) if {*knowing} & {*_OF_A_CASE} else None
    for kind in knowing:
        if case is None and kind in _OF_A_CASE:
            continue
        for guess in known.learners[kind].guess(text, most=1):
            one = _as_it_is(call, item, case, kind, guess)
            if one is not None:
                yield one


def _active_case(call: Call, item: Conversation) -> Case | None:
    case = None if item.case_id is None else cases.get(call.store, item.case_id)
    return case if case is not None and case.status is CaseStatus.ACTIVE else None


def _as_it_is(
    call: Call, item: Conversation, case: Case | None, kind: SuggestionKind, guess: Guess
) -> Suggestion | None:
    """A guess as a suggestion; None if there is no such thing any more, or it is so already."""
    made = Suggestion(kind, guess.label, guess.label, guess.confidence, guess.words)
    if kind is SuggestionKind.REPLY:
        return _reply(call, item, made)
    if kind is SuggestionKind.QUEUE:
        key = queues.by_name(call.store, guess.label)
        if key is None or key == item.queue_id or not retired.in_use(call, "queue", key):
            return None
        # Nothing can be handed to a queue without members.
        return replace(made, id=key) if queues.get(call.store, key).members else None
    if case is None:
        return None
    if kind is SuggestionKind.PRIORITY:
        there = guess.label in [one.value for one in CasePriority]
        return made if there and guess.label != case.priority.value else None
    return made if guess.label != case.product else None


def _reply(call: Call, item: Conversation, made: Suggestion) -> Suggestion | None:
    """The reply in the customer's language, if it is there in that; the agent's own first."""
    owner = call.agent_or_none or 0
    every = knowledge.replies_of_key(call.store, made.label, owner)
    known = [one for one in every if retired.in_use(call, "reply", one.id)]
    if not known:
        return None
    language = thread.language(call, item)
    best = sorted(known, key=lambda one: (one.owner_id is None, one.language != language))[0]
    return replace(made, id=best.id, title=best.title, text=best.text)


@command("suggestion.accept")
def accept(call: Call, conversation: ConversationId, kind: SuggestionKind, label: str) -> None:
    """Say that a suggestion was used: it is likelier for similar words at once.

    To do what it suggests is another command. `label` is as `suggestion.for` gives it.
    """
    _answer(call, "accepted", conversation, kind, label)


@command("suggestion.dismiss")
def dismiss(call: Call, conversation: ConversationId, kind: SuggestionKind, label: str) -> None:
    """Dismiss a suggestion: it is not shown in this conversation any more, and is less likely for
    similar words at once.
    """
    _answer(call, "dismissed", conversation, kind, label)


@command("suggestion.rate")
def rate(
    call: Call, conversation: ConversationId, kind: SuggestionKind, label: str, helpful: bool
) -> None:
    """Say whether a suggestion was helpful; a new rating counts against the one before."""
    _answer(call, "rated", conversation, kind, label, helpful=helpful)


def _answer(
    call: Call,
    answer: str,
    conversation: ConversationId,
    kind: SuggestionKind,
    label: str,
    *,
    helpful: bool | None = None,
) -> None:
    if not _there(call, kind, label):
        raise Refused(
            "suggestion.unknown",
            f"There is no {kind.value} {label!r}.",
            "Give kind and label as suggestion.for gives them.",
        )
    last = suggestions.answers(call.store, conversation)
    same = [one for one in last if _about(one) == (kind, label)]
    told: dict[str, Any] = {"what": kind.value, "label": label}
    if helpful is not None:
        told["helpful"] = helpful
    if same and (same[-1].kind, same[-1].payload) == (f"suggestion.{answer}", told):
        return  # it has been said
    call.journal(f"suggestion.{answer}", conversation=conversation, **told)


def _there(call: Call, kind: SuggestionKind, label: str) -> bool:
    store = call.store
    match kind:
        case SuggestionKind.ARTICLE:
            return knowledge.article_by_slug(store, label) is not None
        case SuggestionKind.CASE:
            return cases.by_number(store, label) is not None
        case SuggestionKind.REPLY:
            return bool(knowledge.replies_of_key(store, label, call.agent_or_none or 0))
        case SuggestionKind.TOPIC:
            return any(one.bot and _is_topic(call, one.bot, label) for one in call.streams.values())
        case SuggestionKind.QUEUE:
            return queues.by_name(store, label) is not None
        case SuggestionKind.PRIORITY:
            return label in [one.value for one in CasePriority]
        case SuggestionKind.PRODUCT:
            return bool(label.strip())


def _is_topic(call: Call, bot: str, key: str) -> bool:
    from omnitui.desk.bot import hearing  # most desks have no virtual agent

    return hearing.topics(call, bot).topic(key) is not None
