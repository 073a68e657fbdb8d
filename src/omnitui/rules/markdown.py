"""Markdown as plain text, its headings, and how it begins: for whoever cannot show Markdown."""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

SUMMARY = 200
"""The most characters of a summary that is made of a text."""
_SHORT = 40
"""A sentence that ends before is too short to say what a text is about."""


class Heading(Struct, frozen=True):
    """A heading: its level (1 is the highest) and its plain text."""

    level: int
    text: str


@lru_cache(maxsize=1)
def parser() -> "MarkdownIt":
    """The one parser, so that what is sent is what is read."""
    # Imported when an article is first read, not when the console starts.
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])


def plain(body: str) -> str:
    """The text without marks: lists kept, links written out, headings with a colon."""
    said: list[str] = []
    lists: list[int | None] = []
    items: list[int] = []
    lead = before = ""
    for token in parser().parse(body):
        kind = token.type
        if kind in ("bullet_list_open", "ordered_list_open"):
            ordered = kind == "ordered_list_open"
            lists.append(int(token.attrGet("start") or 1) if ordered else None)
            items.append(0)
        elif kind in ("bullet_list_close", "ordered_list_close"):
            lists.pop()
            items.pop()
        elif kind == "list_item_open":
            start = lists[-1]
            lead = "- " if start is None else f"{start + items[-1]}. "
            items[-1] += 1
        elif kind == "inline":
            gap = "\n" if items and items[-1] > 1 else "\n\n"
            words = "".join(_words(token.children or ()))
            colon = ":" if before == "heading_open" and words[-1:].isalnum() else ""
            said.append((gap if said else "") + lead + words + colon)
            lead = ""
        elif kind in ("fence", "code_block"):
            said.append(("\n\n" if said else "") + token.content.rstrip("\n"))
        before = kind
    return "".join(said)


def _words(children: "Sequence[Token]") -> Iterator[str]:
    link = ""
    for child in children:
        if child.type == "link_open":
            link = str(child.attrGet("href") or "")
        elif child.type == "link_close":
            if link.startswith("http"):
                yield f" ({link})"
        elif child.type in ("softbreak", "hardbreak"):
            yield " " if child.type == "softbreak" else "\n"
        elif child.content:
            yield child.content


def outline(body: str) -> list[Heading]:
    """The headings in their order; those without words are left out."""
    found, tokens = [], parser().parse(body)
    for before, token in pairwise(tokens):
        if before.type == "heading_open":
            words = " ".join("".join(_words(token.children or ())).split())
            if words:
                found.append(Heading(int(before.tag[1:]), words))
    return found


def opening(body: str, most: int = SUMMARY) -> str:
    """How a text begins, in whole sentences of its first paragraph, or cut at a word."""
    first = ""
    tokens = parser().parse(body)
    for before, token in pairwise(tokens):
        if before.type == "paragraph_open":
            first = " ".join("".join(_words(token.children or ())).split())
            if first:
                break
    return shortened(first, most)


def shortened(text: str, most: int) -> str:
    """At most `most` characters of a text: whole sentences where there are any, else whole words.

    A word that is longer than all the room is cut.
    """
    if len(text) <= most:
        return text
    ends = [place + 1 for place in range(most) if text[place] in ".!?" and text[place + 1] == " "]
    if ends and ends[-1] >= min(_SHORT, most // 2):
        return text[: ends[-1]]
    if most < 1:
        return ""
    cut = text[: most - 1]
    return f"{cut[: cut.rfind(' ')] if ' ' in cut else cut}…"
