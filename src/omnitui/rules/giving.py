"""What of an article customers may get, and in which form: one rule for every way out.

Internal articles never leave: not as text, not as a link, not by hand, not in a quick reply, not by
the virtual agent. Whatever sends words to customers asks `why_not_public` for an article that it
is given, and `linked` for the articles that a text links to.
"""

import re
from enum import StrEnum
from urllib.parse import unquote, urlsplit

from msgspec import Struct

from omnitui.model.channel import Channel
from omnitui.model.errors import Refusal
from omnitui.model.knowledge import Article
from omnitui.patterns import late
from omnitui.rules.limits import too_long
from omnitui.rules.markdown import opening, plain, shortened

_PATH = late(r"(?::\d{1,5})?/[^\s<>\"'|^`{}]*")
_FEWEST = 20
"""A summary of fewer characters says nothing."""


class Form(StrEnum):
    """How an article is given: its text, a link, or a short version with a link.

    `fit` is the text where it fits the channel, and else the short version.
    """

    FIT = "fit"
    TEXT = "text"
    LINK = "link"
    SHORT = "short"


class Given(Struct, frozen=True):
    """An article as a customer gets it. `cut` says that it is not the whole text."""

    text: str
    form: Form
    cut: bool = False


def why_not_public(article: Article) -> Refusal | None:
    """Why an article may not be given to a customer; None if it may."""
    if article.public:
        return None
    return Refusal(
        "article.internal",
        f"{article.title} is internal and cannot be given to a customer.",
        "Write it in your own words, or add a note.",
    )


def address(article: Article, site: str) -> str:
    """Where customers read an article; empty without a help site."""
    return f"{site.rstrip('/')}/{article.slug}" if site else ""


def link(article: Article, site: str) -> str:
    """An article as it is given to a customer who is to read it themselves."""
    return f"{article.title}: {address(article, site)}" if site else article.title


def linked(text: str, site: str) -> tuple[str, ...]:
    """The words that may be slugs in a text's links to the help site, however they are written.

    With or without `https`, in capitals, with escapes, a port, below a folder, with a query behind;
    a backslash is a slash, as it is to browsers.
    """
    host = (urlsplit(site).netloc or site.partition("/")[0]).casefold()
    if not host:
        return ()
    found: list[str] = []
    said = text.casefold().replace("\\", "/")
    for start in re.finditer(re.escape(host), said):
        path = _PATH.match(said, start.end())
        if path is not None:
            whole = unquote(unquote(path[0]))
            found += (part for part in re.split(r"[/?#&=.,;:!)\]]+", whole) if part)
    return tuple(dict.fromkeys(found))


def given(article: Article, channel: Channel, form: Form, site: str) -> Given:
    """A public article in a form that fits a channel's limits.

    A text that does not fit becomes the short version; that is cut to fit, down to the link alone.
    On channels that count in segments a text is never whole: those are for a few words.
    """
    if form is Form.LINK:
        return Given(link(article, site), Form.LINK)
    text = plain(article.body)
    if form is Form.TEXT or (
        form is Form.FIT and not channel.segments and not too_long(channel, text)
    ):
        return Given(text, Form.TEXT)
    return _short(article, channel, site)


def _short(article: Article, channel: Channel, site: str) -> Given:
    """Title, summary and link; the summary is shortened, and left out, until it fits."""
    summary = article.summary or opening(article.body)
    where = address(article, site)
    room = len(summary)
    while room and room >= min(_FEWEST, len(summary)):
        text = "\n".join(filter(None, (article.title, shortened(summary, room), where)))
        if not too_long(channel, text):
            return Given(text, Form.SHORT, cut=True)
        room = room * 3 // 4
    for text in (link(article, site), where):
        if text and not too_long(channel, text):
            return Given(text, Form.LINK, cut=True)
    return Given(where or article.title, Form.LINK, cut=True)
