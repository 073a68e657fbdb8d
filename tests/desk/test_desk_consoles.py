"""Consoles on one store: who is there, who reads along, and what follows when one is lost."""

from random import Random
from typing import Any

import pytest

from omnitui.desk.desk import Desk
from omnitui.model.actor import ADMINISTRATOR, Actor, ActorKind
from omnitui.model.agent import Presence
from omnitui.store.engine import Store

SECOND, MINUTE = 1_000, 60_000
LOST = "Contact with the last console was lost"
P = Presence


@pytest.fixture
def bo(floor: Any) -> Actor:
    return floor.hire("bo")


def beats(floor: Any, who: Actor, console: str = "one", talk: Any = None, **more: Any) -> None:
    floor.do("console.beat", who, console=console, conversation=talk, **more)


def company(floor: Any, who: Actor, talk: int) -> list[tuple[str, bool]]:
    found = floor.do("conversation.viewers", who, conversation=talk)
    return [(one.name, one.typing) for one in found]


def standing(floor: Any, who: Actor) -> tuple[Presence, str]:
    found = floor.person(who)
    return found.presence, found.presence_reason


def test_who_looks_at_a_conversation_is_known_to_the_others(
    floor: Any, ada: Actor, bo: Actor
) -> None:
    talk, other = floor.serves(ada), floor.serves(bo, address="b")
    beats(floor, ada, "one", talk)
    beats(floor, bo, "two", other)
    assert company(floor, ada, talk) == []
    beats(floor, bo, "two", talk)
    assert company(floor, ada, talk) == [("Bo Test", False)]
    assert company(floor, bo, talk) == [("Ada Test", False)]
    assert company(floor, bo, other) == []
    assert company(floor, ADMINISTRATOR, talk) == [("Ada Test", False), ("Bo Test", False)]
    beats(floor, bo, "two")
    assert company(floor, ada, talk) == []


def test_typing_stands_first_and_passes_by_itself(floor: Any, ada: Actor, bo: Actor) -> None:
    talk = floor.serves(ada)
    abe = floor.hire("abe")
    beats(floor, abe, "three", talk)
    beats(floor, bo, "two", talk, typing=True)
    assert company(floor, ada, talk) == [("Bo Test", True), ("Abe Test", False)]
    floor.clock.advance(10 * SECOND)
    assert company(floor, ada, talk) == [("Abe Test", False), ("Bo Test", False)]


def test_two_consoles_of_an_agent_are_one_companion(floor: Any, ada: Actor, bo: Actor) -> None:
    talk = floor.serves(ada)
    beats(floor, bo, "two", talk)
    beats(floor, bo, "three", talk, typing=True)
    assert company(floor, ada, talk) == [("Bo Test", True)]
    assert company(floor, bo, talk) == []


def test_a_sign_of_life_is_no_entry_of_the_journal(floor: Any, ada: Actor, bo: Actor) -> None:
    talk = floor.serves(ada)
    before = floor.desk.last_seq()
    for _ in range(100):
        floor.wait(20 * SECOND)
        beats(floor, ada, "one", talk, typing=True)
        beats(floor, bo, "two", talk)
    assert floor.desk.last_seq() == before
    assert (floor.presence(ada), floor.presence(bo)) == (P.BUSY, P.AVAILABLE)


def test_a_lost_console_makes_its_agent_offline_with_the_reason(floor: Any, ada: Actor) -> None:
    talk = floor.serves(ada)
    beats(floor, ada, "one", talk)
    floor.wait(45 * SECOND - 1)
    assert floor.presence(ada) is P.BUSY
    before = floor.desk.last_seq()
    floor.wait(1)
    assert standing(floor, ada) == (P.OFFLINE, LOST)
    (entry,) = floor.entries(before)
    assert (entry.kind, entry.actor_kind) == ("agent.presence_changed", ActorKind.SYSTEM)
    assert (entry.payload["before"], entry.payload["reason"]) == ("busy", LOST)
    assert floor.talk(talk).agent_id == ada.id
    assert company(floor, ADMINISTRATOR, talk) == []
    assert floor.desk.next_due() == floor.clock.now() + 180 * SECOND


def test_another_console_of_the_agent_keeps_them_there(floor: Any, ada: Actor) -> None:
    beats(floor, ada, "one")
    floor.wait(30 * SECOND)
    beats(floor, ada, "two")
    floor.wait(30 * SECOND)
    assert floor.presence(ada) is P.AVAILABLE
    floor.wait(15 * SECOND)
    assert floor.presence(ada) is P.OFFLINE


def test_who_never_had_a_console_is_not_missed(floor: Any, ada: Actor, bo: Actor) -> None:
    beats(floor, ada)
    floor.wait(60 * MINUTE)
    assert (floor.presence(ada), floor.presence(bo)) == (P.OFFLINE, P.AVAILABLE)


