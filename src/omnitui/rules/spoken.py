"""Times as people speak of them, rewritten for `when`: `half past three` is `at 3:30`.

Words that are not one future time are refused here: past ones, two times, and ambiguous ones.
"""

import re
from collections.abc import Callable

from omnitui.rules.days import MONTHS, WhenError, short

_COUNTED = "one two three four five six seven eight nine ten eleven twelve".split()
_TENS = {"fifteen": 15, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50}
_TENS |= {f"{ten}{joined}five": _TENS[ten] + 5 for ten in ("twenty", "forty") for joined in " -"}
_WORDS = {word: number for number, word in enumerate(_COUNTED, 1)}
_HOUR = rf"(\d{{1,2}}|{'|'.join(_COUNTED)})"
_MINUTES = rf"(\d{{1,2}}|five|ten|{'|'.join(sorted(_TENS, key=len, reverse=True))})"
_UNIT = r"(?:minute|hour|day|week|month|year)s?\b"
_MONTH = rf"((?:{'|'.join(MONTHS)})[a-z]*)"

_PAST = re.compile(
    r"\byesterday\b|\bago\b|\b(?:last|this past|previous) (?!thing\b)\w+|\bearlier\b"
    r"|\bthe other day\b"
)
_NOW = re.compile(r"(?:right |just )?now|asap|immediately|at once|straight away|right away")
_SEVERAL = re.compile(
    r"\b\d+ (?:mon|tues|wednes|thurs|fri|satur|sun)days\b|"
    r"\bor\b|\bbetween\b|\bevery\b|\beach\b|\bdaily\b|\bweekly\b"
    r"|\d(?::\d\d)?\s*(?:am|pm)? ?[-–] ?\d{1,2}(?::\d\d|\s*(?:am|pm))"
    r"|\b(?:mon|tue|wed|thu|fri|sat|sun)[a-z]* ?[-–] ?(?:mon|tue|wed|thu|fri|sat|sun)"
)
_HALF_HOUR = re.compile(rf"\bhalf {_HOUR}\b")
_BARE = re.compile(rf"(?:in |at |\+)?{_HOUR}")
_TOGETHER = re.compile(r"(?<![\d:])(\d{1,2}) ?h(?:ours?)? ?([0-5]\d)(?!\d)(?! ?m)")
_CLOCK_OF_HOURS = re.compile(r"\b(\d{1,2}:\d\d) ?h(?:rs?|ours?)?\b")
_A_FEW, _SURELY_A_CLOCK = 4, 10
_YEARS_AHEAD = 10


def written(typed: str, words: str, year: int) -> str:
    """What was typed (in small letters, single blanks) as it is read; `words` are for sentences.

    `year` is the one it is now: four digits may be one to come.
    """
    plain = re.sub(r"^[\"'“”(\[]+|[\"'“”)\]!?]+$", "", typed).strip()
    plain = re.sub(r"(?<=[a-z]{3})\.$", "", plain)
    for pattern, said in _VAGUE:
        plain = pattern.sub(said, plain)
    plain = " ".join(plain.split())
    _refuse(plain, words, year)
    plain = _TOGETHER.sub(_hours_or_clock(words), plain)
    for pattern, said in _SPOKEN:
        plain = pattern.sub(said, plain)
    return " ".join(plain.split())


def _refuse(plain: str, words: str, year: int) -> None:
    """Say what is wrong with what is no single moment to come."""
    if _PAST.search(plain):
        raise WhenError(f"{short(words)} is in the past.")
    if _NOW.fullmatch(plain):
        raise WhenError(f"{short(words)} is not later than now.")
    if _SEVERAL.search(plain):
        raise WhenError(f"{short(words)} is more than one time.", "Write one of them.")
    if half := _HALF_HOUR.search(plain):
        after = _number(half[1])
        raise _either(words, f"{after}:30", f"{after - 1 or 12}:30")
    if bare := _BARE.fullmatch(plain):
        number = _number(bare[1])
        if plain[:2] != "at":
            raise WhenError(
                f"{short(words)} may be a time, a day or a number of minutes.",
                f"Write {f'at {number}, ' * (number < 24)}{number}m or a day with its month.",
            )
    if re.fullmatch(r"\d{4}", plain) and year <= int(plain) < year + _YEARS_AHEAD:
        raise _either(words, f"{plain[:2]}:{plain[2:]}", f"1 jan {plain}")
    if clock := _CLOCK_OF_HOURS.search(plain):
        hour, minute = clock[1].split(":")
        if int(hour) < _SURELY_A_CLOCK:
            raise _either(words, f"{int(hour):02d}:{minute}", f"{hour}h {minute}m")


