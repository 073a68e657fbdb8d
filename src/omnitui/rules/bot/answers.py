"""Answers to a virtual agent's questions: what was meant, or None where it is no answer."""

import re
from collections.abc import Sequence
from datetime import UTC, datetime

from omnitui.model.topic import AnswerKind, Step
from omnitui.patterns import late
from omnitui.rules import when

_NUMBER = late(r"(?<![\w.,-])[+-]?\d{1,12}(?:[.,]\d{1,6}){0,4}(?![\w])")
_THOUSANDS = late(r"[+-]?[1-9]\d{0,2}(?:[.,]\d{3})+")
_ACCOUNT = late(r"(?<![\w-])\d(?:[ .-]?\d){3,11}(?![\w-])")
_WORD = late(r"\w+")
_DAY = 86_400_000
_YEAR = 365 * _DAY
_NEAR = {" yesterday ": -1, " today ": 0, " i går ": -1, " i dag ": 0, " i morgen ": 1}
_ENGLISH = {"mars": "mar", "mai": "may", "oktober": "oct", "okt": "oct", "desember": "dec"}
_ENGLISH |= {"des": "dec", "januar": "jan", "februar": "feb", "juni": "jun", "juli": "jul"}
_MONTHS = late(rf"\b(?:{'|'.join(_ENGLISH)})\b", re.IGNORECASE)
_WORDS = {
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen"
    " sixteen seventeen eighteen nineteen": 0,
    "null en to tre fire fem seks sju åtte ni ti elleve tolv tretten fjorten femten seksten sytten"
    " atten nitten": 0,
}
_TENS = (
    "twenty thirty forty fifty sixty seventy eighty ninety".split(),
    "tjue tretti førti femti seksti sytti åtti nitti".split(),
)
_TIMES = {"hundred": 100, "hundre": 100, "thousand": 1_000, "tusen": 1_000}
_COUNTED = {
    word: number
    for words, first in _WORDS.items()
    for number, word in enumerate(words.split(), first)
} | {"ett": 1, "none": 0, "ingen": 0, "couple": 2, "par": 2}
_COUNTED |= {
    word: ten for words in _TENS for ten, word in zip(range(20, 100, 10), words, strict=True)
}
_YES = frozenset(
    "yes y yeah yep yup sure ok okay correct right exactly absolutely definitely please indeed true"
    " ja jo jepp greit stemmer riktig gjerne selvfølgelig oui si sí ano tak".split()
)
_NO = frozenset("no n nope nah never negative not nei neppe ikke aldri non nie nein".split())
_AFTER_NO = frozenset("problem problems worries doubt".split())
_NOT_KNOWN = frozenset("idea clue".split())
_MAYBE = frozenset("maybe perhaps dunno kanskje unsure".split())
_SIGNS = {"👍": "yes", "👎": "no"}


def answered(step: Step, text: str, now: int) -> str | None:
    """The answer to a question, as it is kept; None where the text is none. `now` is epoch ms."""
    said = text.strip()
    if not said:
        return None
    match step.answer:
        case AnswerKind.NUMBER:
            return _number(step, said)
        case AnswerKind.DATE:
            return _date(step, said, now)
        case AnswerKind.ACCOUNT:
            return _account(said)
        case AnswerKind.CHOICE:
            return _choice([label for label, _ in step.choices], said)
        case AnswerKind.YES_NO:
            return _yes_no(said)
        case AnswerKind.FREE:
            return said


def _number(step: Step, said: str) -> str | None:
    found = [_in_digits(one) for one in _NUMBER.findall(said)] or _in_words(_words(said))
    value = found[0] if len(set(found)) == 1 else None
    if value is None:
        return None
    if (step.least is not None and value < step.least) or (
        step.most is not None and value > step.most
    ):
        return None
    return f"{value:g}" if abs(value) < 1e6 else str(int(value))


def _in_digits(written: str) -> float | None:
    """A number in digits; three of them behind each sign are thousands: `1,000`, `12.500.000`."""
    if _THOUSANDS.fullmatch(written):
        return float(written.replace(",", "").replace(".", ""))
    plain = written.replace(",", ".")
    return float(plain) if plain.count(".") < 2 else None


