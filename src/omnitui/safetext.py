"""Foreign text made harmless, once, at intake.

What goes: terminal escape sequences as a whole, C0 controls except newline and tab, DEL, C1, lone
surrogates, bidi controls and isolates, byte-order marks and whatever else is there without being
seen. What stays although it is invisible, because words and signs are misspelt without it: a
zero-width joiner inside an emoji sequence, a joiner or non-joiner after a letter of a script that
joins or stacks its letters, one variation selector after a sign, the tags that make a flag of 🏴.
A letter keeps as many combining marks as its script may need; a tower of more would be drawn over
the lines above and below.
Cleaning twice is the same as cleaning once.
"""

import re
import unicodedata
from functools import cache

from omnitui.patterns import late

LIMIT = 100_000
"""The longest text that is kept (characters)."""


class SafeText(str):
    """Text that has been through `clean`."""

    __slots__ = ()


# Nearly all text is nothing but these: letters of most scripts, punctuation, emoji on their own.
_PLAIN = late(
    r"[\n\t -~\xa1-\xac\xae-\u02ff\u0370-\u0482\u048a-\u0590\u05be-\u05ff\u0620-\u064a\u0660-\u06d5"
    r"\u0904-\u0939\u0e01-\u0e30\u1e00-\u1fff\u2010-\u2027\u2030-\u205e\u20a0-\u20cf\u2100-\u2bff"
    r"\u3001-\u3029\u3041-\u3096\u309b-\u30ff\u3400-\u9fff\uac00-\ud7a3\uff01-\uff9f"
    r"\U0001f300-\U0001f3f3\U0001f3f5-\U0001faff]*"
)
# A string sequence (OSC, DCS, APC, PM, SOS) runs to its terminator; one that has none hides no more
# than the rest of its line, so that nobody's words vanish. The 8-bit forms must have their whole
# shape, because misread quotation marks and Cyrillic letters turn into the same characters.
# No payload may hold its own introducer: that keeps the time linear.
_ESCAPES = late(
    r"\x1b[\]PX^_](?:[^\x07\x1b\x9c]*(?:\x07|\x1b\\|\x9c)|[^\x07\x1b\x9c\n\r]*)"
    r"|\x1b\[[0-?]*[ -/]*[@-~]?"
    r"|\x1b[ -/]*[0-~]?"
    r"|\x9b[0-?]*[ -/]*[@-~]"
    r"|\x9d\d{1,4};[^\x07\x1b\x9c\x9d]*(?:\x07|\x1b\\|\x9c)"
    r"|\x90[\d;]*[ -/]*[@-~][^\x07\x1b\x9c\x90]*(?:\x1b\\|\x9c)"
)
_MAY_ESCAPE = late(r"[\x1b\x90\x9b\x9d]")
_BREAKS = late(r"[\r\x0b\x0c\x85\u2028\u2029]")
_UNSEEN = late(
    r"[\x00-\x08\x0e-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200e\u200f"
    r"\u202a-\u202e\u2060-\u206f\u3164\ud800-\udfff\ufdd0-\ufdef\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff]+"
)

