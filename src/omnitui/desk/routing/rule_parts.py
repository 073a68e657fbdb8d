"""Parts of overflow and classification rules that callers give: refused, or saved.

Not commands: the commands for rules and queues and the filling of a store use these.
"""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from omnitui.desk.call import Call
from omnitui.desk.retired import those
from omnitui.model.classification import Condition, Result
from omnitui.model.errors import Refused
from omnitui.model.queue import OverflowRule
from omnitui.rules.written_overflow import OverflowMistake, written_overflow
from omnitui.rules.written_rules import Names, RuleError, written_conditions, written_result
from omnitui.store.routing import calendars, profiles, queues, workstreams


def _names(call: Call, more: Collection[str] = ()) -> Names:
    streams = those(call, "workstream", workstreams.every(call.store))
    return Names(
        channels=list(call.channels),
        queues=[one.name for one in those(call, "queue", queues.every(call.store))],
        calendars=[one.name for one in those(call, "calendar", calendars.every(call.store))],
        profiles=[one.name for one in those(call, "profile", profiles.every(call.store))],
        workstreams=[one.name for one in streams],
        more=more,
    )


def conditions(
    call: Call,
    given: Iterable[Mapping[str, Any]],
    noun: str = "classification",
    more: Collection[str] = (),
) -> tuple[Condition, ...]:
    """Conditions in the form that is saved.

    `noun` begins the refusal's code; `more` are fields besides those of classification.
    """
    try:
        return written_conditions(given, _names(call, more))
    except RuleError as error:
        raise Refused(f"{noun}.condition", error.sentence, error.hint) from None


def result(call: Call, given: Mapping[str, Any]) -> Result:
    """A result in the form that is saved: its queue by key, its profiles in their own spelling."""
    names = _names(call)
    try:
        found = written_result(given, names)
    except RuleError as error:
        raise Refused("classification.result", error.sentence, error.hint) from None
    spelt = {name.casefold(): name for name in names.profiles or ()}
    return Result(
        skills=found.skills,
        priority=found.priority,
        queue=queues.by_name(call.store, found.queue) if found.queue else None,
        profiles=tuple(spelt[name.casefold()] for name in found.profiles),
        labels=found.labels,
    )


def understood(
    call: Call, given: Iterable[Mapping[str, Any]], own: str
) -> tuple[OverflowRule, ...]:
    """The rules of the queue `own` in the form that is saved."""
    there = those(call, "queue", queues.every(call.store))
    known = {queue.name.casefold(): queue.id for queue in there}
    try:
        found = written_overflow(given, own, known)
    except OverflowMistake as mistake:
        raise Refused("queue.overflow", str(mistake), mistake.hint) from None
    return tuple(
        OverflowRule(rule.when, rule.do, rule.above, known.get(rule.to.casefold()), rule.say)
        for rule in found
    )
