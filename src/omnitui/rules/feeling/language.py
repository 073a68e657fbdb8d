"""Which language a message is in, told by its commonest words. Careful: in doubt it is none."""

import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from omnitui.patterns import late
from omnitui.rules.feeling.lexicon import Ears

_WORD = late(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_MACHINE = late(r"\S*(?:://|@|\w\.\w|[\\=_{}<>])\S*|#\w+")
"""Addresses, names of files and programs: their words are of no language."""
_OF_MACHINES = late(r"://|[@\\=_{}<>#]|\w\.\w")
"""What each of them has, which is looked for much faster than where it begins."""

_MOST_WORDS = 80
_FAR = 0.3
_HINT = 0.6
_FELT = 0.5
_STRANGE = 0.8
_FEW, _MORE = 2, 4
_OWN_LETTERS = {"en": frozenset(), "nb": frozenset("æøåéèêóòôÆØÅ")}
FALLBACK = "en"
"""What a few words without any mark are taken for."""


def language_of(text: str, ears: Ears, hint: str = "") -> str | None:
    """The language of the lexicons that a text is in, None for any other.

    `hint` is what is known of who writes (`nb`, `de-AT`): it decides only where the words do not.
    """
    if _far(text):
        return None
    hint = hint.casefold().replace("_", "-").split("-")[0]
    hint = "nb" if hint in ("no", "nn") else hint
    words = _words(text)
    told = _evidence(words, ears)
    if any(told.values()) or words:
        if hint in told:
            told[hint] += _HINT
        elif hint and hint not in ears.lexicons:
            told[hint] = _HINT
    scored = {key: told.get(key, 0.0) for key in ears.lexicons}
    best = max(scored, key=lambda key: (scored[key], key == hint, key == FALLBACK))
    foreign = max((value for key, value in told.items() if key not in scored), default=0.0)
    if foreign > scored[best]:
        return None
    if scored[best] <= (_HINT if hint in scored else 0.0):
        # Nothing but what is known of the writer speaks for it.
        unknown = [word for word in words if word not in ears.international and len(word) > 1]
        if len(unknown) > (_MORE if hint in scored else _FEW):
            return None
        return hint if hint in scored else FALLBACK
    return best


def _words(text: str) -> list[str]:
    plain = _MACHINE.sub(" ", text) if _OF_MACHINES.search(text) else text
    found = _WORD.findall(plain)[:_MOST_WORDS]
    words = [word.replace("’", "'").casefold() for word in found]
    # Single letters are initials, units and plans as often as they are words.
    return list(dict.fromkeys(word for word in words if len(word) > 1 or not word.isascii()))


def _evidence(words: Iterable[str], ears: Ears) -> dict[str, float]:
    """How much speaks for each language; a word of several languages counts less for each."""
    told = dict.fromkeys((*ears.lexicons, *ears.others), 0.0)
    strange = 0.0
    for word in words:
        speaks, odd = _speaks(word, ears)
        for key, weight in speaks:
            told[key] += weight
        strange += odd
    if strange:
        told["?"] = strange
    return told


@lru_cache(maxsize=20_000)
def _speaks(word: str, ears: Ears) -> tuple[tuple[tuple[str, float], ...], float]:
    """For which languages a word speaks and how much, and how strange it is to all of them."""
    if word in ears.international:
        return (), 0.0
    share = ears.shares.get(word)
    if share:
        scored = ((key, lexicon.marks) for key, lexicon in ears.lexicons.items())
        known = (*scored, *ears.others.items())
        return tuple((key, 1 / share) for key, marks in known if word in marks), 0.0
    knows = [key for key, lexicon in ears.lexicons.items() if lexicon.knows(word)]
    letters = {letter for letter in word if not letter.isascii()} - {"'"}
    odd = letters and not knows and all(letters - own for own in _OWN_LETTERS.values())
    return tuple((key, _FELT / len(knows)) for key in knows), _STRANGE if odd else 0.0


def _far(text: str) -> bool:
    """Whether much of a text is in another script than Latin."""
    if text.isascii():
        return False
    latin = other = 0
    for letter in text[:2_000]:
        if letter.isascii():
            latin += letter.isalpha()
        elif letter.isalpha():
            is_latin = unicodedata.name(letter, "").startswith("LATIN")
            latin += is_latin
            other += not is_latin
    return other > _FAR * (latin + other) and other > 0
