"""Agents who go: what rings goes on at once, a live chat after the time of grace, mail when its
customer writes; and live conversations that nobody takes close by themselves."""

from typing import Any

import pytest

from omnitui.model.actor import ADMINISTRATOR, Actor
from omnitui.model.agent import Presence
from omnitui.model.conversation import ConversationState, MessageKind

SECOND, MINUTE, HOUR = 1_000, 60_000, 3_600_000
GRACE = 180 * SECOND
S = ConversationState


@pytest.fixture
def bo(floor: Any) -> Actor:
    return floor.hire("bo", presence="away")


def goes(floor: Any, who: Actor, way: str) -> None:
    """An agent who has a console is Offline from now on."""
    if way == "chosen":
        floor.do("agent.set_presence", who, presence="offline")
    elif way == "supervisor":
        floor.do("agent.set_presence", ADMINISTRATOR, agent=who.id, presence="offline")
    elif way == "left":
        floor.do("console.leave", who, console="one")
    else:
        floor.wait(45 * SECOND)
    assert floor.presence(who) is Presence.OFFLINE


WAYS = ["chosen", "supervisor", "left", "lost"]


@pytest.mark.parametrize("way", WAYS)
def test_what_rings_goes_on_at_once_whatever_made_them_go(
    floor: Any, ada: Actor, bo: Actor, way: str
) -> None:
    floor.do("console.beat", ada, console="one")
    talk = floor.writes()
    assert floor.ringing(ada) == [talk]
    floor.do("agent.set_presence", bo, presence="available")
    goes(floor, ada, way)
    assert (floor.ringing(ada), floor.ringing(bo)) == ([], [talk])
    assert floor.person(ada).used == 0
    assert floor.do("routing.explain", conversation=talk).sentence
    # It was not let pass: the next time it counts as if they had never been asked.
    (entry,) = floor.entries(kind="conversation.offer_withdrawn")
    assert (entry.conversation_id, entry.payload["agent"]) == (talk, ada.id)


@pytest.mark.parametrize("chosen", ["away", "do_not_disturb"])
def test_choosing_not_to_be_asked_takes_back_what_rings(
    floor: Any, ada: Actor, bo: Actor, chosen: str
) -> None:
    talks = [floor.writes(address=f"d{n}") for n in range(3)]
    assert floor.ringing(ada) == talks
    floor.do("agent.set_presence", ada, presence=chosen)
    assert (floor.ringing(ada), floor.person(ada).used) == ([], 0)
    assert {floor.talk(talk).state for talk in talks} == {S.OPEN}
    floor.do("agent.set_presence", bo, presence="available")
    assert floor.ringing(bo) == talks
    floor.do("agent.set_presence", bo, presence=chosen)
    for _ in range(4):  # more often than anybody is offered what they let pass
        floor.do("agent.set_presence", ada, presence="available")
        assert floor.ringing(ada) == talks
        floor.do("agent.set_presence", ada, presence=chosen)


def test_what_may_ring_all_the_same_rings_on(floor: Any, ada: Actor) -> None:
    floor.do("workstream.create", name="Late", channels=["sms"], presences=["available", "away"])
    chat, sms = floor.writes(), floor.writes(channel="sms", address="+47 900 12 345")
    floor.do("agent.set_presence", ada, presence="away")
    assert floor.ringing(ada) == [sms]
    floor.do("agent.set_presence", ada, presence="offline")
    assert floor.ringing(ada) == []
    assert floor.talk(chat).state is S.OPEN


def test_who_chooses_to_be_there_keeps_what_rings(floor: Any, ada: Actor) -> None:
    talk = floor.writes()
    for chosen in ("busy", "available"):
        floor.do("agent.set_presence", ada, presence=chosen)
        assert floor.ringing(ada) == [talk]


