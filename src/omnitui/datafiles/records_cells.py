"""How the values of records are written, in a cell of a CSV file and in an object of JSONL.

Reading what was written gives the same value. A `ValueError` says in a sentence what is wrong.
"""

import difflib
import math
import re
import unicodedata
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec

from omnitui.clock import LATEST_MS
from omnitui.datafiles.records import Column
from omnitui.datafiles.records_days import day_of, moment_of
from omnitui.model.fields import Letters, Takes
from omnitui.safetext import LIMIT, dropped, hidden, name_of_sign

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_FIRST = datetime(1900, 1, 1, tzinfo=UTC)
_DIGITS = re.compile(r"[+-]?\d+", re.ASCII)
_WHOLE = re.compile(r"[+-]?\d{1,15}", re.ASCII)
_AMOUNT = re.compile(r"[+-]?\d{1,15}(\.\d{1,15})?", re.ASCII)
_DAY_MS = 86_400_000
_FLAGS = {
    **dict.fromkeys(("yes", "true", "1", "on"), True),
    **dict.fromkeys(("no", "false", "0", "off"), False),
}
_LARGEST = 2**53
_ERRORS = frozenset("#DIV/0! #N/A #NAME? #NULL! #NUM! #REF! #SPILL! #VALUE!".split())
_SHORTENED = re.compile(r"[+-]?\d(?:[.,]\d+E\+?|E\+)\d{2}", re.ASCII | re.IGNORECASE)


def from_cell(column: Column, text: str) -> Any:
    """The value of a CSV cell; None if it is empty."""
    if text.strip() in _ERRORS:
        raise ValueError(f"{text.strip()} is a spreadsheet's error, not a value")
    if not (text if column.takes is Takes.TEXT else text.strip()):
        return None
    if column.takes in (Takes.AMOUNTS, Takes.ADDRESSES):
        try:
            return _TYPED[column.takes](column, msgspec.json.decode(text))
        except (msgspec.DecodeError, RecursionError):
            raise ValueError(f"{short(text)} is not {column.takes.value}") from None
    return _TYPED[column.takes](column, text)


def from_json(column: Column, value: Any) -> Any:
    """The value of a key of an object; None if it is null or empty."""
    if value is None or value == "":
        return None
    if isinstance(value, str) and column.takes in (Takes.AMOUNTS, Takes.ADDRESSES):
        return from_cell(column, value)
    if isinstance(value, str) and column.takes is not Takes.TEXT and not value.strip():
        return None
    return _TYPED[column.takes](column, value)


def to_cell(column: Column, value: Any) -> str:
    """A value as the text of a CSV cell."""
    plain = to_json(column, value)
    if plain is None:
        return ""
    if isinstance(plain, bool):
        return "yes" if plain else "no"
    if isinstance(plain, list):
        return (", " if column.takes is Takes.WORDS else "\n").join(plain)
    if isinstance(plain, dict):
        return msgspec.json.encode(plain).decode() if plain else ""
    return str(plain)


def to_json(column: Column, value: Any) -> Any:
    """A value as JSON says it."""
    if value is None:
        return None
    if column.takes is Takes.UNTIL and value % _DAY_MS == 0:
        return written(value - _DAY_MS)[:10]
    if column.takes in (Takes.MOMENT, Takes.UNTIL):
        return written(value)
    if isinstance(value, str):
        return str(value)
    if isinstance(value, tuple | list):
        return [str(item) for item in value]
    return value


def written(at: int) -> str:
    """A time (epoch ms) in ISO 8601, in UTC."""
    moment = _EPOCH + timedelta(milliseconds=at)
    digits = "seconds" if at % 1_000 == 0 else "milliseconds"
    return moment.isoformat(timespec=digits).replace("+00:00", "Z")


def short(text: str) -> str:
    """What somebody wrote, in quotes, short enough for a sentence."""
    return repr(text if len(text) <= 40 else f"{text[:39]}…")


def _words(value: Any, what: str) -> str:
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise ValueError(f"it needs {what}, not {_kind(value)}")
    return value if isinstance(value, str) else str(value)


def _plain(text: str) -> str:
    """What is no name, in plain digits and letters: some keyboards write wide ones."""
    return unicodedata.normalize("NFKC", text).strip()


def _kind(value: Any) -> str:
    if isinstance(value, bool):
        return "true or false"
    if isinstance(value, str):
        return "text"
    if isinstance(value, list | dict):
        return "a list" if isinstance(value, list) else "an object"
    return "a number"


def _line(column: Column, value: Any) -> str:
    text = _words(value, "text")
    place = _unseen(column, text.strip())
    if place is not None:
        raise ValueError(
            f"character {place + 1} of {short(text.strip())} is "
            f"{name_of_sign(text.strip()[place])}, which cannot be seen; type it again"
        )
    if _SHORTENED.fullmatch(text.strip()):
        raise ValueError(
            f"{short(text)} is what a spreadsheet makes of a long number; write all its digits"
        )
    length = len(" ".join(text.split()))
    if length > column.most:
        raise ValueError(f"it has {length:,} characters; {column.most} is the most")
    return text


