"""Phone numbers as people and machines write them, in the one form in which they are compared.

`phonenumbers` knows the trunk zeros, lengths and country codes; it is loaded with the first number.
"""

import re
import unicodedata
from typing import TYPE_CHECKING

from omnitui.patterns import late

if TYPE_CHECKING:
    from phonenumbers import PhoneNumber

MOST_DIGITS = 15
"""The most digits of a number (ITU-T E.164)."""

_TRUNK = late(r"\(\s*0\s*\)")
_SCHEME = late(
    r"(?:tel|phone|sms|callto|mobile|mob|cell|fax|ph|tlf|whatsapp)\b[.:\s]*(?://)?", re.IGNORECASE
)
_SIP = late(r"sips?:(\+?[\d().-]+)(?:;[^@]*)?@\S+", re.IGNORECASE)
_ASIDE = late(r"\([^()\d]*\)")
_ANGLES = late(r"[^<>]*<([^<>]+)>")
_EXTENSION = late(
    r"(?:[\s;,/(-]*(?<![^\W\d_])(?:extension|extn|ext|x|intern|int|anexo|ramal|poste|durchwahl|dw"
    r"|доб|#|~)[\s.:=-]*|,{1,3}\s?(?=\d{1,4}#?\s*$))(\d{1,7})\)?#?\s*$",
    re.IGNORECASE,
)
_PARAMETERS = late(r";[a-z-]+(?:=[^;]*)?", re.IGNORECASE)
_APART = late(r"\s*(?:[\n;|,&]|\b(?:or|and|oder|und|og|eller|et|ou)\b)\s*|(?<=\d)\s+(?=\+)")
_SLASH = late(r"\s*/\s*")
_WHOLE_NUMBER = 7
_OR_ENDS = late(r"(.*\d)\s*/\s*(\d{1,4})\s*")
_FIRST_DIGIT = late(r"\d")
_AS_TEXT = late(r"""=?\s*"([^"]*)"|='?(?=[+\d(])(.*)|'+\s*(?=[+\d(])(.*?)'?""")
_AS_FRACTION = late(r"(\+?\d{7,})\.0")


def normalise_phone(value: str, country: str = "") -> str:
    """The digits of a number with its country's plus, as in `+4755501022`; empty if it is none.

    `country` (ISO 3166, two letters) is where numbers without one are from; if that is not known
    they stay digits. An extension is left out. What holds a letter is a sender's name.
    """
    text = _dialled(value)
    if any(character.isalpha() for character in text):
        return ""
    plus = "+" in _FIRST_DIGIT.split(text, 1)[0]
    digits = _digits(text)
    zeros = not plus and digits.startswith("00") and len(digits) > 2
    if zeros:
        plus, digits = True, digits[2:]
    short = _digits(_TRUNK.sub("", text))
    short = short[2:] if zeros and short.startswith("00") else short
    if not digits or len(short) > MOST_DIGITS:
        return ""
    forms = dict.fromkeys((digits, short))
    if plus:
        return _known([f"+{form}" for form in forms], "") or f"+{short}"
    return (_known([digits], country) if country else "") or short


def _known(forms: list[str], country: str) -> str:
    """The form that is a number where there are such, the valid one of several; empty if none."""
    import phonenumbers as known

    possible: list[PhoneNumber] = []
    for form in forms:
        try:
            number = known.parse(form, country or None)
        except known.NumberParseException:
            continue
        if known.is_possible_number(number):
            possible.append(number)
    if not possible:
        return ""
    best = next(filter(known.is_valid_number, possible), possible[-1])
    return known.format_number(best, known.PhoneNumberFormat.E164)


def bare_number(value: str) -> str:
    """A number without what programs put around it (`tel:`, `<>`, SIP, `="…"`); as it was else.

    Its extension stays.
    """
    text = value.strip()
    if kept := _AS_TEXT.fullmatch(text):
        text = next(filter(None, kept.groups()), "").strip()
    if counted := _AS_FRACTION.fullmatch(text):
        return counted[1]
    if inside := _ANGLES.fullmatch(text):
        text = inside[1].strip()
    if called := _SIP.fullmatch(text):
        return called[1]
    scheme = _SCHEME.match(text)
    if scheme and any(map(str.isdecimal, text[scheme.end() :])):
        return text[scheme.end() :].strip()
    return text


def _dialled(value: str) -> str:
    """What is left of a number without extension and words aside, such as `(home)`."""
    text = bare_number(unicodedata.normalize("NFKC", value))
    text = _ASIDE.sub("", text).strip()
    text = _EXTENSION.sub("", text) if sum(map(str.isdecimal, text)) > _WHOLE_NUMBER else text
    return _PARAMETERS.sub("", text).strip()


def phone_numbers(text: str) -> list[str]:
    """The numbers in what somebody wrote, one after the other; the text itself where it is one.

    A slash parts numbers only where both are long enough: in some countries it stands after the
    area code.
    """
    if _EXTENSION.search(text) and not _APART.search(_EXTENSION.sub("", text)):
        return [text]
    for apart, least in ((_APART, 5), (_SLASH, _WHOLE_NUMBER)):
        found = [part for part in apart.split(text) if part.strip()]
        if len(found) > 1 and all(
            sum(map(str.isdecimal, part)) >= least and not any(map(str.isalpha, part))
            for part in found
        ):
            return [one for part in found for one in phone_numbers(part)]
    return _or_ends_in(text)


def _or_ends_in(text: str) -> list[str]:
    """Both numbers where the second is told by its end alone, as in `22 12 34 56/57`."""
    short = _OR_ENDS.fullmatch(text)
    if short is None or sum(map(str.isdecimal, short[1])) < _WHOLE_NUMBER:
        return [text]
    first, end = short[1].strip(), short[2]
    if "/" in first or not first[-len(end) :].isdecimal():
        return [text]
    return [first, first[: -len(end)] + end]


def is_country(code: str) -> bool:
    """Whether there is a country of that code whose numbers are known."""
    import phonenumbers

    return code in phonenumbers.SUPPORTED_REGIONS


def _digits(text: str) -> str:
    return "".join(str(int(character)) for character in text if character.isdecimal())
