import pytest
from hypothesis import given
from hypothesis import strategies as st

from omnitui.model.agent import Presence
from omnitui.rules.routing import Assign, Candidate, Item, Match, ProfileRoom, rank

MINUTE = 60_000


@pytest.mark.parametrize(
    ("item", "agent", "because"),
    [
        (
            Item("1", cost=25),
            Candidate("ada", used=90),
            "ada has 10 of 100 units free, 25 needed.",
        ),
        (Item("1"), Candidate("ada", used=125), "ada has -25 of 100 units free, 0 needed."),
        (Item("1", queue="TV"), Candidate("ada", queues=()), "ada is not in the queue TV."),
        (
            Item("1"),
            Candidate("ada", presence=Presence.AWAY),
            "ada is away, available or busy needed.",
        ),
        (
            Item("1", allowed_presence=()),
            Candidate("ada"),
            "ada is available, and nobody is given this.",
        ),
        (Item("1", skills={"tv": 1}), Candidate("ada"), "ada lacks tv."),
        (Item("1", skills={"tv": 0}), Candidate("ada"), "ada lacks tv."),
        (
            Item("1", skills={"tv": 3}),
            Candidate("ada", skills={"tv": 2}),
            "ada has tv at 2, 3 needed.",
        ),
        (Item("1", profiles=("high",)), Candidate("ada"), "ada has no capacity profile high."),
        (
            Item("1", profiles=("high",)),
            Candidate("ada", profiles={"high": ProfileRoom(2, 2)}),
            "ada has used 2 of 2 of high.",
        ),
        (
            Item("1", cost=25),
            Candidate("ada", profiles={"high": ProfileRoom(2, 2, blocking=True)}),
            "ada takes no other work, high being used up.",
        ),
        (
            Item("1", queue="TV", cost=25, skills={"tv": 1, "norwegian": 2}),
            Candidate(
                "ada", Presence.OFFLINE, used=80, queues=("Billing",), skills={"norwegian": 1}
            ),
            "ada is not in the queue TV, is offline, available or busy needed, lacks tv,"
            " has norwegian at 1, 2 needed and has 20 of 100 units free, 25 needed.",
        ),
    ],
)
def test_everything_in_an_agents_way_is_said(item: Item, agent: Candidate, because: str) -> None:
    ranking = rank(item, [agent])
    assert [excluded.because for excluded in ranking.excluded] == [because]
    assert ranking.because == "The one agent there is does not fit."


@pytest.mark.parametrize(
    ("item", "agent"),
    [
        (Item("1", cost=25), Candidate("ada", used=75)),
        (Item("1"), Candidate("ada", used=100)),
        (Item("1", queue=""), Candidate("ada", queues=())),
        (Item("1", queue="TV"), Candidate("ada", queues=None)),
        (Item("1", queue="TV"), Candidate("ada", queues=["TV"])),
        (Item("1", skills={"tv": 3}), Candidate("ada", skills={"tv": 3})),
        (
            Item("1", profiles=("high",)),
            Candidate("ada", used=500, profiles={"high": ProfileRoom(1)}),
        ),
        (
            Item("1", cost=25),
            Candidate("ada", profiles={"high": ProfileRoom(2, 2, blocking=False)}),
        ),
        (
            Item("1", allowed_presence={Presence.AWAY}),
            Candidate("ada", presence=Presence.AWAY),
        ),
    ],
)
def test_an_agent_with_nothing_in_the_way_fits(item: Item, agent: Candidate) -> None:
    ranking = rank(item, [agent])
    assert ranking.logins == ("ada",)
    assert ranking.because == "ada alone fits."


def test_without_agents_that_is_what_is_said() -> None:
    nobody = [Candidate("ada", used=100), Candidate("bo", used=100)]
    assert rank(Item("1", cost=1), nobody).because == "None of 2 agents fits."
    assert rank(Item("1"), []).because == "There are no agents."


def test_what_counted_is_told_of_everybody_who_fits() -> None:
    agents = [
        Candidate("ada", used=50, skills={"tv": 4}, last_assigned=0),
        Candidate("bo", skills={"tv": 1}, profiles={"high": ProfileRoom(3, 1)}),
    ]
    item = Item("1", cost=25, skills={"tv": 2, "norwegian": 1})
    ranking = rank(item, agents, Match.CLOSEST, now=3 * MINUTE)
    assert [considered.because for considered in ranking.order] == [
        "tv 4 of 2, norwegian 0 of 1, 50 of 100 units free, given work 3 min ago",
        "tv 1 of 2, norwegian 0 of 1, 100 of 100 units free, never given work",
    ]
    only_profiles = rank(Item("2", profiles=("high",)), agents)
    assert only_profiles.order[0].because == "2 of high left, never given work"


