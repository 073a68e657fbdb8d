"""What was learnt, in memory: read from the store once, and brought up to date at once.

The journal is what it follows: whatever agents accept, dismiss, send or close counts for the very
next suggestion, in whichever console it was done. What a store keeps of it is made anew now and
then by `learn_all`, beside the consoles (`omnitui learn`).
"""

from collections.abc import Callable
from contextlib import suppress
from weakref import WeakKeyDictionary

import msgspec

from omnitui.desk.suggestions.lessons import Lesson, of_entry, of_rows
from omnitui.model.errors import Refused
from omnitui.model.journal import Entry
from omnitui.model.suggestion import LEARNT, SuggestionKind
from omnitui.rules.learning.learner import Learner
from omnitui.rules.learning.recalled import Recalled, Recollection
from omnitui.store import journal, knowledge, suggestions
from omnitui.store.engine import Store
from omnitui.store.reading import UNREADABLE

RECALLED = "recalled"
"""Under this kind the store keeps what articles and cases were worth."""
_MOST_AT_ONCE = 50
"""So many entries are followed before a suggestion; the others with the next ones."""
_BEFORE_ANYTHING = 200
"""What was learnt never is followed from so many entries ago."""
MOST = 5_000
"""So many examples of a kind are learnt from, the newest ones."""
_STALE, _STALE_SHARE = 40, 0.2


About = tuple[object, object]
"""A kind and a label, as the journal has them."""
_USED_AGAIN = (SuggestionKind.ARTICLE, SuggestionKind.CASE)


class Learnt:
    """What is known now. `seq` is the last entry of the journal that is in it."""

    def __init__(self, seq: int, made_at: int) -> None:
        self.learners = {kind: Learner() for kind in LEARNT}
        self.recalled = Recalled()
        self.seq = seq
        self.made_at = made_at
        self._gone: dict[int, set[About]] = {}

    def take(self, lesson: Lesson) -> None:
        """Learn one more thing."""
        learner = self.learners.get(lesson.kind)
        if learner is not None:
            learner.learn(lesson.text, lesson.label, lesson.good)
        else:
            self.recalled.add(lesson.text, f"{lesson.kind}:{lesson.label}", lesson.good)

    def gone(self, store: Store, conversation: int) -> set[About]:
        """What is not suggested in a conversation any more: it was dismissed, or used up."""
        known = self._gone.get(conversation)
        if known is None:
            known = set(filter(None, map(_put_away, suggestions.answers(store, conversation))))
            if not store.writes:
                self._gone[conversation] = known
        return known

    def hear(self, entry: Entry) -> None:
        """Take in an answer to what was suggested in a conversation."""
        about = _put_away(entry)
        known = self._gone.get(entry.conversation_id or 0)
        if about is not None and known is not None:
            known.add(about)


def _put_away(entry: Entry) -> About | None:
    """What an answer puts away: what it dismisses, and what is used once."""
    about = entry.payload.get("what"), entry.payload.get("label")
    used_up = entry.kind == "suggestion.accepted" and about[0] not in _USED_AGAIN
    return about if entry.kind == "suggestion.dismissed" or used_up else None


_KNOWN: WeakKeyDictionary[Store, Learnt] = WeakKeyDictionary()


def learnt(store: Store, conversation: int = 0) -> tuple[Learnt, tuple[str, ...]]:
    """What is known in this process, with what has happened since the last time; and what the
    customer of a conversation said last, oldest first.
    """
    known = _KNOWN.get(store)
    now = suggestions.stand(store, 0 if known is None else known.seq, conversation)
    if known is None or known.made_at != now.made_at:
        known = _KNOWN[store] = _read(store, now)
        now = suggestions.stand(store, known.seq, conversation)
    if not store.writes:
        # What a transaction has written may yet be taken back.
        _follow(store, known, now)
    return known, now.said


