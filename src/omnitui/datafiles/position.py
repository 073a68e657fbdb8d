"""Where in a TOML file a key stands. The decoder knows keys only, people look for lines.

Good for tables and arrays of tables as administrators write them; inline tables are found by the
line they begin on.
"""

import re

Step = str | int

_HEADER = re.compile(r"\s*(\[\[?)\s*([^\[\]]+?)\s*\]\]?\s*(?:#.*)?$")
_KEY = re.compile(r"\s*([\w\"'.-]+)\s*=")
_STEP = re.compile(r"\[(\d+|\.\.\.)\]|([^.\[\]]+)")


def steps(path: str) -> tuple[Step, ...]:
    """`channel[2].cost` as the steps that lead there."""
    found: list[Step] = []
    for index, name in _STEP.findall(path):
        found.append(int(index) if index.isdecimal() else index or name)
    return tuple(found)


def line_of(text: str, path: str) -> int | None:
    """The line (from 1) of the key at `path`, or of the table that should hold it; None if unknown.

    A key that is missing or inside an inline table is looked for at its nearest parent.
    """
    places = _places(text)
    wanted = steps(path)
    while wanted:
        if wanted in places:
            return places[wanted]
        wanted = wanted[:-1]
    return None


def _places(text: str) -> dict[tuple[Step, ...], int]:
    """Every table and key of a file with its line."""
    places: dict[tuple[Step, ...], int] = {}
    counts: dict[tuple[Step, ...], int] = {}
    table: tuple[Step, ...] = ()
    closing = ""
    for number, line in enumerate(text.splitlines(), start=1):
        if closing:
            closing = "" if closing in line else closing
            continue
        header = _HEADER.match(line)
        if header:
            table = _table(header[2], counts, repeated=header[1] == "[[")
            places.setdefault(table, number)
            continue
        key = _KEY.match(line)
        if key:
            names = tuple(part.strip("\"'") for part in key[1].split("."))
            places.setdefault((*table, *names), number)
        closing = _left_open(line)
    return places


def _table(name: str, counts: dict[tuple[Step, ...], int], *, repeated: bool) -> tuple[Step, ...]:
    """The path of a header, with the number of each array of tables it passes through."""
    path: tuple[Step, ...] = ()
    parts = [part.strip().strip("\"'") for part in name.split(".")]
    for depth, part in enumerate(parts, start=1):
        path = (*path, part)
        if repeated and depth == len(parts):
            counts[path] = counts.get(path, -1) + 1
        if path in counts:
            path = (*path, counts[path])
    return path


def _left_open(line: str) -> str:
    """The quotes that end a text of several lines which begins on this one, empty if none does."""
    for quotes in ('"""', "'''"):
        if line.count(quotes) % 2:
            return quotes
    return ""
