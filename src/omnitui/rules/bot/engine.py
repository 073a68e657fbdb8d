"""A virtual agent as a state machine: a customer's message in, what is said and done out.

A person is never out of reach: that one is asked for comes before everything else, then how the
customer feels, then what a person answers in any case. Only then it is looked up what the message
is about.
"""

from collections.abc import Iterable, Iterator, Sequence

from msgspec.structs import replace

from omnitui.model.topic import OUTSIDE, PersonRule, Status, Step, Topic, TopicSet
from omnitui.rules.bot.answers import answered
from omnitui.rules.bot.person import asks_for_person
from omnitui.rules.bot.state import Guess, Guessed, Knows, Policy, Ran, Said, State, Turn
from omnitui.rules.bot.steps import Walk, begin, go_on, hand_over, met, sentences, take_answer, to

MOST_MISSES = 2
"""After how many messages in a row that were not understood a person answers."""
ASKED = "asked for a person"


def hear(
    topics: TopicSet, state: State, text: str, knows: Knows, policy: Policy, guess: Guess
) -> Turn:
    """The turn after a customer's message."""
    if not state.talks:
        return Turn(state, reason="is silent: a person answers, or it has ended")
    walk, state = Walk(), replace(state, spoke=False)
    if asks_for_person(text):
        return hand_over(topics, _in(state, knows), ASKED, walk, knows)
    if knows.sentiment is not None and knows.sentiment <= policy.sentiment:
        return hand_over(topics, _in(state, knows), "the customer is upset", walk, knows)
    rule = next((one for one in topics.people if met(one.when, state, knows)), None)
    if rule is not None:
        return _by_rule(topics, state, rule, walk, knows)
    step = _question(topics, state)
    if step is None:
        return _look_up(topics, state, guess(text), knows, policy, walk)
    answer = answered(step, text, knows.now)
    if answer is not None:
        walk.reasons.append(f"{step.slot or 'choice'} is {answer!r}")
        return go_on(topics, take_answer(topics, state, step, answer), knows, walk)
    return _no_answer(topics, state, step, guess(text), knows, policy, walk)


def resume(topics: TopicSet, state: State, ran: Ran, knows: Knows) -> Turn:
    """Go on after a deed was done, or was not possible."""
    walk = Walk()
    step = _current(topics, state)
    if step is None:
        return hand_over(topics, state, "its topics have been changed", walk, knows)
    if ran.refused:
        walk.reasons.append(f"{step.text} was not possible: {ran.refused}")
        if not step.refused:
            return hand_over(topics, state, f"{step.text} was not possible", walk, knows)
        return go_on(topics, to(topics, state, step.refused), knows, walk)
    answers = {**state.answers, step.slot: ran.value} if step.slot else state.answers
    after = replace(state, answers=answers, step=state.step + 1)
    return go_on(topics, after, knows, walk)


def taken_over(state: State) -> State:
    """The state after a person has taken over: it is silent from then on, and loses nothing."""
    return replace(state, status=Status.SILENT, asking=False) if state.talks else state


def recommend(
    topics: TopicSet, guesses: Sequence[Guessed], knows: Knows, policy: Policy, most: int = 2
) -> list[tuple[Topic, Guessed]]:
    """The topics that fit what a customer wrote, for the agent who answers; surest first."""
    fitting = _fitting(topics, guesses, State(), knows, policy)
    return list(fitting)[:most]


def _by_rule(topics: TopicSet, state: State, rule: PersonRule, walk: Walk, knows: Knows) -> Turn:
    there = replace(
        _in(state, knows), skills={**state.skills, **rule.skills}, queue=rule.queue or state.queue
    )
    return hand_over(topics, there, rule.name, walk, knows)


def _look_up(
    topics: TopicSet,
    state: State,
    guesses: Iterable[Guessed],
    knows: Knows,
    policy: Policy,
    walk: Walk,
) -> Turn:
    """Start the topic that the message is about, if that is sure enough."""
    known = list(guesses)
    found = next(_fitting(topics, known, state, knows, policy), None)
    if found is not None:
        topic, guessed = found
        walk.reasons.append(f"topic {topic.key} ({_why(guessed)})")
        return begin(topics, state, topic, knows, walk)
    best = known[0] if known else None
    if best is not None and best.label == OUTSIDE and best.confidence >= policy.confidence:
        walk.reasons.append(f"a person answers that ({_why(best)})")
        return hand_over(topics, _in(state, knows), "a question for a person", walk, knows)
    walk.reasons.append(f"not understood: {_unsure(best, policy)}")
    missed = replace(state, misses=state.misses + 1)
    if missed.misses >= MOST_MISSES:
        return hand_over(topics, missed, "not understood twice", walk, knows)
    walk.said.append(Said(sentences(topics, _in(missed, knows), knows).not_understood))
    return walk.over(missed)


def _no_answer(
    topics: TopicSet,
    state: State,
    step: Step,
    guesses: Iterable[Guessed],
    knows: Knows,
    policy: Policy,
    walk: Walk,
) -> Turn:
    """It was no answer: another topic, if that is sure enough, or the question again."""
    found = next(_fitting(topics, guesses, state, knows, policy), None)
    if found is not None and found[0].key != state.topic:
        walk.reasons.append(f"topic {found[0].key} instead of an answer ({_why(found[1])})")
        return begin(topics, state, found[0], knows, walk)
    tried = replace(state, retries=state.retries + 1)
    what = step.slot or "choice"
    walk.reasons.append(f"no answer to {what} ({step.answer.label})")
    if tried.retries > step.retries:
        return hand_over(topics, tried, f"no valid answer for {what}", walk, knows)
    wrong = step.wrong or sentences(topics, state, knows).wrong
    walk.said.append(Said(wrong, choices=tuple(label for label, _ in step.choices)))
    return walk.over(tried)


def _fitting(
    topics: TopicSet,
    guesses: Iterable[Guessed],
    state: State,
    knows: Knows,
    policy: Policy,
) -> Iterator[tuple[Topic, Guessed]]:
    """The topics that are sure enough and whose conditions are met, surest first.

    What a person answers ends the search: what is less sure than that is not meant.
    """
    for guessed in guesses:
        topic = topics.topic(guessed.label)
        if topic is None or guessed.confidence < policy.confidence:
            return
        if met(topic.when, state, knows):
            yield topic, guessed


def _question(topics: TopicSet, state: State) -> Step | None:
    """The question that waits for an answer, if any does."""
    return _current(topics, state) if state.asking else None


def _current(topics: TopicSet, state: State) -> Step | None:
    topic = topics.topic(state.topic)
    if topic is None or state.step >= len(topic.steps):
        return None  # the topics have been changed since
    return topic.steps[state.step]


def _unsure(best: Guessed | None, policy: Policy) -> str:
    if best is None:
        return "nothing fits"
    if best.label == OUTSIDE:
        return f"a person may have to answer that ({_why(best)})"
    if best.confidence < policy.confidence:
        return f"{best.label} ({_why(best)}) is below {policy.confidence:g}"
    return f"the conditions of {best.label} are not met"


def _in(state: State, knows: Knows) -> State:
    """The state in the language of the customer, where no topic has said one."""
    return state if state.language else replace(state, language=knows.language)


def _why(guessed: Guessed) -> str:
    words = ", ".join(list(guessed.words)[:4])
    return f"{guessed.confidence:.2f}: {words}" if words else f"{guessed.confidence:.2f}"
