"""Who is offered what, and what happens when they take it, let it pass or let it run out."""

from typing import Any

import pytest

from omnitui.model.actor import Actor
from omnitui.model.agent import Presence
from omnitui.model.conversation import ConversationState, MessageKind

SECOND = 1_000
OPEN, ACTIVE = ConversationState.OPEN, ConversationState.ACTIVE


def test_what_arrives_rings_at_an_agent_with_a_countdown(floor: Any, ada: Actor) -> None:
    talk = floor.talk(floor.writes())
    assert (talk.state, talk.offered_to, talk.agent_id) == (ACTIVE, ada.id, None)
    assert talk.offer_expires_at == floor.clock.now() + 120 * SECOND
    assert floor.ringing(ada) == [talk.id]


def test_without_anybody_it_waits_and_rings_as_soon_as_somebody_is_there(floor: Any) -> None:
    talk = floor.writes()
    assert floor.talk(talk).state is OPEN
    ada = floor.hire("ada", presence="offline")
    assert floor.ringing(ada) == []
    floor.do("agent.set_presence", ada, presence="available")
    assert floor.ringing(ada) == [talk]


@pytest.mark.parametrize("presence", ["do_not_disturb", "away", "offline"])
def test_nobody_who_is_not_there_is_offered_work(floor: Any, presence: str) -> None:
    ada = floor.hire("ada", presence=presence)
    assert floor.talk(floor.writes()).state is OPEN
    assert floor.ringing(ada) == []


def test_only_members_of_the_queue_are_offered_it(floor: Any, ada: Actor) -> None:
    floor.do("queue.create", name="Billing")
    talk = floor.writes(context={"queue": "Billing"})
    assert floor.talk(talk).state is OPEN
    floor.do("queue.add_member", queue="Billing", agent="ada")
    assert floor.ringing(ada) == [talk]


def test_it_rings_at_whoever_has_most_room_then_at_whoever_was_asked_longest_ago(
    floor: Any,
) -> None:
    bo, ada = floor.hire("bo"), floor.hire("ada")
    asked = []
    for number in range(4):
        floor.clock.advance(1)
        asked.append(floor.talk(floor.writes(address=f"dev-{number}")).offered_to)
    assert asked == [ada.id, bo.id, ada.id, bo.id]


def test_an_offer_takes_capacity_from_the_moment_it_rings(floor: Any) -> None:
    ada = floor.hire("ada", capacity=50)
    talks = [floor.writes(address=f"dev-{number}") for number in range(3)]
    assert floor.person(ada).used == 50
    assert floor.ringing(ada) == talks[:2]
    assert floor.talk(talks[2]).state is OPEN


def test_a_call_and_anything_live_shut_each_other_out(floor: Any) -> None:
    ada = floor.hire("ada", capacity=300)
    call = floor.writes(channel="phone", address="+1")
    chat = floor.writes(channel="chat")
    mail = floor.writes(channel="email", address="a@example.com")
    assert floor.ringing(ada) == [call, mail]
    floor.do("conversation.customer_left", conversation=call)
    assert floor.ringing(ada) == [chat, mail]
    second = floor.writes(channel="phone", address="+2")
    assert floor.talk(second).state is OPEN


def test_accepting_makes_it_the_agents_own_and_opens_its_session(floor: Any, ada: Actor) -> None:
    talk = floor.writes()
    before = floor.desk.last_seq()
    floor.clock.advance(5 * SECOND)
    taken = floor.do("conversation.accept", ada, conversation=talk)
    assert (taken.state, taken.agent_id, taken.agent_name) == (ACTIVE, ada.id, "Ada Test")
    assert (taken.offered_to, taken.offer_expires_at) == (None, None)
    assert taken.accepted_at == floor.clock.now()
    (session,) = floor.do("session.list", ada)
    assert (session.conversation_id, session.focused) == (talk, True)
    assert [e.kind for e in floor.entries(before)] == [
        "conversation.accepted",
        "agent.presence_changed",  # what was chosen by hand holds until something is accepted
    ]
    assert floor.lines(talk, MessageKind.EVENT) == ["Ada Test joined"]
    assert floor.desk.next_due() is None


