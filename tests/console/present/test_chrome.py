from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omnitui.console.glyphs import ASCII, UNICODE
from omnitui.console.present.frame.footer import footer_line
from omnitui.console.present.frame.offers import OfferView, offer_choice_at, offer_lines
from omnitui.console.present.frame.status import StatusView, status_line
from omnitui.console.present.frame.tabs import TabView, tab_line
from omnitui.model.agent import Presence
from omnitui.model.sentiment import Sentiment

STATUS = StatusView(
    presence=Presence.BUSY,
    reason="2 of 4 chats",
    who="Ada Byron",
    clock="14:03",
    capacity=(("chat", 2, 4), ("phone", 1, 1)),
    waiting=7,
    oldest_ms=134_000,
    sla_late=1,
    sla_near=2,
    notice="demo ×4",
)
TAB = TabView("Kiana Anderson", "◆", Sentiment.POSITIVE, 0, -42_000)
NEEDS = replace(TAB, name="Marcus Lee", needs_you=True, unread=3, sentiment=Sentiment.VERY_NEGATIVE)
OFFER = OfferView(
    conversation_id=1,
    name="Kiana Anderson",
    channel="chat",
    glyph="◆",
    queue="Internet",
    waiting_since=-134_000,
    offered_at=-5_000,
    expires_at=15_000,
    sentiment=Sentiment.SLIGHTLY_NEGATIVE,
    why="router 3 of 2 wanted, English, longest idle of the three who could take it right now",
    declining="offers it to the next agent",
)
KEYS = [("r", "Reply"), ("n", "Note"), ("/", "Quick reply"), ("^p", "Commands")]


def test_a_wide_status_line_tells_everything() -> None:
    assert status_line(STATUS, 160, UNICODE).plain.split() == (
        "OmniTUI ◐ Busy: 2 of 4 chats chat 2/4 phone 1/1 demo ×4 Queue 7, oldest 2:14 "
        "SLA 1 late, 2 near Ada Byron 14:03"
    ).split(" ")


@pytest.mark.parametrize("width", [80, 90, 100, 120])
def test_presence_capacity_queue_deadlines_and_clock_are_there_from_80(width: int) -> None:
    line = status_line(STATUS, width, UNICODE).plain
    for part in ("◐ Busy", "chat 2/4", "phone 1/1", "Queue 7", "SLA 1 late", "14:03"):
        assert part in line


@given(st.integers(10, 200), st.integers(0, 9_999), st.text(max_size=30))
def test_the_status_line_fits_any_width(width: int, waiting: int, who: str) -> None:
    view = replace(STATUS, waiting=waiting, who=who)
    assert status_line(view, width, UNICODE).cell_length == width


def test_nothing_late_is_said_quietly() -> None:
    calm = replace(STATUS, sla_late=0, sla_near=0, waiting=0)
    line = status_line(calm, 120, UNICODE).plain
    assert "SLA on time" in line
    assert "Queue 0" in line
    assert "oldest" not in line


def test_a_tab_tells_number_name_channel_feeling_unread_and_wait() -> None:
    line, placed = tab_line([TAB, NEEDS], 1, 120, UNICODE, now=0)
    assert line.plain.split() == (
        "⌂ Home ▌1 Kiana Anderson ◆ △ 0:42 ◉2 Marcus Lee ◆ ▼! +3 0:42"
    ).split(" ")
    assert [tab.index for tab in placed] == [0, 1, 2]
    assert line.plain[placed[2].start : placed[2].end].strip().startswith("◉2")


def test_the_focused_tab_has_a_sign_of_its_own() -> None:
    for focused in (0, 1, 2):
        line, placed = tab_line([TAB, NEEDS], focused, 120, UNICODE, now=0)
        marked = [tab.index for tab in placed if line.plain[tab.start] == UNICODE.cursor]
        assert marked == [focused]


def test_nine_sessions_fit_in_eighty_columns() -> None:
    tabs = [NEEDS if number % 3 == 0 else TAB for number in range(1, 10)]
    for focused in range(10):
        line, placed = tab_line(tabs, focused, 80, UNICODE, now=0)
        assert line.cell_length == 80
        shown = {tab.index for tab in placed if tab.end <= 80}
        assert {0, 3, 6, 9, focused} <= shown
        assert len(shown) == 10
        if focused:
            piece = next(tab for tab in placed if tab.index == focused)
            assert tabs[focused - 1].name[:9] in line.plain[piece.start : piece.end]


def test_all_nine_stay_visible_when_all_of_them_need_the_agent() -> None:
    for glyphs in (UNICODE, ASCII):
        line, placed = tab_line([NEEDS] * 9, 5, 80, glyphs, now=0)
        assert {tab.index for tab in placed if tab.end <= 80} == set(range(10))
        assert line.plain.count(glyphs.needs_you) >= 9


def test_calm_tabs_far_from_the_focused_one_are_hidden_first_and_counted() -> None:
    tabs = [TAB, TAB, NEEDS, TAB, TAB, TAB, TAB, TAB, TAB]
    line, placed = tab_line(tabs, 1, 50, UNICODE, now=0)
    shown = [tab.index for tab in placed]
    assert {0, 1, 3} <= set(shown)
    hidden = 10 - len(shown)
    assert hidden > 0
    assert f"+{hidden}›" in line.plain


