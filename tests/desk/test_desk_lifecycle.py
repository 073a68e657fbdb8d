"""The ways of a conversation from the first word to closed."""

from typing import Any

import pytest

from omnitui.model.actor import ADMINISTRATOR, Actor
from omnitui.model.conversation import ConversationState, MessageKind

SECOND, MINUTE, DAY = 1_000, 60_000, 86_400_000
S = ConversationState


@pytest.fixture
def bo(floor: Any) -> Actor:
    return floor.hire("bo", presence="offline")


def kinds(floor: Any, since: int) -> list[str]:
    return [e.kind for e in floor.entries(since) if e.kind.startswith("conversation.")]


def test_end_opens_wrap_up_and_close_closes_for_good(floor: Any, ada: Actor) -> None:
    talk = floor.serves(ada)
    before = floor.desk.last_seq()
    ended = floor.do("conversation.end", ada, conversation=talk)
    assert (ended.state, ended.ended_at, ended.agent_id) == (S.WRAP_UP, floor.clock.now(), ada.id)
    assert ended.waiting_since is None
    floor.clock.advance(MINUTE)
    closed = floor.do("conversation.close", ada, conversation=talk, disposition=" Solved\n")
    assert (closed.state, closed.closed_at) == (S.CLOSED, floor.clock.now())
    assert closed.ended_at == ended.ended_at
    assert closed.disposition == "Solved"
    assert kinds(floor, before) == ["conversation.ended", "conversation.closed"]
    assert floor.entries(kind="conversation.closed")[0].payload["because"] == "wrap_up_closed"
    assert floor.do("session.list", ada) == []
    assert floor.desk.next_due() is None


def test_finish_ends_and_closes_in_one_step_with_one_undo(floor: Any, ada: Actor) -> None:
    talk = floor.serves(ada)
    said = floor.do("conversation.consequences", ada, conversation=talk)["finish"]
    assert said.startswith("Ends it for ")
    assert "and closes it, without wrap-up. New messages of" in said
    before = floor.desk.last_seq()
    done = floor.do("conversation.finish", ada, conversation=talk, disposition="Solved")
    assert (done.state, done.disposition) == (S.CLOSED, "Solved")
    assert kinds(floor, before) == ["conversation.ended", "conversation.closed"]
    assert floor.person(ada).used == 0
    floor.do("undo.last", ada)
    assert (floor.talk(talk).state, floor.talk(talk).agent_id) == (S.ACTIVE, ada.id)


def test_finish_is_for_what_is_yours_and_active_or_ended(floor: Any, ada: Actor, bo: Actor) -> None:
    talk, waits = floor.serves(ada), floor.writes(address="dev-2")
    theirs = floor.refused("conversation.finish", bo, conversation=talk)
    assert theirs.code == "conversation.not_yours"
    assert floor.refused("conversation.finish", ada, conversation=waits)
    floor.do("conversation.end", ada, conversation=talk)
    assert floor.do("conversation.finish", ada, conversation=talk).state is S.CLOSED


def test_wrap_up_closes_itself_when_its_time_is_over(floor: Any, ada: Actor) -> None:
    talk = floor.serves(ada)
    floor.do("conversation.end", ada, conversation=talk)
    floor.wait(15 * MINUTE - 1)
    assert floor.talk(talk).state is S.WRAP_UP
    floor.wait(1)
    assert floor.talk(talk).state is S.CLOSED
    assert floor.do("session.list", ada) == []
    assert floor.entries(kind="conversation.closed")[0].payload["because"] == "wrap_up_expired"


@pytest.mark.parametrize(("blocks", "used"), [("yes", 25), ("no", 0)])
def test_wrap_up_takes_capacity_where_the_setting_says_so(
    floor: Any, ada: Actor, blocks: str, used: int
) -> None:
    floor.do("settings.set", key="wrap_up_blocks", value=blocks)
    talk = floor.serves(ada)
    floor.do("conversation.end", ada, conversation=talk)
    assert floor.person(ada).used == used
    floor.do("conversation.close", ada, conversation=talk)
    assert floor.person(ada).used == 0


def test_capacity_that_comes_free_is_offered_to_who_waits(floor: Any) -> None:
    ada = floor.hire("ada", capacity=25)
    first = floor.serves(ada, address="a")
    second = floor.writes(address="b")
    floor.do("conversation.end", ada, conversation=first)
    assert floor.ringing(ada) == []
    floor.do("conversation.close", ada, conversation=first)
    assert floor.ringing(ada) == [second]


