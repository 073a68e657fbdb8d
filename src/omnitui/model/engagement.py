"""What is known about the start of a conversation, for a summary."""

from enum import StrEnum

from msgspec import Struct

Pairs = tuple[tuple[str, str], ...]
"""Names with values, in the order in which they were given."""


class VisitKind(StrEnum):
    """What a visitor did before they wrote."""

    PAGE = "page"
    PHRASE = "phrase"
    ARTICLE = "article"
    ACTION = "action"


class Visit(Struct, frozen=True):
    """A page seen, a phrase searched, an article read, something done; `at` is epoch ms."""

    kind: VisitKind
    text: str
    at: int | None = None


class HandOver(Struct, frozen=True):
    """A bot's hand-over: who it was, why, and what it had learned."""

    by: str = ""
    reason: str = ""
    summary: str = ""
    facts: Pairs = ()


class Engagement(Struct, frozen=True):
    """The start of a conversation.

    `answers` are pre-chat answers, `visits` newest first, `variables` everything else that the
    channel sent. `signed_in` is None if it is not known.
    """

    asked: str = ""
    signed_in: bool | None = None
    answers: Pairs = ()
    device: Pairs = ()
    visits: tuple[Visit, ...] = ()
    variables: Pairs = ()
    hand_over: HandOver | None = None
