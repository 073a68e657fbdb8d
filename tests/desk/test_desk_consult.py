"""Consulting and adding: who reads along, who may answer, and how that ends."""

from typing import Any

import pytest

from omnitui.model.actor import Actor
from omnitui.model.conversation import ConversationState, MessageKind
from omnitui.model.participant import Role

S = ConversationState


@pytest.fixture
def bo(floor: Any) -> Actor:
    """Bo works no queue: what reaches him was brought by somebody."""
    actor: Actor = floor.hire("bo", queue=None)
    return actor


def joins(floor: Any, owner: Actor, other: Actor, talk: int) -> None:
    """`owner` asks the other to read along, who accepts."""
    floor.do("conversation.consult", owner, conversation=talk, agent=other.id)
    floor.do("conversation.accept", other, conversation=talk)


def asked(floor: Any, agent: Actor) -> list[int]:
    return [one.conversation_id for one in floor.do("conversation.consult_offers", agent)]


def whom(floor: Any, talk: int) -> list[str]:
    return [one.whom for one in floor.do("conversation.asked", conversation=talk)]


def roles(floor: Any, talk: int) -> dict[str, Role]:
    found = floor.do("conversation.participants", conversation=talk)
    return {one.name: one.role for one in found}


def tabs(floor: Any, agent: Actor) -> list[int]:
    return [session.conversation_id for session in floor.do("session.list", agent)]


def test_a_consultant_reads_along_and_writes_notes_only(floor: Any, ada: Actor, bo: Actor) -> None:
    talk = floor.serves(ada)
    joins(floor, ada, bo, talk)
    assert roles(floor, talk) == {"Bo Test": Role.CONSULTED}
    assert tabs(floor, bo) == [talk]
    assert (floor.person(bo).used, floor.presence(bo)) == (0, "available")
    assert floor.do("session.page", bo, conversation=talk).conversation.agent_id == ada.id
    floor.do("conversation.note", bo, conversation=talk, text="Try 2.1.4")
    refusal = floor.refused("conversation.reply", bo, conversation=talk, text="Hello")
    assert refusal.code == "conversation.consulted"
    assert "Ada Test answers" in refusal.message
    assert floor.lines(talk, MessageKind.NOTE) == ["Try 2.1.4"]


def test_who_is_added_answers_too(floor: Any, ada: Actor, bo: Actor) -> None:
    talk = floor.serves(ada)
    joins(floor, ada, bo, talk)
    floor.do("conversation.add", ada, conversation=talk, agent="bo")
    assert roles(floor, talk) == {"Bo Test": Role.ADDED}
    floor.do("conversation.reply", bo, conversation=talk, text="Bo here")
    floor.do("conversation.reply", ada, conversation=talk, text="And Ada")
    assert floor.lines(talk)[-2:] == ["Bo here", "And Ada"]
    assert floor.talk(talk).agent_id == ada.id
    for way in ("end", "transfer", "snooze"):
        given = {"end": {}, "transfer": {"to_queue": "General"}, "snooze": {"until": "2h"}}[way]
        refusal = floor.refused(f"conversation.{way}", bo, conversation=talk, **given)
        assert refusal.code == "conversation.not_yours"


def test_the_owner_ends_it(floor: Any, ada: Actor, bo: Actor) -> None:
    talk = floor.serves(ada)
    joins(floor, ada, bo, talk)
    refusal = floor.refused("conversation.end_consult", bo, conversation=talk)
    assert refusal.code == "conversation.not_yours"
    floor.do("conversation.end_consult", ada, conversation=talk)
    assert (roles(floor, talk), tabs(floor, bo)) == ({}, [])
    assert (
        floor.refused("conversation.end_consult", ada, conversation=talk).code == "consult.nobody"
    )
    refusal = floor.refused("conversation.end_consult", ada, conversation=talk, agent="bo")
    assert "Bo Test does not read along" in refusal.message


def test_one_of_several_is_let_go(floor: Any, ada: Actor, bo: Actor) -> None:
    chidi = floor.hire("chidi", queue=None)
    talk = floor.serves(ada)
    for other in (bo, chidi):
        joins(floor, ada, other, talk)
    floor.do("conversation.end_consult", ada, conversation=talk, agent="bo")
    assert roles(floor, talk) == {"Chidi Test": Role.CONSULTED}


def test_the_consultant_leaves_and_a_draft_keeps_the_tab(floor: Any, ada: Actor, bo: Actor) -> None:
    talk = floor.serves(ada)
    joins(floor, ada, bo, talk)
    floor.do("session.draft", bo, conversation=talk, text="half a thought", kind="note")
    floor.do("conversation.leave", bo, conversation=talk)
    assert (roles(floor, talk), tabs(floor, bo)) == ({}, [talk])
    assert floor.refused("conversation.leave", bo, conversation=talk).code == "consult.not_beside"
    assert (
        "Close, transfer or release your own conversations"
        in floor.refused("conversation.leave", ada, conversation=talk).hint
    )


