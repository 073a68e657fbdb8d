"""What was known of a conversation before an agent had it, as a summary shows it."""

from enum import StrEnum

from msgspec import Struct

Pairs = tuple[tuple[str, str], ...]
"""Names with values, in the order in which they were given."""


class VisitKind(StrEnum):
    """What somebody did on their own before they wrote."""

    PAGE = "page"
    PHRASE = "phrase"
    ARTICLE = "article"
    ACTION = "action"


class Visit(Struct, frozen=True):
    """A page seen, a phrase searched, an article read, something done; `at` is epoch ms if told."""

    kind: VisitKind
    text: str
    at: int | None = None


class HandOver(Struct, frozen=True):
    """What a bot passed on: who it was, why, and what it had learned."""

    by: str = ""
    reason: str = ""
    summary: str = ""
    facts: Pairs = ()


class Engagement(Struct, frozen=True):
    """How a conversation came about.

    `answers` are those given before it began, `visits` newest first, `variables` all that the
    channel told beside what has a place of its own. `signed_in` is None where nothing was told.
    """

    asked: str = ""
    signed_in: bool | None = None
    answers: Pairs = ()
    device: Pairs = ()
    visits: tuple[Visit, ...] = ()
    variables: Pairs = ()
    hand_over: HandOver | None = None
