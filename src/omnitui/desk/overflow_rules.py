"""Overflow rules as they are given to the desk: checked word by word, and named again.

Not commands: the commands for queues and the filling of a store use these.
"""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Any, TypeVar

from omnitui.desk.call import Call
from omnitui.model.errors import Refused
from omnitui.model.ids import QueueId
from omnitui.model.queue import OverflowDo, OverflowRule, OverflowWhen
from omnitui.safetext import clean
from omnitui.store import queues

_KEYS = ("when", "do", "above", "to", "say")
_MOST = {OverflowWhen.WAITING_ITEMS: 10_000, OverflowWhen.WAITING_MINUTES: 2 * 24 * 60}

Word = TypeVar("Word", bound=StrEnum)


def understood(
    call: Call, given: Iterable[Mapping[str, Any]], own: int | None
) -> tuple[OverflowRule, ...]:
    """Rules as they are kept; `own` is the queue they are for, None while it has no key yet."""
    return tuple(_rule(call, rule, own, number) for number, rule in enumerate(given, start=1))


def _rule(call: Call, given: Mapping[str, Any], own: int | None, number: int) -> OverflowRule:
    strange = [str(key) for key in given if key not in _KEYS]
    if strange:
        raise _refused(
            number, f"has a key {strange[0]!r}, which means nothing", f"It takes {', '.join(_KEYS)}"
        )
    when = _word(OverflowWhen, given.get("when"), "when", number)
    do = _word(OverflowDo, given.get("do"), "do", number)
    say = given.get("say") or ""
    if not isinstance(say, str):
        raise _refused(number, "says something that is not text", "Give say as text")
    return OverflowRule(
        when=when,
        do=do,
        above=_above(when, given.get("above"), number),
        to=_to(call, do, given.get("to"), own, number),
        say=clean(say, limit=1_000).strip(),
    )


def _word(kind: type[Word], given: Any, key: str, number: int) -> Word:
    try:
        return kind(given)
    except ValueError:
        raise _refused(
            number,
            f"has no {key}" if given is None else f"cannot have {given!r} as {key}",
            f"It is one of {', '.join(kind)}",
        ) from None


def _above(when: OverflowWhen, given: Any, number: int) -> int:
    most = _MOST.get(when)
    if most is None:
        if given not in (None, 0):
            raise _refused(number, "is for closed hours and counts nothing", "Leave above out")
        return 0
    if isinstance(given, bool) or not isinstance(given, int) or not 1 <= given <= most:
        what = "items" if when is OverflowWhen.WAITING_ITEMS else "minutes"
        raise _refused(number, f"needs above as a number of {what}", f"Give 1 to {most}")
    return given


def _to(call: Call, do: OverflowDo, given: Any, own: int | None, number: int) -> QueueId | None:
    if do is not OverflowDo.QUEUE:
        if given not in (None, ""):
            raise _refused(number, "names a queue and does not send there", "Leave to out")
        return None
    if given in (None, ""):
        raise _refused(number, "does not say to which queue it sends", "Give its name as to")
    text = str(given).strip()
    found = queues.by_name(call.store, text)
    if found is None and text.isdecimal() and call.store.holds("queues", int(text)):
        found = QueueId(int(text))
    if found is None:
        raise _refused(number, f"sends to {text!r}, and there is no such queue", "See `queue.list`")
    if found == own:
        raise _refused(number, "sends to the queue it is for", "Name another queue")
    return found


def _refused(number: int, what: str, hint: str) -> Refused:
    return Refused("queue.overflow", f"Overflow rule {number} {what}.", f"{hint}.")
