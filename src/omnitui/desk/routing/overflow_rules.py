"""Overflow rules that callers give: refused, or saved with the keys of their queues.

Not commands: the commands for queues and the filling of a store use these.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from omnitui.desk.call import Call
from omnitui.desk.retired import those
from omnitui.model.errors import Refused
from omnitui.model.queue import OverflowRule
from omnitui.rules.written_overflow import OverflowMistake, written_overflow
from omnitui.store.routing import queues


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
