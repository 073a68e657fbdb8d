"""Rows of records that have fields: what is read of them, and the columns there are."""

from collections.abc import Callable
from operator import itemgetter
from typing import Any, TypeVar

from msgspec import Struct

from omnitui.model.fields import Fields, Takes
from omnitui.store.engine import Row

Record = TypeVar("Record", bound=Struct)


def reader(record: type[Record], fields: Fields, also: str = "") -> Callable[..., Record]:
    """What makes a record of a row and of what is kept beside it, which is given by name.

    `also` names columns that are no fields. What is kept beside the row stands last in the record.
    """
    known: dict[str, str] = {name: name for name in also.split()}
    makers: dict[str, Callable[[Any], Any]] = {}
    for field in fields:
        if field.in_row:
            known[field.attribute] = field.column
            if field.takes is Takes.FLAG:
                makers[field.attribute] = bool
            elif field.choices is not None:
                makers[field.attribute] = {one.value: one for one in field.choices}.__getitem__
    names = record.__struct_fields__[: len(known)]
    # By places, and choices by their values: a list reads hundreds of rows.
    values_of = itemgetter(*(known[name] for name in names))
    made = [(place, makers[name]) for place, name in enumerate(names) if name in makers]

    def read(row: Row, **beside: Any) -> Record:
        values = list(values_of(row))
        for place, make in made:
            values[place] = make(values[place])
        return record(*values, **beside)

    return read


def columns(fields: Fields) -> tuple[str, ...]:
    """The columns that fields are kept in."""
    return tuple(field.column for field in fields if field.in_row)
