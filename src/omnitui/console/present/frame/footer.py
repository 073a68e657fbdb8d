"""The footer: the keys that act now, as many as fit, and always the one that shows all of them."""

from collections.abc import Sequence

from textual.content import Content

from omnitui.console.glyphs import Glyphs
from omnitui.console.present import text

ALL_KEYS = ("?", "Keys")

Span = tuple[int, int, str]
"""Start and end (exclusive) in cells, and the key that stands there."""


def footer_line(
    keys: Sequence[tuple[str, str]],
    width: int,
    glyphs: Glyphs,
    last: tuple[str, str] = ALL_KEYS,
) -> tuple[Content, tuple[Span, ...]]:
    """The line in exactly `width` cells and where each key stands; keys drop out from the right.

    `last` shows all of them and always stays.
    """
    wanted = [pair for pair in keys if pair[0] != last[0]]
    kept = [*wanted, last]
    while len(kept) > 1 and _length(kept) > width:
        del kept[-2]
    parts: list[str | tuple[str, str]] = [" "]
    spans, reached = [], 1
    for key, label in kept:
        parts += [(key, "bold $primary"), (f" {label}", "$text-dim"), "  "]
        end = reached + Content(f"{key} {label}").cell_length
        spans.append((reached, end, key))
        reached = end + 2
    return text.fill(Content.assemble(*parts[:-1]), width, glyphs), tuple(spans)


def _length(keys: Sequence[tuple[str, str]]) -> int:
    return sum(Content(f"{key} {label}").cell_length + 2 for key, label in keys)
