"""How a customer feels: each message by a readable lexicon, the conversation by its last six.

What is heard is the customer's own words (`feeling/own.py`) in a language that has a lexicon
(`feeling/language.py`), by phrases over VADER's words (`feeling/hear.py`). The time is linear in
the length of a text, and of a long one only the beginning and the end are heard.
"""

import html
import math
import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from msgspec import Struct

from omnitui.model.sentiment import Sentiment
from omnitui.rules.feeling.hear import Heard, hear
from omnitui.rules.feeling.language import language_of
from omnitui.rules.feeling.lexicon import Ears, Lexicon
from omnitui.rules.feeling.own import Formulas, own_lines
from omnitui.rules.feeling.phrases import Kind

LAST = 6
"""How many of the customer's latest messages count."""

MOST_WORDS = 600
"""A longer message is cut to this many words: the first half of them and the last."""

MOST_WORDS_TOLD = 5
"""How many of the words that changed a message's sentiment are shown."""

_PROFANE_CEILING = -0.55
_ALPHA = 10.0
"""How much feeling brings a score near 1: more in a long text than in a short one."""

_LESS = 0.75
_EXCLAMATION, _MOST_EXCLAMATIONS = 0.55, 4
_SHOUTED, _IMPATIENT = -0.9, -0.8
CAPITALS, QUESTIONED = "capitals", "??"
"""The names of shouting and impatient question marks among those words."""

_SPACE = re.compile(r"[^\S\n]+")
_WORD = re.compile(r"[^\W\d_]+")
_ASKED_TWICE = re.compile(r"\?\s?[?!]|!\s?\?")
_LEVELS = (
    (-0.60, Sentiment.VERY_NEGATIVE),
    (-0.35, Sentiment.NEGATIVE),
    (-0.10, Sentiment.SLIGHTLY_NEGATIVE),
    (0.10, Sentiment.NEUTRAL),
    (0.35, Sentiment.SLIGHTLY_POSITIVE),
    (0.60, Sentiment.POSITIVE),
)


class Scored(Struct, frozen=True):
    """A message's compound score (-1..1) and the words that moved it most, strongest first.

    A word's valence is about -4 to 4, as it stood in its sentence: what is turned round is told
    with what turns it, as `not good`. `language` is the one it was heard in; None: it is not
    scored, and the score of 0 says nothing.
    """

    compound: float
    words: tuple[tuple[str, float], ...] = ()
    language: str | None = None

    @property
    def scored(self) -> bool:
        """Whether the score says anything."""
        return self.language is not None


def score(text: str, ears: Ears, language: str = "") -> Scored:
    """How one message sounds. The cost is bounded whatever its length.

    `language` is what is known of the writer; it decides only where the words do not. What is
    profane counts as negative at least, however it was meant.
    """
    lines = own_lines(html.unescape(bounded(text)))
    spoken = language_of("\n".join(lines), ears, language)
    if spoken is None:
        return Scored(0.0)
    lexicon = ears.lexicons[spoken]
    said = _formulas(ears).without(lines, _common(lexicon))
    heard, words = hear(said, lexicon, ears)
    profane = [each for each in heard if each.kind is Kind.PROFANE]
    heard += _loud(said, sum(each.valence for each in heard))
    compound = _compound(heard, words, said.count("!"))
    if profane:
        compound = min(compound, _PROFANE_CEILING)
    return Scored(round(compound, 4), _told(heard), spoken)


_NOBODY = frozenset(
    "all you both there again support customer team to the whom it may concern kundeservice alle"
    " dere til hele".split()
)
"""Common words that a greeting may be to."""


@lru_cache(maxsize=8)
def _common(lexicon: Lexicon) -> frozenset[str]:
    return lexicon.marks - _NOBODY


@lru_cache(maxsize=8)
def _formulas(ears: Ears) -> Formulas:
    known = ears.lexicons.values()
    return Formulas(
        [each for lexicon in known for each in lexicon.greetings],
        [each for lexicon in known for each in lexicon.closings],
        [each for lexicon in known for each in lexicon.weak_closings],
    )


def _loud(said: str, felt: float) -> list[Heard]:
    """What capitals and question marks add to what is not good already."""
    found: list[Heard] = []
    if felt > 0:
        return found
    words = [word for word in _WORD.findall(said) if len(word) > 1]
    if len(words) >= 4 and sum(word.isupper() for word in words) >= 0.8 * len(words):
        found.append(Heard(Kind.TROUBLE, CAPITALS, _SHOUTED))
    if _ASKED_TWICE.search(said):
        found.append(Heard(Kind.TROUBLE, QUESTIONED, _IMPATIENT))
    return found


def _compound(heard: Sequence[Heard], words: int, exclamations: int) -> float:
    total = _sum(each.valence for each in heard) - _sum(-each.valence for each in heard)
    if total:
        # What is hardly felt is not felt much more for its exclamation marks.
        loud = _EXCLAMATION * min(exclamations, _MOST_EXCLAMATIONS) * min(1.0, abs(total))
        total += loud if total > 0 else -loud
    return total / math.sqrt(total * total + _ALPHA * math.sqrt(1 + words))


def _sum(valences: Iterable[float]) -> float:
    """What speaks for one side: the strongest in full, each further one less than the last."""
    ordered = sorted((each for each in valences if each > 0), reverse=True)
    return math.fsum(each * _LESS**place for place, each in enumerate(ordered))


def _told(heard: Sequence[Heard]) -> tuple[tuple[str, float], ...]:
    moved: dict[str, float] = {}
    for each in heard:
        if each.valence and abs(each.valence) > abs(moved.get(each.said, 0.0)):
            moved[each.said] = round(each.valence, 2)
    strongest = sorted(moved.items(), key=lambda item: (-abs(item[1]), item[0]))
    return tuple(strongest[:MOST_WORDS_TOLD])


def bounded(text: str) -> str:
    """A text of at most MOST_WORDS words: of a longer one the beginning and the end."""
    half = MOST_WORDS // 2
    # A word of a message is rarely longer than this; one that is carries no feeling.
    span = half * 12
    cut = len(text) > 2 * span
    ends = [text[:span], text[-span:]] if cut else [text]
    # Line breaks stay: a line of a message ends a sentence, with or without its full stop.
    kept = [[w[:80] for w in _SPACE.split(end.replace("\n", " \n ")) if w] for end in ends]
    if not cut and len(kept[0]) > MOST_WORDS:
        kept = [kept[0], kept[0]]
        cut = True
    words = [*kept[0][:half], "\n", *kept[1][-half:]] if cut else kept[0]
    return " ".join(words).replace(" \n ", "\n").replace(" \n", "\n").replace("\n ", "\n")


def conversation_sentiment(scores: Sequence[float]) -> Sentiment:
    """The level that the customer's last messages (oldest first) amount to.

    It starts neutral; the newest counts most; a first message alone is held back a little.
    """
    return level(mean(scores))


def mean(scores: Sequence[float]) -> float:
    """The weighed mean of the last six scores, held back while there are few."""
    last = list(scores[-LAST:])
    weights = [index + 1 for index in range(len(last))]
    # The neutral start counts as one more message that said nothing.
    return sum(s * w for s, w in zip(last, weights, strict=True)) / (sum(weights) + 0.5)


def level(value: float) -> Sentiment:
    """The level of a mean score (-1..1)."""
    for below, found in _LEVELS:
        if value < below:
            return found
    return Sentiment.VERY_POSITIVE
