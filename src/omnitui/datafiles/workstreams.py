"""`workstreams.toml`: how the items of some channels are handled.

[[workstream]] name, channels, mode? (push | pick), presences?, cost?, offer_seconds?,
auto_accept?, wrap_up? (always | never | timed), wrap_up_seconds?, idle_minutes?, affinity?,
hold_room_after? (seconds), bot? (the virtual agent that answers first), queue (the fallback: where
what matches no rule goes)
"""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated, Any

from msgspec import Meta

from omnitui.datafiles.company import Known
from omnitui.datafiles.decode import Strict, place, read
from omnitui.model.agent import Presence
from omnitui.model.errors import DataError
from omnitui.model.workstream import USUAL_PRESENCES, StreamMode, WrapUp


class WrittenStream(Strict, frozen=True, kw_only=True):
    """A work stream as it was written; see `model/workstream.py` for what the words mean."""

    name: str
    channels: list[str]
    mode: StreamMode = StreamMode.PUSH
    presences: tuple[Presence, ...] = USUAL_PRESENCES
    cost: Annotated[int, Meta(ge=0, le=10_000)] | None = None
    offer_seconds: Annotated[int, Meta(ge=5, le=3_600)] | None = None
    auto_accept: bool = False
    wrap_up: WrapUp = WrapUp.ALWAYS
    wrap_up_seconds: Annotated[int, Meta(ge=1, le=86_400)] | None = None
    idle_minutes: Annotated[int, Meta(ge=1, le=527_040)] | None = None
    affinity: bool = False
    hold_room_after: Annotated[int, Meta(ge=0, le=86_400)] | None = None
    bot: str = ""
    queue: str = ""

    @property
    def values(self) -> dict[str, Any]:
        """Everything but the name, the channels and the queue."""
        left_out = ("name", "channels", "queue")
        names = (name for name in self.__struct_fields__ if name not in left_out)
        return {name: getattr(self, name) for name in names}


class StreamFile(Strict, frozen=True, kw_only=True):
    """The whole file."""

    workstream: list[WrittenStream]


def read_streams(path: Path, known: Known) -> list[WrittenStream]:
    """The work streams in their own order; `known` is what they may refer to."""
    file, text = read(path, StreamFile)
    for error in _wrong(file.workstream, text, path, known):
        raise error
    return file.workstream


def problems(path: Path, known: Known) -> Iterator[DataError]:
    """Everything that is wrong in the file."""
    try:
        file, text = read(path, StreamFile)
    except DataError as error:
        yield error
        return
    yield from _wrong(file.workstream, text, path, known)


def _wrong(
    rows: Sequence[WrittenStream], text: str, path: Path, known: Known
) -> Iterator[DataError]:
    seen: set[str] = set()
    owners: dict[str, str] = {}
    for number, row in enumerate(rows):
        found = [*_row_problems(row), *_references(row, known)]
        if row.name.casefold() in seen:
            found.append(("name", f"a work stream {row.name} exists already"))
        seen.add(row.name.casefold())
        for channel in row.channels:
            owner = owners.setdefault(channel, row.name)
            if owner != row.name:
                found.append(("channels", f"{channel} belongs to {owner} already"))
        for key, problem in found:
            yield DataError(path, place(text, f"workstream[{number}].{key}"), problem)


def _row_problems(row: WrittenStream) -> Iterator[tuple[str, str]]:
    if not row.name.strip() or row.name.isdecimal():
        yield "name", f"{row.name!r} is not a valid name for a work stream"
    if not row.presences:
        yield "presences", "it is empty; leave it out for the usual presences"
    if Presence.INACTIVE in row.presences:
        yield "presences", "inactive agents never get work"
    if row.mode is StreamMode.PICK and row.auto_accept:
        yield "auto_accept", "auto_accept needs mode push: picked items are never offered"
    if row.wrap_up is WrapUp.TIMED and row.wrap_up_seconds is None:
        yield "wrap_up", "a timed wrap-up needs wrap_up_seconds"


def _references(row: WrittenStream, known: Known) -> Iterator[tuple[str, str]]:
    for channel in row.channels:
        if known.channels and channel not in known.channels:
            yield "channels", f"there is no channel {channel!r}"
    if row.bot and known.bots and row.bot.casefold() not in known.bots:
        yield "bot", f"there is no virtual agent {row.bot!r}"
    if not row.queue.strip():
        yield "queue", "this key is missing: give the queue for items that match no rule"
    if row.queue and known.queues and row.queue.casefold() not in known.queues:
        yield "queue", f"there is no queue {row.queue!r}"
