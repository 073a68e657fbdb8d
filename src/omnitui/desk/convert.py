"""From what a caller gives (a word on a command line, a number from a screen) to a typed parameter.

Where a command takes a record, its key or its natural key is accepted: an agent's login, a
customer's e-mail address, account or name, a case's number, an article's slug, the name of whatever
else has one. Whoever names a customer who was merged into another one means that other one.
"""

import math
import re
import reprlib
import types
import typing
from collections.abc import Callable
from enum import Enum
from typing import Any, NewType

from omnitui.clock import parse_time
from omnitui.desk import retired
from omnitui.desk.call import Call
from omnitui.desk.registry import Command, Parameter
from omnitui.jsontext import read_json
from omnitui.model import ids
from omnitui.model.errors import Refused
from omnitui.rules.identify import normalise_address
from omnitui.store import agents, cases, customers, entitlements, knowledge
from omnitui.store.routing import (
    calendars,
    classifications,
    profiles,
    promises,
    queues,
    workstreams,
)

Moment = NewType("Moment", int)
"""A point in time (epoch ms); callers may also write ISO 8601."""

Until = NewType("Until", int)
"""The point in time (epoch ms) before which something ends; a day alone means all of that day."""

EntitlementChoice = NewType("EntitlementChoice", int)
"""An entitlement's key, or 0 where the caller says that it is to be none."""

CaseChoice = NewType("CaseChoice", int)
"""A case's key, or 0 where the caller says that it is to be none."""

AgentChoice = NewType("AgentChoice", int)
"""An agent's key, or 0 where the caller says that it is to be nobody."""

CustomerChoice = NewType("CustomerChoice", int)
"""A customer's key, or 0 where the caller says that it is to be nobody."""

_CHOICES = {
    AgentChoice: ids.AgentId,
    CaseChoice: ids.CaseId,
    CustomerChoice: ids.CustomerId,
    EntitlementChoice: ids.EntitlementId,
}
_DAY_ALONE = re.compile(r"\s*\d{4}-\d{2}-\d{2}\s*")
_DAY = 86_400_000
_MOST_LEVELS = 50
_TOO_DEEP = "it is nested too deeply"


def convert(call: Call, command: Command, given: dict[str, Any]) -> dict[str, Any]:
    """The keyword arguments for the command's function; refuses what does not fit."""
    known = {p.name: p for p in command.parameters}
    for name in given:
        if name not in known:
            raise Refused(
                "parameter.unknown",
                f"{command.name} has no parameter {name}.",
                f"It takes: {', '.join(known) or 'nothing'}.",
            )
    if command.changes and command.name != "console.leave":
        retired.check_caller(call)
    arguments: dict[str, Any] = {}
    for parameter in command.parameters:
        if parameter.name in given and given[parameter.name] is not None:
            value = _value(call, parameter, given[parameter.name])
            if command.changes:
                retired.check(call, command.name, parameter.name, _wanted(parameter), value)
            arguments[_python_name(command, parameter)] = value
        elif parameter.required:
            raise Refused(
                "parameter.missing",
                f"{command.name} needs {parameter.name}.",
                f"Give it as {parameter.name}=VALUE.",
            )
    return arguments


def _python_name(command: Command, parameter: Parameter) -> str:
    names = command.function.__code__.co_varnames
    return parameter.name if parameter.name in names else f"{parameter.name}_"


def _wanted(parameter: Parameter) -> Any:
    """The type that a parameter takes, None aside."""
    wanted = parameter.annotation
    if isinstance(wanted, types.UnionType) or typing.get_origin(wanted) is typing.Union:
        wanted = next(kind for kind in typing.get_args(wanted) if kind is not type(None))
    return wanted


def _value(call: Call, parameter: Parameter, given: Any) -> Any:
    wanted = _wanted(parameter)
    try:
        return _typed(call, wanted, given)
    except (ValueError, TypeError) as error:
        what = str(error).rstrip(".")
    except RecursionError:
        what = _TOO_DEEP
    raise Refused(
        "parameter.invalid",
        f"{parameter.name} cannot be {_shown(given)}: {what}.",
        "`omnitui commands` says what every parameter takes.",
    )