def test_who_does_not_want_to_be_disturbed_after_declining_is_not(floor: Any, ada: Actor) -> None:
    floor.do("settings.set", key="declined_makes_do_not_disturb", value="yes")
    first, second = floor.writes(address="a"), floor.writes(address="b")
    floor.do("conversation.decline", ada, conversation=first)
    assert floor.ringing(ada) == []
    assert floor.talk(second).state is S.OPEN


def test_a_skill_that_is_taken_away_leaves_what_rings(floor: Any, ada: Actor) -> None:
    floor.do("agent.set_skill", agent="ada", skill="router", level=5)
    talk = floor.writes()
    floor.do("agent.set_skill", agent="ada", skill="router", level=0)
    assert floor.ringing(ada) == [talk]


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("channel", ["chat", "phone"])
def test_a_live_one_goes_back_to_its_queue_after_the_time_of_grace(
    floor: Any, ada: Actor, bo: Actor, way: str, channel: str
) -> None:
    talk = floor.serves(ada, channel=channel, address="+47 900 12 345", context={"shop": "Oslo"})
    floor.do("session.draft", ada, conversation=talk, text="I was about to", kind="reply")
    floor.do("console.beat", ada, console="one")
    goes(floor, ada, way)
    floor.do("agent.set_presence", bo, presence="available")
    floor.wait(GRACE - 1)
    assert (floor.talk(talk).agent_id, floor.ringing(bo)) == (ada.id, [])
    floor.wait(1)
    item = floor.talk(talk)
    assert (item.offered_to, item.agent_id, item.queue) == (bo.id, None, "General")
    assert item.context == {"shop": "Oslo"}
    assert floor.lines(talk, MessageKind.NOTE) == ["Typed and not sent: I was about to"]
    assert floor.do("session.list", ada) == []
    assert floor.person(ada).used == 0
    assert "Ada Test is offline: returned to the queue General" in floor.lines(
        talk, MessageKind.EVENT
    )
    (entry,) = floor.entries(kind="conversation.agent_gone")
    assert (entry.payload["agent"], entry.conversation_id) == (ada.id, talk)
    floor.do("conversation.accept", bo, conversation=talk)
    assert floor.wait(HOUR) == 0


def test_who_is_back_in_time_goes_on(floor: Any, ada: Actor) -> None:
    talk = floor.serves(ada)
    floor.do("agent.set_presence", ada, presence="offline")
    floor.wait(GRACE - 1)
    floor.do("agent.set_presence", ada, presence="busy")
    floor.wait(HOUR)
    assert (floor.talk(talk).state, floor.talk(talk).agent_id) == (S.ACTIVE, ada.id)


def test_who_works_on_while_offline_is_not_gone(floor: Any, ada: Actor) -> None:
    talk = floor.serves(ada)
    floor.do("agent.set_presence", ada, presence="offline")
    for _ in range(5):
        floor.wait(GRACE - 1)
        floor.do("conversation.reply", ada, conversation=talk, text="Still with you")
    assert floor.talk(talk).agent_id == ada.id
    floor.wait(GRACE)
    assert floor.talk(talk).agent_id is None


def test_away_and_do_not_disturb_are_not_gone(floor: Any, ada: Actor) -> None:
    talk = floor.serves(ada)
    for chosen in ("away", "do_not_disturb"):
        floor.do("agent.set_presence", ada, presence=chosen)
        floor.wait(HOUR)
        assert floor.talk(talk).agent_id == ada.id


def test_what_comes_to_an_offline_agent_does_not_stay_for_ever(floor: Any, bo: Actor) -> None:
    floor.do("agent.set_presence", bo, presence="offline")
    talk = floor.writes()
    floor.do("supervisor.assign", conversation=talk, agent="bo")
    floor.wait(GRACE)
    assert floor.talk(talk).agent_id is None


