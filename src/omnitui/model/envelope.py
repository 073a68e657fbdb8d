"""What goes with the words of a message: files, and on letters subject, copies and a signature."""

from enum import StrEnum

import msgspec
from msgspec import Struct

from omnitui.model.ids import AgentId, ConversationId, ScheduledId


class File(Struct, frozen=True, omit_defaults=True):
    """An attached file: its clean name, size (bytes) and type (`image/png`).

    `digest` is the SHA-256 of its content, which is how it is kept beside the store; empty if only
    its name is known. `path` is where a courier finds it; it is never stored.
    """

    name: str
    size: int = 0
    type: str = ""
    digest: str = ""
    path: str = ""


class Envelope(Struct, frozen=True, omit_defaults=True):
    """What goes with a message besides its words, the same for a draft and for what was sent.

    `cc` and `bcc` are mail addresses. `quotes` is the message that is quoted, 0 for none. `signed`
    is no when the signature is left out. `quote` and `signature` are their texts as they were sent;
    a draft has none yet.
    """

    subject: str = ""
    cc: tuple[str, ...] = ()
    bcc: tuple[str, ...] = ()
    files: tuple[File, ...] = ()
    quotes: int = 0
    signed: bool = True
    quote: str = ""
    signature: str = ""


NOTHING = Envelope()
"""Words alone."""

_DECODER = msgspec.json.Decoder(Envelope)
_ENCODER = msgspec.json.Encoder(enc_hook=str)
"""Clean text is a kind of `str` that the encoder does not know."""


def envelope_of(text: str) -> Envelope:
    """The envelope that JSON of the store stands for; raises `ValueError` for anything else."""
    return NOTHING if text == "{}" else _DECODER.decode(text)


def envelope_text(envelope: Envelope) -> str:
    """The envelope as JSON of the store."""
    return "{}" if envelope == NOTHING else _ENCODER.encode(envelope).decode()


class ScheduledState(StrEnum):
    """The state of a scheduled reply: it waits for its time, for its author, or is over."""

    WAITING = "waiting"
    HELD = "held"
    SENT = "sent"
    CANCELLED = "cancelled"


class Scheduled(Struct, frozen=True):
    """A reply that leaves at `due_at` (epoch ms) by itself.

    It is `held` when the customer has written since (unless it was meant to leave `anyway`), or
    when it could not be sent; `why` is the reason, a sentence. `seen_id` is the last message that
    its author had before them.
    """

    id: ScheduledId
    conversation_id: ConversationId
    agent_id: AgentId
    text: str
    due_at: int
    created_at: int
    envelope: Envelope = NOTHING
    anyway: bool = False
    seen_id: int = 0
    state: ScheduledState = ScheduledState.WAITING
    why: str = ""
    name: str = ""
    channel: str = ""


class Signature(Struct, frozen=True):
    """A signature: an agent's, or the default of everybody (0); on one channel, or on all ("")."""

    agent_id: int
    channel: str
    text: str
