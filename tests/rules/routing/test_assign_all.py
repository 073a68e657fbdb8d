from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from omnitui.model.agent import Presence
from omnitui.rules.routing import (
    Assign,
    Candidate,
    Item,
    Match,
    Outcome,
    Profile,
    assign_all,
    rank,
)

LOGINS = st.sampled_from(["ada", "bo", "chidi", "dag", "elin", "farah"])
SKILLS = st.sampled_from(["tv", "wifi", "norwegian"])
QUEUES = st.sampled_from(["Internet", "Billing"])
LEVELS = st.dictionaries(SKILLS, st.integers(1, 4), max_size=3)
TIMES = st.none() | st.integers(0, 5)
PROFILES = st.dictionaries(
    st.sampled_from(["high", "total"]),
    st.builds(Profile, st.integers(0, 3), st.integers(0, 2), st.booleans()),
)
AGENTS = st.lists(
    st.builds(
        Candidate,
        login=LOGINS,
        presence=st.sampled_from([*[Presence.AVAILABLE] * 3, Presence.BUSY, Presence.AWAY]),
        capacity=st.sampled_from([0, 50, 100, 200]),
        used=st.sampled_from([0, 0, 25, 60]),
        skills=LEVELS,
        queues=st.none() | st.frozensets(QUEUES),
        last_assigned=TIMES,
        released=TIMES,
        profiles=PROFILES,
        live=st.sampled_from([0, 0, 1]),
        on_call=st.sampled_from([False, False, True]),
        calls_first=st.sampled_from([False, False, True]),
    ),
    max_size=6,
    unique_by=lambda agent: agent.login,
)
ITEMS = st.lists(
    st.builds(
        Item,
        id=st.sampled_from("abcdefghij"),
        queue=st.just("") | QUEUES,
        cost=st.sampled_from([0, 15, 25, 100]),
        priority=st.integers(0, 1),
        waiting_since=st.integers(0, 3),
        skills=st.just({}) | LEVELS,
        profiles=st.frozensets(st.sampled_from(["high", "total"]), max_size=2),
        at=TIMES,
        live=st.booleans(),
        exclusive=st.sampled_from([False, False, True]),
    ),
    max_size=10,
    unique_by=lambda item: item.id,
)
ASKED = st.builds(
    dict,
    passed=st.just({}) | st.dictionaries(LOGINS, st.integers(1, 2), max_size=2),
    barred=st.just({}) | st.dictionaries(LOGINS, st.just("just declined or missed it"), max_size=1),
    last_agent=st.just("") | LOGINS,
    affinity=st.booleans(),
)
"""What an item asks of one agent and not of another."""
NOW = 4


def given_to(agent: Candidate, item: Item, turn: int = 1) -> Candidate:
    at = NOW if item.at is None else item.at
    return replace(
        agent,
        used=agent.used + item.cost,
        turn=turn,
        live=agent.live + (item.live or item.exclusive),
        on_call=agent.on_call or item.exclusive,
        last_assigned=at if agent.last_assigned is None else max(at, agent.last_assigned),
        profiles={
            name: replace(room, used=room.used + (name in item.profiles))
            for name, room in agent.profiles.items()
        },
    )


def one_by_one(items: list[Item], agents: list[Candidate], match: Match, assign: Assign) -> Outcome:
    """The same by the plain way: every agent is looked at for every item."""
    desk = {agent.login: agent for agent in agents}
    ranking, got = {}, {}
    for item in sorted(items, key=lambda item: (item.priority, item.waiting_since, item.id)):
        ranking[item.id] = rank(item, desk.values(), match, assign).logins
        if ranking[item.id]:
            got[item.id] = ranking[item.id][0]
            desk[got[item.id]] = given_to(desk[got[item.id]], item, len(got))
    return Outcome(
        ranking={"order": tuple(ranking), **ranking, **{f"to {k}": (v,) for k, v in got.items()}}
    )


@settings(max_examples=120)
@given(
    ITEMS,
    AGENTS,
    st.sampled_from(Match),
    st.sampled_from(Assign),
    st.lists(ASKED, min_size=2, max_size=2),
)
def test_it_decides_as_looking_at_every_agent_for_every_item_does(
    items: list[Item],
    agents: list[Candidate],
    match: Match,
    assign: Assign,
    asked: list[dict[str, Any]],
) -> None:
    personal = [replace(item, **more) for item, more in zip(items, asked, strict=False)]
    items = personal + items[len(personal) :]
    outcome = assign_all(items, agents, match, assign, now=NOW)
    plain = one_by_one(items, agents, match, assign).ranking
    told = {"order": tuple(outcome.ranking), **outcome.ranking}
    assert told | {f"to {item}": (login,) for item, login in outcome.agents.items()} == plain