def test_an_asynchronous_one_that_is_left_waits_without_taking_capacity(
    floor: Any, ada: Actor
) -> None:
    talk = floor.serves(ada, channel="email", address="k@example.com")
    before = floor.desk.last_seq()
    left = floor.do("conversation.close", ada, conversation=talk)
    assert (left.state, left.agent_id) == (S.WAITING, ada.id)
    assert floor.person(ada).used == 0
    assert floor.do("session.list", ada) == []
    assert kinds(floor, before) == ["conversation.left"]


def waiting(floor: Any, agent: Actor) -> int:
    talk = floor.serves(agent, channel="email", address="k@example.com")
    floor.do("conversation.close", agent, conversation=talk)
    return talk


def test_a_waiting_one_comes_back_to_its_agent_when_the_customer_writes(
    floor: Any, ada: Actor
) -> None:
    talk = waiting(floor, ada)
    floor.do("agent.set_presence", floor.hire("aaron"), presence="available")
    floor.clock.advance(DAY)
    assert floor.writes("me again", channel="email", address="k@example.com") == talk
    found = floor.talk(talk)
    assert (found.state, found.offered_to) == (S.ACTIVE, ada.id)
    floor.do("conversation.accept", ada, conversation=talk)
    assert floor.wait(28 * DAY) == 0


def test_a_waiting_one_goes_to_another_agent_when_its_own_cannot(
    floor: Any, ada: Actor, bo: Actor
) -> None:
    talk = waiting(floor, ada)
    floor.do("agent.set_presence", ada, presence="away")
    floor.do("agent.set_presence", bo, presence="available")
    floor.writes("me again", channel="email", address="k@example.com")
    assert floor.ringing(bo) == [talk]


def test_a_waiting_one_is_open_when_nobody_can(floor: Any, ada: Actor) -> None:
    talk = waiting(floor, ada)
    floor.do("agent.set_presence", ada, presence="away")
    floor.writes("me again", channel="email", address="k@example.com")
    found = floor.talk(talk)
    assert (found.state, found.agent_id) == (S.OPEN, None)
    assert found.waiting_since is not None


def test_its_agent_can_come_back_to_a_waiting_one(floor: Any, ada: Actor, bo: Actor) -> None:
    talk = waiting(floor, ada)
    assert floor.refused("conversation.pick", bo, conversation=talk).code == "conversation.state"
    assert floor.do("conversation.pick", ada, conversation=talk).state is S.ACTIVE
    assert floor.person(ada).used == 15
    assert floor.desk.next_due() is None


def test_a_waiting_one_closes_after_long_silence(floor: Any, ada: Actor) -> None:
    talk = waiting(floor, ada)
    floor.wait(28 * DAY - 1)
    assert floor.talk(talk).state is S.WAITING
    floor.wait(1)
    found = floor.talk(talk)
    assert found.state is S.CLOSED
    assert floor.entries(kind="conversation.closed")[0].payload["because"] == "idle_expired"


def test_a_reply_to_a_waiting_one_breaks_the_silence(floor: Any, ada: Actor) -> None:
    talk = waiting(floor, ada)
    floor.wait(27 * DAY)
    floor.do("conversation.reply", ada, conversation=talk, text="Still with you")
    floor.wait(27 * DAY)
    assert floor.talk(talk).state is S.WAITING
    floor.wait(DAY)
    assert floor.talk(talk).state is S.CLOSED


@pytest.mark.parametrize("way", ["conversation.close", "conversation.release"])
def test_a_live_one_that_is_given_back_goes_to_another_agent(
    floor: Any, ada: Actor, bo: Actor, way: str
) -> None:
    talk = floor.serves(ada)
    floor.do("agent.set_presence", bo, presence="available")
    floor.do(way, ada, conversation=talk)
    assert floor.ringing(ada) == []
    assert floor.ringing(bo) == [talk]
    assert floor.person(ada).used == 0
    assert floor.do("session.list", ada) == []


@pytest.mark.parametrize("way", ["conversation.close", "conversation.release"])
def test_who_gave_it_back_is_not_asked_again_at_once_but_later(
    floor: Any, ada: Actor, way: str
) -> None:
    talk = floor.serves(ada)
    floor.do(way, ada, conversation=talk)
    assert floor.ringing(ada) == []
    assert floor.talk(talk).state is S.OPEN
    assert floor.talk(talk).agent_id is None
    floor.writes("hello?")
    assert floor.ringing(ada) == []
    floor.wait(60_000)
    assert floor.ringing(ada) == [talk]


