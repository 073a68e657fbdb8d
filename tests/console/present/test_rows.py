from collections.abc import Collection
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from textual.content import Content

from omnitui.console.glyphs import ASCII, UNICODE, Glyphs
from omnitui.console.present.home.columns import column_at, home_columns, untold
from omnitui.console.present.home.rows import (
    HomeRow,
    home_header,
    home_row,
    home_row_of,
    short_name,
)
from omnitui.model.channel import Channel, ChannelMode
from omnitui.model.conversation import Conversation, ConversationState, Speaker
from omnitui.model.ids import AgentId, ConversationId, CustomerId
from omnitui.model.sentiment import Sentiment

ROW = HomeRow(
    id=1,
    name="Kiana Anderson",
    channel="◆",
    said="my router drops every evening",
    sentiment=Sentiment.VERY_NEGATIVE,
    state="open",
    queue="Internet",
    waiting_since=0,
    due_at=182_000,
)
NOW = 134_000
ALL = untold("all", ("priority", "label"), deadlines=True, closed=False)
MINE = untold("mine", (), deadlines=True, closed=False)


def shown(row: HomeRow | None, width: int = 120, glyphs: Glyphs = UNICODE, **flags: Any) -> str:
    return home_row(row, width, glyphs, now=NOW, **flags).plain


def styles(content: Content) -> set[str]:
    return {str(span.style) for span in content.spans}


def test_a_row_tells_deadline_wait_who_what_how_they_feel_and_where() -> None:
    cells = shown(ROW).split()
    assert cells[:3] == ["◔", "0:48", "2:14"]
    assert "Kiana Anderson" in shown(ROW)
    assert "▼!" in cells
    assert "Internet" in shown(ROW, 160, without=ALL)
    assert shown(ROW, 160, without=ALL).split()[-1] == "open"


def test_header_and_rows_share_their_columns_at_every_width() -> None:
    for width in range(30, 201):
        header = home_header(width, UNICODE).plain
        row = shown(ROW, width)
        for column in home_columns(width):
            if column.flush_right:
                continue
            assert header[column.start] != " "
            assert header[column.start - 1] == " "
            assert row[column.start - 1] == " "


@pytest.mark.parametrize("width", [40, 60, 80, 100, 120, 160])
@pytest.mark.parametrize("glyphs", [UNICODE, ASCII])
def test_rows_fill_the_width_exactly(width: int, glyphs: Glyphs) -> None:
    wide = replace(
        ROW,
        name="顧客名前の長いやつです",
        said="日本語のメッセージ 👩‍👩‍👧 とても長い" * 3,
        unread=12,
    )
    for row in (ROW, wide, None):
        assert home_row(row, width, glyphs, now=NOW).cell_length == width
    assert home_header(width, glyphs, sort=("name", False)).cell_length == width


def keys(width: int, without: Collection[str]) -> list[str]:
    return [column.key for column in home_columns(width, frozenset(without))]


@pytest.mark.parametrize(
    ("width", "without", "columns"),
    [
        (160, ALL, "sla wait channel name said sentiment priority agent queue label state"),
        (120, ALL, "sla wait channel name said sentiment priority agent label state"),
        (100, ALL, "sla wait channel name said sentiment priority agent"),
        (80, ALL, "sla wait channel name said sentiment priority"),
        (40, ALL, "channel name said"),
        (120, MINE, "sla wait channel name said sentiment queue state"),
        (80, MINE, "sla wait channel name said sentiment state"),
        (80, {*ALL, "sla"}, "wait channel name said sentiment priority agent"),
        (80, {*ALL, "priority", "label"}, "sla wait channel name said sentiment agent"),
    ],
)
def test_columns_give_way_by_how_little_they_are_missed(
    width: int, without: Collection[str], columns: str
) -> None:
    assert keys(width, without) == columns.split()


@pytest.mark.parametrize("width", range(30, 240))
def test_columns_stand_apart_inside_the_width(width: int) -> None:
    columns = home_columns(width)
    for one, after in pairwise(columns):
        assert one.start + one.width + 2 == after.start
    assert columns[-1].start + columns[-1].width < width
    assert width < 60 or next(c for c in columns if c.key == "said").width >= 20


def test_a_list_has_no_column_in_which_nothing_would_be_told() -> None:
    told = {"deadlines": False, "closed": False}
    assert {"sla", "priority", "label", "at"} <= untold("all", (), **told)
    assert "label" not in untold("all", ("label",), **told)
    assert "agent" not in untold("all", (), **told)
    assert {"agent"} <= untold("mine", (), **told) & untold("open", (), **told)
    assert "at" not in untold("all", (), deadlines=True, closed=True)
    assert {"wait", "state", "agent"} <= untold("closed", (), **told)


@pytest.mark.parametrize("sort", ["wait", "sentiment", "priority", "agent", "label", "said"])
def test_no_label_of_the_header_is_cut(sort: str) -> None:
    for width in range(40, 200):
        header = home_header(width, UNICODE, sort=(sort, True)).plain
        assert len(header) == width
        assert "…" not in header
        for column in home_columns(width):
            assert column.label in header


