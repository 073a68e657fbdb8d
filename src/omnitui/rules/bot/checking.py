"""What is wrong with topics: jumps that lead nowhere, circles, questions without an answer."""

from collections.abc import Iterator

from omnitui.model.topic import OUTSIDE, AnswerKind, Deed, Step, StepKind, Topic, TopicSet
from omnitui.rules.classify import CONTEXT
from omnitui.rules.slots import KNOWN, problems, slots_of

NEEDS = {
    Deed.CASE_STATUS: (),
    Deed.CREATE_CASE: ("title",),
    Deed.NOTE: ("text",),
    Deed.ENTITLEMENT: (),
    Deed.CALL_BACK: ("title",),
}
"""The parameters that a deed must be given."""
TAKES = {
    Deed.CASE_STATUS: ("number",),
    Deed.CREATE_CASE: ("title", "description", "product", "priority"),
    Deed.NOTE: ("text",),
    Deed.ENTITLEMENT: ("product",),
    Deed.CALL_BACK: ("title", "at", "text"),
}
"""All parameters of a deed."""
_STOPS = (StepKind.ASK, StepKind.END, StepKind.HAND_OVER)


def problems_of(topics: TopicSet) -> Iterator[tuple[str, str]]:
    """Everything that is wrong, each with its key, such as `topic[2].step[0].go`."""
    seen: dict[str, str] = {}
    said: dict[str, str] = {}
    for number, topic in enumerate(topics.topics):
        at = f"topic[{number}]"
        if topic.key == OUTSIDE:
            yield f"{at}.key", f"{OUTSIDE!r} is not a key"
        if topic.key in seen:
            yield f"{at}.key", f"a topic {topic.key} exists already"
        seen[topic.key] = topic.key
        for place, example in enumerate(topic.examples):
            other = said.setdefault(" ".join(example.casefold().split()), topic.key)
            if other != topic.key:
                yield f"{at}.examples[{place}]", f"{example!r} is an example of {other} already"
        yield from _topic_problems(topics, topic, at)
    yield from _circles(topics)


def _topic_problems(topics: TopicSet, topic: Topic, at: str) -> Iterator[tuple[str, str]]:
    labels: set[str] = set()
    for number, step in enumerate(topic.steps):
        here = f"{at}.step[{number}]"
        if step.label in labels:
            yield f"{here}.label", f"a step {step.label} exists already in {topic.key}"
        if step.label and topics.topic(step.label) is not None:
            yield f"{here}.label", f"{step.label} is the key of a topic already"
        labels |= {step.label} - {""}
        yield from _step_problems(topics, topic, step, here)


def _step_problems(
    topics: TopicSet, topic: Topic, step: Step, at: str
) -> Iterator[tuple[str, str]]:
    targets = {"go": step.text if step.kind is StepKind.GO else "", "refused": step.refused}
    targets |= {f"choices.{label}": target for label, target in step.choices}
    for key, target in targets.items():
        if target and topic.place(target) is None and topics.topic(target) is None:
            what = f"{target!r} is no label of {topic.key} and no topic"
            yield f"{at}.{key}", f"it leads nowhere: {what}"
    if not step.text.strip() and step.kind not in (StepKind.END,):
        yield f"{at}.{step.kind}", "it is empty"
    if step.kind is StepKind.ASK:
        yield from _question_problems(step, at)
    if step.kind is StepKind.RUN:
        yield from _deed_problems(step, at)
    yield from _text_problems(topics, step, at)


_NO_TEXT = (StepKind.GO, StepKind.ARTICLE, StepKind.RUN, StepKind.HAND_OVER)
"""Steps whose own key names something; what they say stands elsewhere."""


def _text_problems(topics: TopicSet, step: Step, at: str) -> Iterator[tuple[str, str]]:
    own = {CONTEXT + one.slot for t in topics.topics for one in t.steps if one.slot}
    texts = {} if step.kind in _NO_TEXT else {step.kind.value: step.text}
    texts |= {"wrong": step.wrong}
    texts |= {f"given.{name}": text for name, text in step.given.items()}
    for key, text in texts.items():
        for problem in problems(text, {*KNOWN, *own}):
            yield f"{at}.{key}", problem
        for slot in slots_of(text):
            if slot.startswith("?"):
                yield f"{at}.{key}", f"{{{slot}}} is a prompt, and nobody is there to fill it"
            elif slot.startswith(("agent.", "case.")):
                yield f"{at}.{key}", f"{{{slot}}} has no value while the virtual agent answers"


def _question_problems(step: Step, at: str) -> Iterator[tuple[str, str]]:
    if step.answer is AnswerKind.CHOICE and len(step.choices) < 2:
        yield f"{at}.choices", "a choice needs two answers or more"
    if step.answer is not AnswerKind.CHOICE and step.choices:
        yield f"{at}.choices", f"an answer of kind {step.answer} takes no choices"
    if step.answer is not AnswerKind.CHOICE and not step.slot:
        yield f"{at}.slot", "this key is missing: give the name under which the answer is kept"
    if step.slot and not step.slot.replace("_", "a").isalnum():
        yield f"{at}.slot", f"{step.slot!r} is not a name; use letters, digits and _"
    if step.least is not None and step.most is not None and step.least > step.most:
        yield f"{at}.most", f"{step.most} is less than {step.least}"
    if step.answer is not AnswerKind.NUMBER and (step.least, step.most) != (None, None):
        key = "least" if step.least is not None else "most"
        yield f"{at}.{key}", f"only a number has bounds, not {step.answer}"
    if step.past and step.answer is not AnswerKind.DATE:
        yield f"{at}.past", f"only a date can be past, not {step.answer}"
    for number, name in enumerate(step.known):
        if name not in KNOWN and not name.startswith(CONTEXT):
            yield f"{at}.known[{number}]", f"there is no slot {{{name}}}"


def _deed_problems(step: Step, at: str) -> Iterator[tuple[str, str]]:
    deed = Deed(step.text)
    for name in step.given:
        if name not in TAKES[deed]:
            takes = ", ".join(TAKES[deed])
            yield f"{at}.given.{name}", f"{deed} takes no {name}; it takes {takes}"
    for name in NEEDS[deed]:
        if name not in step.given:
            yield f"{at}.given", f"{deed} needs {name}"


def _circles(topics: TopicSet) -> Iterator[tuple[str, str]]:
    """Jumps that come round again without a question, whatever the conditions say."""
    for number, topic in enumerate(topics.topics):
        for place, step in enumerate(topic.steps):
            jumps = step.kind is StepKind.GO and not step.when
            if jumps and _comes_round(topics, topic, place):
                yield f"topic[{number}].step[{place}].go", "it goes round in circles"


def _comes_round(topics: TopicSet, topic: Topic, start: int) -> bool:
    seen: set[tuple[str, int]] = set()
    here, place = topic, start
    while place < len(here.steps):
        if (here.key, place) in seen:
            return (here.key, place) == (topic.key, start)
        seen.add((here.key, place))
        step = here.steps[place]
        if step.kind in _STOPS and not step.when:
            return False
        if step.kind is StepKind.GO and not step.when:
            target = here.place(step.text)
            there = topics.topic(step.text)
            if target is None and there is None:
                return False
            if target is None and there is not None:
                here, place = there, 0
            else:
                place = target or 0
        else:
            place += 1
    return False
