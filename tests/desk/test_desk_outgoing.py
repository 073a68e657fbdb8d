"""What agents say: held for undo, carried by couriers, tried again, never said twice."""

from typing import Any

import pytest

from omnitui.model.actor import ADMINISTRATOR, Actor, ActorKind
from omnitui.model.conversation import ConversationState, Delivery, MessageKind, Speaker
from omnitui.model.session import DraftKind

SECOND, DAY = 1_000, 86_400_000
START = 1_772_442_000_000
BOT = Actor(ActorKind.BOT, name="helper")


@pytest.fixture
def talk(floor: Any, ada: Actor) -> int:
    return floor.serves(ada)


def says(floor: Any, ada: Actor, talk: int, text: str = "Hi") -> int:
    return floor.do("conversation.reply", ada, conversation=talk, text=text).id


def delivery(floor: Any, message: int) -> Delivery:
    lines = floor.do("conversation.messages", conversation=1, limit=1_000)
    return next(line.delivery for line in lines if line.id == message)


def leaving(floor: Any) -> list[int]:
    return [message.id for message in floor.do("message.leaving")]


def test_a_reply_is_stored_at_once_and_leaves_after_the_undo_window(
    floor: Any, ada: Actor, talk: int
) -> None:
    floor.clock.advance(SECOND)
    made = floor.do("conversation.reply", ada, conversation=talk, text="Hi\x1b[0m there")
    assert (made.text, made.speaker, made.author) == ("Hi there", Speaker.AGENT, "Ada Test")
    assert (made.delivery, made.held_until) == (Delivery.HELD, floor.clock.now() + 8 * SECOND)
    row = floor.talk(talk)
    assert (row.last_text, row.last_speaker) == ("Hi there", Speaker.AGENT)
    assert (row.first_reply_at, row.waiting_since) == (floor.clock.now(), None)
    floor.wait(8 * SECOND - 1)
    assert leaving(floor) == []
    floor.wait(1)
    assert leaving(floor) == [made.id]
    assert delivery(floor, made.id) is Delivery.QUEUED


def test_the_first_reply_is_the_first_of_an_agent(floor: Any, ada: Actor, talk: int) -> None:
    floor.do("conversation.reply", BOT, conversation=talk, text="I am a bot")
    assert floor.talk(talk).first_reply_at is None
    says(floor, ada, talk)
    floor.clock.advance(SECOND)
    says(floor, ada, talk)
    assert floor.talk(talk).first_reply_at == START


def test_replies_leave_in_the_order_they_were_written(floor: Any, ada: Actor, talk: int) -> None:
    made = []
    for number in range(3):
        made.append(says(floor, ada, talk, str(number)))
        floor.clock.advance(SECOND)
    floor.wait(8 * SECOND)
    for one in made:
        assert leaving(floor) == floor.takes() == [one]
        assert floor.takes() == []
        floor.fares(one)


def test_a_reply_clears_its_draft_and_leaves_the_note_alone(
    floor: Any, ada: Actor, talk: int
) -> None:
    for kind in DraftKind:
        floor.do("session.draft", ada, conversation=talk, text=kind.value, kind=kind)
    says(floor, ada, talk, "reply")
    (session,) = floor.do("session.list", ada)
    assert (session.draft_reply, session.draft_note) == ("", "note")
    floor.do("conversation.note", ada, conversation=talk, text="for us")
    assert floor.do("session.list", ada)[0].draft_note == ""


def test_taking_a_reply_back_is_as_if_it_had_never_been_said(
    floor: Any, ada: Actor, talk: int
) -> None:
    floor.clock.advance(SECOND)
    floor.writes("still there?")
    before = floor.talk(talk)
    made = says(floor, ada, talk, "Go away")
    floor.clock.advance(7 * SECOND)
    taken = floor.do("conversation.unsend", ada, message=made)
    assert (taken.delivery, taken.held_until) == (Delivery.UNSENT, None)
    assert floor.talk(talk) == before
    assert floor.do("session.list", ada)[0].draft_reply == "Go away"
    assert floor.wait(DAY) == 0
    assert leaving(floor) == []


def test_what_was_taken_back_goes_in_front_of_what_was_typed_since(
    floor: Any, ada: Actor, talk: int
) -> None:
    made = says(floor, ada, talk, "first")
    floor.do("session.draft", ada, conversation=talk, text="second", kind="reply")
    floor.do("conversation.unsend", ada, message=made)
    assert floor.do("session.list", ada)[0].draft_reply == "first\nsecond"