@given(ITEMS, AGENTS, st.sampled_from(Match), st.sampled_from(Assign))
def test_every_item_is_given_once_or_waits(
    items: list[Item], agents: list[Candidate], match: Match, assign: Assign
) -> None:
    outcome = assign_all(items, agents, match, assign, now=NOW)
    given_out = [assigned.item for assigned in outcome.assignments]
    waiting = [left.item for left in outcome.waiting]
    assert sorted(given_out + waiting) == sorted(item.id for item in items)
    assert all(assigned.because for assigned in outcome.assignments)
    assert all(left.because for left in outcome.waiting)
    for assigned in outcome.assignments:
        assert outcome.ranking[assigned.item][0] == assigned.agent
    for item in waiting:
        assert outcome.ranking[item] == ()


@given(ITEMS, AGENTS, st.sampled_from(Match), st.sampled_from(Assign))
def test_nobody_gets_more_than_their_capacity_and_profiles(
    items: list[Item], agents: list[Candidate], match: Match, assign: Assign
) -> None:
    outcome = assign_all(items, agents, match, assign, now=NOW)
    by_id = {item.id: item for item in items}
    for agent in agents:
        mine = [by_id[item] for item, login in outcome.agents.items() if login == agent.login]
        if any(item.cost for item in mine):
            assert agent.used + sum(item.cost for item in mine) <= agent.capacity
        for name, room in agent.profiles.items():
            took = sum(name in item.profiles for item in mine)
            assert took == 0 or took <= room.left
            assert not (mine and room.blocking and room.left <= 0)


@given(ITEMS, AGENTS, st.sampled_from(Assign))
def test_exact_match_gives_nothing_to_who_lacks_a_skill(
    items: list[Item], agents: list[Candidate], assign: Assign
) -> None:
    outcome = assign_all(items, agents, Match.EXACT, assign, now=NOW)
    by_id, by_login = {item.id: item for item in items}, {agent.login: agent for agent in agents}
    for item, login in outcome.agents.items():
        for skill, level in by_id[item].skills.items():
            assert by_login[login].skills.get(skill, 0) >= level


@given(ITEMS, AGENTS, st.sampled_from(Match), st.sampled_from(Assign))
def test_no_item_waits_while_somebody_fits(
    items: list[Item], agents: list[Candidate], match: Match, assign: Assign
) -> None:
    outcome = assign_all(items, agents, match, assign, now=NOW)
    desk = {agent.login: agent for agent in agents}
    by_id = {item.id: item for item in items}
    for item, login in outcome.agents.items():
        desk[login] = given_to(desk[login], by_id[item])
    for left in outcome.waiting:
        assert rank(by_id[left.item], desk.values(), match, assign).order == ()


@given(ITEMS, AGENTS, st.sampled_from(Match), st.sampled_from(Assign), st.randoms())
def test_the_order_of_agents_and_items_does_not_matter(
    items: list[Item], agents: list[Candidate], match: Match, assign: Assign, chance: Random
) -> None:
    first = assign_all(items, agents, match, assign, NOW)
    assert assign_all(items, agents, match, assign, NOW) == first
    assert (
        assign_all(
            chance.sample(items, len(items)),
            chance.sample(agents, len(agents)),
            match,
            assign,
            NOW,
        )
        == first
    )


@given(ITEMS, AGENTS, st.sampled_from(Match), st.sampled_from(Assign))
def test_without_explanations_the_same_items_go_to_the_same_agents(
    items: list[Item], agents: list[Candidate], match: Match, assign: Assign
) -> None:
    told = assign_all(items, agents, match, assign, NOW)
    untold = assign_all(items, agents, match, assign, NOW, explain=False)
    assert untold.agents == told.agents
    assert [left.item for left in untold.waiting] == [left.item for left in told.waiting]
    assert untold.ranking == {}
    assert not any(row.because for row in (*untold.assignments, *untold.waiting))


@given(ITEMS, AGENTS, st.sampled_from(Match), st.sampled_from(Assign))
def test_somebody_of_another_queue_changes_nothing(
    items: list[Item], agents: list[Candidate], match: Match, assign: Assign
) -> None:
    queued = [replace(item, queue=item.queue or "Internet") for item in items]
    stranger = Candidate("a stranger", capacity=1000, queues=("Complaints",))
    with_stranger = assign_all(queued, [*agents, stranger], match, assign, NOW)
    without = assign_all(queued, agents, match, assign, NOW)
    assert with_stranger.agents == without.agents
    assert with_stranger.ranking == without.ranking
    if agents:
        assert [row.because for row in with_stranger.assignments] == [
            row.because for row in without.assignments
        ]


def test_items_have_their_turn_by_priority_then_wait_then_id() -> None:
    items = [
        Item("late", priority=1, waiting_since=9),
        Item("same two", priority=1, waiting_since=5),
        Item("10", priority=1, waiting_since=5),
        Item("same one", priority=1, waiting_since=5),
        Item("9", priority=1, waiting_since=5),
        Item("pressing", priority=0, waiting_since=100),
        Item("later", priority=1, waiting_since=10),
    ]
    assert list(assign_all(items, []).ranking) == [
        "pressing",
        "9",
        "10",
        "same one",
        "same two",
        "late",
        "later",
    ]