@pytest.mark.parametrize(
    ("agents", "match", "assign", "order", "because"),
    [
        (
            [Candidate("ada", used=50), Candidate("bo", used=25)],
            Match.EXACT,
            Assign.HIGHEST_CAPACITY,
            ("bo", "ada"),
            "bo has the most room, before ada.",
        ),
        (
            [Candidate("ada", last_assigned=5), Candidate("bo", last_assigned=4)],
            Match.EXACT,
            Assign.HIGHEST_CAPACITY,
            ("bo", "ada"),
            "bo and ada are equal, and bo has been without new work longer.",
        ),
        (
            [Candidate("bo"), Candidate("ada")],
            Match.EXACT,
            Assign.HIGHEST_CAPACITY,
            ("ada", "bo"),
            "ada and bo are equal in everything; ada comes first by login.",
        ),
        (
            [Candidate("ada", last_assigned=5), Candidate("bo", used=75, last_assigned=4)],
            Match.EXACT,
            Assign.ROUND_ROBIN,
            ("bo", "ada"),
            "bo and ada are equal, and bo has been without new work longer.",
        ),
        (
            [Candidate("ada", last_assigned=1), Candidate("bo")],
            Match.EXACT,
            Assign.ROUND_ROBIN,
            ("bo", "ada"),
            "bo and ada are equal, and bo has been without new work longer.",
        ),
        (
            [Candidate("ada", released=1), Candidate("bo", last_assigned=9)],
            Match.EXACT,
            Assign.LEAST_ACTIVE,
            ("bo", "ada"),
            "bo has been idle the longest, before ada.",
        ),
        (
            [Candidate("ada", released=1, last_assigned=9), Candidate("bo", released=1)],
            Match.EXACT,
            Assign.LEAST_ACTIVE,
            ("bo", "ada"),
            "bo and ada are equal, and bo has been without new work longer.",
        ),
        (
            [Candidate("ada", skills={"tv": 2}), Candidate("bo", skills={"tv": 5})],
            Match.EXACT,
            Assign.NEAREST,
            ("ada", "bo"),
            "ada has the skills closest to those asked for, before bo.",
        ),
        (
            [Candidate("ada", skills={"tv": 2}), Candidate("bo", skills={"tv": 5})],
            Match.EXACT,
            Assign.MOST_PROFICIENT,
            ("bo", "ada"),
            "bo is the most proficient, before ada.",
        ),
        (
            [Candidate("ada", skills={"tv": 1}), Candidate("bo", used=75, skills={"tv": 2})],
            Match.CLOSEST,
            Assign.HIGHEST_CAPACITY,
            ("bo", "ada"),
            "bo has the skills closest to those asked for, before ada.",
        ),
        (
            [Candidate("ada", used=25, skills={"tv": 2}), Candidate("bo", skills={"tv": 2})],
            Match.CLOSEST,
            Assign.HIGHEST_CAPACITY,
            ("bo", "ada"),
            "bo has the most room, before ada.",
        ),
        (
            [Candidate("ada", capacity=200), Candidate("bo", skills={"tv": 1})],
            Match.CLOSEST,
            Assign.SKILL_COUNT,
            ("bo", "ada"),
            "bo has the most of the skills, before ada.",
        ),
    ],
)
def test_what_decides_is_said(
    agents: list[Candidate],
    match: Match,
    assign: Assign,
    order: tuple[str, ...],
    because: str,
) -> None:
    needs = any(agent.skills for agent in agents)
    ranking = rank(Item("1", cost=25, skills={"tv": 2} if needs else {}), agents, match, assign)
    assert (ranking.logins, ranking.because) == (order, because)


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        # Exactly qualified, then over-, then under-qualified.
        ({"a": 2, "b": 3}, {"a": 3, "b": 3}),
        ({"a": 9, "b": 9}, {"a": 2, "b": 2}),
        ({"a": 3, "b": 3}, {"a": 9, "b": 2}),
        # More at the very level, then less too much.
        ({"a": 2, "b": 9}, {"a": 3, "b": 4}),
        ({"a": 3, "b": 4}, {"a": 3, "b": 5}),
        # Among those who lack something: more at the level, then above, then less missing.
        ({"a": 2}, {"a": 3}),
        ({"a": 3}, {"a": 1, "b": 2}),
        ({"a": 1, "b": 2}, {"a": 1, "b": 1}),
        ({"a": 1}, {}),
    ],
)
def test_closeness_is_graded(better: dict[str, int], worse: dict[str, int]) -> None:
    agents = [
        Candidate("worse", skills=worse, last_assigned=0),
        Candidate("better", skills=better, last_assigned=1),
    ]
    item = Item("1", skills={"a": 2, "b": 3})
    assert rank(item, agents, Match.CLOSEST, Assign.NEAREST).logins == ("better", "worse")


@pytest.mark.parametrize(
    ("ms", "words"),
    [
        (0, "just now"),
        (-5, "just now"),
        (59_999, "59 s ago"),
        (60_000, "1 min ago"),
        (7_199_999, "1 h ago"),
        (86_400_000 * 3, "3 d ago"),
    ],
)
def test_how_long_ago_is_said_in_the_largest_unit(ms: int, words: str) -> None:
    ranking = rank(Item("1"), [Candidate("ada", last_assigned=1_000_000)], now=1_000_000 + ms)
    assert ranking.order[0].because.endswith(f"given work {words}")


def test_two_agents_with_one_login_are_a_mistake() -> None:
    with pytest.raises(ValueError, match="two agents are called ada"):
        rank(Item("1"), [Candidate("ada"), Candidate("ada")])


def test_a_cost_below_nothing_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="below nothing"):
        Item("1", cost=-1)


@given(st.permutations(["ada", "bo", "chidi", "dag", "elin"]), st.sampled_from(Assign))
def test_the_order_in_which_agents_are_listed_does_not_matter(
    logins: list[str], assign: Assign
) -> None:
    ranking = rank(Item("1"), [Candidate(login) for login in logins], assign=assign)
    assert ranking.logins == ("ada", "bo", "chidi", "dag", "elin")
