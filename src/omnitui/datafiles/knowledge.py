"""`knowledge/*.md`: articles in Markdown, under a front matter in TOML between `+++` lines.

    title, keywords = [...], audience (public | internal), updated = date, language,
    summary (the short version), key (what an article and its translations share)

The file's name is the article's slug.
"""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Literal

from msgspec import Struct

from omnitui.datafiles.decode import Strict, parse, place
from omnitui.model.errors import DataError
from omnitui.textfiles import read_text

FENCE = "+++"
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


class FrontMatter(Strict, frozen=True, kw_only=True):
    """The fields of an article, besides its text."""

    title: str
    keywords: list[str] = []
    audience: Literal["public", "internal"]
    updated: date
    language: str
    summary: str = ""
    key: str = ""


class WrittenArticle(Struct, frozen=True):
    """An article as it was written; `body` is Markdown."""

    slug: str
    about: FrontMatter
    body: str


def read_articles(folder: Path) -> list[WrittenArticle]:
    """Every article of a folder by slug; none if the folder does not exist."""
    return [read_article(path) for path in sorted(folder.glob("*.md"))]


def read_article(path: Path) -> WrittenArticle:
    """One article."""
    article, front = _article(path)
    for error in _wrong(article, front, path):
        raise error
    return article


def problems(path: Path) -> Iterator[DataError]:
    """Everything that is wrong in one article's file."""
    try:
        article, front = _article(path)
    except DataError as error:
        yield error
        return
    yield from _wrong(article, front, path)


def _wrong(article: WrittenArticle, front: str, path: Path) -> Iterator[DataError]:
    if not SLUG.fullmatch(article.slug):
        yield DataError(path, "", "its name must have only small letters, digits and single dashes")
    if not article.about.title.strip():
        yield DataError(path, place(front, "title", 2), "an article needs a title")
    for keyword in article.about.keywords:
        if "," in keyword or not keyword.strip():
            where = place(front, "keywords", 2)
            yield DataError(path, where, f"{keyword!r} is not a keyword; leave commas out")
    if article.about.key and not SLUG.fullmatch(article.about.key):
        where = place(front, "key", 2)
        yield DataError(path, where, "its key must have only small letters, digits, single dashes")
    if not article.body:
        yield DataError(path, "", "there is no text below the front matter")


def _article(path: Path) -> tuple[WrittenArticle, str]:
    lines = read_text(path).splitlines()
    if not lines or lines[0].rstrip() != FENCE:
        raise DataError(path, "line 1", f"an article must start with a line {FENCE}")
    end = next((n for n, line in enumerate(lines[1:], 1) if line.rstrip() == FENCE), None)
    if end is None:
        raise DataError(path, "line 1", f"the front matter does not end with a line {FENCE}")
    front = "\n".join(lines[1:end])
    about = parse(front, path, FrontMatter, first_line=2)
    return WrittenArticle(path.stem, about, "\n".join(lines[end + 1 :]).strip()), front
