"""Overflow: which rule counts, what is said, and that no item goes round in circles."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omnitui.model.ids import QueueId
from omnitui.model.queue import OverflowDo, OverflowRule, OverflowWhen
from omnitui.rules.overflow import MINUTE, Overflow, before, next_minutes, sentence, within

CLOSED, ITEMS, MINUTES = OverflowWhen
TO_QUEUE, END, ANYWAY = OverflowDo


def rule(
    when: OverflowWhen, do: OverflowDo = END, above: int = 0, to: int | None = None
) -> OverflowRule:
    return OverflowRule(when, do, above, None if to is None else QueueId(to))


@pytest.mark.parametrize(
    ("rules", "is_open", "waiting", "been", "chosen", "because"),
    [
        ((), False, 99, (), None, ""),
        ((rule(CLOSED),), True, 99, (), None, ""),
        ((rule(CLOSED),), False, 0, (), 0, "Internet is closed"),
        ((rule(ITEMS, above=2),), True, 1, (), None, ""),
        ((rule(ITEMS, above=2),), True, 2, (), 0, "2 items wait in Internet already"),
        ((rule(ITEMS, above=1),), True, 1, (), 0, "1 item waits in Internet already"),
        ((rule(MINUTES, above=1),), False, 99, (), None, ""),
        # Closed hours come first, whatever the order of the rules.
        ((rule(ITEMS, above=1), rule(CLOSED)), False, 5, (), 1, "Internet is closed"),
        ((rule(ITEMS, above=1), rule(CLOSED)), True, 5, (), 0, "5 items wait in Internet already"),
        ((rule(ITEMS, above=9), rule(ITEMS, above=3)), True, 5, (), 1, "5 items wait in"),
        # A queue where it has been is passed over.
        ((rule(CLOSED, TO_QUEUE, to=2), rule(CLOSED)), False, 0, (2,), 1, "Internet is closed"),
        ((rule(CLOSED, TO_QUEUE, to=2),), False, 0, (2,), None, ""),
        ((rule(CLOSED, TO_QUEUE, to=2),), False, 0, (3,), 0, "Internet is closed"),
    ],
)
def test_before_an_item_is_queued(
    rules: tuple[OverflowRule, ...],
    is_open: bool,
    waiting: int,
    been: tuple[int, ...],
    chosen: int | None,
    because: str,
) -> None:
    found = before(rules, "Internet", is_open=is_open, waiting=waiting, been=been)
    if chosen is None:
        assert found is None
    else:
        assert found is not None
        assert found.rule is rules[chosen]
        assert found.because.startswith(because)


@pytest.mark.parametrize(
    ("waited", "done", "chosen", "following"),
    [
        (0, 0, None, 5),
        (5 * MINUTE - 1, 0, None, 5),
        (5 * MINUTE, 0, 5, 5),
        (5 * MINUTE, 5, None, 20),
        (90 * MINUTE, 0, 5, 5),
        (90 * MINUTE, 5, 20, 20),
        (90 * MINUTE, 20, None, None),
    ],
)
def test_while_an_item_waits(
    waited: int, done: int, chosen: int | None, following: int | None
) -> None:
    rules = (rule(MINUTES, END, 20), rule(MINUTES, ANYWAY, 5), rule(CLOSED), rule(ITEMS, above=1))
    found = within(rules, "Internet", waited_ms=waited, done_minutes=done)
    assert (found.rule.above if found else None) == chosen
    assert next_minutes(rules, done) == following


def test_a_queue_where_it_has_been_is_not_waited_for() -> None:
    rules = (rule(MINUTES, TO_QUEUE, 5, to=2), rule(MINUTES, ANYWAY, 20))
    assert next_minutes(rules, been={2}) == 20
    assert within(rules, "Internet", waited_ms=9 * MINUTE, been={2}) is None


@pytest.mark.parametrize(
    ("do", "says"),
    [
        (TO_QUEUE, "Goes to Billing, because Internet is closed."),
        (END, "Ends, because Internet is closed."),
        (ANYWAY, "Stays in the queue, because Internet is closed."),
    ],
)
def test_what_is_done_is_said_with_its_reason(do: OverflowDo, says: str) -> None:
    found = Overflow(rule(CLOSED, do, to=2), "Internet is closed")
    assert sentence(found, "Billing") == says


def test_one_minute_is_one_minute() -> None:
    found = within((rule(MINUTES, above=1),), "Internet", waited_ms=MINUTE)
    assert found is not None
    assert found.because == "it has waited 1 minute in Internet"


QUEUES = range(1, 6)
RULES = st.lists(
    st.builds(
        OverflowRule,
        when=st.sampled_from(OverflowWhen),
        do=st.sampled_from(OverflowDo),
        above=st.integers(1, 3),
        to=st.sampled_from(QUEUES).map(QueueId),
    ),
    max_size=4,
)


@given(
    st.fixed_dictionaries(dict.fromkeys(QUEUES, RULES)),
    st.sampled_from(QUEUES),
    st.lists(st.tuples(st.booleans(), st.integers(0, 4), st.booleans()), max_size=20),
)
def test_an_item_is_in_no_queue_twice_and_comes_to_an_end(
    rules: dict[int, list[OverflowRule]], queue: int, world: list[tuple[bool, int, bool]]
) -> None:
    been, done = [queue], 0
    for is_open, waiting, late in world:
        if late:
            found = within(rules[queue], "Q", waited_ms=10 * MINUTE, done_minutes=done, been=been)
            done = found.rule.above if found else done
        else:
            found = before(rules[queue], "Q", is_open=is_open, waiting=waiting, been=been)
        if found is None or found.rule.do is ANYWAY:
            continue
        if found.rule.do is END:
            break
        assert found.rule.to is not None
        queue, done = found.rule.to, 0
        been.append(queue)
    assert len(been) == len(set(been))
