"""What the values of a row may be, table by table: for rows of files that are damaged.

SQLite keeps numbers in columns of numbers and texts in columns of text. Bytes of a damaged page can
make a row that is right in that, and means nothing: a word that is none of those a column knows,
JSON that is none, a moment in the year 9999. Times are epoch milliseconds.
"""

import re
from collections.abc import Callable, Mapping
from enum import Enum
from functools import lru_cache
from typing import Annotated, Any, Literal, TypedDict
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import msgspec

from omnitui.clock import EARLIEST_MS, LATEST_MS
from omnitui.model.actor import ActorKind
from omnitui.model.agent import Presence
from omnitui.model.case import CASE_FIELDS
from omnitui.model.channel import (
    HIGHEST_RUNG,
    LONGEST_WINDOW,
    MOST_SEGMENTS,
    AddressKind,
    ChannelMode,
    Starts,
    Threading,
)
from omnitui.model.classification import Operator
from omnitui.model.conversation import ConversationState, Delivery, MessageKind, Speaker
from omnitui.model.courier import KIND
from omnitui.model.customer import CUSTOMER_FIELDS
from omnitui.model.entitlement import ENTITLEMENT_FIELDS, Allocation, DecreaseOn
from omnitui.model.envelope import Envelope, ScheduledState
from omnitui.model.fields import Fields, Takes
from omnitui.model.knowledge import Audience
from omnitui.model.macro import MacroPrompt, MacroStep
from omnitui.model.notice import Occasion
from omnitui.model.participant import Role
from omnitui.model.profile import Reset
from omnitui.model.queue import OverflowDo, OverflowWhen
from omnitui.model.script import Outcome, Step
from omnitui.model.sentiment import Sentiment
from omnitui.model.sla import Hold, Kpi, Subject
from omnitui.model.timeline import ActivityKind
from omnitui.model.topic import Status
from omnitui.model.workstream import StreamMode, WrapUp
from omnitui.store.conversations import STREAMS

Check = Callable[[Any], bool]
"""Whether a value that is not NULL may stand in a column."""

_LARGEST = 2**53
"""A number beyond this is no count, no key and no moment."""
_MOMENTS = ("at", "since", "until", "starts", "ends")


_Day = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
_Span = Annotated[str, msgspec.Meta(pattern=r"^\d\d:\d\d-\d\d:\d\d$")]
_Date = Annotated[str, msgspec.Meta(pattern=r"^\d{4}-\d\d-\d\d$")]


class _Part(TypedDict):
    field: str
    operator: Operator
    value: Any


class _Result(TypedDict):
    skills: dict[str, int]
    priority: int | None
    queue: int | None
    profiles: list[str]
    labels: list[str]


class _Overflow(TypedDict):
    when: OverflowWhen
    do: OverflowDo
    above: int
    to: int | None
    say: str


class _Kept(TypedDict):
    begun: int
    steps: list[dict[str, Any]]


def _one_of(*words: str | type[Enum]) -> Check:
    known = {
        value
        for word in words
        for value in ([one.value for one in word] if isinstance(word, type) else [word])
    }
    return known.__contains__


def _json(kind: Any) -> Check:
    decoder = msgspec.json.Decoder(kind)

    def fits(value: Any) -> bool:
        try:
            decoder.decode(value)
        except (msgspec.MsgspecError, UnicodeEncodeError, TypeError, RecursionError):
            return False
        return True

    return fits


def _between(low: int, high: int) -> Check:
    return lambda value: isinstance(value, int) and low <= value <= high


def _matches(pattern: str) -> Check:
    found = re.compile(pattern)
    return lambda value: isinstance(value, str) and found.fullmatch(value) is not None


def _is_zone(value: Any) -> bool:
    try:
        ZoneInfo(value)
    except (ValueError, TypeError, OSError, ZoneInfoNotFoundError):
        return False
    return True


