"""Articles for words and whole sentences, weighed: what has all the words first, then most of them.

Each word that says something is looked for by itself, as it is and by its stem, and counts the
more the fewer articles have it. The last word may still be being typed, so its beginning will do;
that of another one will where it is nowhere written out.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

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
_MOST_AT_ONCE = 200
"""So many queries are asked as one; SQLite takes 500."""
_ENOUGH = 5
"""Where so many articles have all the words, no others are shown."""
_MOST_WORDS = 24
"""So many words are looked for at most, those that say nothing apart."""
_OF_QUESTION = 0.2
"""What all the words of a question count, beside what they count where keywords are typed."""
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
    store: Store,
    given: Sequence[Part],
    limit: int,
    *,
    typing: bool = True,
    most: int | None = None,
    hidden: Collection[int] = (),
) -> dict[int, Weighed]:
    """The articles that fit best, with their scores; best first, without those that are `hidden`.

    `typing` says that the last word may be unfinished. `most` is how many of the parts are most of
    them; as many as are usual in a question, if not given.
    """
    asked = telling(given)
    spoken, gone = _spoken_and_gone(store)
    found = _each(store, asked, spoken, typing)
    whole = _all_of(store, asked, spoken) if typing else {}
    top = max((one.score for one in found.values()), default=0.0)
    # A question has words that its answer need not have; what is typed as keywords has not.
    bonus = top if len(asked) == len(set(given)) else _OF_QUESTION * top
    for key, score in whole.items():
        one = found.setdefault(key, Weighed())
        # All of the words are more than most of them, however rare these are.
        one.score = max(one.score, score) + bonus
        one.has = set(range(len(asked)))
    # What is retired is found by nobody, whoever asks.
    for key in (*hidden, *gone):
        found.pop(key, None)
        whole.pop(key, None)
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


def _spoken_and_gone(store: Store) -> tuple[tuple[str, ...], list[int]]:
    """The languages that articles are in, and the retired ones: one query for both."""
    rows = store.rows(
        "SELECT * FROM (SELECT DISTINCT 'language' AS what, language AS value FROM articles"
        " ORDER BY language LIMIT 40) UNION ALL SELECT 'retired', item FROM retired"
        " WHERE kind = 'article'"
    )
    spoken = tuple(row["value"] for row in rows if row["what"] == "language")
    gone = [row["value"] for row in rows if row["what"] == "retired"]
    return spoken, [int(key) for key in gone if key.isdecimal()]


def fits(given: Sequence[Part], language: str) -> frozenset[str]:
    """The stems that the words of an article are marked for."""
    typed = [word for part in telling(given) for word in (*part.words, part.joined) if word]
    return frozenset(stem(word, language) for word in typed)


def _each(
    store: Store, asked: Sequence[Part], spoken: Sequence[str], typing: bool
) -> dict[int, Weighed]:
    """What articles have of the parts. All parts are looked for at once, so that many words are a
    handful of queries: as they are, then as beginnings, then as what may be meant by them.
    """
    last = len(asked) - 1 if typing else -1
    said = {place: _said(part, spoken, begun=place == last) for place, part in enumerate(asked)}
    found = _weighed(store, said)
    again = {
        place: _said(asked[place], spoken, begun=True)
        for place in said
        if not found[place] and place != last
    }
    found |= _weighed(store, again)
    meant = _otherwise(store, {place: asked[place] for place in said if not found[place]})
    found |= _weighed(
        store, {place: _said(part, spoken, begun=place == last) for place, part in meant.items()}
    )
    weighed: defaultdict[int, Weighed] = defaultdict(Weighed)
    for place in range(len(asked)):
        for key, scores in found[place].items():
            one = weighed[key]
            # One after the other: what floating points add up to depends on the order.
            for score in scores:
                one.score += score
            one.has.add(place)
            one.instead += meant[place].words if place in meant else ()
    return dict(weighed)


_Of = dict[int, list[float]]
"""The articles that have something: what that counts, and what it counts again in their heads."""


def _weighed(store: Store, said: Mapping[int, str]) -> dict[int, _Of]:
    """By place, what articles have what is `said` there, in one query for all of it."""
    places = [(place, head) for place in said for head in ("", *_HEADS)]
    scores = _scores(
        store, [f"{head} : {said[place]}" if head else said[place] for place, head in places]
    )
    found: dict[int, _Of] = {place: {} for place in said}
    for (place, _), has in zip(places, scores, strict=True):
        for key, score in has.items():
            found[place].setdefault(key, []).append(score)
    return found


def _otherwise(store: Store, parts: Mapping[int, Part]) -> dict[int, Part]:
    """What is meant by words that no article has: the same in other letters, or words near them."""
    known = {
        place: part for place, part in parts.items() if len(part.words) == 1 and not part.contact
    }
    spelled = [(place, way) for place, part in known.items() for way in spellings(part.words[0])]
    has = _scores(store, [matches.exactly(way) for _, way in spelled])
    meant: dict[int, Part] = {}
    for (place, way), keys in zip(spelled, has, strict=True):
        if keys:
            meant.setdefault(place, Part((way,)))
    rest = {place: part.words[0] for place, part in known.items() if place not in meant}
    near = nearest(store, [*rest.values()])
    meant |= {place: Part((near[word],)) for place, word in rest.items() if near.get(word)}
    return meant


def _all_of(store: Store, asked: Sequence[Part], spoken: Sequence[str]) -> dict[int, float]:
    (scores,) = _scores(store, [" AND ".join(_said(part, spoken, begun=True) for part in asked)])
    return scores


def _scores(store: Store, matching: Sequence[str]) -> list[dict[int, float]]:
    """How well articles fit each of some queries, which are asked as one.

    A word that most texts have makes this very small.
    """
    found: list[dict[int, float]] = [{} for _ in matching]
    for start in range(0, len(matching), _MOST_AT_ONCE):
        asked = matching[start : start + _MOST_AT_ONCE]
        parts = (
            f"SELECT * FROM (SELECT {number}, rowid, rank FROM articles_search WHERE"
            f" articles_search MATCH ? AND rank MATCH 'bm25({WEIGHTS})' LIMIT {_MOST_READ})"
            for number in range(len(asked))
        )
        for number, key, rank in store.rows(" UNION ALL ".join(parts), asked):
            found[start + number][key] = -rank
    return found


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
