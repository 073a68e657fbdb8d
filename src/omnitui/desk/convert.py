"""Convert what a caller gives (a word on a command line, a number from a screen) to a typed
parameter.

For names of records see `desk/naming.py`.
"""

import math
import re
import types
import typing
from collections.abc import Callable, Mapping
from enum import Enum
from typing import Annotated, Any, NamedTuple, NewType

from omnitui.clock import EARLIEST_MS, LATEST_MS, parse_any_time, parse_time
from omnitui.desk import naming, retired
from omnitui.desk.call import Call
from omnitui.desk.registry import Command, Parameter
from omnitui.jsontext import read_json
from omnitui.model import ids
from omnitui.model.errors import Refused
from omnitui.safetext import clean, clean_line, dropped, hidden, name_of_sign, visible

Moment = NewType("Moment", int)
"""A point in time (epoch ms); callers may also write ISO 8601."""

Said = NewType("Said", int)
"""A time by another clock (epoch ms). Every value is accepted and limited to the desk's years, so
that a wrong clock never loses a message."""

Until = NewType("Until", int)
"""The end of a period (epoch ms, exclusive); a day without a time includes all of that day."""

Exact = Annotated[str, "exact"]
"""Text that identifies something, such as a login, a key or an address; refused if it has a
character that cannot be seen, which would make it look like another one."""

Name = Annotated[str, "name"]
"""A unique name. As `Exact`, but with the joiners that some scripts need."""

Sender = Annotated[str, "sender"]
"""Identifies outsiders, such as an address or the id of a message: accepted as it comes, with
invisible characters written out, so that two senders are never mixed up."""

Facts = Annotated[dict[str, Any], "facts"]
"""What a channel knows about a sender; the identifying part is read as a `Sender`."""

EntitlementChoice = NewType("EntitlementChoice", int)
"""The key of an entitlement, or 0 for none."""

CaseChoice = NewType("CaseChoice", int)
"""The key of a case, or 0 for none."""

AgentChoice = NewType("AgentChoice", int)
"""The key of an agent, or 0 for nobody."""

CustomerChoice = NewType("CustomerChoice", int)
"""The key of a customer, or 0 for nobody."""

_CHOICES = {
    AgentChoice: ids.AgentId,
    CaseChoice: ids.CaseId,
    CustomerChoice: ids.CustomerId,
    EntitlementChoice: ids.EntitlementId,
}
_KNOWN_BY = ("address", "case_number", "email", "phone")
_CHANNELS = ("channel", "origin")
"""Names of parameters that take a channel."""
_NOTHING: Mapping[str, Any] = types.MappingProxyType({})
_BY_LANGUAGE = (ids.ReplyId, ids.ScriptId)
_DAY_ALONE = re.compile(r"\s*\d{4}-\d{2}-\d{2}\s*")
_DAY = 86_400_000
_MOST_LEVELS = 50
_TOO_DEEP = "it is nested too deeply"


def convert(call: Call, command: Command, given: dict[str, Any]) -> dict[str, Any]:
    """The keyword arguments for the command's function; refuses values that are not valid."""
    taken = _taken(command)
    for name in given:
        if name not in taken:
            raise Refused(
                "parameter.unknown",
                f"{command.name} has no parameter {clean_line(name, limit=60)}.",
                f"It takes: {', '.join(taken) or 'nothing'}.",
            )
    if command.changes and command.name != "console.leave":
        retired.check_caller(call)
    arguments: dict[str, Any] = {}
    late: list[_Taken] = []
    for name, one in taken.items():
        if given.get(name) is None:
            if one.required:
                raise Refused(
                    "parameter.missing",
                    f"{command.name} needs {name}.",
                    f"Give {name}=VALUE.",
                )
        elif one.wanted in _BY_LANGUAGE:
            late.append(one)
        else:
            _convert(call, command, one, given[name], arguments)
    # A key of a quick reply or a script means the one in the language of the conversation.
    for one in late:
        _convert(call, command, one, given[one.name], arguments)
    return arguments


