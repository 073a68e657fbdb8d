"""Classification rules as people write them: conditions and results, word by word.

Pure: what the words may refer to comes in as names.
"""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from msgspec import Struct, field

from omnitui.model.classification import Condition, Operator
from omnitui.rules.classify import CONTEXT, FIELDS, HOURS, words_of
from omnitui.safetext import clean_line

MOST_LABELS = 20
_CONDITION = ("field", "operator", "value")
_RESULT = ("skills", "priority", "queue", "profiles", "labels")
_BARE = (Operator.KNOWN, Operator.UNKNOWN)
_NUMBER = (Operator.ABOVE, Operator.BELOW)
_LISTS = (Operator.ONE_OF, Operator.CONTAINS, Operator.STARTS_WITH)


class RuleError(ValueError):
    """Why a written rule is none; `key` says where, such as `condition[0].value`."""

    def __init__(self, key: str, sentence: str, hint: str) -> None:
        super().__init__(sentence)
        self.key, self.sentence, self.hint = key, sentence, hint


class Names(Struct, frozen=True):
    """What rules may refer to; None is not known and is not checked."""

    channels: Collection[str] | None = None
    queues: Collection[str] | None = None
    calendars: Collection[str] | None = None
    profiles: Collection[str] | None = None
    workstreams: Collection[str] | None = None
    more: Collection[str] = ()
    """Fields that conditions may have besides those of classification."""


class WrittenResult(Struct, frozen=True):
    """A result that refers to its queue by name, `""` for none."""

    skills: Mapping[str, int] = field(default_factory=dict)
    priority: int | None = None
    queue: str = ""
    profiles: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()


def written_conditions(given: Iterable[Mapping[str, Any]], names: Names) -> tuple[Condition, ...]:
    """The conditions that are meant; raises `RuleError`. None means that a rule always applies."""
    return tuple(_condition(one, number, names) for number, one in enumerate(given))


def _condition(given: Mapping[str, Any], number: int, names: Names) -> Condition:
    strange = [str(key) for key in given if key not in _CONDITION]
    if strange:
        hint = f"Use {', '.join(_CONDITION)}."
        what = f"has an unknown key {strange[0]!r}"
        raise _no_condition(number, strange[0], what, hint)
    name = _field(given.get("field"), number, names)
    operator = _operator(given.get("operator"), number)
    value = _value(operator, given.get("value"), number)
    for one in value if isinstance(value, list) else [value]:
        _check_word(name, operator, one, number, names)
    return Condition(name, operator, value)


def _operator(given: Any, number: int) -> Operator:
    try:
        return Operator(str(given))
    except ValueError:
        what = "has no operator" if given is None else f"cannot have {given!r} as operator"
        hint = f"Use one of {', '.join(Operator)}."
        raise _no_condition(number, "operator", what, hint) from None


def _field(given: Any, number: int, names: Names) -> str:
    name = clean_line(given).strip() if isinstance(given, str) else ""
    if name.startswith(HOURS):
        calendar = name.removeprefix(HOURS)
        if not _is_known(calendar, names.calendars):
            what = f"uses the hours of {calendar!r}, a calendar that does not exist"
            raise _no_condition(number, "field", what, "`calendar.list` shows the existing ones.")
        return name
    if name in FIELDS or name in names.more or (name.startswith(CONTEXT) and name != CONTEXT):
        return name
    hint = f"Use one of {', '.join((*FIELDS, *names.more))}, hours.CALENDAR or context.KEY."
    raise _no_condition(number, "field", f"cannot have {given!r} as field", hint)


def _value(operator: Operator, given: Any, number: int) -> Any:
    if operator in _BARE:
        if given not in (None, "", []):
            what = f"has a value, and {operator} takes none"
            raise _no_condition(number, "value", what, "Leave it out.")
        return None
    if operator in _NUMBER:
        if isinstance(given, bool) or not isinstance(given, int | float):
            what = f"needs a number for {operator}"
            raise _no_condition(number, "value", what, "Give it as value.")
        return given
    if isinstance(given, list) and operator in _LISTS:
        if not given:
            hint = "Give one value or more."
            raise _no_condition(number, "value", "has an empty list", hint)
        return [_one(each, number) for each in given]
    value = _one(given, number)
    return [value] if operator is Operator.ONE_OF else value


def _one(given: Any, number: int) -> Any:
    if isinstance(given, bool | int | float):
        return given
    text = clean_line(given).strip() if isinstance(given, str) else ""
    if not text:
        hint = "Give text or a number."
        raise _no_condition(number, "value", "has no value to compare with", hint)
    return text


