"""A question for `omnitui route`: agents, queues and items in a JSON or TOML file.

    match (exact | closest), assign (highest_capacity | round_robin | ...), now, call_minutes
    queues   name, priority, match, assign, calls_per_hour
    agents   login, presence, capacity, used, skills, queues, last_assigned, turn, released,
             profiles, live, on_call, calls_first, full, kept_for
    items    id, queue, cost, priority, waiting_since, skills, profiles, allowed_presence, at, live,
             exclusive, passed, barred, last_agent, affinity, hold_room_after

Only `name`, `login` and `id` are needed. Times are `HH:MM`, ISO 8601 or epoch milliseconds; words
may be written with spaces or dashes, skills in upper or lower case. An agent without `queues` works
every queue. The file's own `match` and `assign` hold for queues that it does not list.
"""

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated, Any

from msgspec import Meta, Struct

from omnitui.clock import parse_time
from omnitui.datafiles.decode import TOO_DEEP, Strict, parse, place, typed
from omnitui.model.agent import Presence
from omnitui.model.errors import DataError
from omnitui.rules.routing import (
    Assign,
    Candidate,
    Item,
    Match,
    Profile,
    QueueRules,
    agents_for_calls,
)
from omnitui.textfiles import read_text

Time = str | int
_CLOCK = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)(?::([0-5]\d))?")
_DAY = 86_400_000


class ProfileRow(Strict, frozen=True, kw_only=True):
    """An agent's room in a capacity profile."""

    limit: int
    used: int = 0
    blocking: bool = False


class AgentRow(Strict, frozen=True, kw_only=True):
    """An agent of the question."""

    login: str
    presence: Presence = Presence.AVAILABLE
    capacity: int = 100
    used: int = 0
    skills: dict[str, int] = {}
    queues: list[str] | None = None
    last_assigned: Time | None = None
    turn: int = 0
    released: Time | None = None
    profiles: dict[str, ProfileRow] = {}
    live: Annotated[int, Meta(ge=0)] = 0
    on_call: bool = False
    calls_first: bool = False
    full: bool = False
    kept_for: str | int = ""


class ItemRow(Strict, frozen=True, kw_only=True):
    """Something to be given out."""

    id: str | int
    queue: str = ""
    cost: int = 0
    priority: int = 0
    waiting_since: Time = 0
    skills: dict[str, int] = {}
    profiles: list[str] = []
    allowed_presence: tuple[Presence, ...] = (Presence.AVAILABLE, Presence.BUSY)
    at: Time | None = None
    live: bool = False
    exclusive: bool = False
    passed: dict[str, Annotated[int, Meta(ge=1)]] = {}
    barred: dict[str, str] = {}
    last_agent: str = ""
    affinity: bool = False
    hold_room_after: Annotated[int, Meta(ge=0)] | None = None


class RulesRow(Strict, frozen=True, kw_only=True):
    """A queue of the question; without `match` and `assign` those of the file hold."""

    name: str
    priority: int = 0
    match: Match | None = None
    assign: Assign | None = None
    calls_per_hour: Annotated[int, Meta(ge=0, le=1_000)] = 0


class QuestionFile(Strict, frozen=True, kw_only=True):
    """The whole file; without `now`, it is when the last thing it tells of happened."""

    match: Match = Match.EXACT
    assign: Assign = Assign.HIGHEST_CAPACITY
    now: Time | None = None
    call_minutes: Annotated[int, Meta(ge=1, le=240)] = 6
    queues: list[RulesRow] = []
    agents: list[AgentRow] = []
    items: list[ItemRow] = []


class Question(Struct, frozen=True):
    """Who might get what; times are epoch ms."""

    match: Match
    assign: Assign
    now: int
    queues: list[QueueRules]
    agents: list[Candidate]
    items: list[Item]


def read_question(path: Path) -> Question:
    """The question in a file: JSON if its name ends so or it begins with a brace, else TOML."""
    text = read_text(path)
    if path.suffix == ".json" or text.lstrip().startswith("{"):
        toml, table = "", _json(text, path)
    else:
        toml, table = text, parse(text, path, dict[str, Any])
    file = typed(_worded(table), path, QuestionFile, lambda key: place(toml, key))
    for key, problem in _problems(file):
        raise DataError(path, place(toml, key), problem)
    return _question(file)


def _json(text: str, path: Path) -> Any:
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}"
        what = error.msg[0].lower() + error.msg[1:]
        raise DataError(path, where, f"it is not JSON: {what}") from None
    except RecursionError:
        raise DataError(path, "", TOO_DEEP) from None


def _worded(table: Any) -> Any:
    """The same with states and methods as the enums write them: `Do not disturb` is fine."""
    if not isinstance(table, dict):
        return table
    kept = dict(table)
    for key in ("match", "assign", "presence"):
        if key in kept:
            kept[key] = _word(kept[key])
    if isinstance(kept.get("allowed_presence"), list):
        kept["allowed_presence"] = [_word(value) for value in kept["allowed_presence"]]
    for key in ("agents", "items", "queues"):
        if isinstance(kept.get(key), list):
            kept[key] = [_worded(row) for row in kept[key]]
    return kept


