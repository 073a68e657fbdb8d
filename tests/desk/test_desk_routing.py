"""Work finds the agent who can do it at once, by the queue's rules, and says why."""

import json
from typing import Any

import pytest

from omnitui.model.agent import Presence

SECOND, MINUTE = 1_000, 60_000


def queue(floor: Any, name: str = "Internet", **rules: Any) -> None:
    floor.do("queue.create", name=name, **rules)


def hire(floor: Any, login: str, at: str = "Internet", **skills: int) -> Any:
    actor = floor.hire(login, queue=at)
    for skill, level in skills.items():
        floor.do("agent.set_skill", agent=login, skill=skill, level=level)
    return actor


def asks(floor: Any, address: str, at: str = "Internet", **skills: int) -> int:
    """Somebody writes when nobody is there; what answering takes is known before anybody comes."""
    talk: int = floor.writes(address=address, context={"queue": at})
    if skills:
        floor.do("conversation.set_skills", conversation=talk, skills=skills)
    return talk


def explain(floor: Any, talk: int) -> Any:
    return floor.do("routing.explain", conversation=talk)


def test_only_who_has_the_skill_is_asked_and_the_others_are_named(floor: Any) -> None:
    queue(floor)
    talk = asks(floor, "a", Router=3)
    ada = hire(floor, "ada", router=2)
    assert floor.ringing(ada) == []
    told = explain(floor, talk)
    assert (told.agent, told.excluded[0].agent) == (None, "ada")
    assert told.excluded[0].because == "ada lacks router (needs 3, has 2)"
    assert told.sentence.startswith("Waits: ")
    bo = hire(floor, "bo", router=3)
    assert floor.ringing(bo) == [talk]
    assert floor.talk(talk).routing.startswith("Goes to bo: the only one who fits")


def test_a_skill_that_is_learnt_finds_its_work_at_once(floor: Any) -> None:
    queue(floor)
    ada = hire(floor, "ada")
    talk = asks(floor, "a")
    floor.do("conversation.decline", ada, conversation=talk)
    floor.do("conversation.set_skills", conversation=talk, skills={"fibre": 1})
    floor.wait(MINUTE)
    assert floor.ringing(ada) == []
    floor.do("agent.set_skill", agent="ada", skill="Fibre", level=1)
    assert floor.ringing(ada) == [talk]


def test_asking_for_less_finds_somebody_at_once(floor: Any) -> None:
    queue(floor)
    talk = asks(floor, "a", router=9)
    ada = hire(floor, "ada", router=2)
    floor.do("conversation.set_skills", conversation=talk, skills={"router": 1})
    assert floor.ringing(ada) == [talk]


def test_the_closest_is_found_where_nobody_has_it(floor: Any) -> None:
    queue(floor, match="closest", assign="nearest")
    hire(floor, "ada", router=1)
    bo = hire(floor, "bo", router=4)
    floor.do("agent.set_presence", bo, presence="away")
    talk = asks(floor, "first")  # rings at ada
    assert floor.talk(talk).offered_to is not None
    floor.do("agent.set_presence", bo, presence="available")
    second = asks(floor, "second")
    floor.do("conversation.decline", bo, conversation=second)
    floor.do("conversation.set_skills", conversation=second, skills={"router": 5})
    assert explain(floor, second).match == "closest"


@pytest.mark.parametrize("assign", ["highest_capacity", "round_robin", "least_active"])
def test_equals_take_turns(floor: Any, assign: str) -> None:
    queue(floor, assign=assign)
    people = [hire(floor, login) for login in ("ada", "bo", "cai")]
    for number in range(6):
        asks(floor, f"dev-{number}")
        floor.clock.advance(SECOND)
    assert [len(floor.ringing(person)) for person in people] == [2, 2, 2]


def test_least_active_is_whose_work_ended_longest_ago(floor: Any) -> None:
    queue(floor, assign="least_active")
    ada, bo = hire(floor, "ada"), hire(floor, "bo")
    one, two = asks(floor, "a"), asks(floor, "b")
    for actor, talk in ((ada, one), (bo, two)):
        floor.do("conversation.accept", actor, conversation=talk)
    for actor, talk in ((bo, two), (ada, one)):
        floor.clock.advance(MINUTE)
        floor.do("conversation.end", actor, conversation=talk)
        floor.do("conversation.close", actor, conversation=talk)
    assert floor.person(bo).released_at < floor.person(ada).released_at
    third = asks(floor, "c")
    assert floor.ringing(bo) == [third]


