"""What is felt in the words of a message, word by word, with VADER's rules for degree and negation.

VADER (Hutto and Gilbert 2014) is heard here in time linear in the number of words. What differs:
a clause ends at its punctuation, a sign keeps its own feeling, and phrases go before words.
"""

import math
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from msgspec import Struct
from msgspec.structs import replace

from omnitui.patterns import late
from omnitui.rules.feeling.lexicon import DRAWN, Ears, Lexicon, vader
from omnitui.rules.feeling.machine import is_chunk
from omnitui.rules.feeling.names import names
from omnitui.rules.feeling.phrases import Kind

MORE, TURNED, RIGHTED, CAPITALS = 0.35, -0.74, -0.3, 0.733
_NEAR = (1.0, 0.95, 0.9)
_BEFORE_BUT, _AFTER_BUT = 0.5, 1.3
_LONGEST_CLAUSE = 40
_MOST_OF_A_SIGN = 2
_HOLLOW = -0.6
_HOLLOW_WORDS = 4
_MILD = -2.2
_NEVER_SO, _MORE_THAN_EVER = {("never", "so"), ("never", "this"), ("aldri", "så")}, 1.25
_GLAD, _BARE, _MANNERS = 0.5, 2.0, 0.1

_SMILEY = late(r"(?<=\w)([:;=]['’]?-?[()DPp/\\|*]+)$")
_TOKEN = late(r"[^\W\d_]+(?:['&-][^\W\d_]+)*|\d+(?:st|nd|rd|th)?|[.!?…\n]+|[,;:()–—]+|.")
_LAST_MARK = late(r"[.!?…,;:)]+$")
_NAME = 2
_COUNTED, _MOST_COUNTED = "20", 1_000
_TITLE = late(r"\b([Mm]rs?|[Mm]s|[Dd]r|[Pp]rof|[Ss]t)\.(?=\s)")
"""Whose full stop ends no sentence."""
_END = late(r"[.!?…\n]")


class Heard(Struct, frozen=True):
    """Something that carries feeling: how it was said, and how much it moves the message."""

    kind: Kind
    said: str
    valence: float
    alone: bool = False


class Clause(Struct):
    """The words between two marks of punctuation; `ends` where a sentence does."""

    words: list[str]
    ends: bool = False


def hear(text: str, lexicon: Lexicon, ears: Ears) -> tuple[list[Heard], int]:
    """All that carries feeling in a text of bounded length, and how many words say anything.

    Thanks and formulas do not count as words, so that a complaint is no weaker for a `please`.
    """
    clauses, signs = _cut(_TITLE.sub(r"\1", text) if "." in text else text, ears)
    words = [word for clause in clauses for word in clause.words]
    capitals = sum(word.isupper() for word in words)
    mixed = 0 < capitals < len(words)
    heard: list[Heard] = []
    counted = said = 0
    sentence: list[Clause] = []
    for clause in clauses:
        sentence.append(clause)
        if clause.ends or clause is clauses[-1]:
            felt, number = _sentence(sentence, lexicon, mixed)
            if any(each.kind is Kind.TURN for each in felt):
                # What stands alone takes back the sentence before it.
                heard = _taken_back(heard, said if len(felt) == 1 else 0)
                felt = _taken_back(felt, len(felt))
            said = len(felt) or said
            heard += felt
            counted += number
            sentence = []
    return _meant([*heard, *signs]), counted


def _taken_back(heard: Sequence[Heard], last: int) -> list[Heard]:
    """What is heard, with what is good in the last ones turned round."""
    first = len(heard) - last
    return [
        replace(each, valence=each.valence * TURNED)
        if place >= first and each.valence > 0
        else each
        for place, each in enumerate(heard)
    ]


def _cut(text: str, ears: Ears) -> tuple[list[Clause], list[Heard]]:
    """The clauses of a text, and the signs that stand in it."""
    clauses, signs = [Clause([])], dict[str, list[float]]()
    for line in text.split("\n"):
        for chunk in line.split():
            if chunk.isalpha() and chunk.isascii() and chunk not in ears.signs:
                # A plain word, as most are: it has nothing to be taken apart.
                clauses[-1].words.append(chunk)
                if len(clauses[-1].words) >= _LONGEST_CLAUSE:
                    clauses.append(Clause([]))
                continue
            for part in [whole] if (whole := _sign_of(chunk, ears)) else _parts(chunk):
                strength = _sign(part, ears)
                if strength is not None:
                    signs.setdefault(part, []).append(strength)
                elif part[0].isalnum() or part[0] == "'":
                    clauses[-1].words.append(part)
                    if len(clauses[-1].words) >= _LONGEST_CLAUSE:
                        clauses.append(Clause([]))
                elif part[0] in ".!?…,;:()–—":
                    clauses[-1].ends |= bool(_END.search(part))
                    clauses.append(Clause([]))
        clauses[-1].ends = True
        clauses.append(Clause([]))
    # The same sign again and again is said once more, not a hundred times more.
    told = [
        # Full marks are given in mockery as often as in earnest.
        Heard(Kind.IRONY if sign[0].isdecimal() else Kind.WORD, sign, sum(values[:_MOST_OF_A_SIGN]))
        for sign, values in signs.items()
        if values[0]
    ]
    return clauses, told


