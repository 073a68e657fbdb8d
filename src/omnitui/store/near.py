"""Words of the articles that are one slip away from one that none of them has."""

import json
import string
from collections.abc import Sequence

from omnitui.letters import folded
from omnitui.store.engine import Store
from omnitui.store.terms import ARTICLE_WORDS, STEM

_FEWEST, _MOST = 4, 24
"""Shorter words are near to too many others; longer ones are none."""
_SHORT = 4
"""A word of so few letters is another as soon as one is changed: they change places only."""
_SWAPPED, _OTHER = 2, 1


def nearest(store: Store, words: Sequence[str]) -> dict[str, str]:
    """The words of the articles that are most likely meant by some words, for those that have one.

    Two letters changed places, else one is missing, too many or wrong; of several the one that
    most articles have.
    """
    slips = {word: _slips(plain) for word in words if (plain := _plain(word))}
    if not slips:
        return {}
    rows = store.rows(
        "SELECT v.term, v.doc FROM json_each(?) j"
        f" CROSS JOIN {ARTICLE_WORDS} v ON v.term = j.value",
        (json.dumps(sorted(set().union(*slips.values()))),),
    )
    found = {}
    for word, near in slips.items():
        there = [(near[term], doc, term) for term, doc in rows if term in near]
        best = max(there, default=(0, 0, STEM))[2]
        if not best.startswith(STEM):
            found[word] = str(best)
    return found


def _plain(word: str) -> str:
    """A word as indexes keep it; empty where slips of it are not looked for."""
    plain = folded(word)
    fits = _FEWEST <= len(plain) <= _MOST and plain.isascii() and plain.isalpha()
    return plain if fits else ""


def _slips(word: str) -> dict[str, int]:
    """Every word that is one slip away, and how likely this one is."""
    parts = [(word[:at], word[at:]) for at in range(len(word) + 1)]
    found = {
        start + letter + rest
        for start, end in parts
        for letter in string.ascii_lowercase
        for rest in (end, end[1:])
    }
    found |= {start + end[1:] for start, end in parts if end}
    swapped = {start + end[1] + end[0] + end[2:] for start, end in parts if len(end) > 1}
    known = dict.fromkeys(swapped, _SWAPPED)
    if len(word) > _SHORT:
        known = dict.fromkeys(found, _OTHER) | known
    known.pop(word, None)
    return known
