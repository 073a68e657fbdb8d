"""Quick replies that match what an agent has typed, best first."""

from collections.abc import Iterable
from functools import lru_cache
from math import log2

from omnitui.letters import folded
from omnitui.model.knowledge import QuickReply, Scope

FALLBACK = "en"
"""The language of a reply if there is none in the customer's."""
HALF_LIFE = 14 * 86_400_000
"""After so long (ms) without use, what a use counts for being recent has halved."""
_RECENT = 3.0
"""What a use counts this very moment, beside how often a reply was used: as much as 8 uses."""
_NEAREST = (Scope.PERSONAL, Scope.TEAM, Scope.SHARED)
_folded = lru_cache(16_384)(folded)
"""Cached, because the same replies are compared with every letter that is typed."""


def best(
    replies: Iterable[QuickReply],
    typed: str,
    language: str = "",
    now: int = 0,
    workstream: int | None = None,
) -> list[QuickReply]:
    """The replies that fit every word typed, best first.

    A `#word` asks for a tag; two tags mean both. Replies in `language` come before the others. A
    match at the start of the key counts most, then in the key, the title, the text; then what is
    used often and lately (`now` is epoch ms). An untranslated reply is better than none. With a
    `workstream` (0 for none) those that are for other ones only are left out.
    """
    words = _folded(typed).split()
    tags = [word[1:] for word in words if word.startswith("#")]
    terms = [word for word in words if not word.startswith("#")]
    ranked = []
    for reply in replies:
        elsewhere = reply.workstreams and workstream not in reply.workstreams
        if workstream is not None and elsewhere:
            continue
        if not all(any(_folded(tag).startswith(wanted) for tag in reply.tags) for wanted in tags):
            continue
        scores = [_score(reply, term) for term in terms]
        if 0 in scores:
            continue
        other = language != "" and not same_language(reply.language, language)
        ranked.append(
            (
                *(other, -sum(scores), -worth(reply.uses, reply.used_at, now)),
                *(_NEAREST.index(reply.scope), reply.key, reply.language, reply.id, reply),
            )
        )
    ranked.sort(key=lambda row: row[:7])
    return [row[7] for row in ranked]


def worth(uses: int, used_at: int | None, now: int) -> float:
    """What use says of a reply: how often counts less and less, how lately halves in two weeks."""
    if used_at is None:
        return log2(1 + uses)
    return float(log2(1 + uses) + _RECENT * 2 ** (-max(now - used_at, 0) / HALF_LIFE))


def same_language(one: str, other: str) -> bool:
    """Whether two codes are of one language, whatever the country: `nb` and `nb-NO`."""
    return _base(one) == _base(other)


def _base(code: str) -> str:
    return code.casefold().replace("_", "-").partition("-")[0]


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
