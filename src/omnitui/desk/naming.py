"""Finding records by what callers give: a key, or a natural key.

A command accepts a record's key or its natural key: an agent's login, a customer's address, account
or name, a case's number, an article's slug, a quick reply's key, and the name of everything else.
An ambiguous one is refused; `#7` is always the key, and `account:7`, `login:7`, `name:7` never is.
A merged customer stands for the survivor.
"""

import re
import reprlib
from collections.abc import Callable, Mapping
from typing import Any

from omnitui.desk import thread
from omnitui.desk.call import Call
from omnitui.model import ids
from omnitui.model.errors import Refused
from omnitui.model.shift import ShiftId
from omnitui.rules import scripts as script_rules
from omnitui.rules.addresses import by_kind
from omnitui.rules.replies import FALLBACK
from omnitui.safetext import clean
from omnitui.store import (
    agents,
    cases,
    conversations,
    customers,
    entitlements,
    knowledge,
    macros,
    retired,
    scripts,
)
from omnitui.store.routing import (
    calendars,
    classifications,
    profiles,
    queues,
    sla_targets,
    workstreams,
)

Found = dict[int, str]
"""Keys of records, each with the way in which it was found."""

_By = Callable[[Call, str, Mapping[str, Any]], list[int]]
_NUMBER = re.compile(r"[1-9]\d{0,16}", re.ASCII)
"""A key as people write it; an account such as 007 is not a key."""
_KEY_ITSELF = "#"
_KEY = re.compile(r"#(\d{1,17})", re.ASCII)


def _one(find: Callable[[], Callable[[Any, str], int | None]]) -> _By:
    # What it is found with is named late: no start reads the rows of everything with a name.
    def found(call: Call, text: str, beside: Mapping[str, Any]) -> list[int]:
        key = find()(call.store, text)
        return [] if key is None else [key]

    return found


def _customers_named(call: Call, text: str, beside: Mapping[str, Any]) -> list[int]:
    found = customers.by_name(call.store, text, limit=2)
    if len(found) > 1:
        raise Refused(
            "customer.ambiguous",
            f"Several customers have the name {text}.",
            "Give the key, e-mail address or account.",
        )
    return [*found]


def _entitlements(call: Call, text: str, beside: Mapping[str, Any]) -> list[int]:
    found = entitlements.by_name(call.store, text)
    if len(found) > 1:
        raise Refused(
            "entitlement.ambiguous",
            f"Several entitlements have the name {text}.",
            "Give the key; `entitlement.list` shows them.",
        )
    return [*found]


def _replies(call: Call, text: str, beside: Mapping[str, Any]) -> list[int]:
    """The quick reply of that key in the customer's language: one's own first, then a team's."""
    spoken = _language(call, beside.get("conversation"))
    every = call.agent_or_none is None
    found = knowledge.replies_of_key(call.store, text, call.agent_or_none or 0, every=every)
    found.sort(
        key=lambda one: (
            one.language.split("-")[0] != spoken,
            one.language != FALLBACK,
            one.owner_id is None,
            one.queue_id is None,
        )
    )
    return [one.id for one in found[:1]]


def _language(call: Call, conversation: int | None) -> str:
    item = None if conversation is None else conversations.get(call.store, conversation)
    if item is None:
        return FALLBACK
    return (thread.language(call, item) or FALLBACK).casefold().split("-")[0]


def _scripts(call: Call, text: str, beside: Mapping[str, Any]) -> list[int]:
    """The script of that key in the customer's language, those in use first."""
    language = _language(call, beside.get("conversation"))
    found = scripts.of_key(call.store, text)
    gone = retired.every(call.store, "script")
    best = script_rules.spoken([one for one in found if str(one.id) not in gone] or found, language)
    return [] if best is None else [best.id]


_RECORDS: dict[Any, tuple[str, str, dict[str, _By]]] = {
    ShiftId: ("shift", "shifts", {}),
    ids.GapId: ("gap", "gaps", {}),
    ids.MentionId: ("mention", "mentions", {}),
    ids.ActivityId: ("activity", "activities", {}),
    ids.AgentId: ("agent", "agents", {"login": _one(lambda: agents.by_login)}),
    ids.ArticleId: ("article", "articles", {"slug": _one(lambda: knowledge.article_by_slug)}),
    ids.CalendarId: ("calendar", "calendars", {"name": _one(lambda: calendars.by_name)}),
    ids.CaseId: ("case", "cases", {"number": _one(lambda: cases.by_number)}),
    ids.ClassificationId: (
        "classification",
        "classifications",
        {"name": _one(lambda: classifications.by_name)},
    ),
    ids.ConversationId: ("conversation", "conversations", {}),
    ids.CustomerId: (
        "customer",
        "customers",
        {"account": _one(lambda: customers.by_account), "name": _customers_named},
    ),
    ids.EntitlementId: ("entitlement", "entitlements", {"name": _entitlements}),
    ids.MacroId: ("macro", "macros", {"key": _one(lambda: macros.by_key)}),
    ids.MessageId: ("message", "messages", {}),
    ids.ScheduledId: ("scheduled reply", "scheduled", {}),
    ids.ProfileId: ("profile", "profiles", {"name": _one(lambda: profiles.by_name)}),
    ids.QueueId: ("queue", "queues", {"name": _one(lambda: queues.by_name)}),
    ids.ReplyId: ("reply", "replies", {"key": _replies}),
    ids.ScriptId: ("script", "scripts", {"key": _scripts}),
    ids.TargetId: ("target", "targets", {"name": _one(lambda: sla_targets.target_by_name)}),
    ids.TemplateId: (
        "template",
        "entitlement_templates",
        {"name": _one(lambda: entitlements.template_by_name)},
    ),
    ids.WorkStreamId: ("workstream", "workstreams", {"name": _one(lambda: workstreams.by_name)}),
}