def test_an_offer_can_be_accepted_only_by_whom_it_rings_at_and_once(floor: Any, ada: Actor) -> None:
    talk = floor.writes()
    bo = floor.hire("bo")
    assert floor.refused("conversation.accept", bo, conversation=talk).code == "offer.gone"
    floor.do("conversation.accept", ada, conversation=talk)
    refusal = floor.refused("conversation.accept", ada, conversation=talk)
    assert refusal.code == "offer.gone"
    assert "The offer of" in refusal.message
    assert floor.refused("conversation.decline", ada, conversation=talk).code == "offer.gone"


def test_a_declined_offer_goes_to_somebody_else(floor: Any, ada: Actor) -> None:
    talk = floor.writes()
    bo = floor.hire("bo")
    floor.do("conversation.decline", ada, conversation=talk, reason="on lunch\x1b[0m")
    assert floor.ringing(ada) == []
    assert floor.ringing(bo) == [talk]
    assert floor.person(ada).used == 0
    (entry,) = floor.entries(kind="conversation.declined")
    assert entry.payload == {"agent": ada.id, "reason": "on lunch"}


def test_who_declined_is_not_asked_again_at_once_but_at_the_next_change(
    floor: Any, ada: Actor
) -> None:
    talk = floor.writes()
    floor.do("conversation.decline", ada, conversation=talk)
    assert floor.talk(talk).state is OPEN
    assert floor.ringing(ada) == []
    floor.do("agent.set_presence", ada, presence="away")
    floor.do("agent.set_presence", ada, presence="available")
    assert floor.ringing(ada) == [talk]


def test_who_declined_is_asked_again_by_itself_after_a_pause(floor: Any, ada: Actor) -> None:
    talk = floor.writes()
    floor.do("conversation.decline", ada, conversation=talk)
    floor.writes("anybody?")
    assert floor.ringing(ada) == []
    told = floor.do("routing.explain", conversation=talk).sentence
    assert told.endswith("Agents who declined or missed it get it again in 60 s.")
    floor.wait(59 * SECOND)
    assert floor.ringing(ada) == []
    floor.wait(SECOND)
    assert floor.ringing(ada) == [talk]


def test_declining_makes_room_for_what_else_waits(floor: Any) -> None:
    ada = floor.hire("ada", capacity=25)
    first, second = floor.writes(address="a"), floor.writes(address="b")
    assert floor.ringing(ada) == [first]
    floor.do("conversation.decline", ada, conversation=first)
    assert floor.ringing(ada) == [second]
    floor.do("conversation.decline", ada, conversation=second)
    assert floor.ringing(ada) == []
    floor.wait(60 * SECOND)
    assert floor.ringing(ada) == [first]


def test_the_same_agent_is_asked_at_most_as_often_as_the_setting_says(
    floor: Any, ada: Actor
) -> None:
    floor.do("settings.set", key="open_minutes", value=0)
    talk = floor.writes()
    for _ in range(3):
        floor.do("conversation.decline", ada, conversation=talk)
        floor.wait(60 * SECOND)
    assert floor.ringing(ada) == []
    assert floor.talk(talk).state is OPEN
    told = floor.do("routing.explain", conversation=talk)
    assert told.excluded[0].because == "ada declined or missed it 3 times"
    assert told.sentence.endswith(
        "Agents who declined or missed it too often do not get it again: pick it, or assign it."
    )
    floor.wait(24 * 3_600 * SECOND)
    assert floor.ringing(ada) == []
    bo = floor.hire("bo")
    assert floor.ringing(bo) == [talk]


def test_who_was_asked_often_enough_can_still_pick_it(floor: Any, ada: Actor) -> None:
    talk = floor.writes()
    floor.do("settings.set", key="most_offers", value="1")
    floor.do("conversation.decline", ada, conversation=talk)
    floor.writes("anybody?")
    assert floor.ringing(ada) == []
    assert floor.do("conversation.pick", ada, conversation=talk).agent_id == ada.id


