"""Days and times as tables of records have them, whoever wrote them, in one way everywhere.

ISO 8601, days with points (31.12.2026), and the numbers in which spreadsheets count days. Days with
slashes say different things to different people, and are asked for again.
"""

import re
import unicodedata
from datetime import datetime, timedelta

_SERIAL = re.compile(r"\d{5}(?:\.\d{1,12})?", re.ASCII)
_FIRST_SERIAL = datetime(1899, 12, 30)
_POINTS = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})(?:,?[T ]+(\d{1,2}:\d{2}.*))?", re.ASCII)
_YEAR_FIRST = re.compile(r"(\d{4})[/.](\d{1,2})[/.](\d{1,2})(?:[T ]+(\d{1,2}:\d{2}.*))?", re.ASCII)
_SLASHES = re.compile(r"\d{1,2}([/-])\d{1,2}\1\d{2,4}(?:\D.*)?", re.ASCII)
_TIMED = re.compile(r"\d[T ]\d", re.ASCII)
_LIKE_DAY = "write it like 2026-03-02, 2.3.2026 or 46083 (a spreadsheet's day)"
_LIKE_TIME = "write it like 2026-03-02T09:00:00Z, 2.3.2026 9:00 or 46083.375 (a spreadsheet's)"


def day_of(text: str) -> str:
    """A day in ISO 8601; ValueError with the accepted forms if it is not one."""
    moment, _ = _read(text, "day", _LIKE_DAY)
    if (moment.hour, moment.minute, moment.second, moment.microsecond) != (0, 0, 0, 0):
        raise ValueError(f"{text.strip()!r} is a time, but a day is needed; {_LIKE_DAY}")
    return moment.date().isoformat()


def moment_of(text: str) -> tuple[datetime, bool]:
    """A time, and whether it is a day without a time; ValueError if it is neither."""
    return _read(text, "time", _LIKE_TIME)


def _read(text: str, what: str, like: str) -> tuple[datetime, bool]:
    given = " ".join(unicodedata.normalize("NFKC", text).split())
    shown = repr(given if len(given) <= 40 else f"{given[:39]}…")
    if _SERIAL.fullmatch(given):
        # A spreadsheet's fraction of a day is a time to the second, no better.
        seconds = round(float(given) * 86_400)
        return _FIRST_SERIAL + timedelta(seconds=seconds), "." not in given
    if _SLASHES.fullmatch(given):
        raise ValueError(f"{shown} can be two different days; {like}")
    iso = _iso(given)
    try:
        return datetime.fromisoformat(iso), not _TIMED.search(iso)
    except ValueError:
        pass
    if re.match(r"\d{4}-\d{2}-\d{2}", iso, re.ASCII):
        raise ValueError(f"there is no {what} {given[:40]}")
    raise ValueError(f"{shown} is not a {what}; {like}")


def _iso(given: str) -> str:
    """The same in ISO 8601, where the order of its parts is beyond doubt."""
    if found := _POINTS.fullmatch(given):
        day, month, year, time = found.groups()
    elif found := _YEAR_FIRST.fullmatch(given):
        year, month, day, time = found.groups()
    else:
        return given
    day = f"{year}-{month.zfill(2)}-{day.zfill(2)}"
    return f"{day} {'0' * (2 - time.find(':'))}{time}" if time else day
