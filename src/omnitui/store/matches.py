"""Full-text queries for what somebody typed: words and beginnings of words, never syntax."""

from collections.abc import Callable, Iterator, Sequence

from omnitui.letters import runs_on, sought, spellings
from omnitui.model.search import Part
from omnitui.store.engine import Store

_BEGUN_FROM = 5
"""So long is the other spelling of a word of which a beginning will do; `bar` is no `barbara`."""
_PARTED, _MOST_PARTED = 2, 20
"""The fewest letters of a part of a word, and the most of a word that is taken apart."""
_PREFIXES = (2, 3, 4)
"""The lengths of beginnings that have an index of their own."""
_MOST_ALIKE, _MOST_LONGER = 10, 48
"""Up to so many words of one beginning, or longer beginnings, are looked up one by one."""
_LAST = "\U0010ffff"


def whole(given: Sequence[Part]) -> str:
    """The query for all the words as they are; empty if there are none."""
    return _all(given, exactly, reach="")


def exactly(word: str) -> str:
    """The query for one word as it is. Part of a text without spaces is a phrase of its terms."""
    return f'"{" ".join(sought(word))}"'


def begun(word: str) -> str:
    """The query for words that begin so."""
    return f"{exactly(word)}*"


def beginning(given: Sequence[Part], reach: str = "") -> str:
    """The query for words that begin so; empty if there are none.

    `reach` is the column that holds numbers by their digits, if there is one.
    """
    return _all(given, begun, reach=reach)


def otherwise(given: Sequence[Part], heads: str) -> str:
    """The query for the same words in other spellings; empty if there are none.

    `mueller` is Müller as well, and in names (the columns of `heads`) words are written together
    or apart: `O Brien` and `obrien`, `Mc Donald` and `mcdonald`.
    """
    ways = []
    if any(spellings(word) for part in given for word in part.words):
        ways.append(_all(given, spelled, reach=""))
    if heads:
        apart = [f"({way})" for way in _joined_otherwise(given)]
        if apart:
            ways.append(f"{{{heads}}} : ({' OR '.join(apart)})")
    return " OR ".join(f"({way})" for way in ways)


def spelled(word: str) -> str:
    """The query for words that begin so, in whatever spelling."""
    others = [f'"{other}"' + "*" * (len(other) >= _BEGUN_FROM) for other in spellings(word)]
    return f"({' OR '.join([begun(word), *others])})" if others else begun(word)


def _joined_otherwise(given: Sequence[Part]) -> Iterator[str]:
    """The queries with two words as one, or one word as two that stand side by side."""
    for at, part in enumerate(given):
        before, after = given[:at], given[at + 1 :]
        if len(part.words) != 1 or part.contact or runs_on(part.words[0]):
            continue
        if after and len(after[0].words) == 1 and not after[0].contact:
            both = Part((part.words[0] + after[0].words[0],))
            yield _all([*before, both, *after[1:]], spelled, reach="")
        (plain,) = sought(part.words[0])[:1] or ("",)
        if plain.isalpha() and 2 * _PARTED < len(plain) <= _MOST_PARTED:
            rest = _all([*before, *after], spelled, reach="")
            cuts = (f'"{plain[:cut]} {plain[cut:]}"*' for cut in range(1, len(plain) - _PARTED))
            yield f"({' OR '.join(cuts)})" + (f" AND {rest}" if rest else "")


def beginning_in(store: Store, vocabulary: str, given: Sequence[Part], reach: str = "") -> str:
    """The same, made for an index so that its newest rows come without reading all the others."""
    return _all(given, lambda word: _alike(store, vocabulary, word), reach=reach)


def _all(given: Sequence[Part], said: Callable[[str], str], reach: str) -> str:
    """All the parts. Phrases stand side by side, where one without a letter is left out."""
    ways = [way for part in given for way in _either(part, said, reach)]
    phrases = [way for way in ways if not way.startswith("(")]
    others = [way for way in ways if way.startswith("(")]
    return " AND ".join([*([" ".join(phrases)] if phrases else []), *others])


def _either(part: Part, said: Callable[[str], str], reach: str) -> list[str]:
    """The queries that a row has to satisfy for one part."""
    words = [said(word) for word in part.words]
    others = [said(part.joined)] if part.joined else []
    if reach and part.digits:
        first, *fewer = part.digits
        others.append(f'{reach} : "{first}"*')
        # A longer number than the one that is kept is found by the whole of that one.
        others += [f'{reach} : "{digits}"' for digits in fewer]
    if not others:
        return words
    return [f"(({_both(words)}) OR {' OR '.join(others)})"]


def _both(ways: Sequence[str]) -> str:
    return " AND ".join(ways)


def _alike(store: Store, vocabulary: str, word: str) -> str:
    """The query for one beginning: as a few words, or as the slightly longer beginnings there are.

    SQLite gathers all rows of a beginning before it gives the first one, unless it has an index
    for its length; rows of words come one by one. Numbers go on in too many ways for that.
    """
    plain, word = begun(word), " ".join(sought(word))
    if len(word) in _PREFIXES or word.isdecimal() or not (word.isascii() and word.isalnum()):
        return plain
    if len(word) < min(_PREFIXES):
        known = _longer(store, vocabulary, word)
    else:
        known = _words(store, vocabulary, word)
    if not known:
        return plain
    return known[0] if len(known) == 1 else f"({' OR '.join(known)})"


def _words(store: Store, vocabulary: str, start: str) -> list[str]:
    """The words that begin so, as queries; none where they are too many."""
    found: list[str] = []
    term = _next(store, vocabulary, start, start)
    while term is not None and len(found) <= _MOST_ALIKE:
        found.append(f'"{term}"')
        term = _next(store, vocabulary, f"{term}\x01", start)
    return found if term is None else []


def _longer(store: Store, vocabulary: str, start: str) -> list[str]:
    """The beginnings of words that are one letter longer, as queries; none where too many."""
    found: list[str] = []
    term = _next(store, vocabulary, start, start)
    while term is not None and len(found) <= _MOST_LONGER:
        longer = term[: min(_PREFIXES)]
        alone = longer == start
        found.append(f'"{longer}"' if alone else f'"{longer}"*')
        term = _next(store, vocabulary, f"{longer}\x01" if alone else f"{longer}{_LAST}", start)
    return found if term is None else []


def _next(store: Store, vocabulary: str, after: str, start: str) -> str | None:
    """The first word of an index from `after` on that begins with `start`."""
    found: str | None = store.value(
        f"SELECT term FROM {vocabulary} WHERE term >= ? AND term <= ? LIMIT 1",
        (after, f"{start}{_LAST}"),
    )
    return found
