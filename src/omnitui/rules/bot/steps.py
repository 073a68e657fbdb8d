"""Going through the steps of a topic until a question, a deed or an end."""

from collections.abc import Mapping
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

from omnitui.model.classification import Condition
from omnitui.model.topic import AnswerKind, Deed, Sentences, Status, Step, StepKind, Topic, TopicSet
from omnitui.rules.bot.state import Knows, Said, State, Turn, Wanted
from omnitui.rules.classify import CONTEXT, holds
from omnitui.rules.slots import fill, without_names

_MOST_STEPS = 100
"""What has gone through more steps without a question goes round in circles."""
_USUAL = {AnswerKind.ACCOUNT: ("customer.account",)}
"""The slots that answer a question of a kind, besides those that it names."""


class Walk(Struct):
    """What has been said so far in a turn, and why."""

    said: list[Said] = field(default_factory=list)
    reasons: list[str] = field(default_factory=list)

    def over(self, state: State, wants: Wanted | None = None) -> Turn:
        """The turn that ends here."""
        spoke = state.spoke or bool(self.said)
        reason = "; ".join(self.reasons)
        return Turn(replace(state, spoke=spoke), tuple(self.said), reason, wants)


def begin(topics: TopicSet, state: State, topic: Topic, knows: Knows, walk: Walk) -> Turn:
    """Start a topic with its first step."""
    kept = {slot: v for slot, v in state.answers.items() if slot not in _asked_anew(topic)}
    about = (*(one for one in state.about if one != topic.key), topic.key)
    started = replace(
        state,
        topic=topic.key,
        step=0,
        asking=False,
        misses=0,
        retries=0,
        answers=kept,
        about=about,
        language=topic.language,
    )
    return go_on(topics, started, knows, walk)


def go_on(topics: TopicSet, state: State, knows: Knows, walk: Walk) -> Turn:
    """Go on at `state.step`, which has not been done yet."""
    for _ in range(_MOST_STEPS):
        topic = topics.topic(state.topic)
        if topic is None or state.step >= len(topic.steps):
            done = replace(state, topic="", step=0, asking=False)
            if not walk.said and not state.spoke:
                return hand_over(topics, done, "there is nothing to say about it", walk, knows)
            return walk.over(done)
        step = topic.steps[state.step]
        if not met(step.when, state, knows):
            state = replace(state, step=state.step + 1)
            continue
        found = _do(topics, state, step, knows, walk)
        if isinstance(found, Turn):
            return found
        state = found
    walk.reasons.append(f"the topic {state.topic} goes round in circles")
    return hand_over(topics, state, f"the topic {state.topic} has no end", walk, knows)


def _do(topics: TopicSet, state: State, step: Step, knows: Knows, walk: Walk) -> State | Turn:
    """One step: the state after it, or the turn that it ends."""
    match step.kind:
        case StepKind.SAY:
            _say(step.text, state, knows, walk)
        case StepKind.ARTICLE:
            walk.said.append(Said(article=step.text))
        case StepKind.ASK:
            return _ask(topics, state, step, knows, walk)
        case StepKind.RUN:
            given = {name: filled(text, state, knows)[0] for name, text in step.given.items()}
            walk.reasons.append(f"runs {step.text}")
            return walk.over(state, Wanted(Deed(step.text), given))
        case StepKind.GO:
            return to(topics, state, step.text)
        case StepKind.END:
            _say(step.text, state, knows, walk)
            return walk.over(replace(state, status=Status.ENDED, asking=False, topic=""))
        case StepKind.HAND_OVER:
            there = replace(state, skills={**state.skills, **step.skills}, queue=step.queue)
            return hand_over(topics, there, step.text, walk, knows)
    return replace(state, step=state.step + 1)


