"""Agents beside the one who has a conversation."""

from enum import StrEnum

from msgspec import Struct

from omnitui.model.ids import AgentId, ConversationId, QueueId


class Role(StrEnum):
    """What an agent beside may do: read along and write notes, or answer the customer too."""

    CONSULTED = "consulted"
    ADDED = "added"


class Participant(Struct, frozen=True):
    """An agent beside a conversation, since when (epoch ms), and who asked them in."""

    agent_id: AgentId
    name: str
    role: Role
    since: int
    by_id: AgentId | None = None
    by_name: str = ""


class ConsultRequest(Struct, frozen=True):
    """An agent is asked to stand beside a conversation, and has not answered yet.

    It rings like an offer until `until` (epoch ms) and takes none of their capacity. `role` is what
    they become. Where a queue was asked, `passed` are those of it who have let it pass.
    """

    id: int
    conversation_id: ConversationId
    name: str
    channel: str
    agent_id: AgentId
    agent_name: str
    role: Role
    by_name: str
    note: str
    asked_at: int
    until: int
    by_id: AgentId | None = None
    queue_id: QueueId | None = None
    queue: str = ""
    passed: tuple[int, ...] = ()

    @property
    def whom(self) -> str:
        """Who is asked, for people: `Bo` or `Bo of Billing`."""
        return f"{self.agent_name} of {self.queue}" if self.queue else self.agent_name
