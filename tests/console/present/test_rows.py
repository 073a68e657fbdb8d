from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.content import Content

from omnitui.console.glyphs import ASCII, UNICODE, Glyphs
from omnitui.console.present.home.rows import (
    HomeRow,
    column_at,
    home_columns,
    home_header,
    home_row,
    home_row_of,
)
from omnitui.model.channel import Channel, ChannelMode
from omnitui.model.conversation import Conversation, ConversationState, Speaker
from omnitui.model.ids import AgentId, ConversationId
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


def shown(row: HomeRow | None, width: int = 120, glyphs: Glyphs = UNICODE, **flags: bool) -> str:
    return home_row(row, width, glyphs, now=NOW, **flags).plain


def styles(content: Content) -> set[str]:
    return {str(span.style) for span in content.spans}


def test_a_row_tells_deadline_wait_who_what_how_they_feel_and_where() -> None:
    cells = shown(ROW).split()
    assert cells[:3] == ["◔", "0:48", "2:14"]
    assert "Kiana Anderson" in shown(ROW)
    assert "▼!" in cells
    assert cells[-2:] == ["Internet", "open"]


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


def test_columns_drop_out_by_how_little_they_are_missed() -> None:
    keys = {width: [column.key for column in home_columns(width)] for width in (120, 80, 60, 40)}
    assert keys[120] == ["sla", "wait", "channel", "name", "said", "sentiment", "queue", "state"]
    assert "queue" not in keys[80]
    assert {"sla", "wait", "name", "said", "sentiment", "state"} <= set(keys[80])
    assert {"wait", "name", "said"} <= set(keys[60])
    assert {"name", "said"} <= set(keys[40])


def test_no_label_of_the_header_is_cut() -> None:
    for width in range(40, 200):
        assert "…" not in home_header(width, UNICODE).plain


def test_the_sorted_column_says_so() -> None:
    assert "Wait↑" in home_header(120, UNICODE, sort=("wait", True)).plain
    assert "Customer↓" in home_header(120, UNICODE, sort=("name", False)).plain


def test_a_cell_of_the_header_belongs_to_a_column() -> None:
    assert column_at(120, 0) is None
    for column in home_columns(120):
        assert column_at(120, column.start) == column.key


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
