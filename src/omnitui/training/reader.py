"""A customer who says what a transcript says: every word of it, in order, whatever happens."""

from random import Random
from typing import TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from omnitui.training.mood import Act, Finish, Heard, Leave, Pace, Prompt, Say
from omnitui.training.scenario import Outcome
from omnitui.training.transcripts import Transcript


class Reader(Struct, frozen=True):
    """The mind of somebody who follows a transcript.

    `place` is the turn to be said next; `speaking` is set while they are writing it. They wait for
    an answer where the file has one, and often where it might have had one, but never for ever.
    """

    transcript: Transcript
    live: bool
    place: int = 0
    speaking: bool = False
    waiting_since: int | None = None
    patience_ms: int = 90_000
    leaving: bool = False
    mood: int = 0

    @property
    def impatient_at(self) -> int | None:
        """When they go on without an answer."""
        return None if self.waiting_since is None else self.waiting_since + self.patience_ms

    def begin(self, random: Random) -> "Moved":
        """They arrive with their first words."""
        patience = int(random.uniform(45_000, 120_000))
        mind = replace(self, patience_ms=patience, speaking=True)
        mind = replace(mind, place=mind._next(0))
        return mind, (Say(mind.transcript.turns[mind.place].text, 0, mind.place),)

    def said(self, at: int, random: Random) -> "Moved":
        """Continue at once, or wait for an answer; leave after the last turn."""
        mind = replace(self, speaking=False, place=self.place + 1, waiting_since=None)
        turns = mind.transcript.turns
        if not mind._left():
            return replace(mind, waiting_since=at, leaving=True), ()
        if turns[mind.place].role == "agent" or random.random() < 0.6:
            return replace(mind, waiting_since=at), ()
        return mind._speak(0, random)

    def hears(self, heard: Heard, random: Random) -> "Moved":
        """An answer: the next words, or good-bye."""
        if self.leaving:
            return self._go(random)
        if self.speaking or self.waiting_since is None:
            return self, ()
        return self._speak(self._pace.reading_ms(heard.text, random), random)

    def waited(self, at: int, random: Random) -> "Moved":
        """No answer came: they say what they have to say all the same."""
        due = self.impatient_at
        if due is None or due > at:
            return self, ()
        return self._go(random) if self.leaving else self._speak(0, random)

    def ended(self, at: int, random: Random) -> "Moved":
        """The agent has ended it; the remaining turns follow in a new conversation."""
        if self._left():
            return self._speak(self._pace.reading_ms("", random), random)
        return replace(self, waiting_since=None, leaving=True), (Finish(Outcome.SOLVED),)

    @property
    def _pace(self) -> Pace:
        return Pace(live=self.live)

    def _left(self) -> bool:
        return any(turn.role == "customer" for turn in self.transcript.turns[self.place :])

    def _next(self, place: int) -> int:
        turns = self.transcript.turns
        return next(n for n in range(place, len(turns)) if turns[n].role == "customer")

    def _speak(self, delay: int, random: Random) -> "Moved":
        place = self._next(self.place)
        text = self.transcript.turns[place].text
        mind = replace(self, place=place, speaking=True, waiting_since=None)
        return mind, (Say(text, delay + self._pace.typing_ms(text, random), place),)

    def _go(self, random: Random) -> "Moved":
        after = int(random.uniform(3_000, 15_000))
        mind = replace(self, waiting_since=None, leaving=False)
        return mind, (Leave(after), Finish(Outcome.SOLVED, after))

    @property
    def prompt(self) -> Prompt:
        """The agent's next message in the file; empty if there is none."""
        turns = self.transcript.turns
        if self.place < len(turns) and turns[self.place].role == "agent":
            return Prompt(turns[self.place].text, verbatim=True, more=self._left())
        return Prompt(more=self._left())


Moved: TypeAlias = tuple[Reader, tuple[Act, ...]]
"""The mood that follows, and its consequences."""
