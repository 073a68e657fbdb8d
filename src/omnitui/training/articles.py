"""How an agent on autopilot finds an article: a search for each telling word, the sums compared."""

import re
from collections import defaultdict

from omnitui.desk.desk import Desk
from omnitui.model.actor import Actor
from omnitui.model.knowledge import Article

_WORD = re.compile(r"\w{4,}", re.UNICODE)
_COMMON = frozenset(
    "about after again always anybody because been before could does doing done dont every from"
    " have hello here into just know like made make many more much need nothing only other please"
    " really same should since some something still sure than thank thanks that their them then"
    " there these they this time today very want well were what when where which will with without"
    " would your have ikke eller dette denne etter fordi hadde ingen kunne mange noen skal veldig"
    " ville takk hvor hvordan hvorfor også bare".split()
)
_WORDS = 8
_AGREEING = 2
"""How many of a customer's words an article has to share."""


class Articles:
    """Remembers what each word found: articles do not change during a shift."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._found: dict[str, dict[int, float]] = {}
        self._articles: dict[int, Article] = {}

    def best(self, words: str, actor: Actor, seen: frozenset[int]) -> Article | None:
        """The public article that fits a customer's words best, unless they have had it."""
        telling = [w for w in dict.fromkeys(_WORD.findall(words.casefold())) if w not in _COMMON]
        found: defaultdict[int, list[float]] = defaultdict(list)
        for word in telling[:_WORDS]:
            for key, score in self._of(word, actor).items():
                found[key].append(score)
        # One word in common is chance: "twice" does not make it about being charged twice.
        enough = max(_AGREEING, min(len(telling), _WORDS) // 3)
        fits = {key: sum(scores) for key, scores in found.items() if len(scores) >= enough}
        new = [key for key in fits if key not in seen]
        best = min(new, key=lambda key: (-fits[key], key), default=None)
        return None if best is None else self._articles[best]

    def _of(self, word: str, actor: Actor) -> dict[int, float]:
        if word not in self._found:
            hits = self._desk.call("knowledge.search", actor, query=word, limit=5)
            hits = [hit for hit in hits if hit.article.public]
            self._articles |= {hit.article.id: hit.article for hit in hits}
            self._found[word] = {hit.article.id: hit.score for hit in hits}
        return self._found[word]