@given(
    st.lists(st.tuples(st.text(max_size=30), st.booleans(), st.integers(-3, 3)), max_size=9),
    st.integers(20, 160),
    st.integers(0, 9),
)
def test_tabs_fill_any_width(parts: list[tuple[str, bool, int]], width: int, focused: int) -> None:
    tabs = [
        replace(TAB, name=name, needs_you=needs, sentiment=Sentiment(level))
        for name, needs, level in parts
    ]
    line, placed = tab_line(tabs, min(focused, len(tabs)), width, UNICODE, now=0)
    assert line.cell_length == width
    assert all(tab.start < tab.end for tab in placed)


def test_an_ended_session_says_so() -> None:
    line, _ = tab_line([replace(TAB, ended=True)], 0, 80, UNICODE, now=0)
    assert "ended" in line.plain


def test_an_offer_tells_who_where_how_long_why_and_what_declining_does() -> None:
    lines = [
        line.plain[2:].strip()
        for line in offer_lines(OFFER, 2, 48, UNICODE, now=0, keys=("y", "N"))
    ]
    assert lines[1].startswith("Offer  ◆ chat")
    assert lines[1].endswith("+2 more")
    assert lines[2:4] == ["Kiana Anderson", "Internet · waited 2:14 · ▾ slightly negative"]
    assert lines[4].startswith("why you: router 3 of 2 wanted")
    assert lines[5].endswith("…")
    assert lines[6].endswith("15 s")
    assert lines[7] == "declining offers it to the next agent"
    assert lines[8] == "y  Accept    N  Decline"


def test_the_bar_of_an_offer_shrinks() -> None:
    def filled(now: int) -> int:
        lines = offer_lines(OFFER, 0, 48, UNICODE, now=now, keys=("y", "N"))
        return lines[6].plain.count("━")

    assert filled(-5_000) > filled(5_000) > filled(14_900) >= 0
    assert filled(20_000) == 0


@given(st.integers(30, 60), st.text(max_size=100), st.text(max_size=300))
def test_an_offer_fills_its_width_whatever_it_says(width: int, name: str, why: str) -> None:
    view = replace(OFFER, name=name, why=why)
    for line in offer_lines(view, 0, width, UNICODE, now=0, keys=("^y", "^n")):
        assert line.cell_length == width


@pytest.mark.parametrize("keys", [("y", "N"), ("^y", "^n")])
def test_the_keys_of_an_offer_are_where_a_click_finds_them(keys: tuple[str, str]) -> None:
    line = offer_lines(OFFER, 0, 48, UNICODE, now=0, keys=keys)[-2].plain
    assert offer_choice_at(line.index("Accept"), keys) == "accept"
    assert offer_choice_at(line.index("Decline") + 6, keys) == "decline"
    assert offer_choice_at(line.index(keys[0]), keys) == "accept"
    assert offer_choice_at(line.index(keys[1]), keys) == "decline"
    assert offer_choice_at(0, keys) == ""
    assert offer_choice_at(len(line.rstrip()), keys) == ""


def test_a_footer_names_keys_and_where_they_stand() -> None:
    line, spans = footer_line(KEYS, 80, UNICODE)
    assert line.plain.split() == "r Reply n Note / Quick reply ^p Commands ? Keys".split(" ")
    for start, _end, key in spans:
        assert line.plain[start:].startswith(key)


@given(st.integers(8, 120))
def test_a_footer_drops_keys_from_the_right_but_never_the_one_for_all(width: int) -> None:
    line, spans = footer_line(KEYS, width, UNICODE)
    assert line.cell_length == width
    names = [key for _start, _end, key in spans]
    assert names[:-1] == [key for key, _label in KEYS][: len(names) - 1]
    assert "? Keys" in line.plain
    assert "…" not in line.plain


def test_the_ascii_chrome_is_ascii() -> None:
    view = replace(STATUS, notice="demo")
    plain = replace(OFFER, glyph="c")
    tabs = [replace(NEEDS, channel="c")] * 9
    shown = [
        status_line(view, 120, ASCII),
        tab_line(tabs, 2, 80, ASCII, now=0)[0],
        footer_line(KEYS, 80, ASCII)[0],
        *offer_lines(plain, 2, 48, ASCII, now=0, keys=("y", "N")),
    ]
    assert all(line.plain.isascii() for line in shown)


def test_what_has_not_left_is_told_with_its_channels() -> None:
    view = replace(STATUS, undelivered=(("E-mail", 2), ("S[/]MS", 1)), uncertain=2)
    view = replace(view, delivery_key="D")
    line = status_line(view, 200, UNICODE).plain
    assert "3 not sent: nothing delivers on E-mail, S[/]MS  2 uncertain D" in line
    assert "3 not sent  2 uncertain" in status_line(view, 90, UNICODE).plain
    assert "3 not sent" in status_line(view, 46, UNICODE).plain
    assert "not sent" not in status_line(STATUS, 200, UNICODE).plain
    for width in (20, 33, 80, 100):
        assert status_line(view, width, UNICODE).cell_length == width