def _in_words(words: Sequence[str]) -> list[float | None]:
    """The numbers that words say: `eighty five`, `two hundred and ten`."""
    found: list[float | None] = []
    value: int | None = None
    for word in (*words, ""):
        number, times = _COUNTED.get(word), _TIMES.get(word)
        if times is not None:
            value = (1 if value is None else value) * times
        elif number is not None and value and _goes_on(value, number):
            value += number
        elif word not in ("and", "og") or value is None:
            found += [] if value is None else [float(value)]
            value = number
    return found


def _goes_on(value: int, number: int) -> bool:
    """Whether a number is said as part of the one before it."""
    return value % 100 == 0 if number > 9 else value % 10 == 0 and value % 100 != 10


def _date(step: Step, said: str, now: int) -> str | None:
    """The day in the form 2026-03-02; without a year the next one, or the last one if `past`."""
    today = now - now % _DAY
    plain = _MONTHS.sub(lambda found: _ENGLISH[found[0].casefold()], said.strip(" .!,?"))
    word = next((days for name, days in _NEAR.items() if name in f" {plain.casefold()} "), None)
    if word is not None:
        return _iso(today + word * _DAY)
    back = today - (_YEAR if any(c.isdecimal() for c in plain) else 6 * _DAY)
    for start in (back, today) if step.past else (today, back):
        for candidate in (plain, *_rest(plain)):
            try:
                at = when.parse(candidate, start, UTC)
            except when.WhenError:
                continue
            if not step.past or at < today + _DAY or start == today:
                return _iso(at)
    return None


def _iso(at: int) -> str:
    return datetime.fromtimestamp(at / 1_000, UTC).date().isoformat()


def _rest(said: str) -> list[str]:
    """The end of a sentence, from every word on: `it is on 24.12.2026`."""
    words = said.split()
    return [" ".join(words[start:]) for start in range(1, min(len(words), 8))]


def _account(said: str) -> str | None:
    found = {"".join(c for c in one if c.isdecimal()) for one in _ACCOUNT.findall(said)}
    return found.pop() if len(found) == 1 else None


def _choice(labels: Sequence[str], said: str) -> str | None:
    """By its number, its words, or the one word that only it has."""
    plain = said.strip(" .!").casefold()
    by_name = {label.casefold(): label for label in labels}
    if plain in by_name:
        return by_name[plain]
    if plain.rstrip(").").isdecimal():
        number = int(plain.rstrip(").")) if len(plain) < 4 else 0
        return labels[number - 1] if 1 <= number <= len(labels) else None
    whole = [label for label in labels if label.casefold() in plain]
    if len(whole) == 1:
        return whole[0]
    words = set(_words(plain))
    fitting = [label for label in labels if words & _own_words(label, labels)]
    return fitting[0] if len(fitting) == 1 else None


def _own_words(label: str, labels: Sequence[str]) -> set[str]:
    others = {word for one in labels if one != label for word in _words(one)}
    return {word for word in _words(label) if len(word) > 2} - others


def _yes_no(said: str) -> str | None:
    for sign, answer in _SIGNS.items():
        if sign in said:
            return answer
    words = _words(said)
    if not words or set(words) & _MAYBE:
        return None
    first = words[0]
    if first in _NO and set(words[1:2]) & _NOT_KNOWN:
        return None
    if first in _NO and set(words[1:2]) & _AFTER_NO:
        return "yes" if first == "no" else None
    if first in _NO:
        return "no"
    if first in _YES and {"not", "ikke"} & set(words[2:]):
        return None
    if first in _YES:
        return "no" if len(words) > 1 and words[1] in ("but", "not", "men", "ikke") else "yes"
    kinds = {_kind(word) for word in words} - {""}
    return kinds.pop() if len(kinds) == 1 and len(words) <= 12 else None


def _kind(word: str) -> str:
    return "yes" if word in _YES else "no" if word in _NO or word.endswith("n't") else ""


def _words(text: str) -> list[str]:
    return [word.casefold() for word in _WORD.findall(text.replace("n't", " not"))]
