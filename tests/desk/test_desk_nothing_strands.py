"""Whatever makes room, or makes somebody fit, finds what waits; and what is told is so now."""

import json
from typing import Any

import pytest

from omnitui.model.conversation import ConversationState
from omnitui.store.routing import queues as kept_queues

SECOND, MINUTE, HOUR = 1_000, 60_000, 3_600_000
OPEN = ConversationState.OPEN


def told(floor: Any, talk: int) -> str:
    said: str = floor.do("routing.explain", conversation=talk).sentence
    return said


def test_a_new_day_makes_room_in_a_profile_by_itself(floor: Any) -> None:
    floor.do("settings.set", key="open_minutes", value=0)
    floor.do("profile.create", name="Callbacks", most=1, reset="end_of_day")
    first, second = floor.writes(address="a"), floor.writes(address="b")
    for talk in (first, second):
        floor.desk.store.update("conversations", talk, {"profiles": json.dumps(["Callbacks"])})
    ada = floor.hire("ada")
    floor.do("profile.give", agent="ada", profile="Callbacks")
    floor.do("conversation.accept", ada, conversation=first)
    floor.do("conversation.end", ada, conversation=first)
    floor.do("conversation.close", ada, conversation=first)
    assert floor.ringing(ada) == []
    floor.wait(15 * HOUR)  # from nine in the morning to midnight
    assert floor.ringing(ada) == [second]


@pytest.mark.parametrize(
    ("command", "given"),
    [
        ("channel.update", {"channel": "chat", "cost": 10}),
        ("workstream.create", {"name": "Live", "channels": ["chat"], "cost": 10}),
        ("settings.set", {"key": "wrap_up_blocks", "value": "no"}),
    ],
)
def test_whatever_makes_room_is_a_reason_to_look_again(
    floor: Any, command: str, given: dict[str, Any]
) -> None:
    ada = floor.hire("ada", capacity=30)
    first = floor.serves(ada, address="a")
    floor.do("conversation.end", ada, conversation=first)
    waiting = floor.writes(address="b")
    assert floor.talk(waiting).state is OPEN
    floor.do(command, **given)
    assert floor.ringing(ada) == [waiting]


def test_who_lets_go_is_asked_after_the_others_and_after_a_pause(floor: Any) -> None:
    ada = floor.hire("ada")
    talk = floor.serves(ada, address="a")
    floor.do("conversation.release", ada, conversation=talk)
    assert floor.ringing(ada) == []
    bo = floor.hire("bo")
    assert floor.ringing(bo) == [talk]
    floor.do("conversation.decline", bo, conversation=talk)
    assert floor.talk(talk).state is OPEN
    floor.wait(MINUTE)
    assert [talk] in (floor.ringing(ada), floor.ringing(bo))
    floor.wait(2 * MINUTE)  # and it runs out
    assert floor.ringing(ada) + floor.ringing(bo) == [talk]


def test_who_has_had_it_begins_to_count_anew(floor: Any) -> None:
    ada = floor.hire("ada")
    floor.do("settings.set", key="most_offers", value="1")
    talk = floor.writes(address="a")
    floor.do("conversation.decline", ada, conversation=talk)
    bo = floor.hire("bo")
    floor.do("conversation.accept", bo, conversation=talk)
    floor.do("conversation.release", bo, conversation=talk)
    assert floor.ringing(ada) == [talk]


def test_why_it_went_to_somebody_is_told_only_while_they_have_it(floor: Any) -> None:
    ada = floor.hire("ada")
    talk = floor.writes(address="a")
    assert told(floor, talk).startswith("Goes to ada")
    floor.do("conversation.accept", ada, conversation=talk)
    assert told(floor, talk).startswith("Ada Test has it. Reason at assignment: Goes to ada")
    floor.do("conversation.release", ada, conversation=talk)
    assert told(floor, talk).startswith("Waits: ")
    assert floor.talk(talk).routing == ""
    bo = floor.hire("bo", queue=None)
    floor.do("conversation.pick", bo, conversation=talk)
    assert told(floor, talk) == "Bo Test picked it."
    floor.do("conversation.end", bo, conversation=talk)
    assert "Goes to" not in told(floor, talk)
    floor.do("conversation.close", bo, conversation=talk)
    assert told(floor, talk).startswith("It is closed")