def test_what_rings_at_a_lost_console_goes_on_to_somebody_else(floor: Any, ada: Actor) -> None:
    beats(floor, ada)
    talk = floor.writes()
    assert floor.ringing(ada) == [talk]
    bo = floor.hire("bo")
    floor.wait(45 * SECOND)
    assert (floor.ringing(ada), floor.ringing(bo)) == ([], [talk])
    assert standing(floor, ada) == (P.OFFLINE, LOST)
    assert floor.person(ada).used == 0


@pytest.mark.parametrize("chosen", ["away", "do_not_disturb"])
@pytest.mark.parametrize("gone", [MINUTE, 60 * MINUTE])
def test_what_was_chosen_is_back_with_the_console(
    floor: Any, ada: Actor, chosen: str, gone: int
) -> None:
    floor.do("agent.set_presence", ada, presence=chosen)
    beats(floor, ada)
    floor.wait(45 * SECOND)
    assert floor.presence(ada) is P.OFFLINE
    floor.wait(gone)
    beats(floor, ada)
    found = floor.person(ada)
    assert (found.presence, found.presence_by_hand) == (chosen, True)
    assert found.presence_reason == "You chose it"


def test_who_is_back_follows_the_load_and_is_given_what_waits(floor: Any, ada: Actor) -> None:
    beats(floor, ada)
    floor.serves(ada)
    floor.wait(60 * SECOND)
    waiting = floor.writes(address="b")
    assert floor.talk(waiting).offered_to is None
    beats(floor, ada)
    assert floor.ringing(ada) == [waiting]
    assert standing(floor, ada) == (P.BUSY, "50 of 100 units in use")


@pytest.mark.parametrize(("gone", "expected"), [(150, P.INACTIVE), (151, P.AVAILABLE)])
def test_inactive_is_back_for_a_while_and_worked_out_anew_later(
    floor: Any, ada: Actor, gone: int, expected: Presence
) -> None:
    talk = floor.writes()
    for _ in range(6):
        beats(floor, ada)
        floor.wait(20 * SECOND)
    assert floor.presence(ada) is P.INACTIVE
    floor.do("conversation.customer_left", conversation=talk)
    floor.wait(45 * SECOND)
    assert floor.presence(ada) is P.OFFLINE
    floor.clock.advance(gone * SECOND - 20 * SECOND)
    beats(floor, ada)
    assert floor.presence(ada) is expected


def test_signing_in_makes_available_who_was_not_there(floor: Any, ada: Actor) -> None:
    floor.do("agent.set_presence", ada, presence="offline")
    assert floor.do("console.enter", ada).presence is P.AVAILABLE
    floor.do("agent.set_presence", ada, presence="away")
    assert floor.do("console.enter", ada).presence is P.AWAY
    beats(floor, ada)
    floor.wait(45 * SECOND)
    assert floor.do("console.enter", ada).presence is P.AWAY


def test_a_presence_that_was_set_meanwhile_stays(floor: Any, ada: Actor) -> None:
    beats(floor, ada)
    floor.wait(45 * SECOND)
    floor.do("agent.set_presence", agent="ada", presence="offline")
    beats(floor, ada)
    assert floor.presence(ada) is P.OFFLINE
    floor.wait(10 * SECOND)
    beats(floor, ada)
    assert floor.presence(ada) is P.OFFLINE


def test_leaving_the_last_console_is_going_offline(floor: Any, ada: Actor, bo: Actor) -> None:
    talk = floor.serves(ada)
    beats(floor, ada, "one", talk)
    beats(floor, ada, "two", talk)
    floor.do("console.leave", ada, console="one")
    assert floor.presence(ada) is P.BUSY
    assert company(floor, bo, talk) == [("Ada Test", False)]
    floor.do("agent.set_presence", bo, presence="away")
    ringing = floor.writes(address="b")
    floor.do("agent.set_presence", bo, presence="available")
    floor.do("console.leave", ada, console="two")
    assert standing(floor, ada) == (P.OFFLINE, "You left the console")
    assert company(floor, bo, talk) == []
    assert floor.ringing(bo) == [ringing]
    floor.wait(15 * MINUTE)
    beats(floor, ada)
    assert floor.presence(ada) is P.OFFLINE


def test_a_console_that_was_never_heard_of_is_left_too(floor: Any, ada: Actor) -> None:
    assert floor.do("console.leave", ada, console="one").presence is P.OFFLINE


def test_a_lost_console_of_two_does_not_keep_the_agent_who_leaves(floor: Any, ada: Actor) -> None:
    beats(floor, ada, "one")
    floor.wait(40 * SECOND)
    beats(floor, ada, "two")
    floor.wait(6 * SECOND)
    assert floor.do("console.leave", ada, console="two").presence is P.OFFLINE