def test_an_earlier_answer_still_counts_when_a_later_one_is_taken_back(
    floor: Any, ada: Actor, talk: int
) -> None:
    says(floor, ada, talk, "one")
    floor.wait(20 * SECOND)
    made = says(floor, ada, talk, "two")
    floor.do("conversation.unsend", ada, message=made)
    row = floor.talk(talk)
    assert (row.first_reply_at, row.waiting_since, row.last_text) == (START, None, "one")


def test_taking_back_after_the_end_does_not_make_anybody_wait(
    floor: Any, ada: Actor, talk: int
) -> None:
    made = says(floor, ada, talk)
    floor.do("conversation.end", ada, conversation=talk)
    floor.do("conversation.unsend", ada, message=made)
    row = floor.talk(talk)
    assert (row.state, row.waiting_since) == (ConversationState.WRAP_UP, None)


def test_taking_back_after_closing_changes_nothing_but_the_message(
    floor: Any, ada: Actor, talk: int
) -> None:
    made = says(floor, ada, talk)
    floor.do("conversation.end", ada, conversation=talk)
    floor.do("conversation.close", ada, conversation=talk)
    before = floor.talk(talk)
    assert floor.do("conversation.unsend", ada, message=made).delivery is Delivery.UNSENT
    assert floor.talk(talk) == before


def test_what_has_left_cannot_be_taken_back(floor: Any, ada: Actor, talk: int) -> None:
    made = says(floor, ada, talk)
    floor.wait(8 * SECOND)
    floor.takes()
    refusal = floor.refused("conversation.unsend", ada, message=made)
    assert refusal.code == "message.gone"
    assert "the reply is being delivered" in refusal.message
    floor.fares(made)
    assert floor.refused("conversation.unsend", ada, message=made).code == "message.gone"


def test_nobody_takes_back_what_somebody_else_said(floor: Any, ada: Actor, talk: int) -> None:
    made = says(floor, ada, talk)
    bo = floor.hire("bo")
    assert floor.refused("conversation.unsend", bo, message=made).code == "message.not_yours"
    customers = floor.do("conversation.messages", conversation=talk)[0].id
    assert floor.refused("conversation.unsend", ADMINISTRATOR, message=customers).code == (
        "message.gone"
    )


@pytest.mark.parametrize("text", ["", "  \n", "\x1b[1m", "\u200b"])
def test_nothing_is_no_reply_and_no_note(floor: Any, ada: Actor, talk: int, text: str) -> None:
    for name in ("conversation.reply", "conversation.note"):
        assert floor.refused(name, ada, conversation=talk, text=text).code == "message.empty"


def test_only_who_has_a_conversation_replies_to_it(floor: Any, ada: Actor, talk: int) -> None:
    bo = floor.hire("bo", presence="offline")
    refusal = floor.refused("conversation.reply", bo, conversation=talk, text="Hi")
    assert refusal.code == "conversation.not_yours"
    assert "is with Ada Test" in refusal.message
    other = floor.writes(address="b")
    for by in (ada, bo):
        refusal = floor.refused("conversation.reply", by, conversation=other, text="Hi")
        assert "is unassigned" in refusal.message


def test_a_reply_after_the_end_is_refused_with_what_to_do_instead(
    floor: Any, ada: Actor, talk: int
) -> None:
    floor.do("conversation.end", ada, conversation=talk)
    refusal = floor.refused("conversation.reply", ada, conversation=talk, text="Hi")
    assert refusal.code == "conversation.ended"
    assert "note" in refusal.hint
    assert floor.do("conversation.note", ada, conversation=talk, text="n").kind is MessageKind.NOTE


def test_a_held_reply_still_leaves_when_the_conversation_closes_meanwhile(
    floor: Any, ada: Actor, talk: int
) -> None:
    made = says(floor, ada, talk, "Goodbye")
    floor.do("conversation.end", ada, conversation=talk)
    floor.do("conversation.close", ada, conversation=talk)
    floor.wait(8 * SECOND)
    assert leaving(floor) == [made]