def test_who_cannot_be_asked(floor: Any, ada: Actor, bo: Actor) -> None:
    talk = floor.serves(ada)
    floor.hire("eve", presence="offline", queue=None)
    ask = {"conversation": talk}
    assert (
        floor.refused("conversation.consult", ada, **ask, agent="eve").code == "consult.not_there"
    )
    assert floor.refused("conversation.consult", ada, **ask, agent="ada").code == "consult.same"
    assert floor.refused("conversation.consult", bo, **ask, agent="eve").code == (
        "conversation.not_yours"
    )
    floor.do("conversation.consult", ada, **ask, agent="bo")
    assert floor.refused("conversation.consult", ada, **ask, agent="bo").code == "consult.asked"
    floor.do("conversation.accept", bo, **ask)
    assert floor.refused("conversation.consult", ada, **ask, agent="bo").code == "consult.beside"
    given: dict[str, str]
    for given in ({}, {"agent": "bo", "to_queue": "General"}):
        assert floor.refused("conversation.consult", ada, **ask, **given).code == "consult.target"
    floor.do("conversation.end", ada, conversation=talk)
    assert floor.refused("conversation.add", ada, **ask, agent="bo").code == "consult.state"


def test_closing_lets_everybody_go_and_undo_brings_them_back(
    floor: Any, ada: Actor, bo: Actor
) -> None:
    talk = floor.serves(ada)
    joins(floor, ada, bo, talk)
    floor.do("conversation.end", ada, conversation=talk)
    floor.do("conversation.close", ada, conversation=talk)
    assert (roles(floor, talk), tabs(floor, bo)) == ({}, [])
    floor.do("undo.last", ada)
    assert (roles(floor, talk), tabs(floor, bo)) == ({"Bo Test": Role.CONSULTED}, [talk])


def test_a_consultant_who_gets_it_is_its_agent_and_nothing_else(
    floor: Any, ada: Actor, bo: Actor
) -> None:
    talk = floor.serves(ada)
    joins(floor, ada, bo, talk)
    floor.do("conversation.transfer", ada, conversation=talk, to_agent="bo")
    floor.do("conversation.accept", bo, conversation=talk)
    assert roles(floor, talk) == {}
    assert tabs(floor, bo) == [talk]
    floor.do("conversation.reply", bo, conversation=talk, text="Now me")


def test_it_rings_first_and_nothing_of_it_takes_capacity(floor: Any, ada: Actor, bo: Actor) -> None:
    talk = floor.serves(ada)
    (request,) = floor.do(
        "conversation.consult", ada, conversation=talk, agent="bo", note="Knows routers"
    )
    assert (request.name, request.by_name, request.note) == (
        "Visitor 1001",
        "Ada Test",
        "Knows routers",
    )
    assert request.until == floor.clock.now() + 120_000
    assert (roles(floor, talk), tabs(floor, bo), asked(floor, bo)) == ({}, [], [talk])
    assert (floor.person(bo).used, floor.presence(bo), floor.ringing(bo)) == (0, "available", [])
    assert whom(floor, talk) == ["Bo Test"]
    assert floor.refused("conversation.note", bo, conversation=999, text="x").code
    floor.do("conversation.accept", bo, conversation=talk)
    assert (asked(floor, bo), whom(floor, talk), tabs(floor, bo)) == ([], [], [talk])
    assert floor.lines(talk, MessageKind.EVENT)[-2:] == [
        "Ada Test asked Bo Test to read along",
        "Bo Test joined to read along",
    ]
    assert floor.wait(600_000) == 0


@pytest.mark.parametrize("way", ["declines", "lets it run out", "goes away", "loses the console"])
def test_who_asked_is_told_that_nobody_reads_along(
    floor: Any, ada: Actor, bo: Actor, way: str
) -> None:
    talk = floor.serves(ada)
    floor.do("console.beat", bo, console="one", seconds=60)
    floor.do("conversation.consult", ada, conversation=talk, agent="bo")
    if way == "declines":
        floor.do("conversation.decline", bo, conversation=talk, reason="in a meeting")
    elif way == "goes away":
        floor.do("agent.set_presence", bo, presence="away")
    elif way == "loses the console":
        floor.wait(60_000)
    else:
        floor.do("console.beat", bo, console="one", seconds=1_000)
        floor.wait(120_000)
    assert (roles(floor, talk), asked(floor, bo), whom(floor, talk)) == ({}, [], [])
    (told,) = floor.entries(kind="conversation.consult_declined")
    assert (told.payload["by"], told.payload["who"], told.payload["next"]) == (
        ada.id,
        "Bo Test",
        None,
    )
    assert floor.lines(talk, MessageKind.EVENT)[-1].startswith("Bo Test ")
    if way == "lets it run out":
        assert floor.presence(bo) == "available"
    refusal = floor.refused("conversation.accept", bo, conversation=talk)
    assert refusal.code == "offer.gone"


