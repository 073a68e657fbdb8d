"""What a language's words feel like: its phrases, its negations and degrees, and its formulas."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache

from msgspec import Struct, field

from omnitui.patterns import late
from omnitui.rules.feeling.phrases import Index

DRAWN = late(r"(.)\1{2,}")
"""The same letter three times or more."""


class Names(Struct, frozen=True):
    """Words by which a name is known, where it is written with a capital.

    `given` are names that mean something as well (`hope`); `before` stand before a name (`mrs`),
    `after` end one (`street`).
    """

    given: frozenset[str] = frozenset()
    before: frozenset[str] = frozenset()
    after: frozenset[str] = frozenset()


class Lexicon(Struct, frozen=True, eq=False):
    """One language that is scored.

    `marks` are the words by which it is known. `words` are single words with their strength, of
    VADER or none, which the phrases go before. `greetings` begin a letter, `closings` end it,
    `weak_closings` only where nothing but a name follows.
    """

    language: str
    marks: frozenset[str]
    phrases: Index
    words: Mapping[str, float]
    negations: frozenset[str]
    joins: frozenset[str]
    stops: frozenset[str]
    more: frozenset[str]
    less: frozenset[str]
    contrast: frozenset[str]
    names: Names = Names()
    greetings: tuple[str, ...] = ()
    closings: tuple[str, ...] = ()
    weak_closings: tuple[str, ...] = ()

    def strength(self, word: str) -> float:
        """What a word alone feels like (-4 to 4), 0 for one that is not known."""
        return _strength(self, word)

    def bends(self, word: str) -> bool:
        """Whether a word only changes what others say: a negation or a degree."""
        return word in self.more or word in self.less or word in self.negations

    def felt_alone(self, word: str) -> float:
        """What a word feels like that is in no phrase: nothing where it bends what others say."""
        return _felt_alone(self, word)

    def knows(self, word: str) -> bool:
        """Whether a word is one of the language that carries feeling."""
        return len(word) > 2 and (word in self.words or word in self.phrases.words)


@lru_cache(maxsize=20_000)
def _strength(lexicon: Lexicon, word: str) -> float:
    if len(word) < 2:
        return 0.0  # plans, sizes and initials, whatever VADER's raters thought
    found = lexicon.words.get(word)
    if found is None and DRAWN.search(word):
        for shorter in (DRAWN.sub(r"\1\1", word), DRAWN.sub(r"\1", word)):
            found = lexicon.words.get(shorter)
            if found is not None:
                break
    return found or 0.0


@lru_cache(maxsize=20_000)
def _felt_alone(lexicon: Lexicon, word: str) -> float:
    return 0.0 if lexicon.bends(word) else _strength(lexicon, word)


class Ears(Struct, frozen=True, eq=False):
    """All that hearing takes: the languages that are scored, those that are only known, signs.

    `others` are the marks of languages without a lexicon, `international` words that say nothing
    about the language, `signs` pictures and smileys with their strength.
    """

    lexicons: Mapping[str, Lexicon]
    others: Mapping[str, frozenset[str]]
    international: frozenset[str]
    signs: Mapping[str, float]
    shares: Mapping[str, int] = field(default_factory=dict)
    """In how many languages a mark is one."""


def ears(
    lexicons: Sequence[Lexicon],
    others: Mapping[str, frozenset[str]],
    international: Iterable[str],
    signs: Mapping[str, float],
) -> Ears:
    """Put together what hearing takes."""
    shares: dict[str, int] = {}
    for marks in (*(lexicon.marks for lexicon in lexicons), *others.values()):
        for word in marks:
            shares[word] = shares.get(word, 0) + 1
    return Ears(
        {lexicon.language: lexicon for lexicon in lexicons},
        dict(others),
        frozenset(international),
        dict(signs),
        shares,
    )


@cache
def vader() -> tuple[Mapping[str, float], Mapping[str, str]]:
    """VADER's words with their strength, and its names for pictures."""
    # Imported when first needed: reading it takes longer than most commands.
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

    read = SentimentIntensityAnalyzer()
    return read.lexicon, read.emojis