def test_how_long_a_console_is_believed_is_set_or_said(floor: Any, ada: Actor) -> None:
    floor.do("settings.set", key="console_seconds", value="10")
    beats(floor, ada)
    floor.wait(10 * SECOND)
    assert floor.presence(ada) is P.OFFLINE
    beats(floor, ada, seconds=300)
    floor.wait(299 * SECOND)
    assert floor.presence(ada) is P.AVAILABLE
    floor.wait(SECOND)
    assert floor.presence(ada) is P.OFFLINE


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"console": " "}, "console.name"),
        ({"console": "x" * 65}, "console.name"),
        ({"console": "one", "seconds": 0}, "console.seconds"),
        ({"console": "one", "seconds": 86_401}, "console.seconds"),
        ({"console": "one", "conversation": 99}, "conversation.unknown"),
    ],
)
def test_what_makes_no_sense_is_refused(
    floor: Any, ada: Actor, given: dict[str, Any], code: str
) -> None:
    assert floor.refused("console.beat", ada, **given).code == code


def test_only_agents_have_consoles(floor: Any) -> None:
    assert floor.refused("console.beat", console="one").code == "actor.not_an_agent"


def test_another_process_is_told_by_the_stores_own_mark(floor: Any, ada: Actor, bo: Actor) -> None:
    talk = floor.serves(ada)
    there = Desk(Store(floor.path), floor.clock, Random(1))
    mark = there.store.data_version()
    beats(floor, bo, "two", talk)
    assert there.store.data_version() != mark
    (found,) = there.call("conversation.company", ada, conversation=talk)
    assert (found.agent_id, found.name, found.typing) == (bo.id, "Bo Test", False)
    there.close()


def test_who_comes_too_late_is_told_where_the_offer_is(floor: Any, ada: Actor) -> None:
    first = floor.writes()
    floor.do("conversation.accept", ada, conversation=first)
    bo = floor.hire("bo")
    said = {
        (verb, who.id): floor.refused(f"conversation.{verb}", who, conversation=first)
        for verb in ("accept", "decline")
        for who in (ada, bo)
    }
    assert {refusal.code for refusal in said.values()} == {"offer.gone"}
    assert "you have taken it already" in said["accept", ada.id].message
    assert "Ada Test has it" in said["decline", bo.id].message
    second = floor.writes(address="b")
    assert (
        "it is offered to another agent"
        in floor.refused("conversation.accept", ada, conversation=second).message
    )
    floor.do("agent.set_presence", ada, presence="away")
    floor.do("conversation.decline", bo, conversation=second)
    assert (
        "it ran out or was withdrawn"
        in floor.refused("conversation.accept", bo, conversation=second).message
    )


def test_a_reply_is_held_back_when_somebody_else_has_answered_meanwhile(
    floor: Any, ada: Actor, bo: Actor
) -> None:
    talk = floor.serves(ada)
    floor.do("conversation.consult", ada, conversation=talk, agent="bo")
    floor.do("conversation.accept", bo, conversation=talk)
    floor.do("conversation.add", ada, conversation=talk, agent="bo")
    seen = floor.do("conversation.messages", ada, conversation=talk)[-1].id
    floor.do("session.draft", ada, conversation=talk, text="On my way", kind="reply")
    floor.do("conversation.reply", bo, conversation=talk, text="I look at it")
    refusal = floor.refused(
        "conversation.reply", ada, conversation=talk, text="On my way", seen=seen
    )
    assert refusal.code == "reply.overtaken"
    assert refusal.message == "Bo Test answered Visitor 1001 first."
    (session,) = floor.do("session.list", ada)
    assert session.draft_reply == "On my way"
    floor.do("conversation.reply", ada, conversation=talk, text="On", seen=seen, anyway=True)
    floor.do("conversation.reply", bo, conversation=talk, text="As she says")
    floor.do("conversation.reply", ada, conversation=talk, text="Without it")
    assert floor.lines(talk)[1:] == ["I look at it", "On", "As she says", "Without it"]


def test_only_answers_of_others_that_stand_hold_a_reply_back(
    floor: Any, ada: Actor, bo: Actor
) -> None:
    talk = floor.serves(ada)
    seen = floor.do("conversation.messages", ada, conversation=talk)[-1].id

    def replies(text: str) -> Any:
        return floor.do("conversation.reply", ada, conversation=talk, text=text, seen=seen)

    replies("My own from another console")
    floor.writes("And the customer")
    floor.do("conversation.note", bo, conversation=talk, text="A note")
    replies("Through")
    bot = Actor(ActorKind.BOT, name="helper")
    said = floor.do("conversation.reply", bot, conversation=talk, text="I am a bot")
    refusal = floor.refused("conversation.reply", ada, conversation=talk, text="x", seen=seen)
    assert refusal.message.startswith("The bot answered")
    floor.do("conversation.unsend", message=said.id)
    replies("Through again")
