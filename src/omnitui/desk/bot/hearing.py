"""The topics of a virtual agent: read from the store, and learned from their examples.

Both are kept by their text for as long as the process lives, whatever desk asks.
"""

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from omnitui.datafiles.topics import topics_of
from omnitui.desk.call import Call
from omnitui.model.errors import Refused
from omnitui.model.topic import TopicSet
from omnitui.rules.bot.state import Guess, Guessed
from omnitui.store import bots

if TYPE_CHECKING:
    from omnitui.rules.learning.learner import Learner

MOST_GUESSES = 5


def topics(call: Call, name: str) -> TopicSet:
    """The topics of the virtual agent of that key; refused if there is none."""
    return read(_text(call, name))


def guess(call: Call, name: str) -> Guess:
    """What a virtual agent takes a message to be about."""
    text = _text(call, name)

    def guessed(said: str) -> Sequence[Guessed]:
        return learned(text).guess(said, MOST_GUESSES)

    return guessed


def _text(call: Call, name: str) -> str:
    found = call.lasting.get(("bot", name), lambda: bots.by_name(call.store, name))
    if found is None:
        raise Refused(
            "bot.unknown", f"There is no virtual agent {name!r}.", "`bot.list` shows them all."
        )
    return found.topics


@lru_cache(maxsize=8)
def read(text: str) -> TopicSet:
    """Topics as they were written; raises `DataError`."""
    return topics_of(text, Path("topics.toml"))


@lru_cache(maxsize=8)
def learned(text: str) -> "Learner":
    """A classifier of messages by topic; what a person answers is `OUTSIDE`."""
    from omnitui.rules.learning.learner import Learner

    return Learner.train(read(text).examples)
