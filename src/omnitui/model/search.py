"""What is searched for, and what a search finds."""

from enum import StrEnum

from msgspec import Struct


class HitKind(StrEnum):
    """What can be found; an activity is what a timeline keeps: a task, a note, a mail, a call."""

    ARTICLE = "article"
    CUSTOMER = "customer"
    CASE = "case"
    CONVERSATION = "conversation"
    MESSAGE = "message"
    ACTIVITY = "activity"
    ENTITLEMENT = "entitlement"


MARK_ON, MARK_OFF = "\x02", "\x03"
"""Bracket the matching words in a snippet. Stored text never holds them: intake drops controls."""


class Hit(Struct, frozen=True):
    """One hit. `ref` is the record's key; `snippet` has matches between MARK_ON and MARK_OFF."""

    kind: HitKind
    ref: int
    title: str
    snippet: str
    at: int = 0
    score: float = 0.0
    conversation_id: int | None = None
    customer_id: int | None = None


class Part(Struct, frozen=True):
    """Words of a search that belong together, and what they may be written as instead.

    `joined` is all of them as one word; `digits` are those of a number, first all of them, then
    what may be left of it where the country's part is not kept. `contact` says that they are a
    number or a mail address.
    """

    words: tuple[str, ...]
    joined: str = ""
    digits: tuple[str, ...] = ()
    contact: bool = False
