"""Messages from outside: when they were written, and their attachments."""

import base64
import binascii
import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any

from omnitui.letters import caseless
from omnitui.model.channel import Threading
from omnitui.model.conversation import Conversation

CONTACT = ("call_id", "session_id")
"""How a channel names a contact, in the context: its words belong together."""

_ANSWERED = re.compile(
    r"\A\s*(?:(?:re|aw|sv|vs|fw|fwd|wg|vb|tr|rv|antw)\s*(?:\[\d+\]\s*)?[:：]\s*)+", re.IGNORECASE
)

EARLIEST = 631_152_000_000
"""1990-01-01 (epoch ms): an earlier time comes from a clock that was never set."""

_MOST_NAMED = 5
_LONGEST_NAME = 120
_NAMES = ("name", "filename", "file_name", "fileName", "title", "url")
_CONTENTS = ("content", "data")
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
    """When a message was written (epoch ms): by the sender's clock if that is plausible.

    It is never later than `now`; a clock that was never set is ignored.
    """
    return now if at is None or at > now or at < EARLIEST else at


def attached(context: Mapping[str, Any]) -> str:
    """The attachments of a message in words, such as `photo.jpg and 2 more`; empty for none.

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


def enclosed(context: Mapping[str, Any]) -> list[tuple[str, str, int, bytes | None]]:
    """The attachments that bring more than a name: name, type, size (bytes), and the content.

    `content` (or `data`) is base64; without it, or where it is none, only the size is known.
    """
    given = context.get("attachments") or context.get("attachment") or ()
    if isinstance(given, Mapping):
        given = (given,)
    if isinstance(given, str) or not isinstance(given, Sequence):
        return []
    found = []
    for one in given:
        if not isinstance(one, Mapping):
            continue
        content, size = _content(one), one.get("size")
        known = size if isinstance(size, int) and not isinstance(size, bool) and size > 0 else 0
        if content is not None or known:
            name = next((one[n] for n in _NAMES if isinstance(one.get(n), str)), "file")
            kind = next((one[k] for k in _KINDS if isinstance(one.get(k), str)), "")
            found.append((name, kind if "/" in kind else "", known, content))
    return found


def _content(one: Mapping[str, Any]) -> bytes | None:
    text = next((one[name] for name in _CONTENTS if isinstance(one.get(name), str)), None)
    if text is None:
        return None
    with suppress(binascii.Error, ValueError):
        return base64.b64decode("".join(text.split()), validate=True)
    return None


def without_contents(context: Mapping[str, Any]) -> dict[str, Any]:
    """The context without the content of attachments, which is kept elsewhere."""
    found = dict(context)
    for name in ("attachments", "attachment"):
        given = found.get(name)
        if isinstance(given, Mapping):
            found[name] = _bare(given)
        elif isinstance(given, Sequence) and not isinstance(given, str):
            found[name] = [_bare(one) if isinstance(one, Mapping) else one for one in given]
    return found


def _bare(one: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in one.items() if name not in _CONTENTS}


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
    """A subject without the prefixes of replies and forwards (`Re: AW:`)."""
    return caseless(bare_subject(written)) if isinstance(written, str) else ""


def bare_subject(written: str) -> str:
    """A subject as it was written, in one line and without those prefixes."""
    return " ".join(_ANSWERED.sub("", written, count=1).split())


def contact_of(context: Mapping[str, Any]) -> str:
    """The channel's id of the contact that a message is part of; empty if it gives none."""
    return next((str(context[name]) for name in CONTACT if context.get(name)), "")


def same_thread(threading: Threading, one: Conversation, other: Conversation) -> bool:
    """Whether two conversations from the same address would be one."""
    context = {**one.context, "subject": one.subject}
    return belongs(threading, context, other.subject, other.context)


def belongs(
    threading: Threading, context: Mapping[str, Any], about: str, begun: Mapping[str, Any]
) -> bool:
    """Whether a message with `context` belongs to a conversation from the same address.

    That one is `about` a subject and was `begun` with its own context.
    """
    if threading is Threading.RUNNING:
        return True
    if threading is Threading.SUBJECT:
        named, other = subject_of(context.get("subject")), subject_of(about)
        return not named or not other or named == other
    contact = contact_of(context)
    return bool(contact) and contact == contact_of(begun)
