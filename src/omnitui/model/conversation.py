"""Conversations and their messages."""

from enum import StrEnum
from typing import Any

from msgspec import Struct, field

from omnitui.model.envelope import NOTHING, Envelope
from omnitui.model.ids import (
    AgentId,
    CaseId,
    ConversationId,
    CustomerId,
    MessageId,
    QueueId,
    WorkStreamId,
)
from omnitui.model.sentiment import Sentiment


class ConversationState(StrEnum):
    """The state of a conversation; see `rules/lifecycle.py` for the transitions."""

    BOT = "bot"
    OPEN = "open"
    ACTIVE = "active"
    WAITING = "waiting"
    WRAP_UP = "wrap_up"
    CLOSED = "closed"

    @property
    def label(self) -> str:
        """The words for people, e.g. `wrap-up`."""
        return "with the bot" if self is ConversationState.BOT else self.word

    @property
    def word(self) -> str:
        """The same in one word, for columns and filters."""
        return self.value.replace("_", "-")


class Speaker(StrEnum):
    """The author of a line of a transcript."""

    CUSTOMER = "customer"
    AGENT = "agent"
    BOT = "bot"
    SYSTEM = "system"


class MessageKind(StrEnum):
    """The kind of a line: a message, a note for agents, or an event."""

    MESSAGE = "message"
    NOTE = "note"
    EVENT = "event"


class Delivery(StrEnum):
    """The delivery state of a reply."""

    RECEIVED = "received"
    HELD = "held"
    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    UNCERTAIN = "uncertain"
    UNSENT = "unsent"


class Message(Struct, frozen=True):
    """One line of a transcript.

    `held_until` is when a held reply leaves, or a failed one is tried again (epoch ms; None: never
    by itself). While it is `sending` the courier `claimed_by` has it until `claimed_until`; it is
    `doubtful` when an attempt may have arrived that nobody has confirmed, and `repeatable` when the
    courier can let the channel know that it is the same one. `sentiment` is the message's own
    compound score (-1..1) and `words` the words that moved it; both only on what customers write.
    Where it is not `sentiment_scored`, its language has no lexicon, and a score of 0 says nothing.
    `channel` is the one it was written on: an escalated conversation has had several. `envelope` is
    what goes with the words: files, and on letters subject, copies, quote and signature.
    """

    id: MessageId
    conversation_id: ConversationId
    speaker: Speaker
    kind: MessageKind
    author: str
    text: str
    at: int
    delivery: Delivery
    agent_id: AgentId | None = None
    held_until: int | None = None
    attempts: int = 0
    error: str = ""
    sentiment: float | None = None
    sentiment_scored: bool = False
    words: tuple[tuple[str, float], ...] = ()
    channel: str = ""
    claimed_by: str = ""
    claimed_until: int | None = None
    repeatable: bool = False
    doubtful: bool = False
    envelope: Envelope = NOTHING


def in_order(message: Message) -> tuple[int, int]:
    """The order of messages: by when they were written, then by arrival."""
    return message.at, message.id


class Conversation(Struct, frozen=True):
    """A conversation with everything a list shows kept on the row.

    `name` is the linked customer's, or `Visitor N`. `offered_to` is set while an offer rings;
    `accepted_at` when an agent has taken it. `waiting_since` is when the customer began to wait
    for an answer, None while nobody waits. `profiles` are the capacity profiles it needs,
    `last_agent_id` who had it last, `routing` the sentence of the last routing decision. The `sla_`
    fields are those of the promise that breaks next, `offered_name` is the agent's it rings at.
    `handed_over_at` is since when a person is to answer, where a virtual agent answered before.
    `sentiment` says nothing while nothing that the customer wrote was `sentiment_scored`.
    """

    id: ConversationId
    channel: str
    state: ConversationState
    name: str
    address: str
    created_at: int
    subject: str = ""
    customer_id: CustomerId | None = None
    case_id: CaseId | None = None
    queue_id: QueueId | None = None
    queue: str = ""
    agent_id: AgentId | None = None
    agent_name: str = ""
    offered_to: AgentId | None = None
    offer_expires_at: int | None = None
    accepted_at: int | None = None
    priority: int = 0
    sentiment: Sentiment = Sentiment.NEUTRAL
    sentiment_scored: bool = True
    trend: tuple[int, ...] = ()
    last_text: str = ""
    last_speaker: Speaker | None = None
    last_at: int = 0
    waiting_since: int | None = None
    first_reply_at: int | None = None
    ended_at: int | None = None
    closed_at: int | None = None
    customer_gone_at: int | None = None
    rating: int | None = None
    disposition: str = ""
    transfer_count: int = 0
    escalation_count: int = 0
    context: dict[str, Any] = field(default_factory=dict)
    skills: dict[str, int] = field(default_factory=dict)
    match_reason: str = ""
    workstream_id: WorkStreamId | None = None
    profiles: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    last_agent_id: AgentId | None = None
    routing: str = ""
    snoozed_until: int | None = None
    handed_over_at: int | None = None
    sla_status: str = ""
    sla_warn_at: int | None = None
    sla_fail_at: int | None = None
    offered_name: str = ""

    @property
    def feeling(self) -> Sentiment | None:
        """The customer's sentiment, None if no message could be scored."""
        return self.sentiment if self.sentiment_scored else None

    @property
    def who(self) -> str:
        """The name in a list: the customer's, or the address of an unknown sender."""
        return self.name if self.customer_id is not None else self.address or self.name

    @property
    def served_from(self) -> int:
        """From when an answer of a person counts (epoch ms)."""
        return self.created_at if self.handed_over_at is None else self.handed_over_at
