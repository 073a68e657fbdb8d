"""The passage of a text that has what was typed, with the words marked."""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from itertools import islice

from omnitui.model.search import MARK_OFF, MARK_ON, Part

_WORD = re.compile(r"[^\W_]+")
_AROUND = 12
"""How many words a passage has at most."""
_BEFORE = 4
"""How many of them stand before the first one that matched, where the text does not begin so."""
_READ = 20_000
"""How much of a text is looked at (characters)."""


def folded(text: str) -> str:
    """Letters without case and accents, as the indexes fold them."""
    if text.isascii():
        return text.lower()
    parts = unicodedata.normalize("NFKD", text.casefold())
    return "".join(part for part in parts if not unicodedata.combining(part))


def best(texts: Sequence[str], given: Sequence[Part]) -> str:
    """The passage of the text that has most of the words typed; empty if none has any."""
    starts = _starts(given)
    found = ""
    most = 0
    for text in texts:
        passage, count = _passage(text[:_READ], starts)
        if count > most:
            found, most = passage, count
    return found


def opening(text: str) -> str:
    """How a text begins."""
    words = list(islice(_WORD.finditer(text), _AROUND + 1))
    return text if len(words) <= _AROUND else f"{text[: words[_AROUND - 1].end()]} … "


def standing(heads: Sequence[str], texts: Sequence[str], given: Sequence[Part]) -> float:
    """How well a record fits what was typed, of which it has all the beginnings.

    4 is called so, 3 by words that begin so, 2 has the words as typed, 1 their beginnings only.
    """
    ways = [_ways(part) for part in given]
    named = folded(" ".join(heads))
    if all(any(_may_have(named, way) for way in part) for part in ways):
        said = _words(named)
        if all(any(way <= said for way in part) for part in ways):
            return 4.0
        if all(any(_all_begin(said, way) for way in part) for part in ways):
            return 3.0
    said = _words(folded(" ".join(text[:_READ] for text in texts)))
    return 2.0 if all(any(way <= said for way in part) for part in ways) else 1.0


@lru_cache(64)
def _ways(part: Part) -> tuple[frozenset[str], ...]:
    """The words that a part may be written as."""
    words = frozenset(_WORD.findall(folded(" ".join(part.words))))
    return (words, frozenset((folded(part.joined),))) if part.joined else (words,)


def _may_have(text: str, words: frozenset[str]) -> bool:
    return all(word in text for word in words)


def _words(text: str) -> set[str]:
    return set(_WORD.findall(text))


def _all_begin(said: set[str], starts: frozenset[str]) -> bool:
    return all(any(word.startswith(start) for word in said) for start in starts)


def _starts(given: Sequence[Part]) -> tuple[str, ...]:
    typed = [word for part in given for word in (*part.words, part.joined) if word]
    return tuple(dict.fromkeys(start for word in typed for start in _WORD.findall(folded(word))))


def _passage(text: str, starts: tuple[str, ...]) -> tuple[str, int]:
    """The passage around the first words that match, and how many different ones it has."""
    plain = text.isascii()
    # Letters keep their places while they are folded only if all are plain.
    if plain and not any(start in text.lower() for start in starts):
        return "", 0
    words = list(_WORD.finditer(text.lower() if plain else text))
    said_as = [word[0] if plain else folded(word[0]) for word in words]
    matched = [n for n, word in enumerate(said_as) if word.startswith(starts)]
    if not matched:
        return "", 0
    first = 0 if matched[0] < _AROUND - _BEFORE else matched[0] - _BEFORE
    shown = [n for n in matched if n < first + _AROUND]
    said: list[str] = []
    at = words[first].start() if first else 0
    last = min(first + _AROUND, len(words)) - 1
    end = len(text) if last == len(words) - 1 else words[last].end()
    for n in shown:
        start, stop = words[n].span()
        said += [text[at:start], MARK_ON, text[start:stop], MARK_OFF]
        at = stop
    said.append(text[at:end])
    passage = f"{' … ' if first else ''}{''.join(said)}{' … ' if end < len(text) else ''}"
    count = sum(any(said_as[n].startswith(start) for n in shown) for start in starts)
    return passage, count
