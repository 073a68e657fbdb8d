"""What comes in from outside: when it was said, and what came with it besides words."""

from collections.abc import Mapping, Sequence
from typing import Any

EARLIEST = 631_152_000_000
"""1990-01-01 (epoch ms): clocks that say less have never been set."""

_MOST_NAMED = 5
_LONGEST_NAME = 120
_NAMES = ("name", "filename", "file_name", "fileName", "title", "url")
_KINDS = ("type", "kind", "mime", "mime_type", "content_type", "contentType", "media_type")
_WORDS = {
    "application/pdf": "a PDF",
    "audio": "a sound recording",
    "contact": "a contact",
    "document": "a document",
    "gif": "a picture",
    "image": "a picture",
    "location": "a location",
    "photo": "a picture",
    "picture": "a picture",
    "sticker": "a sticker",
    "text": "a text file",
    "video": "a video",
    "voice": "a voice message",
}


def said_at(at: int | None, now: int) -> int:
    """When something was said (epoch ms): what the sender's clock says, where that can be.

    It is never later than `now`; a clock that was never set is not believed.
    """
    return now if at is None or at > now or at < EARLIEST else at


def attached(context: Mapping[str, Any]) -> str:
    """What came with a message, in words, such as `photo.jpg and 2 more`; empty if nothing did.

    Attachments are names, or objects with a name or a type (`image/png`, `voice`).
    """
    given = context.get("attachments") or context.get("attachment") or ()
    if isinstance(given, str | Mapping):
        given = (given,)
    if not isinstance(given, Sequence):
        return ""
    named = [words for one in given if (words := _named(one))]
    if len(named) > _MOST_NAMED:
        named = [*named[:_MOST_NAMED], f"{len(named) - _MOST_NAMED} more"]
    return " and ".join(filter(None, (", ".join(named[:-1]), *named[-1:])))


def _named(one: Any) -> str:
    if isinstance(one, str):
        return _short(one)
    if not isinstance(one, Mapping):
        return ""
    for name in _NAMES:
        if isinstance(one.get(name), str) and one[name].strip():
            return _short(one[name])
    for name in _KINDS:
        if isinstance(one.get(name), str) and one[name].strip():
            kind = one[name].strip().casefold()
            return _WORDS.get(kind) or _WORDS.get(kind.partition("/")[0]) or f"a file ({kind})"
    return "a file" if one else ""


def _short(name: str) -> str:
    line = " ".join(name.split())
    return line if len(line) <= _LONGEST_NAME else f"{line[: _LONGEST_NAME - 1]}…"
