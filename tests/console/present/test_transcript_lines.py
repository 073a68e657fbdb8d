from datetime import UTC
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from omnitui.console.glyphs import ASCII, UNICODE
from omnitui.console.present.transcript import (
    FOUND_STYLE,
    HIT_STYLE,
    Line,
    Look,
    copied,
    matches,
    message_height,
    message_lines,
    not_arrived,
    speaker_name,
)
from omnitui.model.conversation import Delivery, Message, MessageKind, Speaker
from omnitui.model.ids import AgentId, ConversationId, MessageId

NOON = 1_762_344_000_000
LOOK = Look(width=60, tz=UTC, glyphs=UNICODE, me=1, roomy=False)


def message(number: int = 1, text: str = "hello", seconds: int = 0, **change: Any) -> Message:
    given_fields: dict[str, Any] = {
        "id": MessageId(number),
        "conversation_id": ConversationId(1),
        "speaker": Speaker.CUSTOMER,
        "kind": MessageKind.MESSAGE,
        "author": "Kiana",
        "text": text,
        "at": NOON + seconds * 1_000,
        "delivery": Delivery.RECEIVED,
    }
    return Message(**(given_fields | change))


def mine(number: int = 1, text: str = "hello", seconds: int = 0, **change: Any) -> Message:
    own: dict[str, Any] = {
        "speaker": Speaker.AGENT,
        "author": "Ada Byron",
        "agent_id": AgentId(1),
        "delivery": Delivery.SENT,
    }
    return message(number, text, seconds, **(own | change))


def plain(lines: tuple[Line, ...]) -> list[str]:
    return [line.content.plain.rstrip() for line in lines]


def drawn(
    *messages: Message, look: Look = LOOK, now: int = NOON, without_day: bool = True
) -> list[str]:
    lines: list[str] = []
    before: Message | None = None
    for one in messages:
        lines += plain(message_lines(one, before, look, now))
        before = one
    return lines[1:] if without_day else lines


def styles(lines: tuple[Line, ...]) -> set[str]:
    return {str(span.style) for line in lines for span in line.content.spans}


def test_a_message_has_its_day_its_speaker_and_a_bar() -> None:
    lines = drawn(message(text="my router\ndrops"), without_day=False)
    assert lines[0].strip("─ ") == "today"
    assert lines[1:] == [" 12:00  Kiana", " │ my router", " │ drops"]


def test_one_speaker_in_one_minute_has_one_head() -> None:
    lines = drawn(message(1), message(2, "again", 30), message(3, "later", 60))
    assert lines == [
        " 12:00  Kiana",
        " │ hello",
        " │ again",
        " 12:01  Kiana",
        " │ later",
    ]


def test_a_roomy_transcript_has_a_blank_line_between_speakers() -> None:
    look = replace(LOOK, roomy=True)
    lines = drawn(message(1), message(2, "again", 30), mine(3, "hi", 40), look=look)
    assert lines[2:4] == [" │ again", ""]


@pytest.mark.parametrize("glyphs", [UNICODE, ASCII])
def test_every_voice_has_a_bar_of_its_own(glyphs: Any) -> None:
    look = replace(LOOK, glyphs=glyphs)
    voices = [
        message(1),
        message(2, speaker=Speaker.BOT, author="Skerry"),
        mine(3),
        mine(4, kind=MessageKind.NOTE, delivery=Delivery.RECEIVED),
    ]
    bars = {message_lines(one, None, look, NOON)[-1].content.plain[1] for one in voices}
    assert len(bars) == 4


def test_the_bot_is_marked_as_one_and_the_agent_who_looks_is_you() -> None:
    bot = message(speaker=Speaker.BOT, author="Skerry")
    assert speaker_name(bot, 1) == "Skerry (bot)"
    assert speaker_name(replace(bot, author="Skerry bot"), 1) == "Skerry bot"
    assert speaker_name(replace(bot, author=""), 1) == "bot"
    assert speaker_name(mine(), 1) == "you"
    assert speaker_name(mine(), 2) == "Ada Byron"


def test_a_note_says_so_in_word_bar_and_background() -> None:
    note = mine(text="third call", kind=MessageKind.NOTE, delivery=Delivery.RECEIVED)
    lines = message_lines(note, None, LOOK, NOON)[1:]
    assert plain(lines) == [" ▒ note  12:00  you  only agents read this", " ▒ third call"]
    assert all(line.note for line in lines)


def test_an_event_is_one_quiet_line() -> None:
    event = message(
        2, "bot handed over", 60, kind=MessageKind.EVENT, speaker=Speaker.SYSTEM, author=""
    )
    assert drawn(message(1), event)[2:] == [" 12:01  ── bot handed over"]


