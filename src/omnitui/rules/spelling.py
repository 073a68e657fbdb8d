"""Which words of a text are looked up, and which are not in a list of words."""

from collections.abc import Callable, Collection

from msgspec import Struct

from omnitui.patterns import late

LONGEST_WORD = 40
_PASSED_OVER = late(
    r"https?://\S+|www\.\S+|[^\s@]+@[^\s@]+|\{[^{}\n]*\}|\[[^\[\]\n]{1,60}\]"
    r"|`[^`\n]+`|(?<!\w)[@#/~][^\s]+|\S*[\\/_]\S*|\S*\d\S*"
)
"""Addresses, slots, fields, code, mentions, paths, and everything with a digit."""
_WORD = late(r"[^\W\d_]+(?:['’][^\W\d_]+)*")


class Misspelt(Struct, frozen=True):
    """A word that is in no list: its place in the text, and itself."""

    start: int
    end: int
    word: str


def is_word(text: str) -> bool:
    """Whether this is one word of letters."""
    return len(text) <= LONGEST_WORD and _WORD.fullmatch(text) is not None


def compared(word: str) -> str:
    """A word as it is looked up."""
    return word.replace("’", "'").casefold() if "ß" not in word else word.replace("’", "'").lower()


def misspelt(
    text: str,
    knows: Callable[[str], bool],
    besides: Collection[str] = (),
    cursor: int | None = None,
) -> list[Misspelt]:
    """The words of a text that are unknown, in order.

    `besides` are words that are right here, as they are compared: names of people and products, an
    agent's own. A word that ends at the `cursor` is still being typed. Words in capitals, single
    letters, and whatever is no word (addresses, numbers, slots) are right.
    """
    passed = [found.span() for found in _PASSED_OVER.finditer(text)]
    found: list[Misspelt] = []
    number = 0
    for match in _WORD.finditer(text):
        start, end = match.span()
        while number < len(passed) and passed[number][1] <= start:
            number += 1
        if number < len(passed) and passed[number][0] < end:
            continue
        if end != cursor and not _is_right(match[0], knows, besides):
            found.append(Misspelt(start, end, match[0]))
    return found


def _is_right(word: str, knows: Callable[[str], bool], besides: Collection[str]) -> bool:
    if len(word) < 2 or len(word) > LONGEST_WORD or (word.isupper() and len(word) <= 6):
        return True
    plain = compared(word)
    if plain in besides or knows(plain):
        return True
    # Whose it is: `Nora's`, `Adas`.
    stem, mark, end = plain.rpartition("'")
    return bool(mark) and end in ("s", "") and (stem in besides or knows(stem))


def words_of(*texts: str) -> frozenset[str]:
    """The words of names, as they are compared."""
    return frozenset(compared(match[0]) for text in texts for match in _WORD.finditer(text))


def as_written(correction: str, word: str) -> str:
    """A correction with the capitals of the word that it stands for."""
    if word.isupper() and len(word) > 1:
        return correction.upper()
    if word[:1].isupper():
        return correction[:1].upper() + correction[1:]
    return correction
