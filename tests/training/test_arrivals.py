from collections import Counter
from itertools import pairwise
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from omnitui.training.arrivals import BUSY_MS, HOUR_MS, drawn, schedule, transcript_times
from omnitui.training.scenario import load

MORNING, EVENING, FOUR = map(
    load, ("quiet-morning", "evening-outage", "one-customer-four-channels")
)
SEEDS = st.integers(0, 2**32)


@given(SEEDS)
def test_the_same_seed_gives_the_same_schedule(seed: int) -> None:
    assert schedule(MORNING, Random(seed)) == schedule(MORNING, Random(seed))


@given(SEEDS)
def test_customers_arrive_in_order_and_within_the_time(seed: int) -> None:
    arriving = schedule(EVENING, Random(seed))
    times = [one.after_ms for one in arriving]
    assert times == sorted(times)
    assert all(0 <= at < EVENING.lasts_ms for at in times)
    assert [one.number for one in arriving] == list(range(1, len(arriving) + 1))


@given(SEEDS)
def test_everybody_speaks_the_language_and_uses_a_channel_of_their_conversation(seed: int) -> None:
    for one in schedule(MORNING, Random(seed)):
        assert one.persona.language == one.talk.language
        assert one.channel in one.talk.channels


@given(SEEDS)
def test_nobody_is_there_twice_at_once(seed: int) -> None:
    arriving = schedule(EVENING, Random(seed))
    for key in {one.persona.key for one in arriving}:
        times = [one.after_ms for one in arriving if one.persona.key == key]
        assert all(later - earlier >= BUSY_MS for earlier, later in pairwise(times))


@given(SEEDS)
def test_conversations_are_dealt_before_they_are_repeated(seed: int) -> None:
    told = Counter(one.talk.key for one in schedule(EVENING, Random(seed)))
    rare = [count for key, count in told.items() if count == 1]
    assert max(told.values()) <= 30
    assert len(told) == len(EVENING.conversation) or len(rare) < len(told)


@given(SEEDS)
def test_fixed_arrivals_come_whatever_the_seed(seed: int) -> None:
    first = schedule(MORNING, Random(seed))
    keys = [(one.talk.key, one.persona.key, one.after_ms) for one in first]
    assert ("drops-at-eight", "kiana", 15_000) in keys
    assert [one.talk.key for one in schedule(FOUR, Random(seed))] == [
        "kiana-portal",
        "lantern-remote",
        "reminder",
    ]


def test_a_rate_is_kept_hour_by_hour() -> None:
    times = [at for seed in range(40) for at in drawn([60, 0, 6], 3 * HOUR_MS, Random(seed))]
    hours = Counter(at // HOUR_MS for at in times)
    assert 55 * 40 < hours[0] < 65 * 40
    assert hours[1] == 0
    assert 4.5 * 40 < hours[2] < 7.5 * 40


@given(SEEDS, st.integers(0, 300))
def test_every_transcript_gets_a_time_and_a_channel(seed: int, many: int) -> None:
    times = transcript_times(MORNING, many, Random(seed))
    assert len(times) == many
    assert times == sorted(times, key=lambda one: one[0])
    assert {channel for _, channel in times} <= set(MORNING.channels)


def test_transcripts_arrive_where_a_scenario_has_no_rates() -> None:
    times = transcript_times(FOUR, 50, Random(1))
    assert len(times) == 50
    assert {channel for _, channel in times} == {"web"}
