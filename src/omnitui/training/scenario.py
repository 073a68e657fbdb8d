"""Scenario files: a shift written by hand, as frozen values.

A scenario says when customers arrive, who they are, what they want, how they react to what agents
do, and how well the network carries. `docs/scenarios.md` explains every key; in short:

    title, summary, starts, minutes, agents, colleagues
    [network]                 share of deliveries that fail, by channel
    [bots]                    the virtual agent that answers first, by channel
    [slots]                   words that tell what an agent asks for, by name of the fact
    [[rate]]                  channel, per_hour = [first hour, second hour, ...], conversations?
    [[arrival]]               after = "2m30s", persona, conversation, channel?, to = "you"?
    [[persona]]               key, name, tier, temper, patience, language, email, phone, facts, ...
    [[conversation]]          key, topic, queue, channels, language, facts, goal
    [[conversation.beat]]     when, say, about?, mood?, after?, solves?, leaves?
    [[conversation.then]]     when, conversation, channel?, after, to = "you"?

Durations are written `45s`, `2m30s`, `1h`. What is wrong in a file is a `DataError` that names the
file and the key. Reading is all this module does; nothing here draws or reacts.
"""

import difflib
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import msgspec

from omnitui.clock import parse_duration
from omnitui.datafiles import folder as data_folder
from omnitui.datafiles.decode import Strict, place
from omnitui.datafiles.decode import parse as decode
from omnitui.model.customer import Tier
from omnitui.model.errors import DataError
from omnitui.textfiles import read_text

Share = Annotated[float, msgspec.Meta(ge=0, le=1)]
Key = Annotated[str, msgspec.Meta(pattern=r"^[a-z0-9][a-z0-9-]*$")]
Words = Annotated[str, msgspec.Meta(min_length=1)]


class Temper(StrEnum):
    """How a customer takes it when things go slowly or wrong."""

    PATIENT = "patient"
    EVEN = "even"
    HASTY = "hasty"
    CROSS = "cross"


class When(StrEnum):
    """What a beat waits for."""

    START = "start"
    GREETED = "greeted"
    ASKED = "asked"
    ARTICLE = "article"
    ANSWER = "answer"
    WRONG = "wrong"
    SOLVED = "solved"
    WAITING = "waiting"
    IGNORED = "ignored"
    ENDED = "ended"


class Outcome(StrEnum):
    """How a conversation was left, from the customer's side."""

    SOLVED = "solved"
    UNSOLVED = "unsolved"
    LEFT = "left"


class To(StrEnum):
    """At whom a customer arrives: whomever routing finds, or the person at the console."""

    ANYBODY = "anybody"
    YOU = "you"


class Rate(Strict, frozen=True, kw_only=True):
    """How many customers an hour arrive on a channel, one figure for each hour from the start.

    `conversations` names the ones they are drawn from; all that allow the channel if it is empty.
    """

    channel: str
    per_hour: Annotated[list[Annotated[float, msgspec.Meta(ge=0)]], msgspec.Meta(min_length=1)]
    conversations: list[Key] = []


class Arrival(Strict, frozen=True, kw_only=True):
    """One customer who arrives for certain, `after` the start; `to` whom they ask to speak."""

    after: str
    conversation: Key
    persona: Key = ""
    channel: str = ""
    to: To = To.ANYBODY

    @property
    def after_ms(self) -> int:
        """The same in milliseconds."""
        return parse_duration(self.after)


class Persona(Strict, frozen=True, kw_only=True):
    """Who arrives. `patience` is how long they wait for a word on a live channel (seconds).

    `pages` is what they have looked at before they came. They write from `email`, `phone` (also by
    text message) or `handle`, but from `addresses` on the channels named there. Somebody whose
    address a customer in the store has is recognised by the desk; others are unknown visitors.
    `to` is whom they ask for, on whatever channel they come.
    """

    key: Key
    name: Words
    tier: Tier = Tier.BRONZE
    temper: Temper = Temper.EVEN
    patience: Annotated[float, msgspec.Meta(gt=0)] = 150.0
    language: str = "en"
    device: str = ""
    email: str = ""
    phone: str = ""
    handle: str = ""
    addresses: dict[str, str] = {}
    pages: list[str] = []
    facts: dict[str, str] = {}
    conversations: list[Key] = []
    to: To = To.ANYBODY


class Goal(Strict, frozen=True, kw_only=True):
    """What solves it: one of the articles, or `need` of the words in what agents say.

    `answer` is the best answer; agents on autopilot know it sometimes, and the debrief shows it.
    """

    articles: list[str] = []
    words: list[Words] = []
    need: Annotated[int, msgspec.Meta(ge=1)] = 1
    answer: str = ""


