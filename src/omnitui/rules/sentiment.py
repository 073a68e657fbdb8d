"""How a customer feels: each message by a readable lexicon, the conversation by its last six.

Messages are scored with VADER (Hutto and Gilbert 2014), which takes time quadratic in the length
of a text: so long ones are scored in bounded pieces, the beginning and the end. Within a piece each
sentence speaks for itself (a `not` does not reach across a full stop), which also agrees a little
better with how people rate.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from types import ModuleType

from omnitui.model.sentiment import Sentiment

LAST = 6
"""How many of the customer's messages count."""

PIECE_WORDS = 60
MOST_PIECES = 12
"""A message is scored in at most this many pieces of at most PIECE_WORDS words."""

MOST_WORDS_TOLD = 5
"""How many of the words that moved a message are told."""

_PROFANE = frozenset(
    "fuck fucks fucked fucker fuckers fucking fuckin shit shitty bullshit bastard bastards asshole"
    " assholes arsehole cunt bitch wanker faen fanden helvete jævla jævlig dritt drittsekk".split()
)
_PROFANE_CEILING = -0.6
_PROFANE_VALENCE = -2.5
_WORD = re.compile(r"[^\W\d_]+")
_SPACE = re.compile(r"[^\S\n]+")
_SENTENCE_END = re.compile(r"(?<=[.!?…])\s+|\s*\n\s*")
_LEVELS = (
    (-0.60, Sentiment.VERY_NEGATIVE),
    (-0.35, Sentiment.NEGATIVE),
    (-0.10, Sentiment.SLIGHTLY_NEGATIVE),
    (0.10, Sentiment.NEUTRAL),
    (0.35, Sentiment.SLIGHTLY_POSITIVE),
    (0.60, Sentiment.POSITIVE),
)


@dataclass(frozen=True, slots=True)
class Scored:
    """A message's compound score (-1..1) and the words that moved it most, strongest first.

    A word's valence is about -4 to 4, as it stood in its sentence: a word that was turned round
    is told as `not good`.
    """

    compound: float
    words: tuple[tuple[str, float], ...] = ()


@cache
def _lexicon() -> ModuleType:
    # Imported when first needed: reading the lexicon takes longer than most commands.
    from omnitui.rules import lexicon

    return lexicon


def score(text: str) -> Scored:
    """How one message sounds. The cost is bounded whatever its length.

    What is profane counts as negative at least, however it was meant.
    """
    said = pieces(text)
    if not said:
        return Scored(0.0)
    lexicon = _lexicon()
    norwegian = lexicon.is_norwegian(" ".join(said))
    moved: dict[str, float] = {}
    total = weight = 0.0
    for piece in said:
        heard = [
            pair
            for sentence in _SENTENCE_END.split(piece)
            for pair in lexicon.hear(sentence, norwegian)
        ]
        total += lexicon.compound([valence for _, valence in heard], piece) * len(piece)
        weight += len(piece)
        for word, valence in heard:
            if abs(valence) > abs(moved.get(word, 0.0)):
                moved[word] = round(valence, 2)
    compound = total / weight
    profane = _PROFANE.intersection(_WORD.findall(" ".join(said).casefold()))
    if profane:
        compound = min(compound, _PROFANE_CEILING)
        for word in profane:
            moved[word] = min(moved.get(word, 0.0), _PROFANE_VALENCE)
    strongest = sorted(moved.items(), key=lambda item: (-abs(item[1]), item[0]))
    return Scored(round(compound, 4), tuple(strongest[:MOST_WORDS_TOLD]))


def pieces(text: str) -> list[str]:
    """The text in pieces that VADER is quick with; of a long one the beginning and the end."""
    half = PIECE_WORDS * MOST_PIECES // 2
    # A word of a message is rarely longer than this; one that is carries no feeling.
    span = half * 12
    if len(text) > 2 * span:
        text = f"{text[:span]} {text[-span:]}"
    # Line breaks stay: a line of a message ends a sentence, with or without its full stop.
    words = [word[:40] for word in _SPACE.split(text.replace("\n", " \n ")) if word]
    if len(words) > 2 * half:
        words = words[:half] + words[-half:]
    return [
        " ".join(words[start : start + PIECE_WORDS]) for start in range(0, len(words), PIECE_WORDS)
    ]


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
