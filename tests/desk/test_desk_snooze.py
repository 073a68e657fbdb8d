"""Putting off: until a time said in words, or until the customer writes."""

from typing import Any

import pytest

from omnitui.model.actor import Actor
from omnitui.model.conversation import ConversationState, MessageKind

S = ConversationState
HOUR = 3_600_000


def put_off(floor: Any, agent: Actor, talk: int, until: str = "2h", **given: Any) -> Any:
    return floor.do("conversation.snooze", agent, conversation=talk, until=until, **given)


def running(floor: Any, talk: int) -> set[str]:
    rows = floor.desk.store.rows("SELECT kind FROM timers WHERE subject = ?", (talk,))
    return {row["kind"] for row in rows}


@pytest.fixture
def letter(floor: Any, ada: Actor) -> int:
    talk: int = floor.serves(ada, channel="email")
    return talk


def test_it_leaves_the_hands_and_comes_back_by_itself(floor: Any, ada: Actor, letter: int) -> None:
    item = put_off(floor, ada, letter, note="Ask about the invoice")
    assert (item.state, item.agent_id) == (S.WAITING, ada.id)
    assert item.snoozed_until == floor.clock.now() + 2 * HOUR
    assert (floor.person(ada).used, floor.do("session.list", ada)) == (0, [])
    assert running(floor, letter) == {"snooze"}
    assert floor.lines(letter, MessageKind.NOTE) == ["Ask about the invoice"]
    floor.wait(2 * HOUR - 1)
    assert floor.talk(letter).state is S.WAITING
    floor.wait(1)
    item = floor.talk(letter)
    assert (item.state, item.agent_id, item.snoozed_until) == (S.ACTIVE, ada.id, None)
    assert [s.conversation_id for s in floor.do("session.list", ada)] == [letter]
    assert floor.person(ada).used == 15
    assert "Snooze over" in floor.lines(letter, MessageKind.EVENT)
    assert running(floor, letter) == set()


def test_words_are_said_where_the_agent_is(floor: Any, ada: Actor, letter: int) -> None:
    # It is Monday 2026-03-02 09:00 UTC, 10:00 in Oslo.
    item = put_off(floor, ada, letter, "fri 9am", zone="Europe/Oslo")
    assert item.snoozed_until - floor.clock.now() == (4 * 24 - 1) * HOUR
    assert "Ada Test snoozed it until Fri 6 Mar 09:00" in floor.lines(letter, MessageKind.EVENT)
    refusal = floor.refused(
        "conversation.snooze", ada, conversation=letter, until="2h", zone="Mars/Olympus"
    )
    assert refusal.code == "snooze.zone"


@pytest.mark.parametrize("until", ["whenever", "", "2020-01-01", "today 1am"])
def test_what_is_no_time_to_come_is_refused(
    floor: Any, ada: Actor, letter: int, until: str
) -> None:
    refusal = floor.refused("conversation.snooze", ada, conversation=letter, until=until)
    assert refusal.code == "snooze.until"
    assert "tomorrow 9am" in refusal.hint


def test_a_customer_s_word_wakes_it(floor: Any, ada: Actor, letter: int) -> None:
    put_off(floor, ada, letter, "tomorrow")
    assert floor.writes("One more thing", channel="email") == letter
    item = floor.talk(letter)
    assert (item.offered_to, item.snoozed_until) == (ada.id, None)
    assert running(floor, letter) == {"offer"}


@pytest.mark.parametrize("presence", ["away", "offline"])
def test_who_is_not_there_loses_it_to_the_queue(
    floor: Any, ada: Actor, letter: int, presence: str
) -> None:
    put_off(floor, ada, letter)
    bo = floor.hire("bo")
    floor.do("agent.set_presence", ada, presence=presence)
    floor.wait(2 * HOUR)
    assert floor.talk(letter).offered_to == bo.id
    said = floor.lines(letter, MessageKind.EVENT)
    assert any(f"Ada Test is {presence}, so it goes to the queue" in line for line in said)


