"""What tables of records hold: the kinds there are, and the columns of each.

A table is a CSV file whose first line names its columns, or JSONL with one object a line. Columns
may be left out and stand in any order; `records_cells.py` says how values are written.
"""

from collections.abc import Mapping
from enum import Enum
from functools import cached_property
from typing import Any

from msgspec import Struct

from omnitui.model.case import CasePriority, CaseReason, CaseStatus
from omnitui.model.customer import Tier
from omnitui.model.entitlement import Allocation, DecreaseOn, EntitlementState


class Takes(Enum):
    """What a column takes; the values are words for people."""

    LINE = "one line"
    TEXT = "text"
    LINES = "names, one a line"
    WORDS = "words with commas"
    WHOLE = "whole number"
    AMOUNT = "number"
    FLAG = "yes or no"
    DAY = "day"
    MOMENT = "time"
    UNTIL = "time or last day"
    CHOICE = "one word"
    AMOUNTS = "JSON object of numbers"
    ADDRESSES = "JSON object of lists"


class Column(Struct, frozen=True):
    """One column. What is empty in a column that does not `clear` says nothing."""

    name: str
    takes: Takes
    about: str
    choices: tuple[str, ...] = ()
    clears: bool = True


class RecordKind(Struct, frozen=True, dict=True):
    """A kind of record; `known_by` says in words how one that is there is found."""

    name: str
    noun: str
    known_by: str
    columns: tuple[Column, ...]

    @cached_property
    def by_name(self) -> Mapping[str, Column]:
        """The columns by their names."""
        return {column.name: column for column in self.columns}


class Record(Struct, frozen=True):
    """A line that could be read: values by column; None is empty, and what is left out not said."""

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


def _choice(name: str, kind: type[Enum], about: str) -> Column:
    values = tuple(str(member.value) for member in kind)
    return Column(name, Takes.CHOICE, about, values, clears=False)


_ID = Column(
    "id",
    Takes.WHOLE,
    "the desk's own number, from an export; counts only where nothing else tells records apart",
    clears=False,
)

CUSTOMERS = RecordKind(
    "customers",
    "customer",
    "account, else any e-mail address, phone number or other address",
    (
        _ID,
        Column("account", Takes.LINE, "the customer's number in your books", clears=False),
        Column("name", Takes.LINE, "needed for a new customer", clears=False),
        Column("company", Takes.LINE, "where they work"),
        _choice("tier", Tier, "the service tier; bronze for a new customer"),
        Column("language", Takes.LINE, "a code such as en", clears=False),
        Column("email", Takes.LINES, "e-mail addresses, one a line; they are added"),
        Column("phone", Takes.LINES, "phone numbers, one a line; they are added"),
        Column(
            "addresses",
            Takes.ADDRESSES,
            'addresses on other channels, such as {"sms": ["+44 20 7946 0000"]}; they are added',
        ),
        Column("city", Takes.LINE, "where they live"),
        Column("since", Takes.DAY, "the day they became a customer"),
        Column("plan", Takes.LINE, "what they have bought"),
        Column("device", Takes.LINE, "what they use"),
        Column("notes", Takes.TEXT, "what is worth knowing"),
        Column("created", Takes.MOMENT, "when the record was made; now if not said", clears=False),
    ),
)

CASES = RecordKind(
    "cases",
    "case",
    "number; a line without one is a new case",
    (
        Column("number", Takes.LINE, "such as CAS-00042; the desk gives one if not said"),
        Column(
            "customer",
            Takes.LINE,
            "account, address, or name if only one has it; needed for a new case",
            clears=False,
        ),
        Column("title", Takes.LINE, "needed for a new case", clears=False),
        Column("origin", Takes.LINE, "the channel's key; needed for a new case", clears=False),
        _choice("status", CaseStatus, "active for a new case"),
        _choice("reason", CaseReason, "how it stands; the usual one of its status if not said"),
        _choice("priority", CasePriority, "normal for a new case"),
        Column("product", Takes.LINE, "what it is about"),
        Column("description", Takes.TEXT, "what is wrong"),
        Column("owner", Takes.LINE, "an agent's login"),
        Column("contact", Takes.LINE, "who asks on the customer's behalf, written as `customer`"),
        Column("entitlement", Takes.LINE, "the name of one of the customer's; none if not said"),
        Column("do_not_decrement", Takes.FLAG, "whether it uses no terms", clears=False),
        Column("parent", Takes.LINE, "the number of the case it is under"),
        Column("merged_into", Takes.LINE, "the number of the case that it was merged into"),
        Column("resolution", Takes.TEXT, "how it was resolved, or why cancelled"),
        Column("minutes", Takes.WHOLE, "billable time of a resolved case"),
        Column("created", Takes.MOMENT, "now if not said", clears=False),
        Column("updated", Takes.MOMENT, "when it last changed; now if not said", clears=False),
        Column("resolved", Takes.MOMENT, "when it was resolved or cancelled", clears=False),
    ),
)

ENTITLEMENTS = RecordKind(
    "entitlements",
    "entitlement",
    "customer and name, and the start where several have that name",
    (
        _ID,
        Column(
            "customer",
            Takes.LINE,
            "account, address, or name if only one has it; always needed",
            clears=False,
        ),
        Column("name", Takes.LINE, "always needed", clears=False),
        _choice("state", EntitlementState, "draft, cancelled, or by its dates in force"),
        Column("starts", Takes.MOMENT, "needed for a new one", clears=False),
        Column("ends", Takes.UNTIL, "a day alone is included; needed for a new one", clears=False),
        Column("total", Takes.AMOUNT, "cases or hours; needed for a new one", clears=False),
        Column("channels", Takes.AMOUNTS, 'terms by origin, such as {"chat": 10, "phone": 0}'),
        Column("restrict", Takes.FLAG, "whether cases are refused when terms are used up"),
        _choice("decrease_on", DecreaseOn, "when a case uses terms"),
        _choice("allocation", Allocation, "what is counted"),
        Column("products", Takes.LINES, "products it is for, one a line; all if empty"),
        Column("contacts", Takes.LINES, "who may use it, one a line, written as `customer`"),
        Column("description", Takes.TEXT, "what was agreed"),
        Column("default", Takes.FLAG, "whether new cases are given it", clears=False),
    ),
)

ARTICLES = RecordKind(
    "articles",
    "article",
    "slug",
    (
        Column("slug", Takes.LINE, "small letters, digits, single dashes", clears=False),
        Column("title", Takes.LINE, "needed for a new article", clears=False),
        Column("audience", Takes.CHOICE, "public if not said", ("public", "internal"), False),
        Column("language", Takes.LINE, "a code such as en", clears=False),
        Column("updated", Takes.DAY, "when its words last changed; today if not said", (), False),
        Column("keywords", Takes.WORDS, "words people look for, with commas between them"),
        Column("body", Takes.TEXT, "Markdown; needed for a new article", clears=False),
    ),
)

KINDS = {kind.name: kind for kind in (CUSTOMERS, CASES, ENTITLEMENTS, ARTICLES)}
"""The kinds of record by their names."""
