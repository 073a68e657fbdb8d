"""Agents beside the one who has a conversation."""

from dataclasses import dataclass
from enum import StrEnum

from omnitui.model.ids import AgentId


class Role(StrEnum):
    """What an agent beside may do: read along and write notes, or answer the customer too."""

    CONSULTED = "consulted"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class Participant:
    """An agent beside a conversation, since when (epoch ms), and who asked them in."""

    agent_id: AgentId
    name: str
    role: Role
    since: int
    by_id: AgentId | None = None
    by_name: str = ""