def _shown(given: Any) -> str:
    short = reprlib.Repr()
    short.maxstring = short.maxother = 60
    return short.repr(given)


def _typed(call: Call, wanted: Any, given: Any) -> Any:
    if wanted in _RECORDS:
        return _record(call, wanted, given)
    if wanted is Moment:
        return _bounded(parse_time(str(given), call.now))
    if wanted is Until:
        day = isinstance(given, str) and _DAY_ALONE.fullmatch(given)
        return _typed(call, Moment, given) + (_DAY if day else 0)
    if wanted in _CHOICES:
        none = _text(given).strip().lower() in ("", "0", "none")
        return 0 if none else _record(call, _CHOICES[wanted], given)
    if wanted is Any:
        return _plain(given)
    if wanted is bool:
        return _boolean(given)
    if wanted is int:
        return _whole(given)
    if wanted is float:
        return _real(given)
    if wanted is str:
        if not isinstance(given, str | int | float):
            raise ValueError("it takes text")
        return _text(given)
    if isinstance(wanted, type) and issubclass(wanted, Enum):
        return _choice(wanted, given)
    return _collection(call, wanted, given)


def _boolean(given: Any) -> bool:
    word = str(given).strip().lower()
    if word in ("true", "yes", "1", "on"):
        return True
    if word in ("false", "no", "0", "off"):
        return False
    raise ValueError("it takes yes or no")


def _whole(given: Any) -> int:
    if isinstance(given, bool):
        raise ValueError("it takes a number")
    try:
        if isinstance(given, float) and not given.is_integer():
            raise ValueError
        number = int(given)
    except (ValueError, TypeError):
        raise ValueError("it takes a whole number") from None
    return _bounded(number)


def _real(given: Any) -> float:
    try:
        if isinstance(given, bool) or not math.isfinite(number := float(given)):
            raise ValueError
    except (ValueError, TypeError, OverflowError):
        raise ValueError("it takes a number") from None
    return number


def _bounded(number: int) -> int:
    # Room is left for sums and products: the store holds 63 bits.
    if abs(number) > 2**53:
        raise ValueError("it takes a smaller number")
    return number


def _text(given: Any) -> str:
    """Text that can be stored: halves of characters, as broken JSON brings them, are dropped."""
    text = str(given)
    return text if text.isascii() else text.encode("utf-8", "ignore").decode()


def _plain(given: Any, depth: int = 0) -> Any:
    """A value that JSON can say, as the store can keep it."""
    if depth > _MOST_LEVELS:
        raise ValueError(_TOO_DEEP)
    if given is None or isinstance(given, bool):
        return given
    if isinstance(given, str):
        return _text(given)
    if isinstance(given, int):
        return _bounded(given)
    if isinstance(given, float):
        return given if math.isfinite(given) else None
    if isinstance(given, dict):
        return {_text(key): _plain(value, depth + 1) for key, value in given.items()}
    if isinstance(given, list | tuple):
        return [_plain(value, depth + 1) for value in given]
    raise ValueError("it takes what JSON can say")


def _choice(wanted: type[Enum], given: Any) -> Enum:
    try:
        return wanted(given)
    except ValueError:
        choices = ", ".join(str(member.value) for member in wanted)
        raise ValueError(f"it is one of {choices}") from None


def _collection(call: Call, wanted: Any, given: Any) -> Any:
    origin = typing.get_origin(wanted) or wanted
    if isinstance(given, str):
        text = given.strip()
        if origin is list and not text.startswith("["):
            given = [part.strip() for part in text.split(",") if part.strip()]
        else:
            given = read_json(text)
    if origin is list:
        inner = (typing.get_args(wanted) or (Any,))[0]
        items = given if isinstance(given, list | tuple) else [given]
        return [_typed(call, inner, item) for item in items]
    if origin is dict:
        if not isinstance(given, dict):
            raise ValueError("it takes a JSON object")
        inner = (typing.get_args(wanted) or (str, Any))[1]
        return {_text(key): _typed(call, inner, value) for key, value in given.items()}
    raise TypeError(f"parameters of type {wanted} are not supported")


