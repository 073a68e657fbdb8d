"""Handing on: to an agent, to a queue, and what is said of both before."""

from typing import Any

import pytest

from omnitui.model.actor import ADMINISTRATOR, Actor
from omnitui.model.conversation import ConversationState, MessageKind

S = ConversationState
SECOND = 1_000


@pytest.fixture
def billing(floor: Any) -> str:
    floor.do("queue.create", name="Billing")
    return "Billing"


def hand(floor: Any, by: Actor, talk: int, **given: Any) -> Any:
    return floor.do("conversation.transfer", by, conversation=talk, **given)


def test_an_agent_is_rung_and_told_who_hands_it_on(floor: Any, ada: Actor) -> None:
    talk = floor.serves(ada)
    bo = floor.hire("bo")
    seq = floor.desk.last_seq()
    item = hand(floor, ada, talk, to_agent="bo", note="Wants a refund")
    assert (item.state, item.offered_to, item.agent_id) == (S.ACTIVE, bo.id, None)
    assert item.transfer_count == 1
    assert item.routing == "Transferred by Ada Test: Wants a refund"
    assert floor.ringing(bo) == [talk]
    assert floor.do("session.list", ada) == []
    assert (floor.person(ada).used, floor.person(bo).used) == (0, 25)
    assert floor.lines(talk, MessageKind.NOTE) == ["Wants a refund"]
    assert "Ada Test transferred it to Bo Test" in floor.lines(talk, MessageKind.EVENT)
    (entry,) = floor.entries(seq, "conversation.transferred")
    assert (entry.kind, entry.payload) == ("conversation.transferred_to_agent", {"agent": bo.id})
    floor.do("conversation.accept", bo, conversation=talk)
    assert floor.talk(talk).agent_id == bo.id


def test_what_they_let_pass_goes_to_the_queue(floor: Any, ada: Actor) -> None:
    talk = floor.serves(ada)
    bo, chidi = floor.hire("bo"), floor.hire("chidi", capacity=200)
    floor.do("agent.set_presence", ada, presence="away")
    hand(floor, ada, talk, to_agent="bo")
    floor.do("conversation.decline", bo, conversation=talk)
    assert (floor.ringing(bo), floor.ringing(chidi)) == ([], [talk])


def test_nothing_that_was_typed_is_lost(floor: Any, ada: Actor) -> None:
    talk = floor.serves(ada)
    floor.hire("bo")
    floor.do("session.draft", ada, conversation=talk, text="Dear Kiana", kind="reply")
    floor.do("session.draft", ada, conversation=talk, text="third call", kind="note")
    hand(floor, ada, talk, to_agent="bo")
    assert floor.lines(talk, MessageKind.NOTE) == ["third call", "Typed and not sent: Dear Kiana"]


@pytest.mark.parametrize("presence", ["do_not_disturb", "away", "offline"])
def test_who_is_not_there_is_not_rung(floor: Any, ada: Actor, presence: str) -> None:
    talk = floor.serves(ada)
    bo = floor.hire("bo", presence=presence)
    refusal = floor.refused("conversation.transfer", ada, conversation=talk, to_agent="bo")
    assert refusal.code == "transfer.not_there"
    assert refusal.message.startswith("Bo Test ")
    hand(floor, ADMINISTRATOR, talk, to_agent="bo")
    assert floor.ringing(bo) == [talk]


def test_who_missed_an_offer_is_not_rung_either(floor: Any, ada: Actor) -> None:
    talk = floor.serves(ada)
    floor.do("agent.set_presence", ada, presence="away")
    bo = floor.hire("bo")
    floor.writes("Anybody?", address="dev-2")
    floor.wait(121 * SECOND)
    assert floor.presence(bo) == "inactive"
    refusal = floor.refused("conversation.transfer", ada, conversation=talk, to_agent="bo")
    assert "is inactive (An offer from" in refusal.message


def test_a_queue_looks_for_somebody_but_not_who_handed_it_on(
    floor: Any, ada: Actor, billing: str
) -> None:
    floor.do("queue.add_member", queue=billing, agent="ada")
    bo = floor.hire("bo", queue=billing)
    talk = floor.serves(ada)
    item = hand(floor, ada, talk, to_queue="billing", note="An invoice")
    assert (item.queue, item.offered_to, item.transfer_count) == (billing, bo.id, 1)
    other = floor.serves(ada, address="dev-2")
    floor.do("agent.set_presence", bo, presence="away")
    item = hand(floor, ada, other, to_queue="Billing")
    assert (item.state, item.offered_to) == (S.OPEN, None)
    # What she handed on rings at her again when nobody else is there, after a pause.
    assert floor.ringing(ada) == []
    floor.wait(60_000)
    assert floor.ringing(ada) == [talk, other]


def test_a_queue_that_nobody_works_is_refused(floor: Any, ada: Actor, billing: str) -> None:
    talk = floor.serves(ada)
    refusal = floor.refused("conversation.transfer", ada, conversation=talk, to_queue=billing)
    assert refusal.code == "transfer.empty_queue"
    floor.do("queue.add_member", queue=billing, agent="ada")
    refusal = floor.refused("conversation.transfer", ada, conversation=talk, to_queue=billing)
    assert "Ada Test is the only member" in refusal.message
    assert floor.talk(talk).agent_id == ada.id