def shown(given: Any) -> str:
    """What was given, in quotes, short enough for a sentence."""
    short = reprlib.Repr()
    short.maxstring = short.maxother = 60
    return clean(short.repr(given))


def is_record(wanted: Any) -> bool:
    """Whether a parameter of this type is a record."""
    return wanted in _RECORDS


def record(call: Call, wanted: Any, given: Any, beside: Mapping[str, Any]) -> int:
    """The key of the record that is meant, or a refusal.

    `beside` are the command's other arguments. A number (not text) is a key if such a record
    exists.
    """
    noun, table, _ways = _RECORDS[wanted]
    whole = isinstance(given, int) and not isinstance(given, bool)
    if whole and 0 < given < 2**53 and call.store.holds(table, given):
        return _standing(call, wanted, given)
    text = str(given).encode("utf-8", "ignore").decode().strip()
    numbered = _KEY.fullmatch(text)
    digits = numbered[1] if numbered else text if _NUMBER.fullmatch(text) else ""
    found: Found = {}
    if digits and call.store.holds(table, int(digits)):
        found[_standing(call, wanted, int(digits))] = _KEY_ITSELF
    if not numbered:
        for key, way in named(call, wanted, text, beside).items():
            found.setdefault(key, way)
    if len(found) > 1:
        raise ambiguous(noun, text, found)
    if found:
        return next(iter(found))
    raise Refused(
        f"{noun.replace(' ', '_')}.unknown",
        f"There is no {noun} {shown(text)}.",
        _WHERE.get(noun, f"`{noun}.list` shows the existing ones." if noun in _LISTED else ""),
    )


def named(call: Call, wanted: Any, text: str, beside: Mapping[str, Any]) -> Found:
    """The records with that natural key; `login:7` says which kind of key it is."""
    ways = _RECORDS[wanted][2]
    found: Found = {}
    way, colon, rest = text.partition(":")
    way = way.strip().lower()
    places = _places(call, text) if wanted is ids.CustomerId else {}
    for name, where in places.items():
        owner = customers.by_address(call.store, where)
        if owner is not None:
            found.setdefault(_standing(call, wanted, owner), name)
    for name, find in ways.items():
        for key in find(call, text, beside):
            found.setdefault(_standing(call, wanted, key), name)
    if colon and not found:
        if way in ways:
            for key in ways[way](call, rest.strip(), beside):
                found.setdefault(_standing(call, wanted, key), way)
        elif wanted is ids.CustomerId and way in call.channels:
            owner = customers.by_address(call.store, call.address_key(way, rest.strip()))
            if owner is not None:
                found[_standing(call, wanted, owner)] = way
    return found


def _places(call: Call, text: str) -> dict[str, str]:
    """The addresses that a text may be, by their channels."""
    return {channel: call.address_key(channel, text) for channel in by_kind(call.channels)}


def _standing(call: Call, wanted: Any, key: int) -> int:
    return customers.survivor(call.store, key) if wanted is ids.CustomerId else key


def ambiguous(noun: str, text: str, found: Found) -> Refused:
    """The refusal for a name that could be more than one record."""
    said = ", and ".join(
        f"#{key} by its number" if way == _KEY_ITSELF else f"#{key} by {_WAYS.get(way, way)}"
        for key, way in found.items()
    )
    how = ", and ".join(
        f"#{key} for the one of that number"
        if way == _KEY_ITSELF
        else f"#{key} or {way}:{text} for the one of that {_WAYS.get(way, way)}"
        for key, way in found.items()
    )
    return Refused(
        f"{noun}.ambiguous",
        f"{shown(text)} is more than one {noun}: {said}.",
        f"Write {how}.",
    )


_WAYS = {"key": "key word", "number": "case number"}
"""The names of the ways to find a record besides the desk's own numbers."""


_WHERE = {
    "mention": "`mention.mine` lists the notes that mention you.",
    "gap": "`knowledge.gaps` shows them.",
    "article": "`knowledge.search` finds articles by their words.",
    "customer": "`search.all` finds customers by account, address or number.",
    "message": "`conversation.messages` shows them.",
    "reply": "`reply.search` finds quick replies by their words.",
    "scheduled reply": "`scheduled.list` shows them.",
    "target": "`sla.list` shows them.",
    "template": "`entitlement.template_list` shows them.",
}
"""Hints for kinds of records without a list command."""

_LISTED = (
    "agent",
    "calendar",
    "case",
    "classification",
    "conversation",
    "entitlement",
    "macro",
    "profile",
    "queue",
    "script",
    "workstream",
)
