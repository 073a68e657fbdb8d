"""From what a caller gives (a word on a command line, a number from a screen) to a typed parameter.

Records are named as `desk/naming.py` says.
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
"""When somebody else's clock says that something was (epoch ms): any time at all, brought within
the years that the desk knows, so that a wrong clock never loses a message."""

Until = NewType("Until", int)
"""The point in time (epoch ms) before which something ends; a day alone means all of that day."""

Exact = Annotated[str, "exact"]
"""Text that tells one thing from others, such as a login, a key or an address; refused where a
character of it cannot be seen, which would make it look like another one."""

Name = Annotated[str, "name"]
"""What people call a thing by, and nothing else is called. As `Exact`, with the joiners that some
scripts need."""

Sender = Annotated[str, "sender"]
"""What outsiders are told apart by, such as an address or the id of a message: taken as it comes,
with what cannot be seen written out, so that nobody is taken for somebody else."""

Facts = Annotated[dict[str, Any], "facts"]
"""What a channel knows of who writes; what they are known by is taken as a `Sender` is."""

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
_KNOWN_BY = ("address", "case_number", "email", "phone")
_CHANNELS = ("channel", "origin")
"""Parameters that name a channel, wherever they stand."""
_NOTHING: Mapping[str, Any] = types.MappingProxyType({})
_DAY_ALONE = re.compile(r"\s*\d{4}-\d{2}-\d{2}\s*")
_DAY = 86_400_000
_MOST_LEVELS = 50
_TOO_DEEP = "it is nested too deeply"


def convert(call: Call, command: Command, given: dict[str, Any]) -> dict[str, Any]:
    """The keyword arguments for the command's function; refuses what does not fit."""
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
                    f"Give it as {name}=VALUE.",
                )
        elif one.wanted is ids.ReplyId:
            late.append(one)
        else:
            _convert(call, command, one, given[name], arguments)
    # A quick reply's key means the one in the language of the conversation.
    for one in late:
        _convert(call, command, one, given[one.name], arguments)
    return arguments


class _Taken(NamedTuple):
    """What is known of a parameter without a value: its type without None, how the function calls
    it, what it names that may be retired (a type), and how text is taken where it takes text."""

    name: str
    required: bool
    wanted: Any
    argument: str
    retirable: Any
    text: Callable[[str], str] | None


_TAKEN: dict[str, dict[str, _Taken]] = {}
"""By command, found out once: a message is taken in by four parameters or more."""


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
    """Put what was given for a parameter among the arguments, as its type has it."""
    value = _value(call, one, given, arguments)
    if one.retirable is not None:
        retired.check(call, command.name, one.name, one.retirable, value, arguments)
    arguments[one.argument] = value


def _wanted(parameter: Parameter) -> Any:
    """The type that a parameter takes, None aside."""
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
        "`omnitui commands` says what every parameter takes.",
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
            raise ValueError("it takes text")
        return _TEXTS[wanted](given)
    if wanted is Facts:
        return _facts(given)
    if isinstance(wanted, type) and issubclass(wanted, Enum):
        return _choice(wanted, given)
    return _collection(call, wanted, given)


def _chosen(call: Call, wanted: Any, given: Any, beside: Mapping[str, Any]) -> int:
    """A record's key, or 0 for none of them; refused where one is called `none` or `0`."""
    text = _text(given).strip()
    if text.lower() not in ("", "0", "none"):
        return naming.record(call, wanted, given, beside)
    if text and given != 0:
        for key, way in naming.named(call, wanted, text, beside).items():
            raise Refused(
                "parameter.ambiguous",
                f"{text!r} means none, and there is one with that {way} (#{key}).",
                f"Write nothing for none, and {way}:{text} or #{key} for that one.",
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
    """Text that can be stored and shown anywhere, whoever wrote it and whatever it is for.

    Terminal sequences, controls and tricks with direction go here, for every parameter of every
    command. How long it may be, and whether it is one line, is the command's to say.
    """
    text = str(given)
    return str(clean(text, limit=max(len(text), 1)))


def _exact(given: Any) -> str:
    return _seen(str(given), hidden(str(given)))


def _named(given: Any) -> str:
    return _seen(str(given), dropped(str(given)))


def _seen(text: str, place: int | None) -> str:
    """The text, refused where the character at `place` cannot be seen."""
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
    """What a channel knows, what somebody is known by as it came."""
    found = read_json(given.strip()) if isinstance(given, str) else given
    if not isinstance(found, dict):
        raise ValueError("it takes a JSON object")
    return {
        _text(name): _sent(value) if name in _KNOWN_BY and isinstance(value, str) else _plain(value)
        for name, value in found.items()
    }


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
        word, inner = typing.get_args(wanted) or (str, Any)
        written = _TEXTS.get(word, _text)
        return {written(key): _typed(call, inner, value) for key, value in given.items()}
    raise TypeError(f"parameters of type {wanted} are not supported")