def _word(value: Any) -> Any:
    return re.sub(r"[\s-]+", "_", value.strip().lower()) if isinstance(value, str) else value


def _problems(file: QuestionFile) -> Iterator[tuple[str, str]]:
    """What types cannot say."""
    yield from _time("now", file.now)
    seen: set[str] = set()
    for n, queue in enumerate(file.queues):
        if not queue.name.strip():
            yield f"queues[{n}].name", "a queue needs a name"
        if queue.name in seen:
            yield f"queues[{n}].name", f"a queue {queue.name} exists already"
        seen.add(queue.name)
    seen = set()
    for n, agent in enumerate(file.agents):
        if not agent.login.strip():
            yield f"agents[{n}].login", "an agent needs a login"
        if agent.capacity < 0:
            yield f"agents[{n}].capacity", f"{agent.capacity} units is below 0"
        yield from _levels(f"agents[{n}].skills", agent.skills)
        if agent.login in seen:
            yield f"agents[{n}].login", f"an agent {agent.login} exists already"
        seen.add(agent.login)
        yield from _time(f"agents[{n}].last_assigned", agent.last_assigned)
        yield from _time(f"agents[{n}].released", agent.released)
    seen = set()
    for n, item in enumerate(file.items):
        if not str(item.id).strip():
            yield f"items[{n}].id", "an item needs an id"
        yield from _levels(f"items[{n}].skills", item.skills)
        if str(item.id) in seen:
            yield f"items[{n}].id", f"an item {item.id} exists already"
        seen.add(str(item.id))
        if item.cost < 0:
            yield f"items[{n}].cost", f"{item.cost} units is below 0"
        yield from _time(f"items[{n}].waiting_since", item.waiting_since)
        yield from _time(f"items[{n}].at", item.at)


def _levels(where: str, skills: Mapping[str, int]) -> Iterator[tuple[str, str]]:
    for skill, level in skills.items():
        if level < 0:
            yield f"{where}.{skill}", f"{level} is not a level; 0 is the lowest"


def _time(where: str, value: Time | None) -> Iterator[tuple[str, str]]:
    try:
        _moment(value, 0)
    except (ValueError, OverflowError):
        yield where, f"{value!r} is not a time; write for example 13:20 or 2026-03-02T13:20"


def _moment(value: Time | None, day: int) -> int | None:
    """Epoch ms; a time of day is on `day` (the epoch ms of its midnight)."""
    if value is None or isinstance(value, int):
        return value
    clock = _CLOCK.fullmatch(value.strip())
    if clock is None:
        return parse_time(value, day)
    hours, minutes, seconds = (int(part or 0) for part in clock.groups())
    return day + ((hours * 60 + minutes) * 60 + seconds) * 1_000


def _question(file: QuestionFile) -> Question:
    now = _moment(file.now, 0)
    day = 0 if now is None else now - now % _DAY
    queues = [_rules(row, file) for row in file.queues]
    agents = [_candidate(row, day) for row in file.agents]
    items = [_item(row, day) for row in file.items]
    if now is None:
        past = [t for a in agents for t in (a.last_assigned, a.released) if t is not None]
        now = max([*past, *(item.waiting_since for item in items)], default=0)
    return Question(file.match, file.assign, now, queues, agents, items)


def _rules(row: RulesRow, file: QuestionFile) -> QueueRules:
    return QueueRules(
        row.name,
        priority=row.priority,
        match=file.match if row.match is None else row.match,
        assign=file.assign if row.assign is None else row.assign,
        for_calls=agents_for_calls(row.calls_per_hour, file.call_minutes),
    )


def _folded(levels: Mapping[str, int]) -> dict[str, int]:
    """Skills in the form that is compared: upper and lower case are alike."""
    return {skill.casefold(): level for skill, level in levels.items()}


def _candidate(row: AgentRow, day: int) -> Candidate:
    return Candidate(
        login=row.login,
        presence=row.presence,
        capacity=row.capacity,
        used=row.used,
        skills=_folded(row.skills),
        queues=row.queues,
        last_assigned=_moment(row.last_assigned, day),
        turn=row.turn,
        live=row.live,
        on_call=row.on_call,
        calls_first=row.calls_first,
        full=row.full,
        kept_for=str(row.kept_for),
        released=_moment(row.released, day),
        profiles={
            name: Profile(profile.limit, profile.used, profile.blocking)
            for name, profile in row.profiles.items()
        },
    )


def _item(row: ItemRow, day: int) -> Item:
    since = _moment(row.waiting_since, day) or 0
    hold = row.hold_room_after
    return Item(
        id=str(row.id),
        queue=row.queue,
        cost=row.cost,
        priority=row.priority,
        waiting_since=since,
        live=row.live,
        exclusive=row.exclusive,
        passed=row.passed,
        barred=row.barred,
        last_agent=row.last_agent,
        affinity=row.affinity,
        holds_room_at=None if hold is None else since + hold * 1_000,
        skills=_folded(row.skills),
        profiles=row.profiles,
        allowed_presence=row.allowed_presence,
        at=_moment(row.at, day),
    )
