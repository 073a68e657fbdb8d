"""Who else has a conversation before them at this moment."""

from dataclasses import dataclass

from omnitui.model.ids import AgentId


@dataclass(frozen=True, slots=True)
class Companion:
    """Another agent with a console in which a conversation is in front."""

    agent_id: AgentId
    name: str
    typing: bool = False