def test_what_an_offline_agent_takes_themselves_stays_with_them(floor: Any, bo: Actor) -> None:
    floor.do("agent.set_presence", bo, presence="offline")
    floor.wait(SECOND)
    talk = floor.serves(bo)
    floor.wait(HOUR)
    floor.writes("Hello?")
    assert floor.talk(talk).agent_id == bo.id


def test_what_is_brought_back_to_an_offline_agent_does_not_stay_either(
    floor: Any, ada: Actor
) -> None:
    talk = floor.serves(ada)
    floor.do("conversation.release", ada, conversation=talk)
    floor.do("agent.set_presence", agent="ada", presence="offline")
    floor.do("undo.last", ada)
    assert floor.talk(talk).agent_id == ada.id
    floor.wait(GRACE)
    assert floor.talk(talk).agent_id is None


def test_the_time_of_grace_is_a_setting(floor: Any, ada: Actor) -> None:
    floor.do("settings.set", key="grace_seconds", value="10")
    talk = floor.serves(ada)
    floor.do("agent.set_presence", ada, presence="offline")
    floor.wait(10 * SECOND)
    assert floor.talk(talk).agent_id is None


def mail(floor: Any, agent: Actor) -> int:
    talk: int = floor.serves(agent, channel="email", address="kiana@example.com")
    return talk


def test_an_asynchronous_one_goes_back_when_its_customer_writes(
    floor: Any, ada: Actor, bo: Actor
) -> None:
    talk = mail(floor, ada)
    floor.do("agent.set_presence", ada, presence="offline")
    floor.do("agent.set_presence", bo, presence="available")
    floor.wait(30 * MINUTE)
    assert (floor.talk(talk).state, floor.talk(talk).agent_id) == (S.ACTIVE, ada.id)
    floor.writes("Hello?", channel="email", address="kiana@example.com")
    assert (floor.talk(talk).offered_to, floor.talk(talk).agent_id) == (bo.id, None)
    assert floor.ringing(bo) == [talk]


def test_what_was_written_within_the_time_of_grace_goes_back_with_it(
    floor: Any, ada: Actor, bo: Actor
) -> None:
    talk, other = mail(floor, ada), floor.serves(ada, channel="email", address="lena@example.com")
    floor.wait(SECOND)
    floor.do("agent.set_presence", ada, presence="offline")
    floor.do("agent.set_presence", bo, presence="available")
    floor.wait(MINUTE)
    floor.writes("Hello?", channel="email", address="kiana@example.com")
    assert floor.talk(talk).agent_id == ada.id
    floor.wait(GRACE - MINUTE)
    assert floor.ringing(bo) == [talk]
    assert floor.talk(other).agent_id == ada.id


def test_a_waiting_one_finds_somebody_else_as_ever(floor: Any, ada: Actor, bo: Actor) -> None:
    talk = mail(floor, ada)
    floor.do("conversation.close", ada, conversation=talk)
    floor.do("agent.set_presence", ada, presence="offline")
    floor.do("agent.set_presence", bo, presence="available")
    floor.wait(HOUR)
    floor.writes("Hello?", channel="email", address="kiana@example.com")
    assert floor.ringing(bo) == [talk]


def notice(floor: Any, occasion: str, text: str, language: str = "en") -> None:
    floor.do("notice.set", occasion=occasion, text=text, language=language)


def test_the_customer_is_told_in_their_language(floor: Any, ada: Actor) -> None:
    notice(floor, "agent_gone", "{agent.first_name} had to go.")
    notice(floor, "agent_gone", "{agent.first_name} måtte gå.", "nb")
    talk = floor.serves(ada, context={"language": "nb"})
    other = floor.serves(ada, address="dev-2")
    floor.do("agent.set_presence", ada, presence="offline")
    floor.wait(GRACE)
    assert floor.lines(talk)[-1] == "Ada måtte gå."
    assert floor.lines(other)[-1] == "Ada had to go."


