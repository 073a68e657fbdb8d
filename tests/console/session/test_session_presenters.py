from datetime import UTC
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from session_world import DAY, HOSTILE, HOUR, MINUTE, NOW
from textual.content import Content

from omnitui.console.glyphs import ASCII, UNICODE
from omnitui.console.present.assist import (
    article_item,
    article_page,
    reply_item,
    reply_preview,
    reply_row,
    unmarked,
)
from omnitui.console.present.records.article import body_lines, plain_words
from omnitui.console.present.records.case import case_facts, case_item, short_day
from omnitui.console.present.records.profile import SECTIONS, Profile, Suggested, profile_parts
from omnitui.console.present.records.timeline import activity_item
from omnitui.console.present.session import (
    ComposerView,
    composer_label,
    pane_tabs,
    session_header,
)
from omnitui.model.case import Case, CasePriority, CaseStatus
from omnitui.model.channel import Channel, ChannelMode
from omnitui.model.conversation import Conversation, ConversationState
from omnitui.model.customer import Address, Customer, Tier
from omnitui.model.engagement import Engagement
from omnitui.model.knowledge import Article, QuickReply
from omnitui.model.sentiment import Sentiment
from omnitui.model.timeline import Activity, ActivityKind

CHAT = Channel("chat", "Live chat", ChannelMode.LIVE, 25, False, "◆", "c", 101)
CHANNELS = {"chat": CHAT}
ITEM = Conversation(
    id=1,  # type: ignore[arg-type]
    channel="chat",
    state=ConversationState.ACTIVE,
    name="Kiana Anderson",
    address="web-1",
    created_at=NOW - 11 * MINUTE,
    queue="Internet",
    sentiment=Sentiment.NEGATIVE,
    trend=(0, -1, -2),
    waiting_since=NOW - 42_000,
)
KIANA = Customer(
    id=1,  # type: ignore[arg-type]
    name="Kiana Anderson",
    tier=Tier.GOLD,
    account="20417",
    city="Halden",
    addresses=(Address("email", "k@example.com", ""), Address("sms", "+47 555", "")),
)
CASE = Case(
    id=7,  # type: ignore[arg-type]
    number="CAS-00042",
    title="Router drops in the evenings",
    customer_id=1,  # type: ignore[arg-type]
    origin="chat",
    priority=CasePriority.HIGH,
    product="Router 6",
    owner_name="Ada Byron",
    created_at=NOW - 2 * DAY,
)
CALL = Activity(
    id=3,  # type: ignore[arg-type]
    customer_id=1,  # type: ignore[arg-type]
    kind=ActivityKind.CALL,
    at=NOW - 3 * DAY,
    title="Called about drops",
    body="Came back by itself.",
    author="Bo Lindqvist",
)
PROFILE = Profile(
    conversation=ITEM,
    channel=CHAT,
    about=Engagement(),
    tz=UTC,
    now=NOW,
    open=frozenset(SECTIONS),
    customer=KIANA,
    case=CASE,
    cases=(CASE,),
    timeline=(CALL,),
    moved=(("awful", -0.4), ("thank", 0.3)),
    channels=CHANNELS,
)


def _plain(lines: Any) -> str:
    return "\n".join(line.plain for line in lines)


@pytest.mark.parametrize("width", range(28, 161, 7))
def test_the_header_fills_its_width_and_keeps_name_and_wait(width: int) -> None:
    line = session_header(ITEM, CHAT, width, UNICODE, NOW)
    assert line.cell_length == width
    assert "Kiana" in line.plain
    assert "0:42" in line.plain


def test_the_header_says_what_is_not_scored_instead_of_neutral() -> None:
    line = session_header(replace(ITEM, sentiment_scored=False), CHAT, 120, UNICODE, NOW).plain
    assert "? not scored" in line
    assert Sentiment.NEGATIVE.label not in line


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"state": ConversationState.WRAP_UP}, "wrap-up"),
        ({"state": ConversationState.CLOSED}, "closed"),
        ({"state": ConversationState.WAITING}, "waiting"),
        ({"waiting_since": None}, "answered"),
        ({"customer_gone_at": NOW - 20_000}, "gone 0:20"),
    ],
)
def test_the_header_says_what_stands_out(changes: dict[str, Any], says: str) -> None:
    line = session_header(replace(ITEM, **changes), CHAT, 120, UNICODE, NOW)
    assert line.plain.rstrip().endswith(says)