def test_giving_back_makes_room_for_what_else_waits(floor: Any) -> None:
    ada = floor.hire("ada", capacity=25)
    first = floor.serves(ada, address="a")
    second = floor.writes(address="b")
    floor.do("conversation.release", ada, conversation=first)
    assert floor.ringing(ada) == [second]


def test_a_note_at_release_is_for_whoever_takes_it_next(floor: Any, ada: Actor) -> None:
    talk = floor.serves(ada)
    floor.do("conversation.release", ada, conversation=talk, note="needs\nNorwegian")
    assert floor.lines(talk, MessageKind.EVENT)[-1] == "Ada Test released it: needs Norwegian"


def test_a_released_asynchronous_one_is_open_too(floor: Any, ada: Actor) -> None:
    talk = floor.serves(ada, channel="email", address="k@example.com")
    assert floor.do("conversation.release", ada, conversation=talk).state is S.OPEN


def test_a_customer_who_leaves_before_anybody_took_it_closes_it(floor: Any) -> None:
    talk = floor.writes()
    found = floor.do("conversation.customer_left", conversation=talk)
    assert (found.state, found.closed_at) == (S.CLOSED, floor.clock.now())
    assert floor.entries(kind="conversation.customer_left")[0].payload["abandoned"] is True


def test_a_customer_who_leaves_while_it_rings_frees_the_agent(floor: Any) -> None:
    ada = floor.hire("ada", capacity=25)
    first, second = floor.writes(address="a"), floor.writes(address="b")
    found = floor.do("conversation.customer_left", conversation=first)
    assert (found.state, found.offered_to) == (S.CLOSED, None)
    assert floor.ringing(ada) == [second]
    floor.wait(120 * SECOND)
    assert [e.conversation_id for e in floor.entries(kind="conversation.offer_expired")] == [second]


def test_a_customer_who_leaves_an_active_one_opens_wrap_up(floor: Any, ada: Actor) -> None:
    talk = floor.serves(ada)
    found = floor.do("conversation.customer_left", conversation=talk)
    assert (found.state, found.agent_id, found.ended_at) == (S.WRAP_UP, ada.id, floor.clock.now())
    assert len(floor.do("session.list", ada)) == 1
    floor.wait(15 * MINUTE)
    assert floor.talk(talk).state is S.CLOSED


def test_leaving_what_waits_or_has_ended_changes_nothing(floor: Any, ada: Actor) -> None:
    ended = floor.serves(ada)
    floor.do("conversation.end", ada, conversation=ended)
    for talk in (waiting(floor, ada), ended):
        before = floor.desk.last_seq()
        state = floor.talk(talk).state
        for way in ("customer_left", "customer_gone", "customer_back"):
            assert floor.do(f"conversation.{way}", conversation=talk).state is state
        assert floor.desk.last_seq() == before


def test_a_customer_who_is_gone_is_waited_for_and_then_it_ends(floor: Any, ada: Actor) -> None:
    talk = floor.serves(ada)
    found = floor.do("conversation.customer_gone", conversation=talk)
    assert (found.state, found.customer_gone_at) == (S.ACTIVE, floor.clock.now())
    assert floor.person(ada).used == 25
    floor.wait(180 * SECOND - 1)
    assert floor.talk(talk).state is S.ACTIVE
    floor.wait(1)
    assert floor.talk(talk).state is S.WRAP_UP
    assert floor.entries(kind="conversation.customer_lost")


@pytest.mark.parametrize("by_writing", [True, False])
def test_a_customer_who_comes_back_in_time_goes_on(
    floor: Any, ada: Actor, by_writing: bool
) -> None:
    talk = floor.serves(ada)
    floor.do("conversation.customer_gone", conversation=talk)
    floor.wait(100 * SECOND)
    if by_writing:
        assert floor.writes("back") == talk
    else:
        floor.do("conversation.customer_back", conversation=talk)
    assert floor.talk(talk).customer_gone_at is None
    floor.wait(DAY)
    assert floor.talk(talk).state is S.ACTIVE


@pytest.mark.parametrize("taken", [True, False])
def test_coming_back_to_what_has_ended_changes_nothing(floor: Any, ada: Actor, taken: bool) -> None:
    talk = floor.serves(ada) if taken else floor.writes()
    left = floor.do("conversation.customer_left", conversation=talk)
    before = floor.desk.last_seq()
    assert floor.do("conversation.customer_back", conversation=talk) == left
    assert floor.desk.last_seq() == before


