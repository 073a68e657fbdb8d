"""Phrases that carry feeling, as they are written in the lexicon and found in what is said.

nobody .. answers/calls     `a/b` is either word, `..` up to three words in between
waited (for) <number> days  `(a)` may be missing, `<number>` is any word of that kind
| it works |                `|` is where a clause begins or ends
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import StrEnum

from msgspec import Struct

from omnitui.patterns import late

MOST_BETWEEN = 3
"""How many words `..` stands for at most."""

_PART = late(r"\([^()]*\)|\S+")
_WORD = late(r"[^\W_]+(?:['&-][^\W_]+)*")


class Kind(StrEnum):
    """What a phrase is about, which decides how it is heard beside others."""

    FORMULA = "formula"  # says nothing
    THANKS = "thanks"  # counts only where nothing is wrong
    PRAISE = "praise"  # may be hollow
    IRONY = "irony"  # praise that is hollow beside anything wrong, in however long a sentence
    TURN = "turn"  # takes back what is good in the sentence before it
    RELIEF = "relief"  # something is good, and praise beside it is meant
    TROUBLE = "trouble"  # something is wrong, and praise alone beside it is hollow
    QUESTION = "question"  # asks how things are, which is not to say that they are so
    PROFANE = "profane"  # negative whatever else is said
    WORD = "word"  # a word with a feeling, heard as VADER hears its own


class Part(Struct, frozen=True):
    """One place of a phrase: any of `words`, or up to three words that do not matter."""

    words: frozenset[str] = frozenset()
    optional: bool = False
    gap: bool = False


class Phrase(Struct, frozen=True, eq=False):
    """A phrase with its strength (about -4 to 4); `needed` must all be there for it to be."""

    kind: Kind
    strength: float
    parts: tuple[Part, ...]
    begins: bool
    ends: bool

    def needed(self) -> Iterator[frozenset[str]]:
        """The places that must be filled, each with the words that may fill it."""
        return (part.words for part in self.parts if not part.gap and not part.optional)

    def firsts(self) -> frozenset[str]:
        """The words that it may begin with."""
        found: frozenset[str] = frozenset()
        for part in self.parts:
            found |= part.words
            if not part.optional:
                break
        return found

    def at(self, words: Sequence[str], start: int) -> tuple[int, ...]:
        """The places of its words where it begins at `start`, none where it does not."""
        if self.begins and start:
            return ()
        return self._rest(words, start, 0)

    def _rest(self, words: Sequence[str], at: int, number: int) -> tuple[int, ...]:
        found: list[int] = []
        while number < len(self.parts):
            part = self.parts[number]
            number += 1
            if part.gap:
                for skipped in range(MOST_BETWEEN + 1):
                    rest = self._rest(words, at + skipped, number)
                    if rest:
                        return (*found, *rest)
                return ()
            if part.optional:
                if at < len(words) and words[at] in part.words:
                    rest = self._rest(words, at + 1, number)
                    if rest or (number == len(self.parts) and self._over(words, at + 1)):
                        return (*found, at, *rest)
                continue
            if at >= len(words) or words[at] not in part.words:
                return ()
            found.append(at)
            at += 1
        return tuple(found) if self._over(words, at) else ()

    def _over(self, words: Sequence[str], at: int) -> bool:
        return not self.ends or at == len(words)


def parse(line: str, kind: Kind, strength: float, kinds: Mapping[str, frozenset[str]]) -> Phrase:
    """A line of the lexicon as a phrase; ValueError says what is wrong with it."""
    written = line.split()
    begins, ends = written[:1] == ["|"], written[-1:] == ["|"]
    written = written[begins : len(written) - ends]
    parts = tuple(_part(text, kinds) for text in _PART.findall(" ".join(written)))
    if not parts or all(part.optional or part.gap for part in parts):
        raise ValueError(f"{line!r} has no word that must be there")
    if parts[0].gap or parts[-1].gap:
        raise ValueError(f"{line!r} begins or ends with ..")
    return Phrase(kind, strength, parts, begins, ends)


def _part(text: str, kinds: Mapping[str, frozenset[str]]) -> Part:
    if text == "..":
        return Part(gap=True)
    optional = text.startswith("(")
    words: set[str] = set()
    for choice in text.strip("()").split("/"):
        if choice.startswith("<") and choice.endswith(">"):
            if choice[1:-1] not in kinds:
                raise ValueError(f"there is no kind {choice}")
            words |= kinds[choice[1:-1]]
        elif word_like(choice):
            words.add(choice)
        else:
            raise ValueError(f"{choice!r} is no word")
    return Part(frozenset(words), optional)


def word_like(text: str) -> bool:
    """Whether a text is one word in small letters, as the lexicon holds them."""
    plain = text.removeprefix("'")
    return bool(_WORD.fullmatch(plain)) and text == text.casefold()


def _all_there(choices: Sequence[frozenset[str]], words: frozenset[str]) -> bool:
    for choice in choices:  # noqa: SIM110 - it is asked of many phrases for a word
        if words.isdisjoint(choice):
            return False
    return True


class Index:
    """Many phrases, found in a clause without trying each at every word."""

    def __init__(self, phrases: Iterable[Phrase]) -> None:
        self._by_first: dict[str, list[tuple[Phrase, int, tuple[frozenset[str], ...]]]] = {}
        """By a word that it may begin with, a phrase, how many words it has at least, and what
        else must be there."""
        self.words: set[str] = set()
        """Every word of a phrase of one word, for those who ask what a language knows."""
        self._all: set[str] = set()
        for phrase in phrases:
            self._all.update(*(part.words for part in phrase.parts))
            needed = tuple(phrase.needed())
            for word in phrase.firsts():
                others = tuple(choice for choice in needed if word not in choice)
                self._by_first.setdefault(word, []).append((phrase, len(needed), others))
            if len(phrase.parts) == 1:
                self.words |= phrase.parts[0].words

    def holds(self, word: str) -> bool:
        """Whether a word is in any of the phrases."""
        return word in self._all

    def find(self, words: Sequence[str]) -> Iterator[tuple[Phrase, tuple[int, ...]]]:
        """The phrases in the words of a clause, the longest at each word; no word is in two."""
        there: frozenset[str] = frozenset()
        possible: dict[str, list[Phrase]] = {}
        taken: set[int] = set()
        for start, word in enumerate(words):
            begun = self._by_first.get(word)
            # Most words begin no phrase at all.
            if begun is None or start in taken:
                continue
            if word not in possible:
                there = there or frozenset(words)
                possible[word] = [
                    phrase
                    for phrase, least, others in begun
                    if least <= len(words) and _all_there(others, there)
                ]
            best: tuple[Phrase, tuple[int, ...]] | None = None
            for phrase in possible[word]:
                places = phrase.at(words, start)
                if not places or not taken.isdisjoint(places):
                    continue
                if best is None or len(places) > len(best[1]):
                    best = phrase, places
            if best is not None:
                taken.update(best[1])
                yield best
