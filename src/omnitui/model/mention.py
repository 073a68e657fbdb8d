"""Mentions: an agent is named in a note, and it is listed until they have seen it."""

from msgspec import Struct

from omnitui.model.ids import ConversationId, MentionId, MessageId


class Mention(Struct, frozen=True):
    """A note that names you. Times are epoch ms; `seen_at` is None until you have seen it."""

    id: MentionId
    conversation_id: ConversationId
    message_id: MessageId
    name: str
    by: str
    text: str
    at: int
    seen_at: int | None = None