def test_it_comes_back_even_to_full_hands(floor: Any, ada: Actor, letter: int) -> None:
    put_off(floor, ada, letter)
    for number in range(4):
        floor.serves(ada, address=f"dev-{number}")
    floor.wait(2 * HOUR)
    assert floor.talk(letter).agent_id == ada.id
    assert floor.person(ada).used == 115
    assert "Ada Test joined, 15 over capacity" in floor.lines(letter, MessageKind.EVENT)


def test_it_is_brought_back_by_hand(floor: Any, ada: Actor, letter: int) -> None:
    put_off(floor, ada, letter)
    floor.do("conversation.unsnooze", ada, conversation=letter)
    item = floor.talk(letter)
    assert (item.state, item.snoozed_until) == (S.ACTIVE, None)
    assert running(floor, letter) == set()
    assert floor.refused("conversation.unsnooze", ada, conversation=letter).code == "snooze.none"
    put_off(floor, ada, letter)
    floor.do("conversation.pick", ada, conversation=letter)
    assert floor.talk(letter).snoozed_until is None
    put_off(floor, ada, letter)
    floor.do("conversation.unsnooze", conversation=letter)
    assert floor.talk(letter).agent_id == ada.id


def test_it_is_put_off_once_more(floor: Any, ada: Actor, letter: int) -> None:
    put_off(floor, ada, letter)
    put_off(floor, ada, letter, "3h")
    floor.wait(2 * HOUR)
    assert floor.talk(letter).state is S.WAITING
    floor.wait(HOUR)
    assert floor.talk(letter).state is S.ACTIVE


def test_what_nobody_has_can_wait_too_and_goes_to_the_queue(floor: Any, ada: Actor) -> None:
    floor.do("agent.set_presence", ada, presence="away")
    letter = floor.writes(channel="email")
    assert put_off(floor, ada, letter).agent_id is None
    floor.do("agent.set_presence", ada, presence="available")
    assert floor.ringing(ada) == []
    floor.wait(2 * HOUR)
    assert floor.ringing(ada) == [letter]


def test_a_live_one_is_not_put_off(floor: Any, ada: Actor) -> None:
    talk = floor.serves(ada)
    refusal = floor.refused("conversation.snooze", ada, conversation=talk, until="2h")
    assert "live conversation" in refusal.message


def test_putting_off_is_taken_back(floor: Any, ada: Actor, letter: int) -> None:
    put_off(floor, ada, letter)
    assert " until today 11:00" in floor.do("undo.what", ada).what
    floor.do("undo.last", ada)
    item = floor.talk(letter)
    assert (item.state, item.agent_id, item.snoozed_until) == (S.ACTIVE, ada.id, None)
    assert running(floor, letter) == set()
    put_off(floor, ada, letter)
    floor.wait(2 * HOUR)
    assert "has ended" in floor.refused("undo.last", ada).message


def test_an_answer_leaves_it_put_off(floor: Any, ada: Actor, letter: int) -> None:
    put_off(floor, ada, letter, "tomorrow")
    floor.do("conversation.reply", ada, conversation=letter, text="We are looking")
    assert "idle" not in running(floor, letter)
    assert floor.talk(letter).state is S.WAITING


@pytest.mark.parametrize("way", ["close", "transfer"])
def test_what_is_closed_or_handed_on_is_not_put_off_any_more(
    floor: Any, ada: Actor, letter: int, way: str
) -> None:
    floor.hire("bo")
    put_off(floor, ada, letter)
    given = {"to_agent": "bo"} if way == "transfer" else {}
    floor.do(f"conversation.{way}", ada, conversation=letter, **given)
    assert floor.talk(letter).snoozed_until is None
    assert "snooze" not in running(floor, letter)


def test_it_survives_a_crash(floor: Any, ada: Actor, letter: int) -> None:
    put_off(floor, ada, letter)
    floor.reopen()
    floor.wait(3 * HOUR)
    assert floor.talk(letter).state is S.ACTIVE
