import pytest
from hypothesis import given
from hypothesis import strategies as st

from omnitui.console.glyphs import ASCII, UNICODE
from omnitui.console.present import badges, summary
from omnitui.model.agent import Presence
from omnitui.model.sentiment import Sentiment


@pytest.mark.parametrize(
    ("count", "shown"), [(0, ""), (-1, ""), (1, "+1"), (3, "+3"), (9, "+9"), (12, "+9")]
)
def test_unread_is_counted_up_to_nine(count: int, shown: str) -> None:
    assert badges.unread(count) == shown


def test_feelings_that_ask_for_care_carry_an_alert() -> None:
    shown = [badges.sentiment(level, UNICODE).plain for level in Sentiment]
    assert shown == ["▼!", "▽!", "▾", "─", "▴", "△", "▲"]
    assert badges.sentiment_label(Sentiment.VERY_NEGATIVE, ASCII).plain == "V! very negative"


def test_a_feeling_that_cannot_be_told_is_not_neutral() -> None:
    assert badges.sentiment_label(None, UNICODE).plain == "? not scored"
    assert badges.sentiment_label(None, ASCII).plain == "? not scored"
    assert badges.sentiment_style(None) == "$text-dim"


def test_presence_is_told_by_sign_and_words() -> None:
    shown = {badges.presence(presence, UNICODE).plain for presence in Presence}
    assert "⊖ Do not disturb" in shown
    assert len(shown) == len(Presence)


@given(st.floats(-1, 2), st.integers(0, 40))
def test_a_bar_has_its_width_and_shows_anything_above_zero(share: float, width: int) -> None:
    bar = badges.bar(share, width, UNICODE)
    assert bar.cell_length == width
    filled = UNICODE.bar_full in bar.plain or UNICODE.bar_half in bar.plain
    assert filled == (share > 0 and width > 0)


def test_a_bar_shrinks_by_half_cells() -> None:
    assert badges.bar(1, 4, UNICODE).plain == "━━━━"
    assert badges.bar(0.6, 4, UNICODE).plain == "━━╸─"
    assert badges.bar(0, 4, UNICODE).plain == "────"
    assert badges.bar(0.5, 4, ASCII).plain == "==.."


def test_a_trend_shows_the_latest_feelings() -> None:
    assert badges.trend([-3, 0, 3], 8, UNICODE).plain == "▁▅█"
    assert badges.trend([0] * 20, 8, UNICODE).cell_length == 8
    assert badges.trend([9, -9], 8, UNICODE).plain == "█▁"
    assert not badges.trend([], 8, UNICODE)


def test_values_stand_under_one_another_and_empty_ones_are_left_out() -> None:
    shown = summary.fields([("City", "Halden"), ("Plan", ""), ("E-mail", "k@x")], 30, UNICODE)
    assert [line.plain for line in shown] == ["City   Halden", "E-mail k@x"]


def test_a_long_value_is_cut_and_never_read_as_markup() -> None:
    line = summary.field("Name", "[red]a very long name", 20, UNICODE, label_width=5)
    assert line.plain == "Name  [red]a very l…"


def test_a_section_shows_whether_it_is_open_and_what_it_holds() -> None:
    assert summary.section("Cases", 12, UNICODE, expanded=False, count=3).plain == "▸ Cases    3"
    assert summary.section("Cases", 12, UNICODE).plain.rstrip() == "▾ Cases"


def test_a_rule_has_its_label_in_the_middle() -> None:
    assert summary.rule(13, UNICODE, "today").plain == "─── today ───"
    assert summary.rule(4, UNICODE).plain == "────"
