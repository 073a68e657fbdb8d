import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from omnitui.console.glyphs import ASCII, UNICODE
from omnitui.console.present.frame.footer import Mode, footer_line
from omnitui.console.present.frame.offers import OfferView, QuietView, offer_rows, quiet_rows
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
    words="my router drops every evening around eight",
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


PHONE = replace(OFFER, conversation_id=2, name="Marcus Lee", glyph="✆", expires_at=9_000)


def rows(offer: OfferView, width: int, many: int, *others: OfferView, now: int = 0) -> list[str]:
    lines, _spans = offer_rows((offer, *others), width, many, UNICODE, now=now, keys=("y", "N"))
    assert [line.cell_length for line in lines] == [width] * many
    return [line.plain for line in lines]


def test_an_offer_tells_who_where_how_long_why_and_what_declining_does() -> None:
    first, second = rows(OFFER, 160, 2)
    assert first.startswith("  Offer  ◆ chat Kiana Anderson · Internet · waited 2:14 · ▾ slightly")
    assert first.rstrip().endswith("15 s   y  accepts   N  to others")
    assert '"my router drops every evening around eight"' in second
    assert "why you: router 3 of 2 wanted" in second
    assert "declining offers it" in rows(replace(OFFER, why="longest idle"), 160, 2)[1]


def test_on_one_row_of_80_what_decides_is_there() -> None:
    (line,) = rows(replace(OFFER, name="Kiana"), 80, 1)
    for part in (
        "Offer",
        "◆",
        "Kiana",
        "2:14",
        "▾",
        '"my router',
        "15 s",
        "y  accepts",
        "N  to oth",
    ):
        assert part in line


def test_on_one_wide_row_there_is_room_for_the_reason_too() -> None:
    (line,) = rows(replace(OFFER, why="longest idle"), 200, 1)
    assert "longest idle" in line


@pytest.mark.parametrize("width", [80, 100, 120])
def test_a_long_name_leaves_room_for_how_long_they_wait(width: int) -> None:
    (line,) = rows(replace(OFFER, name="Bjørn Sørensen-Dahl of the harbour"), width, 1)
    assert "2:14" in line
    assert "…" in line


def test_several_offers_share_the_rows() -> None:
    _first, second = rows(OFFER, 160, 2, PHONE)
    assert "then  ✆ Marcus Lee 9 s" in second
    (line,) = rows(OFFER, 80, 1, PHONE, replace(PHONE, conversation_id=3))
    assert "+2" in line


def test_the_bar_of_an_offer_shrinks() -> None:
    def filled(now: int) -> int:
        return rows(OFFER, 120, 1, now=now)[0].count("━")

    assert filled(-5_000) > filled(5_000) > filled(14_900) >= 0
    assert filled(20_000) == 0


@given(
    st.integers(40, 200),
    st.integers(1, 2),
    st.text(max_size=100),
    st.text(max_size=300),
    st.integers(0, 3),
)
def test_offers_fill_their_rows_whatever_they_say(
    width: int, many: int, name: str, said: str, others: int
) -> None:
    rows(
        replace(OFFER, name=name, why=said, words=said, queue=name), width, many, *[PHONE] * others
    )


@pytest.mark.parametrize("keys", [("y", "N"), ("^y", "Esc N")])
@pytest.mark.parametrize("width", [80, 120, 160])
def test_the_keys_of_an_offer_are_where_a_click_finds_them(
    width: int, keys: tuple[str, str]
) -> None:
    lines, spans = offer_rows([OFFER], width, 1, UNICODE, now=0, keys=keys)
    found = {key: lines[0].plain[start:end].split() for start, end, key in spans}
    assert found == {
        "accept": [*keys[0].split(), "accepts"],
        "decline": [*keys[1].split(), "to", "others"],
    }


@pytest.mark.parametrize("many", [1, 2])
@pytest.mark.parametrize("width", [20, 80, 160])
@pytest.mark.parametrize("presence", Presence)
def test_the_rows_are_there_and_tell_why_while_nothing_rings(
    presence: Presence, width: int, many: int
) -> None:
    view = QuietView(presence, "p", "Bo took Marcus Lee over.", "14:02")
    lines = quiet_rows(view, width, many, UNICODE)
    assert [line.cell_length for line in lines] == [width] * many
    takes = presence in (Presence.AVAILABLE, Presence.BUSY)
    assert lines[0].plain.startswith(" No offers" if takes else " No offers while")
    if width == 160:
        assert "14:02  Bo took Marcus Lee over." in lines[0].plain
        assert takes or f"while {presence.label}. p changes presence" in lines[0].plain


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
        *offer_rows([plain, plain], 120, 2, ASCII, now=0, keys=("y", "N"))[0],
        *quiet_rows(QuietView(Presence.AWAY, "p", "Copied.", "14:02"), 120, 2, ASCII),
    ]
    assert all(line.plain.isascii() for line in shown)


def test_what_has_not_left_is_told_with_its_channels() -> None:
    view = replace(STATUS, undelivered=(("E-mail", 2), ("S[/]MS", 1)), uncertain=2)
    view = replace(view, delivery_key="D")
    line = status_line(view, 200, UNICODE).plain
    assert "3 not sent: no courier for E-mail, S[/]MS  2 uncertain D" in line
    assert "3 not sent  2 uncertain" in status_line(view, 90, UNICODE).plain
    assert "3 not sent" in status_line(view, 46, UNICODE).plain
    assert "not sent" not in status_line(STATUS, 200, UNICODE).plain
    for width in (20, 33, 80, 100):
        assert status_line(view, width, UNICODE).cell_length == width


@pytest.mark.parametrize("mode", Mode)
def test_a_footer_begins_with_what_keys_mean(mode: Mode) -> None:
    line, spans = footer_line(KEYS, 80, UNICODE, mode=mode)
    assert line.plain.startswith(f" {mode.word}  ")
    for start, _end, key in spans:
        assert line.plain[start:].startswith(key)


@given(st.integers(20, 160))
def test_a_footer_says_that_somebody_came_back_to_what_they_wrote(width: int) -> None:
    line, spans = footer_line(KEYS, width, UNICODE, mode=Mode.REPLY, back=True)
    assert line.cell_length == width
    assert spans[-1][2] == "?"
    for start, end, key in spans:
        assert end <= width
        assert line.plain[start:].startswith(key)
    if width >= 80:
        assert "you were writing here: keys are text, Esc gives commands" in line.plain
