"""The viewers of a conversation."""

from msgspec import Struct

from omnitui.model.ids import AgentId


class Viewer(Struct, frozen=True):
    """Another agent who has the conversation open in a console."""

    agent_id: AgentId
    name: str
    typing: bool = False
