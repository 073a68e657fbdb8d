import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from omnitui.model.agent import Presence
from omnitui.rules.routing import (
    Assign,
    Candidate,
    Decided,
    Hurdle,
    Item,
    Match,
    Obstacle,
    Profile,
    rank,
)

CAPACITY, ROUND_ROBIN, LEAST = Assign.HIGHEST_CAPACITY, Assign.ROUND_ROBIN, Assign.LEAST_ACTIVE
PROFICIENT, NEAREST, COUNT = Assign.MOST_PROFICIENT, Assign.NEAREST, Assign.SKILL_COUNT


def clock(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"


@pytest.mark.parametrize(
    ("item", "agent", "kinds", "because"),
    [
        (
            Item("1", cost=25),
            Candidate("bo", used=90),
            [Hurdle.CAPACITY],
            "bo has 10 of 100 units free, 25 needed",
        ),
        (
            Item("1"),
            Candidate("bo", used=125),
            [Hurdle.CAPACITY],
            "bo has -25 of 100 units free, 0 needed",
        ),
        (
            Item("1", queue="Billing"),
            Candidate("dag", queues=("TV",)),
            [Hurdle.QUEUE],
            "dag is not in Billing",
        ),
        (
            Item("1", queue="Billing"),
            Candidate("dag", queues=()),
            [Hurdle.QUEUE],
            "dag is not in Billing",
        ),
        (Item("1"), Candidate("ada", Presence.AWAY), [Hurdle.PRESENCE], "ada is away"),
        (Item("1"), Candidate("ada", Presence.INACTIVE), [Hurdle.PRESENCE], "ada is inactive"),
        (
            Item("1"),
            Candidate("ada", Presence.DO_NOT_DISTURB),
            [Hurdle.PRESENCE],
            "ada is on do not disturb",
        ),
        (
            Item("1", allowed_presence=()),
            Candidate("ada"),
            [Hurdle.PRESENCE],
            "ada is available",
        ),
        (
            Item("1", allowed_presence=(Presence.AVAILABLE,)),
            Candidate("ada", Presence.BUSY),
            [Hurdle.PRESENCE],
            "ada is busy",
        ),
        (
            Item("1", skills={"router": 3}),
            Candidate("chidi", skills={"router": 2}),
            [Hurdle.SKILL],
            "chidi lacks router (needs 3, has 2)",
        ),
        (
            Item("1", skills={"router": 3}),
            Candidate("chidi"),
            [Hurdle.SKILL],
            "chidi lacks router (needs 3, has none)",
        ),
        (
            Item("1", skills={"router": 0}),
            Candidate("chidi"),
            [Hurdle.SKILL],
            "chidi lacks router (needs 1, has none)",
        ),
        (
            Item("1", profiles=("high",)),
            Candidate("elin"),
            [Hurdle.PROFILE],
            "elin has no profile high",
        ),
        (
            Item("1", profiles=("high",)),
            Candidate("elin", profiles={"high": Profile(2, 2)}),
            [Hurdle.PROFILE],
            "elin has used 2 of 2 of profile high today",
        ),
        (
            Item("1", profiles=("high",)),
            Candidate("elin", profiles={"high": Profile(2, 3, daily=False)}),
            [Hurdle.PROFILE],
            "elin has used 3 of 2 of profile high",
        ),
        (
            Item("1", profiles=("high", "total")),
            Candidate("elin", profiles={"high": Profile(2), "total": Profile(5, 5)}),
            [Hurdle.PROFILE],
            "elin has used 5 of 5 of profile total today",
        ),
        (
            Item("1", cost=25),
            Candidate("elin", profiles={"high": Profile(2, 2, blocking=True)}),
            [Hurdle.PROFILE],
            "elin has used up profile high, which blocks other work",
        ),
        (
            Item("1", queue="TV", cost=25, skills={"tv": 1, "norwegian": 2}),
            Candidate(
                "ada", Presence.OFFLINE, used=80, queues=("Billing",), skills={"norwegian": 1}
            ),
            [Hurdle.QUEUE, Hurdle.SKILL, Hurdle.SKILL, Hurdle.PRESENCE, Hurdle.CAPACITY],
            "ada is not in TV; lacks norwegian (needs 2, has 1); lacks tv (needs 1, has none);"
            " is offline; has 20 of 100 units free, 25 needed",
        ),
    ],
)
def test_everything_in_an_agents_way_is_said(
    item: Item, agent: Candidate, kinds: list[Hurdle], because: str
) -> None:
    ranking = rank(item, [agent])
    assert ranking.order == ()
    assert ranking.decided is None
    (excluded,) = ranking.excluded
    assert [obstacle.kind for obstacle in excluded.obstacles] == kinds
    assert excluded.because == because


def test_a_lacking_skill_is_told_to_machines_too() -> None:
    agents = [Candidate("chidi", skills={"router": 2})]
    (excluded,) = rank(Item("1", skills={"router": 3}), agents).excluded
    words = "lacks router (needs 3, has 2)"
    assert excluded.obstacles == (Obstacle(Hurdle.SKILL, "router", words, needed=3, has=2),)


@pytest.mark.parametrize(
    ("item", "agent"),
    [
        (Item("1", cost=25), Candidate("ada", used=75)),
        (Item("1"), Candidate("ada", used=100)),
        (Item("1"), Candidate("ada", Presence.BUSY)),
        (Item("1", queue=""), Candidate("ada", queues=())),
        (Item("1", queue="TV"), Candidate("ada", queues=None)),
        (Item("1", queue="TV"), Candidate("ada", queues=["TV"])),
        (Item("1", skills={"tv": 3}), Candidate("ada", skills={"tv": 3})),
        (
            Item("1", profiles=("high",)),
            Candidate("ada", used=500, profiles={"high": Profile(1)}),
        ),
        (
            Item("1", cost=25),
            Candidate("ada", profiles={"high": Profile(2, 2, blocking=False)}),
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
    assert ranking.decided is Decided.ALONE
    assert ranking.because.startswith("ada: the only one who fits; ")


@pytest.mark.parametrize("assign", Assign)
def test_closest_match_lets_nobody_wait_for_a_skill(assign: Assign) -> None:
    ranking = rank(Item("1", skills={"tv": 5}), [Candidate("ada")], Match.CLOSEST, assign)
    assert ranking.logins == ("ada",)


def test_what_counted_is_told_of_everybody_who_fits() -> None:
    agents = [
        Candidate("ada", used=25, last_assigned=630),
        Candidate("bo", used=50, last_assigned=635),
        Candidate("chidi", used=50, profiles={"high": Profile(3, 1)}),
    ]
    item = Item("1", cost=25)
    assert [considered.because for considered in rank(item, agents, clock=clock).order] == [
        "ada: 75 units free, the most; last assigned 10:30",
        "chidi: 50 units free; nothing assigned yet",
        "bo: 50 units free; last assigned 10:35",
    ]
    told = rank(item, agents).order[0]
    assert told.because == "ada: 75 units free, the most"
    assert (told.free, told.last_assigned, told.released) == (75, 630, None)
    (only,) = rank(Item("2", profiles=("high",)), agents).order
    assert only.because == "chidi: the only one who fits; 2 of high left; nothing assigned yet"
    assert only.free == 2


ADA, BO = Candidate("ada"), Candidate("bo")
TV = {"tv": 2}


@pytest.mark.parametrize(
    ("agents", "match", "assign", "decided", "because"),
    [
        (
            [replace(ADA, used=50), replace(BO, used=25, last_assigned=630)],
            Match.EXACT,
            CAPACITY,
            Decided.CAPACITY,
            "bo: 75 units free, the most; last assigned 10:30",
        ),
        (
            [replace(ADA, last_assigned=635), replace(BO, last_assigned=630)],
            Match.EXACT,
            CAPACITY,
            Decided.ASSIGNED,
            "bo: 100 units free; last assigned 10:30, the longest ago",
        ),
        (
            [BO, ADA],
            Match.EXACT,
            CAPACITY,
            Decided.LOGIN,
            "ada: 100 units free; nothing assigned yet; all else equal, first by name",
        ),
        (
            [replace(ADA, last_assigned=635), replace(BO, used=75, last_assigned=630)],
            Match.EXACT,
            ROUND_ROBIN,
            Decided.ASSIGNED,
            "bo: 25 units free; last assigned 10:30, the longest ago",
        ),
        (
            [replace(ADA, last_assigned=0), BO],
            Match.EXACT,
            ROUND_ROBIN,
            Decided.ASSIGNED,
            "bo: 100 units free; nothing assigned yet",
        ),
        (
            [replace(ADA, released=795), replace(BO, released=790)],
            Match.EXACT,
            LEAST,
            Decided.RELEASED,
            "bo: last finished 13:10, the longest ago; 100 units free; nothing assigned yet",
        ),
        (
            [replace(ADA, released=1), replace(BO, last_assigned=630)],
            Match.EXACT,
            LEAST,
            Decided.RELEASED,
            "bo: nothing finished yet; 100 units free; last assigned 10:30",
        ),
        (
            [replace(ADA, released=795, last_assigned=635), replace(BO, released=795)],
            Match.EXACT,
            LEAST,
            Decided.ASSIGNED,
            "bo: last finished 13:15; 100 units free; nothing assigned yet",
        ),
        (
            [replace(ADA, skills={"tv": 2}), replace(BO, skills={"tv": 5})],
            Match.EXACT,
            NEAREST,
            Decided.SKILLS,
            "ada: exactly qualified (tv 2 of 2), the closest; 100 units free; nothing assigned yet",
        ),
        (
            [replace(ADA, skills={"tv": 2}), replace(BO, skills={"tv": 5})],
            Match.EXACT,
            PROFICIENT,
            Decided.SKILLS,
            "bo: 5 levels of skill, the most; 100 units free; nothing assigned yet",
        ),
        (
            [replace(ADA, skills={"tv": 3}, used=50), replace(BO, skills={"tv": 3})],
            Match.EXACT,
            PROFICIENT,
            Decided.LOGIN,
            "ada: 3 levels of skill; 50 units free; nothing assigned yet; all else equal, "
            "first by name",
        ),
        (
            [replace(ADA, skills={"tv": 1}), replace(BO, skills={"tv": 3}, used=75)],
            Match.CLOSEST,
            CAPACITY,
            Decided.SKILLS,
            "bo: over-qualified (tv 3 of 2), the closest; 25 units free; nothing assigned yet",
        ),
        (
            [replace(ADA, skills={"tv": 1}, used=25), replace(BO, skills={"tv": 1})],
            Match.CLOSEST,
            CAPACITY,
            Decided.CAPACITY,
            "bo: under-qualified (tv 1 of 2); 100 units free, the most; nothing assigned yet",
        ),
        (
            [replace(ADA, skills=TV, last_assigned=2), replace(BO, skills=TV, last_assigned=1)],
            Match.CLOSEST,
            ROUND_ROBIN,
            Decided.ASSIGNED,
            "bo: exactly qualified (tv 2 of 2); 100 units free; last assigned 00:01, the "
            "longest ago",
        ),
        (
            [replace(ADA, capacity=200, skills={"tv": 1}), replace(BO, skills={"tv": 9})],
            Match.CLOSEST,
            COUNT,
            Decided.SKILLS,
            "bo: 1 of 1 skills at level, the most; 100 units free; nothing assigned yet",
        ),
    ],
)
def test_what_decides_is_said_of_the_first(
    agents: list[Candidate], match: Match, assign: Assign, decided: Decided, because: str
) -> None:
    skilled = any(agent.skills for agent in agents)
    item = Item("1", cost=25, skills=TV if skilled else {})
    ranking = rank(item, agents, match, assign, clock=clock)
    assert ranking.because == ranking.order[0].because == because
    assert ranking.decided is decided


def test_room_in_profiles_counts_as_room() -> None:
    agents = [
        Candidate("ada", profiles={"high": Profile(2, 1), "total": Profile(9)}),
        Candidate("bo", profiles={"high": Profile(2), "total": Profile(9, 7)}),
    ]
    ranking = rank(Item("1", profiles=("high", "total")), agents)
    assert ranking.logins == ("bo", "ada")
    assert ranking.because == (
        "bo: 2 of high left; 2 of total left, the most; nothing assigned yet"
    )


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


def test_two_agents_with_one_login_are_a_mistake() -> None:
    with pytest.raises(ValueError, match="two agents have the login ada"):
        rank(Item("1"), [Candidate("ada"), Candidate("ada")])


def test_a_cost_below_nothing_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="below 0"):
        Item("1", cost=-1)


@given(st.permutations(["ada", "bo", "chidi", "dag", "elin"]), st.sampled_from(Assign))
def test_the_order_in_which_agents_are_listed_does_not_matter(
    logins: list[str], assign: Assign
) -> None:
    ranking = rank(Item("1"), [Candidate(login) for login in logins], assign=assign)
    assert ranking.logins == ("ada", "bo", "chidi", "dag", "elin")
