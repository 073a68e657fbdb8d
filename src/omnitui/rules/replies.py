"""Quick replies that match what an agent has typed, best first."""

from collections.abc import Iterable
from functools import lru_cache

from omnitui.letters import folded
from omnitui.model.knowledge import QuickReply

FALLBACK = "en"
"""The language of a reply if there is none in the customer's."""
_folded = lru_cache(16_384)(folded)
"""Cached, because the same replies are compared with every letter that is typed."""


def best(replies: Iterable[QuickReply], typed: str, language: str = "") -> list[QuickReply]:
    """The replies that fit every word typed, best first.

    A `#word` asks for a tag; two tags mean both. A match at the start of the key counts most, then
    in the key, the title, the text. Replies in `language` come before the others, more used before
    less used; an untranslated reply is better than none.
    """
    words = _folded(typed).split()
    tags = [word[1:] for word in words if word.startswith("#")]
    terms = [word for word in words if not word.startswith("#")]
    ranked = []
    for reply in replies:
        if not all(any(_folded(tag).startswith(wanted) for tag in reply.tags) for wanted in tags):
            continue
        scores = [_score(reply, term) for term in terms]
        if 0 in scores:
            continue
        other = language != "" and reply.language != language
        ranked.append((other, -sum(scores), -reply.uses, reply.key, reply.language, reply))
    ranked.sort(key=lambda row: row[:5])
    return [row[5] for row in ranked]


def _score(reply: QuickReply, term: str) -> int:
    key, title = _folded(reply.key), _folded(reply.title)
    if key.startswith(term):
        return 8
    if term in key:
        return 5
    if any(word.startswith(term) for word in title.split()):
        return 4
    if term in title or any(_folded(tag).startswith(term) for tag in reply.tags):
        return 2
    return 1 if term in _folded(reply.text) else 0
