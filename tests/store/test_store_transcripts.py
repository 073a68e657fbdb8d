from typing import Any

import pytest

from omnitui.store import messages, outbox


def numbers(found: list[Any]) -> list[str]:
    return [message.text for message in found]


def test_the_last_window_is_the_end_of_the_transcript_oldest_first(rows: Any) -> None:
    talk, other = rows.conversation(), rows.conversation()
    for number in range(10):
        rows.message(talk, str(number))
        rows.message(other, "other")
    assert numbers(messages.before(rows.store, talk, None, 3)) == ["7", "8", "9"]


@pytest.mark.parametrize("size", [1, 3, 10, 11])
def test_windows_backwards_put_together_are_the_whole_transcript(rows: Any, size: int) -> None:
    talk = rows.conversation()
    for number in range(10):
        rows.message(talk, str(number))
    found: list[Any] = []
    while window := messages.before(rows.store, talk, found[0].id if found else None, size):
        assert len(window) <= size
        found = window + found
    assert numbers(found) == [str(number) for number in range(10)]


def test_windows_forwards_put_together_are_the_whole_transcript(rows: Any) -> None:
    talk = rows.conversation()
    for number in range(10):
        rows.message(talk, str(number))
    found: list[Any] = []
    while window := messages.after(rows.store, talk, found[-1].id if found else 0, 4):
        found += window
    assert numbers(found) == [str(number) for number in range(10)]


def test_a_window_of_ten_thousand_messages_is_read_like_one_of_ten(rows: Any) -> None:
    talk = rows.conversation()
    with rows.store.transaction():
        for number in range(10_000):
            rows.message(talk, str(number))
    assert numbers(messages.before(rows.store, talk, None, 3)) == ["9997", "9998", "9999"]
    middle = messages.before(rows.store, talk, 5_001, 100)
    assert numbers(middle) == [str(number) for number in range(4_900, 5_000)]
    place = "(SELECT at, id FROM messages WHERE id = 5001)"
    for query in (
        f"(at, id) < {place} ORDER BY at DESC, id DESC",
        f"(at, id) > {place} ORDER BY at, id",
    ):
        plan = rows.store.rows(
            f"EXPLAIN QUERY PLAN SELECT * FROM messages WHERE conversation_id = 1 AND {query}"
        )
        assert "USING INDEX messages_thread (conversation_id=? AND" in plan[0]["detail"]
        assert not any("ORDER BY" in row["detail"] for row in plan)


def test_the_scores_are_of_the_customers_last_messages_oldest_first(rows: Any) -> None:
    talk = rows.conversation()
    for score in (0.1, 0.2, None, 0.3):
        rows.message(talk, sentiment=score)
    assert messages.customer_scores(rows.store, talk, 2) == [0.2, 0.3]


def test_a_customer_waits_since_the_first_message_after_the_last_answer(rows: Any) -> None:
    talk = rows.conversation()
    rows.message(talk, at=10)
    rows.message(talk, at=20, speaker="agent")
    rows.message(talk, at=30)
    rows.message(talk, at=40)
    assert messages.since_unanswered(rows.store, talk) == (30, 20)


def test_an_answer_taken_back_counts_as_never_given(rows: Any) -> None:
    talk = rows.conversation()
    rows.message(talk, at=10)
    rows.message(talk, at=20, speaker="agent", delivery="unsent")
    assert messages.since_unanswered(rows.store, talk) == (10, None)


def test_notes_and_events_are_no_answers(rows: Any) -> None:
    talk = rows.conversation()
    rows.message(talk, at=10)
    rows.message(talk, at=20, speaker="agent", kind="note")
    rows.message(talk, at=30, speaker="system", kind="event")
    assert messages.since_unanswered(rows.store, talk) == (10, None)


def test_nobody_waits_where_everything_is_answered(rows: Any) -> None:
    talk = rows.conversation()
    rows.message(talk, at=10)
    rows.message(talk, at=20, speaker="agent")
    assert messages.since_unanswered(rows.store, talk) == (None, 20)


BLOCKING = [
    ("held", None, True),
    ("queued", None, True),
    ("sending", None, True),
    ("failed", 99, True),
    ("uncertain", None, True),
    ("failed", None, False),
    ("sent", None, False),
    ("unsent", None, False),
    ("received", None, False),
]


