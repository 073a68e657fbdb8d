"""What the assist pane lists: articles with why they are there, replies with what they say."""

import re
from collections.abc import Sequence

from textual.content import Content

from omnitui.console import text
from omnitui.console.glyphs import Glyphs
from omnitui.console.keys import key_for
from omnitui.console.present.records.article import body_and_headings
from omnitui.model.knowledge import Article, QuickReply, Scope
from omnitui.model.search import MARK_OFF, MARK_ON
from omnitui.rules.markdown import Heading
from omnitui.rules.replies import same_language

_MARKED = "bold $text-plain"
_NOTHING = {
    "knowledge": "No article found. Try fewer or other words.",
    "replies": "No quick reply found. Try fewer or other words.",
}


def snippet(
    marked: str, width: int, most: int, glyphs: Glyphs, *, markdown: bool = False
) -> list[Content]:
    """A passage with the words that matched brought out, in at most `most` lines.

    In one that was cut from `markdown` what the author brought out is brought out more quietly.
    """
    plain, spans, strong = _brought_out(marked, markdown)
    content = Content(plain).stylize("$text-dim")
    for start, end in strong:
        content = content.stylize("$text-plain", start, end)
    for start, end in spans:
        content = content.stylize(_MARKED, start, end)
    lines = [content[start:end] for start, end in text.wrap(plain, max(2, width))]
    if len(lines) > most:
        lines[most - 1] = Content.assemble(lines[most - 1], (glyphs.ellipsis, "$text-dim"))
    return [text.cut(line, width, glyphs) for line in lines[:most]]


def unmarked(marked: str) -> tuple[str, list[tuple[int, int]]]:
    """The text between the marks of a search, on one line, and where the matches stand in it."""
    plain, spans, _strong = _brought_out(marked, markdown=False)
    return plain, spans


_MARKS = re.compile(f"([{MARK_ON}{MARK_OFF}])")
_MARKS_OF_MARKDOWN = re.compile(rf"([{MARK_ON}{MARK_OFF}]|\*\*+|\*(?=[^\s*])|(?<=[^\s*])\*|`+)")
"""Emphasis and code as well; a single star between spaces is a star."""
_LINE_MARKS = re.compile(r"^[ \t]*(?:#{1,6}|[*+>-])[ \t]+", re.MULTILINE)

Spans = list[tuple[int, int]]


def _brought_out(marked: str, markdown: bool) -> tuple[str, Spans, Spans]:
    """The text on one line without marks, where the matches stand, and what is emphasised."""
    plain, spans, strong = "", [], []
    match, emphasis = -1, -1
    marks = _MARKS_OF_MARKDOWN if markdown else _MARKS
    marked = _LINE_MARKS.sub("", marked) if markdown else marked
    for number, piece in enumerate(marks.split(" ".join(marked.split()))):
        if number % 2 == 0:
            plain += text.block(piece)
        elif piece == MARK_ON:
            match = len(plain)
        elif piece == MARK_OFF:
            spans += [(match, len(plain))] if match >= 0 else []
            match = -1
        elif piece.startswith("*"):
            strong += [(emphasis, len(plain))] if emphasis >= 0 else []
            emphasis = -1 if emphasis >= 0 else len(plain)
    return plain, spans, strong


def article_item(
    article: Article,
    width: int,
    glyphs: Glyphs,
    *,
    passage: str = "",
    because: Sequence[str] = (),
) -> list[Content]:
    """An article in a list: its title, and the passage that matched or the reason it is there."""
    end = Content.assemble(("internal ", "$note")) if not article.public else Content(" ")
    plain = text.inline(article.title)
    (first, reached), *rest = text.wrap(plain, max(8, width - 6 - end.cell_length))
    title = Content.assemble(
        "  ", (f"{glyphs.item} ", "$primary"), (plain[first:reached], "bold $text-plain")
    )
    lines = [text.between(title, end, width, glyphs)]
    if rest:
        more = text.fit(plain[rest[0][0] :], width - 5, glyphs)
        lines.append(Content.assemble("    ", (more, "bold $text-plain")))
    if because:
        words = ", ".join(text.inline(word) for word in because)
        lines += _indented(
            Content.assemble(("because: ", "$text-dim"), (words, "$info")), width, glyphs
        )
    if passage:
        said = snippet(passage, width - 5, 2, glyphs, markdown=True)
        lines += [Content.assemble("    ", line) for line in said]
    return lines


def _indented(content: Content, width: int, glyphs: Glyphs) -> list[Content]:
    return [Content.assemble("    ", text.cut(content, width - 5, glyphs))]


