"""A customer of a scenario: a pure state machine over beats, mood, patience and a goal.

They arrive with their first words, react to being greeted, asked, given an article or an answer,
press when they are kept waiting, leave when they are ignored, thank when the goal is met, and
rate at the end. Where the scenario has no beat left for what happened, their temper answers.
"""

import re
import zlib
from collections.abc import Mapping
from random import Random
from typing import TypeAlias

from msgspec import Struct, field
from msgspec.structs import replace

from omnitui.model.names import first_name
from omnitui.training.mood import Act, Finish, Heard, Leave, Pace, Prompt, Rate, Say
from omnitui.training.phrases import phrase
from omnitui.training.scenario import Beat, Outcome, Persona, Talk, Temper, When
from omnitui.training.understanding import Reading, goal_words, understand

_SLOT = re.compile(r"\{(\w+)\}")
_SHARP = (Temper.HASTY, Temper.CROSS)
HOLD_MS = 60_000
"""How much longer they wait when an agent has asked them for a moment."""
SETTLES_AFTER = 4
"""The number of answers that miss the goal after which the last one is accepted."""
SUBSTANCE = 40
"""How long a text has to be to count as an answer (characters)."""
GREETING = 160
"""Up to this length a text that begins with a greeting is only that (characters)."""


def facts_of(persona: Persona, talk: Talk) -> dict[str, str]:
    """Everything this customer can tell about themselves in this conversation."""
    number = zlib.crc32(persona.name.encode()) % 9_000
    return {
        "name": persona.name,
        "first_name": first_name(persona.name),
        "account": str(21_000 + number),
        "device": persona.device,
        "email": persona.email or f"{_dotted(persona.name)}@example.net",
        "phone": persona.phone or f"+47 555 {10_000 + number}",
        **talk.facts,
        **persona.facts,
    }


def _dotted(name: str) -> str:
    return ".".join(re.findall(r"[a-z]+", name.casefold())) or "visitor"


def filled(text: str, facts: Mapping[str, str]) -> str:
    """A text with its `{slots}` filled; one that nobody knows is left out."""
    return _SLOT.sub(lambda found: facts.get(found[1], ""), text)


