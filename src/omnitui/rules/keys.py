"""Valid and unique names: logins, keys and names.

A login and a key are one word; a name is a line. None of them is a number, which would be the
desk's own, or a reserved word of commands. Names that look alike are the same: in small or capital,
wide or narrow letters, or in letters of another script that look like these.
"""

import re
import unicodedata
from collections.abc import Iterable
from enum import Enum
from functools import lru_cache


class Use(Enum):
    """The kind of a name."""

    LOGIN = "login"
    KEY = "key"
    NAME = "name"


RESERVED = frozenset("all any everybody nil nobody none null system".split())
"""Words with a meaning in commands and screens."""

_NUMBER = re.compile(r"#?[+-]?[\d.,_ ]*\d[\d.,_ ]*(?:e[+-]?\d+)?", re.IGNORECASE)
_LOGIN = re.compile(r"[^\W\d_][\w.@+'-]*")
_KEY = re.compile(r"\w[\w.-]*")

_LIKE_CAPITALS = dict(
    zip(
        "АВЕІЈКМНОРЅСТУХԚԜӀѴԌ" + "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ" + "ᎪᏴᏟᎠᎬᏀᎻᎫᏦᏞᎷᏢᎡᏚᎢᏙᏔᏃ",
        "ABEIJKMHOPSCTYXQWIVG" + "ABEZHIKMNOPTYX" + "ABCDEGHJKLMPRSTVWZ",
        strict=True,
    )
)
_LIKE_SMALL = dict(
    zip(
        "аеѕіјкорсухһԁԛԝӏѵԍгьᴦ" + "αονικρυχγηωτε" + "օոսհյցզ" + "ıɑɡɩɪʏᴀʙᴄᴅᴇɢʜᴊᴋʟᴍɴᴏᴘʀꜱᴛᴜᴠᴡᴢƅ",
        "aesijkopcyxhdqwlvgrbr" + "aovikpuxynwte" + "onuhjgq" + "iagiiyabcdeghjklmnoprstuvwzb",
        strict=True,
    )
)
_LIKE_SIGNS = dict.fromkeys("‐‑‒–—−﹣－", "-") | dict.fromkeys("’‘ʼ`´ʹ", "'")
_CAPITALS = str.maketrans(_LIKE_CAPITALS | _LIKE_SIGNS)
_SMALL = str.maketrans(_LIKE_CAPITALS | _LIKE_SMALL | _LIKE_SIGNS)
_MIXED = ("LATIN", "CYRILLIC", "GREEK", "CHEROKEE", "ARMENIAN")
"""Scripts with letters that look alike; no word may mix two of them."""


def why_not(use: Use, text: str) -> str:
    """Why a name is not valid, in words after a colon; empty if it is."""
    plain = unicodedata.normalize("NFKC", text)
    if not text.strip():
        return "it is empty"
    if _NUMBER.fullmatch(plain) or text.strip().isdigit():
        return "it looks like a number"
    if plain.casefold() in RESERVED:
        return "that word has another meaning in commands"
    if use is Use.NAME:
        return ""
    if plain != unicodedata.normalize("NFC", text):
        return f"it has unusual letters; write {plain}" if plain.isprintable() else "odd"
    if re.search(r"\s", text):
        return "it has more than one word"
    if use is Use.LOGIN and not _LOGIN.fullmatch(_bare(text)):
        return "it must start with a letter and have only letters, digits and . _ - ' + @"
    if use is Use.KEY and not _KEY.fullmatch(_bare(text)):
        return "it must have only letters, digits and . _ -"
    scripts = _scripts(text)
    if len(scripts) > 1:
        return f"it mixes letters of {' and '.join(name.title() for name in scripts)}"
    return ""


def _bare(text: str) -> str:
    """The text without marks on its letters, which are no letters themselves."""
    return "".join(letter for letter in text if not unicodedata.category(letter).startswith("M"))


def _scripts(text: str) -> list[str]:
    names = (unicodedata.name(letter, "").split(" ")[0] for letter in text if letter.isalpha())
    return [name for name in dict.fromkeys(names) if name in _MIXED]


@lru_cache(maxsize=20_000)
def alike(text: str) -> frozenset[str]:
    """The compared forms of a text: two texts that share one look alike."""
    plain = " ".join(unicodedata.normalize("NFKC", text).split())
    forms = (
        plain,
        plain.translate(_SMALL),
        # Whoever types in capitals sees capitals.
        plain.upper().translate(_CAPITALS),
    )
    return frozenset(_composed(form.casefold()) for form in forms)


def _composed(text: str) -> str:
    return unicodedata.normalize("NFKC", text)


def taken_for(text: str, others: Iterable[str]) -> str | None:
    """The existing name that this one is too similar to, equal ones first; None if none."""
    mine = alike(text)
    found = [other for other in others if not mine.isdisjoint(alike(other))]
    return text if text in found else next(iter(found), None)