_MARKS = r"\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
_SELECTOR = r"\ufe00-\ufe0f\U000e0100-\U000e01ef"
_INVISIBLE_TAGS = r"\U000e0000-\U000e00ff\U000e01f0-\U000e0fff"
_MUSIC = r"\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
# Arabic and its kin, the scripts of India, Tibetan, Myanmar, Khmer, Mongolian, Balinese.
_JOINING = (
    r"\u0600-\u08ff\u0900-\u0dff\u0f00-\u109f\u1780-\u18af\u1a20-\u1aad\u1b00-\u1bff"
    r"\ua840-\uabff\ufb50-\ufdff\ufe70-\ufefc"
)
_EMOJI = (
    r"\u203c\u2049\u2122\u2139\u2194-\u21aa\u231a-\u23ff\u25aa-\u27bf\u2934\u2935\u2b05-\u2b55"
    r"\ufe0f\U0001f000-\U0001faff\U000e007f"
)
_MAY_TRICK = late(rf"[\u200c\u200d{_MARKS}{_SELECTOR}{_INVISIBLE_TAGS}{_MUSIC}]")
_TAGS = late(
    r"(\U0001f3f4[\U000e0030-\U000e0039\U000e0061-\U000e007a]{3,6}\U000e007f)"
    rf"|[{_INVISIBLE_TAGS}{_MUSIC}]+"
)
_SELECTORS = late(rf"(^|[\s\u200c\u200d{_SELECTOR}])[{_SELECTOR}]+")
_JOINERS = late(
    rf"(\u200d(?<=[{_EMOJI}]\u200d)(?=[{_EMOJI}])|\u200d(?<=[{_JOINING}]\u200d)(?<!\d\u200d)"
    # Persian parts a number from its word so, but never one digit from another.
    rf"|\u200c(?<=[{_JOINING}]\u200c)(?=[{_JOINING}])(?!(?<=\d\u200c)\d))|[\u200c\u200d]"
)
_BETWEEN = rf"\u200c\u200d{_SELECTOR}"
"""What may stand between the marks of one letter without being seen."""
_MOST = 4
_MORE = ((0x0590, 0x0E00, 6), (0x0F00, 0x10A0, 8), (0x1780, 0x1C00, 6), (0xA800, 0xABF0, 6))
"""Ranges of scripts whose letters bear more marks than four, and how many.

Hebrew with vowels and cantillation bears five, a Tibetan or Burmese stack up to eight.
"""
_SPACES = late(r"\s+")
_HIDDEN = (
    r"\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"
    r"\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\u2800\u3164\ud800-\udfff\ufdd0-\ufdef\ufeff"
    r"\uffa0\ufff0-\ufffb\ufffe\uffff"
)
_SOMETIMES = rf"\u200c\u200d{_SELECTOR}{_INVISIBLE_TAGS}{_MUSIC}"
"""What some letters and signs need, none of them of ASCII."""
_ESCAPED = late(r"\{U\+[0-9A-F]{4,6}\}")


def clean(text: str, *, limit: int = LIMIT) -> SafeText:
    """Text that can be stored and shown anywhere; longer than `limit` it ends in an ellipsis.

    `limit` is in characters and at least 1. Every kind of line break becomes a newline.
    """
    if limit < 1:
        raise ValueError(f"a limit of {limit} characters leaves nothing")
    # What is dropped does not count against the limit, but nobody sends four times as much of it.
    cut = len(text) > 4 * limit
    if cut:
        text = text[: 4 * limit]
    if _PLAIN.fullmatch(text) is not None:
        return SafeText(text if not cut and len(text) <= limit else text[: limit - 1] + "…")
    if _MAY_ESCAPE.search(text) is not None:
        text = _ESCAPES.sub("", text)
    text = _UNSEEN.sub("", _BREAKS.sub("\n", text.replace("\r\n", "\n")))
    tricky = _MAY_TRICK.search(text) is not None or _towers().search(text) is not None
    if tricky:
        text = _without_tricks(text)
    if cut or len(text) > limit:
        text = text[: limit - 1]
        # The cut may have parted a joiner or a tag from what justified it.
        text = (_without_tricks(text) if tricky else text) + "…"
    return SafeText(text)


def _without_tricks(text: str) -> str:
    """Drop invisible characters where nothing needs them, and marks stacked beyond reading.

    The order matters: each step leaves nothing behind that an earlier one would have dropped.
    """
    text = _TAGS.sub(r"\1", text)
    text = _SELECTORS.sub(r"\1", text)
    text = _JOINERS.sub(r"\1", text)
    return _towers().sub(_lowered, text)


