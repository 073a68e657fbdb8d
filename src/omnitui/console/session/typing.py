"""What keys and words mean in the composer, as pure functions."""

import re
from collections.abc import Iterable, Sequence
from enum import Enum, auto

from msgspec import Struct


class Do(Enum):
    """What a key does in the composer. `PASS` leaves it to the text field."""

    PASS = auto()
    SEND = auto()
    NEWLINE = auto()
    CHOOSE = auto()
    POPUP_UP = auto()
    POPUP_DOWN = auto()
    POPUP_CLOSE = auto()
    NEXT_FIELD = auto()
    PREVIOUS_FIELD = auto()
    LEAVE = auto()


class Standing(Struct, frozen=True):
    """How things stand when a key comes.

    `live` is the channel's mode. `popup` while quick replies are looked for, `fields` while the
    text has fields to fill. `pasted` when the key came in one go with others, as pasted text does
    on terminals that do not mark it.
    """

    live: bool = True
    popup: bool = False
    fields: bool = False
    pasted: bool = False


def meaning(key: str, standing: Standing) -> Do:
    """What `key` does now. A pasted Enter is always a new line."""
    if standing.popup and not standing.pasted:
        popup = _POPUP.get(key)
        if popup is not None:
            return popup
    if key == "enter":
        return Do.SEND if standing.live and not standing.pasted else Do.NEWLINE
    if standing.fields and not standing.pasted and key in _FIELDS:
        return _FIELDS[key]
    return Do.LEAVE if key == "escape" else Do.PASS


_POPUP = {
    "enter": Do.CHOOSE,
    "tab": Do.CHOOSE,
    "up": Do.POPUP_UP,
    "down": Do.POPUP_DOWN,
    "escape": Do.POPUP_CLOSE,
}
_FIELDS = {"tab": Do.NEXT_FIELD, "shift+tab": Do.PREVIOUS_FIELD}


BURST_KEYS = 4
BURST_SECONDS = 0.015


def in_one_go(times: Sequence[float]) -> bool:
    """Whether the last key came in one go with the ones before it (seconds, oldest first).

    Nobody types four keys within fifteen milliseconds.
    """
    return len(times) >= BURST_KEYS and times[-1] - times[-BURST_KEYS] < BURST_SECONDS


class SlashWord(Struct, frozen=True):
    """What is looked for while one types: the column of its slash or at sign, what follows it."""

    column: int
    query: str


_SLASH = re.compile(r"(?:^|\s)(/(?!\s)[^/]{0,40})$")


def slash_word(before_cursor: str) -> SlashWord | None:
    """The quick reply that the text of a line up to the cursor asks for.

    A slash asks for one at the start of a word only: `and/or`, dates and web addresses do not.
    """
    found = _SLASH.search(before_cursor)
    if found is None:
        return None
    return SlashWord(found.start(1), found.group(1)[1:])


_AT = re.compile(r"(?<![\w.@])@(?!\s)([^@\n]{0,40})$")


def at_word(before_cursor: str) -> SlashWord | None:
    """The colleague that the text of a line up to the cursor begins to mention.

    An at sign within a word mentions nobody: addresses of mail are left alone.
    """
    found = _AT.search(before_cursor)
    return None if found is None else SlashWord(found.start(), found.group(1))


def open_fields(text: str, labels: Iterable[str]) -> list[tuple[int, int]]:
    """Where fields that are still to be filled stand in `text`, in order.

    `labels` are the fields that quick replies have brought, as they stand in the text. What an
    agent writes in brackets is no field.
    """
    spans = [found.span() for label in set(labels) for found in re.finditer(re.escape(label), text)]
    return sorted(spans)


def next_field(spans: Sequence[tuple[int, int]], at: int, step: int) -> tuple[int, int] | None:
    """The field that begins at or after `at` (step -1: ends at or before it), round the end."""
    if not spans:
        return None
    if step > 0:
        return next((span for span in spans if span[0] >= at), spans[0])
    return next((span for span in reversed(spans) if span[1] <= at), spans[-1])


def with_spaces(before: str, inserted: str, after: str) -> str:
    """`inserted` with the spaces that keep it apart from the words on both sides."""
    start = " " if before and not before[-1].isspace() else ""
    end = " " if after and not after[0].isspace() and after[0] not in ".,;:!?)" else ""
    return f"{start}{inserted}{end}"


def first_words(text: str, most: int = 60) -> str:
    """The first sentence of `text` as a title: one line, cut at a word."""
    line = " ".join(text.split())
    sentence = re.split(r"(?<=[.!?])\s", line, maxsplit=1)[0].rstrip(".!?")
    if len(sentence) <= most:
        title = sentence
    else:
        title = sentence[:most].rsplit(" ", 1)[0].rstrip(",;:") + "…"
    return title[:1].upper() + title[1:]


_LINK = re.compile(r"https?://[^\s<>\"'`]+", re.IGNORECASE)


def links_in(text: str) -> list[str]:
    """The web addresses in a text, without the punctuation that ends a sentence."""
    found = []
    for link in _LINK.findall(text):
        link = link.rstrip(".,;:!?")
        while link.endswith((")", "]")) and link.count("(") < link.count(")") + link.count("]"):
            link = link[:-1]
        found.append(link)
    return found
