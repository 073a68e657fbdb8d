"""Cards, accounts, long numbers, telephone numbers and mail addresses, masked before words leave.

    "My card is 4111 1111 1111 1111" -> "My card is [CARD_1]"

The same value has the same placeholder in all texts of a `Mask`, and `restore` puts the values
back into an answer. What remains has no word with five digits or more, and nowhere six digits with
no more than signs between them: rather a date too many is masked than an account number too few.
Every step looks at a bounded stretch for each place in the text, so the time is linear.
"""

import re
from collections.abc import Iterable, Mapping

from omnitui.patterns import late

MOST_DIGITS = 4
"""The most digits of a word that is left as it is."""
MOST_APART = 5
"""The most digits with nothing but signs between them that are left as they are."""

_LEAST = 3
"""The fewest characters of a known value: shorter ones are words."""
_SIGNS = 4
"""The most signs between two digits of one number."""
_DIGIT = r"[\d\u00b2\u00b3\u00b9\u2070-\u2079\u2080-\u2089\u2460-\u249b\u24ea-\u24ff\u2776-\u2793]"
_PLACEHOLDER = late(r"\[(?:CARD|IBAN|PHONE|NUMBER|MAIL|ACCOUNT|TEXT)[_ ]\d{1,5}\]", re.IGNORECASE)
_NUMBER = late(rf"[+(]{{0,2}}{_DIGIT}(?:[\W_]{{0,{_SIGNS}}}{_DIGIT})*")
_WORD = late(r"\w+")
_EACH_DIGIT = late(_DIGIT)
_IBAN = late(r"(?<![^\W_])[A-Za-z]{2}\d{2}(?=[ -]?[A-Za-z0-9])")
_AT = late(r"[@\uff20\ufe6b]")
_STOPS = frozenset("\"'<>()[]{},;:\u00ab\u00bb\u201c\u201d\u2018\u2019")
_LONGEST_LOCAL, _LONGEST_HOST = 64, 253
_SHORTEST_IBAN, _LONGEST_IBAN = 15, 34

Span = tuple[int, int, str]


class Mask:
    """Placeholders for one request. `held` are the masked values by placeholder.

    `known` are values that are masked wherever they stand, such as a customer's account.
    """

    def __init__(self, known: Iterable[str] = ()) -> None:
        self.held: dict[str, str] = {}
        values = sorted({one.strip() for one in known if len(one.strip()) >= _LEAST}, key=len)
        written = "|".join(re.escape(one) for one in reversed(values))
        bounded = rf"(?<!\w)(?:{written})(?!\w)"
        self._known = re.compile(bounded, re.IGNORECASE) if written else None
        self._named: dict[tuple[str, str], str] = {}
        self._counts: dict[str, int] = {}

    def hide(self, text: str) -> str:
        """The text with a placeholder for each value that is not to leave."""
        # Text that only looks like a placeholder is one itself: no value is put in its place.
        for pattern in (_literals, self._accounts, _mails, _ibans, _numbers, _words):
            parts, last = [], 0
            for start, end, kind in pattern(text):
                parts += [text[last:start], self._name(kind, text[start:end])]
                last = end
            text = "".join((*parts, text[last:]))
        return text

    def _accounts(self, text: str) -> list[Span]:
        if self._known is None:
            return []
        return [
            (*found.span(), "ACCOUNT")
            for low, high in _open(text)
            for found in self._known.finditer(text, low, high)
        ]

    def _name(self, kind: str, value: str) -> str:
        known = self._named.get((kind, value))
        if known is None:
            self._counts[kind] = count = self._counts.get(kind, 0) + 1
            known = f"[{kind}_{count}]"
            self._named[kind, value] = known
            self.held[known] = value
        return known


def restore(text: str, held: Mapping[str, str]) -> tuple[str, tuple[str, ...]]:
    """The text with the values in place of their placeholders; and placeholders without one."""
    unknown: dict[str, None] = {}

    def value(found: re.Match[str]) -> str:
        name = found[0].upper().replace(" ", "_")
        if name not in held:
            unknown[found[0]] = None
        return held.get(name, found[0])

    # Values are never searched themselves: one of them may look like a placeholder.
    return _PLACEHOLDER.sub(value, text), tuple(unknown)


