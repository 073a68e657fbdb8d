"""Rows as what they stand for, also where a store was damaged and some of them stand for nothing.

A list passes over such rows, so that one of them never takes the others away; `omnitui doctor`
counts them. Whoever asks for one by its key is refused.
"""

import json
from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from omnitui.model.errors import Refused

Read = TypeVar("Read")

MEANS_NOTHING = (ValueError, TypeError, KeyError, AttributeError, RecursionError)
"""What reading a damaged row can raise."""

UNREADABLE = "store.meaningless"
"""The code of the refusal for a damaged row."""


def maker(record: type[Read], **reads: Callable[[Any], Any]) -> Callable[..., Read]:
    """What makes a record of a row: attributes are columns of their names, read by `reads`.

    What is kept beside the row is given by name.
    """
    names = record.__struct_fields__  # type: ignore[attr-defined]

    def make(row: Any, **beside: Any) -> Read:
        for name in names:
            if name not in beside:
                beside[name] = reads[name](row[name]) if name in reads else row[name]
        return record(**beside)

    return make


def parts(text: str) -> tuple[Any, ...]:
    """What a list of JSON holds."""
    return tuple(json.loads(text))


def each(make: Callable[[Any], Read], rows: Iterable[Any]) -> list[Read]:
    """What rows stand for, without those that stand for nothing."""
    found = []
    for row in rows:
        try:
            found.append(make(row))
        except MEANS_NOTHING as error:
            passed_over(error)
    return found


def first(make: Callable[[Any], Read], rows: Iterable[Any]) -> Read | None:
    """The first row that is valid; None if there is none."""
    return next(iter(each(make, rows)), None)


def one(make: Callable[[Any], Read], row: Any) -> Read | None:
    """The record of a row, None if there is no row. Refused if the row is damaged."""
    if row is None:
        return None
    try:
        return make(row)
    except MEANS_NOTHING as error:
        passed_over(error)
        raise unreadable() from error


def unreadable(where: str = "") -> Refused:
    """The refusal for a damaged row that is needed; `where` names the tables."""
    return Refused(
        UNREADABLE,
        f"This row of the store is damaged{where} and cannot be read.",
        "`omnitui doctor` says in which tables; a backup brings back what is lost.",
    )


def passed_over(error: Exception) -> None:
    """A row was passed over; tests that damage nothing let this be an error."""


def json_of(text: str | None, otherwise: Any) -> Any:
    """What JSON holds; `otherwise` where it is none, or of another shape than that."""
    try:
        found = json.loads(text or "")
    except (ValueError, RecursionError):
        return otherwise
    return found if isinstance(found, type(otherwise)) else otherwise


def json_in(column: str) -> str:
    """SQL for the parts of a column of JSON; none where it holds no JSON."""
    return f"json_each(iif(json_valid({column}), {column}, '[]'))"
