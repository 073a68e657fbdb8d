"""Presence follows the load, stays where it was chosen, and always says why it is what it is."""

from typing import Any

import pytest

from omnitui.model.actor import ADMINISTRATOR, Actor
from omnitui.model.agent import Presence

P = Presence


def test_a_new_agent_is_offline_and_says_why(floor: Any) -> None:
    made = floor.do("agent.create", login="ada", name="Ada Byron")
    assert (made.presence, made.presence_reason) == (P.OFFLINE, "Not signed in yet")
    assert (made.capacity, made.used, made.queues) == (100, 0, ())


def test_presence_follows_the_load_up_and_down(floor: Any) -> None:
    ada = floor.hire("ada", capacity=50)
    assert floor.presence(ada) is P.AVAILABLE
    first, second = floor.serves(ada, address="a"), floor.writes(address="b")
    assert (floor.presence(ada), floor.person(ada).presence_reason) == (
        P.DO_NOT_DISTURB,
        "50 of 50 units in use",
    )
    floor.do("conversation.decline", ada, conversation=second)
    assert (floor.presence(ada), floor.person(ada).presence_reason) == (
        P.BUSY,
        "25 of 50 units in use",
    )
    floor.do("conversation.customer_left", conversation=second)
    floor.do("conversation.end", ada, conversation=first)
    assert floor.presence(ada) is P.BUSY
    floor.do("conversation.close", ada, conversation=first)
    assert (floor.presence(ada), floor.person(ada).presence_reason) == (
        P.AVAILABLE,
        "No work",
    )


@pytest.mark.parametrize("chosen", ["do_not_disturb", "away", "offline"])
def test_what_was_chosen_by_hand_stays_whatever_the_load(floor: Any, chosen: str) -> None:
    ada = floor.hire("ada", capacity=50)
    talk = floor.serves(ada)
    found = floor.do("agent.set_presence", ada, presence=chosen)
    assert (found.presence_reason, found.presence_by_hand) == ("You chose it", True)
    floor.do("conversation.end", ada, conversation=talk)
    floor.do("conversation.close", ada, conversation=talk)
    assert floor.presence(ada).value == chosen
    floor.serves(ada, address="b")
    assert floor.presence(ada).value == chosen


@pytest.mark.parametrize("chosen", ["available", "busy"])
def test_choosing_to_be_there_follows_the_load_again(floor: Any, ada: Actor, chosen: str) -> None:
    floor.do("agent.set_presence", ada, presence="away")
    found = floor.do("agent.set_presence", ada, presence=chosen)
    assert (found.presence, found.presence_by_hand) == (chosen, True)
    assert found.presence_reason == "You chose it"
    talk = floor.serves(ada)
    assert (floor.presence(ada), floor.person(ada).presence_by_hand) == (P.BUSY, False)
    floor.do("agent.set_presence", ada, presence=chosen)
    ringing = floor.writes(address="b")
    assert (floor.presence(ada), floor.ringing(ada)) == (chosen, [ringing])
    floor.do("conversation.end", ada, conversation=talk)
    assert floor.presence(ada) == chosen
    floor.do("conversation.close", ada, conversation=talk)
    assert floor.presence(ada) is P.BUSY  # as the load says: something rings


def test_changes_are_told_with_before_after_and_reason(floor: Any, ada: Actor) -> None:
    before = floor.desk.last_seq()
    floor.clock.advance(5)
    floor.do("agent.set_presence", ada, presence="away")
    (entry,) = floor.entries(before, kind="agent.presence_changed")
    assert entry.payload == {
        "agent": ada.id,
        "before": "available",
        "after": "away",
        "reason": "You chose it",
    }
    assert floor.person(ada).presence_since == floor.clock.now()
    floor.clock.advance(5)
    floor.do("agent.set_presence", ada, presence="away")
    assert floor.person(ada).presence_since == floor.clock.now() - 5
    assert len(floor.entries(before, kind="agent.presence_changed")) == 1


def test_nobody_chooses_to_be_inactive(floor: Any, ada: Actor) -> None:
    refusal = floor.refused("agent.set_presence", ada, presence="inactive")
    assert refusal.code == "presence.system"


def test_inactive_stays_until_the_agent_is_back(floor: Any, ada: Actor) -> None:
    floor.writes()
    floor.wait(120_000)
    assert floor.presence(ada) is P.INACTIVE
    floor.wait(600_000)
    assert floor.presence(ada) is P.INACTIVE
    floor.do("agent.set_presence", ada, presence="available")
    assert floor.presence(ada) is P.AVAILABLE


