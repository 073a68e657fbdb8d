"""Who else has a conversation before them at this moment."""

from msgspec import Struct

from omnitui.model.ids import AgentId


class Viewer(Struct, frozen=True):
    """Another agent with a console in which a conversation is in front."""

    agent_id: AgentId
    name: str
    typing: bool = False