def test_going_twice_does_not_start_the_wait_anew(floor: Any, ada: Actor) -> None:
    talk = floor.serves(ada)
    floor.do("conversation.customer_gone", conversation=talk)
    floor.wait(100 * SECOND)
    floor.do("conversation.customer_gone", conversation=talk)
    floor.wait(80 * SECOND)
    assert floor.talk(talk).state is S.WRAP_UP


@pytest.mark.parametrize("rings", [True, False])
def test_a_live_customer_who_is_gone_before_anybody_took_it_closes_it(
    floor: Any, rings: bool
) -> None:
    if rings:
        floor.hire("ada")
    talk = floor.writes()
    assert floor.do("conversation.customer_gone", conversation=talk).state is S.CLOSED


def test_nobody_is_gone_on_an_asynchronous_channel(floor: Any, ada: Actor) -> None:
    talk = floor.serves(ada, channel="email", address="k@example.com")
    found = floor.do("conversation.customer_gone", conversation=talk)
    assert (found.state, found.customer_gone_at) == (S.ACTIVE, None)


@pytest.mark.parametrize("taker", ["nobody", "rings", "accepted"])
def test_a_customer_who_is_gone_when_it_is_given_back_is_not_waited_for_forever(
    floor: Any, ada: Actor, bo: Actor, taker: str
) -> None:
    talk = floor.serves(ada)
    floor.do("conversation.customer_gone", conversation=talk)
    floor.wait(60 * SECOND)
    if taker != "nobody":
        floor.do("agent.set_presence", bo, presence="available")
    floor.do("conversation.release", ada, conversation=talk)
    if taker == "accepted":
        floor.do("conversation.accept", bo, conversation=talk)
    floor.wait(119 * SECOND)
    assert floor.talk(talk).state is not S.CLOSED
    floor.wait(SECOND)
    assert floor.talk(talk).state is (S.WRAP_UP if taker == "accepted" else S.CLOSED)
    assert floor.person(bo).used == (25 if taker == "accepted" else 0)


def test_closing_what_nobody_took_closes_it_and_frees_whom_it_rang_at(
    floor: Any, ada: Actor, bo: Actor
) -> None:
    talk = floor.writes()
    assert floor.ringing(ada) == [talk]
    assert floor.do("conversation.close", bo, conversation=talk).state is S.CLOSED
    assert (floor.ringing(ada), floor.person(ada).used) == ([], 0)
    assert floor.desk.next_due() is None


@pytest.mark.parametrize("way", ["end", "close", "release"])
def test_nobody_ends_what_is_with_somebody_else(
    floor: Any, ada: Actor, bo: Actor, way: str
) -> None:
    talk = floor.serves(ada)
    refusal = floor.refused(f"conversation.{way}", bo, conversation=talk)
    assert refusal.code == "conversation.not_yours"
    assert refusal.message == "The conversation with Visitor 1001 is with Ada Test."


@pytest.mark.parametrize("way", ["end", "release"])
def test_what_still_rings_can_be_neither_ended_nor_released(
    floor: Any, ada: Actor, bo: Actor, way: str
) -> None:
    talk = floor.writes()
    for by in (ada, bo, ADMINISTRATOR):
        refusal = floor.refused(f"conversation.{way}", by, conversation=talk)
        assert refusal.code == "conversation.state"
    assert floor.ringing(ada) == [talk]
    floor.wait(120 * SECOND)
    assert floor.talk(talk).state is S.OPEN


CHANGING: dict[str, dict[str, Any]] = {
    "conversation.accept": {},
    "conversation.decline": {},
    "conversation.pick": {},
    "conversation.end": {},
    "conversation.close": {},
    "conversation.release": {},
    "conversation.reply": {"text": "Hi"},
}


@pytest.mark.parametrize("name", CHANGING)
def test_a_closed_conversation_stays_closed(floor: Any, ada: Actor, name: str) -> None:
    talk = floor.serves(ada)
    floor.do("conversation.end", ada, conversation=talk)
    floor.do("conversation.close", ada, conversation=talk)
    before = floor.talk(talk)
    floor.refused(name, ada, conversation=talk, **CHANGING[name])
    floor.wait(100 * DAY)
    assert floor.talk(talk) == before
