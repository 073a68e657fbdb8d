"""The topics of a virtual agent: read from the store, and learned from their examples.

Both are kept by their text for as long as the process lives, whatever desk asks. What is learnt
takes a second, so it is kept in the store as well, the first time that a turn needs it.
"""

from base64 import b64decode, b64encode
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from omnitui.datafiles.topics import topics_of
from omnitui.desk.call import Call
from omnitui.model.errors import DataError, Refused
from omnitui.model.topic import TopicSet
from omnitui.rules.bot.state import Guess, Guessed
from omnitui.store import bots
from omnitui.store.bots import Bot
from omnitui.store.reading import unreadable

if TYPE_CHECKING:
    from omnitui.rules.learning.learner import Learner

MOST_GUESSES = 5
_LEARNT: "dict[str, Learner]" = {}
"""By the text of the topics; a process has few of them."""
_MOST = 8


def topics(call: Call, name: str) -> TopicSet:
    """The topics of the virtual agent of that key; refused if there is none."""
    return read(_bot(call, name).topics)


def guess(call: Call, name: str) -> Guess:
    """What a virtual agent takes a message to be about."""
    found = _bot(call, name)

    def guessed(said: str) -> Sequence[Guessed]:
        return learnt(found).guess(said, MOST_GUESSES)

    return guessed


def keep_learnt(call: Call, name: str) -> None:
    """Keep what a virtual agent has learnt by now, if the store does not have it."""
    found = _bot(call, name)
    known = _LEARNT.get(found.topics)
    if known is not None and not found.learnt:
        there = bots.by_name(call.store, name)
        if there is not None and there.topics == found.topics and not there.learnt:
            bots.keep_learnt(call.store, there.id, b64encode(known.to_bytes()).decode())


def prepare(text: str) -> None:
    """Learn topics before they are saved: outside a transaction nobody waits for it."""
    if text not in _LEARNT:
        _LEARNT[text] = _trained(text)


def _bot(call: Call, name: str) -> Bot:
    found = call.lasting.get(("bot", name), lambda: bots.by_name(call.store, name))
    if found is None:
        raise Refused(
            "bot.unknown", f"There is no virtual agent {name!r}.", "`bot.list` shows them all."
        )
    return found


def read(text: str) -> TopicSet:
    """Topics as they were saved; refused where the store is damaged."""
    try:
        return _read(text)
    except DataError as error:
        raise unreadable(" (in bots)") from error


@lru_cache(maxsize=_MOST)
def _read(text: str) -> TopicSet:
    return topics_of(text, Path("topics"))


def learnt(bot: Bot) -> "Learner":
    """A classifier of messages by topic; what a person answers is `OUTSIDE`."""
    found = _LEARNT.get(bot.topics)
    if found is None:
        if len(_LEARNT) >= _MOST:
            _LEARNT.clear()
        found = _LEARNT[bot.topics] = _kept(bot) or _trained(bot.topics)
    return found


def _trained(text: str) -> "Learner":
    from omnitui.rules.learning.learner import Learner

    return Learner.train(read(text).examples)


def _kept(bot: Bot) -> "Learner | None":
    from omnitui.rules.learning.learner import Learner

    if not bot.learnt:
        return None
    try:
        return Learner.from_bytes(b64decode(bot.learnt, validate=True))
    except ValueError:
        return None  # of another version, or damaged: it is learnt anew