def test_equals_take_turns_also_under_closest_match() -> None:
    agents = [Candidate(login, skills={"tv": 3}) for login in ("ada", "bo", "chidi")]
    items = [Item(str(n), cost=25, skills={"tv": 3}, waiting_since=n, at=n) for n in range(6)]
    outcome = assign_all(items, agents, Match.CLOSEST, Assign.ROUND_ROBIN)
    assert list(outcome.agents.values()) == ["ada", "bo", "chidi"] * 2


def test_the_least_active_gets_more_until_full_as_nothing_was_released_since() -> None:
    agents = [Candidate("ada", capacity=50, released=1), Candidate("bo", released=2)]
    items = [Item("1", cost=25), Item("2", cost=25), Item("3", cost=25)]
    outcome = assign_all(items, agents, assign=Assign.LEAST_ACTIVE, now=10)
    assert list(outcome.agents.values()) == ["ada", "ada", "bo"]


def test_equally_active_agents_take_turns() -> None:
    agents = [Candidate("ada"), Candidate("bo")]
    items = [Item(str(n), cost=25, at=n) for n in range(4)]
    outcome = assign_all(items, agents, assign=Assign.LEAST_ACTIVE)
    assert list(outcome.agents.values()) == ["ada", "bo", "ada", "bo"]


def test_closest_match_finds_somebody_without_any_of_the_skills() -> None:
    outcome = assign_all([Item("1", skills={"tv": 5})], [Candidate("ada")], Match.CLOSEST)
    assert outcome.agents == {"1": "ada"}


def test_the_ranking_can_be_cut_short() -> None:
    agents = [Candidate(login) for login in ("ada", "bo", "chidi")]
    outcome = assign_all([Item("1")], agents, ranked=2)
    assert outcome.ranking == {"1": ("ada", "bo")}
    assert outcome.agents == {"1": "ada"}


def test_turns_go_by_the_order_of_assignment_and_not_by_the_clock() -> None:
    agents = [Candidate("ada", last_assigned=9), Candidate("bo", last_assigned=10)]
    items = [Item(str(n), at=2) for n in range(4)]
    outcome = assign_all(items, agents, assign=Assign.ROUND_ROBIN)
    assert list(outcome.agents.values()) == ["ada", "bo", "ada", "bo"]


@pytest.mark.parametrize("assign", [Assign.ROUND_ROBIN, Assign.LEAST_ACTIVE, Assign.SKILL_COUNT])
def test_what_is_given_out_in_one_moment_goes_round(assign: Assign) -> None:
    agents = [Candidate(login, last_assigned=5) for login in ("ada", "bo", "cy", "di")]
    outcome = assign_all([Item(str(n), cost=5) for n in range(12)], agents, assign=assign, now=5)
    assert list(outcome.agents.values()) == ["ada", "bo", "cy", "di"] * 3


def test_the_place_in_the_order_counts_more_than_a_clock_that_was_set_back() -> None:
    agents = [Candidate("ada", last_assigned=3, turn=7), Candidate("bo", last_assigned=9, turn=6)]
    assert rank(Item("1"), agents, assign=Assign.ROUND_ROBIN).logins == ("bo", "ada")


def test_what_blocks_shuts_out_other_work_once_it_is_used_up() -> None:
    agents = [Candidate("ada", profiles={"call": Profile(1, blocking=True)}), Candidate("bo")]
    items = [Item("1", profiles=("call",)), Item("2", cost=25), Item("3", cost=25)]
    assert assign_all(items, agents).agents == {"1": "ada", "2": "bo", "3": "bo"}


def test_two_items_with_one_id_are_a_mistake() -> None:
    with pytest.raises(ValueError, match="two items have the id 1"):
        assign_all([Item("1"), Item("1")], [])


def big(items: int, agents: int, roomy: bool) -> tuple[list[Item], list[Candidate]]:
    chance = Random(7)
    skills = [f"skill {number}" for number in range(50)]
    queues = [f"queue {number}" for number in range(10)]
    people = [
        Candidate(
            f"agent {number:04}",
            capacity=2_000 if roomy else 100,
            skills={skill: chance.randint(1, 5) for skill in chance.sample(skills, 5)},
            queues=None if roomy else frozenset(chance.sample(queues, 3)),
            last_assigned=chance.randint(0, 10**6),
        )
        for number in range(agents)
    ]
    work = [
        Item(
            f"item {number}",
            queue="" if roomy else chance.choice(queues),
            cost=chance.choice([10, 15, 25]),
            priority=chance.randint(0, 3),
            waiting_since=chance.randint(0, 10**6),
            skills={skill: chance.randint(1, 4) for skill in chance.sample(skills, 2)},
        )
        for number in range(items)
    ]
    return work, people
