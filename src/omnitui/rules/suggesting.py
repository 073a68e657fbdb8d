"""By which of their words help is looked for: those of what the customer said last."""

import re
from collections.abc import Iterable

from omnitui.model.conversation import Message, MessageKind, Speaker
from omnitui.stems import common

MOST_WORDS = 10
_LAST_SAID = 4
_WORD = re.compile(r"[^\W\d_]{3,}", re.UNICODE)
_ENDINGS = ("ings", "ing", "ene", "ers", "ed", "es", "en", "er", "et", "s")
_IN_TALK = frozenset(
    """
    ago even good hours last long new off once own person right same through time times twice
    work working works wrong four five six seven eight nine ten week weeks yesterday today
    tonight minute minutes disse
    """.split()
)
"""Words that are in every talk, beside those that say nothing anywhere."""


def telling_words(messages: Iterable[Message], names: str = "") -> list[str]:
    """The words of the customer's last messages that say what it is about, the newest first.

    What is in `names` (of people) says nothing about that.
    """
    return telling_of(
        (
            message.text
            for message in messages
            if message.speaker is Speaker.CUSTOMER and message.kind is MessageKind.MESSAGE
        ),
        names,
    )


def telling_of(texts: Iterable[str], names: str = "") -> list[str]:
    """The same of the last of some texts, oldest first."""
    said = list(texts)
    words: dict[str, str] = {}
    nobody = _IN_TALK | set(_WORD.findall(names.casefold()))
    for text in reversed(said[-_LAST_SAID:]):
        for word in _WORD.findall(text[:1_000].casefold()):
            if word not in nobody and not common(word):
                words.setdefault(stem(word), word)
    return list(words.values())[:MOST_WORDS]


def stem(word: str) -> str:
    """What to look for so that other forms of a word are found too; at least four letters."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            short = word.removesuffix(ending)
            twice = len(short) > 4 and short[-1] == short[-2] and ending in ("ed", "ing", "ings")
            return short[:-1] if twice else short
    return word