def _literals(text: str) -> list[Span]:
    return [(*found.span(), "TEXT") for found in _PLACEHOLDER.finditer(text)]


def _open(text: str) -> list[tuple[int, int]]:
    """The stretches of a text between placeholders."""
    spans, last = [], 0
    for found in _PLACEHOLDER.finditer(text):
        spans.append((last, found.start()))
        last = found.end()
    return [*spans, (last, len(text))]


def _mails(text: str) -> list[Span]:
    found: list[Span] = []
    for low, high in _open(text):
        for sign in _AT.finditer(text, low, high):
            if found and sign.start() < found[-1][1]:
                continue
            after = text[sign.end() : sign.end() + 1]
            if not after or _stops(after) or _AT.match(after):
                continue
            start = sign.start()
            least = max(low, start - _LONGEST_LOCAL, found[-1][1] if found else 0)
            if text[start - 1 : start] == '"':
                start = max(text.rfind('"', least, start - 1), least)
            while start > least and not _stops(text[start - 1]):
                start -= 1
            end = sign.end()
            most = min(high, end + _LONGEST_HOST)
            while end < most and not _stops(text[end]):
                end += 1
            while end > sign.end() and not text[end - 1].isalnum():
                end -= 1
            if start < sign.start() and end > sign.end():
                found.append((start, end, "MAIL"))
    return found


def _stops(sign: str) -> bool:
    return sign.isspace() or sign in _STOPS


def _ibans(text: str) -> list[Span]:
    found: list[Span] = []
    for low, high in _open(text):
        for head in _IBAN.finditer(text, low, high):
            if found and head.start() < found[-1][1]:
                continue
            end = _iban_end(text, head.start(), high)
            if end:
                found.append((head.start(), end, "IBAN"))
    return found


def _iban_end(text: str, start: int, high: int) -> int:
    """Where an IBAN that begins at `start` ends; 0 if none does. Its check digits decide."""
    head = text[start : start + 4].upper()
    found = signs = rest = 0
    for at in range(start, high):
        sign = text[at]
        if sign.isascii() and sign.isalnum():
            signs += 1
            rest = _modulo(rest, sign) if signs > len(head) else 0
            ends = at + 1 == high or not text[at + 1].isalnum()
            if signs >= _SHORTEST_IBAN and ends and _checked(rest, head):
                found = at + 1
            if signs == _LONGEST_IBAN:
                break
        elif sign not in " -" or text[at - 1] in " -":
            break
    return found


def _checked(rest: int, head: str) -> bool:
    for sign in head:
        rest = _modulo(rest, sign)
    return rest == 1


def _modulo(rest: int, sign: str) -> int:
    value = int(sign, 36)
    return (rest * (100 if value > 9 else 10) + value) % 97


def _numbers(text: str) -> list[Span]:
    found: list[Span] = []
    for low, high in _open(text):
        for run in _NUMBER.finditer(text, low, high):
            digits = _EACH_DIGIT.findall(run[0])
            if len(digits) > MOST_APART:
                found.append((*run.span(), _kind(run[0], digits)))
    return found


def _kind(written: str, digits: list[str]) -> str:
    if 13 <= len(digits) <= 19 and luhn(digits):
        return "CARD"
    return "PHONE" if written.lstrip("(").startswith(("+", "00")) else "NUMBER"


def luhn(digits: list[str]) -> bool:
    """Whether the last digit is the check digit of a card number."""
    total = 0
    for place, sign in enumerate(reversed(digits)):
        if not sign.isdecimal():
            return False
        value = int(sign) * (2 if place % 2 else 1)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def _words(text: str) -> list[Span]:
    """Words with many digits: account numbers and codes such as `AB12C345D`."""
    found: list[Span] = []
    for low, high in _open(text):
        for word in _WORD.finditer(text, low, high):
            if len(_EACH_DIGIT.findall(word[0])) > MOST_DIGITS:
                found.append((*word.span(), "NUMBER"))
    return found
