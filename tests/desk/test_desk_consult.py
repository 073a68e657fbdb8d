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


def roles(floor: Any, talk: int) -> dict[str, Role]:
    found = floor.do("conversation.participants", conversation=talk)
    return {one.name: one.role for one in found}


def tabs(floor: Any, agent: Actor) -> list[int]:
    return [session.conversation_id for session in floor.do("session.list", agent)]


def test_a_consultant_reads_along_and_writes_notes_only(floor: Any, ada: Actor, bo: Actor) -> None:
    talk = floor.serves(ada)
    floor.do("conversation.consult", ada, conversation=talk, agent="bo")
    assert roles(floor, talk) == {"Bo Test": Role.CONSULTED}
    assert tabs(floor, bo) == [talk]
    assert (floor.person(bo).used, floor.presence(bo)) == (0, "available")
    assert floor.do("session.view", bo, conversation=talk).conversation.agent_id == ada.id
    floor.do("conversation.note", bo, conversation=talk, text="Try 2.1.4")
    refusal = floor.refused("conversation.reply", bo, conversation=talk, text="Hello")
    assert refusal.code == "conversation.consulted"
    assert "Ada Test answers" in refusal.message
    assert floor.lines(talk, MessageKind.NOTE) == ["Try 2.1.4"]


def test_who_is_added_answers_too(floor: Any, ada: Actor, bo: Actor) -> None:
    talk = floor.serves(ada)
    floor.do("conversation.consult", ada, conversation=talk, agent="bo")
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
    floor.do("conversation.consult", ada, conversation=talk, agent="bo")
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
    floor.hire("chidi", queue=None)
    talk = floor.serves(ada)
    for login in ("bo", "chidi"):
        floor.do("conversation.consult", ada, conversation=talk, agent=login)
    floor.do("conversation.end_consult", ada, conversation=talk, agent="bo")
    assert roles(floor, talk) == {"Chidi Test": Role.CONSULTED}


def test_the_consultant_leaves_and_a_draft_keeps_the_tab(floor: Any, ada: Actor, bo: Actor) -> None:
    talk = floor.serves(ada)
    floor.do("conversation.consult", ada, conversation=talk, agent="bo")
    floor.do("session.draft", bo, conversation=talk, text="half a thought", kind="note")
    floor.do("conversation.leave", bo, conversation=talk)
    assert (roles(floor, talk), tabs(floor, bo)) == ({}, [talk])
    assert floor.refused("conversation.leave", bo, conversation=talk).code == "consult.not_beside"
    assert (
        "give back what is yours"
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
    assert floor.refused("conversation.consult", ada, **ask, agent="bo").code == "consult.beside"
    floor.do("conversation.end", ada, conversation=talk)
    assert floor.refused("conversation.add", ada, **ask, agent="bo").code == "consult.state"


def test_closing_lets_everybody_go_and_undo_brings_them_back(
    floor: Any, ada: Actor, bo: Actor
) -> None:
    talk = floor.serves(ada)
    floor.do("conversation.consult", ada, conversation=talk, agent="bo")
    floor.do("conversation.end", ada, conversation=talk)
    floor.do("conversation.close", ada, conversation=talk)
    assert (roles(floor, talk), tabs(floor, bo)) == ({}, [])
    floor.do("undo.last", ada)
    assert (roles(floor, talk), tabs(floor, bo)) == ({"Bo Test": Role.CONSULTED}, [talk])


def test_a_consultant_who_gets_it_is_its_agent_and_nothing_else(
    floor: Any, ada: Actor, bo: Actor
) -> None:
    talk = floor.serves(ada)
    floor.do("conversation.consult", ada, conversation=talk, agent="bo")
    floor.do("conversation.transfer", ada, conversation=talk, to_agent="bo")
    floor.do("conversation.accept", bo, conversation=talk)
    assert roles(floor, talk) == {}
    assert tabs(floor, bo) == [talk]
    floor.do("conversation.reply", bo, conversation=talk, text="Now me")


def test_the_last_free_tab_is_left_to_who_is_asked(floor: Any, ada: Actor, bo: Actor) -> None:
    talk = floor.serves(ada)
    floor.do("settings.set", key="session_cap", value=1)
    floor.do("conversation.consult", ada, conversation=talk, agent="bo")
    assert (tabs(floor, bo), floor.presence(bo)) == ([], "available")
    floor.do("session.open", bo, conversation=talk)
    assert tabs(floor, bo) == [talk]