def _check_word(name: str, operator: Operator, value: Any, number: int, names: Names) -> None:
    """Refuse what can never be so."""
    whole = name == "words" and operator is Operator.CONTAINS
    if whole and words_of(str(value)) != [_small(value)]:
        what = f"compares words with {value!r}, which is not a word"
        raise _no_condition(number, "value", what, "Use contains on text.")
    if operator not in (Operator.IS, Operator.IS_NOT, Operator.ONE_OF):
        return
    choices = _choices(name, names)
    if choices and _small(value) not in map(_small, choices):
        what = f"compares {name} with {value!r}, which is not possible"
        raise _no_condition(number, "value", what, f"Use one of {', '.join(choices)}.")


def _choices(name: str, names: Names) -> Collection[str] | None:
    """What a field may be, None where that is open."""
    if name == "channel":
        return names.channels
    if name == "queue":
        return names.queues
    if name == "workstream":
        return names.workstreams
    return ("open", "closed") if name == "hours" or name.startswith(HOURS) else None


def _small(value: Any) -> str:
    return str(value).casefold()


def _is_known(name: str, names: Collection[str] | None) -> bool:
    return names is None or _small(name) in map(_small, names)


def _no_condition(number: int, key: str, what: str, hint: str) -> RuleError:
    return RuleError(f"condition[{number}].{key}", f"Condition {number + 1} {what}.", hint)


def written_result(given: Mapping[str, Any], names: Names) -> WrittenResult:
    """The result that is meant; raises `RuleError`. It has to say something."""
    strange = [str(key) for key in given if key not in _RESULT]
    if strange:
        hint = f"Use {', '.join(_RESULT)}."
        raise _no_result(strange[0], f"has an unknown key {strange[0]!r}", hint)
    found = WrittenResult(
        skills=_skills(given.get("skills") or {}),
        priority=_priority(given.get("priority")),
        queue=_queue(given.get("queue"), names),
        profiles=_profiles(given.get("profiles") or [], names),
        labels=_labels(given.get("labels") or []),
    )
    if found == WrittenResult():
        raise _no_result("", "is empty", f"Give some of {', '.join(_RESULT)}.")
    return found


def _skills(given: Any) -> dict[str, int]:
    if not isinstance(given, Mapping):
        hint = "Write skills as {router = 2}."
        raise _no_result("skills", "has skills that are not a table", hint)
    skills: dict[str, int] = {}
    for name, level in given.items():
        skill = clean_line(str(name)).strip()
        if not skill:
            raise _no_result("skills", "has a skill without a name", "Give the name.")
        if isinstance(level, bool) or not isinstance(level, int) or not 1 <= level <= 10:
            what = f"needs {skill} at {level!r}, which is not a level"
            raise _no_result(f"skills.{name}", what, "Give 1 to 10.")
        skills[skill] = level
    return skills


def _priority(given: Any) -> int | None:
    if given is None:
        return None
    if isinstance(given, bool) or not isinstance(given, int) or not -10 <= given <= 10:
        raise _no_result("priority", f"has {given!r} as priority", "Give -10 to 10.")
    return given


def _queue(given: Any, names: Names) -> str:
    name = clean_line(str(given)).strip() if given is not None else ""
    if name and not _is_known(name, names.queues):
        what = f"sends to {name!r}, a queue that does not exist"
        raise _no_result("queue", what, "`queue.list` shows the existing ones.")
    return name


def _profiles(given: Any, names: Names) -> tuple[str, ...]:
    wanted = [clean_line(str(one)).strip() for one in _list(given)]
    for name in wanted:
        if not _is_known(name, names.profiles):
            what = f"needs {name!r}, a capacity profile that does not exist"
            raise _no_result("profiles", what, "`profile.list` shows the existing ones.")
    return tuple(dict.fromkeys(wanted))


def _labels(given: Any) -> tuple[str, ...]:
    labels = [clean_line(str(one)).strip() for one in _list(given)]
    if not all(labels) or len(labels) > MOST_LABELS:
        hint = f"Give up to {MOST_LABELS} words."
        raise _no_result("labels", "has labels that are not valid", hint)
    return tuple(dict.fromkeys(labels))


def _list(given: Any) -> list[Any]:
    return given if isinstance(given, list) else [given]


def _no_result(key: str, what: str, hint: str) -> RuleError:
    return RuleError(f"result.{key}" if key else "result", f"The result {what}.", hint)
