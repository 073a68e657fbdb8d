"""The fields of a record that callers can give, and the values that are saved.

Only checks that need no more than the value itself. A field that others depend on (an owner, an
entitlement, a channel) is a parameter of the command itself.
"""

from collections.abc import Collection, Mapping
from enum import Enum
from typing import Any

from omnitui.datafiles.records_days import day_of
from omnitui.desk.convert import Exact, Name
from omnitui.desk.registry import Parameter
from omnitui.model.errors import Refused
from omnitui.model.fields import Field, Fields, Letters, Takes, changed_by_agents
from omnitui.safetext import clean, clean_line

_ANNOTATIONS: Mapping[Takes, Any] = {
    Takes.TEXT: str,
    Takes.DAY: str,
    Takes.WHOLE: int,
    Takes.AMOUNT: float,
    Takes.FLAG: bool,
}
_LINES: Mapping[Letters, Any] = {Letters.ANY: str, Letters.NAME: Name, Letters.EXACT: Exact}


def parameters(fields: Fields, named: Collection[str], *, new: bool) -> tuple[Parameter, ...]:
    """The parameters of a command for fields that it does not list itself.

    Without a value a `new` record gets the defaults; another one keeps its values.
    """
    return tuple(
        Parameter(field.key, _annotation(field), False, field.default if new else None, field.about)
        for field in changed_by_agents(fields)
        if field.key not in named and not field.names
    )


def _annotation(field: Field) -> Any:
    if field.choices is not None:
        return field.choices
    return _LINES[field.letters] if field.takes is Takes.LINE else _ANNOTATIONS[field.takes]


def defaults(fields: Fields) -> dict[str, Any]:
    """The default columns of a new record."""
    return {f.column: f.default for f in changed_by_agents(fields) if f.default is not None}


def cleaned(noun: str, fields: Fields, given: Mapping[str, Any]) -> dict[str, Any]:
    """The given fields as columns, by key, without fields that name records.

    Refused, as `noun.key`, where a value is not valid. Text may be empty after cleaning.
    """
    return {
        field.column: _clean(noun, field, given[field.key])
        for field in fields
        if field.key in given and not field.names
    }


def _clean(noun: str, field: Field, value: Any) -> Any:
    if field.takes is Takes.TEXT:
        return clean(value or "")
    if field.takes is Takes.LINE:
        return clean_line(value or "", limit=field.most)
    if field.takes is Takes.DAY:
        return _day(noun, field, clean_line(value or ""))
    return int(bool(value)) if field.takes is Takes.FLAG else value


def _day(noun: str, field: Field, text: str) -> str:
    try:
        return day_of(text) if text else ""
    except ValueError as error:
        said, _, hint = str(error).partition("; ")
        raise Refused(
            f"{noun}.{field.key}",
            f"{said[0].upper()}{said[1:]}.",
            f"{hint[0].upper()}{hint[1:]}.",
        ) from None


def check_needed(noun: str, fields: Fields, values: Mapping[str, Any]) -> None:
    """Refuse an empty column that is always needed."""
    for field in fields:
        if field.needs and values.get(field.column) == "":
            raise Refused(
                f"{noun}.{field.key}", f"A {noun} needs a {field.label.lower()}.", field.needs
            )


def clear_nothing(fields: Fields, values: Mapping[str, Any]) -> dict[str, Any]:
    """The columns without those in which an empty cell of a table means nothing."""
    kept = {field.column for field in fields if not field.clears}
    return {name: value for name, value in values.items() if value != "" or name not in kept}


def as_told(field: Field, record: Any) -> Any:
    """A record's field in the form that tables have."""
    value = getattr(record, field.attribute)
    return value.value if isinstance(value, Enum) else value
