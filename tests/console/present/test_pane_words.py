"""What stands over the panes of a session: titles, tabs, and whose record is shown."""

from typing import Any

import pytest

from omnitui.console.glyphs import ASCII, UNICODE
from omnitui.console.present.session import (
    another_customer,
    pane_tabs,
    pane_title,
    session_header,
)
from omnitui.model.channel import Channel, ChannelMode
from omnitui.model.conversation import Conversation, ConversationState

NOW = 1_772_546_580_000
CHAT = Channel("chat", "Live chat", ChannelMode.LIVE, 25, False, "◆", "c", 101)
ITEM = Conversation(
    id=1,  # type: ignore[arg-type]
    channel="chat",
    state=ConversationState.ACTIVE,
    name="Kiana Anderson",
    address="web-1",
    created_at=NOW,
)


@pytest.mark.parametrize("glyphs", [UNICODE, ASCII])
def test_the_active_pane_is_told_by_a_sign_and_not_by_colour_alone(glyphs: Any) -> None:
    active, spans = pane_title("summary", "Summary", 20, glyphs, active=True)
    other, _spans = pane_title("assist", "Assist", 20, glyphs, active=False)
    assert active.plain == f"{glyphs.cursor}Summary".ljust(20)
    assert other.plain == " Assist".ljust(20)
    assert spans == ((0, 20, "summary"),)
    header = session_header(ITEM, CHAT, 80, glyphs, NOW, active=True).plain
    assert header.startswith(glyphs.cursor)
    assert not session_header(ITEM, CHAT, 80, glyphs, NOW).plain.startswith(glyphs.cursor)
    tabs = (("a", "One", 0), ("b", "Two", 3))
    without, _spans = pane_tabs(tabs, "b", 30, glyphs, active=False)
    assert f"{glyphs.bar_customer}Two" in without.plain
    assert glyphs.cursor not in without.plain


@pytest.mark.parametrize("width", [30, 60, 100])
def test_the_record_of_somebody_else_is_named_over_it(width: int) -> None:
    line = another_customer("Marcus Lee", "Kiana Anderson", True, width, UNICODE)
    assert line.cell_length == width
    assert line.plain.startswith(" ! Another customer: Marcus")
    told = another_customer("Marcus Lee", "Kiana Anderson", True, 100, UNICODE).plain
    assert "You are writing to Kiana Anderson." in told
    unknown = another_customer("Marcus Lee", "Visitor 3", False, 100, UNICODE).plain
    assert "Visitor 3 is not identified." in unknown
