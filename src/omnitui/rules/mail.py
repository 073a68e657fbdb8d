"""The compared form of mail addresses.

Two are the same only if their letters are: case matters except for ASCII letters, and letters that
only look alike are different. Domains in other scripts are compared in the form of the name
service.
"""

import re
import unicodedata
from urllib.parse import unquote

from omnitui.patterns import late

_ANGLES = late(r"[^<>]*<\s*([^<>\s]+)\s*>[\s.,;]*")
_OUTLOOK = late(r"[^\[\]]*\[\s*mailto:([^\[\]\s]+)\s*\][\s.,;]*", re.IGNORECASE)
_COMMENT = late(r"([^\s()]+@[^\s()]+)\s*\([^()]*\)[\s.,;]*")
_MAILTO = late(r"mailto:(?://)?", re.IGNORECASE)
_BEHIND = " \t\r\n.,;:"
_PAIRS = ("<>", '""', "''", "“”", "„“", "«»", "‘’", "()", "[]")
_SEVERAL = late(r"[\s;,|]+")
_MAIL = late(r"[^@\s]+@[^@\s]+")
_UPPER = {code: code + 32 for code in range(ord("A"), ord("Z") + 1)}

LONGEST = 254
"""The longest mail address (characters; RFC 5321)."""


def bare_mail(value: str) -> str:
    """An address without what mail clients put around it: a name, `<>`, `mailto:`, dots, quotes."""
    text = value.strip()
    for shape in (_ANGLES, _OUTLOOK, _COMMENT):
        if inside := shape.fullmatch(text):
            text = inside[1]
            break
    if scheme := _MAILTO.match(text):
        text = unquote(text[scheme.end() :].partition("?")[0])
    text = text.strip().rstrip(_BEHIND)
    while len(text) > 1 and text[0] + text[-1] in _PAIRS:
        text = text[1:-1].strip().rstrip(_BEHIND)
    return text if "@" in text else value.strip()


def mail_key(value: str) -> str:
    """The form in which mail addresses are compared, such as `max@xn--strae-oqa.example`."""
    text = exact(bare_mail(value))
    local, at, domain = text.rpartition("@")
    return f"{local}@{_domain(domain)}" if at else text


def _domain(domain: str) -> str:
    """A domain as the name service has it; as it stands where that knows no such name."""
    if domain.isascii() and "xn--" not in domain:
        return domain
    import idna

    if any(unicodedata.normalize("NFKC", letter) != letter for letter in domain):
        return domain
    lowered = unicodedata.normalize("NFC", domain.lower())
    try:
        return idna.encode(lowered).decode("ascii")
    except (idna.IDNAError, UnicodeError):
        return domain


def exact(text: str) -> str:
    """Text of which only the case of ASCII letters, white space and composition do not matter."""
    return " ".join(_composed(text).translate(_UPPER).split())


def _composed(text: str) -> str:
    # Some letters decompose into another one alone, such as the Kelvin sign into K: lookalikes.
    if text.isascii() or any(_lookalike(letter) for letter in text):
        return text
    return unicodedata.normalize("NFC", text)


def _lookalike(letter: str) -> bool:
    """Whether a letter is canonically another one, alone."""
    other = unicodedata.decomposition(letter)
    return bool(other) and " " not in other and not other.startswith("<")


def looks_like_mail(value: str) -> bool:
    """Whether this can be one address: something, one `@`, something; not two of them."""
    text = bare_mail(value)
    return len(text) <= LONGEST and _MAIL.fullmatch(text) is not None


def mail_addresses(text: str) -> list[str]:
    """The addresses in what somebody wrote, one by one; the text itself where it is one."""
    if "<" in text or looks_like_mail(text):
        angled = re.findall(r"<\s*([^<>\s]+@[^<>\s]+)\s*>", text)
        return angled if len(angled) > 1 else [text]
    found = [part for part in _SEVERAL.split(text.strip()) if part]
    return found if len(found) > 1 and all(map(looks_like_mail, found)) else [text]
