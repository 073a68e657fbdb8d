"""A language model of one's own: where it is, what it is asked for, and what it drafts."""

from enum import StrEnum

from msgspec import Struct


class Purpose(StrEnum):
    """What a draft is for."""

    REPLY = "reply"
    SUMMARY = "summary"
    REWRITE = "rewrite"
    TRANSLATION = "translation"
    ARTICLE = "article"


class Rewrite(StrEnum):
    """How a draft of the agent's own is written anew."""

    SHORTER = "shorter"
    FRIENDLIER = "friendlier"
    LANGUAGE = "language"


class Outcome(StrEnum):
    """How a call ended; each but `answered` leaves no draft."""

    ANSWERED = "answered"
    NONE_FITS = "none_fits"
    INVENTED = "invented"
    EMPTY = "empty"
    BROKEN = "broken"
    REFUSED = "refused"
    BUSY = "busy"
    FAILED = "failed"
    UNREACHABLE = "unreachable"
    TIMED_OUT = "timed_out"
    GIVEN_UP = "given_up"
    NO_KEY = "no_key"


class Decision(StrEnum):
    """What a person did with a draft."""

    ACCEPTED = "accepted"
    EDITED = "edited"
    DISMISSED = "dismissed"


class Endpoint(Struct, frozen=True):
    """Where the model is. `url` is the base of an OpenAI-compatible service, up to `/v1`.

    `key_env` names the environment variable with the key, empty for none. `seconds` is the longest
    wait for the next word, `max_chars` the most characters that are sent, and taken of an answer.
    `here` says that it is on this machine.
    """

    url: str
    model: str
    host: str
    here: bool
    key_env: str = ""
    seconds: int = 30
    max_chars: int = 12_000

    @property
    def badge(self) -> str:
        """Where words go, for people."""
        return "On this machine" if self.here else f"Words leave this machine: {self.host}"


class Prompt(Struct, frozen=True):
    """One part of a request: `role` is `system` or `user`."""

    role: str
    content: str


class Given(Struct, frozen=True):
    """An article that an answer may be based on."""

    id: int
    title: str
    text: str


class Asked(Struct, frozen=True):
    """A request that may leave, masked; `key` is its number in the journal.

    `held` are the masked parts by placeholder, which are put back into the answer and never leave.
    `given` are the articles an answer must name; `fence` marks foreign text. `original` is what is
    shown beside a translation or a rewrite. `links` are the hosts that the request itself names.
    """

    key: int
    purpose: Purpose
    endpoint: Endpoint
    prompts: tuple[Prompt, ...]
    fence: str
    held: dict[str, str]
    given: tuple[Given, ...] = ()
    original: str = ""
    links: tuple[str, ...] = ()
    left_out: int = 0

    @property
    def sent(self) -> int:
        """How many characters leave."""
        return sum(len(prompt.content) for prompt in self.prompts)


class Draft(Struct, frozen=True):
    """What the model has drafted, for a person to decide about.

    `articles` are the keys of those it names; `doubts` are sentences about what to look at first.
    """

    text: str
    articles: tuple[int, ...] = ()
    doubts: tuple[str, ...] = ()


class NoDraft(Struct, frozen=True):
    """Why there is no draft, in a sentence."""

    outcome: Outcome
    sentence: str