def _sign_of(chunk: str, ears: Ears) -> str:
    """A sign that is more than one character (`10/10`), empty for what is none."""
    plain = chunk.rstrip(".,!?;:") if len(chunk) < 12 else ""
    return plain if plain in ears.signs else ""


def _parts(chunk: str) -> Iterator[str]:
    chunk = chunk.replace("’", "'").replace("\ufe0f", "")
    if _is_smiley(chunk):
        yield _short(chunk)
        return
    smiley = _SMILEY.search(chunk)
    if smiley is not None and _is_smiley(smiley.group()):
        chunk = chunk[: smiley.start()]
    else:
        smiley = None
    if not is_chunk(chunk):
        yield from _TOKEN.findall(chunk)
    else:
        # What a machine reads (an address, a name of a file) is a word that nobody feels.
        yield "0"
        yield from _LAST_MARK.findall(chunk)
    if smiley is not None:
        yield _short(smiley.group())


def _is_smiley(chunk: str) -> bool:
    if len(chunk) < 2 or chunk.isalnum() or chunk.replace("'", "").replace("-", "").isalpha():
        return False
    return _short(chunk) in vader()[0]


def _short(chunk: str) -> str:
    """A smiley with its mouth once: `:(((` is `:(`."""
    plain = chunk.casefold()
    return plain if plain in vader()[0] else DRAWN.sub(r"\1", re.sub(r"([()])\1+", r"\1", plain))


def _sign(part: str, ears: Ears) -> float | None:
    if part in ears.signs:
        return ears.signs[part]
    if part[0].isalnum() or part.isascii():
        return vader()[0].get(part) if _is_smiley(part) else None
    return _named(part)


@lru_cache(maxsize=4_096)
def _named(picture: str) -> float | None:
    """What VADER's name for a picture feels like, None for what is no picture."""
    words, pictures = vader()
    if picture not in pictures:
        return None
    return sum(words.get(word, 0.0) for word in pictures[picture].split())


def _sentence(clauses: Sequence[Clause], lexicon: Lexicon, mixed: bool) -> tuple[list[Heard], int]:
    """What is felt in the clauses of one sentence: more after a `but` than before it."""
    all_lowered = [[word.casefold() for word in clause.words] for clause in clauses]
    has_but = any(not lexicon.contrast.isdisjoint(lowered) for lowered in all_lowered)
    weight = _BEFORE_BUT if has_but else 1.0
    told: list[Heard] = []
    counted = 0
    for clause, plain in zip(clauses, all_lowered, strict=True):
        if not plain:
            continue
        lowered = [_counted(word, lexicon) for word in plain]
        turn = None
        if has_but:
            turn = next((n for n, word in enumerate(lowered) if word in lexicon.contrast), None)
        felt, idle = _clause(clause.words, lowered, lexicon, mixed)
        counted += len(lowered) - idle
        for start, heard in felt:
            after = weight if turn is None or start < turn else _AFTER_BUT
            told.append(
                replace(heard, valence=heard.valence * after, alone=heard.alone and not has_but)
            )
        if turn is not None:
            weight = _AFTER_BUT
    return told, counted


def _counted(word: str, lexicon: Lexicon) -> str:
    """A word as the lexicon may know it: any number that one may count to stands for many."""
    if word.isdecimal() and len(word) < 4 and 2 <= int(word) < _MOST_COUNTED:
        return word if lexicon.phrases.holds(word) else _COUNTED
    return word


