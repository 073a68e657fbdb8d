"""What a simulated customer has in mind, as values: what they notice, and what they then do.

A mind is immutable. Each thing noticed gives the mind that follows and the acts it leads to; the
feed carries the acts out at their time. Randomness comes in as an argument, time as a number.
"""

from random import Random
from typing import Protocol, TypeAlias

from msgspec import Struct

from omnitui.training.scenario import Outcome, Temper


class Say(Struct, frozen=True):
    """Write something. `turn` is its place in a transcript, for the channel's own id."""

    text: str
    after_ms: int
    turn: int | None = None


class Leave(Struct, frozen=True):
    """Close the window or hang up; on an asynchronous channel just stop writing."""

    after_ms: int


class Rate(Struct, frozen=True):
    """Give stars, 1 to 5."""

    stars: int
    after_ms: int


class Finish(Struct, frozen=True):
    """It is over for them; what they do next is the scenario's `then`."""

    outcome: Outcome
    after_ms: int = 0


Act: TypeAlias = Say | Leave | Rate | Finish


class Heard(Struct, frozen=True):
    """A delivered message of the other side. `articles` are the slugs of articles given with it."""

    text: str
    at: int
    articles: tuple[str, ...] = ()


class Prompt(Struct, frozen=True):
    """What the other side would best say next. `verbatim` is set where a transcript has it.

    `more` tells whether the customer has more to say, None where nobody can know.
    """

    text: str = ""
    verbatim: bool = False
    more: bool | None = None


class Mood(Protocol):
    """What the feed asks of any customer."""

    @property
    def impatient_at(self) -> int | None:
        """When they will have waited too long (epoch ms), None while they wait for nothing."""
        ...

    @property
    def mood(self) -> int:
        """How they feel, -3 to 3."""
        ...

    @property
    def prompt(self) -> Prompt:
        """What the other side would best say next."""
        ...

    def begin(self, random: Random) -> "Step":
        """They arrive."""
        ...

    def hears(self, heard: Heard, random: Random) -> "Step":
        """Somebody's words have reached them."""
        ...

    def said(self, at: int, random: Random) -> "Step":
        """The message has reached the desk."""
        ...

    def waited(self, at: int, random: Random) -> "Step":
        """They have waited until `impatient_at`."""
        ...

    def ended(self, at: int, random: Random) -> "Step":
        """The other side has ended the conversation."""
        ...


Step: TypeAlias = tuple[Mood, tuple[Act, ...]]

_HURRY = {Temper.PATIENT: 1.2, Temper.EVEN: 1.0, Temper.HASTY: 0.7, Temper.CROSS: 0.8}
SLOWER_READING = 8
"""How many times longer reading takes on asynchronous channels."""
LONGER_PATIENCE = 20
"""How many times longer people wait for an answer there."""


class Pace(Struct, frozen=True):
    """How fast somebody reads and writes."""

    temper: Temper = Temper.EVEN
    live: bool = True

    @property
    def factor(self) -> float:
        """What reading and thinking are multiplied with."""
        return 1.0 if self.live else float(SLOWER_READING)

    def patience_ms(self, seconds: float) -> int:
        """How long a customer waits for an answer who would wait `seconds` on a live channel."""
        return int(seconds * (1 if self.live else LONGER_PATIENCE) * 1_000)

    def reading_ms(self, text: str, random: Random) -> int:
        """Reading a text and thinking about it."""
        seconds = min(1.0 + len(text) * 0.03, 20.0) + random.uniform(1.0, 6.0)
        return int(seconds * _HURRY[self.temper] * self.factor * 1_000)

    def typing_ms(self, text: str, random: Random) -> int:
        """Writing a text."""
        seconds = min(1.0 + len(text) / random.uniform(4.5, 9.0), 45.0)
        return int(seconds * _HURRY[self.temper] * 1_000)
