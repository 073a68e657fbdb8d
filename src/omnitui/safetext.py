"""Foreign text made harmless, once, at intake.

What is removed: terminal escape sequences as a whole, C0 controls except newline and tab, DEL, C1,
bidi controls and isolates, byte-order marks, invisible separators, lone surrogates. Joiners stay,
because emoji sequences and several scripts are misspelt without them.
"""

import re


class SafeText(str):
    """Text that has been through `clean`."""

    __slots__ = ()


LIMIT = 100_000
"""The longest text that is kept (characters)."""

_ESCAPES = re.compile(
    r"\x1b\][^\x07\x1b]*(?:\x07|\x1b\\|$)"
    r"|\x1b[PX^_][^\x1b]*(?:\x1b\\|$)"
    r"|(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]?"
    r"|\x1b[ -/]*[0-~]?"
)
_BREAKS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_DROPPED = dict.fromkeys(
    [c for c in range(0x20) if c not in (0x09, 0x0A)]
    + list(range(0x7F, 0xA0))
    + [0x061C, 0x200B, 0x200E, 0x200F, 0x2060, 0x2061, 0x2062, 0x2063, 0x2064, 0xFEFF]
    + list(range(0x202A, 0x202F))
    + list(range(0x2066, 0x2070))
    + list(range(0xD800, 0xE000))
    + list(range(0xE0000, 0xE0080))
)
_SPACES = re.compile(r"\s+")


def clean(text: str, *, limit: int = LIMIT) -> SafeText:
    """Text that can be stored and shown anywhere; longer than `limit` it ends in an ellipsis."""
    if len(text) > limit * 4:
        text = text[: limit * 4]
    if "\x1b" in text or "\x9b" in text:
        text = _ESCAPES.sub("", text)
    text = _BREAKS.sub("\n", text).translate(_DROPPED)
    if len(text) > limit:
        text = text[: limit - 1] + "…"
    return SafeText(text)


def clean_line(text: str, *, limit: int = 200) -> SafeText:
    """One line for names and subjects: white space folded, ends trimmed."""
    line = _SPACES.sub(" ", clean(text, limit=limit * 4)).strip()
    if len(line) > limit:
        line = line[: limit - 1].rstrip() + "…"
    return SafeText(line)
