"""Labelled values and section titles, as the panels beside a conversation show them."""

from collections.abc import Sequence

from rich.cells import cell_len
from textual.content import Content

from omnitui.console import text
from omnitui.console.glyphs import Glyphs

_WIDEST_LABEL = 14


def field(label: str, value: str, width: int, glyphs: Glyphs, *, label_width: int = 10) -> Content:
    """One line: the label dim, the value plain and cut to what is left of `width`."""
    label_width = min(label_width, max(0, width - 2))
    shown = text.fit(text.inline(value), width - label_width - 1, glyphs)
    return Content.assemble((text.left(label, label_width, glyphs), "$text-dim"), " ", shown)


def fields(pairs: Sequence[tuple[str, str]], width: int, glyphs: Glyphs) -> list[Content]:
    """One line per pair that has a value, the values under one another."""
    shown = [(label, value) for label, value in pairs if value]
    label_width = min(_WIDEST_LABEL, max((cell_len(label) for label, _ in shown), default=0))
    return [field(label, value, width, glyphs, label_width=label_width) for label, value in shown]


def section(
    title: str, width: int, glyphs: Glyphs, *, expanded: bool = True, count: int | None = None
) -> Content:
    """The title line of a section that folds: an arrow, the title, how many things it holds."""
    arrow = glyphs.expanded if expanded else glyphs.collapsed
    start = Content.assemble((arrow, "$text-dim"), " ", (title, "bold $text-plain"))
    end = Content("" if count is None else str(count)).stylize("$text-dim")
    return text.between(start, end, width, glyphs)


def rule(width: int, glyphs: Glyphs, label: str = "") -> Content:
    """A rule over `width` cells with an optional label in its middle."""
    if not label:
        return Content.assemble((glyphs.rule * max(0, width), "$rule"))
    shown = f" {text.fit(text.inline(label), width - 4, glyphs)} "
    before = max(0, width - cell_len(shown)) // 2
    after = max(0, width - cell_len(shown) - before)
    return Content.assemble(
        (glyphs.rule * before, "$rule"), (shown, "$text-dim"), (glyphs.rule * after, "$rule")
    )
