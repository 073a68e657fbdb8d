import pytest

from omnitui.model.agent import Presence
from omnitui.rules.routing import Assign, Candidate, Item, Match, assign_all, explain, rank

ROUTER = {"router": 2}
ITEM = Item("1", queue="Internet", cost=25, skills=ROUTER)
ADA = Candidate("ada", used=25, skills=ROUTER)
BO = Candidate("bo", Presence.AWAY, skills=ROUTER)
CHIDI = Candidate("chidi", skills={"router": 1})
DAG = Candidate("dag", queues=("Billing",), skills=ROUTER)
ELIN = Candidate("elin", used=90, skills=ROUTER)
FARAH = Candidate("farah")
GRACE = Candidate("grace", Presence.DO_NOT_DISTURB, used=100, skills=ROUTER)
HUGO = Candidate("hugo", used=50, skills=ROUTER)


@pytest.mark.parametrize(
    ("agents", "sentence"),
    [
        ([ADA], "Goes to ada: the only one who fits; 75 units free; nothing assigned yet."),
        (
            [ADA, HUGO],
            "Goes to ada: 75 units free, the most; nothing assigned yet; hugo fits as well.",
        ),
        (
            [ADA, HUGO, Candidate("ines", used=60, skills=ROUTER), BO],
            "Goes to ada: 75 units free, the most; nothing assigned yet; 2 others fit as "
            "well; bo is away.",
        ),
        (
            [HUGO, BO, CHIDI, FARAH, Candidate("ines")],
            "Goes to hugo: the only one who fits; 50 units free; nothing assigned yet; bo is "
            "away; 3 others lack router 2 or better.",
        ),
        (
            [HUGO, BO, GRACE, CHIDI, DAG, ELIN],
            "Goes to hugo: the only one who fits; 50 units free; nothing assigned yet; elin "
            "has 10 of 100 units free, 25 needed; 2 others are away or on do not disturb; "
            "chidi lacks router (needs 2, has 1); dag is not in Internet.",
        ),
        ([ELIN], "Waits: the only agent in Internet with router 2 or better is at capacity."),
        (
            [ELIN, Candidate("ines", used=100, skills=ROUTER), CHIDI],
            "Waits: both agents in Internet with router 2 or better are at capacity.",
        ),
        (
            [ELIN, BO, GRACE],
            "Waits: of 3 agents in Internet with router 2 or better, 1 is at capacity and"
            " 2 not available or busy.",
        ),
        (
            [BO, GRACE],
            "Waits: none of 2 agents in Internet with router 2 or better is available or busy.",
        ),
        (
            [ELIN, *(Candidate(login, used=99, skills=ROUTER) for login in ("ines", "jon"))],
            "Waits: all 3 agents in Internet with router 2 or better are at capacity.",
        ),
        ([CHIDI, FARAH], "Waits: none of 2 agents in Internet has router 2 or better."),
        ([DAG], "Waits: no agent is in Internet."),
        ([], "Waits: there are no agents."),
    ],
)
def test_a_ranking_is_told_in_a_sentence(agents: list[Candidate], sentence: str) -> None:
    assert explain(ITEM, rank(ITEM, agents)) == sentence


@pytest.mark.parametrize(
    ("item", "agents", "sentence"),
    [
        (
            Item("1", profiles=("high",)),
            [ADA, Candidate("ines")],
            "Waits: both agents are at capacity.",
        ),
        (
            Item("1", skills={"router": 2, "wifi": 3}),
            [CHIDI, FARAH],
            "Waits: none of 2 agents has router 2 and wifi 3 or better.",
        ),
        (
            Item("1", allowed_presence=()),
            [FARAH],
            "Waits: no agent is in any presence that allows offers.",
        ),
    ],
)
def test_why_an_item_waits_says_what_it_needs(
    item: Item, agents: list[Candidate], sentence: str
) -> None:
    assert explain(item, rank(item, agents)) == sentence


@pytest.mark.parametrize(
    ("skills", "words"),
    [
        ({"router": 2, "wifi": 3}, "2 others lack router 2 or wifi 3 or better"),
        ({"a": 1, "b": 1, "c": 1, "d": 1}, "4 others lack one of 4 skills"),
    ],
)
def test_others_who_lack_different_skills_are_told_of_together(
    skills: dict[str, int], words: str
) -> None:
    lacking = [
        Candidate(f"lacks {skill}", skills={other: 9 for other in skills if other != skill})
        for skill in skills
    ]
    item = Item("1", skills=skills)
    sentence = explain(item, rank(item, [*lacking, Candidate("ada", skills=skills)]))
    assert sentence.endswith(f"; {words}.")


def test_closest_match_blames_no_skills() -> None:
    away = [BO, Candidate("ines", Presence.AWAY)]
    assert explain(ITEM, rank(ITEM, away, Match.CLOSEST)) == (
        "Waits: none of 2 agents in Internet is available or busy."
    )


@pytest.mark.parametrize("match", Match)
@pytest.mark.parametrize(
    "agents", [[], [DAG], [CHIDI, DAG], [BO, GRACE, DAG], [ELIN, BO, CHIDI], [ELIN, ELIN]]
)
def test_one_item_and_many_say_the_same_of_who_waits(match: Match, agents: list[Candidate]) -> None:
    named = {agent.login: agent for agent in agents}.values()
    item = Item("1", queue="Internet", cost=25, skills=ROUTER)
    for waiting in assign_all([item], named, match, Assign.NEAREST).waiting:
        assert waiting.because == rank(item, named, match).because


def test_what_is_assigned_says_what_counted() -> None:
    outcome = assign_all([ITEM, Item("2", cost=25)], [ADA, HUGO], clock=str, now=7)
    assert [row.because for row in outcome.assignments] == [
        "75 units free, the most; nothing assigned yet",
        "50 units free; nothing assigned yet",
    ]