def test_nobody_waits_behind_work_that_an_agent_cannot_do(floor: Any) -> None:
    queue(floor)
    for number in range(60):
        asks(floor, f"hard-{number}", router=9)
    easy = asks(floor, "easy")
    ada = hire(floor, "ada")
    assert floor.ringing(ada) == [easy]


def test_what_somebody_has_let_pass_does_not_hide_what_is_behind(floor: Any) -> None:
    queue(floor)
    first, second = asks(floor, "a"), asks(floor, "b")
    ada = floor.hire("ada", capacity=25, queue="Internet")
    assert floor.ringing(ada) == [first]
    floor.do("conversation.decline", ada, conversation=first)
    assert floor.ringing(ada) == [second]


def test_a_call_in_hand_is_named(floor: Any) -> None:
    queue(floor)
    ada = hire(floor, "ada")
    floor.do("workstream.create", name="Voice", channels=["phone"], cost=10)
    call = floor.writes(channel="phone", address="+47 1", context={"queue": "Internet"})
    floor.do("conversation.accept", ada, conversation=call)
    talk = asks(floor, "a")
    assert floor.ringing(ada) == []
    assert explain(floor, talk).excluded[0].because.startswith("ada is on a call")
    floor.do("conversation.end", ada, conversation=call)
    floor.do("conversation.close", ada, conversation=call)
    assert floor.ringing(ada) == [talk]


def test_a_stream_says_what_it_costs_how_long_it_rings_and_whom_it_asks(floor: Any) -> None:
    queue(floor)
    floor.do(
        "workstream.create",
        name="Live",
        channels=["chat"],
        cost=60,
        offer_seconds=30,
        presences=["available"],
    )
    ada = hire(floor, "ada")
    first, second = asks(floor, "a"), asks(floor, "b")
    assert floor.ringing(ada) == [first]
    assert floor.person(ada).used == 60
    assert floor.talk(first).offer_expires_at == floor.clock.now() + 30 * SECOND
    floor.do("conversation.decline", ada, conversation=first)
    assert floor.ringing(ada) == [second]
    floor.do("conversation.accept", ada, conversation=second)
    assert floor.presence(ada) is Presence.BUSY


def test_what_is_picked_is_never_given_out(floor: Any) -> None:
    queue(floor)
    floor.do("workstream.create", name="Letters", channels=["email"], mode="pick")
    ada = hire(floor, "ada")
    talk = floor.writes(channel="email", address="a@b.no", context={"queue": "Internet"})
    assert floor.ringing(ada) == []
    assert explain(floor, talk).sentence == ("Waits to be picked: Letters has mode pick.")
    floor.do("conversation.pick", ada, conversation=talk)
    assert explain(floor, talk).sentence == "Ada Test picked it."


def test_what_needs_no_asking_is_simply_there(floor: Any) -> None:
    queue(floor)
    floor.do("workstream.create", name="Texts", channels=["sms"], auto_accept=True)
    ada = hire(floor, "ada")
    talk = floor.writes(channel="sms", address="+47 2", context={"queue": "Internet"})
    item = floor.talk(talk)
    assert (item.state, item.agent_id, item.offered_to) == ("active", ada.id, None)
    assert [s.conversation_id for s, _ in floor.do("session.tabs", ada)] == [talk]
    assert floor.wait(10 * MINUTE) == 0  # no offer is left that could run out


@pytest.mark.parametrize(("wrap_up", "used"), [("always", 25), ("never", 0), ("timed", 25)])
def test_wrap_up_takes_capacity_as_the_stream_says(floor: Any, wrap_up: str, used: int) -> None:
    more = {"wrap_up_seconds": 60} if wrap_up == "timed" else {}
    floor.do("workstream.create", name="Live", channels=["chat"], wrap_up=wrap_up, **more)
    ada = floor.hire("ada")
    talk = floor.serves(ada, address="a")
    floor.do("conversation.end", ada, conversation=talk)
    assert floor.person(ada).used == used
    floor.wait(61 * SECOND)
    assert floor.person(ada).used == (25 if wrap_up == "always" else 0)
    assert floor.talk(talk).state == "wrap_up"


