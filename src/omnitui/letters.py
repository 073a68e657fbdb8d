"""Text as it is compared: letters without case, accents and strokes, and words however joined.

Whatever is looked up by what somebody typed goes through here on both sides: what is kept by
`terms`, what is typed by `sought`; plain comparisons by `folded`. The indexes keep what `terms`
gives and nothing else, so another engine finds the same. What it gives for a text may only change
together with a step that builds the indexes anew.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import pairwise

from omnitui.patterns import late

_APOSTROPHES = "'`\u00b4\u02b9\u02bb\u02bc\u02bd\u02bf\u02c8\u2018\u2019\u201b\u2032\u05f3\uff07"
_HYPHENS = "-\u2010\u2011\u2212\ufe63\uff0d"
_SIGNS = str.maketrans(
    dict.fromkeys(_APOSTROPHES, "'")
    | dict.fromkeys(_HYPHENS, "-")
    # What is there without being seen parts no word.
    | dict.fromkeys("\u00ad\u0640\u200b\u200c\u200d\u2060\ufeff")
)
_STROKES = str.maketrans(
    {
        "æ": "ae",
        "œ": "oe",
        "þ": "th",
        "ĸ": "k",
        "ŋ": "n",
        "ə": "a",
        "ǝ": "e",
        "ĳ": "ij",
        "ẞ": "ss",
        "ς": "σ",
        "ґ": "г",
        "ғ": "г",
        "қ": "к",
        "ң": "н",
        "ҳ": "х",
        "ұ": "у",
        "ү": "у",
        "ө": "о",
    }
    | dict.fromkeys("ⱥɐɑ", "a")
    | dict.fromkeys("ƀƃɓ", "b")
    | dict.fromkeys("ȼƈ", "c")
    | dict.fromkeys("đðɖɗƌȡ", "d")
    | dict.fromkeys("ɇɛ", "e")
    | dict.fromkeys("ƒ", "f")
    | dict.fromkeys("ǥɠɡ", "g")
    | dict.fromkeys("ħɦⱨ", "h")
    | dict.fromkeys("ıɨɩ", "i")
    | dict.fromkeys("ɉȷ", "j")
    | dict.fromkeys("ƙⱪ", "k")
    | dict.fromkeys("łƚɫɬⱡ", "l")
    | dict.fromkeys("ɲƞ", "n")
    | dict.fromkeys("øɵɔ", "o")
    | dict.fromkeys("ƥᵽ", "p")
    | dict.fromkeys("ɍɽ", "r")
    | dict.fromkeys("ʂȿ", "s")
    | dict.fromkeys("ŧƭⱦ", "t")
    | dict.fromkeys("ʉ", "u")
    | dict.fromkeys("ʋ", "v")
    | dict.fromkeys("ƴɏ", "y")
    | dict.fromkeys("ƶȥⱬ", "z")
)
"""Letters that Unicode does not take apart, as they are written where they are missing."""

# Accents and points, which may be left out; the vowel signs of other scripts may not.
_ACCENTS = late(
    r"[\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf\u05c1-\u05c7\u0610-\u061a\u064b-\u065f\u0670"
    r"\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe00-\ufe0f"
    r"\ufe20-\ufe2f]+"
)
# Scripts that are written without spaces: Thai, Lao, Burmese, Khmer, and those of East Asia; Korean
# has spaces, but words grow endings.
_RUNNING = (
    r"\u0e01-\u0e3a\u0e40-\u0e4e\u0e81-\u0ece\u0edc-\u0edf\u1000-\u1049\u1050-\u109d\u1100-\u11ff"
    r"\u1780-\u17d3\u17dc\u17dd\u19e0-\u19ff\u2e80-\u2fdf\u3005-\u3007\u3041-\u30ff\u3099\u309a"
    r"\u3105-\u312f\u3131-\u318e\u31a0-\u31ff\u3400-\u9fff\ua960-\ua97c\uac00-\ud7fb\uf900-\ufaff"
    r"\uff66-\uff9f\U0001b000-\U0001b16f\U00020000-\U0002ebe0\U00030000-\U000323af"
)
_SIGNED = (
    r"\u0900-\u0963\u0966-\u0df3\u0f00\u0f18-\u0f39\u0f3e-\u0f84\u0f86-\u0fbc\u1712-\u1714\u17dd"
    r"\u1b00-\u1b59\ua802-\ua827\uaa00-\uaa59\uabe3-\uabea"
)
"""Where vowels are signs on letters: they belong to the word."""
_WRITTEN = rf"\w(?:\w|[{_SIGNED}{_RUNNING}\u0300-\u036f])*"
"""A word as it is typed; what is written without spaces is one."""
_RUN = rf"(?=\w)(?:(?![·・゛゜])[{_RUNNING}])+"
_PLAIN = rf"(?:(?![{_RUNNING}])[^\W_])(?:(?![{_RUNNING}])[^\W_]|[{_SIGNED}\u0300-\u036f])*"
_ASCII_WORD = late(r"[a-z0-9]+")
_ASCII_JOINED = late(r"[a-z0-9]+(?:['-][a-z0-9]+)+")
_APOSTROPHE = late(r"(?<=\w)'(?=\w)")
# A syllable of Korean stays whole, and a sign with its letter: one of them is one character.
_UNIT = late(
    r"[\u1100-\u115f\ua960-\ua97c]+[\u1160-\u11a7\ud7b0-\ud7c6]*[\u11a8-\u11ff\ud7cb-\ud7fb]*"
    r"|.[\u3099\u309a]*",
    re.DOTALL,
)
_MOST_JOINED = 4
"""Words of which more are joined are known one by one only."""


_LONG_FORMS = str.maketrans(
    {"ä": "ae", "æ": "ae", "ö": "oe", "ø": "oe", "œ": "oe", "ü": "ue", "å": "aa"}
)
"""How letters are written where a keyboard lacks them."""
_LONG = late(r"ae|oe|aa|(?<![aeq])ue")
_FEWEST_LETTERS = 2
_ANYWHERE, _BEGINNING = 4, 3


# These take long to compile, and text in plain letters needs none of them.
@cache
def piece() -> re.Pattern[str]:
    """A word, or a run of a script that is written without spaces."""
    return re.compile(f"{_RUN}|{_PLAIN}")


@cache
def _runs() -> re.Pattern[str]:
    return re.compile(f"[{_RUNNING}]")


@cache
def _joined() -> re.Pattern[str]:
    return re.compile(rf"{_PLAIN}(?:['-]{_PLAIN})+")


@cache
def _word() -> re.Pattern[str]:
    return re.compile(_WRITTEN)


@cache
def _group() -> re.Pattern[str]:
    return re.compile(rf"{_WRITTEN}(?:['-]{_WRITTEN})*")


def folded(text: str) -> str:
    """Letters without case, accents, strokes and apostrophes; nothing else is changed."""
    text = _folded(text)
    return _APOSTROPHE.sub("", text) if "'" in text else text


@lru_cache(2_048)
def spellings(word: str) -> tuple[str, ...]:
    """How a word may be written otherwise, in plain letters: `mueller` as `muller`, and `Müller`
    as `mueller`. The word itself is not among them.
    """
    plain = folded(word)
    long = folded(unicodedata.normalize("NFC", word.casefold()).translate(_LONG_FORMS))
    found = dict.fromkeys([long] if long != plain else [])
    places = [place.start() for place in _LONG.finditer(plain)] if plain.isascii() else []
    ways = [tuple(places), *((place,) for place in places)] if len(places) > 1 else [tuple(places)]
    for way in ways if places else []:
        found["".join(c for at, c in enumerate(plain) if at - 1 not in way)] = None
    return tuple(each for each in found if each != plain and len(each) >= _FEWEST_LETTERS)


def has_words(said: str, typed: str) -> bool:
    """Whether every word that was typed is found in what is said, in whatever spelling."""
    plain = f" {folded(said)}"
    return all(
        folded(word) in plain or any(other in plain for other in others_of(word))
        for word in typed.split()
    )


def others_of(word: str) -> tuple[str, ...]:
    """Other spellings of a word as they are looked for in a text that begins with a blank.

    Long ones may stand anywhere, short ones begin a word.
    """
    return tuple(
        other if len(other) >= _ANYWHERE else f" {other}"
        for other in spellings(word)
        if len(other) >= _BEGINNING
    )


def _folded(text: str) -> str:
    """The same with apostrophes, which part words as well as join them."""
    if text.isascii():
        return text.lower().replace("`", "'")
    text = _ACCENTS.sub("", unicodedata.normalize("NFKD", text.translate(_SIGNS)))
    text = _ACCENTS.sub("", unicodedata.normalize("NFKD", text.casefold()))
    return text.translate(_STROKES)


def caseless(text: str) -> str:
    """One line in which case and the width of white space do not count; accents do."""
    return " ".join(text.casefold().split())


def terms(text: str) -> list[str]:
    """The words that a text is found by, in their order.

    Words that are joined by apostrophes or hyphens are there as each and as all of them. Each
    character of a run without spaces is there with the next one, the last one alone: so any part
    of a run is found, and one character by itself as the beginning of a term.
    """
    text = _folded(text)
    if text.isascii():
        found = _ASCII_WORD.findall(text)
        if "'" in text or "-" in text:
            found += _all_joined(_ASCII_JOINED, text)
        return found
    found = []
    for part in piece().findall(text):
        if runs_on(part):
            units = _UNIT.findall(part)
            found += [one + two for one, two in zip(units, [*units[1:], ""], strict=True)]
        else:
            found.append(part)
    return found + _all_joined(_joined(), text)


def sought(word: str) -> list[str]:
    """The terms that a text with `word` has, one after the other; the last may be a beginning."""
    text = _folded(word)
    found = []
    for part in piece().findall(text):
        if runs_on(part):
            units = _UNIT.findall(part)
            pairs = [one + two for one, two in pairwise(units)]
            found += pairs or units
        else:
            found.append(part)
    return found


def groups(text: str) -> list[list[str]]:
    """The words as they are written; those that apostrophes or hyphens join stand together."""
    return [_word().findall(group) for group in _group().findall(tidy(text))]


def runs_on(part: str) -> bool:
    """Whether a piece of text is of a script that is written without spaces."""
    return _runs().match(part) is not None


def tidy(text: str) -> str:
    """The text with every kind of apostrophe and hyphen as the usual one, letters composed.

    Accents that no letter is composed with go, for they would part words.
    """
    if text.isascii():
        return text.replace("`", "'")
    return _ACCENTS.sub("", unicodedata.normalize("NFC", text.translate(_SIGNS)))


def _all_joined(pattern: re.Pattern[str], text: str) -> list[str]:
    found = []
    for group in pattern.findall(text):
        words = group.replace("'", "-").split("-")
        if len(words) <= _MOST_JOINED and not group.replace("-", "").isdecimal():
            found.append("".join(words))
    return found


def places(text: str, find: str) -> Iterator[tuple[int, int]]:
    """Where `find` stands in a text, compared as `folded` compares, one place after the other."""
    wanted = folded(find)
    if not wanted.strip("'"):
        wanted, said, at = find, text, list(range(len(text)))
    elif text.isascii() and "'" not in text and "`" not in text:
        said, at = text.lower(), list(range(len(text)))
    else:
        letters = [_folded(letter).replace("'", "") for letter in text]
        said = "".join(letters)
        at = [place for place, letter in enumerate(letters) for _ in letter]
    start = said.find(wanted) if wanted else -1
    while start >= 0:
        after = start + len(wanted)
        # Accents belong to the letter before them.
        end = at[after - 1] + 1
        while end < len(text) and _ACCENTS.match(text[end]):
            end += 1
        yield at[start], end
        # One letter may be two in plain ones, and is one place all the same.
        while after < len(at) and at[after] < end:
            after += 1
        start = said.find(wanted, after)
