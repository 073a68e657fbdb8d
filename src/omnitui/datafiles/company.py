"""Reading `company/`, and what types cannot say: references that lead nowhere, names used twice.

What its tables hold is in `datafiles/company_rows.py`.
"""

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import TypeVar

from msgspec import Struct, field

from omnitui.datafiles import folder as shipped
from omnitui.datafiles.channels import read_channels
from omnitui.datafiles.company_rows import (
    CUSTOMER,
    ActivityRow,
    AgentFile,
    AgentRow,
    CaseRow,
    CustomerFile,
    CustomerRow,
    QueueFile,
    QueueRow,
)
from omnitui.datafiles.decode import place, read
from omnitui.model.case import CaseReason, CaseStatus
from omnitui.model.channel import Channel, plain_channel
from omnitui.model.errors import DataError
from omnitui.rules.cases import reason_refusal
from omnitui.rules.identify import normalise_address
from omnitui.rules.written_overflow import OverflowMistake, written_overflow

_TIME_OF_DAY = re.compile(r"([01]\d|2[0-3]):[0-5]\d")

File = TypeVar("File")
Row = TypeVar("Row")
Found = Iterator[tuple[str, str]]


class Known(Struct):
    """What other files may refer to. An empty collection is not known and is not checked."""

    channels: Mapping[str, Channel] = field(default_factory=dict)
    queues: set[str] = field(default_factory=set)
    logins: set[str] = field(default_factory=set)
    accounts: dict[str, str] = field(default_factory=dict)
    addresses: dict[str, str] = field(default_factory=dict)
    calendars: set[str] = field(default_factory=set)
    profiles: set[str] = field(default_factory=set)
    bots: set[str] = field(default_factory=set)

    def channel(self, key: str) -> Channel:
        """The channel of that key; without known channels the shipped one."""
        return (self.channels or _shipped()).get(key) or plain_channel(key)


@cache
def _shipped() -> Mapping[str, Channel]:
    return {one.key: one for one in read_channels(shipped() / "channels.toml")}


class Company(Struct, frozen=True):
    """Everybody."""

    queues: list[QueueRow] = field(default_factory=list)
    agents: list[AgentRow] = field(default_factory=list)
    customers: list[CustomerRow] = field(default_factory=list)


def customer_files(folder: Path) -> list[Path]:
    """The files with customers, in the order they are read."""
    return sorted((folder / "customers").glob("*.toml"))


def read_company(
    folder: Path, channels: Mapping[str, Channel] | None = None, known: Known | None = None
) -> Company:
    """The whole folder, or the first thing that is wrong with it; files may be left out.

    `known` is what its files may refer to (`channels` if None), and what they name afterwards.
    """
    known = Known(channels or {}) if known is None else known
    queues, agents = folder / "queues.toml", folder / "agents.toml"
    return Company(
        _read(queues, QueueFile, lambda f: f.queue, _queues, known) if queues.exists() else [],
        _read(agents, AgentFile, lambda f: f.agent, _agents, known) if agents.exists() else [],
        [
            row
            for path in customer_files(folder)
            for row in _read(path, CustomerFile, lambda f: f.customer, _customers, known)
        ],
    )


def _read(
    path: Path,
    kind: type[File],
    rows_of: Callable[[File], list[Row]],
    check: Callable[[Sequence[Row], Known], Found],
    known: Known,
) -> list[Row]:
    file, text = read(path, kind)
    rows = rows_of(file)
    for key, problem in check(rows, known):
        raise DataError(path, place(text, key), problem)
    return rows


def queue_problems(path: Path, known: Known) -> Iterator[DataError]:
    """Everything wrong in `queues.toml`; what it names is known afterwards."""
    try:
        file, text = read(path, QueueFile)
    except DataError as error:
        yield error
        return
    for key, problem in _queues(file.queue, known):
        yield DataError(path, place(text, key), problem)


def _queues(rows: Sequence[QueueRow], known: Known) -> Found:
    for number in [number for number, row in enumerate(rows) if row.fallback][1:]:
        yield f"queue[{number}].fallback", "another queue is the fallback queue"
    for number, row in enumerate(rows):
        if row.name.casefold() in known.queues:
            yield f"queue[{number}].name", f"a queue {row.name} exists already"
        known.queues.add(row.name.casefold())
        if row.hours and known.calendars and row.hours.casefold() not in known.calendars:
            yield f"queue[{number}].hours", f"there is no calendar {row.hours!r}"
    # A queue may overflow to one that comes later in the file.
    for number, row in enumerate(rows):
        try:
            written_overflow(row.rules, row.name, known.queues)
        except OverflowMistake as mistake:
            said = str(mistake).rstrip(".")
            yield f"queue[{number}].{mistake.key}", f"{said[0].lower()}{said[1:]}"