def test_the_sorted_column_says_so() -> None:
    assert "Wait↑" in home_header(120, UNICODE, sort=("wait", True)).plain
    assert "Customer↓" in home_header(120, UNICODE, sort=("name", False)).plain
    assert "Prio↓" in home_header(160, UNICODE, sort=("priority", False)).plain


def test_a_cell_of_the_header_belongs_to_a_column() -> None:
    assert column_at(120, 0) is None
    for column in home_columns(120):
        found = column_at(120, column.start)
        assert found == column
    when = next(column for column in home_columns(200) if column.key == "at")
    assert when.sort == "said"


def test_a_row_tells_who_has_it_how_pressing_it_is_and_its_labels() -> None:
    row = replace(ROW, priority=2, agent="Ursula Hamann", labels=("vip", "refund"))
    line = shown(row, 200)
    assert "Ursula H." in line
    assert "vip, refund" in line
    assert " 2 " in line
    assert "→ Ursula H." in shown(replace(row, ringing=True), 200)
    assert "0" not in shown(replace(ROW, said="x", due_at=None, waiting_since=None), 200)


@pytest.mark.parametrize(
    ("name", "width", "short"),
    [
        ("Ada Byron", 9, "Ada Byron"),
        ("Ada Byron", 8, "Ada B."),
        ("Ada Byron", 4, "Ada"),
        ("Bo", 8, "Bo"),
        ("", 8, ""),
    ],
)
def test_a_name_is_shortened_by_whole_words(name: str, width: int, short: str) -> None:
    assert short_name(name, width) == short


@pytest.mark.parametrize(
    ("change", "flag"),
    [
        ({"due_at": NOW - 1, "needs_you": True}, "!"),
        ({"needs_you": True}, "◉"),
        ({"due_at": NOW + 1_000}, "◔"),
        ({"due_at": None, "unread": 2}, "•"),
        ({"due_at": None}, " "),
    ],
)
def test_the_flag_tells_the_most_pressing_thing(change: dict[str, int], flag: str) -> None:
    row = replace(ROW, **change)  # type: ignore[arg-type]
    assert shown(row)[3] == flag


def test_cursor_and_mark_have_signs_of_their_own() -> None:
    assert shown(ROW, selected=True)[0] == "▌"
    assert shown(ROW, marked=True)[1] == "■"
    assert shown(None, selected=True).strip() == "▌    …"


def test_a_missed_deadline_has_a_minus_and_the_danger_colour() -> None:
    late = home_row(replace(ROW, due_at=NOW - 12_000), 120, UNICODE, now=NOW)
    assert "-0:12" in late.plain
    assert "bold $danger" in styles(late)


@given(st.text(max_size=80), st.text(max_size=200), st.integers(20, 160))
def test_foreign_text_is_only_ever_text(name: str, said: str, width: int) -> None:
    row = home_row(replace(ROW, name=name, said=said), width, UNICODE, now=NOW)
    assert row.cell_length == width
    assert all(ord(char) >= 0x20 for char in row.plain)


def test_markup_in_foreign_text_stays_text() -> None:
    row = home_row(replace(ROW, said="[@click=app.quit]hi[/]"), 160, UNICODE, now=NOW)
    assert "[@click=app.quit]hi[/]" in row.plain


def test_a_row_is_made_of_a_conversation() -> None:
    conversation = Conversation(
        id=ConversationId(7),
        channel="chat",
        state=ConversationState.WRAP_UP,
        name="Kiana",
        address="k",
        created_at=0,
        queue="Internet",
        agent_id=AgentId(1),
        agent_name="Ada Byron",
        last_text="done",
        last_speaker=Speaker.AGENT,
    )
    chat = Channel("chat", "Chat", ChannelMode.LIVE, 25, False, "◆", "c", 1)
    row = home_row_of(conversation, chat, UNICODE, me=1)
    assert (row.id, row.channel, row.said, row.said_by) == (7, "◆", "done", "you")
    assert row.state == "wrap-up"
    assert home_row_of(conversation, chat, ASCII, me=2).said_by == "Ada"
    assert home_row_of(conversation, None, ASCII).channel == "o"


def test_somebody_whom_nobody_knows_goes_by_their_address_and_a_ring_names_whose() -> None:
    conversation = Conversation(
        id=ConversationId(7),
        channel="email",
        state=ConversationState.OPEN,
        name="Visitor 1042",
        address="liv@example.com",
        created_at=0,
        agent_name="Ada Byron",
        offered_to=AgentId(2),
        offered_name="Bo Lindqvist",
        priority=1,
        labels=("vip",),
        last_text="Somebody will be with you.",
        last_speaker=Speaker.SYSTEM,
    )
    row = home_row_of(conversation, None, UNICODE, me=1)
    assert (row.name, row.agent, row.ringing) == ("liv@example.com", "Bo Lindqvist", True)
    assert (row.state, row.priority, row.labels) == ("ringing", 1, ("vip",))
    assert home_row_of(conversation, None, UNICODE, me=2).agent == "you"
    assert "notice" in row.said_by
    assert replace(conversation, address="").who == "Visitor 1042"
    assert replace(conversation, customer_id=CustomerId(3), name="Liv").who == "Liv"
