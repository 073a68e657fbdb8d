import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from textual.content import Content

from omnitui.console import text
from omnitui.console.glyphs import ASCII, UNICODE

SCRIPTS = st.text(
    alphabet=list("ab c\t\nøé한日本👍👩\u0301\u200d\ufe0f\x1b\x07\x9b\u202e[/]$"), max_size=60
)


@given(SCRIPTS, st.integers(0, 30))
def test_fitted_text_never_exceeds_its_width(raw: str, width: int) -> None:
    line = text.inline(raw)
    assert cell_len(text.fit(line, width, UNICODE)) <= width
    assert cell_len(text.left(line, width, UNICODE)) == width
    assert cell_len(text.right(line, width, UNICODE)) == width
    assert text.fill(Content(line), width, UNICODE).cell_length == width


@given(SCRIPTS)
def test_nothing_a_terminal_acts_on_is_left(raw: str) -> None:
    shown = text.inline(raw) + text.block(raw).replace("\n", "")
    unwanted = {*range(0x20), *range(0x7F, 0xA0), 0x202E}
    assert not unwanted & {ord(char) for char in shown}


@given(SCRIPTS, st.integers(2, 30))
def test_wrapping_loses_only_white_space_and_fits(raw: str, width: int) -> None:
    plain = text.block(raw)
    lines = text.wrap(plain, width)
    reached = 0
    for start, end in lines:
        assert cell_len(plain[start:end]) <= width
        assert plain[reached:start].strip() == ""
        reached = end
    assert plain[reached:].strip() == ""
    assert len(lines) >= plain.count("\n") + 1


def test_words_are_kept_whole_and_long_ones_broken() -> None:
    plain = "reset the ABCDEFGHIJ now"
    assert [plain[a:b] for a, b in text.wrap(plain, 6)] == ["reset", "the", "ABCDEF", "GHIJ", "now"]


def test_wide_glyphs_are_not_cut_in_half() -> None:
    assert text.fit("日本語", 4, UNICODE) == "日…"
    assert text.fit("日本語", 5, UNICODE) == "日本…"
    assert text.cut(Content("日本語"), 4, UNICODE).plain == "日…"
    assert text.fit("日本語", 6, UNICODE) == "日本語"


def test_the_ascii_ellipsis_is_one_cell_too() -> None:
    assert text.fit("customer", 5, ASCII) == "cust~"


def test_a_cut_keeps_styles() -> None:
    shown = text.cut(Content.assemble(("red and long", "red")), 6, UNICODE)
    assert shown.plain == "red a…"
    assert ("red" in {span.style for span in shown.spans}) is True


def test_one_line_has_no_newlines_or_double_spaces() -> None:
    assert text.inline(" a \n\n b\tc ") == "a b c"


@pytest.mark.parametrize(
    ("width", "shown"), [(12, "start    end"), (9, "start end"), (7, "st… end")]
)
def test_the_end_stays_and_the_start_gives_way(width: int, shown: str) -> None:
    assert text.between(Content("start"), Content("end"), width, UNICODE).plain == shown