def test_of_a_queue_one_after_the_other_is_asked_who_is_there(floor: Any, ada: Actor) -> None:
    talk = floor.serves(ada)
    bo, chidi = floor.hire("bo"), floor.hire("chidi")
    floor.hire("dora", presence="away")
    floor.serves(bo, address="b")
    floor.do("conversation.consult", ada, conversation=talk, to_queue="General")
    assert (asked(floor, chidi), asked(floor, bo)) == ([talk], [])
    assert whom(floor, talk) == ["Chidi Test of General"]
    floor.do("conversation.decline", chidi, conversation=talk)
    assert (asked(floor, chidi), asked(floor, bo)) == ([], [talk])
    until = floor.do("conversation.consult_offers", bo)[0].until
    assert until == floor.clock.now() + 120_000
    floor.do("conversation.decline", bo, conversation=talk)
    assert whom(floor, talk) == []
    last = floor.entries(kind="conversation.consult_declined")[-1]
    assert (last.payload["queue"], last.payload["next"]) == ("General", None)
    assert floor.lines(talk, MessageKind.EVENT)[-1] == (
        "Bo Test declined; no other member of General can be asked"
    )


def test_a_queue_with_nobody_to_ask_is_refused(floor: Any, ada: Actor) -> None:
    talk = floor.serves(ada)
    floor.do("queue.create", name="Empty")
    ask = {"conversation": talk}
    refusal = floor.refused("conversation.consult", ada, **ask, to_queue="Empty")
    assert refusal.code == "consult.empty_queue"
    refusal = floor.refused("conversation.consult", ada, **ask, to_queue="General")
    assert refusal.code == "consult.not_there"


def test_who_asks_may_ask_no_longer(floor: Any, ada: Actor, bo: Actor) -> None:
    talk = floor.serves(ada)
    floor.do("conversation.consult", ada, conversation=talk, agent="bo")
    floor.do("conversation.end_consult", ada, conversation=talk, agent="bo")
    assert asked(floor, bo) == []
    assert floor.refused("conversation.decline", bo, conversation=talk).code == "offer.gone"
    refusal = floor.refused("conversation.end_consult", ada, conversation=talk)
    assert refusal.code == "consult.nobody"


@pytest.mark.parametrize("way", ["end", "release", "transfer", "close", "assign", "customer_left"])
def test_nobody_is_asked_about_what_has_left_the_hands_of_who_asked(
    floor: Any, ada: Actor, bo: Actor, way: str
) -> None:
    floor.hire("chidi")
    talk = floor.serves(ada)
    floor.do("conversation.consult", ada, conversation=talk, agent="bo")
    if way == "transfer":
        floor.do("conversation.transfer", ada, conversation=talk, to_agent="chidi")
    elif way == "assign":
        floor.do("supervisor.assign", conversation=talk, agent="chidi")
    elif way == "customer_left":
        floor.do("conversation.customer_left", conversation=talk)
    else:
        floor.do(f"conversation.{way}", ada, conversation=talk)
    assert (asked(floor, bo), whom(floor, talk)) == ([], [])
    assert floor.entries(kind="conversation.consult_withdrawn")


def test_who_was_not_asked_before_is_asked_when_they_are_to_answer_too(
    floor: Any, ada: Actor, bo: Actor
) -> None:
    talk = floor.serves(ada)
    floor.do("conversation.add", ada, conversation=talk, agent="bo")
    assert (roles(floor, talk), asked(floor, bo)) == ({}, [talk])
    floor.do("conversation.accept", bo, conversation=talk)
    assert roles(floor, talk) == {"Bo Test": Role.ADDED}
    floor.do("conversation.reply", bo, conversation=talk, text="Bo here")


def test_asking_somebody_does_not_keep_what_was_done_from_being_taken_back(
    floor: Any, ada: Actor, bo: Actor
) -> None:
    talk = floor.serves(ada)
    floor.do("conversation.set_priority", ada, conversation=talk, priority=3)
    floor.do("conversation.consult", ada, conversation=talk, agent="bo")
    newest = floor.do("undo.what", ada)
    assert newest.why_not == "the other agent has been asked; end it with consult"
    floor.do("undo.last", ada, passing=newest.key)
    assert floor.talk(talk).priority == 0
    assert asked(floor, bo) == [talk]