@pytest.mark.parametrize(("delivery", "held_until", "blocks"), BLOCKING)
def test_a_reply_never_overtakes_an_earlier_one_of_its_conversation(
    rows: Any, delivery: str, held_until: int | None, blocks: bool
) -> None:
    talk, other = rows.conversation(), rows.conversation()
    queued = {"speaker": "agent", "delivery": "queued"}
    first = rows.message(talk, "1", speaker="agent", delivery=delivery, held_until=held_until)
    second = rows.message(talk, "2", **queued)
    elsewhere = rows.message(other, "3", **queued)
    rows.message(other, "4", **queued)
    on_sms = rows.message(talk, "5", channel="sms", **queued)
    head = [first] if delivery == "queued" else [] if blocks else [second]
    found = [message.id for message in outbox.leaving(rows.store, None, 9)]
    assert found == [*head, elsewhere, on_sms]
    assert [m.id for m in outbox.leaving(rows.store, ["sms"], 9)] == [on_sms]
    assert outbox.leaving(rows.store, [], 9) == []


def test_a_reply_is_claimed_once(rows: Any) -> None:
    made = rows.message(rows.conversation(), speaker="agent", delivery="queued")
    assert outbox.claim(rows.store, made, "one", 9, True)
    assert not outbox.claim(rows.store, made, "two", 9, True)
    line = messages.get(rows.store, made)
    assert line is not None
    assert (line.claimed_by, line.claimed_until, line.repeatable) == ("one", 9, True)


def test_what_waits_is_counted_by_channel_without_reading_the_transcripts(rows: Any) -> None:
    talk = rows.conversation()
    for at, delivery in ((3, "queued"), (2, "queued"), (1, "sent"), (1, "uncertain")):
        rows.message(talk, speaker="agent", delivery=delivery, at=at)
    rows.message(talk, speaker="agent", delivery="uncertain", channel="sms")
    for held_until in (9, 10):
        rows.message(talk, speaker="agent", delivery="held", held_until=held_until, at=1)
    chat, sms = outbox.waiting(rows.store, 9)
    assert (chat.channel, chat.queued, chat.oldest, chat.uncertain) == ("chat", 3, 1, 1)
    assert (sms.channel, sms.queued, sms.oldest, sms.uncertain) == ("sms", 0, None, 1)


def test_what_leaves_is_found_by_index(rows: Any) -> None:
    seen: list[str] = []
    rows.store.connection.set_trace_callback(seen.append)
    outbox.leaving(rows.store, ["chat"], 9)
    outbox.waiting(rows.store, 9)
    outbox.any_queued(rows.store)
    rows.store.connection.set_trace_callback(None)
    for statement in seen:
        plan = " ".join(row["detail"] for row in rows.store.rows(f"EXPLAIN QUERY PLAN {statement}"))
        assert "messages_leaving" in plan, plan
        assert "SCAN messages " not in f"{plan} ", plan
        assert "messages_thread" not in plan, plan


def test_a_channels_own_id_finds_its_message_by_channel_sender_and_words(rows: Any) -> None:
    talk = rows.conversation()
    message = rows.message(talk, "hello", external_id="abc", sender_key="chat:dev-1")
    found = messages.delivered(rows.store, "chat", "abc", "chat:dev-1", "hello")
    assert found is not None
    assert found.id == message
    for other in (
        ("email", "abc", "chat:dev-1", "hello"),
        ("chat", "abd", "chat:dev-1", "hello"),
        ("chat", "abc", "chat:dev-2", "hello"),
        ("chat", "abc", "chat:dev-1", "hullo"),
    ):
        assert messages.delivered(rows.store, *other) is None


def test_windows_stand_in_the_order_in_which_things_were_said(rows: Any) -> None:
    talk = rows.conversation()
    keys = [rows.message(talk, str(at), at=at) for at in (30, 10, 20, 20, 40)]
    assert numbers(messages.before(rows.store, talk, None, 9)) == ["10", "20", "20", "30", "40"]
    assert numbers(messages.before(rows.store, talk, keys[3], 9)) == ["10", "20"]
    assert numbers(messages.after(rows.store, talk, keys[2], 9)) == ["20", "30", "40"]
    assert numbers(messages.since(rows.store, talk, keys[1], 2)) == ["20", "20"]
    last = messages.last_said(rows.store, talk)
    assert last is not None
    assert last.text == "40"
