"""Where names stand among the words of a clause: nobody is glad because somebody is called Joy."""

from collections.abc import Sequence

from omnitui.rules.feeling.lexicon import Lexicon

_TITLES = 0.5
"""Who writes more of the words with a capital writes all of them so."""


def names(words: Sequence[str], lexicon: Lexicon) -> set[int]:
    """The places of words that are part of a name, told by their capitals.

    Two and more of them in a row, one after `Mrs`, one before `Street`, and those that are given
    to people (`Grace`), where they are not how the sentence begins.
    """
    high = [_is_high(word) for word in words]
    return _among(words, high, lexicon) if True in high else set()


def _among(words: Sequence[str], high: Sequence[bool], lexicon: Lexicon) -> set[int]:
    """The same, where those are `high` that are written with a capital."""
    known = lexicon.names
    lowered = [word.casefold() for word in words]
    found: set[int] = set()
    for at, word in enumerate(lowered):
        if not high[at]:
            continue
        before = lowered[at - 1] if at else ""
        if before in known.before or (at > 1 and lowered[at - 2] in known.before and high[at - 1]):
            found.add(at)
        if word in known.after and at and high[at - 1]:
            found |= _row_before(high, at)
    if _titled(high):
        # `Thanks Grace` and `Joy Best`, and not `Great Service`.
        if len(words) < 5:
            found |= {at for at in range(1, len(words)) if lowered[at] in known.given and high[at]}
        alone = 1 < len(words) < 4 and all(high) and lowered[0] in known.given
        return found | (set(range(len(words))) if alone else found)
    for at in range(1, len(words)):
        if high[at] and lowered[at] in known.given:
            found.add(at)
        beside = at + 1 < len(words) and high[at + 1]
        if high[at] and (beside or (at > 1 and high[at - 1])):
            row = {at, at + 1} if beside else {at - 1, at}
            if not any(lexicon.bends(lowered[place]) for place in row):
                found.add(at)
    if len(words) > 1 and high[0] and high[1] and lowered[0] in known.given:
        found |= {0, 1}
    return found


def _is_high(word: str) -> bool:
    return word[0].isupper() and word[1:].islower()


def _titled(high: Sequence[bool]) -> bool:
    """Whether capitals say nothing, the one at the beginning apart."""
    rest = high[1:]
    return not rest or sum(rest) > _TITLES * len(rest)


def _row_before(high: Sequence[bool], at: int) -> set[int]:
    found = {at}
    while at and high[at - 1]:
        at -= 1
        found.add(at)
    return found
