"""The passage of a text that has what was typed, with the words marked."""

import re
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from itertools import islice

from omnitui.letters import folded, piece, runs_on, sought, spellings, terms
from omnitui.model.search import MARK_OFF, MARK_ON, Part

_ASCII_PIECE = re.compile(r"[a-z0-9]+")
_JOINS = str.maketrans("", "", "'-")
_AROUND = 12
"""The most words of a passage."""
_BEFORE = 4
"""How many of them are before the first match, if the text does not start with it."""
_OF_A_WORD = 3
"""So many characters of a script without spaces are as long as a word."""
_OTHERWISE = 0.5
"""The score of a record that has the words in another spelling."""
_READ = 20_000
"""How much of a text is read (characters)."""
_LONG_ENOUGH = 3
"""How long a word is that is marked by itself, where it is joined with others."""

Fits = Callable[[str], bool]
"""Whether a word of a text is meant, though it is not what was typed nor begins so."""


def _nothing_else(_word: str) -> bool:
    return False


def best(texts: Sequence[str], given: Sequence[Part], fits: Fits = _nothing_else) -> str:
    """The passage of the text that has most of the words typed; empty if none has any."""
    starts = _starts(given)
    found = ""
    most = 0
    for text in texts:
        passage, count = _passage(text[:_READ], starts, fits)
        if count > most:
            found, most = passage, count
    return found


def opening(text: str) -> str:
    """How a text begins."""
    words = list(islice(_spans(text), _AROUND * _OF_A_WORD + 1))
    most = _size(text, words[:1])
    return text if len(words) <= most else f"{text[: words[most - 1][1]]} … "


def standing(heads: Sequence[str], texts: Sequence[str], given: Sequence[Part]) -> float:
    """How well a record fits what was typed, of which it has all the beginnings.

    4 is called so, 3 by words that begin so, 2 has the words as typed, 1 their beginnings only, and
    less what has them in another spelling.
    """
    ways = [_ways(part) for part in given]
    said = set(terms(" ".join(heads)))
    if all(any(_all_begin(said, way) for way in part) for part in ways):
        return 4.0 if all(any(way <= said for way in part) for part in ways) else 3.0
    said = set(terms(" ".join(text[:_READ] for text in texts)))
    if all(any(_all_begin(said, way) for way in part) for part in ways):
        return 2.0 if all(any(way <= said for way in part) for part in ways) else 1.0
    return _OTHERWISE


@lru_cache(64)
def _ways(part: Part) -> tuple[frozenset[str], ...]:
    """The terms that a part may be written as."""
    words = frozenset(term for word in part.words for term in sought(word))
    return (words, frozenset(sought(part.joined))) if part.joined else (words,)


def _all_begin(said: set[str], starts: frozenset[str]) -> bool:
    return all(start in said or any(word.startswith(start) for word in said) for start in starts)


def _starts(given: Sequence[Part]) -> tuple[str, ...]:
    typed = [
        word
        for part in given
        for word in (*part.words, part.joined)
        # Of "wi-fi" and "o'brien" the short beginnings are those of anything.
        if len(word) >= _LONG_ENOUGH or (word and not part.joined)
    ]
    found = dict.fromkeys(
        folded(one).translate(_JOINS) for word in typed for one in piece().findall(folded(word))
    )
    found |= dict.fromkeys(
        other for word in typed for other in spellings(word) if len(other) > _LONG_ENOUGH
    )
    return tuple(filter(None, found))


def _spans(text: str) -> Iterator[tuple[int, int]]:
    """Where the words of a text are, and each character of a script without spaces."""
    for one in piece().finditer(text):
        start, stop = one.span()
        if not runs_on(one[0]):
            yield start, stop
            continue
        for at in range(start, stop):
            yield at, at + 1


def _size(text: str, words: Sequence[tuple[int, int]]) -> int:
    """How many words a passage has, by the script of the first of these."""
    running = bool(words) and runs_on(text[slice(*words[0])])
    return _AROUND * _OF_A_WORD if running else _AROUND


def _passage(text: str, starts: tuple[str, ...], fits: Fits) -> tuple[str, int]:
    """The passage around the first words that match, and how many different ones it has."""
    words, said_as = _read(text, starts, fits)
    matched = {
        n: end for n in range(len(words)) if (end := _match(text, words, said_as, n, starts))
    }
    if fits is not _nothing_else:
        for n, (start, stop) in enumerate(words):
            if n not in matched and fits(text[start:stop]):
                matched[n] = n + 1
    if not matched:
        return "", 0
    at_first = min(matched)
    around = _size(text, words[at_first:])
    before = _BEFORE * around // _AROUND
    first = 0 if at_first < around - before else at_first - before
    last = min(first + around, len(words)) - 1
    shown = {n: min(end, last + 1) for n, end in matched.items() if n <= last}
    at = words[first][0] if first else 0
    end = len(text) if last == len(words) - 1 else words[last][1]
    passage = f"{' … ' if first else ''}{_marked(text, words, shown, at, end)}"
    spoken = ["".join(said_as[n : n + 8]) for n in shown]
    count = sum(any(said.startswith(start) for said in spoken) for start in starts)
    return passage + (" … " if end < len(text) else ""), max(count, 1)


def _read(
    text: str, starts: tuple[str, ...], fits: Fits
) -> tuple[list[tuple[int, int]], list[str]]:
    """The words of a text: where they are, and as they are compared."""
    if not text.isascii():
        words = list(_spans(text))
        return words, [folded(text[start:stop]) for start, stop in words]
    low = text.lower()
    # Most texts can be passed over at once.
    if fits is _nothing_else and not any(start in low.translate(_JOINS) for start in starts):
        return [], []
    found = list(_ASCII_PIECE.finditer(low))
    return [word.span() for word in found], [word[0] for word in found]


def _match(
    text: str, words: list[tuple[int, int]], said_as: list[str], n: int, starts: tuple[str, ...]
) -> int:
    """Where the words end that from `n` on are one that was typed; 0 where they are none.

    Characters of a script without spaces follow each other; apostrophes and hyphens join words.
    """
    said = said_as[n]
    if said.startswith(starts):
        return n + 1
    open_ones = [start for start in starts if said and start.startswith(said)]
    end = n + 1
    while open_ones and end < len(words) and _together(text[words[end - 1][1] : words[end][0]]):
        said += said_as[end]
        end += 1
        if any(said.startswith(start) for start in open_ones):
            return end
        open_ones = [start for start in open_ones if start.startswith(said)]
    return 0


def _together(between: str) -> bool:
    return not between or (len(between) <= 2 and not folded(between).translate(_JOINS))


def _marked(
    text: str, words: list[tuple[int, int]], shown: dict[int, int], at: int, end: int
) -> str:
    said: list[str] = []
    done = 0
    for n in sorted(shown):
        stop = shown[n]
        if stop <= done:
            continue
        begin, close = words[max(n, done)][0], words[stop - 1][1]
        if said and n <= done and at == begin:
            # What matched goes on: one mark for both.
            said.pop()
            said += [text[begin:close], MARK_OFF]
        else:
            said += [text[at:begin], MARK_ON, text[begin:close], MARK_OFF]
        at, done = close, stop
    return "".join([*said, text[at:end]])