def test_notes_are_for_agents_and_do_not_answer_anybody(floor: Any, ada: Actor, talk: int) -> None:
    floor.do("conversation.note", ada, conversation=talk, text="angry?")
    row = floor.talk(talk)
    assert (row.waiting_since, row.last_text, row.first_reply_at) == (START, "Hello", None)
    floor.wait(DAY)
    assert leaving(floor) == []


def test_a_sent_reply_is_sent_once(floor: Any, ada: Actor, talk: int) -> None:
    made = says(floor, ada, talk)
    floor.wait(8 * SECOND)
    assert floor.takes() == [made]
    sent = floor.fares(made)
    assert (sent.delivery, sent.attempts) == (Delivery.SENT, 1)
    before = floor.desk.last_seq()
    assert floor.fares(made) == sent
    assert floor.fares(made, "late").delivery is Delivery.SENT
    assert floor.takes() == []
    assert floor.desk.last_seq() == before
    assert leaving(floor) == []


def test_a_failed_reply_is_tried_again_after_doubling_waits_and_then_given_up(
    floor: Any, ada: Actor, talk: int
) -> None:
    made = says(floor, ada, talk)
    floor.wait(8 * SECOND)
    waits = []
    for attempt in range(1, 6):
        assert floor.takes() == [made]
        failed = floor.fares(made, "no answer")
        assert (failed.delivery, failed.attempts) == (Delivery.FAILED, attempt)
        assert leaving(floor) == []
        due = floor.desk.next_due()
        if due is not None:
            waits.append(due - floor.clock.now())
            floor.wait(waits[-1])
    assert waits == [15 * SECOND, 30 * SECOND, 60 * SECOND, 120 * SECOND]
    said = [entry.payload["final"] for entry in floor.entries(kind="message.failed")]
    assert said == [False] * 4 + [True]
    assert floor.wait(DAY) == 0


def test_a_reply_that_was_given_up_can_be_tried_again_by_hand(
    floor: Any, ada: Actor, talk: int
) -> None:
    floor.do("settings.set", key="delivery_attempts", value="1")
    made = says(floor, ada, talk)
    floor.wait(8 * SECOND)
    assert floor.refused("message.retry", ada, message=made).code == "message.not_failed"
    floor.takes()
    floor.fares(made, "no answer")
    assert floor.do("message.retry", ada, message=made).delivery is Delivery.QUEUED
    assert floor.takes() == [made]
    assert floor.fares(made).error == ""


def test_trying_again_by_hand_stops_the_timer(floor: Any, ada: Actor, talk: int) -> None:
    made = says(floor, ada, talk)
    floor.wait(8 * SECOND)
    floor.takes()
    floor.fares(made, "no answer")
    floor.do("message.retry", ada, message=made)
    floor.takes()
    floor.fares(made)
    assert floor.wait(DAY) == 0
    assert delivery(floor, made) is Delivery.SENT


def test_however_often_it_fails_the_wait_stays_within_a_day(
    floor: Any, ada: Actor, talk: int
) -> None:
    floor.do("settings.set", key="delivery_attempts", value="100")
    made = says(floor, ada, talk)
    floor.wait(8 * SECOND)
    for _ in range(99):
        floor.takes()
        floor.fares(made, "no answer")
        due = floor.desk.next_due()
        assert due is not None
        assert due - floor.clock.now() <= DAY
        floor.wait(due - floor.clock.now())


def test_a_couriers_reason_is_foreign_text_too(floor: Any, ada: Actor, talk: int) -> None:
    made = says(floor, ada, talk)
    floor.wait(8 * SECOND)
    nasty = "\x1b]0;x\x07bad\u202e gateway\x00" + "x" * 1_000
    floor.takes()
    failed = floor.fares(made, nasty)
    assert failed.error.startswith("bad gatewayx")
    assert len(failed.error) <= 500
    assert floor.entries(kind="message.failed")[0].payload["error"] == failed.error


def test_only_couriers_and_administrators_deliver(floor: Any, ada: Actor, talk: int) -> None:
    made = says(floor, ada, talk)
    settled = {"message": made, "by": "ada"}
    for name, given in (
        ("message.leaving", {}),
        ("message.claim", {"by": "ada"}),
        ("message.sent", settled),
        ("message.failed", {**settled, "error": "no"}),
        ("courier.beat", {"name": "ada", "channels": ["chat"]}),
        ("courier.leave", {"name": "ada"}),
    ):
        assert floor.refused(name, ada, **given).code == "permission.denied"