class _Taken(NamedTuple):
    """A parameter's plan: its type without None, its name in the function, the type that may be
    retired, and how text is checked."""

    name: str
    required: bool
    wanted: Any
    argument: str
    retirable: Any
    text: Callable[[str], str] | None


_TAKEN: dict[str, dict[str, _Taken]] = {}
"""The plan of each command's parameters, computed once: a message arrives through four conversions
or more."""


def _taken(command: Command) -> dict[str, _Taken]:
    found = _TAKEN.get(command.name)
    if found is None:
        names = command.function.__code__.co_varnames
        found = {}
        for one in command.parameters:
            wanted = plain = _wanted(one)
            if one.name in _CHANNELS and wanted is str:
                plain = Exact
            record = _CHOICES.get(wanted, wanted)
            checked = command.changes and retired.may_name(command.name, one.name, record)
            # A field goes into `**fields` by its own name; `from_` stands for a word of Python.
            written = f"{one.name}_"
            argument = written if written in names else one.name
            retirable = record if checked else None
            text = _TEXTS.get(plain)
            found[one.name] = _Taken(one.name, one.required, plain, argument, retirable, text)
        _TAKEN[command.name] = found
    return found


def _convert(
    call: Call, command: Command, one: _Taken, given: Any, arguments: dict[str, Any]
) -> None:
    """Convert the value of a parameter and add it to the arguments."""
    value = _value(call, one, given, arguments)
    if one.retirable is not None:
        retired.check(call, command.name, one.name, one.retirable, value, arguments)
    arguments[one.argument] = value


def _wanted(parameter: Parameter) -> Any:
    """The type of a parameter, without None."""
    wanted = parameter.annotation
    if isinstance(wanted, types.UnionType) or typing.get_origin(wanted) is typing.Union:
        wanted = next(kind for kind in typing.get_args(wanted) if kind is not type(None))
    return wanted


def _value(call: Call, one: _Taken, given: Any, beside: Mapping[str, Any]) -> Any:
    try:
        if one.text is not None and isinstance(given, str):
            return one.text(given)
        return _typed(call, one.wanted, given, beside)
    except (ValueError, TypeError) as error:
        # Quoted text is escaped, but for letters that are not seen.
        what = str(clean(str(error).rstrip(".")))
    except RecursionError:
        what = _TOO_DEEP
    raise Refused(
        "parameter.invalid",
        f"{one.name} cannot be {naming.shown(given)}: {what}.",
        "`omnitui commands` shows the values of every parameter.",
    )


def _typed(call: Call, wanted: Any, given: Any, beside: Mapping[str, Any] = _NOTHING) -> Any:
    if naming.is_record(wanted):
        return naming.record(call, wanted, given, beside)
    if wanted in _TIMES:
        return _TIMES[wanted](given, call.now)
    if wanted in _CHOICES:
        return _chosen(call, _CHOICES[wanted], given, beside)
    if wanted is Any:
        return _plain(given)
    if wanted is bool:
        return _boolean(given)
    if wanted is int:
        return _whole(given)
    if wanted is float:
        return _real(given)
    if wanted in _TEXTS:
        if not isinstance(given, str | int | float):
            raise ValueError("it needs text")
        return _TEXTS[wanted](given)
    if wanted is Facts:
        return _facts(given)
    if isinstance(wanted, type) and issubclass(wanted, Enum):
        return _choice(wanted, given)
    return _collection(call, wanted, given)


def _chosen(call: Call, wanted: Any, given: Any, beside: Mapping[str, Any]) -> int:
    """A record's key, or 0 for none; refused if a record has the name `none` or `0`."""
    text = _text(given).strip()
    if text.lower() not in ("", "0", "none"):
        return naming.record(call, wanted, given, beside)
    if text and given != 0:
        for key, way in naming.named(call, wanted, text, beside).items():
            raise Refused(
                "parameter.ambiguous",
                f"{text!r} means none, and one with that {way} exists (#{key}).",
                f"Leave it empty for none, or write {way}:{text} or #{key} for that one.",
            )
    return 0


def _moment(given: Any, now: int) -> int:
    return parse_time(str(given), now)


