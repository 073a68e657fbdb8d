"""`replies.toml`: quick replies. The same key in two languages is one reply and its translation.

    [[reply]] key, title, language, tags = [...], text

`{customer.first_name}` is filled, `{?minutes}` is asked for; see `rules/slots.py`.
"""

import re
from collections.abc import Iterator
from pathlib import Path

from omnitui.datafiles.decode import Strict, place, read
from omnitui.model.errors import DataError
from omnitui.rules.slots import problems as slot_problems
from omnitui.rules.slots import slots_of

_KEY = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


class WrittenReply(Strict, frozen=True, kw_only=True):
    """One quick reply as it was written."""

    key: str
    title: str
    language: str
    tags: list[str] = []
    text: str


class ReplyFile(Strict, frozen=True, kw_only=True):
    """The whole file."""

    reply: list[WrittenReply]


def read_replies(path: Path) -> list[WrittenReply]:
    """The quick replies in their own order."""
    file, text = read(path, ReplyFile)
    for error in _wrong(file, text, path):
        raise error
    return file.reply


def problems(path: Path) -> Iterator[DataError]:
    """Everything that is wrong in the file."""
    try:
        file, text = read(path, ReplyFile)
    except DataError as error:
        yield error
        return
    yield from _wrong(file, text, path)


def _wrong(file: ReplyFile, text: str, path: Path) -> Iterator[DataError]:
    first: dict[str, WrittenReply] = {}
    seen: set[tuple[str, str]] = set()
    for number, row in enumerate(file.reply):
        original = first.setdefault(row.key, row)
        found = [*_row_problems(row), *_translation_problems(original, row)]
        if (row.key, row.language) in seen:
            found.append(("key", f"{row.key} exists twice in {row.language}"))
        seen.add((row.key, row.language))
        for name, problem in found:
            yield DataError(path, place(text, f"reply[{number}].{name}"), problem)


def _row_problems(row: WrittenReply) -> Iterator[tuple[str, str]]:
    if not _KEY.fullmatch(row.key):
        yield "key", f"{row.key!r} is not a key; use small letters, digits and single dashes"
    if not row.text.strip():
        yield "text", "the text is empty"
    for problem in slot_problems(row.text):
        yield "text", problem


def _translation_problems(original: WrittenReply, row: WrittenReply) -> Iterator[tuple[str, str]]:
    """Text in prompts is kept when the language changes, so all languages need the same prompts."""
    wanted = {slot for slot in slots_of(original.text) if slot.startswith("?")}
    given = {slot for slot in slots_of(row.text) if slot.startswith("?")}
    if wanted != given:
        listed = ", ".join(f"{{{slot}}}" for slot in sorted(wanted)) or "none"
        yield "text", f"its prompts differ from the {original.language} text's ({listed})"