@cache
def _towers() -> re.Pattern[str]:
    """Runs of more combining marks than any letter bears in most scripts.

    Made when it is first needed: asking for the kind of every character takes some milliseconds.
    """
    kinds = (code for code in range(0x300, 0x1F000) if unicodedata.category(chr(code)) in _STACKING)
    marks = "".join(f"\\U{code:08x}" for code in kinds if not 0xFE00 <= code <= 0xFE0F)
    return re.compile(rf"(?:[{marks}][{_BETWEEN}]*){{{_MOST + 1},}}")


_STACKING = ("Mn", "Me")
"""Marks that take no room of their own; those that do (Mc) make a word longer, not higher."""
_NOT_SEEN = late(f"[{_BETWEEN}]")


def _lowered(tower: re.Match[str]) -> str:
    """The first marks of a tower, as many as its script may need."""
    first = ord(tower[0][0])
    most = next((most for low, high, most in _MORE if low <= first < high), _MOST)
    marks = [at for at, sign in enumerate(tower[0]) if _NOT_SEEN.match(sign) is None]
    if len(marks) <= most:
        return tower[0]
    # What stood between the last one kept and the next had its reason in the next.
    return tower[0][: marks[most - 1] + 1]


def clean_line(text: str, *, limit: int = 200) -> SafeText:
    """One line for names and subjects: white space folded, ends trimmed."""
    line = _SPACES.sub(" ", clean(text, limit=4 * limit)).strip()
    if len(line) > limit:
        line = clean(line, limit=limit).removesuffix("…").rstrip() + "…"
    return SafeText(line)


@cache
def _hidden() -> re.Pattern[str]:
    return re.compile(
        rf"[{_HIDDEN}]|(?:(?<=[\x00-\x7f])|^)[{_SOMETIMES}]|\{{(?=U\+[0-9A-F]{{4,6}}\}})"
    )


def hidden(text: str) -> int | None:
    """Where the first character stands that cannot be seen and that no letter needs; or None.

    White space can be seen. What tells one sender, key or name from another is never cleaned into
    being another one: it is refused, or kept `visible`.
    """
    places = (found.start() for found in _hidden().finditer(text) if found[0] != "{")
    found = [place for place in (next(places, None), dropped(text)) if place is not None]
    return min(found, default=None)


def dropped(text: str) -> int | None:
    """Where the first character stands that `clean` would drop; None where it drops nothing."""
    plain = _breaks_unified(text)
    cleaned = clean(plain, limit=max(len(plain), 1))
    if cleaned == plain:
        return None
    pairs = zip(plain, cleaned, strict=False)
    return next((place for place, (one, other) in enumerate(pairs) if one != other), len(cleaned))


def _breaks_unified(text: str) -> str:
    return _BREAKS.sub("\n", text.replace("\r\n", "\n"))


def visible(text: str) -> str:
    """The text with `{U+200B}` for each character that cannot be seen; two never become one."""
    text = _hidden().sub(_named, text)
    if dropped(text) is not None:
        # Joiners that join nothing and marks piled up beyond reading are all there is to drop.
        odd = re.compile(f"[{_SOMETIMES}]")
        text = "".join(
            _code(sign) if unicodedata.category(sign) in _STACKING or odd.match(sign) else sign
            for sign in text
        )
    return text


def is_escaped(text: str) -> bool:
    """Whether a text has a character that `visible` has written out."""
    return _ESCAPED.search(text) is not None


def unescaped(text: str) -> str:
    """What is left of a text without what `visible` has written out."""
    return _ESCAPED.sub("", text)


def name_of_sign(sign: str) -> str:
    """What a character is called where it cannot be shown, such as `U+200B (zero width space)`."""
    name = unicodedata.name(sign, "").lower() or ("control character" if sign < "\xa0" else "")
    return f"U+{ord(sign):04X}{f' ({name})' if name else ''}"


def _named(found: re.Match[str]) -> str:
    return _code(found[0])


def _code(sign: str) -> str:
    return f"{{U+{ord(sign):04X}}}"
