from collections.abc import Callable

from omnitui.store import timers
from omnitui.store.engine import Store

Opened = Callable[..., Store]


def taken(store: Store, now: int) -> list[tuple[str, int, int]]:
    found = []
    while True:
        with store.transaction():
            timer = timers.take(store, now)
        if timer is None:
            return found
        found.append((timer.kind, timer.subject, timer.due_at))


def test_nothing_is_due_on_a_new_store(store: Store) -> None:
    assert timers.next_due(store) is None
    assert taken(store, 2**40) == []


def test_there_is_at_most_one_timer_per_kind_and_subject_and_setting_it_again_moves_it(
    store: Store,
) -> None:
    for due_at in (100, 300, 200):
        timers.start(store, "offer", 1, due_at)
    assert timers.next_due(store) == 200
    assert taken(store, 1_000) == [("offer", 1, 200)]


def test_other_kinds_and_other_subjects_have_their_own(store: Store) -> None:
    timers.start(store, "offer", 1, 100)
    timers.start(store, "grace", 1, 100)
    timers.start(store, "offer", 2, 100)
    assert len(taken(store, 100)) == 3


def test_timers_are_taken_by_due_time_and_then_in_the_order_they_were_set(store: Store) -> None:
    for subject, due_at in ((1, 300), (2, 100), (3, 200), (4, 100)):
        timers.start(store, "offer", subject, due_at)
    assert [subject for _, subject, _ in taken(store, 300)] == [2, 4, 3, 1]


def test_only_what_is_due_is_taken(store: Store) -> None:
    timers.start(store, "offer", 1, 100)
    timers.start(store, "offer", 2, 101)
    assert taken(store, 99) == []
    assert taken(store, 100) == [("offer", 1, 100)]
    assert timers.next_due(store) == 101


def test_a_stopped_timer_is_never_taken(store: Store) -> None:
    timers.start(store, "offer", 1, 100)
    assert timers.stop(store, "offer", 1)
    assert not timers.stop(store, "offer", 1)
    assert taken(store, 1_000) == []


def test_a_timer_whose_work_fails_is_there_again(store: Store) -> None:
    timers.start(store, "offer", 1, 100)
    try:
        with store.transaction():
            timers.take(store, 100)
            raise ValueError
    except ValueError:
        pass
    assert taken(store, 100) == [("offer", 1, 100)]


def test_two_connections_never_take_the_same_timer(opened: Opened) -> None:
    one, other = opened(), opened()
    for subject in range(20):
        timers.start(one, "offer", subject, 100)
    found = []
    for store in (one, other) * 10:
        with store.transaction():
            timer = timers.take(store, 100)
        found.append(timer.subject if timer else None)
    assert found == list(range(20))
    assert taken(one, 100) == taken(other, 100) == []