@pytest.mark.parametrize(
    ("change", "end"),
    [
        ({"delivery": Delivery.SENT}, "✓ sent"),
        ({"delivery": Delivery.QUEUED}, "↑ queued"),
        ({"delivery": Delivery.QUEUED, "attempts": 1}, "↑ trying again"),
        ({"delivery": Delivery.SENDING}, "→ sending"),
        ({"delivery": Delivery.FAILED}, "✗ failed"),
        ({"delivery": Delivery.FAILED, "held_until": NOON + 9}, "✗ trying again"),
        ({"delivery": Delivery.UNCERTAIN, "doubtful": True}, "? uncertain"),
        ({"delivery": Delivery.UNSENT}, "↶ unsent"),
        ({"delivery": Delivery.HELD, "held_until": NOON + 8_000}, "◷  8s ━━━━━━━━"),
        ({"delivery": Delivery.HELD, "held_until": NOON + 3_100}, "◷  4s ━━━─────"),
        ({"delivery": Delivery.HELD, "held_until": NOON}, "◷  0s ────────"),
    ],
)
def test_own_lines_tell_how_far_they_have_come(change: dict[str, Any], end: str) -> None:
    assert drawn(mine(**change))[0].endswith(end)
    grouped = drawn(mine(1), mine(2, "more", 10, **change))
    assert grouped[2].startswith(" ┃ more")
    assert grouped[2].endswith(end)


def test_what_failed_says_why() -> None:
    failed = mine(delivery=Delivery.FAILED, error="mailbox\nunavailable", attempts=3)
    assert drawn(failed)[-1] == "   ✗ not sent: mailbox unavailable (3 attempts)"


def test_what_may_have_arrived_says_so() -> None:
    unknown = mine(delivery=Delivery.UNCERTAIN, error="no answer", doubtful=True)
    assert drawn(unknown)[-1] == "   ? may have arrived: no answer"
    again = mine(delivery=Delivery.FAILED, error="no answer", doubtful=True, held_until=NOON)
    assert drawn(again)[-1] == "   ✗ may have arrived: no answer"
    assert drawn(replace(unknown, error=""))[-1].endswith("not confirmed")


def test_what_nothing_delivers_says_so_on_its_own_channel_only() -> None:
    look = replace(LOOK, unserved={"email": "E-mail"})
    queued = mine(delivery=Delivery.QUEUED, channel="email")
    assert drawn(queued, look=look)[-1] == "   ↑ not sent: no courier for E-mail"
    assert drawn(queued)[-1] == drawn(replace(queued, channel="sms"), look=look)[-1] == " ┃ hello"
    for delivery in (Delivery.HELD, Delivery.SENDING, Delivery.SENT):
        assert drawn(replace(queued, delivery=delivery), look=look)[-1] == " ┃ hello"


def test_an_answer_that_has_not_arrived_is_none() -> None:
    asked, sent = message(1), mine(2)
    queued, lost = mine(3, delivery=Delivery.QUEUED), mine(4, delivery=Delivery.UNCERTAIN)
    assert not_arrived([asked]) == not_arrived([asked, sent]) == not_arrived([]) == ""
    assert not_arrived([asked, queued, sent]) == not_arrived([asked, queued]) == "not sent"
    assert not_arrived([asked, queued, lost]) == "may not have arrived"
    assert not_arrived([queued, message(5)]) == ""
    held = mine(6, delivery=Delivery.HELD, held_until=NOON)
    assert not_arrived([asked, held, mine(7, kind=MessageKind.NOTE)]) == ""


@pytest.mark.parametrize("speaker", [Speaker.BOT, Speaker.SYSTEM])
def test_what_the_desk_says_itself_is_no_more_sent_than_it_is(speaker: Speaker) -> None:
    said = mine(speaker=speaker, delivery=Delivery.QUEUED, channel="email")
    assert drawn(said)[0].endswith("↑ queued")
    assert drawn(said, look=replace(LOOK, unserved={"email": "E-mail"}))[-1].endswith("E-mail")
    assert "sent" not in drawn(replace(said, delivery=Delivery.SENT))[0]


def test_customers_lines_have_no_delivery_state() -> None:
    assert drawn(message(delivery=Delivery.SENT))[0] == " 12:00  Kiana"


def test_days_are_kept_apart() -> None:
    day = 86_400
    lines = drawn(message(1), message(2, "next", day), now=NOON + day * 1_000, without_day=False)
    assert [line.strip("─ ") for line in lines if "──" in line] == ["yesterday", "today"]


def test_what_is_new_is_marked_once() -> None:
    look = replace(LOOK, new_from=2)
    lines = drawn(message(1), message(2, "new", 10), message(3, "newer", 20), look=look)
    marked = [line for line in lines if "new since you looked" in line]
    assert len(marked) == 1
    assert lines[2] == marked[0]
    assert lines[3] == " 12:00  Kiana"