def test_an_offer_runs_out_exactly_when_its_time_is_over(floor: Any, ada: Actor) -> None:
    talk = floor.writes()
    assert floor.wait(120 * SECOND - 1) == 0
    assert floor.ringing(ada) == [talk]
    assert floor.wait(1) == 1
    assert floor.ringing(ada) == []
    assert floor.talk(talk).state is OPEN
    assert [e.payload["agent"] for e in floor.entries(kind="conversation.offer_expired")] == [
        ada.id
    ]
    refusal = floor.refused("conversation.accept", ada, conversation=talk)
    assert refusal.code == "offer.gone"


def test_who_lets_an_offer_run_out_becomes_inactive_and_the_next_is_asked(
    floor: Any, ada: Actor
) -> None:
    talk = floor.writes()
    bo = floor.hire("bo")
    floor.wait(120 * SECOND)
    found = floor.person(ada)
    assert found.presence is Presence.INACTIVE
    assert found.presence_reason == "An offer from Visitor 1001 ran out"
    assert floor.ringing(bo) == [talk]
    floor.wait(120 * SECOND)
    assert floor.talk(talk).state is OPEN
    floor.do("agent.set_presence", ada, presence="available")
    assert floor.ringing(ada) == [talk]


def test_letting_an_offer_run_out_can_be_without_consequence(floor: Any, ada: Actor) -> None:
    floor.do("settings.set", key="missed_makes_inactive", value="no")
    floor.writes()
    floor.wait(120 * SECOND)
    assert floor.presence(ada) is Presence.AVAILABLE


def test_an_expired_offer_counts_like_a_declined_one(floor: Any, ada: Actor) -> None:
    floor.do("settings.set", key="missed_makes_inactive", value="no")
    talk = floor.writes()
    for _ in range(3):
        floor.wait(120 * SECOND)
        floor.writes("anybody?")
    assert floor.talk(talk).state is OPEN


@pytest.mark.parametrize("presence", ["offline", "away"])
def test_who_went_away_by_themselves_stays_so_when_an_offer_runs_out(
    floor: Any, ada: Actor, presence: str
) -> None:
    floor.writes()
    floor.do("agent.set_presence", ada, presence=presence)
    floor.wait(120 * SECOND)
    assert floor.presence(ada).value == presence


def test_an_offer_that_runs_out_makes_room_for_what_else_waits(floor: Any) -> None:
    floor.do("settings.set", key="missed_makes_inactive", value="no")
    ada = floor.hire("ada", capacity=25)
    floor.writes(address="a")
    second = floor.writes(address="b")
    floor.wait(120 * SECOND)
    assert floor.ringing(ada) == [second]


def test_declining_can_mean_not_to_be_disturbed(floor: Any) -> None:
    floor.do("settings.set", key="declined_makes_do_not_disturb", value="yes")
    ada = floor.hire("ada", capacity=25)
    first, second = floor.writes(address="a"), floor.writes(address="b")
    floor.do("conversation.decline", ada, conversation=first)
    found = floor.person(ada)
    assert found.presence is Presence.DO_NOT_DISTURB
    assert found.presence_by_hand
    assert "declined" in found.presence_reason
    assert floor.ringing(ada) == []
    assert floor.talk(second).state is OPEN


def test_picking_takes_an_open_conversation(floor: Any) -> None:
    talk = floor.writes()
    ada = floor.hire("ada", presence="offline")
    taken = floor.do("conversation.pick", ada, conversation=talk)
    assert (taken.state, taken.agent_id) == (ACTIVE, ada.id)
    assert floor.person(ada).used == 25
    assert [e.kind for e in floor.entries(kind="conversation.")][-1] == "conversation.picked"


