"""The topics of a virtual agent: what it can talk about, in which steps, and when it hands over."""

from collections.abc import Mapping
from enum import StrEnum

from msgspec import Struct, field

from omnitui.model.classification import Condition


class Status(StrEnum):
    """Whose turn it is: the virtual agent talks, or is silent for good."""

    TALKING = "talking"
    HANDED_OVER = "handed_over"
    ENDED = "ended"
    SILENT = "silent"


class AnswerKind(StrEnum):
    """What a question asks for."""

    NUMBER = "number"
    DATE = "date"
    ACCOUNT = "account"
    CHOICE = "choice"
    YES_NO = "yes_no"
    FREE = "free"

    @property
    def label(self) -> str:
        """The words for people, e.g. `yes or no`."""
        return self.value.replace("_", " or ")


class Deed(StrEnum):
    """What the virtual agent may do by itself; nothing else is on the list."""

    CASE_STATUS = "case.status"
    CREATE_CASE = "case.create"
    NOTE = "note"
    ENTITLEMENT = "entitlement.check"
    CALL_BACK = "call_back"


class StepKind(StrEnum):
    """The key of a step's table that says what it does."""

    SAY = "say"
    ARTICLE = "article"
    ASK = "ask"
    RUN = "run"
    GO = "go"
    END = "end"
    HAND_OVER = "hand_over"


class Step(Struct, frozen=True):
    """One step of a topic. `text` is what it says, the slug, label, topic or reason that it names.

    A step whose conditions (`when`) are not met is passed over. `label` is where a jump leads.
    A question fills `slot`; `choices` are its answers, each with the label or topic that it leads
    to, or an empty text. `least` and `most` bound a number; a day without a year is the next one,
    or the last one if it is `past`. `known` are slots of replies that answer it before anybody is
    asked; a question that is asked `anew` forgets its last answer. `wrong` is said to an answer
    that is none, `retries` times at most. `given` are the parameters of a deed, `refused` is where
    it leads if that is not possible. `skills` and `queue` are where a hand-over leads.
    """

    kind: StepKind
    text: str
    label: str = ""
    when: tuple[Condition, ...] = ()
    slot: str = ""
    answer: AnswerKind = AnswerKind.FREE
    choices: tuple[tuple[str, str], ...] = ()
    least: int | None = None
    most: int | None = None
    wrong: str = ""
    retries: int = 2
    past: bool = False
    known: tuple[str, ...] = ()
    anew: bool = False
    given: Mapping[str, str] = field(default_factory=dict)
    refused: str = ""
    skills: Mapping[str, int] = field(default_factory=dict)
    queue: str = ""


class Topic(Struct, frozen=True):
    """One topic: what customers write about it, and what is done then, in steps."""

    key: str
    title: str
    language: str
    examples: tuple[str, ...]
    when: tuple[Condition, ...]
    steps: tuple[Step, ...]

    def place(self, label: str) -> int | None:
        """The number of the step of that label."""
        return next((n for n, step in enumerate(self.steps) if step.label == label), None)


class PersonRule(Struct, frozen=True):
    """When a person answers, whatever the topic: a name for people, and conditions."""

    name: str
    when: tuple[Condition, ...]
    skills: Mapping[str, int] = field(default_factory=dict)
    queue: str = ""


class Sentences(Struct, frozen=True):
    """What the virtual agent says of itself in one language."""

    not_understood: str
    hand_over: str
    wrong: str


OUTSIDE = "-"
"""Stands for the topic of what a person answers."""


class TopicSet(Struct, frozen=True):
    """The topics of one virtual agent.

    `outside` are examples of what a person answers; `sentences` are by language, `en` always there.
    """

    name: str
    topics: tuple[Topic, ...]
    sentences: Mapping[str, Sentences]
    people: tuple[PersonRule, ...] = ()
    outside: tuple[str, ...] = ()

    def topic(self, key: str) -> Topic | None:
        """The topic of that key."""
        return next((one for one in self.topics if one.key == key), None)

    def says(self, language: str) -> Sentences:
        """What it says of itself in a language, or in English."""
        return self.sentences.get(language) or self.sentences["en"]

    def asks_for(self, field: str) -> bool:
        """Whether a condition asks for that fact."""
        every = [topic.when for topic in self.topics]
        every += [person.when for person in self.people]
        every += [step.when for topic in self.topics for step in topic.steps]
        return any(condition.field == field for when in every for condition in when)

    @property
    def examples(self) -> list[tuple[str, str]]:
        """Every example with its topic's key, or `OUTSIDE`."""
        own = [(text, topic.key) for topic in self.topics for text in topic.examples]
        return own + [(text, OUTSIDE) for text in self.outside]