def test_it_goes_to_exactly_one(floor: Any, ada: Actor) -> None:
    talk = floor.serves(ada)
    floor.hire("bo")
    for given in ({}, {"to_agent": "bo", "to_queue": "General"}):
        refusal = floor.refused("conversation.transfer", ada, conversation=talk, **given)
        assert refusal.code == "transfer.target"


@pytest.mark.parametrize("to", ["ada", "bo"])
def test_not_to_yourself_and_not_to_who_has_it(floor: Any, ada: Actor, to: str) -> None:
    bo = floor.hire("bo")
    floor.do("agent.set_presence", ada if to == "bo" else bo, presence="away")
    talk = floor.serves(bo if to == "bo" else ada)
    by = ADMINISTRATOR if to == "bo" else ada
    refusal = floor.refused("conversation.transfer", by, conversation=talk, to_agent=to)
    assert refusal.code == "transfer.same"


def test_what_is_with_somebody_else_is_theirs_to_hand_on(floor: Any, ada: Actor) -> None:
    bo = floor.hire("bo", presence="away")
    talk = floor.serves(ada)
    refusal = floor.refused("conversation.transfer", bo, conversation=talk, to_queue="General")
    assert refusal.code == "conversation.not_yours"


def test_what_has_ended_stays(floor: Any, ada: Actor) -> None:
    floor.hire("bo")
    talk = floor.serves(ada)
    floor.do("conversation.end", ada, conversation=talk)
    assert (
        floor.refused("conversation.transfer", ada, conversation=talk, to_agent="bo").code
        == "conversation.state"
    )


def test_an_offer_can_be_handed_on_by_whom_it_rings_at(floor: Any, ada: Actor) -> None:
    talk = floor.writes()
    bo = floor.hire("bo")
    assert floor.ringing(ada) == [talk]
    refusal = floor.refused("conversation.transfer", bo, conversation=talk, to_agent="bo")
    assert refusal.code in ("transfer.same", "conversation.offered")
    hand(floor, ada, talk, to_agent="bo")
    assert (floor.ringing(ada), floor.ringing(bo)) == ([], [talk])
    assert floor.person(ada).used == 0


def test_handing_on_is_taken_back(floor: Any, ada: Actor) -> None:
    talk = floor.serves(ada)
    bo = floor.hire("bo")
    hand(floor, ada, talk, to_agent="bo")
    floor.do("undo.last", ada)
    item = floor.talk(talk)
    assert (item.agent_id, item.state, item.transfer_count) == (ada.id, S.ACTIVE, 0)
    assert floor.ringing(bo) == []
    hand(floor, ada, talk, to_agent="bo")
    floor.do("conversation.accept", bo, conversation=talk)
    assert "Bo Test has accepted" in floor.refused("undo.last", ada).message


def test_targets_come_by_skill_then_by_room(floor: Any, ada: Actor, billing: str) -> None:
    talk = floor.serves(ada)
    floor.do("conversation.set_skills", conversation=talk, skills={"router": 3, "norwegian": 1})
    for login, capacity, router, presence in (
        ("bo", 50, 5, "available"),
        ("chidi", 100, 3, "available"),
        ("dara", 200, 2, "available"),
        ("eve", 100, 9, "away"),
    ):
        floor.hire(login, capacity=capacity, presence=presence)
        floor.do("agent.set_skill", agent=login, skill="Router", level=router)
    floor.do("agent.set_skill", agent="bo", skill="norwegian", level=1)
    found = floor.do("conversation.transfer_targets", ada, conversation=talk)
    assert [a.login for a in found.agents] == ["bo", "chidi", "dara", "eve"]
    bo, chidi, dara, eve = found.agents
    assert (bo.matching, bo.missing, bo.free) == (("norwegian", "router"), (), 50)
    assert (chidi.matching, chidi.missing) == (("router",), ("norwegian",))
    assert (dara.matching, dara.fits, dara.allowed) == ((), True, True)
    assert not eve.allowed
    assert eve.what.startswith("Eve Test is away")
    assert bo.what.startswith("Offered to Bo Test for 120 s; if they decline, it goes to")
    general, empty = sorted(found.queues, key=lambda q: -q.members)
    assert (general.name, general.available, general.allowed) == ("General", 3, True)
    assert (empty.name, empty.allowed) == (billing, False)
    assert "has no members" in empty.what


def test_what_a_target_says_is_what_is_refused(floor: Any, ada: Actor, billing: str) -> None:
    talk = floor.serves(ada)
    floor.hire("bo", presence="away")
    floor.hire("chidi", capacity=10)
    found = floor.do("conversation.transfer_targets", ada, conversation=talk)
    chidi, bo = found.agents
    assert chidi.what.endswith("They would be 15 over capacity.")
    refused = floor.refused("conversation.transfer", ada, conversation=talk, to_agent=bo.login)
    assert refused.message == bo.what
    hand(floor, ada, talk, to_agent="chidi")
    assert floor.person(Actor(ada.kind, chidi.agent, chidi.name)).used == 25
