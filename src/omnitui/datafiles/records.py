"""What tables of records hold: the kinds there are, and the columns of each.

A table is a CSV file whose first line names its columns, or JSONL with one object a line. Columns
may be left out and stand in any order; `records_cells.py` says how values are written.
"""

from collections.abc import Mapping
from functools import cached_property
from typing import Any

from msgspec import Struct

from omnitui.model.case import CASE_FIELDS
from omnitui.model.customer import CUSTOMER_FIELDS
from omnitui.model.entitlement import ENTITLEMENT_FIELDS
from omnitui.model.fields import Field, Fields, Letters, Takes

LONGEST_LINE = 200


class Column(Struct, frozen=True):
    """One column. What is empty in a column that does not `clear` says nothing.

    `also` are other names it has elsewhere, where they mean nothing else; `letters` says what of a
    line has to be seen, and `most` how long it is (characters).
    """

    name: str
    takes: Takes
    about: str
    choices: tuple[str, ...] = ()
    clears: bool = True
    also: tuple[str, ...] = ()
    letters: Letters = Letters.ANY
    most: int = LONGEST_LINE


class RecordKind(Struct, frozen=True, dict=True):
    """A kind of record; `known_by` says how an existing one is found."""

    name: str
    noun: str
    known_by: str
    columns: tuple[Column, ...]

    @cached_property
    def by_name(self) -> Mapping[str, Column]:
        """The columns by their names."""
        return {column.name: column for column in self.columns}


class Record(Struct, frozen=True):
    """A line that could be read: values by column; None is empty."""

    line: int
    values: Mapping[str, Any]


class Problem(Struct, frozen=True):
    """What is wrong in a line, counted from 1; `column` is empty where it is the whole line."""

    line: int
    column: str
    problem: str

    def __str__(self) -> str:
        where = f"line {self.line}, {self.column}" if self.column else f"line {self.line}"
        return f"{where}: {self.problem}"


def _columns(fields: Fields, first: str, *more: Column) -> tuple[Column, ...]:
    """The columns of fields, and `more`; those that are named `first` lead, in that order."""
    found = {column.name: column for column in (*more, *map(_column, fields))}
    return tuple(found.pop(name) for name in first.split()) + tuple(found.values())


def _column(field: Field) -> Column:
    return Column(
        field.key,
        field.takes,
        field.about,
        tuple(one.value for one in field.choices or ()),
        field.clears,
        field.also,
        field.letters,
        field.most,
    )


_ID = Column(
    "id",
    Takes.WHOLE,
    "the desk's own number, from an export; used only if nothing else identifies the record",
    clears=False,
    also=("key",),
)

_MAIL = tuple("emails,mail,mails,email address,email addresses,mail address,email 1".split(","))
_PHONE = tuple(
    (
        "phones,phone number,phone numbers,phone no,phone 1,telephone,telephone number,tel,tel no,"
        "mobile,mobile phone,mobile number,cell phone"
    ).split(",")
)

CUSTOMERS = RecordKind(
    "customers",
    "customer",
    "account, else any e-mail address, phone number or other address",
    _columns(
        CUSTOMER_FIELDS,
        "id account name company tier language email phone addresses",
        _ID,
        Column(
            "email",
            Takes.LINES,
            "e-mail addresses, one a line; they are added",
            also=_MAIL,
            letters=Letters.EXACT,
        ),
        Column(
            "phone",
            Takes.LINES,
            "phone numbers, one a line; they are added",
            also=_PHONE,
            letters=Letters.EXACT,
        ),
        Column(
            "addresses",
            Takes.ADDRESSES,
            'addresses on other channels, such as {"sms": ["+44 20 7946 0000"]}; they are added',
            letters=Letters.EXACT,
        ),
    ),
)

CASES = RecordKind(
    "cases",
    "case",
    "number; a line without a number is a new case",
    _columns(
        CASE_FIELDS,
        "number customer title origin status reason priority product description",
        Column(
            "number",
            Takes.LINE,
            "such as CAS-00042; the desk assigns one if empty",
            also=("case number", "case no"),
            letters=Letters.EXACT,
        ),
        Column(
            "customer",
            Takes.LINE,
            "account, address, or name if unique; needed for a new case",
            clears=False,
            letters=Letters.NAME,
        ),
    ),
)

ENTITLEMENTS = RecordKind(
    "entitlements",
    "entitlement",
    "customer and name, and the start if several have that name",
    _columns(
        ENTITLEMENT_FIELDS,
        "id customer name state starts ends total channels restrict decrease_on allocation",
        _ID,
        Column(
            "customer",
            Takes.LINE,
            "account, address, or name if unique; always needed",
            clears=False,
            also=("customer name",),
            letters=Letters.NAME,
        ),
    ),
)

ARTICLES = RecordKind(
    "articles",
    "article",
    "slug",
    (
        Column(
            "slug",
            Takes.LINE,
            "small letters, digits, single dashes",
            clears=False,
            letters=Letters.EXACT,
        ),
        Column("title", Takes.LINE, "needed for a new article", clears=False, also=("subject",)),
        Column("summary", Takes.LINE, "the short version, for channels with little room"),
        Column("key", Takes.LINE, "what an article and its translations share"),
        Column("audience", Takes.CHOICE, "public if empty", ("public", "internal"), False),
        Column("language", Takes.LINE, "a code such as en", clears=False, also=("lang",)),
        Column(
            "updated",
            Takes.DAY,
            "when its text last changed; default: today",
            clears=False,
            also=("updated at", "updated on", "last updated"),
        ),
        Column("keywords", Takes.WORDS, "search words, separated by commas"),
        Column("body", Takes.TEXT, "Markdown; needed for a new article", clears=False),
    ),
)

KINDS = {kind.name: kind for kind in (CUSTOMERS, CASES, ENTITLEMENTS, ARTICLES)}
"""The kinds of record by their names."""
