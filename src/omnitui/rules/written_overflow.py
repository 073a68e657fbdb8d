"""Overflow rules as people write them, word by word; queues are named.

Pure: the queues that there are come in as names.
"""

from collections.abc import Collection, Iterable, Mapping
from enum import StrEnum
from typing import Any, TypeVar

from msgspec import Struct

from omnitui.model.queue import OverflowDo, OverflowWhen
from omnitui.rules.notices import LONGEST, unfit
from omnitui.safetext import clean

_KEYS = ("when", "do", "above", "to", "say")
_MOST = {OverflowWhen.WAITING_ITEMS: 10_000, OverflowWhen.WAITING_MINUTES: 2 * 24 * 60}

Word = TypeVar("Word", bound=StrEnum)


class OverflowMistake(ValueError):
    """Why a written rule is none; `key` says where, such as `overflow[0].above`."""

    def __init__(self, number: int, key: str, what: str, hint: str) -> None:
        super().__init__(f"Overflow rule {number + 1} {what}.")
        self.key, self.hint = f"overflow[{number}].{key}", f"{hint}."


class WrittenOverflow(Struct, frozen=True):
    """An overflow rule that refers to a queue by name, `""` for none."""

    when: OverflowWhen
    do: OverflowDo
    above: int = 0
    to: str = ""
    say: str = ""


def written_overflow(
    given: Iterable[Mapping[str, Any]], own: str, queues: Collection[str] | None
) -> tuple[WrittenOverflow, ...]:
    """The rules that are meant, of the queue `own`; raises `OverflowMistake`.

    `queues` are those that may be sent to; None is not known and is not checked.
    """
    return tuple(_rule(one, number, own, queues) for number, one in enumerate(given))


def _rule(
    given: Mapping[str, Any], number: int, own: str, queues: Collection[str] | None
) -> WrittenOverflow:
    strange = [str(key) for key in given if key not in _KEYS]
    if strange:
        what = f"has an unknown key {strange[0]!r}"
        raise OverflowMistake(number, strange[0], what, f"Use {', '.join(_KEYS)}")
    when = _word(OverflowWhen, given.get("when"), "when", number)
    do = _word(OverflowDo, given.get("do"), "do", number)
    above = _above(when, given.get("above"), number)
    to = _to(do, given.get("to"), number, own, queues)
    say = given.get("say") or ""
    if not isinstance(say, str):
        raise OverflowMistake(number, "say", "has a `say` that is not text", "Give say as text")
    said = str(clean(say, limit=LONGEST)).strip()
    for problem in unfit(said) if said else ():
        what = f"has a `say` that is not valid: {problem}"
        raise OverflowMistake(number, "say", what, "Write it like a notice")
    return WrittenOverflow(when, do, above, to, said)


def _word(kind: type[Word], given: Any, key: str, number: int) -> Word:
    try:
        return kind(given)
    except ValueError:
        what = f"has no {key}" if given is None else f"cannot have {given!r} as {key}"
        raise OverflowMistake(number, key, what, f"Use one of {', '.join(kind)}") from None


def _above(when: OverflowWhen, given: Any, number: int) -> int:
    most = _MOST.get(when)
    if most is None:
        if given not in (None, 0):
            what = "is for closed hours, so `above` has no meaning"
            raise OverflowMistake(number, "above", what, "Leave out above")
        return 0
    if isinstance(given, bool) or not isinstance(given, int) or not 1 <= given <= most:
        unit = "items" if when is OverflowWhen.WAITING_ITEMS else "minutes"
        what = f"needs above as a number of {unit}"
        raise OverflowMistake(number, "above", what, f"Give 1 to {most}")
    return given


def _to(do: OverflowDo, given: Any, number: int, own: str, queues: Collection[str] | None) -> str:
    name = "" if given is None else str(given).strip()
    if do is not OverflowDo.QUEUE:
        if name:
            what = "has `to`, but `do` is not queue"
            raise OverflowMistake(number, "to", what, "Leave out to")
        return ""
    if not name:
        what = "has no queue to send to"
        raise OverflowMistake(number, "to", what, "Give its name as to")
    if queues is not None and name.casefold() not in [queue.casefold() for queue in queues]:
        what = f"sends to {name!r}, a queue that does not exist"
        raise OverflowMistake(number, "to", what, "See `queue.list`")
    if name.casefold() == own.casefold():
        what = "sends to its own queue"
        raise OverflowMistake(number, "to", what, "Give another queue")
    return name
