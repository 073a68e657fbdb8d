"""What spreadsheets write around a value so that it stays text, taken off and put there exactly.

`="+47 400 00 008"` and `'+4740000003` are how a long number survives a spreadsheet, and the
apostrophe is how an export keeps a text from being run as a formula. Taking off is reading; what
reading would change is guarded when it is written, so that every text comes back as it was.
"""

import re

_GUARDED = re.compile(r"\s*'(['\s]*(?:[=+\-@\t\r].*|\d[\d\s().,:/+-]*))", re.DOTALL)
_AS_TEXT = re.compile(r'\s*=\s*"((?:[^"]|"")*)"\s*')
_AS_SUM = re.compile(r"\s*=\s*([+-]?\d[\d\s().,/]*)")
_FORMULA = re.compile(r"'*[=+\-@\t\r]")


def unguarded(cell: str) -> str:
    """The text that a cell means: without the apostrophe or the formula that keeps it text."""
    if inside := _AS_TEXT.fullmatch(cell):
        return inside[1].replace('""', '"')
    found = _GUARDED.fullmatch(cell) or _AS_SUM.fullmatch(cell)
    return cell if found is None else found[1]


def guarded(cell: str, *, safe: bool) -> str:
    """The cell that means this text; with `safe` one that no spreadsheet takes for a formula."""
    if (safe and _FORMULA.match(cell)) or unguarded(cell) != cell:
        return f"'{cell}"
    return cell
