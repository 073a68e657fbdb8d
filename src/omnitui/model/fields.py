"""The fields of records: each is declared once, beside its noun.

Rows of the store, parameters of commands, undo, imports and exports, forms, summaries and merges
all read the tables (`CUSTOMER_FIELDS`, `CASE_FIELDS`, `ENTITLEMENT_FIELDS`).
"""

from enum import Enum, StrEnum
from typing import Any

from msgspec import Struct
from msgspec.structs import force_setattr


class Takes(Enum):
    """The type of a field; the values are words for people."""

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


_NEVER_EMPTY = (Takes.AMOUNT, Takes.CHOICE, Takes.MOMENT, Takes.UNTIL)


class Letters(Enum):
    """Which invisible characters of a line are refused.

    All in text that identifies something (`EXACT`), all that no script needs in names.
    """

    ANY = "any"
    NAME = "name"
    EXACT = "exact"


class By(Enum):
    """Who may change a field.

    `AGENTS` with the commands `create` and `update` of its record, in its form, and undone in one
    with all that was changed; `OTHERWISE` by commands of its own and by imports.
    """

    AGENTS = "agents"
    OTHERWISE = "otherwise"


class Merging(Enum):
    """The survivor's value of a field in a merge.

    Its own (`KEPT`), the other one's if it is empty (`FILLED`), both (`JOINED`).
    """

    KEPT = "kept"
    FILLED = "filled"
    JOINED = "joined"


class Field(Struct, frozen=True):
    """One field of a record.

    `key` is the name of the parameter and of the column in tables; `label` is for people and
    `about` says in a clause what it holds. `column` is where the store has it and `attribute` what
    the record calls it, where that is not `key`. `most` is the longest line (characters); `also`
    are other names of its column in tables. A new record has `default`. `needs` says what to write
    in place of nothing, where there has to be something; in a table nothing says nothing unless
    `clears`. `names` is the kind of record that it names; what that means is for the commands.

    `form` is whether it can be edited in the record's tab. `place` is where the summary tells it,
    as `says` has it: the tens are the line, the ones the order of what shares a line; 0 is for what
    is shown in a way of its own.
    """

    key: str
    label: str
    about: str
    takes: Takes = Takes.LINE
    choices: type[StrEnum] | None = None
    default: Any = None
    column: str = ""
    attribute: str = ""
    most: int = 200
    letters: Letters = Letters.ANY
    also: tuple[str, ...] = ()
    needs: str = ""
    clears: bool = True
    names: str = ""
    by: By = By.AGENTS
    merging: Merging = Merging.FILLED
    form: bool = True
    place: int = 90
    says: str = "{}"

    def __post_init__(self) -> None:
        """Use the key as name in the store and in the record by default.

        A field without an empty value is cleared by none.
        """
        force_setattr(self, "column", self.column or self.key)
        force_setattr(self, "attribute", self.attribute or self.column)
        force_setattr(self, "clears", self.clears and self.takes not in _NEVER_EMPTY)

    @property
    def in_row(self) -> bool:
        """Whether it is a column of the record's row; lists are in other tables."""
        return self.takes not in (Takes.LINES, Takes.AMOUNTS)


Fields = tuple[Field, ...]


def changed_by_agents(fields: Fields) -> Fields:
    """The fields that agents change."""
    return tuple(field for field in fields if field.by is By.AGENTS)
