"""What somebody typed into a search, in parts: words, numbers in any spelling, mail addresses."""

import re
from collections.abc import Sequence

from omnitui.letters import groups, sought, tidy
from omnitui.model.search import Part
from omnitui.rules.phones import normalise_phone

_NUMBER = re.compile(r"(?<![\w@.-])\+?\(?\d[\d \u00a0()./-]*\d(?![\w@])")
_MAIL = re.compile(r"[^\s<>@]+@[^\s<>@]*")
_MOST_WORDS = 12
_MOST_OF_SENTENCES = 60
_FEWEST_DIGITS = 4
_LONG_NUMBER = 10


def parts(text: str, most: int = _MOST_WORDS) -> tuple[Part, ...]:
    """What was typed, in parts, of `most` words at most."""
    composed = tidy(text)
    found: list[Part] = []
    at = 0
    for contact in _contacts(composed):
        found += _plain(composed[at : contact.start()])
        found.append(_contact(contact[0]))
        at = contact.end()
    found += _plain(composed[at:])
    return _bounded([part for part in found if part.words], most)


def sentence(text: str) -> tuple[Part, ...]:
    """A question as it is asked, in parts, sixty words at most; what it is about may come last."""
    return parts(text, _MOST_OF_SENTENCES)


def _contacts(text: str) -> list[re.Match[str]]:
    mails = list(_MAIL.finditer(text))
    taken = [mail.span() for mail in mails]
    numbers = [
        number
        for number in _NUMBER.finditer(text)
        if sum(character.isdecimal() for character in number[0]) >= _FEWEST_DIGITS
        and not any(start < number.end() and number.start() < end for start, end in taken)
    ]
    return sorted([*mails, *numbers], key=re.Match.start)


def _contact(text: str) -> Part:
    digits = () if "@" in text else _digits(text)
    words = tuple(word for group in groups(text) for word in _worth(group))
    return Part(words, digits=digits, contact=True)


def _digits(text: str) -> tuple[str, ...]:
    """The digits of a number without what is only dialled, and without the country's part."""
    number = normalise_phone(text)
    digits = number.removeprefix("+").lstrip("0")
    if len(digits) < _FEWEST_DIGITS:
        return ()
    if number.startswith("+") and len(digits) >= _LONG_NUMBER:
        return digits, *(digits[country:].lstrip("0") for country in (1, 2, 3))
    return (digits,)


def _plain(text: str) -> list[Part]:
    found = []
    for group in groups(text):
        inside = _worth(group)
        found.append(Part(inside, joined="".join(inside) if len(inside) > 1 else ""))
    return found


def _worth(words: Sequence[str]) -> tuple[str, ...]:
    return tuple(word for word in words if sought(word))


def _bounded(found: Sequence[Part], room: int) -> tuple[Part, ...]:
    kept: list[Part] = []
    for part in found:
        if len(part.words) > room:
            kept += [Part((word,)) for word in part.words[:room]]
            break
        kept.append(part)
        room -= len(part.words)
    return tuple(kept)
