"""Consulted and added agents of a conversation."""

from enum import StrEnum

from msgspec import Struct

from omnitui.model.ids import AgentId, ConversationId, QueueId


class Role(StrEnum):
    """What such an agent can do: read along and write notes, or reply too."""

    CONSULTED = "consulted"
    ADDED = "added"


class Participant(Struct, frozen=True):
    """A consulted or added agent, since when (epoch ms), and who asked them."""

    agent_id: AgentId
    name: str
    role: Role
    since: int
    by_id: AgentId | None = None
    by_name: str = ""


class ConsultRequest(Struct, frozen=True):
    """A consult request that has not been answered.

    It is offered until `until` (epoch ms) and takes no capacity. `role` is what the agent becomes.
    If a queue was asked, `passed` are its members who declined or missed it.
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
