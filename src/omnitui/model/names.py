"""First names for greetings, found in whole names."""

import re

from omnitui.patterns import late

_TITLES = frozenset(
    "capt captain dhr dipl-ing dott dottssa doña dr drs frau fraulein fräulein fru frk herr hr lady"
    " lord madam madame mag meneer mevr mevrouw miss mister mlle mme monsieur mr mrs ms msgr mx"
    " phil prof professor rabbi rev sgt signor signora sir sra srta señor señora señorita".split()
)
_DOTTED = frozenset("adv col don eng fr gen hon ing ir lic lt mag med sig sr".split())
"""Titles only with a dot behind them; without it some are names."""
_BEHIND = frozenset(
    "ba bsc cpa dds esq esquire ii iii iv jd jnr jr junior llb llm ma mba md mph msc phd ph.d pmp"
    " rn senior snr sr".split()
)
_COMPANY = frozenset(
    "& a/s ab ag and aps as asa association b.v bank bv club co company consulting corp corporation"
    " department dept e.k e.v et ev foundation gmbh group hf hotel inc incorporated ivs kg kommune"
    " limited llc llp ltd n.v nv och office og oy oyj plc pty restaurant s.a s.p.a s.r.l sa sales"
    " sarl sas school se service services shop spa srl stiftung support team technologies ug und"
    " university".split()
)
_INITIAL = late(r"[^\W\d_](?:\.-?[^\W\d_])*\.?")
_ASIDE = late(r"\([^()]*\)|\[[^\[\]]*\]|<[^<>]*>")
_BRACES = late(r"\{[^{}]*\}|[{}]")
_NICKNAME = late(
    r"""(?<=\S)\s*(?:["“”„«»][^"“”„«»]*["“”„«»]|(?<!\w)['‘’][^'‘’]+['‘’](?!\w))(?=\s)"""
)
_QUOTES = late(r"""["“”„«»]|(?<!\w)['‘’]|['‘’](?!\w)""")
_FAMILY_FIRST = late("[\u2e80-\u9fff\uac00-\ud7a3\uf900-\ufaff]")
_SHORTEST_CAPITALS = 3


def first_name(name: str) -> str:
    """The first name in a name, or the whole of it where none can be told; empty if it is.

    `Müller, Hans` is Hans, and so are `Dr. Hans Müller` and `"Hans Müller"`. Companies, mail
    addresses, initials and names of which only the last one is known are given whole.
    """
    text = " ".join(_QUOTES.sub("", _NICKNAME.sub("", _BRACES.sub(" ", name))).split())
    bare = " ".join(_ASIDE.sub(" ", text).split()).strip(" ,;")
    if not any(map(str.isalnum, text)):
        return ""
    if not bare:
        return " ".join(re.sub(r"[()\[\]<>]", " ", text).split())
    if _is_nobodys(bare):
        return bare
    parts = [part.strip() for part in bare.split(",")]
    titles = [part for part in parts if all(map(_is_title, part.split()))]
    people = [part for part in parts if part not in titles and not _is_behind(part)]
    if not people or len(people) > 2:
        return bare
    return _of_person(people, titles, aside=bare != text)


def _of_person(people: list[str], titles: list[str], *, aside: bool) -> str:
    """The first name of one person, whose name stands in one part or as `Last, First`."""
    words = _without_titles(people[-1])
    titled = bool(titles) or len(words) < len(people[-1].split())
    whole = " ".join([*titles, *reversed(people)])
    if not words or _INITIAL.fullmatch(words[0]):
        return whole
    if len(people) == 2:
        return words[0]
    if len(words) == 1:
        return whole if titled else words[0]
    # With a word in brackets behind it, as directories write it, the last name is often first.
    return " ".join(words) if aside else _not_in_capitals(words)


def _is_nobodys(text: str) -> bool:
    """Whether it is not one person's name: a company, an address, a number, two people.

    Names written without spaces have the family's name first, and are used whole.
    """
    if "@" in text or any(map(str.isdigit, text)) or _FAMILY_FIRST.search(text):
        return True
    words = [_key(word) for word in text.split()]
    return words[0] == "the" or any(word in _COMPANY for word in words[1:])


def _without_titles(part: str) -> list[str]:
    """The words of a part without titles before them and degrees behind them."""
    words = part.split()
    titled = False
    while words and (_is_title(words[0]) or (titled and _goes_on(words[0]))):
        words, titled = words[1:], True
    while len(words) > 1 and _key(words[-1]) in _BEHIND:
        words = words[:-1]
    return words


def _is_title(word: str) -> bool:
    keys = [key for key in word.casefold().strip(",;").split(".") if key]
    if len(keys) > 1:
        return all(key in _TITLES | _DOTTED for key in keys)
    return _key(word) in _TITLES or (word.endswith(".") and _key(word) in _DOTTED)


def _goes_on(word: str) -> bool:
    """Whether a word behind a title belongs to it, such as `med.` or `h.c.`."""
    return word.endswith(".") and word[0].islower()


def _is_behind(part: str) -> bool:
    return all(_key(word) in _BEHIND for word in part.split())


def _not_in_capitals(words: list[str]) -> str:
    """The first name where last names are in capitals (`MÜLLER Hans`), else the first word."""
    small = [word for word in words if not (word.isupper() and len(word) >= _SHORTEST_CAPITALS)]
    return small[0] if small and not _INITIAL.fullmatch(small[0]) else words[0]


def _key(word: str) -> str:
    return word.strip(".,;").casefold()