def test_words_that_moved_the_sentiment_are_underlined() -> None:
    angry = message(text="It drops. drops, raindrops", words=(("drops", -0.4), ("it", 0.1)))
    body = message_lines(angry, None, LOOK, NOON)[-1].content
    spans = {(body.plain[span.start : span.end], str(span.style)) for span in body.spans}
    assert ("drops", "underline $danger") in spans
    assert ("It", "underline $positive") in spans
    assert sum(str(span.style) == "underline $danger" for span in body.spans) == 2


def test_phrases_that_moved_the_sentiment_are_underlined_across_what_stands_between() -> None:
    said = message(text="Nobody,  ever,\nanswers. nobody", words=(("nobody ever answers", -1.9),))
    lines = message_lines(said, None, LOOK, NOON)
    marked = [
        line.content.plain[span.start : span.end]
        for line in lines
        for span in line.content.spans
        if span.style == "underline $danger"
    ]
    assert marked == ["Nobody,  ever,", "answers"]


def test_what_is_found_stands_out_and_the_hit_more_so() -> None:
    look = replace(LOOK, find="ROUTER", hit=(1, 1))
    found = message(text="router router [router]")
    assert matches(found, "router") == 3
    assert matches(found, "") == 0
    lines = message_lines(found, None, look, NOON)
    assert {FOUND_STYLE, HIT_STYLE} <= styles(lines)
    hits = [span for span in lines[-1].content.spans if span.style == HIT_STYLE]
    assert [(span.start, span.end) for span in hits] == [(10, 16)]


def test_a_message_taken_back_is_struck_out() -> None:
    lines = message_lines(mine(delivery=Delivery.UNSENT), None, LOOK, NOON)
    assert "$text-dim strike" in styles(lines)


def test_copied_text_is_what_was_written() -> None:
    words = "one two three four five six seven eight nine ten eleven twelve  thirteen\n\nend"
    lines = message_lines(message(text=words), None, LOOK, NOON)
    assert copied([(line, 0, None) for line in lines]) == words


KINDS = st.sampled_from(
    [
        {},
        {"speaker": Speaker.BOT},
        {"speaker": Speaker.SYSTEM, "kind": MessageKind.EVENT},
        {"speaker": Speaker.AGENT, "agent_id": 1, "delivery": Delivery.SENT},
        {"speaker": Speaker.AGENT, "agent_id": 1, "delivery": Delivery.HELD, "held_until": NOON},
        {"speaker": Speaker.AGENT, "delivery": Delivery.FAILED, "error": "no [/] way"},
        {"speaker": Speaker.AGENT, "kind": MessageKind.NOTE},
        {"speaker": Speaker.SYSTEM, "delivery": Delivery.QUEUED, "channel": "sms"},
        {"speaker": Speaker.BOT, "delivery": Delivery.UNCERTAIN, "error": "no [/] way"},
        {"speaker": Speaker.AGENT, "delivery": Delivery.QUEUED, "channel": "sms"},
    ]
)
TEXTS = st.text(alphabet=list("ab c\n日本👍👩\u0301\u200d\ufe0f\x1b[/]\t"), max_size=120)


@given(
    st.lists(st.tuples(KINDS, TEXTS, st.integers(0, 90_000)), min_size=1, max_size=4),
    st.integers(20, 100),
    st.booleans(),
    st.integers(0, 4),
)
def test_lines_fit_and_are_as_many_as_was_measured(
    parts: list[tuple[dict[str, Any], str, int]], width: int, roomy: bool, new_from: int
) -> None:
    look = replace(LOOK, width=width, roomy=roomy, new_from=new_from, unserved={"sms": "SMS [/"})
    before, seconds = None, 0
    for number, (change, text, gap) in enumerate(parts, 1):
        seconds += gap
        one = message(number, text, seconds, **change)
        lines = message_lines(one, before, look, NOON)
        assert len(lines) == message_height(one, before, look)
        for line in lines:
            assert line.content.cell_length <= width
            assert all(ord(char) >= 0x20 for char in line.content.plain)
        before = one


def test_an_ascii_transcript_adds_nothing_but_ascii() -> None:
    look = replace(LOOK, glyphs=ASCII, new_from=2)
    lines = drawn(
        message(1),
        mine(2, delivery=Delivery.HELD, held_until=NOON + 4_000),
        mine(3, delivery=Delivery.FAILED),
        mine(4, kind=MessageKind.NOTE),
        message(5, kind=MessageKind.EVENT, speaker=Speaker.SYSTEM),
        look=look,
    )
    assert all(line.isascii() for line in lines)