def test_a_feeling_has_words_where_there_is_room() -> None:
    assert "negative" in session_header(ITEM, CHAT, 120, UNICODE, NOW).plain
    assert "negative" not in session_header(ITEM, CHAT, 60, UNICODE, NOW).plain


@pytest.mark.parametrize("width", [30, 50, 80, 120])
@pytest.mark.parametrize(
    ("view", "says"),
    [
        (ComposerView(False, "Kiana", "chat", "enter"), "to Kiana, on chat"),
        (ComposerView(True, "Kiana", "chat", "enter"), "NOTE  agents only"),
        (ComposerView(True, "Kiana", "chat", "enter", typing=False), "KEYS  note, agents only"),
        (ComposerView(False, "Kiana", "chat", "enter", reason="It has ended."), "no reply"),
    ],
)
def test_the_label_says_who_reads_it(view: ComposerView, says: str, width: int) -> None:
    line = composer_label(view, width, UNICODE)
    assert line.cell_length == width
    assert says in line.plain


def test_the_label_tells_the_key_that_changes_it_and_the_one_that_sends() -> None:
    reply = composer_label(ComposerView(False, "Kiana", "chat", "enter"), 80, UNICODE).plain
    assert "enter sends" in reply
    assert "^n note" in reply
    note = composer_label(ComposerView(True, "Kiana", "email", "^s"), 80, UNICODE).plain
    assert "^s adds" in note
    assert "^n reply" in note


@pytest.mark.parametrize("width", [60, 80, 120])
def test_how_much_of_what_the_channel_takes_is_used_is_told(width: int) -> None:
    view = ComposerView(False, "Kiana", "sms", "^s", used="2 of 10 segments", drafted=True)
    line = composer_label(view, width, UNICODE)
    assert line.cell_length == width
    assert "to Kiana, on sms  2 of 10 segments" in line.plain


def test_a_warning_takes_the_place_of_the_keys() -> None:
    view = ComposerView(False, "Kiana", "chat", "enter", warning="Kiana wrote while you typed")
    line = composer_label(view, 80, UNICODE)
    assert line.plain.rstrip().endswith("! Kiana wrote while you typed")
    narrow = composer_label(view, 40, UNICODE)
    assert narrow.cell_length == 40
    assert narrow.plain.rstrip().endswith("! Kiana wrote while you typed")
    assert narrow.plain.startswith(" REPLY ")


def test_reply_and_note_differ_without_colour() -> None:
    reply = composer_label(ComposerView(False, "Kiana", "chat", "enter"), 60, ASCII).plain
    note = composer_label(ComposerView(True, "Kiana", "chat", "enter"), 60, ASCII).plain
    assert reply.split()[0] == "REPLY"
    assert note.split()[0] == "NOTE"


def test_without_the_keys_the_label_says_so_and_names_no_key_of_the_field() -> None:
    view = ComposerView(False, "Kiana", "chat", "enter", typing=False)
    line = composer_label(view, 60, UNICODE).plain
    assert line.split()[0] == "KEYS"
    assert "reply to Kiana, on chat" in line
    assert "enter" not in line
    assert "draft to Kiana" in composer_label(replace(view, drafted=True), 60, UNICODE).plain


def test_what_happened_while_they_typed_is_told_without_the_keys_too() -> None:
    view = ComposerView(False, "Kiana", "chat", "enter", typing=False, warning="Kiana wrote")
    assert composer_label(view, 60, UNICODE).plain.rstrip().endswith("! Kiana wrote")


def test_pane_tabs_mark_the_chosen_one_and_say_where_they_stand() -> None:
    line, spans = pane_tabs((("a", "One", 0), ("b", "Two", 3)), "b", 30, UNICODE)
    assert line.plain.startswith(" One  ▌Two 3")
    for start, end, key in spans:
        assert {"a": "One", "b": "Two"}[key] in line.plain[start:end]


@pytest.mark.parametrize("width", [24, 38, 40, 60, 100])
@pytest.mark.parametrize("glyphs", [UNICODE, ASCII])
def test_the_summary_never_leaves_its_width(width: int, glyphs: Any) -> None:
    for view in (PROFILE, replace(PROFILE, customer=None, case=None, cases=None, timeline=None)):
        for part in profile_parts(view, width, glyphs):
            assert all(line.cell_length <= width for line in part.lines), part.key


