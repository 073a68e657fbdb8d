"""`channels.toml`: how customers reach the desk.

[[channel]] key, label, mode (live | asynchronous), cost, exclusive?, glyph, ascii, origin,
            rung?
"""

import re
from collections.abc import Iterator
from pathlib import Path

from omnitui.datafiles.decode import Strict, place, read
from omnitui.model.channel import HIGHEST_RUNG, Channel, ChannelMode, usual_rung
from omnitui.model.errors import DataError

_KEY = re.compile(r"[a-z][a-z0-9_]*")


class ChannelRow(Strict, frozen=True, kw_only=True):
    """One channel; see `model/channel.py` for what the words mean."""

    key: str
    label: str
    mode: ChannelMode
    cost: int
    exclusive: bool = False
    glyph: str
    ascii: str
    origin: int
    rung: int | None = None


class ChannelFile(Strict, frozen=True, kw_only=True):
    """The whole file."""

    channel: list[ChannelRow]


def read_channels(path: Path) -> list[Channel]:
    """The channels in their own order."""
    file, text = read(path, ChannelFile)
    for error in _wrong(file, text, path):
        raise error
    return [
        Channel(
            key=row.key,
            label=row.label,
            mode=row.mode,
            cost=row.cost,
            exclusive=row.exclusive,
            glyph=row.glyph,
            ascii=row.ascii,
            origin=row.origin,
            rung=usual_rung(row.mode, row.exclusive) if row.rung is None else row.rung,
        )
        for row in file.channel
    ]


def problems(path: Path) -> Iterator[DataError]:
    """Everything that is wrong in the file."""
    try:
        file, text = read(path, ChannelFile)
    except DataError as error:
        yield error
        return
    yield from _wrong(file, text, path)


def _wrong(file: ChannelFile, text: str, path: Path) -> Iterator[DataError]:
    seen: dict[str | int, str] = {}
    for number, row in enumerate(file.channel):
        for name, problem in _row_problems(row):
            yield DataError(path, place(text, f"channel[{number}].{name}"), problem)
        for name, value in (("key", row.key), ("origin", row.origin)):
            if value in seen:
                where = place(text, f"channel[{number}].{name}")
                yield DataError(path, where, f"{value} belongs to {seen[value]} already")
            seen[value] = row.label


def _row_problems(row: ChannelRow) -> Iterator[tuple[str, str]]:
    if not _KEY.fullmatch(row.key):
        yield "key", f"{row.key!r} is not a key; use small letters, digits and underscores"
    if not row.label.strip():
        yield "label", "a channel needs a name for people"
    if row.cost < 0:
        yield "cost", f"{row.cost} units is below nothing"
    if len(row.glyph) != 1:
        yield "glyph", f"{row.glyph!r} is not one character"
    if len(row.ascii) != 1 or not (row.ascii.isascii() and row.ascii.isprintable()):
        yield "ascii", f"{row.ascii!r} is not one plain character"
    if row.rung is not None and not 0 <= row.rung <= HIGHEST_RUNG:
        yield "rung", f"{row.rung} is not a rung; use 0 to {HIGHEST_RUNG}, the richest highest"
