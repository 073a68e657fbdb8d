"""Near matches: misspelled names, numbers written differently, mail of one company."""

from collections import Counter
from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher

from omnitui.letters import folded, piece
from omnitui.model.channel import AddressKind

_ALIKE = 0.8
_END = 7
_PUBLIC = frozenset(
    "aol.com fastmail.com gmail.com gmx.com gmx.de gmx.net googlemail.com hotmail.co.uk hotmail.com"
    " hotmail.fr icloud.com laposte.net libero.it live.com mac.com mail.com mail.ru me.com msn.com"
    " online.no orange.fr outlook.com pm.me proton.me protonmail.com qq.com t-online.de tuta.com"
    " web.de yahoo.co.uk yahoo.com yahoo.fr yandex.ru 163.com".split()
)


def name_words(name: str) -> list[str]:
    """The words of a name, without case, accents, strokes and signs."""
    return piece().findall(folded(name))


def like_name(one: str, other: str) -> tuple[float, str] | None:
    """How alike two names are (up to 1) and in which way, in words; None if they are not.

    Not called with equal names.
    """
    words, others = name_words(one), name_words(other)
    if not words or not others:
        return None
    if sorted(words) == sorted(others):
        return 1.0, "same name written differently"
    if _by_initials(words, others):
        return 0.95, "initials of the name"
    one, other = " ".join(words), " ".join(others)
    if _most_alike(one, other) < _ALIKE:
        return None
    ratio = SequenceMatcher(None, one, other).ratio()
    one, other = " ".join(sorted(words)), " ".join(sorted(others))
    ratio = max(ratio, SequenceMatcher(None, one, other).ratio())
    return (ratio, "similar name") if ratio >= _ALIKE else None


def _most_alike(one: str, other: str) -> float:
    """What the ratio of two texts cannot be above, in whatever order their words are."""
    both = len(one) + len(other)
    if 2 * min(len(one), len(other)) < _ALIKE * both:
        return 0.0
    return 2 * (Counter(one) & Counter(other)).total() / both


def nearest(name: str, names: Mapping[int, str], most: int) -> list[int]:
    """The keys of the most similar names, those of which the name is a part last."""
    words = set(name_words(name))

    def likeness(other: str) -> float:
        found = like_name(name, other)
        others = set(name_words(other))
        part = len(words & others) / max(len(words | others), 1)
        return part / 2 if found is None else found[0]

    ranked = sorted((-likeness(other), key) for key, other in names.items())
    return [key for less, key in ranked[:most] if less < 0]


def _by_initials(words: Sequence[str], others: Sequence[str]) -> bool:
    """Whether each word of one name is a word of the other or begins it, one at least in full."""
    if len(words) != len(others):
        return False
    left, same = list(others), 0
    for word in sorted(words, key=len, reverse=True):
        if word in left:
            left.remove(word)
            same += len(word) > 1
            continue
        fits = [o for o in left if (len(o) == 1 or len(word) == 1) and o[0] == word[0]]
        if not fits:
            return False
        left.remove(fits[0])
    return same > 0


def number_end(phone_key: str) -> str:
    """The last digits of a number, for finding similar ones; empty for short numbers.

    `phone_key` is a number in the compared form, such as `phone:+4755501022`.
    """
    digits = _digits(phone_key)
    return digits[-_END:] if len(digits) >= _END else ""


def same_line(one: str, other: str) -> bool:
    """Whether two numbers in that form may be one, given with and without the country's part."""
    short, long = sorted((_digits(one), _digits(other)), key=len)
    return len(short) >= _END and long.endswith(short)


def _digits(phone_key: str) -> str:
    number = phone_key.removeprefix(f"{AddressKind.PHONE}:")
    digits = number.removeprefix("+")
    if not digits.isdecimal():
        return ""
    return digits if number.startswith("+") else digits.lstrip("0")


def company_domain(email_key: str) -> str:
    """The part of a mail address that is a company's, such as `@fjord.example`; empty if nobody's.

    `email_key` is an address as `normalise_address` writes it.
    """
    _name, at, domain = email_key.rpartition("@")
    return f"@{domain}" if at and "." in domain and domain not in _PUBLIC else ""
