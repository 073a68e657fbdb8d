"""Text made fit for cells: cleaned, cut and padded by what it measures on screen."""

import re

from rich.cells import cell_len, chop_cells, set_cell_size
from textual.content import Content

from omnitui.console.glyphs import Glyphs

_BIDI = (0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200B, 0x2060)
_UNWANTED: dict[int, str | None] = {
    **dict.fromkeys((*range(0x20), *range(0x7F, 0xA0), *_BIDI, 0xFEFF)),
    **dict.fromkeys((0x2028, 0x2029, 0x85), "\n"),
    0x0A: "\n",
    0x09: "    ",
}
_LONGEST_LINE = 600

Span = tuple[int, int, str]
"""Start and end (exclusive) in cells of what can be clicked on a line, and its name."""
_SPACES = re.compile(r"\s+")
# Joiners and variation selectors that would change the width of something not their own.
_LOOSE = re.compile(
    "\u200d+(?=[\u0000-\u00a8\\s\u200d]|$)|(?:^|(?<=\\s))[\u200d\ufe0f]+", re.MULTILINE
)
_WORDS = re.compile(r"\S+")


def block(text: str) -> str:
    """Foreign text over several lines: newlines stay, tabs become four spaces.

    What a terminal would act on is dropped. Text is cleaned when it is taken in; this second layer
    is for whatever came another way, because Textual passes escape sequences on.
    """
    shown = text.translate(_UNWANTED)
    return _LOOSE.sub("", shown) if "\u200d" in shown or "\ufe0f" in shown else shown


def inline(text: str) -> str:
    """Foreign text on one line: runs of white space become one space; very long text is cut."""
    return _SPACES.sub(" ", block(text[:_LONGEST_LINE])).strip()


_TIMES = re.compile(r" \((\d+) times\)$")


def once(said: str) -> str:
    """A sentence without how often it was said."""
    return _TIMES.sub("", said)


def again(said: str) -> str:
    """A sentence that is said once more: `Copied. (2 times)`."""
    found = _TIMES.search(said)
    return f"{once(said)} ({1 + int(found.group(1)) if found else 2} times)"


def most_lines(said: str, width: int, most: int, glyphs: Glyphs) -> str:
    """A sentence on at most so many lines of `width` cells; what is cut ends in an ellipsis."""
    spans = list(wrap(said, max(8, width)))
    lines = [said[start:end].rstrip() for start, end in spans[:most]]
    if len(spans) > most:
        rest = said[spans[most - 1][0] :].replace("\n", " ")
        lines[-1] = fit(rest, max(8, width), glyphs)
    return "\n".join(lines)


def fit(text: str, width: int, glyphs: Glyphs) -> str:
    """`text`, cut to at most `width` cells with an ellipsis; no glyph is ever cut in half."""
    if width <= 0:
        return ""
    if cell_len(text) <= width:
        return text
    return set_cell_size(text, width - 1).rstrip() + glyphs.ellipsis


def left(text: str, width: int, glyphs: Glyphs) -> str:
    """`text` in exactly `width` cells, flush left."""
    return set_cell_size(fit(text, width, glyphs), max(0, width))


def right(text: str, width: int, glyphs: Glyphs) -> str:
    """`text` in exactly `width` cells, flush right."""
    shown = fit(text, width, glyphs)
    return " " * (width - cell_len(shown)) + shown


def fill(content: Content, width: int, glyphs: Glyphs) -> Content:
    """`content` in exactly `width` cells: padded with spaces, or cut with an ellipsis."""
    shown = cut(content, width, glyphs)
    return shown.pad_right(max(0, width - shown.cell_length))


def cut(content: Content, width: int, glyphs: Glyphs) -> Content:
    """`content` in at most `width` cells; what is cut ends in an ellipsis, styles are kept."""
    if width <= 0:
        return Content("")
    if content.cell_length <= width:
        return content
    kept = set_cell_size(content.plain, width - 1)
    shown = content[: len(kept.rstrip())]
    # A wide glyph that does not fit is replaced by a space, which is then not part of the content.
    if not content.plain.startswith(kept):
        shown = content[: len(kept) - 1]
    return Content.assemble(shown, (glyphs.ellipsis, "$text-dim"))


def between(start: Content, end: Content, width: int, glyphs: Glyphs) -> Content:
    """`start` flush left and `end` flush right in `width` cells; `start` gives way."""
    room = width - end.cell_length
    if room < 2:
        return fill(start, width, glyphs)
    return Content.assemble(fill(start, room - 1, glyphs), " ", end)


def wrap(text: str, width: int) -> list[tuple[int, int]]:
    """Where the lines of `text` begin and end when it is wrapped at words to `width` cells.

    The white space at a break belongs to neither line. Words wider than a line are broken between
    glyphs. Every newline ends a line, so there is always at least one line. `width` is at least 2.
    """
    lines: list[tuple[int, int]] = []
    start = 0
    for paragraph in text.split("\n"):
        end = start + len(paragraph)
        if cell_len(paragraph) <= width:
            lines.append((start, end))
        else:
            lines.extend(_wrap_paragraph(text, start, end, width))
        start = end + 1
    return lines


def _wrap_paragraph(text: str, start: int, end: int, width: int) -> list[tuple[int, int]]:
    lines: list[tuple[int, int]] = []
    line_start = line_end = start
    used = 0
    for match in _WORDS.finditer(text, start, end):
        gap = cell_len(text[line_end : match.start()])
        cells = cell_len(match.group())
        if used + gap + cells <= width:
            used, line_end = used + gap + cells, match.end()
            continue
        if line_end > line_start:
            lines.append((line_start, line_end))
        line_start, line_end, used = match.start(), match.end(), cells
        if cells > width:
            *broken, last = chop_cells(match.group(), width)
            for piece in broken:
                lines.append((line_start, line_start + len(piece)))
                line_start += len(piece)
            used = cell_len(last)
    lines.append((line_start, line_end))
    return lines
