"""What comes in from outside: when it was said, and what came with it besides words."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from omnitui.letters import caseless
from omnitui.model.channel import Threading
from omnitui.model.conversation import Conversation

CONTACT = ("call_id", "session_id")
"""What a channel calls a contact by, in the context: its words belong together."""

_ANSWERED = re.compile(
    r"\A\s*(?:(?:re|aw|sv|vs|fw|fwd|wg|vb|tr|rv|antw)\s*(?:\[\d+\]\s*)?[:：]\s*)+", re.IGNORECASE
)

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


def subject_of(written: Any) -> str:
    """What a subject is about, without what answering and passing on put before it (`Re: AW:`)."""
    if not isinstance(written, str):
        return ""
    return caseless(" ".join(_ANSWERED.sub("", written, count=1).split()))


def contact_of(context: Mapping[str, Any]) -> str:
    """What the channel calls the contact by that a message is part of; empty if it does not say."""
    return next((str(context[name]) for name in CONTACT if context.get(name)), "")


def same_thread(threading: Threading, one: Conversation, other: Conversation) -> bool:
    """Whether what belongs to one conversation would belong to another from the same address."""
    context = {**one.context, "subject": one.subject}
    return belongs(threading, context, other.subject, other.context)


def belongs(
    threading: Threading, context: Mapping[str, Any], about: str, begun: Mapping[str, Any]
) -> bool:
    """Whether what comes with `context` belongs to a conversation from the same address.

    That one is `about` something (its subject) and was `begun` with a context of its own.
    """
    if threading is Threading.RUNNING:
        return True
    if threading is Threading.SUBJECT:
        named, other = subject_of(context.get("subject")), subject_of(about)
        return not named or not other or named == other
    contact = contact_of(context)
    return bool(contact) and contact == contact_of(begun)