def test_picking_may_exceed_the_capacity_when_it_is_said_and_tells_by_how_much(
    floor: Any,
) -> None:
    ada = floor.hire("ada", capacity=30, presence="away")
    floor.serves(ada, address="dev-0")
    talk = floor.writes(address="dev-1")
    refusal = floor.refused("conversation.pick", ada, conversation=talk)
    assert refusal.code == "capacity.beyond"
    assert "5 of 30 units are free, and it needs 25" in refusal.message
    floor.do("conversation.pick", ada, conversation=talk, anyway="yes")
    assert floor.person(ada).used == 50
    assert floor.lines(talk, MessageKind.EVENT) == ["Ada Test joined, 20 over capacity"]


def test_picking_what_rings_at_oneself_accepts_it(floor: Any, ada: Actor) -> None:
    talk = floor.writes()
    floor.do("conversation.pick", ada, conversation=talk)
    assert floor.entries(kind="conversation.accepted")
    assert floor.desk.next_due() is None


def test_what_rings_at_somebody_else_cannot_be_picked(floor: Any, ada: Actor) -> None:
    talk = floor.writes()
    bo = floor.hire("bo")
    refusal = floor.refused("conversation.pick", bo, conversation=talk)
    assert refusal.code == "conversation.offered"
    floor.do("conversation.accept", ada, conversation=talk)
    assert floor.refused("conversation.pick", bo, conversation=talk).code == "conversation.state"


def test_who_becomes_free_is_offered_the_most_pressing_first(floor: Any) -> None:
    floor.do("queue.create", name="First", priority=1)
    general = {"queue": "General"}
    late = floor.writes(address="a", context=general)
    urgent = floor.writes(address="b", context=general)
    floor.do("conversation.set_priority", conversation=urgent, priority=5)
    other = floor.writes(address="c", context={"queue": "First"})
    floor.clock.advance(1)
    last = floor.writes(address="d", context=general)
    ada = floor.hire("ada", presence="offline")
    floor.do("queue.add_member", queue="First", agent="ada")
    floor.do("agent.set_presence", ada, presence="available")
    assert [e.conversation_id for e in floor.entries(kind="conversation.offered")] == [
        other,
        urgent,
        late,
        last,
    ]


def test_a_long_line_in_other_queues_hides_nobody_of_ones_own(floor: Any) -> None:
    floor.do("queue.create", name="Billing", priority=1)
    for number in range(210):
        floor.writes(address=f"dev-{number}", context={"queue": "Billing"})
    mine = floor.writes(address="mine", context={"queue": "General"})
    assert floor.ringing(floor.hire("ada")) == [mine]


def test_a_long_line_of_what_does_not_fit_hides_nothing_that_does(floor: Any) -> None:
    for number in range(210):
        floor.writes(channel="phone", address=f"+47 {number}")
    ada = floor.hire("ada", capacity=50, presence="offline")
    chat = floor.writes()
    floor.do("agent.set_presence", ada, presence="available")
    assert floor.ringing(ada) == [chat]


def test_what_one_let_pass_too_often_hides_nothing_else(floor: Any, ada: Actor) -> None:
    floor.do("settings.set", key="most_offers", value="1")
    for number in range(5):
        floor.do("conversation.decline", ada, conversation=floor.writes(address=f"dev-{number}"))
    floor.do("agent.set_presence", ada, presence="away")
    last = floor.writes(address="last")
    floor.do("agent.set_presence", ada, presence="available")
    assert floor.ringing(ada) == [last]


def test_offers_are_listed_by_who_runs_out_first_and_only_to_agents(floor: Any, ada: Actor) -> None:
    talks = []
    for number in range(3):
        talks.append(floor.writes(address=f"dev-{number}"))
        floor.clock.advance(SECOND)
    assert floor.ringing(ada) == talks
    assert floor.refused("conversation.offers").code == "actor.not_an_agent"


def test_settings_of_offers_are_read_at_the_next_offer(floor: Any, ada: Actor) -> None:
    floor.do("settings.set", key="offer_seconds", value="10")
    talk = floor.writes()
    assert floor.talk(talk).offer_expires_at == floor.clock.now() + 10 * SECOND
