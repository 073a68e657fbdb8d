"""Home's preview: the customer's question first, then what was said last, at every size."""

from datetime import UTC

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from omnitui.console.glyphs import UNICODE
from omnitui.console.present.home.lists import preview_lines, why_here
from omnitui.console.present.home.said import Preview
from omnitui.model.conversation import (
    Conversation,
    ConversationState,
    Delivery,
    Message,
    MessageKind,
    Speaker,
)
from omnitui.model.ids import AgentId, ConversationId, CustomerId, MessageId

NOW = 1_772_442_000_000
DAY = 86_400_000
SIZES = [(76, 5), (76, 6), (116, 10), (156, 14)]


def line(key: int, speaker: Speaker, said: str, **given: object) -> Message:
    values = {"kind": MessageKind.MESSAGE, "at": NOW - 60_000 + key, "author": "x", **given}
    return Message(
        id=MessageId(key),
        conversation_id=ConversationId(1),
        speaker=speaker,
        text=said,
        delivery=Delivery.SENT,
        **values,  # type: ignore[arg-type]
    )


ITEM = Conversation(
    id=ConversationId(1),
    channel="chat",
    state=ConversationState.ACTIVE,
    name="Kiana Anderson",
    address="web-1",
    created_at=NOW,
    customer_id=CustomerId(1),
    agent_id=AgentId(1),
    agent_name="Ada Byron",
    waiting_since=NOW - 60_000,
)
QUESTION = (
    line(1, Speaker.CUSTOMER, "hi"),
    line(2, Speaker.CUSTOMER, "my router drops every evening"),
)
NOTICE = line(3, Speaker.SYSTEM, "You speak with Ada now.")
EVENT = line(4, Speaker.SYSTEM, "Ada accepted it", kind=MessageKind.EVENT)
TALK = [line(key, Speaker.CUSTOMER, f"and then thing {key}") for key in range(5, 30)]


def drawn(view: Preview, width: int, height: int) -> list[str]:
    lines = preview_lines(view, width, height, UNICODE, now=NOW, tz=UTC)
    assert len(lines) == height
    assert all(one.cell_length <= width for one in lines)
    return [one.plain for one in lines]


def view_of(*messages: Message, item: Conversation = ITEM, told: str = "") -> Preview:
    return Preview(item, None, 1, messages=messages, question=QUESTION, told=told)


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_it_begins_with_the_question_and_ends_with_the_newest(width: int, height: int) -> None:
    view = view_of(*QUESTION, NOTICE, EVENT, *TALK, told="Bo was busy. " * 20)
    said = [one for one in drawn(view, width, height)[1:] if one.strip()]
    assert "hi · my router drops every evening" in said[0]
    assert "Kiana" in said[0]
    assert any("and then thing 29" in one for one in said)


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_a_notice_is_passed_over_or_marked_and_never_the_customer_s(
    width: int, height: int
) -> None:
    lines = drawn(view_of(*QUESTION, NOTICE, EVENT), width, height)
    for one in lines:
        assert "You speak with Ada now." not in one or "· notice" in one
    if height <= 6:
        assert not any("You speak with Ada now." in one for one in lines)


def test_what_is_not_of_today_has_its_day() -> None:
    old = replace(QUESTION[0], at=NOW - 3 * DAY)
    view = replace(view_of(old), question=(old,))
    assert "27 Feb" in "\n".join(drawn(view, 76, 6))


def test_the_head_has_the_facts_and_what_is_missed_least_gives_way() -> None:
    item = replace(
        ITEM,
        customer_id=None,
        name="Visitor 1042",
        address="liv@example.com",
        context={"name": "Liv Berg"},
        priority=2,
        labels=("vip",),
        queue="Internet",
        skills={"router": 2},
    )
    head = drawn(view_of(item=item), 156, 10)[0]
    for fact in ("liv@example.com", "Visitor 1042", "says Liv Berg", "waits 1:00", "priority 2"):
        assert fact in head
    assert head.endswith("needs router 2")
    narrow = drawn(view_of(item=item), 76, 6)[0]
    assert narrow.startswith("liv@example.com · ")
    assert "priority 2" in narrow
    assert "…" not in narrow


def test_what_is_cut_ends_in_an_ellipsis() -> None:
    long = line(2, Speaker.CUSTOMER, "why " * 200)
    view = replace(view_of(long, TALK[-1], told="because " * 80), question=(long,))
    lines = drawn(view, 76, 6)
    assert lines[2].endswith("…")
    assert lines[-1].endswith("…")


@given(
    st.lists(st.tuples(st.sampled_from(Speaker), st.text(max_size=200)), max_size=14),
    st.integers(40, 160),
    st.integers(4, 16),
)
def test_it_fits_whatever_was_said(
    said: list[tuple[Speaker, str]], width: int, height: int
) -> None:
    messages = [line(key, who, words) for key, (who, words) in enumerate(said, 1)]
    question = [one for one in messages[:2] if one.speaker is Speaker.CUSTOMER]
    drawn(replace(view_of(*messages), question=question), width, height)


def test_what_is_unanswered_is_not_said_to_wait_for_the_customer() -> None:
    waits = replace(ITEM, state=ConversationState.WAITING)
    assert why_here(view_of(item=waits), NOW) == "not answered yet; last agent you."
    answered = replace(waits, waiting_since=None)
    assert why_here(view_of(item=answered), NOW).startswith("waits for the customer")