class Beat(Strict, frozen=True, kw_only=True):
    """Something a customer says when something happens. Each beat plays once, in file order.

    `say` may be a list: one of them is drawn. `about` names the fact that was asked for, or the
    article that was given. `mood` is added to how they feel. `after` waits before it is said.
    """

    when: When
    say: str | list[str] = ""
    about: str = ""
    mood: Annotated[int, msgspec.Meta(ge=-3, le=3)] = 0
    after: str = ""
    solves: bool = False
    leaves: bool = False

    @property
    def choices(self) -> Sequence[str]:
        """The possible texts; empty for a beat that only changes the mood."""
        if isinstance(self.say, str):
            return (self.say,) if self.say else ()
        return self.say

    @property
    def after_ms(self) -> int:
        """The wait before it is written (ms)."""
        return parse_duration(self.after) if self.after else 0


class Then(Strict, frozen=True, kw_only=True):
    """What the same customer does later: another conversation, perhaps on another channel."""

    conversation: Key
    when: Outcome | list[Outcome] = msgspec.field(default_factory=lambda: list(Outcome))
    channel: str = ""
    after: str = "2m"
    to: To = To.ANYBODY

    def follows(self, outcome: Outcome) -> bool:
        """Whether it comes after a conversation that was left like this."""
        return outcome in (self.when if isinstance(self.when, list) else [self.when])

    @property
    def after_ms(self) -> int:
        """How long after the end of this one (ms)."""
        return parse_duration(self.after)


class Talk(Strict, frozen=True, kw_only=True):
    """A conversation that a customer may come with."""

    key: Key
    topic: Words
    channels: Annotated[list[str], msgspec.Meta(min_length=1)]
    queue: str = ""
    language: str = "en"
    subject: str = ""
    facts: dict[str, str] = {}
    pages: list[str] = []
    context: dict[str, str] = {}
    goal: Goal = Goal()
    beat: Annotated[list[Beat], msgspec.Meta(min_length=1)]
    then: list[Then] = []

    def beats(self, when: When) -> Iterator[tuple[int, Beat]]:
        """The beats that wait for `when`, with their places in the file."""
        return ((n, beat) for n, beat in enumerate(self.beat) if beat.when is when)


class Scenario(Strict, frozen=True, kw_only=True):
    """A whole shift. `starts` is where the clock stands in a run without a screen (UTC).

    `agents` answer on autopilot in a run without a screen; `colleagues` are on autopilot beside
    the person in the console. New customers arrive for `minutes`.
    """

    title: Words
    summary: str = ""
    starts: datetime = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
    minutes: Annotated[float, msgspec.Meta(gt=0)] = 60.0
    agents: Annotated[int, msgspec.Meta(ge=0)] = 3
    colleagues: Annotated[int, msgspec.Meta(ge=0)] = 1
    network: dict[str, Share] = {}
    bots: dict[str, str] = {}
    slots: dict[str, list[Words]] = {}
    rate: list[Rate] = []
    arrival: list[Arrival] = []
    persona: list[Persona] = []
    conversation: list[Talk] = []
    name: str = ""

    @property
    def starts_at(self) -> int:
        """When it starts (epoch ms)."""
        moment = self.starts if self.starts.tzinfo else self.starts.replace(tzinfo=UTC)
        return int(moment.timestamp() * 1_000)

    @property
    def lasts_ms(self) -> int:
        """For how long new customers arrive (ms)."""
        return int(self.minutes * 60_000)

    def talk(self, key: str) -> Talk:
        """The conversation of that key, which the file is known to have."""
        return next(talk for talk in self.conversation if talk.key == key)

    def who(self, key: str) -> Persona:
        """The persona of that key, which the file is known to have."""
        return next(persona for persona in self.persona if persona.key == key)

    @property
    def channels(self) -> tuple[str, ...]:
        """Every channel it uses, in the order the file names them."""
        named = [rate.channel for rate in self.rate]
        named += [a.channel or self.talk(a.conversation).channels[0] for a in self.arrival]
        return tuple(dict.fromkeys(named))


def openings(scenario: Scenario, channel: str) -> list[Talk]:
    """What customers may begin with on a channel: not what only follows from something else."""
    following = {
        then.conversation
        for talk in scenario.conversation
        for then in talk.then
        if then.conversation != talk.key
    }
    return [
        talk
        for talk in scenario.conversation
        if channel in talk.channels and talk.key not in following
    ]


def folder() -> Path:
    """Where the shipped scenarios are."""
    return data_folder() / "scenarios"