def _unseen(column: Column, text: str) -> int | None:
    """The position of an invisible character that would make the text look like another one."""
    if column.letters is Letters.EXACT:
        return hidden(text)
    return dropped(text) if column.letters is Letters.NAME else None


def _text(column: Column, value: Any) -> str:
    text = _words(value, "text")
    if len(text) > LIMIT:
        raise ValueError(f"it has {len(text):,} characters; {LIMIT:,} is the most")
    return text


def _list(value: Any, split: Callable[[str], Sequence[str]]) -> list[str]:
    items = split(value) if isinstance(value, str) else value
    if not isinstance(items, list) or not all(isinstance(item, str) for item in items):
        raise ValueError(f"it needs a list of texts, not {_kind(value)}")
    return [item for item in items if item.strip()]


def _lines(column: Column, value: Any) -> list[str]:
    return [_line(column, item) for item in _list(value, str.splitlines)]


def _keywords(column: Column, value: Any) -> list[str]:
    items = [" ".join(item.split()) for item in _list(value, lambda text: text.split(","))]
    for item in items:
        if "," in item:
            raise ValueError(f"{short(item)} is not one keyword; leave commas out")
        _line(column, item)
    return items


def _whole(column: Column, value: Any) -> int:
    text = _plain(_words(value, "a whole number"))
    if isinstance(value, float) or not _DIGITS.fullmatch(text):
        raise ValueError(f"{short(text)} is not a whole number")
    if not _WHOLE.fullmatch(text):
        raise ValueError(f"{short(text)} has more than 15 digits")
    return int(text)


def _amount(column: Column, value: Any) -> int | float:
    text = _plain(_words(value, "a number"))
    if isinstance(value, float) and math.isfinite(value) and abs(value) <= _LARGEST:
        return value
    if not _AMOUNT.fullmatch(text):
        hint = "; write a point, not a comma" if "," in text else ""
        raise ValueError(f"{short(text)} is not a number such as 15 or 7.5{hint}")
    return float(text) if "." in text else int(text)


def _flag(column: Column, value: Any) -> bool:
    if isinstance(value, bool):
        return value
    found = _FLAGS.get(_plain(_words(value, "yes or no")).lower())
    if found is None:
        raise ValueError(f"{short(str(value))} is not yes or no")
    return found


def _day(column: Column, value: Any) -> str:
    return day_of(_words(value, "a day"))


def _moment(column: Column, value: Any) -> int:
    return _at(_words(value, "a time"))[0]


def _at(text: str) -> tuple[int, bool]:
    """A time (epoch ms), and whether it was a day without a time."""
    moment, alone = moment_of(text)
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    if moment < _FIRST:
        raise ValueError(f"{text.strip()} is before 1900")
    at = (moment - _EPOCH) // timedelta(milliseconds=1)
    if at >= LATEST_MS:
        raise ValueError(f"{text.strip()} is after the year 2199")
    return at, alone


def _until(column: Column, value: Any) -> int:
    """The end of a period; a day without a time includes all of that day."""
    at, alone = _at(_words(value, "a time"))
    return at + _DAY_MS if alone else at


def _choice(column: Column, value: Any) -> str:
    text = _plain(_words(value, "a word"))
    if text.lower() in column.choices:
        return text.lower()
    close = difflib.get_close_matches(text.lower(), column.choices, n=1)
    hint = f"; did you mean {close[0]}?" if close else ""
    raise ValueError(f"{short(text)} is not one of {', '.join(column.choices)}{hint}")


def _amounts(column: Column, value: Any) -> dict[str, int | float]:
    if not isinstance(value, dict):
        raise ValueError(f"it needs {column.takes.value}, not {_kind(value)}")
    return {key: _amount(column, amount) for key, amount in value.items()}


def _addresses(column: Column, value: Any) -> dict[str, list[str]]:
    if not isinstance(value, dict):
        raise ValueError(f"it needs {column.takes.value}, not {_kind(value)}")
    return {key: _lines(column, found) for key, found in value.items()}


_TYPED: dict[Takes, Callable[[Column, Any], Any]] = {
    Takes.LINE: _line,
    Takes.TEXT: _text,
    Takes.LINES: _lines,
    Takes.WORDS: _keywords,
    Takes.WHOLE: _whole,
    Takes.AMOUNT: _amount,
    Takes.FLAG: _flag,
    Takes.DAY: _day,
    Takes.MOMENT: _moment,
    Takes.UNTIL: _until,
    Takes.CHOICE: _choice,
    Takes.AMOUNTS: _amounts,
    Takes.ADDRESSES: _addresses,
}