def test_after_an_undo_it_names_who_has_it(floor: Any) -> None:
    ada, bo = floor.hire("ada"), floor.hire("bo", presence="away")
    talk = floor.writes(address="a")
    floor.do("conversation.accept", ada, conversation=talk)
    before = told(floor, talk)
    floor.do("agent.set_presence", bo, presence="available")
    floor.do("conversation.transfer", ada, conversation=talk, to_agent="bo")
    assert "Transferred by" in told(floor, talk)
    floor.do("undo.last", ada)
    assert floor.talk(talk).agent_id == ada.id
    assert told(floor, talk) == before
    assert before.startswith("Ada Test has it. Reason at assignment: Goes to ada")


def test_what_matches_no_rule_goes_to_the_fallback_not_to_the_best_priority(floor: Any) -> None:
    floor.do("queue.create", name="Urgent", priority=1)
    floor.do("queue.create", name="Letters", priority=50)
    assert floor.talk(floor.writes(address="a")).queue == "General"
    floor.do("queue.update", queue="Letters", fallback=True)
    assert floor.talk(floor.writes(address="b")).queue == "Letters"
    made = floor.do("workstream.create", name="Live", channels=["chat"])["workstream"]
    assert kept_queues.name_of(floor.desk.store, made.queue_id) == "Letters"
    floor.do("workstream.update", workstream="Live", queue="General")
    assert floor.talk(floor.writes(address="c")).queue == "General"
    refusal = floor.refused("queue.update", queue="Letters", fallback=False)
    assert refusal.message == "Letters is the fallback queue, which is always needed."
    assert [q["name"] for q in floor.do("queue.list") if q["fallback"]] == ["Letters"]


@pytest.mark.parametrize("calls", [-1, 1_001])
def test_no_queue_expects_a_number_of_calls_that_is_none(floor: Any, calls: int) -> None:
    refusal = floor.refused("queue.update", queue="General", calls_per_hour=calls)
    assert refusal.code == "queue.calls_per_hour"


@pytest.mark.parametrize("assign", ["round_robin", "least_active"])
def test_what_is_handed_on_in_one_moment_goes_round(floor: Any, assign: str) -> None:
    floor.do("settings.set", key="session_cap", value="50")
    floor.do("queue.create", name="Billing", assign=assign)
    floor.do("workstream.create", name="Mail", channels=["email"], cost=5)
    people = [floor.hire(login, queue="Billing") for login in ("ada", "bo", "cy", "di")]
    talks = [floor.writes(channel="email", address=f"x{n}@example.org") for n in range(12)]
    floor.do("bulk.transfer", conversations=talks, to_queue="Billing")
    assert [len(floor.ringing(person)) for person in people] == [3, 3, 3, 3]


def test_who_has_it_by_an_undo_has_it_for_the_reason_that_they_had_it_for(floor: Any) -> None:
    ada = floor.hire("ada")
    talk = floor.writes(address="a")
    floor.do("conversation.accept", ada, conversation=talk)
    before = told(floor, talk)
    assert before.startswith("Ada Test has it. Reason at assignment: Goes to ada")
    floor.hire("bo")
    for command, given in (("transfer", {"to_agent": "bo"}), ("release", {})):
        floor.do(f"conversation.{command}", ada, conversation=talk, **given)
        assert told(floor, talk) != before
        floor.do("undo.last", ada)
        assert told(floor, talk) == before


def test_who_takes_what_they_had_let_pass_was_not_given_it(floor: Any) -> None:
    ada = floor.hire("ada")
    talk = floor.writes(address="a")
    floor.do("conversation.decline", ada, conversation=talk)
    floor.do("conversation.pick", ada, conversation=talk)
    assert told(floor, talk) == "Ada Test picked it."


@pytest.mark.parametrize("gone", ["away", "out of the queue"])
def test_who_cannot_be_asked_is_not_said_to_be_asked_again(floor: Any, gone: str) -> None:
    ada = floor.hire("ada")
    talk = floor.writes(address="a")
    floor.do("conversation.decline", ada, conversation=talk)
    assert "get it again in 60 s" in told(floor, talk)
    if gone == "away":
        floor.do("agent.set_presence", ada, presence="away")
    else:
        floor.do("queue.remove_member", queue="General", agent="ada")
    assert "asked again" not in told(floor, talk)


def test_what_waits_unanswered_is_not_said_to_wait_for_the_customer(floor: Any) -> None:
    ada = floor.hire("ada")
    talk = floor.serves(ada, channel="email", address="a@x.example")
    floor.do("conversation.close", ada, conversation=talk)
    said = "Not answered yet: it waits, with Ada Test; pick it to continue."
    assert told(floor, talk) == said
    floor.do("conversation.pick", ada, conversation=talk)
    floor.do("conversation.reply", ada, conversation=talk, text="Done.")
    floor.do("conversation.close", ada, conversation=talk)
    assert told(floor, talk).startswith("It waits for the customer, with Ada Test")
