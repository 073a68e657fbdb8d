"""`topics/*.toml`: what a virtual agent can talk about; the file's name is the virtual agent's key.

name, outside?, [text.LANGUAGE] not_understood, hand_over, wrong
[[person]] name, condition, skills?, queue? (when a person answers, whatever the topic)
[[topic]] key, title, language?, examples, condition?
[[topic.step]] one of say, article, ask, run, go, end, hand_over; when?, label?; with ask: slot?,
answer?, choices?, least?, most?, wrong?, retries?, past?, known?, anew?; with run: slot?, given?,
refused?; with hand_over: skills?, queue?
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any

from msgspec import Meta
from msgspec.structs import replace

from omnitui.datafiles.classification import ConditionRow
from omnitui.datafiles.company import Known
from omnitui.datafiles.decode import Strict, parse, place, read
from omnitui.model.classification import Condition
from omnitui.model.errors import DataError
from omnitui.model.topic import (
    AnswerKind,
    Deed,
    PersonRule,
    Sentences,
    Step,
    StepKind,
    Topic,
    TopicSet,
)
from omnitui.rules.bot.checking import problems_of
from omnitui.rules.written_rules import Names, RuleError, written_conditions

Short = Annotated[str, Meta(min_length=1)]


class WrittenStep(Strict, frozen=True, kw_only=True):
    """A step as it was written; see `model/topic.py` for what the words mean."""

    say: str | None = None
    article: str | None = None
    ask: str | None = None
    run: Deed | None = None
    go: str | None = None
    end: str | None = None
    hand_over: str | None = None
    label: str = ""
    when: list[ConditionRow] = []
    slot: str = ""
    answer: AnswerKind = AnswerKind.FREE
    choices: list[str] | dict[str, str] = []
    least: int | None = None
    most: int | None = None
    wrong: str = ""
    retries: Annotated[int, Meta(ge=0, le=10)] = 2
    past: bool = False
    known: list[str] = []
    anew: bool = False
    given: dict[str, str] = {}
    refused: str = ""
    skills: dict[str, int] = {}
    queue: str = ""

    @property
    def kinds(self) -> list[StepKind]:
        """What it does; a step that is right does one thing."""
        return [kind for kind in StepKind if getattr(self, kind.value) is not None]


class WrittenTopic(Strict, frozen=True, kw_only=True):
    """A topic as it was written."""

    key: Short
    title: Short
    language: Short = "en"
    examples: Annotated[list[Short], Meta(min_length=1)]
    condition: list[ConditionRow] = []
    step: Annotated[list[WrittenStep], Meta(min_length=1)]


class WrittenPerson(Strict, frozen=True, kw_only=True):
    """When a person answers, whatever the topic."""

    name: Short
    condition: Annotated[list[ConditionRow], Meta(min_length=1)]
    skills: dict[str, int] = {}
    queue: str = ""


class WrittenSentences(Strict, frozen=True, kw_only=True):
    """What it says of itself in one language."""

    not_understood: Short
    hand_over: Short
    wrong: Short


class TopicFile(Strict, frozen=True, kw_only=True):
    """The whole file."""

    name: Short
    text: dict[str, WrittenSentences]
    topic: Annotated[list[WrittenTopic], Meta(min_length=1)]
    person: list[WrittenPerson] = []
    outside: list[Short] = []


def read_topics(path: Path, known: Known) -> tuple[TopicSet, str]:
    """The topics of a file, with its text; `known` is what they may refer to."""
    file, text = read(path, TopicFile)
    for error in _wrong(file, text, path, known):
        raise error
    return _topics(file), text


def topics_of(text: str, path: Path, known: Known | None = None) -> TopicSet:
    """The topics of a text; `path` is named where it is wrong."""
    file = parse(text, path, TopicFile)
    for error in _wrong(file, text, path, known or Known()):
        raise error
    return _topics(file)


def problems(path: Path, known: Known) -> Iterator[DataError]:
    """Everything that is wrong in the file."""
    try:
        file, text = read(path, TopicFile)
    except DataError as error:
        yield error
        return
    known.bots.add(path.stem.casefold())
    yield from _wrong(file, text, path, known)


def _wrong(file: TopicFile, text: str, path: Path, known: Known) -> Iterator[DataError]:
    found = [*_written_problems(file, known)]
    if not found:
        found = [*problems_of(_topics(file))]
    for key, problem in found:
        yield DataError(path, place(text, key), problem)


def _written_problems(file: TopicFile, known: Known) -> Iterator[tuple[str, str]]:
    if "en" not in file.text:
        yield "text", "the texts in English are missing: they are said where a language has none"
    for number, person in enumerate(file.person):
        at = f"person[{number}]"
        yield from _conditions(person.condition, f"{at}.condition", known)
        yield from _routing(person.skills, person.queue, at, known)
    for number, topic in enumerate(file.topic):
        at = f"topic[{number}]"
        yield from _conditions(topic.condition, f"{at}.condition", known)
        for place_, step in enumerate(topic.step):
            yield from _step_problems(step, f"{at}.step[{place_}]", known)


_ONLY = {
    StepKind.ASK: "slot answer choices least most wrong retries past known anew".split(),
    StepKind.RUN: "slot given refused".split(),
    StepKind.HAND_OVER: "skills queue".split(),
}
"""The keys that only some kinds of step take."""


def _step_problems(step: WrittenStep, at: str, known: Known) -> Iterator[tuple[str, str]]:
    kinds = step.kinds
    if len(kinds) != 1:
        words = ", ".join(StepKind)
        what = f"it has {' and '.join(kinds)}" if kinds else "it does nothing"
        yield f"{at}.{kinds[1]}" if kinds else at, f"{what}; a step has one of {words}"
        return
    own = _ONLY.get(kinds[0], [])
    plain = WrittenStep()
    for name in sorted({one for names in _ONLY.values() for one in names}):
        if name not in own and getattr(step, name) != getattr(plain, name):
            yield f"{at}.{name}", f"a step with {kinds[0]} takes no {name}"
    yield from _conditions(step.when, f"{at}.when", known)
    yield from _routing(step.skills, step.queue, at, known)


def _conditions(rows: Sequence[ConditionRow], at: str, known: Known) -> Iterator[tuple[str, str]]:
    try:
        _condition_of(rows, known)
    except RuleError as error:
        said = error.sentence.rstrip(".")
        yield f"{at}{error.key.removeprefix('condition')}", f"{said[0].lower()}{said[1:]}"


def _condition_of(rows: Sequence[ConditionRow], known: Known) -> tuple[Condition, ...]:
    names = Names(
        channels=_or_none(known.channels),
        queues=_or_none(known.queues),
        calendars=_or_none(known.calendars),
    )
    given = [{"field": r.field, "operator": r.operator, "value": r.value} for r in rows]
    return written_conditions(given, names)


def _or_none(names: Collection[str]) -> Collection[str] | None:
    return names or None


def _routing(
    skills: Mapping[str, int], queue: str, at: str, known: Known
) -> Iterator[tuple[str, str]]:
    for skill, level in skills.items():
        if not 1 <= level <= 10:
            yield f"{at}.skills.{skill}", f"{level} is not a level; give 1 to 10"
    if queue and known.queues and queue.casefold() not in known.queues:
        yield f"{at}.queue", f"there is no queue {queue!r}"


def _topics(file: TopicFile) -> TopicSet:
    return TopicSet(
        name=file.name,
        topics=tuple(
            Topic(
                key=one.key,
                title=one.title,
                language=one.language,
                examples=tuple(one.examples),
                when=_condition_of(one.condition, Known()),
                steps=tuple(map(_step, one.step)),
            )
            for one in file.topic
        ),
        sentences={
            language: Sentences(said.not_understood, said.hand_over, said.wrong)
            for language, said in file.text.items()
        },
        people=tuple(
            PersonRule(one.name, _condition_of(one.condition, Known()), one.skills, one.queue)
            for one in file.person
        ),
        outside=tuple(file.outside),
    )


def _step(one: WrittenStep) -> Step:
    kind = one.kinds[0]
    names = "label slot answer least most wrong retries past anew given refused skills"
    plain: dict[str, Any] = {name: getattr(one, name) for name in names.split()}
    choices = (
        one.choices.items() if isinstance(one.choices, dict) else [(c, "") for c in one.choices]
    )
    made = Step(kind, str(getattr(one, kind.value)), **plain)
    return replace(
        made,
        when=_condition_of(one.when, Known()),
        choices=tuple(choices),
        known=tuple(one.known),
        queue=one.queue,
    )
