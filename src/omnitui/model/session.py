"""Sessions: the tabs an agent has open. They belong to the store, so that they survive a crash."""

from enum import StrEnum

from msgspec import Struct

from omnitui.model.ids import AgentId, ConversationId


class DraftKind(StrEnum):
    """A reply draft and a note draft are kept separately."""

    REPLY = "reply"
    NOTE = "note"


class Session(Struct, frozen=True):
    """One open conversation of one agent.

    `position` orders the tabs. `unread` counts customer messages since `seen_id`. `layout` holds
    what the screen wants back after a restart (open tabs, scroll, composer mode); its keys are
    the console's own.
    """

    agent_id: AgentId
    conversation_id: ConversationId
    position: int
    focused: bool
    opened_at: int
    seen_id: int = 0
    unread: int = 0
    draft_reply: str = ""
    draft_note: str = ""
    layout: str = "{}"
