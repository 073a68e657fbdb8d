"""`channels.toml`: how customers reach the desk.

[[channel]] key, label, mode (live | asynchronous), cost, exclusive?, glyph, ascii, origin,
            rung?, address_kind? (email | phone | handle | device | none),
            threading? (subject | running | contact), starts? (agent | customer | window),
            window_hours?, longest?, segments?, word? (within a sentence),
            letters?, attachments?
"""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from msgspec.structs import asdict

from omnitui.datafiles.decode import Strict, folder, place, read
from omnitui.model.channel import (
    HIGHEST_RUNG,
    USUAL_WINDOW,
    AddressKind,
    Channel,
    ChannelMode,
    Starts,
    Threading,
    usual_rung,
    why_no_limit,
)
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
    address_kind: AddressKind | None = None
    threading: Threading = Threading.RUNNING
    starts: Starts = Starts.AGENT
    window_hours: int = USUAL_WINDOW
    longest: int = 0
    segments: int = 0
    word: str = ""
    letters: bool = False
    attachments: bool = False

    def channel(self, usual: Mapping[str, AddressKind]) -> Channel:
        """The channel of the row; `usual` is its address kind by default."""
        rung = usual_rung(self.mode, self.exclusive) if self.rung is None else self.rung
        kind = self.address_kind or usual.get(self.key, AddressKind.HANDLE)
        return Channel(**{**asdict(self), "rung": rung, "address_kind": kind})


class ChannelFile(Strict, frozen=True, kw_only=True):
    """The whole file."""

    channel: list[ChannelRow]


def read_channels(path: Path) -> list[Channel]:
    """The channels in their own order."""
    file, text = read(path, ChannelFile)
    for error in _wrong(file, text, path):
        raise error
    usual: Mapping[str, AddressKind] = {}
    if any(row.address_kind is None for row in file.channel):
        # Files from before it could be said: a channel is as the shipped one of its name.
        shipped, _ = read(folder() / "channels.toml", ChannelFile)
        usual = {row.key: row.address_kind for row in shipped.channel if row.address_kind}
    return [row.channel(usual) for row in file.channel]


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
        yield "label", "a channel needs a label"
    if row.cost < 0:
        yield "cost", f"{row.cost} units is below 0"
    if len(row.glyph) != 1:
        yield "glyph", f"{row.glyph!r} is not one character"
    if len(row.ascii) != 1 or not (row.ascii.isascii() and row.ascii.isprintable()):
        yield "ascii", f"{row.ascii!r} is not one plain character"
    if row.rung is not None and not 0 <= row.rung <= HIGHEST_RUNG:
        yield "rung", f"{row.rung} is not a channel level; use 0 to {HIGHEST_RUNG}"
    yield from why_no_limit(row.channel({}))
