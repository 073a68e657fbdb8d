from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs
from msgspec.structs import replace

from omnitui.training.customer import Customer, facts_of, filled
from omnitui.training.mood import Act, Finish, Heard, Leave, Mood, Rate, Say
from omnitui.training.phrases import phrase
from omnitui.training.scenario import (
    Beat,
    Outcome,
    Persona,
    Scenario,
    Talk,
    Temper,
    When,
    load,
)


@pytest.fixture
def customer(small: Scenario) -> Customer:
    return Customer(small.persona[0], small.conversation[0], live=True)


def words(acts: tuple[Act, ...]) -> list[str]:
    return [act.text for act in acts if isinstance(act, Say)]


def hear(
    mind: Mood, text: str, *articles: str, at: int = 10_000, seed: int = 1
) -> tuple[Mood, tuple[Act, ...]]:
    return mind.hears(Heard(text, at, articles), Random(seed))


def arrived(customer: Customer) -> Mood:
    mind, _ = customer.begin(Random(1))
    mind, _ = mind.said(1_000, Random(1))
    return mind


def test_they_begin_with_their_first_words_at_once(customer: Customer) -> None:
    _, acts = customer.begin(Random(1))
    assert acts == (Say("My router drops every evening.", 0),)


REACTIONS = [
    ("Hi Kim, this is Ada.", (), "Hello, good that you are there."),
    ("Which lights are on?", (), "Green, all of them."),
    ("What is your account number?", (), "20001"),
    ("Please see this guide.", ("restart-router",), "I have restarted it."),
    ("Please see this guide.", ("router-drops-at-peak-hours",), "Thank you, it works!"),
    ("Please update to 2.1.4 and change the channel.", (), "Thank you, it works!"),
]


@pytest.mark.parametrize(("text", "articles", "answer"), REACTIONS)
def test_they_react_to_what_they_are_told(
    customer: Customer, text: str, articles: tuple[str, ...], answer: str
) -> None:
    _, acts = hear(arrived(customer), text, *articles)
    assert words(acts) == [answer]


def test_half_of_the_goal_does_not_solve_it(customer: Customer) -> None:
    mind, acts = hear(arrived(customer), "Please update the software of the router to 2.1.4 first.")
    assert "Thank you, it works!" not in words(acts)
    _, acts = hear(mind, "And then change the channel.")
    assert words(acts) == ["Thank you, it works!"]


def test_being_asked_the_same_twice_sours_them(customer: Customer) -> None:
    mind, _ = hear(arrived(customer), "What is your account number?")
    again, acts = hear(mind, "What is your account number?")
    assert again.mood == mind.mood - 1
    assert "20001" in words(acts)[0]
    assert words(acts) != ["20001"]


def test_a_fact_nobody_knows_is_said_to_be_unknown(customer: Customer) -> None:
    _, acts = hear(arrived(customer), "What is the error message?")
    unknown = [phrase("unknown", "en", Temper.EVEN, Random(n)) for n in range(20)]
    assert words(acts)[0] in unknown


def test_they_wait_longer_when_asked_for_a_moment(customer: Customer) -> None:
    mind = replace(customer, greeted=True, waiting_since=0)
    plain, _ = hear(mind, "Thanks.", at=10_000, seed=2)
    asked, acts = hear(mind, "One moment please.", at=10_000, seed=2)
    assert words(acts) == []
    assert plain.impatient_at is not None
    assert asked.impatient_at is not None
    assert asked.impatient_at > plain.impatient_at


def test_they_press_then_press_harder_then_leave(customer: Customer) -> None:
    mind = arrived(customer)
    said: list[str] = []
    at = 0
    for expected in (61_000, 121_000, 181_000):
        assert mind.impatient_at == expected
        at = expected
        mind, acts = mind.waited(at, Random(1))
        said += words(acts)
    assert said[0] == "Are you there?"
    assert any(isinstance(act, Leave) for act in acts)
    assert Finish(Outcome.LEFT, acts[-1].after_ms) == acts[-1]
    assert mind.impatient_at is None


def test_they_are_more_patient_by_mail(small: Scenario) -> None:
    live = arrived(Customer(small.persona[0], small.conversation[0], live=True))
    mail = arrived(Customer(small.persona[0], small.conversation[0], live=False))
    assert live.impatient_at is not None
    assert mail.impatient_at is not None
    assert mail.impatient_at >= live.impatient_at * 10


def test_a_check_that_comes_too_early_changes_nothing(customer: Customer) -> None:
    mind = arrived(customer)
    assert mind.waited(30_000, Random(1)) == (mind, ())