def names() -> list[str]:
    """The shipped scenarios by name."""
    return sorted(path.stem for path in folder().glob("*.toml"))


def load(name_or_path: str | Path) -> Scenario:
    """A shipped scenario by its name, or one from a file; `DataError` says what is wrong."""
    path = Path(name_or_path)
    if path.suffix != ".toml":
        if str(name_or_path) not in names():
            close = difflib.get_close_matches(str(name_or_path), names(), n=1, cutoff=0.4)
            hint = f" Did you mean {close[0]}?" if close else ""
            raise DataError(
                path,
                "",
                f"there is no scenario of that name.{hint} Shipped ones: {', '.join(names())}.",
            )
        path = folder() / f"{name_or_path}.toml"
    return read(path)


def read(path: Path) -> Scenario:
    """The scenario in a file."""
    return parse(read_text(path), path)


def parse(text: str, path: Path) -> Scenario:
    """The scenario in the text of a file; `path` is for the messages and gives the name."""
    scenario = decode(text, path, Scenario)
    for key, problem in _wrong(scenario):
        raise DataError(path, place(text, key), problem)
    return msgspec.structs.replace(scenario, name=path.stem)


def problems(path: Path) -> Iterator[DataError]:
    """Everything that is wrong in a file."""
    try:
        text = read_text(path)
        scenario = decode(text, path, Scenario)
    except DataError as error:
        yield error
        return
    for key, problem in _wrong(scenario):
        yield DataError(path, place(text, key), problem)


def _wrong(scenario: Scenario) -> Iterator[tuple[str, str]]:
    """What types cannot say: references that lead nowhere, durations, customers without a word."""
    if scenario.name:
        yield "name", "the file name is the scenario's name; remove this key"
    if not scenario.conversation:
        yield "conversation", "a scenario needs at least one [[conversation]]"
    personas = [persona.key for persona in scenario.persona]
    talks = [talk.key for talk in scenario.conversation]
    yield from _twice("persona", personas)
    yield from _twice("conversation", talks)
    for n, rate in enumerate(scenario.rate):
        yield from _known(f"rate[{n}].conversations", rate.conversations, talks, "conversation")
        if not rate.conversations and not openings(scenario, rate.channel):
            yield f"rate[{n}].channel", f"there is no conversation for {rate.channel!r}"
    for n, arrival in enumerate(scenario.arrival):
        yield from _duration(f"arrival[{n}].after", arrival.after)
        where = f"arrival[{n}].conversation"
        yield from _known(where, [arrival.conversation], talks, "conversation")
        if arrival.persona:
            yield from _known(f"arrival[{n}].persona", [arrival.persona], personas, "persona")
    for n, persona in enumerate(scenario.persona):
        where = f"persona[{n}].conversations"
        yield from _known(where, persona.conversations, talks, "conversation")
    for n, talk in enumerate(scenario.conversation):
        yield from _talk_problems(f"conversation[{n}]", talk, talks)


def _talk_problems(where: str, talk: Talk, talks: list[str]) -> Iterator[tuple[str, str]]:
    openings = [beat for beat in talk.beat if beat.when is When.START]
    if not any(beat.choices for beat in openings):
        yield f"{where}.beat", ('there is no first message: one beat needs when = "start" and say')
    for n, beat in enumerate(talk.beat):
        at = f"{where}.beat[{n}]"
        if beat.after:
            yield from _duration(f"{at}.after", beat.after)
        if any(not choice.strip() for choice in beat.choices):
            yield f"{at}.say", "an empty text"
        if not (beat.choices or beat.mood or beat.solves or beat.leaves):
            yield at, "it has no effect; give it say, mood, solves or leaves"
    for n, then in enumerate(talk.then):
        at = f"{where}.then[{n}]"
        yield from _known(f"{at}.conversation", [then.conversation], talks, "conversation")
        yield from _duration(f"{at}.after", then.after)


def _duration(where: str, text: str) -> Iterator[tuple[str, str]]:
    try:
        parse_duration(text)
    except ValueError as error:
        yield where, str(error)


def _twice(where: str, keys: list[str]) -> Iterator[tuple[str, str]]:
    for n, key in enumerate(keys):
        if key in keys[:n]:
            yield f"{where}[{n}].key", f"{key!r} is used by {where}[{keys.index(key)}] already"


def _known(where: str, given: list[Any], there: list[str], noun: str) -> Iterator[tuple[str, str]]:
    for key in given:
        if key not in there:
            close = difflib.get_close_matches(key, there, n=1, cutoff=0.4)
            hint = f"; did you mean {close[0]!r}?" if close else ""
            yield where, f"there is no {noun} {key!r}{hint}"
