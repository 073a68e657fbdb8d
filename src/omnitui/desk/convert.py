"""From what a caller gives (a word on a command line, a number from a screen) to a typed parameter.

Where a command takes a record, its key or its natural key is accepted: an agent's login, a
customer's e-mail address, account or name, a case's number, a queue's name, an article's slug.
"""

import json
import types
import typing
from collections.abc import Callable
from enum import Enum
from typing import Any, NewType

from omnitui.clock import parse_time
from omnitui.desk.call import Call
from omnitui.desk.registry import Command, Parameter
from omnitui.model import ids
from omnitui.model.errors import Refused
from omnitui.rules.identify import normalise_address
from omnitui.store import agents, cases, customers, knowledge

Moment = NewType("Moment", int)
"""A point in time (epoch ms); callers may also write ISO 8601."""


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
    arguments: dict[str, Any] = {}
    for parameter in command.parameters:
        if parameter.name in given and given[parameter.name] is not None:
            arguments[_python_name(command, parameter)] = _value(
                call, parameter, given[parameter.name]
            )
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


def _value(call: Call, parameter: Parameter, given: Any) -> Any:
    wanted = parameter.annotation
    if isinstance(wanted, types.UnionType) or typing.get_origin(wanted) is typing.Union:
        wanted = next(kind for kind in typing.get_args(wanted) if kind is not type(None))
    try:
        return _typed(call, wanted, given)
    except (ValueError, TypeError) as error:
        raise Refused(
            "parameter.invalid", f"{parameter.name} cannot be {given!r}: {error}"
        ) from None


def _typed(call: Call, wanted: Any, given: Any) -> Any:
    if wanted in _RECORDS:
        return _record(call, wanted, given)
    if wanted is Moment:
        return parse_time(str(given), call.now)
    if wanted is Any:
        return given
    if wanted is bool:
        return _boolean(given)
    if wanted in (int, float):
        if isinstance(given, bool):
            raise ValueError("it takes a number")
        return wanted(given)
    if wanted is str:
        if not isinstance(given, str | int | float):
            raise ValueError("it takes text")
        return str(given)
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
            try:
                given = json.loads(text)
            except json.JSONDecodeError as error:
                raise ValueError(f"it takes JSON ({error.msg} at column {error.colno})") from None
    if origin is list:
        inner = (typing.get_args(wanted) or (Any,))[0]
        items = given if isinstance(given, list | tuple) else [given]
        return [_typed(call, inner, item) for item in items]
    if origin is dict:
        if not isinstance(given, dict):
            raise ValueError("it takes a JSON object")
        inner = (typing.get_args(wanted) or (str, Any))[1]
        return {str(key): _typed(call, inner, value) for key, value in given.items()}
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


_Resolver = Callable[[Call, str], int | None]

_RECORDS: dict[Any, tuple[str, str, _Resolver | None]] = {
    ids.AgentId: ("agent", "agents", lambda call, text: agents.by_login(call.store, text)),
    ids.CustomerId: ("customer", "customers", _customer),
    ids.CaseId: ("case", "cases", lambda call, text: cases.by_number(call.store, text)),
    ids.QueueId: ("queue", "queues", lambda call, text: agents.queue_by_name(call.store, text)),
    ids.ArticleId: (
        "article",
        "articles",
        lambda call, text: knowledge.article_by_slug(call.store, text),
    ),
    ids.ConversationId: ("conversation", "conversations", None),
    ids.MessageId: ("message", "messages", None),
    ids.ReplyId: ("reply", "replies", None),
    ids.ActivityId: ("activity", "activities", None),
}


def _record(call: Call, wanted: Any, given: Any) -> int:
    noun, table, by_natural_key = _RECORDS[wanted]
    text = str(given).strip()
    found: int | None = None
    if text.isdecimal() and len(text) < 18:
        found = int(text) if call.store.holds(table, int(text)) else None
    if found is None and by_natural_key is not None:
        found = by_natural_key(call, text)
    if found is None:
        raise Refused(
            f"{noun}.unknown",
            f"There is no {noun} {text!r}.",
            f"`{noun}.list` shows those there are." if noun in _LISTED else "",
        )
    return found


_LISTED = ("agent", "queue", "conversation", "case")
