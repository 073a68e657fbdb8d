"""Overflow at the desk: closed, full, waited too long; what customers are told; no circles."""

from typing import Any

import pytest

from omnitui.model.conversation import ConversationState, MessageKind

HOUR, MINUTE = 3_600_000, 60_000


@pytest.fixture
def office(floor: Any) -> Any:
    """General and Late; General is open from eight to five on Mondays, now it is nine."""
    floor.do("calendar.create", name="Office", zone="UTC", weekly={"monday": ["08:00-17:00"]})
    floor.do("queue.create", name="Late", priority=200)
    floor.do("queue.update", queue="General", hours="Office")
    return floor


def overflow(floor: Any, queue: str, *rules: dict[str, Any]) -> None:
    floor.do("queue.update", queue=queue, overflow=list(rules))


def rule(when: str, do: str = "end", **more: Any) -> dict[str, Any]:
    return {"when": when, "do": do, **more}


def test_an_open_queue_takes_what_comes(office: Any) -> None:
    overflow(office, "General", rule("closed"), rule("waiting_items", above=2))
    first, second = office.writes(address="a"), office.writes(address="b")
    assert [office.talk(key).queue for key in (first, second)] == ["General", "General"]
    assert office.entries(kind="conversation.overflowed") == []


def test_a_closed_queue_ends_it_and_says_so(office: Any) -> None:
    overflow(office, "General", rule("closed", say="We are back at eight."))
    office.clock.advance(9 * HOUR)
    talk = office.writes()
    item = office.talk(talk)
    assert (item.state, item.waiting_since) == (ConversationState.CLOSED, None)
    assert office.lines(talk) == ["Hello", "We are back at eight."]
    assert office.lines(talk, MessageKind.EVENT) == ["Ends, because General is closed."]
    leaving = office.do("message.leaving")
    assert [message.text for message in leaving] == ["We are back at eight."]
    entry = office.entries(kind="conversation.overflowed")[0]
    assert (entry.actor_name, entry.payload["because"]) == (
        "system",
        "Ends, because General is closed.",
    )
    assert office.writes() != talk


def test_a_full_queue_sends_on_and_the_other_has_its_own_rules(office: Any) -> None:
    overflow(office, "General", rule("waiting_items", "queue", above=1, to="Late"))
    overflow(office, "Late", rule("waiting_items", "assign_anyway", above=1, say="Soon."))
    talks = [office.writes(address=name) for name in "abc"]
    assert [office.talk(key).queue for key in talks] == ["General", "Late", "Late"]
    assert office.lines(talks[1]) == ["Hello"]
    assert office.lines(talks[2]) == ["Hello", "Soon."]
    assert office.talk(talks[2]).state is ConversationState.OPEN


def test_who_works_the_other_queue_is_asked_at_once(office: Any) -> None:
    bo = office.hire("bo", queue="Late")
    overflow(office, "General", rule("closed", "queue", to="Late"))
    office.clock.advance(9 * HOUR)
    talk = office.writes()
    assert office.ringing(bo) == [talk]


def test_two_queues_that_send_to_each_other_come_to_an_end(office: Any) -> None:
    office.do("queue.update", queue="Late", hours="Office")
    overflow(office, "General", rule("closed", "queue", to="Late"))
    overflow(office, "Late", rule("closed", "queue", to="General"))
    office.clock.advance(9 * HOUR)
    talk = office.writes()
    assert (office.talk(talk).queue, office.talk(talk).state) == ("Late", ConversationState.OPEN)
    assert len(office.entries(kind="conversation.overflowed")) == 1


def test_who_waits_too_long_is_told_and_then_sent_on(office: Any) -> None:
    bo = office.hire("bo", queue="Late")
    overflow(
        office,
        "General",
        rule("waiting_minutes", "assign_anyway", above=5, say="Sorry, still busy."),
        rule("waiting_minutes", "queue", above=20, to="Late"),
    )
    talk = office.writes()
    office.wait(5 * MINUTE - 1)
    assert office.lines(talk) == ["Hello"]
    office.wait(1)
    assert office.lines(talk) == ["Hello", "Sorry, still busy."]
    office.writes("Hello?")
    office.wait(15 * MINUTE - 1)
    assert office.talk(talk).queue == "General"
    office.wait(1)
    assert (office.talk(talk).queue, office.ringing(bo)) == ("Late", [talk])
    assert office.lines(talk).count("Sorry, still busy.") == 1


def test_who_is_served_in_time_is_left_alone(office: Any) -> None:
    overflow(office, "General", rule("waiting_minutes", above=5, say="Goodbye."))
    ada = office.hire("ada", presence="away")
    talk = office.serves(ada)
    office.wait(HOUR)
    assert office.talk(talk).state is ConversationState.ACTIVE
    office.do("conversation.release", ada, conversation=talk)
    office.wait(5 * MINUTE - 1)
    assert office.talk(talk).state is ConversationState.OPEN
    office.wait(1)
    assert office.talk(talk).state is ConversationState.CLOSED


def test_what_rings_just_then_is_looked_at_again(office: Any) -> None:
    overflow(office, "General", rule("waiting_minutes", above=5, say="Goodbye."))
    talk = office.writes()
    office.wait(4 * MINUTE)
    ada = office.hire("ada")
    assert office.ringing(ada) == [talk]
    office.wait(MINUTE)
    assert office.talk(talk).state is ConversationState.ACTIVE
    office.wait(2 * MINUTE)
    assert office.talk(talk).state is ConversationState.CLOSED
    assert office.lines(talk)[-1] == "Goodbye."


def test_who_writes_again_after_an_answer_waits_from_then_on(office: Any) -> None:
    overflow(office, "General", rule("waiting_minutes", above=5))
    talk = office.writes(channel="email", address="a@example.com")
    ada = office.hire("ada", queue=None, presence="away")
    office.wait(4 * MINUTE)
    office.do("conversation.pick", ada, conversation=talk)
    office.do("conversation.reply", ada, conversation=talk, text="Try this")
    office.do("conversation.close", ada, conversation=talk)
    office.wait(HOUR)
    office.writes("It works not", channel="email", address="a@example.com")
    office.wait(5 * MINUTE - 1)
    assert office.talk(talk).state is ConversationState.OPEN
    office.wait(1)
    assert office.talk(talk).state is ConversationState.CLOSED


def test_what_a_rule_says_has_its_slots_filled_and_never_a_hole(office: Any) -> None:
    office.do("customer.create", name="Hansen, Kari", email="kari@x.example")
    said = "Hello {customer.first_name}, {conversation.queue} is closed."
    overflow(office, "General", rule("closed", say=said))
    office.clock.advance(9 * HOUR)
    known = office.writes(channel="email", address="kari@x.example")
    assert office.lines(known)[1:] == ["Hello Kari, General is closed."]
    stranger = office.writes(channel="email", address="else@x.example")
    assert office.lines(stranger)[1:] == ["Hello, General is closed."]
    overflow(office, "General", rule("closed", say="{customer.company}, we are closed."))
    assert office.lines(office.writes(address="d"))[1:] == []


@pytest.mark.parametrize("said", ["Hello {customer.frist_name}", "Until {?when}", "{"])
def test_a_rule_cannot_say_what_cannot_be_sent(office: Any, said: str) -> None:
    refusal = office.refused("queue.update", queue="General", overflow=[rule("closed", say=said)])
    assert refusal.code == "queue.overflow"
    assert refusal.message.startswith("Overflow rule 1 has a `say` that is not valid: ")