def test_one_handle_on_several_channels_is_told_once() -> None:
    handles = [("facebook", "devm"), ("twitter", "@DevM"), ("phone", "+47 1"), ("sms", "+47 1")]
    addresses = tuple(Address(channel, value, value) for channel, value in handles)
    view = replace(PROFILE, customer=replace(KIANA, addresses=addresses))
    said = next(
        _plain(part.lines) for part in profile_parts(view, 60, UNICODE) if part.key == "customer"
    )
    assert "devm on facebook, twitter" in said
    assert said.count("+47 1") == 1


def test_folded_sections_are_one_line_each() -> None:
    parts = profile_parts(replace(PROFILE, open=frozenset()), 40, UNICODE)
    assert [part.key for part in parts] == [f"section:{name}" for name in SECTIONS]


def test_an_unknown_visitor_has_reason_suggestions_and_a_way_on() -> None:
    view = replace(
        PROFILE,
        conversation=replace(ITEM, match_reason="No identifying data"),
        customer=None,
        suggested=(Suggested(KIANA, "same name"),),
    )
    parts = {part.key: _plain(part.lines) for part in profile_parts(view, 40, UNICODE)}
    assert "No identifying data" in parts["customer:why"]
    assert "same name" in parts["suggest:1"]
    assert "find or add" in parts["act:link"]


def test_a_section_that_is_being_read_says_so() -> None:
    parts = profile_parts(replace(PROFILE, timeline=None), 40, UNICODE)
    assert "reading" in _plain(next(part.lines for part in parts if part.key == "timeline"))


@pytest.mark.parametrize(
    "context",
    [
        {"pages": "not a list", "answers": ["yes", "no"], "device": {"os": "Linux"}},
        {"pages": [{"title": "Home"}, 3, None], "answers": {"a": [1, True]}, "x": {"y": [None]}},
        {"pages": [], "answers": {}, "device": "", "n": 0},
    ],
)
def test_context_of_any_shape_is_shown(context: dict[str, Any]) -> None:
    view = replace(PROFILE, conversation=replace(ITEM, context=context))
    assert profile_parts(view, 40, UNICODE)


@given(st.text(max_size=60), st.integers(10, 90))
def test_foreign_text_never_breaks_the_summary(text: str, width: int) -> None:
    hostile = text + HOSTILE
    view = replace(
        PROFILE,
        conversation=replace(ITEM, name=hostile, context={hostile: hostile, "pages": [hostile]}),
        customer=replace(KIANA, name=hostile, notes=hostile, city=hostile, plan=hostile),
        case=replace(CASE, title=hostile, description=hostile, resolution=hostile),
        timeline=(replace(CALL, title=hostile, body=hostile, author=hostile),),
        open=frozenset((*SECTIONS, "activity:call-3", "case:7")),
        moved=((hostile, 0.1),),
    )
    for part in profile_parts(view, width, UNICODE):
        for line in part.lines:
            assert not any(ord(letter) < 32 or 127 <= ord(letter) < 160 for letter in line.plain)
            assert isinstance(line, Content)


def test_a_case_tells_its_title_standing_and_owner() -> None:
    shown = _plain(case_facts(CASE, 60, NOW, UTC, CHANNELS, UNICODE))
    for word in ("Router drops", "High", "active", "2 days ago", "Router 6", "Ada Byron", "chat"):
        assert word in shown


def test_a_resolved_case_tells_how() -> None:
    case = replace(CASE, status=CaseStatus.RESOLVED, resolution="Updated", resolved_at=NOW - DAY)
    assert "resolved yesterday: Updated" in _plain(
        case_facts(case, 60, NOW, UTC, CHANNELS, UNICODE)
    )


@pytest.mark.parametrize("width", [24, 40, 80])
def test_a_case_in_a_list_is_one_line(width: int) -> None:
    line = case_item(CASE, width, NOW, UTC, UNICODE, linked=True)
    assert line.cell_length == width
    assert "linked" in line.plain


@pytest.mark.parametrize(
    ("ago", "day"),
    [(HOUR, "today"), (DAY, "2 Mar"), (100 * DAY, "23 Nov"), (400 * DAY, "2025")],
)
def test_days_are_short(ago: int, day: str) -> None:
    assert short_day(NOW - ago, NOW, UTC) == day


