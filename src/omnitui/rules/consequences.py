"""What is said before something is done to cases: terms, children, tasks, conversations, clocks."""

from collections.abc import Iterator, Sequence

from omnitui.model.case import Case, CaseStatus
from omnitui.model.entitlement import WHOLE, Terms, number
from omnitui.model.sla import GivenTarget
from omnitui.rules.cases import Closing, listed
from omnitui.rules.entitled import unit

_SHOWN = 3
_LONGEST = 40


def of_terms(cases: Sequence[Case], owed: Terms, amount: int, left: int, channel: str) -> str:
    """What cases would use (`amount` parts, below zero: give back), and what is then left."""
    much, one = number(abs(amount)), len(cases) == 1
    what = unit(owed) if much != 1 else unit(owed).removesuffix("s")
    uses, returns = ("uses", "returns") if one else ("use", "return")
    verb = f"{uses} {much} {what} of" if amount > 0 else f"{returns} {much} {what} to"
    said = f"{listed(cases)} {verb} {owed.name} ({channel}); {number(left)} will be left."
    if owed.restrict and left < 0 < amount:
        said += f" That is {number(-left)} over the total. Resolving always counts."
    return said


def of_hold(case: Case, owed: Terms, amount: int) -> str:
    """What a case holds no longer (`amount` parts) when it is cancelled or merged."""
    what = "case" if amount == WHOLE else "cases"
    return f"{case.number} no longer holds {number(amount)} {what} of {owed.name}."


def of_children(children: Sequence[Case], status: CaseStatus, closing: Closing) -> Iterator[str]:
    """What becomes of the active children of a case that comes to its end."""
    if not children or closing is Closing.CHILDREN_FIRST:
        return
    one = len(children) == 1
    who = f"Its child {listed(children)}" if one else f"Its children {listed(children)}"
    if closing is Closing.WITH_PARENT:
        yield f"{who} {'is' if one else 'are'} {status.value} with it."
    else:
        yield f"{who} {'stays' if one else 'stay'} active."


def of_tasks(titles: Sequence[str]) -> Iterator[str]:
    """Which tasks are open."""
    if titles:
        many = "task is" if len(titles) == 1 else "tasks are"
        yield f"{len(titles)} {many} open: {_some([f'“{_short(title)}”' for title in titles])}."


def of_conversations(names: Sequence[str]) -> Iterator[str]:
    """Which conversations about it go on."""
    if names:
        one = len(names) == 1
        who = "The conversation with" if one else f"{len(names)} conversations about it:"
        yield f"{who} {_some(names)} {'stays' if one else 'stay'} open."


def of_merge(
    survivor: Case,
    others: Sequence[Case],
    conversations: int,
    tasks: int,
    children: Sequence[Case],
) -> Iterator[str]:
    """What a merge moves, and what becomes of the cases that are merged."""
    one = len(others) == 1
    yield f"{listed(others)} {'is' if one else 'are'} cancelled, merged into {survivor.number}."
    moved = [
        f"{count} {word if count == 1 else f'{word}s'}"
        for count, word in ((conversations, "conversation"), (tasks, "open task"))
        if count
    ]
    moved += [f"the children {listed(children)}"] if children else []
    everything = "All its records move" if one else "All their records move"
    yield f"{everything} to {survivor.number}{f': {_joined(moved)}' if moved else ''}."


def of_clock(given: GivenTarget, status: CaseStatus, now: int) -> str:
    """What becomes of a running promise on a case that comes to its end now."""
    if status is CaseStatus.CANCELLED:
        return f"{given.name} no longer applies."
    late = given.paused_at is None and now >= given.fail_at
    return f"{given.name} is met{' late' if late else ''}."


def _some(names: Sequence[str]) -> str:
    shown = ", ".join(names[:_SHOWN])
    return shown + (f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else "")


def _joined(parts: Sequence[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"


def _short(title: str) -> str:
    return title if len(title) <= _LONGEST else f"{title[: _LONGEST - 1].rstrip()}…"
