"""Articles as a virtual agent sends them: public ones only, in plain words, fitted to channels."""

import re
from collections.abc import Callable, Iterator

from omnitui.desk.call import Call
from omnitui.desk.knowledge import why_not_given
from omnitui.model.knowledge import Article
from omnitui.store import knowledge

_LONGEST = 700
_HEADING = re.compile(r"^#+\s*", re.MULTILINE)
_WRAPPED = re.compile(r"(?<=\S)\n[ \t]*(?![-*+|>\s]|\d+[.)]\s)")
"""The end of a line within a paragraph."""
_MARKS = re.compile(r"(\*\*|__|`)")
_EMPHASIS = re.compile(r"(?<![\w*])\*(?=\S)([^*\n]+)\*(?![\w*])")
_LINK = re.compile(r"\[([^\]]+)\]\(([^)]+)\)")


def text(call: Call, slug: str) -> str | None:
    """The beginning of an article with its title; None unless customers may read it."""
    found = _given(call, slug)
    return None if found is None else f"{found.title}\n\n{plain(beginning(found.body))}"


def is_public(call: Call, slug: str) -> bool:
    """Whether there is such an article, and customers may read it."""
    return _given(call, slug) is not None


def _given(call: Call, slug: str) -> Article | None:
    """The article of that slug, if customers may get it."""
    key = knowledge.article_by_slug(call.store, slug)
    found = None if key is None else knowledge.article(call.store, key)
    return None if found is None or why_not_given(call, found) is not None else found


def plain(markdown: str) -> str:
    """Markdown as words: without the signs that only a page draws."""
    words = _EMPHASIS.sub(r"\1", _LINK.sub(r"\1 (\2)", markdown))
    return _MARKS.sub("", _WRAPPED.sub(" ", _HEADING.sub("", words))).strip()


def beginning(markdown: str, longest: int = _LONGEST) -> str:
    """As many whole paragraphs as fit, one at least, and no heading without what is below it."""
    kept: list[str] = []
    for paragraph in re.split(r"\n\s*\n", markdown.strip()):
        if kept and sum(map(len, kept)) + len(paragraph) > longest:
            break
        kept.append(paragraph.strip())
    while len(kept) > 1 and kept[-1].startswith("#"):
        kept.pop()
    return "\n\n".join(kept)


def parts(text: str, fits: Callable[[str], bool]) -> Iterator[str]:
    """A text in parts that fit: cut between paragraphs, lines or words, in this order."""
    rest = text.strip()
    while rest and not fits(rest):
        size = len(rest)
        while size > 1 and not fits(rest[:size]):
            size = size * 3 // 4
        cut = next(
            (at for sign in ("\n\n", "\n", " ") if (at := rest.rfind(sign, 1, size)) > 0), size
        )
        yield rest[:cut].strip()
        rest = rest[cut:].strip()
    if rest:
        yield rest