@pytest.mark.parametrize(
    ("activity", "says"),
    [
        (CALL, "call"),
        (replace(CALL, kind=ActivityKind.TASK, due_at=NOW - 1), "late"),
        (replace(CALL, kind=ActivityKind.TASK, due_at=NOW + 3 * HOUR), "in 3 h"),
        (replace(CALL, kind=ActivityKind.TASK, due_at=NOW, done_at=NOW), "done"),
        (replace(CALL, kind=ActivityKind.CONVERSATION, title="chat"), "open"),
        (replace(CALL, kind=ActivityKind.CASE, case_number="CAS-00042"), "CAS-00042"),
    ],
)
def test_the_timeline_says_what_it_was_and_how_it_stands(activity: Activity, says: str) -> None:
    lines = activity_item(activity, 50, NOW, UTC, UNICODE, channels=CHANNELS)
    assert len(lines) == 1
    assert says in lines[0].plain


def test_an_unfolded_entry_says_who_and_what() -> None:
    shown = _plain(activity_item(CALL, 40, NOW, UTC, UNICODE, channels=CHANNELS, expanded=True))
    assert "Called about drops" in shown
    assert "Bo Lindqvist" in shown
    assert "Came back by itself." in shown


ARTICLE = Article(
    id=1,  # type: ignore[arg-type]
    slug="drops",
    title="Router drops",
    body="First *this*.\n\n## Then\n\n1. Open **My Skerry**\n2. Choose\n   - one\n   - two\n\n"
    "> quoted\n\n`code` and [help](https://example.com/x)\n\n```\nraw  text\n```\n",
)


def test_an_article_is_drawn_with_its_lists_and_headings() -> None:
    lines = [line.plain.strip() for line in body_lines(ARTICLE.body, 40, UNICODE)]
    for line in ("First this.", "Then", "1. Open My Skerry", "2. Choose", "• one", "raw  text"):
        assert line in lines
    assert "help (https://example.com/x)" in " ".join(lines)


def test_an_article_becomes_plain_words_for_a_reply() -> None:
    words = plain_words(ARTICLE)
    assert words.startswith("First this.\n\nThen:\n\n1. Open My Skerry\n2. Choose")
    assert "*" not in words
    assert "`" not in words


@given(st.text(max_size=200), st.integers(8, 90))
def test_any_markdown_is_drawn_within_its_width(body: str, width: int) -> None:
    for line in body_lines(body, width, UNICODE):
        assert line.cell_length <= width + 8
        assert not any(ord(letter) < 32 for letter in line.plain)
    plain_words(replace(ARTICLE, body=body))


@pytest.mark.parametrize("body", ["[/", "[@click=app.bell]x[/]", "<b>x</b>", "\x1b]0;x\x07"])
def test_hostile_markdown_is_text(body: str) -> None:
    shown = _plain(article_page(replace(ARTICLE, title=body, body=body), 60, UNICODE)[0])
    assert "\x1b" not in shown
    assert body.replace("\x1b", "").replace("\x07", "") in shown


def test_matches_are_brought_out_and_marks_never_shown() -> None:
    plain, spans = unmarked("the \x02router\x03 and \x02drops\x03")
    assert plain == "the router and drops"
    assert [plain[start:end] for start, end in spans] == ["router", "drops"]
    assert unmarked("a \x03b\x02 c")[0] == "a b c"


@pytest.mark.parametrize("width", [24, 40, 100])
def test_items_keep_to_their_width(width: int) -> None:
    reply = QuickReply(1, "greeting", "Greeting", "Hi there, how are you?", tags=("start",))  # type: ignore[arg-type]
    lines = [
        *article_item(ARTICLE, width, UNICODE, passage="some \x02words\x03 " * 9),
        *article_item(replace(ARTICLE, audience="internal"), width, UNICODE, because=("a", "b")),
        *reply_item(reply, width, UNICODE, language="nb"),
        reply_row(reply, width, UNICODE, language="nb"),
        *reply_preview("Hi [minutes] " * 20, [(3, 12)], width, 3, UNICODE),
    ]
    assert all(line.cell_length <= width for line in lines)


def test_an_internal_article_says_so_in_the_list() -> None:
    lines = article_item(replace(ARTICLE, audience="internal"), 60, UNICODE)
    assert "internal" in lines[0].plain


def test_a_preview_is_cut_with_an_ellipsis() -> None:
    lines = reply_preview("word " * 100, [], 40, 3, UNICODE)
    assert len(lines) == 3
    assert lines[-1].plain.endswith("…")
