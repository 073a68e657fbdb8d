"""Tables of records as JSONL: one JSON object a line, columns as keys."""

from collections.abc import Generator, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import msgspec

from omnitui.datafiles.records import Column, Problem, Record, RecordKind
from omnitui.datafiles.records_cells import from_json, to_json
from omnitui.datafiles.records_lines import Lines, column_of, twice, unknown
from omnitui.jsontext import read_json
from omnitui.textfiles import opened


def read_jsonl(path: Path, kind: RecordKind) -> Iterator[Record | Problem]:
    """Every line of a file: the record it holds, or all that is wrong with it."""
    with opened(path, newline="\n") as file:
        lines = Lines(file)
        for text in lines:
            if lines.wrong:
                yield from (Problem(at, "", problem) for at, problem in lines.wrong)
                lines.wrong.clear()
            elif text.strip():
                yield from _read(lines.number, kind, text)


def _read(line: int, kind: RecordKind, text: str) -> Iterator[Record | Problem]:
    try:
        found = msgspec.json.decode(text)
    except RecursionError:
        yield Problem(line, "", "it is nested too deeply")
        return
    except msgspec.DecodeError as error:
        said = str(error).removeprefix("JSON is malformed: ")
        yield Problem(line, "", f"it is not JSON ({said}); each line is one whole object")
        return
    try:
        read_json(text)
    except ValueError as error:
        yield Problem(line, "", str(error))
        return
    if not isinstance(found, dict):
        yield Problem(line, "", 'it is not a JSON object such as {"name": "Ada"}')
        return
    values: dict[str, Any] = {}
    wrong = False
    seen: list[Column] = []
    for name, given in found.items():
        column = column_of(kind, name)
        try:
            if column is None:
                raise ValueError(unknown(kind, name))
            if column in seen:
                raise ValueError(twice(column, name))
            seen.append(column)
            value = from_json(column, given)
        except ValueError as error:
            wrong = True
            yield Problem(line, name, str(error))
            continue
        if value is not None or column.clears:
            values[column.name] = value
    if not wrong:
        yield Record(line, values)


def jsonl_lines(kind: RecordKind, rows: Iterable[Mapping[str, Any]]) -> Generator[str]:
    """Rows as JSONL, with every column in every line."""
    for row in rows:
        plain = {column.name: to_json(column, row[column.name]) for column in kind.columns}
        yield msgspec.json.encode(plain).decode() + "\n"
