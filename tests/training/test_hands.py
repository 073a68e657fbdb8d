"""What an agent on autopilot does next, and when: one thing at a time, and no idle waiting."""

from hypothesis import given
from hypothesis import strategies as st

from omnitui.training.autopilot import Hands, Pressing
from omnitui.training.schedule import Schedule

Job = tuple[int, Pressing, int]
JOBS = st.lists(st.tuples(st.integers(0, 60), st.sampled_from(Pressing), st.integers(0, 20)))


def played(jobs: list[Job]) -> list[tuple[int, int]]:
    """The jobs in the order in which they are done, by their place, each with when.

    A job is when it can begin, how pressing it is, and how long it takes.
    """
    schedule = Schedule()
    hands, now = Hands(schedule), 0
    done: list[tuple[int, int]] = []
    for number, (at, pressing, work) in enumerate(jobs):
        hands.plan(at, pressing, lambda number=number: done.append((number, now)), work)
    while schedule.next_at is not None:
        now = schedule.next_at
        schedule.run_next(now)
    return done


def test_waiting_for_something_keeps_nobody_from_doing_something_else() -> None:
    later, now = (40, Pressing.FINISH, 5), (3, Pressing.LIVE, 20)
    assert played([later, now]) == [(1, 23), (0, 45)]


def test_what_is_begun_is_finished_and_then_the_most_pressing_comes_first() -> None:
    jobs = [
        (0, Pressing.LETTER, 30),
        (1, Pressing.LETTER, 10),
        (2, Pressing.FINISH, 10),
        (3, Pressing.LIVE, 10),
        (4, Pressing.RINGS, 1),
    ]
    assert played(jobs) == [(0, 30), (4, 31), (3, 41), (2, 51), (1, 61)]


def test_what_is_as_pressing_keeps_its_order() -> None:
    assert [job for job, _ in played([(5, Pressing.LIVE, 9)] * 4)] == [0, 1, 2, 3]


@given(JOBS)
def test_everything_is_done_once_never_two_things_at_a_time_and_never_idly(jobs: list[Job]) -> None:
    done = played(jobs)
    assert sorted(number for number, _ in done) == list(range(len(jobs)))
    free = 0
    left = set(range(len(jobs)))
    for number, finished in done:
        began = finished - jobs[number][2]
        assert began == max(free, min(jobs[one][0] for one in left))
        assert jobs[number][0] <= began
        left.remove(number)
        free = finished
