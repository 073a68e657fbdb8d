"""Tables of records as CSV: cells between commas, semicolons, tabs or bars, texts in quotes."""

import csv
import re
from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from io import StringIO
from pathlib import Path
from typing import Any

from omnitui.datafiles.records import Column, Problem, Record, RecordKind
from omnitui.datafiles.records_cells import from_cell, short, to_cell
from omnitui.datafiles.records_lines import Lines, column_of, columns_of
from omnitui.textfiles import opened

_SEPARATORS = ",;\t|"
LONGEST_CELL = 4_000_000
_EMPTY = Problem(1, "", "the file is empty; its first line must have the columns")
_NOTHING = f'{_SEPARATORS} "\r\n'
_SAID = re.compile(r'"?sep=([^\w\s"]|\t)"?[;,\t|]*', re.IGNORECASE)


@contextmanager
def _long_cells() -> Iterator[None]:
    """The csv module's own limit holds for the whole process: it is put back."""
    before = csv.field_size_limit(LONGEST_CELL)
    try:
        yield
    finally:
        csv.field_size_limit(before)


def read_csv(path: Path, kind: RecordKind) -> Iterator[Record | Problem]:
    """Every line of a file: the record it holds, or all that is wrong with it."""
    with opened(path, newline="") as file, _long_cells():
        lines = Lines(file)
        if not lines.first:
            yield _EMPTY
            return
        columns: list[Column | None] = []
        said = _said_separator(lines.following)
        if said:
            next(lines)
        while lines.following and not lines.following.strip(_NOTHING):
            next(lines)
        for line, found in _rows(lines, said or _separator(lines.following, kind)):
            if isinstance(found, Problem):
                yield found
            elif columns:
                yield from _read(line, columns, found)
                continue
            else:
                columns, wrong = columns_of(kind, found)
                yield from (Problem(line, column, problem) for column, problem in wrong)
                if wrong:
                    return
            # Below a first line that cannot be read nothing means anything.
            if not columns:
                return
        if not columns:
            yield _EMPTY


def _said_separator(first: str) -> str:
    """The separator of columns if the first line gives it, as spreadsheets do: `sep=;`."""
    said = _SAID.fullmatch(first.rstrip("\r\n"))
    return said[1] if said else ""


def _separator(header: str, kind: RecordKind) -> str:
    """What parts the columns: whatever makes most words of the first line columns' names."""

    def known(separator: str) -> int:
        try:
            cells = next(csv.reader([header], delimiter=separator), [])
        except csv.Error:
            return 0
        whole = (cell for cell in cells if not set(cell) & set(_SEPARATORS))
        return sum(column_of(kind, cell) is not None for cell in whole)

    return max(_SEPARATORS, key=known)


def _rows(lines: Lines, separator: str) -> Iterator[tuple[int, list[str] | Problem]]:
    """The rows with the line each begins in; those without a value are passed over."""
    reader = csv.reader(lines, delimiter=separator, strict=True)
    while True:
        line = lines.number + 1
        lines.wrong.clear()
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield line, Problem(line, "", _broken(str(error), line, lines.number))
            if "limit" in str(error):
                return
            continue
        if lines.wrong:
            yield from ((at, Problem(at, "", problem)) for at, problem in lines.wrong)
        elif any(cell.strip() for cell in cells):
            yield line, cells


def _broken(said: str, line: int, until: int) -> str:
    if "unexpected end" in said:
        return "a quote in this record is never closed"
    if "limit" in said:
        return f"a cell has more than {LONGEST_CELL:,} characters; is a quote never closed?"
    if "expected after" in said:
        where = "" if until == line else f" in line {until}"
        return f"text follows a closing quote{where}; quotes inside a cell are written twice"
    return f"the line cannot be read ({said})"


def _read(
    line: int, columns: Sequence[Column | None], cells: Sequence[str]
) -> Iterator[Record | Problem]:
    while len(cells) > len(columns) and not cells[-1].strip():
        cells = cells[:-1]
    if len(cells) != len(columns):
        many = "1 cell" if len(cells) == 1 else f"{len(cells)} cells"
        yield Problem(
            line,
            "",
            f"it has {many}, and the first line has {len(columns)}; put cells with separators "
            "into quotes",
        )
        return
    values: dict[str, Any] = {}
    wrong = False
    for place, (column, cell) in enumerate(zip(columns, cells, strict=True), 1):
        if column is None:
            if cell.strip():
                wrong = True
                yield Problem(line, "", f"cell {place} has no column: {short(cell)}")
            continue
        try:
            value = from_cell(column, unguarded(cell))
        except ValueError as error:
            wrong = True
            yield Problem(line, column.name, str(error))
            continue
        if value is not None or column.clears:
            values[column.name] = value
    if not wrong:
        yield Record(line, values)


def csv_lines(
    kind: RecordKind, rows: Iterable[Mapping[str, Any]], *, safe: bool = False
) -> Generator[str]:
    """Rows as CSV, the names of the columns first.

    With `safe`, what a spreadsheet would take for a formula begins with an apostrophe; so does,
    always, what reading would take for a text that a spreadsheet has kept from being one.
    """
    yield _written([column.name for column in kind.columns])
    for row in rows:
        cells = [to_cell(column, row[column.name]) for column in kind.columns]
        yield _written([guarded(cell, safe=safe) for cell in cells])


def _written(cells: Sequence[str]) -> str:
    # The writer quotes the breaks that its own line ends with: both are, one of them is kept.
    buffer = StringIO()
    csv.writer(buffer, lineterminator="\r\n").writerow(cells)
    return buffer.getvalue().removesuffix("\r\n") + "\n"


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