def _customer(call: Call, text: str) -> int | None:
    for channel in ("email", "phone", *call.channels):
        found = customers.by_address(call.store, normalise_address(channel, text))
        if found is not None:
            return found
    account = customers.by_account(call.store, text)
    if account is not None:
        return account
    named = customers.by_name(call.store, text, limit=2)
    if len(named) > 1:
        raise Refused(
            "customer.ambiguous",
            f"Several customers are called {text}.",
            "Name one by its key, e-mail address or account.",
        )
    return named[0] if named else None


def _entitlement(call: Call, text: str) -> int | None:
    found = entitlements.by_name(call.store, text)
    if len(found) > 1:
        raise Refused(
            "entitlement.ambiguous",
            f"Several entitlements are called {text}.",
            "Name one by its key; `entitlement.list` shows them.",
        )
    return found[0] if found else None


_Resolver = Callable[[Call, str], int | None]

_RECORDS: dict[Any, tuple[str, str, _Resolver | None]] = {
    ids.AgentId: ("agent", "agents", lambda call, text: agents.by_login(call.store, text)),
    ids.CustomerId: ("customer", "customers", _customer),
    ids.CaseId: ("case", "cases", lambda call, text: cases.by_number(call.store, text)),
    ids.QueueId: ("queue", "queues", lambda call, text: queues.by_name(call.store, text)),
    ids.ArticleId: (
        "article",
        "articles",
        lambda call, text: knowledge.article_by_slug(call.store, text),
    ),
    ids.ConversationId: ("conversation", "conversations", None),
    ids.CalendarId: (
        "calendar",
        "calendars",
        lambda call, text: calendars.by_name(call.store, text),
    ),
    ids.EntitlementId: (
        "entitlement",
        "entitlements",
        lambda call, text: _entitlement(call, text),
    ),
    ids.MentionId: ("mention", "mentions", None),
    ids.MessageId: ("message", "messages", None),
    ids.TargetId: (
        "target",
        "targets",
        lambda call, text: promises.target_by_name(call.store, text),
    ),
    ids.ReplyId: ("reply", "replies", None),
    ids.ActivityId: ("activity", "activities", None),
    ids.ClassificationId: (
        "classification",
        "classifications",
        lambda call, text: classifications.by_name(call.store, text),
    ),
    ids.TemplateId: (
        "template",
        "entitlement_templates",
        lambda call, text: entitlements.template_by_name(call.store, text),
    ),
    ids.ProfileId: ("profile", "profiles", lambda call, text: profiles.by_name(call.store, text)),
    ids.WorkStreamId: (
        "workstream",
        "workstreams",
        lambda call, text: workstreams.by_name(call.store, text),
    ),
}


def _record(call: Call, wanted: Any, given: Any) -> int:
    noun, table, by_natural_key = _RECORDS[wanted]
    text = _text(given).strip()
    found: int | None = None
    if text.isdecimal() and len(text) < 18:
        found = int(text) if call.store.holds(table, int(text)) else None
    if found is None and by_natural_key is not None:
        found = by_natural_key(call, text)
    if found is None:
        raise Refused(
            f"{noun}.unknown",
            f"There is no {noun} {_shown(text)}.",
            _WHERE.get(noun, f"`{noun}.list` shows those there are." if noun in _LISTED else ""),
        )
    if wanted is ids.CustomerId:
        return customers.survivor(call.store, found)
    return found


_WHERE = {
    "article": "`knowledge.search` finds articles by their words.",
    "customer": "`search.all` finds customers; an account, address or number names one.",
    "mention": "`mention.mine` lists the notes that mention you.",
    "message": "`conversation.messages` shows those there are.",
    "reply": "`reply.search` finds quick replies by their words.",
    "target": "`sla.list` shows those there are.",
    "template": "`entitlement.template_list` shows those there are.",
}
"""Where to look for what has no list of its own."""

_LISTED = (
    "agent",
    "calendar",
    "case",
    "classification",
    "conversation",
    "entitlement",
    "profile",
    "queue",
    "workstream",
)
