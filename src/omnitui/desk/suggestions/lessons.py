"""What the journal and the rows teach: for which words something was right, or was not."""

from collections.abc import Iterator
from typing import Any

from msgspec import Struct

from omnitui.model.journal import Entry
from omnitui.model.suggestion import SuggestionKind
from omnitui.rules.suggested import asked_of
from omnitui.store import cases, knowledge, suggestions
from omnitui.store.engine import Store


class Lesson(Struct, frozen=True):
    """For these words a label was right, or, where `good` is negative, it was not.

    `about` is the conversation (positive) or the case (negative) that teaches it.
    """

    kind: SuggestionKind
    label: str
    text: str
    good: float = 1.0
    about: int = 0

    @property
    def once(self) -> tuple[str, str, int, bool]:
        """What one conversation teaches once only, in however many ways."""
        return self.kind, self.label, self.about, self.good > 0


def of_entry(store: Store, entry: Entry) -> Iterator[Lesson]:
    """What an entry of the journal teaches."""
    talk = entry.conversation_id
    if entry.kind == "case.resolved":
        yield from _of_case(store, entry.case_id)
    elif talk is not None:
        found = _answer(entry) if entry.kind in suggestions.ANSWERS else _deed(store, entry, talk)
        if found is not None:
            kind, label, good = found
            yield _in(store, talk, kind, label, good)


_What = tuple[SuggestionKind, str, float]


def _answer(entry: Entry) -> _What | None:
    """What an agent said of a suggestion."""
    kind, label = entry.payload.get("what"), entry.payload.get("label")
    if kind not in [one.value for one in SuggestionKind] or not isinstance(label, str):
        return None
    good = entry.kind == "suggestion.accepted" or entry.payload.get("helpful") is True
    return SuggestionKind(kind), label, 1.0 if good else -1.0


def _deed(store: Store, entry: Entry, talk: int) -> _What | None:
    """What an agent used, or how a conversation ended."""
    if entry.kind == "reply.used":
        reply = _record(knowledge.reply, store, entry.payload.get("reply"))
        return None if reply is None else (SuggestionKind.REPLY, reply.key, 1.0)
    if entry.kind == "knowledge.used":
        article = _record(knowledge.article, store, entry.payload.get("article"))
        return None if article is None else (SuggestionKind.ARTICLE, article.slug, 1.0)
    if entry.kind == "conversation.case_linked":
        case = _record(cases.get, store, entry.case_id)
        known = case is not None and case.product
        return (SuggestionKind.PRODUCT, case.product, 1.0) if known else None
    queue = suggestions.queue_of(store, talk)
    return (SuggestionKind.QUEUE, queue, 1.0) if queue else None


def of_rows(store: Store, most: int) -> Iterator[Lesson]:
    """What closed conversations and resolved cases teach, of each `most` at most."""
    for one in suggestions.closed(store, most):
        yield _in(store, one.id, SuggestionKind.QUEUE, one.queue)
    solved = suggestions.solved(store, most)
    talks = suggestions.case_talks(store, [one.id for one in solved])
    for case in solved:
        yield from _solved(store, case, talks.get(case.id))


def _of_case(store: Store, key: int | None) -> Iterator[Lesson]:
    case = _record(cases.get, store, key)
    if case is not None:
        solved = suggestions.Solved(
            case.id, case.title, case.description, case.product, case.priority
        )
        yield from _solved(store, solved, suggestions.case_talks(store, [case.id]).get(case.id))


def _solved(store: Store, case: suggestions.Solved, talk: int | None) -> Iterator[Lesson]:
    words = [case.title, case.description, *(suggestions.said(store, talk) if talk else ())]
    text = asked_of([part for part in words if part])
    if case.product:
        yield Lesson(SuggestionKind.PRODUCT, case.product, text, about=-case.id)
    yield Lesson(SuggestionKind.PRIORITY, str(case.priority), text, about=-case.id)


def _in(store: Store, talk: int, kind: SuggestionKind, label: str, good: float = 1.0) -> Lesson:
    return Lesson(kind, label, asked_of(suggestions.said(store, talk)), good, talk)


def _record(find: Any, store: Store, key: object) -> Any:
    return find(store, key) if isinstance(key, int) else None
