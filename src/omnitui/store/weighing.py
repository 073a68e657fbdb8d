"""Articles for words and whole sentences, weighed: what has all the words first, then most of them.

Each word that says something is looked for by itself, as it is and by its stem, and counts the
more the fewer articles have it. The last word may still be being typed, so its beginning will do;
that of another one will where it is nowhere written out.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from msgspec import Struct, field

from omnitui.letters import spellings
from omnitui.model.search import Part
from omnitui.stems import common, stem
from omnitui.store import matches
from omnitui.store.engine import Store
from omnitui.store.near import nearest
from omnitui.store.terms import stem_term

WEIGHTS = "10.0, 6.0, 1.0"
"""What a word counts in an article's title, keywords and text."""
_HEADS = ("title", "keywords")
"""Where a word counts again, for an article is about what it is called."""
_MOST_READ = 4_000
"""So many articles are weighed for a word at most."""
_ENOUGH = 5
"""Where so many articles have all the words, no others are shown."""
_MOST_WORDS = 24
"""So many words are looked for at most, those that say nothing apart."""
_MOST_OF = 0.4
"""The part of the words that is most of them; a question has many that no article needs."""


class Weighed(Struct):
    """An article's score, which of the parts of what was asked it has, and the words that it has
    instead of some that no article has.
    """

    score: float = 0.0
    has: set[int] = field(default_factory=set)
    instead: list[str] = field(default_factory=list)


def telling(given: Sequence[Part]) -> list[Part]:
    """The parts that say what it is about; all of them where none does."""
    kept = [part for part in given if not all(map(common, part.words))]
    return list(dict.fromkeys(kept or given))[:_MOST_WORDS]


def find(
    store: Store, given: Sequence[Part], limit: int, *, typing: bool = True, most: int | None = None
) -> dict[int, Weighed]:
    """The articles that fit best, with their scores; best first.

    `typing` says that the last word may be unfinished. `most` is how many of the parts are most of
    them; as many as are usual in a question, if not given.
    """
    asked = telling(given)
    spoken = languages(store)
    found = _each(store, asked, spoken, typing)
    whole = _all_of(store, asked, spoken) if typing else {}
    top = max((one.score for one in found.values()), default=0.0)
    for key, score in whole.items():
        one = found.setdefault(key, Weighed())
        # All of the words are more than most of them, however rare these are.
        one.score = max(one.score, score) + top
        one.has = set(range(len(asked)))
    kept = _kept(found, len(asked), len(whole), most or max(2, round(_MOST_OF * len(asked))))
    first = sorted(kept, key=lambda key: (-found[key].score, -key))[:limit]
    return {key: found[key] for key in first}


def has_all(store: Store, given: Sequence[Part], article: int) -> bool:
    """Whether an article has everything that was typed, also the words that say nothing."""
    spoken = languages(store)
    match = " AND ".join(_said(part, spoken, begun=True) for part in given)
    query = "SELECT 1 FROM articles_search WHERE articles_search MATCH ? AND rowid = ?"
    return store.value(query, (match, article)) is not None


def _kept(found: Mapping[int, Weighed], asked: int, whole: int, most: int) -> list[int]:
    """What has all the words, or where that is little, most; or else at least one."""
    if whole >= _ENOUGH:
        return [key for key, one in found.items() if len(one.has) == asked]
    kept = [key for key, one in found.items() if len(one.has) >= min(most, asked)]
    for fewer in range(most - 1, 0, -1):
        if kept:
            break
        kept = [key for key, one in found.items() if len(one.has) >= fewer]
    return kept


def languages(store: Store) -> tuple[str, ...]:
    """The languages that articles are in."""
    rows = store.rows("SELECT DISTINCT language FROM articles ORDER BY language LIMIT 40")
    return tuple(row["language"] for row in rows)


def fits(given: Sequence[Part], language: str) -> frozenset[str]:
    """The stems that the words of an article are marked for."""
    typed = [word for part in telling(given) for word in (*part.words, part.joined) if word]
    return frozenset(stem(word, language) for word in typed)


def _each(
    store: Store, asked: Sequence[Part], spoken: Sequence[str], typing: bool
) -> dict[int, Weighed]:
    found: defaultdict[int, Weighed] = defaultdict(Weighed)
    for place, part in enumerate(asked):
        last = typing and place == len(asked) - 1
        said = _said(part, spoken, begun=last)
        scores = _scores(store, said)
        if not scores and not last:
            said = _said(part, spoken, begun=True)
            scores = _scores(store, said)
        meant = None if scores else _otherwise(store, part)
        if meant is not None:
            said = _said(meant, spoken, begun=last)
            scores = _scores(store, said)
        for key, score in scores.items():
            found[key].score += score
            found[key].has.add(place)
            found[key].instead += meant.words if meant else ()
        for head in _HEADS if scores else ():
            for key, score in _scores(store, f"{head} : {said}").items():
                found[key].score += score
    return dict(found)


def _otherwise(store: Store, part: Part) -> Part | None:
    """What is meant by a word that no article has: the same in other letters, or a word near it."""
    if len(part.words) != 1 or part.contact:
        return None
    for other in spellings(part.words[0]):
        if _scores(store, matches.exactly(other)):
            return Part((other,))
    near = nearest(store, part.words[0])
    return Part((near,)) if near else None


def _all_of(store: Store, asked: Sequence[Part], spoken: Sequence[str]) -> dict[int, float]:
    return _scores(store, " AND ".join(_said(part, spoken, begun=True) for part in asked))


def _scores(store: Store, match: str) -> dict[int, float]:
    """How well articles fit a query. A word that most texts have makes this very small."""
    rows = store.rows(
        "SELECT rowid, rank FROM articles_search WHERE articles_search MATCH ?"
        f" AND rank MATCH 'bm25({WEIGHTS})' LIMIT ?",
        (match, _MOST_READ),
    )
    return {row["rowid"]: -row["rank"] for row in rows}


def _said(part: Part, spoken: Sequence[str], *, begun: bool) -> str:
    """The query for a part: its words, or all of them as one; each as it is, or by its stem."""
    if not part.joined:
        return f"({' AND '.join(_word(word, spoken, begun=begun) for word in part.words)})"
    # One after the other, or else "wi-fi" would be what begins with "wi" and what with "fi".
    beside = " ".join(part.words)
    phrase = matches.begun(beside) if begun else matches.exactly(beside)
    return f"({phrase} OR {_word(part.joined, spoken, begun=begun)})"


def _word(word: str, spoken: Sequence[str], *, begun: bool) -> str:
    plain = matches.begun(word) if begun else matches.exactly(word)
    stems = dict.fromkeys(stem_term(word, language) for language in spoken)
    return f"({' OR '.join([plain, *(f'{chr(34)}{one}{chr(34)}' for one in stems)])})"