@pytest.mark.parametrize("way", ["accept", "pick"])
def test_who_takes_something_is_not_inactive(floor: Any, ada: Actor, way: str) -> None:
    missed = floor.writes(address="a")
    floor.wait(60_000)
    second = floor.writes(address="b")
    floor.wait(60_000)
    assert (floor.presence(ada), floor.ringing(ada)) == (P.INACTIVE, [second])
    taken = {"accept": second, "pick": missed}[way]
    floor.do(f"conversation.{way}", ada, conversation=taken)
    assert floor.presence(ada) is P.BUSY
    third = floor.writes(address="c")
    assert third in floor.ringing(ada)


def test_what_a_supervisor_assigns_wakes_nobody(floor: Any, ada: Actor) -> None:
    talk = floor.writes()
    floor.wait(120_000)
    floor.do("supervisor.assign", conversation=talk, agent="ada")
    assert floor.presence(ada) is P.INACTIVE


def test_only_a_supervisor_sets_somebody_elses_presence(floor: Any, ada: Actor) -> None:
    bo = floor.hire("bo")
    refusal = floor.refused("agent.set_presence", bo, presence="away", agent="ada")
    assert refusal.code == "permission.denied"
    found = floor.do("agent.set_presence", ADMINISTRATOR, presence="away", agent="ada")
    assert found.presence_reason == "Set by administrator"
    assert floor.refused("agent.set_presence", presence="away").code == "actor.not_an_agent"


def open_tabs(floor: Any, agent: Actor, count: int) -> list[int]:
    talks = [floor.writes(address=f"tab-{n}", context={"queue": "Tabs"}) for n in range(count)]
    for talk in talks:
        floor.do("session.open", agent, conversation=talk)
    return talks


@pytest.fixture
def tabs(floor: Any) -> None:
    """A queue that nobody works, so that tabs can be opened without taking anything."""
    floor.do("queue.create", name="Tabs")


@pytest.mark.usefixtures("tabs")
def test_at_the_session_cap_nobody_is_disturbed_until_one_is_closed(floor: Any, ada: Actor) -> None:
    talks = open_tabs(floor, ada, 8)
    assert floor.presence(ada) is P.AVAILABLE
    floor.do("session.open", ada, conversation=floor.writes(address="9", context={"queue": "Tabs"}))
    found = floor.person(ada)
    assert (found.presence, found.presence_by_hand) == (P.DO_NOT_DISTURB, False)
    assert found.presence_reason.startswith("9 of 9 sessions are open")
    waiting = floor.writes(address="new")
    assert floor.ringing(ada) == []
    floor.do("agent.set_presence", ada, presence="available")
    assert floor.presence(ada) is P.DO_NOT_DISTURB
    floor.do("session.close", ada, conversation=talks[0])
    assert (floor.presence(ada), floor.ringing(ada)) == (P.BUSY, [waiting])


@pytest.mark.usefixtures("tabs")
def test_a_higher_session_cap_lets_an_agent_be_there_again(floor: Any, ada: Actor) -> None:
    floor.do("settings.set", key="session_cap", value="2")
    open_tabs(floor, ada, 2)
    waiting = floor.writes(address="new")
    assert (floor.presence(ada), floor.ringing(ada)) == (P.DO_NOT_DISTURB, [])
    floor.do("settings.set", key="session_cap", value="3")
    assert (floor.presence(ada), floor.ringing(ada)) == (P.BUSY, [waiting])


@pytest.mark.usefixtures("tabs")
def test_do_not_disturb_by_hand_outlives_the_session_cap(floor: Any, ada: Actor) -> None:
    floor.do("agent.set_presence", ada, presence="do_not_disturb")
    floor.do("settings.set", key="session_cap", value="2")
    (first, _) = open_tabs(floor, ada, 2)
    floor.do("session.close", ada, conversation=first)
    floor.do("settings.set", key="session_cap", value="9")
    found = floor.person(ada)
    assert (found.presence, found.presence_reason) == (P.DO_NOT_DISTURB, "You chose it")


def test_who_is_away_by_choice_stays_so_when_an_offer_runs_out(floor: Any, ada: Actor) -> None:
    floor.do("workstream.create", name="Live", channels=["chat"], presences=["available", "away"])
    floor.do("agent.set_presence", ada, presence="away")
    floor.writes()
    floor.wait(120_000)
    found = floor.person(ada)
    assert (found.presence, found.presence_reason) == (P.AWAY, "You chose it")