def _either(words: str, one: str, other: str) -> WhenError:
    return WhenError(f"{short(words)} may be {one} or {other}.", f"Write {one} or {other}.")


def _hours_or_clock(words: str) -> Callable[[re.Match[str]], str]:
    def said(found: re.Match[str]) -> str:
        hour, minute = int(found[1]), found[2]
        if hour < _A_FEW:
            return f"{hour}h {minute}m"
        if hour >= _SURELY_A_CLOCK:
            return f"at {hour}:{minute}"
        raise _either(words, f"{hour:02d}:{minute}", f"{hour}h {minute}m")

    return said


def _number(word: str) -> int:
    return _WORDS.get(word) or _TENS.get(word) or int(word)


def _past(found: re.Match[str]) -> str:
    """`ten past five`: the hour is said as it was, so that the half of the day stays open."""
    return f"at {_number(found[2])}:{_number(found[1]):02d}"


def _to(found: re.Match[str]) -> str:
    """`quarter to one` is in the hour before, on the same side of noon as one would be."""
    minutes = 15 if found[1] == "quarter" else _number(found[1])
    hour = _number(found[2]) - 1 or 12
    return f"at {hour}:{60 - minutes:02d}" if 0 < minutes < 60 else found[0]


_Written = str | Callable[[re.Match[str]], str]
_VAGUE: list[tuple[re.Pattern[str], _Written]] = [
    (re.compile(pattern), said)
    for pattern, said in (
        (r"(\d),(\d+)(?= ?(?:h|d|w|hours?|days?|weeks?)\b)", r"\1.\2"),
        (r",", " "),
        (r"\b(?:an hour|a day|a week) or so\b", lambda found: found[0][: -len(" or so")]),
        (r"(?<=[hdwms]) or so\b", ""),
        (r"\b(?:about|around|roughly|approximately|approx\.?|circa|ca\.?|say) (?=\S)", ""),
        (r"(?<=\d)(?: ?-?ish)\b", ""),
        (r"\b(?:sharp|exactly|at the latest|latest|please|pls)\b", ""),
        (r"\b(?:early|start of|beginning of) (?=next |tomorrow)", ""),
        (rf"\b(?:the )?(?:start|beginning) of {_MONTH}\b", r"1 \1"),
        (r"\bafter lunch\b", "13:00"),
    )
]
"""Words that do not change the time."""
_SPOKEN: list[tuple[re.Pattern[str], _Written]] = [
    (re.compile(pattern), said)
    for pattern, said in (
        (r"(\d)\s*([ap])\.?\s?m\b\.?", r"\1\2m"),
        (r"\b(\d{1,2})([0-5]\d)([ap]m)\b", r"\1:\2\3"),
        (r"\b(\d{2})(\d{2}) ?h(?:rs|ours)?\b", r"at \1:\2"),
        (r"^([01]\d|2[0-3])([0-5]\d)$", r"at \1:\2"),
        (r"^\+", ""),
        (r"@ ?", "at "),
        # Spans.
        (r"\b(?:an?|one) hour and a half\b", "1.5h"),
        (r"\b(?:an?|one) hour and a quarter\b", "1h 15m"),
        (rf"\b{_HOUR} and a half (?={_UNIT})", lambda found: f"{_number(found[1])}.5 "),
        (r"\bhalf (?:an )?hour\b", "30m"),
        (r"\b(?:a )?quarter of an hour\b", "15m"),
        (r"\bthree quarters of an hour\b", "45m"),
        (r"\b(?:a )?couple (?:of )?(?=minutes|hours|days|weeks|months)", "2 "),
        (r"\b(?:in )?(?:a )?fortnight(?:'s)?\b", "2 weeks"),
        (r"\b(?:at )?(?:the )?(?:this|same) time tomorrow\b", "1 days"),
        (r"\btomorrow (?:at )?(?:the )?same time\b", "1 days"),
        (r"\b(?:the )?week after next\b", "nextnext week"),
        (r"\b(?:a week (?:on|from) tomorrow|tomorrow week)\b", "8 days at 9:00"),
        (r"\b(?:a week (?:on|from) today|today week)\b", "7 days at 9:00"),
        (r"\b(?:two|2) days (?:from|after) tomorrow\b", "3 days at 9:00"),
        (r"\ba week (?:on|from|after) (?!now)", "week "),
        (
            rf"\b{_HOUR} weeks (?:on|from|after) (?=(?:mon|tue|wed|thu|fri|sat|sun))",
            lambda found: f"weeks+{_number(found[1])} ",
        ),
        (rf"\ban? (?={_UNIT})", "1 "),
        (rf"\b{_HOUR} (?={_UNIT})", lambda found: f"{_number(found[1])} "),
        (r"(?<=\d) (weeks?|days?|hours?|months?|minutes?)'s? time\b", r" \1 time"),
        # The time of day.
        (rf"\bhalf past {_HOUR}\b", lambda found: f"at {_number(found[1])}:30"),
        (rf"\bquarter past {_HOUR}\b", lambda found: f"at {_number(found[1])}:15"),
        (rf"\b(?:a )?(quarter|{_MINUTES[1:]} (?:minutes )?(?:to|of|before) {_HOUR}\b", _to),
        (rf"\b{_MINUTES} (?:minutes )?(?:past|after) {_HOUR}\b", _past),
        (rf"\b{_HOUR} ?(?:o['’]?clock|uhr)\b", lambda found: f"at {_number(found[1])}"),
        (
            rf"\b({'|'.join(_COUNTED)})[ -]({'|'.join(sorted(_TENS, key=len, reverse=True))})\b",
            lambda found: f"at {_number(found[1])}:{_number(found[2])}",
        ),
        (
            rf"\b({'|'.join(_COUNTED)}) ?([ap])\.?m\b\.?",
            lambda found: f"{_number(found[1])}{found[2]}m",
        ),
        (rf"\b({'|'.join(_COUNTED)})\b", lambda found: str(_WORDS[found[1]])),
        (r"\b12 (?=noon\b|midnight\b)", ""),
        # Days.
        (r"\b(?:the )?day after tomorrow\b", "overmorrow"),
        (r"\bend of (?:the )?day\b|\bclose of business\b|\bcob\b", "eod"),
        (r"\bend of next week\b", "next eow"),
        (r"\bend of (?:the )?week\b", "eow"),
        (r"\bend of next month\b", "next eom"),
        (r"\bend of (?:the )?month\b", "eom"),
        (rf"\bend of {_MONTH}\b", r"\1 eom"),
        (r"\bend of (?:the )?year\b|\beoy\b", "31 dec at 17:00"),
        (r"\bfirst thing\b(?: in the morning)?(?:( on)? (?=\w+ morning\b))?", "morning "),
        (r"\bmorning ((?:on )?\w+) morning\b", r"\1 morning"),
        (rf"\bthe first\b|\bfirst (?=(?:of )?{_MONTH})", "1st "),
        (rf"\bthe second\b|\bsecond (?=(?:of )?{_MONTH})", "2nd "),
        (rf"\bthe third\b|\bthird (?=(?:of )?{_MONTH})", "3rd "),
        (r"\bweds\b", "wed"),
        (r"\b(tomorrow|(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*) night\b", r"\1 evening"),
        (r"\bthis (?=morning\b|afternoon\b|evening\b)", "today "),
        (r"\b(?:in|this|the|on|of|until|till)\b", " "),
        (r"\b(?:by|before|after) (?=\d|at\b|noon|midday|midnight|lunch|eod|eow|eom)", "at "),
        (r"\b(?:by|before|after)\b", " "),
        (r"\bat at\b", "at"),
    )
]
"""Spoken forms and their meaning; applied in this order."""
