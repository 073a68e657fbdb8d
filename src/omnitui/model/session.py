"""Sessions: the tabs an agent has open. They belong to the store, so that they survive a crash."""

from enum import StrEnum

from msgspec import Struct

from omnitui.model.envelope import NOTHING, Envelope
from omnitui.model.ids import AgentId, ConversationId


class DraftKind(StrEnum):
    """A reply draft and a note draft are kept separately."""

    REPLY = "reply"
    NOTE = "note"


class Session(Struct, frozen=True):
    """One open conversation of one agent.

    `position` orders the tabs. `unread` counts customer messages since `seen_id`. `layout` holds
    what the screen wants back after a restart (open tabs, scroll, composer mode); its keys are
    the console's own. `envelope` is what goes with the draft of the reply.
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
    envelope: Envelope = NOTHING
    layout: str = "{}"


class Draft(Struct, frozen=True):
    """What an agent has begun to write in a conversation with `name`, and last touched `at`."""

    conversation_id: ConversationId
    name: str
    channel: str
    kind: DraftKind
    text: str
    at: int
    files: int = 0
