"""Notices: automatic messages to customers, written by administrators."""

from enum import StrEnum

from msgspec import Struct

from omnitui.model.ids import NoticeId


class Occasion(StrEnum):
    """When a notice is sent."""

    WAITING = "waiting"
    """Somebody wrote, and nobody is free."""
    DECLINED = "declined"
    """An offer was declined or missed, and no other agent is free."""
    JOINED = "joined"
    """An agent has it now."""
    TRANSFERRED = "transferred"
    """It was transferred."""
    AGENT_GONE = "agent_gone"
    """Its agent is offline, and it returns to its queue."""
    NOT_TAKEN = "not_taken"
    """Nobody took it in time, and it was closed."""
    ENDED = "ended"
    """An agent ended it."""


class Notice(Struct, frozen=True):
    """The text for an occasion in a language (`en`), on some channels or on all (none)."""

    id: NoticeId
    occasion: Occasion
    language: str
    text: str
    channels: tuple[str, ...] = ()
