"""Lists of words for spelling: those of `pyspellchecker`, or a file of the agent's.

They are loaded when they are first asked for, which takes a moment: call this off the screen's
thread. A list of one's own is a text file with one word on each line.
"""

from functools import lru_cache
from pathlib import Path
from typing import Any

from omnitui.model.errors import DataError, Fault
from omnitui.rules.spelling import compared
from omnitui.textfiles import read_text

MOST_CORRECTIONS = 7


class WordList:
    """One list of words."""

    def __init__(self, checker: Any) -> None:
        self._checker = checker

    def knows(self, word: str) -> bool:
        """Whether a word, as it is compared, is in the list."""
        return word in self._checker

    def corrections(self, word: str) -> list[str]:
        """What may have been meant by a word, the likeliest first. Takes up to a second."""
        plain = compared(word)
        found = self._checker.candidates(plain) or set()
        found -= {plain}
        often = self._checker.word_usage_frequency
        return sorted(found, key=lambda one: (-often(one), one))[:MOST_CORRECTIONS]


def languages() -> tuple[str, ...]:
    """The languages whose lists are there."""
    from spellchecker import SpellChecker

    return tuple(sorted(SpellChecker.languages()))


@lru_cache(maxsize=4)
def word_list(language: str, own: Path | None = None) -> WordList:
    """The list of a language, or of a file. Raises `Fault` where there is none."""
    from spellchecker import SpellChecker

    if own is not None:
        return WordList(_from_file(own))
    if language not in languages():
        known = ", ".join(languages())
        raise Fault(
            f"There is no list of words for {language!r}. There are lists for {known}; for"
            " another language name a file: [word_lists] in console.toml."
        )
    return WordList(SpellChecker(language=language))


def _from_file(path: Path) -> Any:
    from spellchecker import SpellChecker

    checker = SpellChecker(language=None)
    try:
        text = read_text(path.expanduser())
    except OSError as error:
        raise Fault(f"The list of words {path} cannot be read ({error.strerror}).") from error
    words = [word for line in text.splitlines() if (word := compared(line.strip()))]
    if not words:
        raise DataError(path, "", "it has no words; write one on each line")
    checker.word_frequency.load_words(words)
    return checker
