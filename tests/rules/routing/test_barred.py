"""What is in an agent's way beyond skills, presence and room, as the desk knows it."""

from omnitui.rules.routing import Candidate, Hurdle, Item, assign_all, explain, rank

ITEM = Item("1", "Internet", cost=25)
ON_A_CALL = "is on a call"


def agent(login: str, barred: str = "", used: int = 0) -> Candidate:
    return Candidate(login, used=used, queues=("Internet",), barred=barred)


def test_who_is_barred_is_not_given_anything_however_much_room_they_have() -> None:
    agents = [agent("ada", ON_A_CALL), agent("bo", used=75)]
    ranking = rank(ITEM, agents)
    assert ranking.logins == ("bo",)
    assert [(e.login, e.obstacles[0].kind) for e in ranking.excluded] == [("ada", Hurdle.BARRED)]
    assert ranking.excluded[0].because == f"ada {ON_A_CALL}"
    assert assign_all([ITEM], agents).agents == {"1": "bo"}
    assert f"ada {ON_A_CALL}" in explain(ITEM, ranking)


def test_nobody_is_said_to_be_full_who_is_only_barred() -> None:
    ranking = rank(ITEM, [agent("ada", ON_A_CALL), agent("bo", used=100)])
    assert ranking.because == "both agents in Internet are unable to take it now"
    assert rank(ITEM, [agent("bo", used=100)]).because == (
        "the only agent in Internet is at capacity"
    )


def test_several_who_are_barred_are_told_of_together() -> None:
    agents = [agent("ada", ON_A_CALL), agent("bo", "has let it pass"), agent("cai")]
    assert "2 others cannot be offered it now" in explain(ITEM, rank(ITEM, agents))
