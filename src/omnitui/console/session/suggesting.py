"""Which articles fit what the customer said last, and by which of their words."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from omnitui.desk.knowledge import Found
from omnitui.model.conversation import Message, MessageKind, Speaker
from omnitui.model.knowledge import Article

MOST_WORDS = 10
MOST_ARTICLES = 6
_LAST_SAID = 4
_FIT = 0.45
_WORD = re.compile(r"[^\W\d_]{3,}", re.UNICODE)
_ENDINGS = ("ings", "ing", "ene", "ers", "ed", "es", "en", "er", "et", "s")
_COMMON = frozenset(
    """
    about after again ago all already also always and any are because been before being but can
    cannot could did does doing done don down each even ever every for from get gets getting
    give going good got had has have hello help here him his hours how into its just keep know
    last like long make many may more most much must need never new not nothing now off once one
    only other our out over own person please put really right said same say see she should
    since some still such sure take tell than thank thanks that the their them then there these
    they thing think this those through time times too tried try trying twice two under until
    use used very want was way well went were what when where which while who whole why will
    with without work working works would wrong one two three four five six seven eight nine ten
    week weeks yes yesterday yet you your today tonight minute minutes alle andre bare ble blir
    bli da de deg den der det din dine dette disse du eller en er et etter for fra før få får
    gang gikk gjør gjøre god ha hadde han har hei hele hva hvor hvordan hvorfor ikke inn jeg kan
    kom kommer kunne litt man med meg men min mitt må ned noe noen når og også om opp oss over
    på samme seg selv ser siden skal skulle som takk til under ut var ved vi vil ville være vært
    """.split()
)


@dataclass(frozen=True, slots=True)
class Suggested:
    """An article and the customer's words that led to it."""

    article: Article
    because: tuple[str, ...]


def telling_words(messages: Iterable[Message], names: str = "") -> list[str]:
    """The words of the customer's last messages that say what it is about, the newest first.

    What is in `names` (of people) says nothing about that.
    """
    said = [
        message.text
        for message in messages
        if message.speaker is Speaker.CUSTOMER and message.kind is MessageKind.MESSAGE
    ]
    words: dict[str, str] = {}
    nobody = _COMMON | set(_WORD.findall(names.casefold()))
    for text in reversed(said[-_LAST_SAID:]):
        for word in _WORD.findall(text[:1_000].casefold()):
            if word not in nobody:
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


def best_of(found: Mapping[str, Sequence[Found]]) -> list[Suggested]:
    """The articles found for the most words, best first; one word alone has to be a strong hit."""
    articles: dict[int, Article] = {}
    words: dict[int, list[str]] = {}
    scores: dict[int, float] = {}
    for word, hits in found.items():
        for hit in hits:
            key = hit.article.id
            articles[key] = hit.article
            words.setdefault(key, []).append(word)
            scores[key] = scores.get(key, 0.0) + hit.score
    ranked = sorted(articles, key=lambda key: (-scores[key], key))
    several = [key for key in ranked if len(words[key]) > 1]
    kept = several or ranked[:2]
    kept = [key for key in kept if scores[key] >= _FIT * scores[kept[0]]]
    return [Suggested(articles[key], tuple(words[key])) for key in kept[:MOST_ARTICLES]]
