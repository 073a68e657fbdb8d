"""The footer: the keys that act now, as many as fit, and always the one that shows all of them."""

from collections.abc import Sequence
from enum import StrEnum

from textual.content import Content

from omnitui.console import text
from omnitui.console.glyphs import Glyphs

ALL_KEYS = ("?", "Keys")

BACK = "you were writing here: keys are text, Esc gives commands"
"""What somebody reads who has come back to a text they had left."""


class Mode(StrEnum):
    """What a letter does: a command, or a letter of a reply, of a note, of any other field."""

    KEYS = "keys"
    REPLY = "reply"
    NOTE = "note"
    TEXT = "text"

    @property
    def word(self) -> str:
        """As it stands on the screen."""
        return self.value.upper()


_MODE_STYLES = {
    Mode.KEYS: "bold $text-plain on $surface-3",
    Mode.REPLY: "bold $on-accent on $agent",
    Mode.NOTE: "bold $on-accent on $note",
    Mode.TEXT: "bold $on-accent on $info",
}


def mode_word(mode: Mode) -> Content:
    """The word for what keys mean, told apart by colour as well."""
    return Content.assemble((f" {mode.word} ", _MODE_STYLES[mode]))


def footer_line(
    keys: Sequence[tuple[str, str]],
    width: int,
    glyphs: Glyphs,
    last: tuple[str, str] = ALL_KEYS,
    mode: Mode | None = None,
    *,
    back: bool = False,
) -> tuple[Content, tuple[text.Span, ...]]:
    """The line in exactly `width` cells and where each key stands; keys drop out from the right.

    `last` shows all of them and always stays. `mode` is what keys mean, in a word; `back` is for
    somebody who has come back to what they were writing, and says so.
    """
    start = Content(" ") if mode is None else Content.assemble(mode_word(mode), "  ")
    if back:
        said = text.fit(BACK, width - start.cell_length - _length([last]) - 2, glyphs)
        start = Content.assemble(start, (said, "bold $warning"), "  ")
    wanted = [pair for pair in keys if pair[0] != last[0]]
    kept = [*wanted, last]
    while len(kept) > 1 and start.cell_length + _length(kept) - 1 > width:
        del kept[-2]
    parts: list[str | Content | tuple[str, str]] = [start]
    spans, reached = [], start.cell_length
    for key, label in kept:
        parts += [(key, "bold $primary"), (f" {label}", "$text-dim"), "  "]
        end = reached + Content(f"{key} {label}").cell_length
        spans.append((reached, end, key))
        reached = end + 2
    return text.fill(Content.assemble(*parts[:-1]), width, glyphs), tuple(spans)


def _length(keys: Sequence[tuple[str, str]]) -> int:
    return sum(Content(f"{key} {label}").cell_length + 2 for key, label in keys)