def reply_item(
    reply: QuickReply, width: int, glyphs: Glyphs, *, language: str = ""
) -> list[Content]:
    """A quick reply in a list: its key and title, and how it begins."""
    strange = language and not same_language(reply.language, language)
    other = f"{reply.language} " if strange else " "
    title = Content.assemble(
        "  ",
        (f"/{text.inline(reply.key)}", "bold $primary"),
        "  ",
        (text.inline(reply.title), "bold $text-plain"),
    )
    lines = [text.between(title, Content.assemble((other, "$info")), width, glyphs)]
    lines += [Content.assemble("    ", line) for line in snippet(reply.text, width - 5, 2, glyphs)]
    return lines


def nothing_listed(tab: str, width: int) -> list[Content]:
    """What stands in a tab of the pane that has nothing; empty while it is not known."""
    said = _NOTHING.get(tab, "").format(knowledge=key_for("session.knowledge"))
    return [
        Content.assemble("  ", (said[start:end], "$text-dim"))
        for start, end in text.wrap(said, max(8, width - 4))
    ]


def article_head(
    article: Article, width: int, glyphs: Glyphs, others: Sequence[Article] = ()
) -> list[Content]:
    """What stands over an article that is read: its title, who may see it, how it fared."""
    plain = text.inline(article.title)
    lines = [
        Content.assemble(" ", (plain[start:end], "bold $text-plain"))
        for start, end in text.wrap(plain, max(4, width - 2))
    ]
    who = ("public", "$positive") if article.public else ("internal: not for customers", "$note")
    dot = (f" {glyphs.separator} ", "$text-dim")
    since = (f"updated {text.inline(article.updated)}", "$text-dim") if article.updated else ""
    lines.append(Content.assemble(" ", who, dot if since else "", since))
    fared = _fared(article)
    if others:
        fared = [*fared, f"also in {', '.join(text.inline(one.language) for one in others)}"]
    if fared:
        lines.append(Content.assemble(" ", (f" {glyphs.separator} ".join(fared), "$text-dim")))
    return [*(text.cut(line, width - 1, glyphs) for line in lines), Content("")]


def _fared(article: Article) -> list[str]:
    rated = article.helpful + article.unhelpful
    facts = [f"used {article.uses} times" if article.uses > 1 else "used once"]
    return (facts if article.uses else []) + (
        [f"helped {article.helpful} of {rated}"] if rated else []
    )


def article_page(
    article: Article, width: int, glyphs: Glyphs, others: Sequence[Article] = ()
) -> tuple[list[Content], list[int]]:
    """An article as it is read, and in which lines its headings begin.

    `others` are the same in other languages.
    """
    head = article_head(article, width, glyphs, others)
    body, headings = body_and_headings(article.body, width, glyphs)
    return [*head, *body], [len(head) + place for place in headings]


def outline_rows(headings: Sequence[Heading], width: int, glyphs: Glyphs) -> list[Content]:
    """The headings of an article, a line each, those below others indented."""
    highest = min((heading.level for heading in headings), default=1)
    return [
        text.cut(
            Content.assemble(
                "  " * (1 + heading.level - highest), (text.inline(heading.text), "$text-plain")
            ),
            width - 1,
            glyphs,
        )
        for heading in headings
    ]


FIELD_STYLE = "bold $warning"


def reply_row(reply: QuickReply, width: int, glyphs: Glyphs, *, language: str = "") -> Content:
    """One line: its key, its title, and at the right its tags and a language that is not theirs."""
    tags = " ".join(f"#{text.inline(tag)}" for tag in reply.tags)
    own = {Scope.PERSONAL: "own ", Scope.TEAM: "team "}.get(reply.scope, "")
    strange = language and not same_language(reply.language, language)
    other = f" {text.inline(reply.language)}" if strange else ""
    end = Content.assemble((f"{own}{tags}", "$text-dim"), (other, "$info"), " ")
    key = text.fit(text.inline(reply.key), 24, glyphs)
    start = Content.assemble(
        "  ", (f"/{key}", "bold $primary"), "  ", (text.inline(reply.title), "$text-plain")
    )
    if end.cell_length > width // 2:
        end = Content.assemble((other, "$info"), " ")
    return text.between(start, end, width, glyphs)


def reply_preview(
    filled: str, prompts: Sequence[tuple[int, int]], width: int, most: int, glyphs: Glyphs
) -> list[Content]:
    """What it would say, its fields marked, in at most `most` lines."""
    plain = text.block(filled)
    content = Content(plain).stylize("$text-plain")
    if plain == filled:
        for start, end in prompts:
            content = content.stylize(FIELD_STYLE, start, end)
    lines = [content[start:end] for start, end in text.wrap(plain, max(2, width - 3))]
    if len(lines) > most:
        last = Content.assemble(lines[most - 1], (f" {glyphs.ellipsis}", "$text-dim"))
        lines = [*lines[: most - 1], last]
    return [Content.assemble("  ", text.cut(line, width - 2, glyphs)) for line in lines]
