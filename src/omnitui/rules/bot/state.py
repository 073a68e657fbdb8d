"""What a virtual agent remembers of a conversation, and what one turn of it is."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol

from msgspec import Struct, field

from omnitui.model.topic import Deed, Status


class State(Struct, frozen=True):
    """Where a conversation is, as it is kept between two turns.

    `step` of `topic` is the one that is under way: a question that waits for its answer (`asking`),
    or a deed that waits for its result. `misses` counts what was not understood, one after another,
    `retries` the answers that were none. `answers` has everything that was collected, by slot.
    `about` are the topics so far, the last one last.
    `spoke` is whether anything was said in this turn. After a hand-over `reason` says why, `skills`
    and `queue` where to.
    """

    status: Status = Status.TALKING
    topic: str = ""
    step: int = 0
    asking: bool = False
    misses: int = 0
    retries: int = 0
    answers: dict[str, str] = field(default_factory=dict)
    about: tuple[str, ...] = ()
    language: str = ""
    spoke: bool = False
    reason: str = ""
    skills: dict[str, int] = field(default_factory=dict)
    queue: str = ""

    @property
    def talks(self) -> bool:
        """Whether the virtual agent still answers here."""
        return self.status is Status.TALKING


class Said(Struct, frozen=True):
    """One message: its text, or the slug of an article that is sent; `choices` are its answers."""

    text: str = ""
    article: str = ""
    choices: tuple[str, ...] = ()


class Wanted(Struct, frozen=True):
    """A deed to do, with its parameters; its result goes to `resume`."""

    deed: Deed
    given: Mapping[str, str]


class Ran(Struct, frozen=True):
    """The result of a deed: a sentence or a value; `refused` says why it was not possible."""

    value: str = ""
    refused: str = ""


class Turn(Struct, frozen=True):
    """One turn: the state after it, what is said, and why. With `wants` it is not over yet."""

    state: State
    said: tuple[Said, ...] = ()
    reason: str = ""
    wants: Wanted | None = None


class Knows(Struct, frozen=True):
    """What is known beside the answers.

    `facts` are those of classification, `values` those of replies' slots. `sentiment` is the
    customer's, from -3 to 3, `language` the one they are known to write in; `now` is epoch ms.
    """

    facts: Mapping[str, Any] = field(default_factory=dict)
    values: Mapping[str, str | None] = field(default_factory=dict)
    sentiment: int | None = None
    language: str = ""
    now: int = 0


class Policy(Struct, frozen=True):
    """From which confidence (0 to 1) it answers, and at which sentiment it hands over."""

    confidence: float = 0.6
    sentiment: int = -2


class Guessed(Protocol):
    """A topic that a message may be about, how sure that is (0 to 1), and the deciding words."""

    @property
    def label(self) -> str: ...
    @property
    def confidence(self) -> float: ...
    @property
    def words(self) -> Sequence[str]: ...


Guess = Callable[[str], Sequence[Guessed]]
"""The topics that a message may be about, most likely first."""