def test_a_live_one_that_nobody_takes_is_closed_as_abandoned_and_told_so(floor: Any) -> None:
    notice(floor, "not_taken", "I am sorry that nobody came.")
    talk, letter = floor.writes(), floor.writes(channel="email", address="kiana@example.com")
    floor.wait(20 * MINUTE - 1)
    assert floor.talk(talk).state is S.OPEN
    floor.wait(1)
    item = floor.talk(talk)
    assert (item.state, item.closed_at) == (S.CLOSED, floor.clock.now())
    assert floor.lines(talk)[-1] == "I am sorry that nobody came."
    assert floor.lines(talk, MessageKind.EVENT)[-1] == (
        "Nobody took it for 20 min: closed as abandoned"
    )
    (entry,) = floor.entries(kind="conversation.closed")
    assert (entry.payload["because"], entry.payload["abandoned"]) == ("not_taken", True)
    assert floor.talk(letter).state is S.OPEN
    assert floor.writes("Anybody?") != talk


def test_whose_customer_writes_again_is_waited_for_anew(floor: Any) -> None:
    talk = floor.writes()
    floor.wait(19 * MINUTE)
    assert floor.writes("Still here") == talk
    floor.wait(19 * MINUTE)
    assert floor.talk(talk).state is S.OPEN
    floor.wait(MINUTE)
    assert floor.talk(talk).state is S.CLOSED


def test_what_rings_when_its_time_is_over_may_be_accepted(floor: Any) -> None:
    talk = floor.writes()
    floor.wait(19 * MINUTE)
    ada = floor.hire("ada")
    floor.wait(MINUTE + 10 * SECOND)
    assert floor.ringing(ada) == [talk]
    floor.do("conversation.accept", ada, conversation=talk)
    floor.wait(HOUR)
    assert floor.talk(talk).state is S.ACTIVE


def test_what_is_given_back_counts_anew(floor: Any, ada: Actor) -> None:
    talk = floor.serves(ada)
    floor.wait(HOUR)
    floor.do("conversation.release", ada, conversation=talk)
    floor.do("agent.set_presence", ada, presence="away")
    floor.wait(20 * MINUTE - 1)
    assert floor.talk(talk).state is S.OPEN
    floor.wait(1)
    assert floor.talk(talk).state is S.CLOSED


@pytest.mark.parametrize(("minutes", "closed"), [("0", False), ("5", True), ("10080", False)])
def test_after_how_long_is_a_setting(floor: Any, minutes: str, closed: bool) -> None:
    floor.do("settings.set", key="open_minutes", value=minutes)
    talk = floor.writes()
    floor.wait(5 * MINUTE)
    assert (floor.talk(talk).state is S.CLOSED) is closed


@pytest.mark.parametrize("value", ["-1", "10081", "soon"])
def test_a_time_that_makes_no_sense_is_refused(floor: Any, value: str) -> None:
    assert floor.refused("settings.set", key="open_minutes", value=value).code == "settings.invalid"


def test_closing_a_session_without_an_answer_stops_no_first_response(
    floor: Any, ada: Actor
) -> None:
    floor.do("sla.create", name="First", kpi="first_response", warn_minutes=30, fail_minutes=60)
    talk = mail(floor, ada)
    floor.wait(10 * MINUTE)
    floor.do("conversation.close", ada, conversation=talk)
    assert floor.talk(talk).sla_status == "in_progress"
    floor.wait(50 * MINUTE)
    assert floor.talk(talk).sla_status == "breached"
    assert floor.entries(kind="sla.breached")


def test_once_answered_the_first_response_is_kept(floor: Any, ada: Actor) -> None:
    floor.do("sla.create", name="First", kpi="first_response", warn_minutes=30, fail_minutes=60)
    talk = mail(floor, ada)
    floor.do("conversation.reply", ada, conversation=talk, text="I look into it")
    floor.do("conversation.close", ada, conversation=talk)
    assert [one.status for one in floor.do("sla.of", conversation=talk)] == ["succeeded"]