def test_when_missing_does_not_count_any_more_who_missed_is_there_again(
    floor: Any, ada: Actor
) -> None:
    talk = floor.writes()
    floor.wait(120_000)
    assert (floor.presence(ada), floor.person(ada).presence_by_hand) == (P.INACTIVE, False)
    floor.do("settings.set", key="missed_makes_inactive", value="no")
    assert floor.presence(ada) is P.AVAILABLE
    floor.wait(60_000)
    assert floor.ringing(ada) == [talk]


def test_joining_a_colleague_ends_being_inactive_and_brings_what_waits(floor: Any) -> None:
    ada = floor.hire("ada")
    missed = floor.writes(address="a")
    floor.wait(120_000)
    bo = floor.hire("bo")
    floor.do("conversation.accept", bo, conversation=missed)
    floor.do("agent.set_presence", bo, presence="away")
    waiting = floor.writes(address="b")
    floor.do("conversation.consult", bo, conversation=missed, agent="ada")
    floor.do("conversation.accept", ada, conversation=missed)
    assert (floor.presence(ada), floor.ringing(ada)) == (P.BUSY, [waiting])


@pytest.mark.usefixtures("tabs")
def test_the_session_cap_is_a_setting(floor: Any, ada: Actor) -> None:
    floor.do("settings.set", key="session_cap", value="2")
    open_tabs(floor, ada, 2)
    assert floor.presence(ada) is P.DO_NOT_DISTURB


@pytest.mark.usefixtures("tabs")
def test_a_lower_session_cap_counts_at_once(floor: Any, ada: Actor) -> None:
    open_tabs(floor, ada, 3)
    floor.do("settings.set", key="session_cap", value="3")
    assert floor.presence(ada) is P.DO_NOT_DISTURB


def test_whether_wrap_up_blocks_counts_at_once(floor: Any) -> None:
    ada = floor.hire("ada", capacity=25)
    talk = floor.serves(ada, address="a")
    floor.do("conversation.end", ada, conversation=talk)
    waiting = floor.writes(address="b")
    floor.do("settings.set", key="wrap_up_blocks", value="no")
    assert floor.person(ada).used == 25
    assert floor.ringing(ada) == [waiting]
    floor.do("settings.set", key="wrap_up_blocks", value="yes")
    assert floor.person(ada).used == 50


def test_an_agent_is_asked_more_often_as_soon_as_the_setting_says_so(
    floor: Any, ada: Actor
) -> None:
    floor.do("settings.set", key="most_offers", value="1")
    talk = floor.writes()
    floor.do("conversation.decline", ada, conversation=talk)
    floor.wait(60_000)
    assert floor.ringing(ada) == []
    floor.do("settings.set", key="most_offers", value="2")
    assert floor.ringing(ada) == [talk]


@pytest.mark.parametrize("login", ["", "two words", "42", "ada"])
def test_a_login_is_one_word_that_nobody_has(floor: Any, ada: Actor, login: str) -> None:
    refusal = floor.refused("agent.create", login=login, name="Somebody")
    assert refusal.code in ("agent.login", "agent.exists")


def test_an_agent_needs_a_name_and_a_capacity_that_is_one(floor: Any) -> None:
    assert floor.refused("agent.create", login="x", name=" ").code == "agent.name"
    assert floor.refused("agent.create", login="x", name="X", capacity=-1).code == "agent.capacity"


def test_skills_are_given_changed_and_taken_away(floor: Any) -> None:
    made = floor.do("agent.create", login="ada", name="Ada", skills={"router": 3, "Wifi": 1})
    assert made.skills == {"Wifi": 1, "router": 3}
    floor.do("agent.set_skill", agent="ada", skill="ROUTER", level=5)
    found = floor.do("agent.set_skill", agent="ada", skill="wifi", level=0)
    assert found.skills == {"router": 5}
    for level in (-1, 11):
        refusal = floor.refused("agent.set_skill", agent="ada", skill="router", level=level)
        assert refusal.code == "skill.range"
    assert (
        floor.refused("agent.create", login="x", name="X", skills={"a": 11}).code == "skill.range"
    )


def test_agents_are_listed_by_login_with_their_queues(floor: Any) -> None:
    floor.do("queue.create", name="First", priority=1)
    floor.hire("bo"), floor.hire("ada")
    floor.do("queue.add_member", queue="First", agent="ada")
    found = floor.do("agent.list")
    assert [(agent.login, agent.queues) for agent in found] == [
        ("ada", ("First", "General")),
        ("bo", ("General",)),
    ]
    assert floor.refused("queue.add_member", queue="First", agent="ada").code == "queue.member"
