"""`sla.toml`: what is promised. Of the targets of one kind the first that fits applies.

    [[target]] name, kpi (first_response | resolution), subject? (conversation | case),
    warn_minutes, fail_minutes, calendar?,
    pauses? (waiting, snoozed; of cases also on_hold, waiting_for_details)
    [target.conditions] channel?, queue?, tier?, priority? (low, normal, high): lists of words

Limits are minutes of the calendar's hours; every hour counts without one.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Literal

import msgspec

from omnitui.datafiles.company import Known
from omnitui.datafiles.decode import Strict, place, read
from omnitui.model.customer import Tier
from omnitui.model.errors import DataError
from omnitui.model.sla import Hold, Kpi, Subject


class ConditionRow(Strict, frozen=True, kw_only=True):
    """What a target is for; of each list that is given one word has to fit."""

    channel: list[str] | None = None
    queue: list[str] | None = None
    tier: list[Tier] | None = None
    priority: list[Literal["low", "normal", "high"]] | None = None


class WrittenTarget(Strict, frozen=True, kw_only=True):
    """A target as it was written."""

    name: str
    kpi: Kpi
    subject: Subject = Subject.CONVERSATION
    warn_minutes: int
    fail_minutes: int
    calendar: str = ""
    pauses: list[Hold] | None = None
    conditions: ConditionRow = ConditionRow()

    @property
    def words(self) -> dict[str, list[str]]:
        """The conditions that are given."""
        given: dict[str, Any] = msgspec.to_builtins(self.conditions)
        return {name: words for name, words in given.items() if words is not None}


class SlaFile(Strict, frozen=True, kw_only=True):
    """The whole file."""

    target: list[WrittenTarget]


def read_targets(path: Path, known: Known) -> list[WrittenTarget]:
    """The targets in their own order; `known` is what they may refer to."""
    file, text = read(path, SlaFile)
    for error in _wrong(file.target, text, path, known):
        raise error
    return file.target


def problems(path: Path, known: Known) -> Iterator[DataError]:
    """Everything that is wrong in the file."""
    try:
        file, text = read(path, SlaFile)
    except DataError as error:
        yield error
        return
    yield from _wrong(file.target, text, path, known)


def _wrong(
    rows: Sequence[WrittenTarget], text: str, path: Path, known: Known
) -> Iterator[DataError]:
    seen: set[str] = set()
    for number, row in enumerate(rows):
        found = [*_row_problems(row), *_references(row, known)]
        if row.name.casefold() in seen:
            found.append(("name", f"a target {row.name} exists already"))
        seen.add(row.name.casefold())
        for key, problem in found:
            yield DataError(path, place(text, f"target[{number}].{key}"), problem)


def _row_problems(row: WrittenTarget) -> Iterator[tuple[str, str]]:
    if not row.name.strip() or row.name.isdecimal():
        yield "name", f"{row.name!r} is not a valid name for a target"
    if row.warn_minutes <= 0:
        yield "warn_minutes", f"{row.warn_minutes} minutes is not a valid time; give 1 or more"
    if row.fail_minutes <= 0:
        yield "fail_minutes", f"{row.fail_minutes} minutes is not a valid time; give 1 or more"
    elif row.warn_minutes >= row.fail_minutes:
        yield (
            "warn_minutes",
            f"a warning after {row.warn_minutes} minutes is too late for a target of "
            f"{row.fail_minutes}",
        )
    stops = (row.pauses or ()) if row.subject is Subject.CONVERSATION else ()
    for stop in stops:
        if stop not in (Hold.WAITING, Hold.SNOOZED):
            yield "pauses", f"{stop.value} pauses targets of cases only"
    for name, words in row.words.items():
        if not words:
            yield f"conditions.{name}", "it is empty; leave it out to match everything"


def _references(row: WrittenTarget, known: Known) -> Iterator[tuple[str, str]]:
    if row.calendar and known.calendars and row.calendar.casefold() not in known.calendars:
        yield "calendar", f"there is no calendar {row.calendar}"
    for channel in row.conditions.channel or ():
        if known.channels and channel not in known.channels:
            yield "conditions.channel", f"there is no channel {channel}"
    for queue in row.conditions.queue or ():
        if known.queues and queue.casefold() not in known.queues:
            yield "conditions.queue", f"there is no queue {queue}"