class Customer(Struct, frozen=True):
    """The mind of one customer in one conversation.

    `used` are the beats that were played, `told` the facts that were given, `met` the goal words
    heard so far. `waiting_since` is when they began to wait for a word (epoch ms).
    """

    persona: Persona
    talk: Talk
    live: bool
    slots: Mapping[str, list[str]] = field(default_factory=dict)
    mood: int = 0
    used: frozenset[int] = frozenset()
    told: frozenset[str] = frozenset()
    met: frozenset[str] = frozenset()
    waiting_since: int | None = None
    presses: int = 0
    misses: int = 0
    greeted: bool = False
    outcome: Outcome | None = None
    gone: bool = False

    @property
    def pace(self) -> Pace:
        """How fast they read, write and lose patience."""
        return Pace(self.persona.temper, self.live)

    @property
    def impatient_at(self) -> int | None:
        """When they will press, press harder, and leave: after one, two and three patiences."""
        if self.waiting_since is None or self.gone or self.outcome is not None:
            return None
        patience = self.pace.patience_ms(self.persona.patience)
        return self.waiting_since + patience * (self.presses + 1)

    @property
    def prompt(self) -> Prompt:
        """The author's model answer."""
        return Prompt(filled(self.talk.goal.answer, facts_of(self.persona, self.talk)))

    def begin(self, random: Random) -> "Moved":
        """They arrive with their first words; further ones follow as fast as they type."""
        mind, acts = self._play(When.START, random, every=True)
        first, *rest = acts
        return mind, (replace(first, after_ms=0) if isinstance(first, Say) else first, *rest)

    def said(self, at: int, random: Random) -> "Moved":
        """Start to wait for an answer."""
        if self.outcome is not None or self.waiting_since is not None:
            return self, ()
        return replace(self, waiting_since=at, presses=0), ()

    def hears(self, heard: Heard, random: Random) -> "Moved":
        """React to an agent's message: the goal first, then articles, questions, or other text."""
        if self.gone:
            return self, ()
        reading = understand(heard.text, self.slots)
        mind = replace(self, waiting_since=None, presses=0)
        if mind.outcome is not None:
            return mind._after_goal(heard, reading, random)
        mind = replace(mind, met=mind.met | goal_words(heard.text, mind.talk.goal.words))
        if mind._solved_by(heard):
            return mind._solve(heard, random)
        after, acts = mind._react(heard, reading, random)
        return (after, acts) if _speaks(acts) else (after._wait_on(heard, reading), acts)

    def _solved_by(self, heard: Heard) -> bool:
        goal = self.talk.goal
        if any(slug in goal.articles for slug in heard.articles):
            return True
        return bool(goal.words) and len(self.met) >= min(goal.need, len(goal.words))

    def _react(self, heard: Heard, reading: Reading, random: Random) -> "Moved":
        reads = self.pace.reading_ms(heard.text, random)
        if heard.articles:
            return self._given(heard.articles, reads, random)
        if reading.asks:
            return self._asked(reading.asks, reads, random)
        if not self.greeted and reading.greets and len(heard.text) < GREETING:
            return replace(self, greeted=True)._play(When.GREETED, random, delay=reads)
        mind = replace(self, greeted=True)
        if reading.parts:
            return mind._say(mind._phrase("still", random), random, reads, mood=-1)
        if reading.holds:
            return mind._held(reads, random)
        if reading.questions:
            return mind._asked_something(reads, random)
        return mind._answered(heard.text, reads, random)

    def _given(self, articles: tuple[str, ...], reads: int, random: Random) -> "Moved":
        for slug in articles:
            mind, acts = self._play(When.ARTICLE, random, about=slug, delay=reads)
            if acts:
                return mind, acts
        mind, acts = self._play(When.ARTICLE, random, delay=reads)
        return (mind, acts) if acts else mind._miss(reads, random)

    def _asked(self, asked: tuple[str, ...], reads: int, random: Random) -> "Moved":
        mind: Customer = replace(self, greeted=True)
        said: tuple[Act, ...] = ()
        for slot in asked:
            delay = said[-1].after_ms if said else reads
            mind, acts = mind._tell(slot, delay, random)
            said += acts
        return mind, said

    def _tell(self, slot: str, delay: int, random: Random) -> "Moved":
        """Give one fact: by its beat, from what is known, or that they do not know it."""
        mind: Customer = replace(self, told=self.told | {slot})
        played, acts = mind._play(When.ASKED, random, about=slot, delay=delay)
        if acts:
            return played, acts
        fact = facts_of(self.persona, self.talk).get(slot, "")
        if fact and slot in self.told:
            return mind._say(self._phrase("again", random, fact), random, delay, mood=-1)
        return mind._say(fact or self._phrase("unknown", random), random, delay)

    def _asked_something(self, reads: int, random: Random) -> "Moved":
        mind, acts = self._play(When.ASKED, random, delay=reads)
        return (mind, acts) if acts else mind._say(mind._phrase("yes", random), random, reads)

    def _held(self, reads: int, random: Random) -> "Moved":
        if self.live and random.random() < 0.4:
            return self._say(self._phrase("okay", random), random, reads)
        return self, ()

    def _answered(self, text: str, reads: int, random: Random) -> "Moved":
        mind, acts = self._play(When.ANSWER, random, delay=reads)
        if acts:
            return mind, acts
        return mind._miss(reads, random) if len(text) >= SUBSTANCE else (mind, ())

    def _miss(self, reads: int, random: Random) -> "Moved":
        """What they were given does not help; after a few of those they make do."""
        mind = replace(self, misses=self.misses + 1)
        if mind.misses >= SETTLES_AFTER:
            mind, acts = mind._say(mind._phrase("settle", random), random, reads)
            return replace(mind, outcome=Outcome.SOLVED)._close(acts, random)
        played, acts = mind._play(When.WRONG, random, delay=reads)
        if acts:
            return played, acts
        return mind._say(mind._phrase("wrong", random), random, reads, mood=-1)

    def _solve(self, heard: Heard, random: Random) -> "Moved":
        reads = self.pace.reading_ms(heard.text, random) + int(8_000 * self.pace.factor)
        lifted = _within(self.mood + (2 if self.misses == 0 else 1))
        mind = replace(self, greeted=True, mood=lifted, outcome=Outcome.SOLVED)
        mind, acts = mind._play(When.SOLVED, random, every=True, delay=reads)
        if not acts:
            mind, acts = mind._say(mind._phrase("thanks", random), random, reads)
        return mind._close(acts, random)

    def _after_goal(self, heard: Heard, reading: Reading, random: Random) -> "Moved":
        """It is solved and they are about to go."""
        if self.live and reading.parts and "?" in heard.text:
            text = self._phrase("no_more", random)
            return self._say(text, random, self.pace.reading_ms(heard.text, random))
        return self, ()

    def waited(self, at: int, random: Random) -> "Moved":
        """They press, press harder, and at last go away."""
        due = self.impatient_at
        if due is None or due > at:
            return self, ()
        mind = replace(self, presses=self.presses + 1)
        if mind.presses >= 3:
            return mind._give_up(random)
        when, what = (When.WAITING, "waiting") if mind.presses == 1 else (When.IGNORED, "ignored")
        played, acts = mind._play(when, random)
        if acts:
            return played, acts
        sours = mind.presses > 1 or mind.persona.temper in _SHARP
        return mind._say(mind._phrase(what, random), random, 0, mood=-1 if sours else 0)

    def _give_up(self, random: Random) -> "Moved":
        mind: Customer = replace(self, mood=_within(self.mood - 1), outcome=Outcome.LEFT)
        acts: tuple[Act, ...] = ()
        if random.random() < 0.5:
            mind, acts = mind._say(mind._phrase("left", random), random, 0)
        return mind._close(acts, random)

    def ended(self, at: int, random: Random) -> "Moved":
        """The agent has ended it: done, or back once with the unsent messages.

        A customer who was about to leave is done as well, and does nothing more.
        """
        if self.outcome is None and not self.gone:
            mind, acts = self._play(When.ENDED, random, delay=int(20_000 * self.pace.factor))
            if acts:
                return replace(mind, waiting_since=None, presses=0, greeted=False), acts
            sour = replace(mind, mood=_within(mind.mood - 1), outcome=Outcome.UNSOLVED)
            return sour._finish(0, random)
        return self._finish(0, random)

    def _close(self, acts: tuple[Act, ...], random: Random) -> "Moved":
        """Last words, then they go, unless the other side ends it first."""
        spoken = max((act.after_ms for act in acts), default=0)
        stays = 2_000 if self.outcome is Outcome.LEFT else int(random.uniform(45_000, 120_000))
        mind, rest = self._finish(spoken + stays, random)
        leaving = Leave(spoken + stays)
        return replace(mind, gone=self.outcome is Outcome.LEFT), (*acts, leaving, *rest)

    def _finish(self, after_ms: int, random: Random) -> "Moved":
        outcome = self.outcome or Outcome.UNSOLVED
        acts: list[Act] = []
        if random.random() < (0.75 if abs(self.mood) >= 2 else 0.5):
            acts.append(Rate(self.stars, after_ms + int(random.uniform(4_000, 40_000))))
        acts.append(Finish(outcome, after_ms))
        return replace(self, waiting_since=None, gone=True), tuple(acts)

    @property
    def stars(self) -> int:
        """What they would rate now, 1 to 5."""
        base = 4 if self.outcome is Outcome.SOLVED else 2
        return base + (self.mood >= 2) - (self.mood <= -2)

    def _play(
        self,
        when: When,
        random: Random,
        *,
        about: str = "",
        every: bool = False,
        delay: int = 0,
    ) -> "Moved":
        """Play the next unused beat for `when`, or all of them, one after another."""
        mind: Customer = self
        acts: tuple[Act, ...] = ()
        for place, beat in self.talk.beats(when):
            if place in self.used or beat.about != about:
                continue
            mind, said = mind._one(place, beat, random, acts[-1].after_ms if acts else delay)
            acts += said
            if not every:
                break
        if mind.outcome is not None and self.outcome is None:
            return mind._close(acts, random)
        return mind, acts

    def _one(self, place: int, beat: Beat, random: Random, delay: int) -> "Moved":
        mind = replace(self, used=self.used | {place}, mood=_within(self.mood + beat.mood))
        if beat.solves:
            mind = replace(mind, outcome=Outcome.SOLVED, mood=_within(mind.mood + 1))
        elif beat.leaves:
            mind = replace(mind, outcome=Outcome.LEFT)
        if not beat.choices:
            return mind, ()
        return mind._say(random.choice(beat.choices), random, delay + beat.after_ms)

    def _say(self, text: str, random: Random, delay: int, mood: int = 0) -> "Moved":
        said = filled(text, facts_of(self.persona, self.talk))
        after = delay + self.pace.typing_ms(said, random)
        return replace(self, mood=_within(self.mood + mood)), (Say(said, after),)

    def _wait_on(self, heard: Heard, reading: Reading) -> "Customer":
        """Wait on after a message that needs no answer."""
        if self.outcome is not None:
            return self
        return replace(self, waiting_since=heard.at + (HOLD_MS if reading.holds else 0))

    @property
    def _voice(self) -> tuple[str, Temper]:
        return self.talk.language, self.persona.temper

    def _phrase(self, what: str, random: Random, fact: str = "") -> str:
        return phrase(what, *self._voice, random, fact)


def _within(mood: int) -> int:
    return max(-3, min(3, mood))


def _speaks(acts: tuple[Act, ...]) -> bool:
    return any(isinstance(act, Say) for act in acts)


Moved: TypeAlias = tuple[Customer, tuple[Act, ...]]
"""The mood that follows, and its consequences."""
