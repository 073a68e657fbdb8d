"""What both file formats share: lines with their errors, and names of columns."""

import difflib
import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache
from typing import TextIO

from omnitui.datafiles.records import Column, RecordKind

LONGEST = 16_000_000
"""The longest line (characters)."""

_NOT_UTF8 = re.compile("[\udc80-\udcff]")


class Lines:
    """The lines of a file; `wrong` holds number and problem of those that are no text.

    `first` is the first line as it is, empty in an empty file.
    """

    def __init__(self, file: TextIO) -> None:
        self._file = file
        self.first = file.readline(LONGEST)
        self._next = self.first
        self.number = 0
        self.wrong: list[tuple[int, str]] = []

    @property
    def following(self) -> str:
        """The line that comes next, empty at the end."""
        return self._next

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self._next
        if not line:
            raise StopIteration
        self.number += 1
        self._next = self._file.readline(LONGEST)
        problem = _problem(line)
        while len(line) == LONGEST and self._next and line[-1] not in "\r\n":
            line, self._next = self._next, self._file.readline(LONGEST)
        if problem:
            self.wrong.append((self.number, problem))
            # What is no text must not reach a value, nor open a quote over the lines below.
            return "\n"
        return line


def _problem(line: str) -> str:
    if "\0" in line:
        place = line.index("\0") + 1
        return f"character {place} is NUL; is this a text file in UTF-8?"
    found = _NOT_UTF8.search(line)
    if found is not None:
        place = found.start() + 1
        return f"character {place} is not UTF-8; save the file in that encoding"
    if len(line) >= LONGEST:
        return f"it has more than {LONGEST:,} characters"
    return ""


def _bare(name: str) -> str:
    """A column's name in the compared form: letters and digits only."""
    text = unicodedata.normalize("NFKC", name).casefold()
    return "".join(letter for letter in text if letter.isalnum())


def _names(kind: RecordKind) -> dict[str, Column]:
    return _names_of(kind.columns)


@cache
def _names_of(columns: tuple[Column, ...]) -> dict[str, Column]:
    also = {_bare(name): column for column in columns for name in column.also}
    return also | {_bare(column.name): column for column in columns}


def column_of(kind: RecordKind, name: str) -> Column | None:
    """The column that is called so, here or elsewhere: `E-mail`, `Phone number`."""
    return _names(kind).get(_bare(name))


def columns_of(
    kind: RecordKind, names: Sequence[str]
) -> tuple[list[Column | None], list[tuple[str, str]]]:
    """The columns of those names, None for each unknown name, and what is wrong with the names."""
    columns: list[Column | None] = []
    wrong: list[tuple[str, str]] = []
    for name in names:
        if not name.strip():
            columns.append(None)
            continue
        column = column_of(kind, name)
        if column is None:
            wrong.append((name.strip(), unknown(kind, name)))
        elif column in columns:
            wrong.append((column.name, twice(column, name)))
        else:
            columns.append(column)
    return columns, wrong


def twice(column: Column, name: str) -> str:
    """That a column is named a second time, perhaps by another name."""
    if _bare(name) == _bare(column.name):
        return "this column exists twice"
    return f"this column exists twice: {name.strip()!r} is another name for it; put both into one"


def unknown(kind: RecordKind, name: str) -> str:
    """The error for an unknown column, with a suggestion."""
    close = difflib.get_close_matches(_bare(name), _names(kind), n=1, cutoff=0.6)
    if close:
        return f"{kind.name} have no such column; did you mean {_names(kind)[close[0]].name}?"
    return f"{kind.name} have no such column; they have {', '.join(kind.by_name)}"
