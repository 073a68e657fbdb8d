"""Knowledge articles as lines: Markdown drawn in the console's own hand, and as plain words.

Headings, paragraphs, lists, quotes, code and tables; whatever else an article holds is shown as
the text it is. Nothing in an article can act on the terminal or become markup.
"""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct, field
from textual.content import Content

from omnitui.console import text
from omnitui.console.glyphs import Glyphs
from omnitui.console.present.transcript import FOUND_STYLE, HIT_STYLE
from omnitui.letters import places
from omnitui.model.knowledge import Article
from omnitui.rules.markdown import parser, plain

_STYLES = {
    "strong_open": "bold",
    "em_open": "italic",
    "s_open": "strike",
    "link_open": "underline $primary",
}

if TYPE_CHECKING:
    from markdown_it.token import Token


class _Frame(Struct):
    """Where in lists and quotes a block stands: what goes before its lines, first and others."""

    first: str = ""
    rest: str = ""
    number: int | None = None
    items: int = 0


class _Page(Struct):
    width: int
    glyphs: Glyphs
    frames: list[_Frame] = field(default_factory=list)
    lines: list[Content] = field(default_factory=list)
    headings: list[int] = field(default_factory=list)

    def put(self, content: Content, style: str = "", *, wrap: bool = True) -> None:
        """Add a block wrapped to the width, indented as its lists and quotes say."""
        first = "".join(frame.first for frame in self.frames)
        rest = "".join(frame.rest for frame in self.frames)
        for frame in self.frames:
            frame.first = frame.rest
        room = max(4, self.width - len(rest) - 1)
        plain = text.block(content.plain)
        shown = content if plain == content.plain else Content(plain)
        spans = text.wrap(plain, room) if wrap else _rows(plain)
        for number, (start, end) in enumerate(spans):
            lead = first if number == 0 else rest
            line = shown[start:end].stylize_before(style) if style else shown[start:end]
            self.lines.append(
                Content.assemble((lead, "$text-dim"), text.cut(line, room, self.glyphs))
            )

    def gap(self) -> None:
        """Add a blank line, never two."""
        if self.lines and self.lines[-1].plain.strip():
            self.lines.append(Content(""))


def _rows(plain: str) -> list[tuple[int, int]]:
    rows, start = [], 0
    for row in plain.split("\n"):
        rows.append((start, start + len(row)))
        start += len(row) + 1
    return rows


def body_lines(body: str, width: int, glyphs: Glyphs) -> list[Content]:
    """An article's body in lines of at most `width` cells, one cell free at the left."""
    return body_and_headings(body, width, glyphs)[0]


def body_and_headings(body: str, width: int, glyphs: Glyphs) -> tuple[list[Content], list[int]]:
    """An article's body in lines, and in which of them each of its headings begins."""
    page = _Page(width, glyphs, [_Frame(" ", " ")])
    tokens = parser().parse(body)
    for place, token in enumerate(tokens):
        _draw(page, token, tokens, place)
    while page.lines and not page.lines[-1].plain.strip():
        page.lines.pop()
    return page.lines, page.headings


def _draw(page: _Page, token: "Token", tokens: "Sequence[Token]", place: int) -> None:
    kind = token.type
    if kind in ("bullet_list_open", "ordered_list_open"):
        start = int(token.attrGet("start") or 1) if kind == "ordered_list_open" else None
        page.frames.append(_Frame(number=start))
    elif kind == "blockquote_open":
        mark = f"{page.glyphs.bar_customer} "
        page.frames.append(_Frame(mark, mark))
    elif kind in ("bullet_list_close", "ordered_list_close", "blockquote_close"):
        page.frames.pop()
        if len(page.frames) == 1:
            page.gap()
    elif kind == "list_item_open":
        _begin_item(page)
    elif kind == "inline":
        _inline(page, token, tokens[place - 1].type if place else "")
    elif kind in ("fence", "code_block", "html_block"):
        page.put(Content(token.content.rstrip("\n")), "$info", wrap=False)
        page.gap()
    elif kind == "hr":
        page.put(Content(page.glyphs.rule * 8), "$rule")
        page.gap()
    elif kind == "thead_close":
        page.gap()


def _begin_item(page: _Page) -> None:
    frame = page.frames[-1]
    bullet = f"{page.glyphs.item} "
    mark = bullet if frame.number is None else f"{frame.number + frame.items}. "
    frame.items += 1
    frame.first, frame.rest = mark, " " * len(mark)


def _inline(page: _Page, token: "Token", before: str) -> None:
    content = Content.assemble(*_pieces(token.children or ()))
    if before == "heading_open":
        page.gap()
        if content.plain.strip():
            page.headings.append(len(page.lines))
        page.put(content, "bold $primary")
    elif before in ("th_open", "td_open"):
        page.put(content, "bold" if before == "th_open" else "")
    else:
        page.put(content, "$text-plain")
        if len(page.frames) == 1:
            page.gap()


def _pieces(children: "Sequence[Token]") -> Iterator[tuple[str, str] | str]:
    styles: list[str] = []
    link = ""
    for child in children:
        if child.type in _STYLES:
            styles.append(_STYLES[child.type])
            link = str(child.attrGet("href") or "") if child.type == "link_open" else link
        elif child.type.endswith("_close") and styles:
            styles.pop()
            if child.type == "link_close" and link.startswith("http"):
                yield f" ({link})", "$text-dim"
        elif child.type == "code_inline":
            yield child.content, "$info"
        elif child.type in ("softbreak", "hardbreak"):
            yield " " if child.type == "softbreak" else "\n"
        elif child.content:
            yield (child.content, " ".join(styles)) if styles else child.content


Spot = tuple[int, int, int]
"""Where something was found: the line, and from where to where in it."""


def spots(lines: Sequence[Content], find: str) -> list[Spot]:
    """Where `find` stands in an article's lines, however its letters are written."""
    return [
        (number, start, end)
        for number, line in enumerate(lines)
        for start, end in places(line.plain, find)
    ]


def lit(lines: Sequence[Content], found: Sequence[Spot], at: int) -> list[Content]:
    """The lines with everything that was found brought out, the one at place `at` most."""
    shown = list(lines)
    for place, (number, start, end) in enumerate(found):
        style = HIT_STYLE if place == at else FOUND_STYLE
        shown[number] = shown[number].stylize(style, start, end)
    return shown


def plain_words(article: Article) -> str:
    """An article's text as it goes into a reply: no marks, lists kept, links written out."""
    return plain(article.body)