def _read(store: Store, now: suggestions.Stand) -> Learnt:
    kept = suggestions.models(store)
    begun = min((one.seq for one in kept.values()), default=-1)
    if begun < 0:
        begun = max(0, now.seq - _BEFORE_ANYTHING)
    known = Learnt(begun, now.made_at)
    for kind in LEARNT:
        if kind.value in kept:
            # One that is damaged, or of another version, is as if it had never been.
            with suppress(ValueError, TypeError):
                known.learners[kind] = Learner.from_bytes(kept[kind.value].learnt)
    if RECALLED in kept:
        with suppress(msgspec.MsgspecError, TypeError):
            every = msgspec.msgpack.decode(kept[RECALLED].learnt, type=list[Recollection])
            for one in every:
                known.recalled.put(one)
    return known


def _follow(store: Store, known: Learnt, now: suggestions.Stand) -> None:
    entries = suggestions.told(store, known.seq, _MOST_AT_ONCE) if now.teaches else []
    for entry in entries:
        known.seq = entry.seq
        known.hear(entry)
        # What is damaged in the store teaches nothing, and keeps nobody from the rest.
        with _unreadable_passed_over():
            for lesson in of_entry(store, entry):
                known.take(lesson)
    if len(entries) < _MOST_AT_ONCE:
        known.seq = max(known.seq, now.seq)


class _unreadable_passed_over:  # noqa: N801 - it is used as a function
    def __enter__(self) -> None: ...

    def __exit__(self, _: object, error: object, __: object) -> bool:
        return isinstance(error, Refused) and error.refusal.code == UNREADABLE


class Progress(msgspec.Struct, frozen=True):
    """What was learnt from: examples and labels, by kind."""

    kind: str
    examples: int
    labels: int


def learn_all(store: Store, now: int, *, stop: Callable[[], bool] | None = None) -> list[Progress]:
    """Learn everything anew from the store, and keep it there.

    The store is read first and written last, and is free in between. `stop` is asked every few
    milliseconds; if it says so, `Stopped` is raised and nothing is kept.
    """
    with store.reading():
        seq = journal.last(store)
        lessons = _lessons(store)
    made = []
    for kind in LEARNT:
        mine = [one for one in lessons if one.kind is kind]
        right = [(one.text, one.label) for one in mine if one.good > 0][-MOST:]
        learner = Learner.train(right, stop=stop)
        for one in mine:
            if one.good < 0:
                learner.unlearn(one.text, one.label)
        if kind is SuggestionKind.REPLY:
            _learn_replies(store, learner)
        made.append(
            (suggestions.Model(kind, seq, len(right), now, learner.to_bytes()), learner.labels)
        )
    recalled = Recalled()
    for one in lessons:
        if one.kind not in LEARNT:
            recalled.add(one.text, f"{one.kind}:{one.label}", one.good)
    every = recalled.every()
    kept = msgspec.msgpack.encode(every)
    names = sorted({one.label for one in every})
    made.append((suggestions.Model(RECALLED, seq, len(every), now, kept), names))
    with store.transaction():
        for model, _ in made:
            suggestions.keep(store, model)
    return [Progress(model.kind, model.examples, len(labels)) for model, labels in made]


def _learn_replies(store: Store, learner: Learner) -> None:
    """A reply that nobody has used yet is known by what it is called."""
    there = set(learner.labels)
    for reply in knowledge.replies(store, 0):
        if reply.key not in there:
            learner.learn(f"{reply.title} {' '.join(reply.tags)}", reply.key)


def _lessons(store: Store) -> list[Lesson]:
    """Everything that teaches something, oldest first; the same from one conversation once."""
    found: list[Lesson] = [*of_rows(store, MOST)][::-1]
    for entry in suggestions.newest(store, MOST):
        with _unreadable_passed_over():
            found += of_entry(store, entry)
    once = {lesson.once: lesson for lesson in found if lesson.text}
    return list(once.values())


def is_stale(store: Store) -> bool:
    """Whether so much has happened since it was learnt that it is worth learning anew."""
    kept = suggestions.models(store).values()
    examples = sum(one.examples for one in kept)
    seq = min((one.seq for one in kept), default=0)
    enough = max(_STALE, round(_STALE_SHARE * examples))
    return not kept or len(suggestions.told(store, seq, enough)) >= enough