def _ask(topics: TopicSet, state: State, step: Step, knows: Knows, walk: Walk) -> State | Turn:
    known, where = known_answer(step, state, knows)
    if known is not None:
        walk.reasons.append(f"knew {step.slot} {known!r} from {where}")
        return take_answer(topics, state, step, known)
    text, missing = filled(step.text, state, knows)
    if missing:
        walk.reasons.append(f"cannot ask: {missing} is not known")
        return hand_over(topics, state, "a question needs what is not known", walk, knows)
    walk.said.append(Said(text, choices=tuple(label for label, _ in step.choices)))
    if step.slot:
        walk.reasons.append(f"asks for {step.slot}")
    return walk.over(replace(state, asking=True))


def take_answer(topics: TopicSet, state: State, step: Step, answer: str) -> State:
    """The state after a question was answered: the next step, or where the choice leads."""
    answers = {**state.answers, step.slot: answer} if step.slot else state.answers
    after = replace(state, answers=answers, asking=False, retries=0, misses=0)
    target = dict(step.choices).get(answer, "")
    return to(topics, after, target) if target else replace(after, step=state.step + 1)


def to(topics: TopicSet, state: State, target: str) -> State:
    """Where a jump leads: a label of the same topic, or another topic."""
    here = topics.topic(state.topic)
    place = None if here is None else here.place(target)
    if place is not None:
        return replace(state, step=place, asking=False)
    there = topics.topic(target)
    assert there is not None, target
    kept = {slot: v for slot, v in state.answers.items() if slot not in _asked_anew(there)}
    about = (*(one for one in state.about if one != target), target)
    return replace(
        state,
        topic=target,
        step=0,
        asking=False,
        answers=kept,
        about=about,
        language=there.language,
    )


def known_answer(step: Step, state: State, knows: Knows) -> tuple[str | None, str]:
    """The answer to a question that needs not be asked, and where it is from."""
    if not step.slot:
        return None, ""
    if step.slot in state.answers:
        return state.answers[step.slot], "an earlier answer"
    if step.anew:
        return None, ""
    for name in (CONTEXT + step.slot, *step.known, *_USUAL.get(step.answer, ())):
        value = (knows.values.get(name) or "").strip()
        if value:
            return value, "the customer record" if name.startswith("customer.") else "the context"
    return None, ""


def hand_over(
    topics: TopicSet, state: State, reason: str, walk: Walk, knows: Knows, *, quietly: bool = False
) -> Turn:
    """Hand over to a person for a reason, and tell the customer unless `quietly`."""
    if not quietly:
        _say(sentences(topics, state, knows).hand_over, state, knows, walk)
    walk.reasons.append(f"hands over: {reason}")
    return walk.over(replace(state, status=Status.HANDED_OVER, asking=False, reason=reason))


def sentences(topics: TopicSet, state: State, knows: Knows) -> Sentences:
    """What it says of itself, in the language of the conversation."""
    return topics.says(state.language or knows.language)


def met(when: tuple[Condition, ...], state: State, knows: Knows) -> bool:
    """Whether conditions are met by what is known and what was answered."""
    return all(holds(one, facts(state, knows)) for one in when) if when else True


def facts(state: State, knows: Knows) -> dict[str, Any]:
    """What is known with what was answered; an answer counts for more."""
    return {**knows.facts, **{CONTEXT + slot: value for slot, value in state.answers.items()}}


def filled(text: str, state: State, knows: Knows) -> tuple[str, str]:
    """A text with its slots filled, and the first slot without a value."""
    values: Mapping[str, str | None] = {
        **knows.values,
        **{CONTEXT + slot: value for slot, value in state.answers.items()},
    }
    found = fill(text, values)
    if found.missing:
        found = fill(without_names(text, found.missing), values)
    return found.text, found.missing[0] if found.missing else ""


def _say(text: str, state: State, knows: Knows, walk: Walk) -> None:
    """Say a text; what has no value for a slot is left out, with the reason."""
    said, missing = filled(text, state, knows)
    if missing:
        walk.reasons.append(f"leaves a text out: {missing} is not known")
    elif said.strip():
        walk.said.append(Said(said))


def _asked_anew(topic: Topic) -> set[str]:
    return {step.slot for step in topic.steps if step.anew}
