"""Classification: conditions over the facts of a new item.

Rules apply in order. For the queue, the priority and the level of each skill the first rule that
sets it counts; profiles and labels add up. Facts are values: a text, a number, a list of words, or
None. Only facts that a rule uses can change the result.
"""

import math
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

from omnitui.model.classification import Classification, Condition, Operator, Result

FIELDS = (
    "channel",
    "queue",
    "language",
    "tier",
    "customer",
    "sentiment",
    "words",
    "text",
    "subject",
    "priority",
    "hours",
)
"""The facts of a rule; besides them `context.KEY`, and `hours.CALENDAR` (open or closed).

`words` are the words of the first message and the subject, `text` is the first message as written,
`queue` the one that the channel gives, `customer` the name of a linked one; `sentiment` is from
-3 to 3.

"""

CONTEXT, HOURS = "context.", "hours."


class Applied(Struct, frozen=True):
    """A rule that applied, and the part of its result that no earlier rule had set."""

    name: str
    counts: Result


class Classified(Struct, frozen=True):
    """The result of all rules, and which of them applied."""

    result: Result = field(default_factory=Result)
    applied: tuple[Applied, ...] = ()


def words_of(*texts: str) -> list[str]:
    """The words of some texts in small letters, each once, in their order."""
    return list(dict.fromkeys(re.findall(r"\w+", " ".join(texts).casefold())))


def mentioned(rules: Iterable[Classification]) -> set[str]:
    """The facts that rules use."""
    return {condition.field for rule in rules for condition in rule.conditions}


def classify(rules: Iterable[Classification], facts: Mapping[str, Any]) -> Classified:
    """The result of the rules for an item; a missing fact is not known."""
    total, applied = Result(), []
    for rule in sorted(rules, key=lambda rule: (rule.position, rule.id)):
        if all(holds(condition, facts) for condition in rule.conditions):
            counts = _new(rule.result, total)
            total = _together(total, counts)
            applied.append(Applied(rule.name, counts))
    return Classified(total, tuple(applied))


def holds(condition: Condition, facts: Mapping[str, Any]) -> bool:
    """Whether one condition is met. An unknown fact equals nothing and is never above or below."""
    fact, wanted = facts.get(condition.field), condition.value
    known = fact is not None and fact != "" and fact != []
    match condition.operator:
        case Operator.KNOWN:
            return known
        case Operator.UNKNOWN:
            return not known
        case Operator.IS_NOT:
            return not (known and _same(fact, wanted))
        case Operator.IS:
            return known and _same(fact, wanted)
        case Operator.ONE_OF:
            return known and any(_same(fact, one) for one in wanted)
        case Operator.CONTAINS:
            return known and any(_contains(fact, one) for one in _each(wanted))
        case Operator.STARTS_WITH:
            return known and any(_text(fact).startswith(_text(one)) for one in _each(wanted))
        case Operator.ABOVE | Operator.BELOW:
            number, limit = _number(fact), _number(wanted)
            if number is None or limit is None:
                return False
            return number > limit if condition.operator is Operator.ABOVE else number < limit


def _each(value: Any) -> list[Any]:
    return list(value) if isinstance(value, list | tuple) else [value]


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value).strip().casefold()


def _same(fact: Any, wanted: Any) -> bool:
    if not (isinstance(fact, str) and isinstance(wanted, str)):
        one, other = _number(fact), _number(wanted)
        if one is not None and other is not None:
            return one == other
    if isinstance(fact, list | tuple):
        return any(_same(each, wanted) for each in fact)
    return _text(fact) == _text(wanted)


def _contains(fact: Any, wanted: Any) -> bool:
    if isinstance(fact, list | tuple):
        return any(_text(each) == _text(wanted) for each in fact)
    return _text(wanted) in _text(fact)


def _number(value: Any) -> float | None:
    if isinstance(value, bool):
        return None
    try:
        number = float(value)
    except (TypeError, ValueError, OverflowError):
        return None
    return number if math.isfinite(number) else None


def _new(result: Result, before: Result) -> Result:
    """The part of a rule's result that is new."""
    return Result(
        skills={skill: n for skill, n in result.skills.items() if skill not in before.skills},
        priority=result.priority if before.priority is None else None,
        queue=result.queue if before.queue is None else None,
        profiles=tuple(name for name in result.profiles if name not in before.profiles),
        labels=tuple(label for label in result.labels if label not in before.labels),
    )


def _together(one: Result, other: Result) -> Result:
    """Two results that do not set the same things, as one."""
    return replace(
        one,
        skills={**one.skills, **other.skills},
        priority=other.priority if one.priority is None else one.priority,
        queue=other.queue if one.queue is None else one.queue,
        profiles=one.profiles + other.profiles,
        labels=one.labels + other.labels,
    )


def explain(classified: Classified, queues: Mapping[int, str]) -> str:
    """Every rule that applied with what it did, in a sentence; `queues` are the names by key."""
    if not classified.applied:
        return "No rule applies."
    return "; ".join(
        f"{rule.name}: {', '.join(_words(rule.counts, queues)) or '(nothing new)'}"
        for rule in classified.applied
    )


def _words(result: Result, queues: Mapping[int, str]) -> Iterator[str]:
    if result.queue is not None:
        yield f"queue {queues.get(result.queue, result.queue)}"
    if result.priority is not None:
        yield f"priority {result.priority}"
    for skill, level in sorted(result.skills.items()):
        yield f"{skill} {level} or better"
    if result.profiles:
        yield f"uses the profile {' and '.join(result.profiles)}"
    if result.labels:
        yield f"label {', '.join(result.labels)}"


_OPERATORS = {
    Operator.IS: "is",
    Operator.IS_NOT: "is not",
    Operator.CONTAINS: "contains",
    Operator.STARTS_WITH: "starts with",
    Operator.ABOVE: "is above",
    Operator.BELOW: "is below",
    Operator.ONE_OF: "is one of",
    Operator.KNOWN: "is known",
    Operator.UNKNOWN: "is not known",
}


def in_words(condition: Condition) -> str:
    """A condition in words, e.g. `words contains router, wifi`."""
    told = ", ".join(str(value) for value in _each(condition.value) if value is not None)
    return f"{condition.field} {_OPERATORS[condition.operator]} {told}".rstrip()


def why_not(rule: Classification, facts: Mapping[str, Any]) -> str:
    """The first condition of a rule that is not met, empty when all are."""
    failing = next((c for c in rule.conditions if not holds(c, facts)), None)
    return "" if failing is None else f"condition not met: {in_words(failing)}"
