"""Supervisors give work to agents and close it, whoever has it; nothing is lost on the way."""

from typing import Any

import pytest

from omnitui.model.conversation import MessageKind


def test_open_work_is_given_even_beyond_capacity_and_says_by_how_much(floor: Any) -> None:
    ada = floor.hire("ada", capacity=25)
    floor.serves(ada, address="a")
    talk = floor.writes(address="b")
    work = {"conversation": talk, "agent": "ada", "note": "She knows him"}
    refusal = floor.refused("supervisor.assign", **work)
    assert refusal.code == "capacity.beyond"
    assert refusal.message.startswith("Ada Test would go beyond their capacity with Visitor 1002.")
    given = floor.do("supervisor.assign", **work, anyway=True)
    assert (given.state, given.agent_id) == ("active", ada.id)
    assert floor.person(ada).used == 50
    assert floor.lines(talk, MessageKind.EVENT)[-2:] == [
        "administrator assigned it to Ada Test",
        "Ada Test joined, 25 over capacity",
    ]
    assert floor.lines(talk, MessageKind.NOTE) == ["She knows him"]
    assert floor.do("routing.explain", conversation=talk).sentence == (
        "Assigned to ada by administrator."
    )


def test_it_is_taken_from_whoever_has_it_with_what_they_had_typed(floor: Any) -> None:
    ada, bo = floor.hire("ada"), floor.hire("bo")
    talk = floor.serves(ada, address="a")
    floor.do("session.draft", ada, conversation=talk, kind="reply", text="I was about to")
    floor.do("supervisor.assign", conversation=talk, agent="bo")
    assert floor.talk(talk).agent_id == bo.id
    assert (floor.person(ada).used, floor.person(bo).used) == (0, 25)
    assert floor.do("session.tabs", ada) == []
    assert floor.lines(talk, MessageKind.NOTE) == ["Typed and not sent: I was about to"]


def test_what_rings_elsewhere_stops_ringing(floor: Any) -> None:
    ada = floor.hire("ada")
    talk = floor.writes(address="a")
    assert floor.ringing(ada) == [talk]
    bo = floor.hire("bo", presence="away")
    floor.do("supervisor.assign", conversation=talk, agent="bo")
    assert floor.ringing(ada) == []
    assert floor.talk(talk).agent_id == bo.id
    assert floor.wait(10 * 60_000) == 0


@pytest.mark.parametrize("ended", [True, False])
def test_what_makes_no_sense_is_refused(floor: Any, ended: bool) -> None:
    ada = floor.hire("ada")
    talk = floor.serves(ada, address="a")
    if ended:
        floor.do("conversation.end", ada, conversation=talk)
    code = "conversation.state" if ended else "conversation.theirs"
    assert floor.refused("supervisor.assign", conversation=talk, agent="ada").code == code


def test_agents_may_not(floor: Any) -> None:
    ada = floor.hire("ada")
    talk = floor.writes(address="a")
    for name, more in (("assign", {"agent": "ada"}), ("force_close", {})):
        refusal = floor.refused(f"supervisor.{name}", ada, conversation=talk, **more)
        assert refusal.code == "permission.denied"


@pytest.mark.parametrize("state", ["open", "active", "waiting", "wrap_up"])
def test_anything_can_be_closed_with_a_reason(floor: Any, state: str) -> None:
    ada = floor.hire("ada")
    channel = "email" if state == "waiting" else "chat"
    given = {"channel": channel, "address": "a@b.no"}
    talk = floor.writes(**given) if state == "open" else floor.serves(ada, **given)
    if state == "waiting":
        floor.do("conversation.close", ada, conversation=talk)
    if state == "wrap_up":
        floor.do("conversation.end", ada, conversation=talk)
    closed = floor.do("supervisor.force_close", conversation=talk, reason="spam")
    assert (closed.state, closed.disposition) == ("closed", "spam")
    assert floor.person(ada).used == 0
    assert floor.refused("supervisor.force_close", conversation=talk).code == "conversation.state"