def test_after_enough_wrong_answers_they_make_do(customer: Customer) -> None:
    mind, outcomes = arrived(customer), []
    for n in range(6):
        mind, acts = hear(mind, f"Have you looked at the cable behind the cupboard, number {n}.")
        outcomes += [act.outcome for act in acts if isinstance(act, Finish)]
    assert outcomes == [Outcome.SOLVED]


def test_an_end_before_it_is_solved_leaves_them_unsolved(customer: Customer) -> None:
    mind, acts = arrived(customer).ended(5_000, Random(3))
    assert Finish(Outcome.UNSOLVED) in acts
    assert mind.mood == -1


def test_an_end_too_early_brings_them_back_where_a_beat_says_so(customer: Customer) -> None:
    beat = Beat(when=When.ENDED, say="We were not done!", mood=-1)
    talk = structs.replace(customer.talk, beat=[*customer.talk.beat, beat])
    mind, acts = arrived(replace(customer, talk=talk)).ended(5_000, Random(3))
    assert words(acts) == ["We were not done!"]
    assert not any(isinstance(act, Finish) for act in acts)
    _, acts = mind.ended(90_000, Random(3))
    assert Finish(Outcome.UNSOLVED) in acts


@pytest.mark.parametrize(
    ("mood", "outcome", "stars"),
    [
        (3, Outcome.SOLVED, 5),
        (1, Outcome.SOLVED, 4),
        (-2, Outcome.SOLVED, 3),
        (0, Outcome.UNSOLVED, 2),
        (-3, Outcome.LEFT, 1),
    ],
)
def test_stars_follow_outcome_and_mood(
    customer: Customer, mood: int, outcome: Outcome, stars: int
) -> None:
    assert replace(customer, mood=mood, outcome=outcome).stars == stars


def test_slots_are_filled_from_what_they_know(small: Scenario) -> None:
    facts = facts_of(small.persona[0], small.conversation[0])
    assert filled("{first_name}, account {account}, {nothing}", facts) == "Kim, account 20001, "


def _everybody() -> list[tuple[Persona, Talk]]:
    pairs = []
    for name in ("quiet-morning", "evening-outage", "one-customer-four-channels", "bot-first"):
        scenario = load(name)
        pairs += [(scenario.persona[n % len(scenario.persona)], talk)
                  for n, talk in enumerate(scenario.conversation)]  # fmt: skip
    return pairs


EVERYBODY = _everybody()
AGENTS_SAY = [
    "Hi, this is Ada.",
    "One moment please.",
    "What is your account number?",
    "Which lights are on, and since when?",
    "How is the weather?",
    "Please restart the router and wait until all the lights are green again.",
    "Is there anything else?",
    "We expect it to be over by 21:00. Update to 2.1.4.",
    "",
]
EVENT = st.one_of(
    st.tuples(st.just("hears"), st.sampled_from(AGENTS_SAY), st.booleans()),
    st.tuples(st.just("said"), st.just(""), st.just(False)),
    st.tuples(st.just("waited"), st.just(""), st.just(False)),
    st.tuples(st.just("ended"), st.just(""), st.just(False)),
)


@given(st.sampled_from(EVERYBODY), st.booleans(), st.integers(0, 9), st.lists(EVENT, max_size=25))
def test_whatever_happens_a_customer_stays_within_bounds(
    pair: tuple[Persona, Talk], live: bool, seed: int, events: list[tuple[str, str, bool]]
) -> None:
    random = Random(seed)
    mind: Mood
    mind, acts = Customer(*pair, live).begin(random)
    everything = list(acts)
    at = 0
    for what, text, article in events:
        at += 20_000
        before = mind
        if what == "hears":
            mind, acts = mind.hears(Heard(text, at, ("restart-router",) * article), random)
        elif what == "waited":
            at = max(at, mind.impatient_at or 0)
            mind, acts = mind.waited(at, random)
        elif what == "ended":
            mind, acts = mind.ended(at, random)
        else:
            mind, acts = mind.said(at, random)
        assert -3 <= mind.mood <= 3
        assert all(act.after_ms >= 0 for act in acts)
        assert all(act.text.strip() for act in acts if isinstance(act, Say))
        assert all(1 <= act.stars <= 5 for act in acts if isinstance(act, Rate))
        if isinstance(before, Customer) and before.gone:
            assert not any(isinstance(act, Say) for act in acts)
        everything += acts
    said = [act.text for act in everything if isinstance(act, Say)]
    facts = facts_of(*pair).values()
    once = [text for beat in pair[1].beat for text in beat.choices if "{" not in text]
    assert all(said.count(text) <= 1 for text in once if text not in facts)
    assert sum(isinstance(act, Finish) for act in everything) <= 1 + events.count(ENDED)


ENDED = ("ended", "", False)
