"""Attached files: clean names, types, and which are refused."""

import re
from collections.abc import Collection, Sequence

from msgspec import Struct

from omnitui.model.channel import Channel
from omnitui.model.envelope import File
from omnitui.model.errors import Refusal
from omnitui.safetext import clean_line

LONGEST_NAME = 120
_MOST_READ = 1_000
MEGABYTE = 1_000_000
_FORBIDDEN = re.compile(r'[<>:"|?*\\/\x00-\x1f\x7f]')
_RESERVED = frozenset(
    ["con", "prn", "aux", "nul", *(f"{word}{n}" for word in ("com", "lpt") for n in range(1, 10))]
)
"""Names that Windows takes for devices."""
_TYPES = {
    "7z": "application/x-7z-compressed",
    "csv": "text/csv",
    "doc": "application/msword",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "eml": "message/rfc822",
    "gif": "image/gif",
    "gz": "application/gzip",
    "heic": "image/heic",
    "html": "text/html",
    "ics": "text/calendar",
    "jpeg": "image/jpeg",
    "jpg": "image/jpeg",
    "json": "application/json",
    "log": "text/plain",
    "md": "text/markdown",
    "mov": "video/quicktime",
    "mp3": "audio/mpeg",
    "mp4": "video/mp4",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "odt": "application/vnd.oasis.opendocument.text",
    "ogg": "audio/ogg",
    "pdf": "application/pdf",
    "png": "image/png",
    "ppt": "application/vnd.ms-powerpoint",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "rtf": "application/rtf",
    "svg": "image/svg+xml",
    "tar": "application/x-tar",
    "tiff": "image/tiff",
    "txt": "text/plain",
    "wav": "audio/wav",
    "webp": "image/webp",
    "xls": "application/vnd.ms-excel",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "xml": "application/xml",
    "yaml": "application/yaml",
    "zip": "application/zip",
}
UNKNOWN = "application/octet-stream"


class FileRules(Struct, frozen=True):
    """What may be attached: the most MB of a file and of a message, how many files, and the
    endings that are blocked."""

    megabytes: int
    megabytes_together: int
    most: int
    blocked: Collection[str]


def clean_name(given: str) -> str:
    """A file's name without folders and what could trick a reader or a file system."""
    last = re.split(r"[/\\]", given.rstrip("/\\"))[-1]
    # Cleaned first: what is not seen could hide dots or an ending.
    name = _FORBIDDEN.sub("_", clean_line(last, limit=_MOST_READ).strip()).strip(" .")
    if not name:
        return "file"
    stem, dot, end = name.rpartition(".")
    if (stem or end).casefold().partition(".")[0] in _RESERVED:
        name = f"_{name}"
        stem, dot, end = name.rpartition(".")
    if len(name) <= LONGEST_NAME:
        return name
    if dot and len(end) <= 10:
        return f"{stem[: LONGEST_NAME - len(end) - 1].rstrip()}.{end}"
    return name[:LONGEST_NAME].rstrip()


def ending(name: str) -> str:
    """The ending of a name in small letters, without its dot; empty for none."""
    stem, dot, end = name.rpartition(".")
    return end.casefold() if dot and stem else ""


def type_of(name: str) -> str:
    """The type by a name's ending."""
    return _TYPES.get(ending(name), UNKNOWN)


def size_words(size: int) -> str:
    """A size for people: `812 bytes`, `12 kB`, `3.4 MB`."""
    if size < 1_000:
        return f"{size} byte{'' if size == 1 else 's'}"
    if size < 999_500:
        return f"{max(1, round(size / 1_000))} kB"
    return f"{size / MEGABYTE:.1f} MB"


def kind_words(file: File) -> str:
    """What a file is, in a word or two: `PDF`, `PNG picture`, `CSV`."""
    kind, end = file.type or type_of(file.name), ending(file.name).upper()
    group = {"image": "picture", "audio": "recording", "video": "video"}.get(kind.split("/")[0])
    if group:
        return f"{end} {group}".strip()
    if kind != UNKNOWN and end:
        return end
    return f"{end} file".strip()


def described(file: File) -> str:
    """A file in a line: `offer.pdf (PDF, 12 kB)`; without a size where none is known."""
    parts = [kind_words(file)] + ([size_words(file.size)] if file.size or file.digest else [])
    return f"{file.name} ({', '.join(parts)})"


def not_taken(channel: Channel) -> Refusal | None:
    """Why a channel takes no files; None if it does."""
    if channel.attachments:
        return None
    return Refusal(
        "file.channel",
        f"{channel.label} takes no attachments.",
        "Send a link, or use another channel.",
    )


def blocked_ending(name: str, blocked: Collection[str]) -> str:
    """The ending of a name that is blocked, also where another one follows; empty for none."""
    endings = [part.strip().casefold() for part in name.split(".")[1:]]
    return next((end for end in reversed(endings) if end in blocked), "")


def why_refused(name: str, size: int, there: Sequence[File], rules: FileRules) -> Refusal | None:
    """Why a file of that name and size (bytes) cannot be attached beside others; None if it can."""
    end = blocked_ending(name, rules.blocked)
    if end:
        return Refusal(
            "file.blocked",
            f"{name} ({size_words(size)}) is not attached: files that end in .{end} are blocked.",
            "Administrators decide: `attachments_blocked`.",
        )
    if size == 0:
        return Refusal("file.empty", f"{name} is empty (0 bytes).", "Choose another file.")
    if size > rules.megabytes * MEGABYTE:
        return Refusal(
            "file.large",
            f"{name} has {size_words(size)}; a file may have {rules.megabytes} MB.",
            "Send a link, or a smaller file (`attachment_mb`).",
        )
    if len(there) >= rules.most:
        return Refusal(
            "file.many",
            f"{name} ({size_words(size)}) is one too many: a message may have {rules.most} files.",
            "Remove one, or send it with the next message.",
        )
    together = size + sum(one.size for one in there)
    if together > rules.megabytes_together * MEGABYTE:
        return Refusal(
            "file.together",
            f"With {name} ({size_words(size)}) the files have {size_words(together)}; a message"
            f" may have {rules.megabytes_together} MB.",
            "Send it with the next message (`attachments_mb`).",
        )
    return None
