"""What counts as a gap in the knowledge, and which searches ask for the same."""

from omnitui.letters import folded, groups, sought
from omnitui.stems import common

_LONGEST = 200
_MOST_WORDS = 12
_FEWEST_LETTERS = 3


def phrase_of(query: str) -> str:
    """A search without what makes no difference: case, accents, signs, words that say nothing.

    Empty for a search that says nothing, such as a single letter; nobody could write for that.
    """
    words = [folded(word) for group in groups(query[:_LONGEST]) for word in group if sought(word)]
    telling = [word for word in words if not common(word)][:_MOST_WORDS]
    phrase = " ".join(telling)
    letters = sum(character.isalpha() for character in phrase)
    return phrase if letters >= _FEWEST_LETTERS else ""