def _said(given: Any, now: int) -> int:
    return min(max(parse_any_time(str(given), now), EARLIEST_MS), LATEST_MS)


def _until(given: Any, now: int) -> int:
    day = isinstance(given, str) and _DAY_ALONE.fullmatch(given)
    return _moment(given, now) + (_DAY if day else 0)


_TIMES: dict[Any, Callable[[Any, int], int]] = {Moment: _moment, Said: _said, Until: _until}


def _boolean(given: Any) -> bool:
    word = str(given).strip().lower()
    if word in ("true", "yes", "1", "on"):
        return True
    if word in ("false", "no", "0", "off"):
        return False
    raise ValueError("it needs yes or no")


def _whole(given: Any) -> int:
    if isinstance(given, bool):
        raise ValueError("it needs a number")
    try:
        if isinstance(given, float) and not given.is_integer():
            raise ValueError
        number = int(given)
    except (ValueError, TypeError):
        raise ValueError("it needs a whole number") from None
    return _bounded(number)


def _real(given: Any) -> float:
    try:
        if isinstance(given, bool) or not math.isfinite(number := float(given)):
            raise ValueError
    except (ValueError, TypeError, OverflowError):
        raise ValueError("it needs a number") from None
    return number


def _bounded(number: int) -> int:
    # Room is left for sums and products: the store holds 63 bits.
    if abs(number) > 2**53:
        raise ValueError("it needs a smaller number")
    return number


def _text(given: Any) -> str:
    """Text that can be stored and shown anywhere.

    Terminal sequences, controls and direction marks are removed here, for every parameter of every
    command. Length and number of lines are the command's to check.
    """
    text = str(given)
    return str(clean(text, limit=max(len(text), 1)))


def _exact(given: Any) -> str:
    return _seen(str(given), hidden(str(given)))


def _named(given: Any) -> str:
    return _seen(str(given), dropped(str(given)))


def _seen(text: str, place: int | None) -> str:
    """The text; refused if the character at `place` is invisible."""
    if place is not None:
        raise ValueError(
            f"character {place + 1} is {name_of_sign(text[place])}, which cannot be seen"
        )
    return _text(text)


def _sent(given: Any) -> str:
    return _text(visible(str(given)))


_TEXTS: dict[Any, Callable[[Any], str]] = {
    str: _text,
    Exact: _exact,
    Name: _named,
    Sender: _sent,
}


def _facts(given: Any) -> dict[str, Any]:
    """What a channel knows about a sender, with identifying values as they came."""
    found = read_json(given.strip()) if isinstance(given, str) else given
    if not isinstance(found, dict):
        raise ValueError("it needs a JSON object")
    return {
        _text(name): _sent(value) if name in _KNOWN_BY and isinstance(value, str) else _plain(value)
        for name, value in found.items()
    }


def _plain(given: Any, depth: int = 0) -> Any:
    """A JSON value in the form that the store keeps."""
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
    raise ValueError("it needs a value that JSON allows")


def _choice(wanted: type[Enum], given: Any) -> Enum:
    try:
        return wanted(given)
    except ValueError:
        choices = ", ".join(str(member.value) for member in wanted)
        raise ValueError(f"use one of {choices}") from None


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
            raise ValueError("it needs a JSON object")
        word, inner = typing.get_args(wanted) or (str, Any)
        written = _TEXTS.get(word, _text)
        return {written(key): _typed(call, inner, value) for key, value in given.items()}
    raise TypeError(f"parameters of type {wanted} are not supported")


def literal_problem(parameter: Parameter, given: Any) -> str:
    """Why a written value can never be that of a parameter, as a clause; empty if it may be.

    Records and times are left to the call, which alone knows them.
    """
    wanted = _wanted(parameter)
    try:
        if isinstance(wanted, type) and issubclass(wanted, Enum):
            _choice(wanted, given)
        elif wanted in (bool, int, float):
            {bool: _boolean, int: _whole, float: _real}[wanted](given)
    except (ValueError, TypeError) as error:
        return f"it cannot be {naming.shown(given)}: {str(error).rstrip('.')}"
    return ""
