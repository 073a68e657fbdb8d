"""Who is mentioned in a note: `@login`, `@Full Name`, or `@First` where only one goes by it."""

import re
from collections import Counter
from collections.abc import Iterable

from msgspec import Struct

from omnitui.letters import caseless


class Colleague(Struct, frozen=True):
    """An agent who can be mentioned."""

    id: int
    login: str
    name: str


def mentioned(text: str, colleagues: Iterable[Colleague]) -> tuple[int, ...]:
    """The keys of the agents whom a text mentions, in the order of the text, each once.

    An at sign within a word (a mail address) mentions nobody. Of several matches at one place the
    longest counts: `@Bo Berg` is Bo Berg, not Bo.
    """
    by_word = _words(colleagues)
    found: dict[int, None] = {}
    folded = text.casefold()
    for sign in re.finditer(r"(?<![\w.@])@", folded):
        rest = folded[sign.end() :]
        fits = (word for word in by_word if rest.startswith(word) and _ends(rest[len(word) :]))
        longest = max(fits, key=len, default=None)
        if longest is not None:
            found.setdefault(by_word[longest])
    return tuple(found)


def _ends(rest: str) -> bool:
    """Whether a name ends here: no letter goes on, and no dot or hyphen with one behind it."""
    return re.match(r"\w|[.\-@]\w", rest) is None


def _words(colleagues: Iterable[Colleague]) -> dict[str, int]:
    """What each of them is called by; what means two people means neither."""
    names: list[tuple[str, int]] = []
    logins: dict[str, int] = {}
    for one in colleagues:
        logins[one.login.casefold()] = one.id
        whole = caseless(one.name)
        names += [(word, one.id) for word in {whole, whole.split(" ")[0]} if word]
    count = Counter(word for word, _ in names)
    found = {word: key for word, key in names if count[word] == 1}
    return found | {word: key for word, key in logins.items() if word}
