"""Conditions and results of classification rules as they are given to the desk: checked, and kept.

Not commands: the commands for rules and the filling of a store use these.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from omnitui.desk.call import Call
from omnitui.model.classification import Condition, Operator, Result
from omnitui.model.errors import Refused
from omnitui.model.ids import QueueId
from omnitui.rules.classify import CONTEXT, FIELDS, HOURS, words_of
from omnitui.safetext import clean_line
from omnitui.store import calendars, profiles, queues

_CONDITION = ("field", "operator", "value")
_RESULT = ("skills", "priority", "queue", "profiles", "labels")
_BARE = (Operator.KNOWN, Operator.UNKNOWN)
_NUMBER = (Operator.ABOVE, Operator.BELOW)
_LISTS = (Operator.ONE_OF, Operator.CONTAINS, Operator.STARTS_WITH)

MOST_LABELS = 20


def conditions(call: Call, given: Iterable[Mapping[str, Any]]) -> tuple[Condition, ...]:
    """Conditions as they are kept; none at all means that the rule always applies."""
    return tuple(_condition(call, one, number) for number, one in enumerate(given, start=1))


def _condition(call: Call, given: Mapping[str, Any], number: int) -> Condition:
    strange = [str(key) for key in given if key not in _CONDITION]
    if strange:
        hint = f"It takes {', '.join(_CONDITION)}"
        raise _no_condition(number, f"has a key {strange[0]!r}, which means nothing", hint)
    field = _field(call, given.get("field"), number)
    try:
        operator = Operator(str(given.get("operator")))
    except ValueError:
        told = given.get("operator")
        what = "has no operator" if told is None else f"cannot have {told!r} as operator"
        raise _no_condition(number, what, f"It is one of {', '.join(Operator)}") from None
    value = _value(operator, given.get("value"), number)
    for one in value if isinstance(value, list) else [value]:
        _known_word(call, field, operator, one, number)
    return Condition(field, operator, value)


def _field(call: Call, given: Any, number: int) -> str:
    field = clean_line(given).strip() if isinstance(given, str) else ""
    if field.startswith(HOURS):
        name = field.removeprefix(HOURS)
        if calendars.by_name(call.store, name) is None:
            hint = "`calendar.list` shows those there are"
            raise _no_condition(number, f"asks for the hours of {name!r}, no calendar", hint)
        return field
    if field in FIELDS or (field.startswith(CONTEXT) and field != CONTEXT):
        return field
    hint = f"It is one of {', '.join(FIELDS)}, hours.CALENDAR or context.KEY"
    raise _no_condition(number, f"cannot have {given!r} as field", hint)


def _value(operator: Operator, given: Any, number: int) -> Any:
    if operator in _BARE:
        if given not in (None, "", []):
            raise _no_condition(number, f"compares, and {operator} takes no value", "Leave it out")
        return None
    if operator in _NUMBER:
        if isinstance(given, bool) or not isinstance(given, int | float):
            raise _no_condition(number, f"needs a number for {operator}", "Give it as value")
        return given
    if isinstance(given, list) and operator in _LISTS:
        if not given:
            raise _no_condition(number, "has nothing in its list", "Give one value or more")
        return [_one(each, number) for each in given]
    value = _one(given, number)
    return [value] if operator is Operator.ONE_OF else value


def _one(given: Any, number: int) -> Any:
    if isinstance(given, bool | int | float):
        return given
    text = clean_line(given).strip() if isinstance(given, str) else ""
    if not text:
        raise _no_condition(number, "has no value to compare with", "Give text or a number")
    return text


def _known_word(call: Call, field: str, operator: Operator, value: Any, number: int) -> None:
    """Refuse what can never be so."""
    if operator in (Operator.CONTAINS, Operator.STARTS_WITH):
        if (
            field == "words"
            and operator is Operator.CONTAINS
            and words_of(str(value)) != [_small(value)]
        ):
            hint = "Ask whether text contains it"
            raise _no_condition(number, f"asks words for {value!r}, which is no word", hint)
        return
    if operator in (*_BARE, *_NUMBER):
        return
    choices: list[str] = []
    if field == "channel":
        choices = list(call.channels)
    elif field == "queue":
        choices = [queue.name for queue in queues.every(call.store)]
    elif field == "hours" or field.startswith(HOURS):
        choices = ["open", "closed"]
    if choices and _small(value) not in map(_small, choices):
        what = f"compares {field} with {value!r}, which it never is"
        raise _no_condition(number, what, f"It is one of {', '.join(choices)}")


def _small(value: Any) -> str:
    return str(value).casefold()


def _no_condition(number: int, what: str, hint: str) -> Refused:
    return Refused("classification.condition", f"Condition {number} {what}.", f"{hint}.")


def result(call: Call, given: Mapping[str, Any]) -> Result:
    """A result as it is kept; it has to say something."""
    strange = [str(key) for key in given if key not in _RESULT]
    if strange:
        hint = f"It takes {', '.join(_RESULT)}"
        raise _no_result(f"has a key {strange[0]!r}, which means nothing", hint)
    found = Result(
        skills=_skills(given.get("skills") or {}),
        priority=_priority(given.get("priority")),
        queue=_queue(call, given.get("queue")),
        profiles=_profiles(call, given.get("profiles") or []),
        labels=_labels(given.get("labels") or []),
    )
    if found == Result():
        raise _no_result("says nothing", f"Give some of {', '.join(_RESULT)}")
    return found


def _skills(given: Any) -> dict[str, int]:
    if not isinstance(given, Mapping):
        raise _no_result("has skills that are no table", "Write skills as {router = 2}")
    skills: dict[str, int] = {}
    for name, level in given.items():
        skill = clean_line(str(name)).strip()
        if not skill:
            raise _no_result("has a skill without a name", "Name it")
        if isinstance(level, bool) or not isinstance(level, int) or not 1 <= level <= 10:
            raise _no_result(f"asks for {skill} at {level!r}, which is no level", "Give 1 to 10")
        skills[skill] = level
    return skills


def _priority(given: Any) -> int | None:
    if given is None:
        return None
    if isinstance(given, bool) or not isinstance(given, int) or not -10 <= given <= 10:
        raise _no_result(f"has {given!r} as priority", "Give -10 to 10")
    return given


def _queue(call: Call, given: Any) -> QueueId | None:
    if given in (None, ""):
        return None
    name = clean_line(str(given)).strip()
    found = queues.by_name(call.store, name)
    if found is None and name.isdecimal() and call.store.holds("queues", int(name)):
        found = QueueId(int(name))
    if found is None:
        raise _no_result(f"sends to {name!r}, and there is no such queue", "See `queue.list`")
    return found


def _profiles(call: Call, given: Any) -> tuple[str, ...]:
    names = []
    for one in given if isinstance(given, list) else [given]:
        key = profiles.by_name(call.store, str(one))
        found = None if key is None else profiles.get(call.store, key)
        if found is None:
            hint = "`profile.list` shows those there are"
            raise _no_result(f"needs {one!r}, and there is no such capacity profile", hint)
        names.append(found.name)
    return tuple(dict.fromkeys(names))


def _labels(given: Any) -> tuple[str, ...]:
    labels = [
        clean_line(str(one)).strip() for one in (given if isinstance(given, list) else [given])
    ]
    if not all(labels) or len(labels) > MOST_LABELS:
        raise _no_result("has labels that are none", f"Give up to {MOST_LABELS} words")
    return tuple(dict.fromkeys(labels))


def _no_result(what: str, hint: str) -> Refused:
    return Refused("classification.result", f"The result {what}.", f"{hint}.")