_FLAG = _between(0, 1)
_COUNT = _between(0, _LARGEST)
_MOMENT = _between(EARLIEST_MS, LATEST_MS)
_NUMBER = _between(-_LARGEST, _LARGEST)
_WORDS = _json(list[str])
_CHANNEL = _matches(r"\S{0,60}")
_KIND = _matches(r"[a-z][a-z0-9]*([._][a-z0-9]+)*")


def _of_fields(fields: Fields) -> dict[str, Check]:
    """What the columns of fields may hold, where that is more than text or a number."""
    found = {field.column: _FLAG for field in fields if field.takes is Takes.FLAG}
    return found | {field.column: _one_of(field.choices) for field in fields if field.choices}


_ASSIGN = ("highest_capacity round_robin least_active most_proficient nearest skill_count").split()

_COLUMNS: dict[str, dict[str, Check]] = {
    "activities": {"kind": _one_of(ActivityKind), "cancelled": _FLAG},
    "addresses": {"channel": _CHANNEL},
    "agent_profiles": {"used": _COUNT, "day": _matches(r"|\d{4}-\d\d-\d\d")},
    "agent_skills": {"level": _between(0, 1_000)},
    "agents": {
        "capacity": _COUNT,
        "presence": _one_of(Presence),
        "presence_by_hand": _FLAG,
        "calls_first": _FLAG,
    },
    "article_versions": {"audience": _one_of(Audience), "version": _COUNT},
    "article_votes": {"helpful": _NUMBER},
    "articles": {
        "audience": _one_of(Audience),
        "version": _COUNT,
        "uses": _COUNT,
        "helpful": _COUNT,
        "unhelpful": _COUNT,
    },
    "bot_states": {"status": _one_of(Status), "state": _json(dict[str, Any])},
    "calendars": {
        "zone": _is_zone,
        "weekly": _json(dict[_Day, list[_Span]]),
        "holidays": _json(list[_Date]),
    },
    "case_merges": {"kept": _json(dict[str, Any])},
    "cases": {
        **_of_fields(CASE_FIELDS),
        "minutes": _COUNT,
    },
    "channels": {
        "key": _CHANNEL,
        "mode": _one_of(ChannelMode),
        "cost": _COUNT,
        "exclusive": _FLAG,
        "rung": _between(0, HIGHEST_RUNG),
        "address_kind": _one_of(AddressKind),
        "threading": _one_of(Threading),
        "starts": _one_of(Starts),
        "window_hours": _between(1, LONGEST_WINDOW),
        "longest": _COUNT,
        "segments": _between(0, MOST_SEGMENTS),
        "letters": _FLAG,
        "attachments": _FLAG,
    },
    "classifications": {"conditions": _json(list[_Part]), "result": _json(_Result)},
    "consult_requests": {"role": _one_of(Role), "passed": _json(list[int])},
    "conversations": {
        "state": _one_of(ConversationState),
        "sentiment": _one_of(Sentiment),
        "trend": _json(list[int]),
        "last_speaker": _one_of(Speaker),
        "context": _json(dict[str, Any]),
        "skills": _json(dict[str, int]),
        "profiles": _WORDS,
        "labels": _WORDS,
        "told": _WORDS,
        "rating": _between(1, 5),
        "transfer_count": _COUNT,
        "escalation_count": _COUNT,
        "sentiment_scored": _FLAG,
    },
    "couriers": {"channel": _CHANNEL, "kind": _matches(KIND)},
    "customers": _of_fields(CUSTOMER_FIELDS),
    "deliverers": {"channel": _CHANNEL},
    "entitlement_templates": {
        "channels": _json(dict[str, int]),
        "restricted": _FLAG,
        "decrease_on": _one_of(DecreaseOn),
        "allocation": _one_of(Allocation),
        "products": _WORDS,
    },
    "entitlements": {**_of_fields(ENTITLEMENT_FIELDS), "was_default": _FLAG},
    "escalations": {"channel": _CHANNEL},
    "home_layouts": {"layout": _json(dict[str, Any])},
    "journal": {
        "kind": _KIND,
        "actor_kind": _one_of(ActorKind),
        "payload": _json(dict[str, Any]),
    },
    "links": {"url": _matches(r"[A-Za-z][A-Za-z0-9+.-]*:\S+")},
    "lost_agents": {"presence": _one_of(Presence), "by_hand": _FLAG},
    "macros": {
        "prompts": _json(list[MacroPrompt]),
        "steps": _json(list[MacroStep]),
        "uses": _COUNT,
    },
    "merges": {"kept": _json(dict[str, Any])},
    "messages": {
        "speaker": _one_of(Speaker),
        "kind": _one_of(MessageKind),
        "delivery": _one_of(Delivery),
        "channel": _CHANNEL,
        "words": _json(list[tuple[str, float]]),
        "envelope": _json(Envelope),
        "attempts": _COUNT,
        "repeatable": _FLAG,
        "doubtful": _FLAG,
    },
    "notices": {
        "occasion": _one_of(Occasion),
        "channels": _WORDS,
    },
    "participants": {"role": _one_of(Role)},
    "profiles": {"most": _COUNT, "reset": _one_of(Reset), "blocking": _FLAG},
    "promises": {"kpi": _one_of(Kpi), "holds": _json(list[list[Any]])},
    "queues": {
        "assign": _one_of(*_ASSIGN),
        "match": _one_of("exact", "closest"),
        "overflow": _json(list[_Overflow]),
        "calls_per_hour": _COUNT,
        "fallback": _FLAG,
    },
    "gaps": {"times": _COUNT},
    "replies": {"tags": _WORDS, "uses": _COUNT, "workstreams": _json(list[int])},
    "retired": {"kind": _KIND},
    "script_marks": {"outcome": _one_of(Outcome)},
    "script_rules": {"conditions": _json(list[_Part])},
    "scripts": {"steps": _json(list[Step])},
    "scheduled": {
        "envelope": _json(Envelope),
        "anyway": _FLAG,
        "state": _one_of(ScheduledState),
    },
    "sessions": {
        "focused": _FLAG,
        "unread": _COUNT,
        "layout": _json(dict[str, Any]),
        "envelope": _json(Envelope),
    },
    "signatures": {"channel": _CHANNEL},
    "settings": {"key": _KIND},
    "suggestion_models": {"seq": _COUNT, "examples": _COUNT},
    "targets": {
        "kpi": _one_of(Kpi),
        "subject": _one_of(Subject),
        "conditions": _json(dict[str, list[str]]),
        "pauses": _json(list[Hold]),
        "warn_minutes": _COUNT,
        "fail_minutes": _COUNT,
        "active": _FLAG,
    },
    "timers": {"kind": _KIND},
    "undo": {"steps": _json(_Kept), "passed": _FLAG},
    "views": {"stream": _one_of(*STREAMS)},
    "workstreams": {
        "mode": _one_of(StreamMode),
        "presences": _json(list[Presence]),
        "auto_accept": _FLAG,
        "wrap_up": _one_of(WrapUp),
        "affinity": _FLAG,
    },
}
"""What is known of columns beyond what their names say."""
_BYTES = (("suggestion_models", "learnt"),)
"""Where bytes stand on purpose; whoever reads them checks them."""


@lru_cache(maxsize=1_000)
def _check(table: str, column: str) -> Check | None:
    known = _COLUMNS.get(table, {}).get(column)
    if known is not None:
        return known
    return _MOMENT if column.endswith("_at") or column.split("_")[-1] in _MOMENTS else None


def wrong(table: str, row: Mapping[str, Any]) -> str:
    """The first column of a row whose value means nothing there; empty where all of them do."""
    for column, value in row.items():
        if value is None:
            continue
        if isinstance(value, bytes):
            if (table, column) in _BYTES:
                continue
            return column
        if column == "id" and isinstance(value, int) and value < 1:
            return column
        if isinstance(value, int) and not _NUMBER(value):
            return column
        check = _check(table, column)
        # `since` is a day in one table; what is text there is read as text.
        asked = check is not None and not (check is _MOMENT and isinstance(value, str))
        if asked and check is not None and not check(value):
            return column
    return ""