def test_a_waiting_conversation_closes_when_its_stream_says(floor: Any) -> None:
    floor.do("workstream.create", name="Texts", channels=["sms"], idle_minutes=10)
    ada = floor.hire("ada")
    talk = floor.serves(ada, channel="sms", address="+47 3")
    floor.do("conversation.close", ada, conversation=talk)
    assert floor.talk(talk).state == "waiting"
    floor.wait(9 * MINUTE)
    assert floor.talk(talk).state == "waiting"
    floor.wait(2 * MINUTE)
    assert floor.talk(talk).state == "closed"


def test_customers_meet_their_last_agent_again_where_the_stream_wants_it(floor: Any) -> None:
    queue(floor)
    floor.do("workstream.create", name="Live", channels=["chat"], affinity=True)
    floor.do("customer.create", name="Kiana Anderson", email="kiana@example.com")
    ada, bo = hire(floor, "ada"), hire(floor, "bo")
    context = {"queue": "Internet", "email": "kiana@example.com"}
    first = floor.writes(address="a", context=context)
    if first in floor.ringing(ada):
        had, other = ada, bo
    else:
        had, other = bo, ada
    floor.do("conversation.accept", had, conversation=first)
    floor.do("conversation.end", had, conversation=first)
    floor.do("conversation.close", had, conversation=first)
    floor.serves(had, address="busy")  # has less room than the other now
    again = floor.writes(address="b", context=context)
    assert floor.ringing(had) == [again]
    assert floor.ringing(other) == []
    assert "was the customer's last agent" in floor.talk(again).routing


def test_whoever_lets_a_conversation_go_is_not_preferred_for_it(floor: Any) -> None:
    queue(floor)
    ada = hire(floor, "ada")
    talk = asks(floor, "a")
    floor.do("conversation.accept", ada, conversation=talk)
    floor.do("conversation.release", ada, conversation=talk)
    assert floor.talk(talk).last_agent_id is None


def test_who_has_left_a_queue_is_not_asked_for_it(floor: Any) -> None:
    queue(floor)
    ada = hire(floor, "ada")
    floor.do("queue.remove_member", queue="Internet", agent="ada")
    talk = asks(floor, "a")
    assert floor.ringing(ada) == []
    floor.do("queue.add_member", queue="Internet", agent="ada")
    assert floor.ringing(ada) == [talk]


def needing(floor: Any, address: str, *profiles: str) -> int:
    talk = asks(floor, address)
    floor.desk.store.update("conversations", talk, {"profiles": json.dumps(profiles)})
    return talk


@pytest.mark.parametrize("reset", ["immediate", "end_of_day"])
def test_a_profile_counts_items_and_comes_back_at_once_or_with_the_day(
    floor: Any, reset: str
) -> None:
    queue(floor)
    floor.do("settings.set", key="open_minutes", value=0)
    floor.do("profile.create", name="Escalations", most=1, reset=reset)
    first, second = needing(floor, "a", "Escalations"), needing(floor, "b", "Escalations")
    ada = hire(floor, "ada")
    assert floor.ringing(ada) == []
    assert explain(floor, first).excluded[0].because == "ada has no profile Escalations"
    floor.do("profile.give", agent="ada", profile="Escalations")
    assert floor.ringing(ada) == [first]
    floor.do("conversation.accept", ada, conversation=first)
    floor.do("conversation.end", ada, conversation=first)
    floor.do("conversation.close", ada, conversation=first)
    assert floor.ringing(ada) == ([second] if reset == "immediate" else [])
    floor.wait(24 * 60 * MINUTE)
    floor.do("agent.set_presence", ada, presence="available")
    assert floor.ringing(ada) == [second]


def test_an_offer_that_is_let_pass_uses_nothing_of_a_daily_profile(floor: Any) -> None:
    queue(floor)
    floor.do("profile.create", name="Escalations", most=1, reset="end_of_day")
    first, second = needing(floor, "a", "Escalations"), needing(floor, "b", "Escalations")
    ada = hire(floor, "ada")
    floor.do("profile.give", agent="ada", profile="Escalations")
    floor.do("conversation.decline", ada, conversation=first)
    assert floor.ringing(ada) == [second]


def test_a_blocking_profile_that_is_used_up_shuts_out_everything(floor: Any) -> None:
    queue(floor)
    floor.do("profile.create", name="Focus", most=1, blocking=True)
    needing(floor, "a", "Focus")
    ada = hire(floor, "ada")
    floor.do("profile.give", agent="ada", profile="Focus")
    plain = asks(floor, "b")
    assert plain not in floor.ringing(ada)
    assert "used up profile Focus" in explain(floor, plain).excluded[0].because