def _clause(
    words: Sequence[str], lowered: Sequence[str], lexicon: Lexicon, mixed: bool
) -> tuple[list[tuple[int, Heard]], int]:
    """What is felt in a clause by where it begins, and how many of its words say nothing."""
    found, owner, idle = _found(words, lowered, lexicon)
    alone = len(words) <= _HOLLOW_WORDS
    asked = any(kind is Kind.QUESTION for _, kind, _ in found)
    felt: list[tuple[int, Heard]] = []
    for places, kind, strength in sorted(found):
        if kind is Kind.TURN:
            felt.append((places[0], Heard(kind, "", strength)))
            continue
        if not strength or (asked and len(places) == 1 and _MILD <= strength < 0):
            continue
        start, end = places[0], places[-1] + 1
        valence = strength
        if mixed and any(words[at].isupper() and len(words[at]) > 1 for at in places):
            valence += CAPITALS if valence > 0 else -CAPITALS
        if kind is not Kind.THANKS:
            long = kind is Kind.TROUBLE and len(places) > 1
            valence, start = _moved(valence, start, lowered, lexicon, owner, long)
        if valence:
            told = " ".join(words[start:end]).casefold()
            felt.append((places[0], Heard(kind, told, valence, alone)))
    if idle and all(heard.kind is Kind.THANKS for _, heard in felt):
        # `Could you help me, please`: what is said politely is no more than that.
        return felt, len(words)
    return felt, idle


def _found(
    words: Sequence[str], lowered: Sequence[str], lexicon: Lexicon
) -> tuple[list[tuple[tuple[int, ...], Kind, float]], dict[int, float], int]:
    """The phrases and words of a clause, which places they have, how many words say nothing."""
    owner: dict[int, float] = {}
    found: list[tuple[tuple[int, ...], Kind, float]] = []
    idle = 0
    named = names(words, lexicon)
    for phrase, places in lexicon.phrases.find(lowered):
        if len(places) <= _NAME and named.issuperset(places):
            continue
        idle += len(places) if phrase.kind in (Kind.FORMULA, Kind.THANKS) else 0
        strength = phrase.strength
        if len(places) == 1 and strength and phrase.kind is not Kind.THANKS:
            # VADER's raters heard many words more strongly than a group of phrases is.
            known = lexicon.strength(lowered[places[0]])
            strength = known if known / strength > 1 else strength
        found.append((places, phrase.kind, strength))
        # `still not` is felt, and its `not` turns round what follows for all that.
        closed = places[:-1] if lowered[places[-1]] in lexicon.negations else places
        owner |= dict.fromkeys(closed, phrase.strength)
    for at, word in enumerate(lowered):
        strength = lexicon.felt_alone(word)
        if strength and at not in owner and at not in named:
            found.append(((at,), Kind.WORD, strength))
            owner[at] = strength
    return found, owner, idle


def _moved(
    valence: float,
    start: int,
    words: Sequence[str],
    lexicon: Lexicon,
    owner: dict[int, float],
    long: bool,
) -> tuple[float, int]:
    """A valence after the three words before it, and where what says so begins."""
    begins, joined = start, False
    for distance in range(3):
        at = start - 1 - distance
        if at < 0:
            break
        word = words[at]
        if owner.get(at) == 0:
            continue
        if (at in owner and not joined) or word in lexicon.stops:
            break
        joined = word in lexicon.joins
        if word in lexicon.more or word in lexicon.less:
            step = MORE if word in lexicon.more else -MORE
            valence += (step if valence > 0 else -step) * _NEAR[distance]
        if (word, words[at + 1]) in _NEVER_SO and at + 1 < start:
            valence *= _MORE_THAN_EVER
        elif (
            word in lexicon.negations and not (joined and distance) and not (long and distance > 1)
        ):
            begins = at
            # A `not` hardly makes good what is wrong, and what is so in many words not at all.
            valence = 0.0 if long else valence * (TURNED if valence > 0 else RIGHTED)
    return valence, begins


def _meant(heard: list[Heard]) -> list[Heard]:
    """What praise and thanks mean beside the rest."""
    wrong = any(each.kind is Kind.TROUBLE and each.valence < -0.5 for each in heard)
    bad = wrong or any(each.kind is Kind.WORD and each.valence < -1 for each in heard)
    right = any(
        each.valence > 0
        and each.kind not in (Kind.THANKS, Kind.IRONY)
        and not (each.kind is Kind.PRAISE and each.alone)
        for each in heard
    )
    put_right = any(each.kind is Kind.RELIEF and each.valence > 0 for each in heard)
    hollow = {
        Kind.PRAISE: wrong and not right,
        Kind.IRONY: bad and not put_right,
    }
    heard = [
        replace(each, valence=each.valence * _HOLLOW)
        if each.valence > 0 and hollow.get(each.kind) and (each.alone or each.kind is Kind.IRONY)
        else each
        for each in heard
    ]
    rest = math.fsum(each.valence for each in heard if each.kind is not Kind.THANKS)
    if rest < 0:
        return [each for each in heard if each.kind is not Kind.THANKS]
    if rest < _GLAD and all(each.valence <= _BARE for each in heard if each.kind is Kind.THANKS):
        # Said beside nothing good, a bare thanks is a manner of speaking.
        return [
            replace(each, valence=each.valence * _MANNERS) if each.kind is Kind.THANKS else each
            for each in heard
        ]
    return heard
