"""Queue overflow: when it applies to an item, and the reason in words.

Before an item is queued, the rules for closed hours apply, then those for waiting items; while it
waits, those for waiting time. The first rule that applies counts. No item goes to a queue where it
has been, so that it always ends.
"""

from collections.abc import Collection, Iterable, Iterator

from msgspec import Struct

from omnitui.model.queue import OverflowDo, OverflowRule, OverflowWhen

MINUTE = 60_000


class Overflow(Struct, frozen=True):
    """What a rule does with an item, and `because`: a clause that follows `because`."""

    rule: OverflowRule
    because: str


def before(
    rules: Iterable[OverflowRule],
    queue: str,
    *,
    is_open: bool,
    waiting: int,
    been: Collection[int] = (),
) -> Overflow | None:
    """The overflow of an item that is about to be queued, None if it is just queued.

    `waiting` counts the items that wait there without it; `been` are the queues where it has been.
    """
    usable = list(_usable(rules, been))
    if not is_open:
        for rule in usable:
            if rule.when is OverflowWhen.CLOSED:
                return Overflow(rule, f"{queue} is closed")
    for rule in usable:
        if rule.when is OverflowWhen.WAITING_ITEMS and waiting + 1 > rule.above:
            return Overflow(rule, f"{_items(waiting)} in {queue} already")
    return None


def within(
    rules: Iterable[OverflowRule],
    queue: str,
    *,
    waited_ms: int,
    done_minutes: int = 0,
    been: Collection[int] = (),
) -> Overflow | None:
    """The overflow of a waiting item, None if it continues to wait.

    `done_minutes` is the longest wait for which a rule has been applied already.
    """
    late = [
        rule
        for rule in _usable(rules, been)
        if rule.when is OverflowWhen.WAITING_MINUTES
        and rule.above > done_minutes
        and waited_ms >= rule.above * MINUTE
    ]
    if not late:
        return None
    rule = min(late, key=lambda rule: rule.above)
    return Overflow(rule, f"it has waited {_minutes(rule.above)} in {queue}")


def next_minutes(
    rules: Iterable[OverflowRule], done_minutes: int = 0, been: Collection[int] = ()
) -> int | None:
    """After how many minutes of waiting the next rule applies, None if there is none."""
    return min(
        (
            rule.above
            for rule in _usable(rules, been)
            if rule.when is OverflowWhen.WAITING_MINUTES and rule.above > done_minutes
        ),
        default=None,
    )


def _usable(rules: Iterable[OverflowRule], been: Collection[int]) -> Iterator[OverflowRule]:
    return (rule for rule in rules if rule.do is not OverflowDo.QUEUE or rule.to not in been)


def sentence(overflow: Overflow, to: str = "") -> str:
    """What is done and why; `to` is the name of the queue that the rule sends to."""
    done = {
        OverflowDo.QUEUE: f"Goes to {to}",
        OverflowDo.END: "Ends",
        OverflowDo.ASSIGN_ANYWAY: "Stays in the queue",
    }[overflow.rule.do]
    return f"{done}, because {overflow.because}."


def _items(count: int) -> str:
    return "1 item waits" if count == 1 else f"{count} items wait"


def _minutes(count: int) -> str:
    return "1 minute" if count == 1 else f"{count} minutes"
