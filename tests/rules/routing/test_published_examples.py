"""The examples that the reference product publishes about routing."""

import pytest

from omnitui.rules.routing import Assign, Candidate, Decided, Item, Match, Profile, assign_all, rank

CAPACITY, NEAREST = Assign.HIGHEST_CAPACITY, Assign.NEAREST
PROFICIENT, COUNT = Assign.MOST_PROFICIENT, Assign.SKILL_COUNT


def at(clock: str, day: int = 5) -> int:
    hours, minutes = clock.split(":")
    return ((day * 24 + int(hours)) * 60 + int(minutes)) * 60_000


@pytest.mark.parametrize(
    "required", [{"Cafe A-100": 2, "Spanish": 3}, {"Spanish": 3}], ids=["all", "language"]
)
@pytest.mark.parametrize(
    ("assign", "first"), [(CAPACITY, "eric"), (NEAREST, "carlos"), (PROFICIENT, "eric")]
)
def test_exact_match_orders_those_who_qualify(
    required: dict[str, int], assign: Assign, first: str
) -> None:
    agents = [
        Candidate("carlos", capacity=100, skills={"Cafe A-100": 2, "Spanish": 3}),
        Candidate("eric", capacity=200, skills={"Cafe A-100": 3, "Spanish": 4}),
    ]
    ranking = rank(Item("1", skills=required), agents, Match.EXACT, assign)
    assert ranking.logins[0] == first
    assert len(ranking.order) == 2


CLOSE = [
    Candidate("carlos", skills={"Cafe": 2, "Machine": 3, "Spanish": 3}),
    Candidate("eric", skills={"Cafe": 5, "Machine": 4, "Spanish": 1}),
    Candidate("jamie", skills={"Cafe": 1, "Machine": 2, "Spanish": 1}),
]


@pytest.mark.parametrize(
    "required",
    [{"Cafe": 2, "Machine": 3, "Spanish": 3}, {"Cafe": 2, "Machine": 3}],
    ids=["all", "product"],
)
@pytest.mark.parametrize(
    ("assign", "order"),
    [
        (NEAREST, ("carlos", "eric", "jamie")),
        (CAPACITY, ("carlos", "eric", "jamie")),
        (PROFICIENT, ("eric", "carlos", "jamie")),
        (COUNT, ("carlos", "eric", "jamie")),
    ],
)
def test_closest_match_orders_everybody(
    required: dict[str, int], assign: Assign, order: tuple[str, ...]
) -> None:
    assert rank(Item("1", skills=required), CLOSE, Match.CLOSEST, assign).logins == order


FEWER = [
    Candidate("carlos", skills={"Cafe": 2, "Machine": 3, "Spanish": 3}, last_assigned=2),
    Candidate("eric", skills={"Cafe": 5, "Machine": 4}, last_assigned=1),
    Candidate("jamie", skills={"Cafe": 1}, last_assigned=0),
]


def test_the_count_of_skills_orders_those_who_have_fewer() -> None:
    item = Item("1", skills={"Cafe": 2, "Machine": 3, "Spanish": 3})
    assert rank(item, FEWER, Match.CLOSEST, COUNT).logins == ("carlos", "eric", "jamie")


def test_a_tie_in_the_count_of_product_skills_is_broken_by_turn() -> None:
    item = Item("1", skills={"Cafe": 2, "Machine": 3})
    ranking = rank(item, FEWER, Match.CLOSEST, COUNT)
    assert ranking.logins == ("eric", "carlos", "jamie")
    assert ranking.decided is Decided.ASSIGNED
    assert [agent.because.split("; ")[0] for agent in ranking.order] == [
        "eric: 2 of 2 skills at level",
        "carlos: 2 of 2 skills at level",
        "jamie: 0 of 2 skills at level",
    ]


def test_equal_capacity_goes_to_who_was_given_work_longest_ago() -> None:
    agents = [
        Candidate(login, profiles={"chats": Profile(3, used=1)}, last_assigned=at(clock))
        for login, clock in [("lesa", "10:30"), ("alicia", "10:35"), ("alan", "10:37")]
    ]
    items = [
        Item("first", profiles={"chats"}, waiting_since=at("10:40"), at=at("10:40")),
        Item("second", profiles={"chats"}, waiting_since=at("10:45"), at=at("10:45")),
    ]
    outcome = assign_all(items, agents, Match.EXACT, CAPACITY)
    assert outcome.agents == {"first": "lesa", "second": "alicia"}
    assert outcome.ranking["first"] == ("lesa", "alicia", "alan")
    assert outcome.ranking["second"] == ("alicia", "alan", "lesa")


def test_an_item_with_two_profiles_needs_room_in_both() -> None:
    limits = {"high": Profile(2), "normal": Profile(4), "total": Profile(5)}
    agents = [Candidate("ada", profiles=limits), Candidate("bo", profiles=limits)]
    items = [
        Item(f"{kind} {number}", profiles={kind, "total"}, priority=kind != "high")
        for kind in ("high", "normal")
        for number in range(8)
    ]
    outcome = assign_all(items, agents)
    for login in ("ada", "bo"):
        taken = [item.split()[0] for item, agent in outcome.agents.items() if agent == login]
        assert (taken.count("high"), taken.count("normal")) == (2, 3)
    waiting = [left.item.split()[0] for left in outcome.waiting]
    assert (waiting.count("high"), waiting.count("normal")) == (4, 2)
    assert outcome.waiting[0].because == ("both agents are at capacity")


def test_a_customer_who_comes_back_waits_from_when_they_came_back() -> None:
    items = [
        Item("returning", cost=25, waiting_since=at("15:00", day=4)),
        Item("new", cost=25, waiting_since=at("09:00", day=4)),
        Item("newer", cost=25, waiting_since=at("09:10", day=4)),
    ]
    outcome = assign_all(items, [Candidate("ada", capacity=50)])
    assert outcome.agents == {"new": "ada", "newer": "ada"}
    assert [left.item for left in outcome.waiting] == ["returning"]


def test_the_least_active_agent_was_released_first() -> None:
    agents = [
        Candidate("oscar", last_assigned=at("13:00"), released=at("13:15")),
        Candidate("victoria", last_assigned=at("13:05"), released=at("13:10")),
    ]
    call = Item("call", cost=100, waiting_since=at("13:20"), at=at("13:20"))
    ranking = rank(call, agents, Match.EXACT, Assign.LEAST_ACTIVE, now=at("13:20"))
    assert ranking.logins == ("victoria", "oscar")
    assert ranking.because == "victoria: last finished the longest ago; 100 units free"