def agent_problems(path: Path, known: Known) -> Iterator[DataError]:
    """Everything wrong in `agents.toml`; what it names is known afterwards."""
    try:
        file, text = read(path, AgentFile)
    except DataError as error:
        yield error
        return
    for key, problem in _agents(file.agent, known):
        yield DataError(path, place(text, key), problem)


def _agents(rows: Sequence[AgentRow], known: Known) -> Found:
    for number, row in enumerate(rows):
        where = f"agent[{number}]"
        if row.login in known.logins:
            yield f"{where}.login", f"an agent {row.login} exists already"
        if row.login == CUSTOMER or row.login.isdecimal() or " " in row.login:
            problem = f"{row.login!r} is not a login; use one word that is not a number"
            yield f"{where}.login", problem
        known.logins.add(row.login)
        for queue in row.queues:
            if known.queues and queue.casefold() not in known.queues:
                yield f"{where}.queues", f"there is no queue {queue!r}"


def customer_problems(path: Path, known: Known) -> Iterator[DataError]:
    """Everything wrong in one file of customers; accounts and addresses are known afterwards."""
    try:
        file, text = read(path, CustomerFile)
    except DataError as error:
        yield error
        return
    for key, problem in _customers(file.customer, known):
        yield DataError(path, place(text, key), problem)


def _customers(rows: Sequence[CustomerRow], known: Known) -> Found:
    for number, row in enumerate(rows):
        for key, problem in _customer(row, known):
            yield f"customer[{number}].{key}", problem


def _customer(row: CustomerRow, known: Known) -> Found:
    if row.account:
        if row.account in known.accounts:
            yield "account", f"account {row.account} belongs to {known.accounts[row.account]}"
        known.accounts[row.account] = row.name
    for number, address in enumerate(row.address):
        yield from _channel(f"address[{number}].channel", address.channel, known)
        key = normalise_address(known.channel(address.channel), address.value)
        owner = known.addresses.setdefault(key, row.name)
        # Phone and SMS share their numbers, so one customer may well name the same one twice.
        if owner != row.name:
            yield f"address[{number}].value", f"{address.value} belongs to {owner}"
    keys: list[str] = []
    for number, case in enumerate(row.case):
        where = f"case[{number}]"
        if case.key in keys:
            yield f"{where}.key", f"{row.name} has a case {case.key!r} already"
        keys.append(case.key)
        yield from _channel(f"{where}.origin", case.origin, known)
        for key, problem in _case(case):
            yield f"{where}.{key}", problem
    for number, activity in enumerate(row.activity):
        for key, problem in _activity(activity, keys, known):
            yield f"activity[{number}].{key}", problem


def _channel(where: str, key: str, known: Known) -> Found:
    if known.channels and key not in known.channels:
        yield where, f"there is no channel {key!r}; known are {', '.join(known.channels)}"


def _case(row: CaseRow) -> Found:
    closed = row.closed_days_ago
    if row.status is CaseStatus.ACTIVE and closed is not None:
        yield "closed_days_ago", "an active case is not closed yet"
    if row.status is not CaseStatus.ACTIVE and closed is None:
        yield (
            "closed_days_ago",
            (f"this key is missing: give the time when it was {row.status.value}"),
        )
    if closed is not None and closed > row.opened_days_ago:
        yield "closed_days_ago", "it was closed before it was created"
    wrong = None if row.reason is None else reason_refusal(row.status, row.reason)
    if wrong is not None:
        yield "reason", f"{wrong.message} {wrong.hint}"
    if row.reason is CaseReason.MERGED:
        yield "reason", "a case in a data file cannot be merged; use cancelled"
    if row.status is CaseStatus.RESOLVED and not row.resolution.strip():
        yield "resolution", "this key is missing: give the resolution"


def _activity(row: ActivityRow, cases: Collection[str], known: Known) -> Found:
    if not _TIME_OF_DAY.fullmatch(row.at):
        yield "at", f"{row.at!r} is not a time of day; write HH:MM"
    if row.author != CUSTOMER and known.logins and row.author not in known.logins:
        yield "author", f"there is no agent {row.author!r}"
    if row.case and row.case not in cases:
        yield "case", f"this customer has no case {row.case!r}"
    if row.lines and row.kind != "chat":
        yield "lines", f"a {row.kind} has no lines; only a chat does"
    if row.due_in_days is not None and row.kind != "task":
        yield "due_in_days", f"a {row.kind} has no due time; only a task has one"
