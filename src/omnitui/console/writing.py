"""How a person likes to write: whether pasted blocks ask, in which language spelling is marked."""

from pathlib import Path
from typing import Any

from msgspec import Struct, field

BLOCK_LINES = 2
BLOCK_CHARACTERS = 500
"""From how much on a pasted text is a block that asks."""


class Writing(Struct):
    """See the module. `spelling` is a language (`en`), empty for none; `word_lists` are files of
    one's own, by language."""

    paste_asks: bool = True
    spelling: str = ""
    word_lists: dict[str, Path] = field(default_factory=dict)


def writing_of(app: Any) -> Writing:
    """How the person at an app likes to write."""
    found = getattr(app, "writing", None)
    return found if isinstance(found, Writing) else Writing()


def is_block(text: str) -> bool:
    """Whether a pasted text is a block: several lines, or a long one."""
    lines = [line for line in text.splitlines() if line.strip()]
    return len(lines) >= BLOCK_LINES or len(text) > BLOCK_CHARACTERS
