import itertools
import re
import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omnitui.safetext import LIMIT, SafeText, clean, clean_line

HOSTILE = st.lists(
    st.one_of(
        st.text(max_size=6),
        st.sampled_from(
            (
                "\x1b|\x1b[|\x1b]|\x1bP|\x07|\x9b|\x9c|\x9d|\x9d0;|\x90|\x90q|\x1b\\|;|0|m"
                "|\r|\r\n|\x85|\u2028|\u200b|\u200c|\u200d|\ufe0f|\U000e0100|\U000e0067"
                "|\U000e007f|\U0001f3f4|\u0301|\u0301\u0301\u0301|\ufeff|\u202e|\u2066|\u2069"
                "|\ud800|\udfff|\xad|\u3164|❤|👩|🚀|می|क्|\u0915|\u1ab0|a"
            ).split("|")
        ),
        st.sampled_from(["\n", "\t", " ", "\x00", "\x7f", "\u00a0"]),
    ),
    max_size=40,
).map("".join)


@pytest.mark.parametrize(
    ("given_text", "expected"),
    [
        ("plain words", "plain words"),
        ("two\nlines\tand a tab", "two\nlines\tand a tab"),
        ("", ""),
        ("a\r\nb\rc\x0bd\x0ce\x85f\u2028g\u2029h", "a\nb\nc\nd\ne\nf\ng\nh"),
        ("nul\x00 bell\x07 back\x08 del\x7f", "nul bell back del"),
        ("\ufeffmark", "mark"),
        ("pay\u202egnp.exe", "paygnp.exe"),
        ("\u2066iso\u2069late \u200emark\u200f \u061c", "isolate mark "),
        ("zero\u200bwidth\u2060 soft\xadhyphen", "zerowidth softhyphen"),
        ("lone \ud83d surrogate \udc00", "lone  surrogate "),
        ("blank\u3164\uffa0\u115f name", "blank name"),
        ("[/] [red]markup[/red] \\[", "[/] [red]markup[/red] \\["),
        ("Åse Ødegård, 日本語, العربية, ไทย", "Åse Ødegård, 日本語, العربية, ไทย"),
        ("half\ufffd a \ufffc object", "half\ufffd a \ufffc object"),
    ],
)
def test_text_keeps_words_and_loses_what_is_not_words(given_text: str, expected: str) -> None:
    assert clean(given_text) == expected


@pytest.mark.parametrize(
    ("given_text", "expected"),
    [
        ("\x1b[31mred\x1b[0m", "red"),
        ("\x1b[38;2;1;2;3mtrue\x1b[?25l", "true"),
        ("\x1b]0;a new title\x07text", "text"),
        ("\x1b]8;;https://example.com\x1b\\link\x1b]8;;\x1b\\", "link"),
        ("\x1b]52;c;aGVsbG8=\x07clip", "clip"),
        ("\x1bPq#0;2;0;0;0\nsixel\x1b\\picture", "picture"),
        ("\x1b_Gf=24;AAAA\x1b\\kitty", "kitty"),
        ("\x1b^private\x1b\\ \x1bXsos\x1b\\end", " end"),
        ("\x1bcreset", "reset"),
        ("\x1b(0line", "line"),
        ("\x1b\x1b[2Jdouble", "double"),
        ("end\x1b", "end"),
        ("end\x1b[", "end"),
        ("cut\x1b[31\nshort", "cut\nshort"),
        ("open\x1b]0;never closed\nthe words stay", "open\nthe words stay"),
        ("\x9b31mC1\x9b0m", "C1"),
        ("\x9d0;title\x9ctext", "text"),
        ("\x90q#0\x9ctext", "text"),
        ("\x1b]0;t\x9ctext", "text"),
    ],
)
def test_an_escape_sequence_goes_as_a_whole(given_text: str, expected: str) -> None:
    assert clean(given_text) == expected


def test_misread_quotation_marks_do_not_swallow_what_they_quote() -> None:
    misread = "say “hello” and “bye” now".encode().decode("latin-1")
    assert re.sub("[^ a-z]", "", clean(misread)) == "say hello and bye now"


@pytest.mark.parametrize(
    "kept",
    [
        "👩‍🚀",
        "👨‍👩‍👧‍👦",
        "🏳️‍🌈",
        "❤️‍🔥",
        "👍🏽",
        "1️⃣",
        "🇳🇴",
        "🏴󠁧󠁢󠁳󠁣󠁴󠁿",
        "می‌خواهم",
        "क्‍ष",
        "ශ්‍රී",
        "e\u0301",
        "葛\U000e0100",
        "۵‌ساله",
        "ที่น้ำ",
        "\u0e08\u0e38\u0e49\u0e4d",
        "בְּרֵאשִׁ֖ית",
        "\u05e9\u05c1\u05bc\u05b8\u0591\u05bd",
        "ٱلرَّحْمَٰنِ",
        "\u0f67\u0f90\u0fb5\u0fa8\u0fb3\u0fba\u0fbc\u0fbb\u0f82",
        "ကျွန်ုပ်",
        "ស្ត្រី",
        "\u0445\u0483\u0301",
        "o\u031b\u0323\u0302\u0301",
        "ভালো",
    ],
)
def test_signs_and_scripts_that_need_invisible_characters_keep_them(kept: str) -> None:
    assert clean(f"x {kept} y") == f"x {kept} y"


@pytest.mark.parametrize(
    ("given_text", "expected"),
    [
        ("pay\u200dpal", "paypal"),
        ("pay\u200cpal", "paypal"),
        ("👩\u200dx", "👩x"),
        ("x\u200d🚀", "x🚀"),
        ("👩\u200d\u200d🚀", "👩🚀"),
        ("\u200dstart", "start"),
        ("secret\U000e0068\U000e0069", "secret"),
        ("🏴\U000e0067\U000e0062", "🏴"),
        ("❤\ufe0f\ufe0f\ufe0f\ufe01", "❤\ufe0f"),
        ("\ufe0fat the start", "at the start"),
        ("١\u200c٢", "١٢"),
        ("१\u200d२", "१२"),
        ("a" + "\u0301" * 30, "a" + "\u0301" * 4),
        ("ส" + "\u0e47" * 30, "ส" + "\u0e47" * 4),
        ("д" + "\u0488" * 30, "д" + "\u0488" * 4),
        ("ש" + "\u05b8\u0591" * 30, "ש" + "\u05b8\u0591" * 3),
        ("م" + "\u064e\u0651" * 30, "م" + "\u064e\u0651" * 3),
        ("क" + "\u0951" * 30, "क" + "\u0951" * 6),
        ("x" + "\u0e47\u0336" * 30, "x" + "\u0e47\u0336" * 2),
        ("म" + "\u0951\u200d" * 30, "म" + "\u0951\u200d" * 5 + "\u0951"),
        ("x" + "\u0336\ufe0f" * 30, "x" + "\u0336\ufe0f" * 3 + "\u0336"),
    ],
)
def test_invisible_characters_that_nothing_needs_are_dropped(
    given_text: str, expected: str
) -> None:
    assert clean(given_text) == expected


MARKS = st.sampled_from(
    "\u0301\u0336\u0488\u0591\u05b8\u064e\u0651\u0951\u0e47\u0eb4\u0fb5\u1037\u20dd"
)


@given(st.text(st.one_of(MARKS, st.sampled_from("aשمकสབ1١\u200c\u200d\ufe0f ")), max_size=60))
def test_no_letter_bears_a_tower(text: str) -> None:
    shown = [
        unicodedata.category(sign) in ("Mn", "Me") for sign in clean(text) if sign not in BETWEEN
    ]
    longest = max((len(list(run)) for high, run in itertools.groupby(shown) if high), default=0)
    assert longest <= 8
    assert clean(clean(text)) == clean(text)


BETWEEN = "\u200c\u200d\ufe0f"


@given(HOSTILE)
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    once = clean(text)
    assert clean(once) == once


@given(HOSTILE, st.integers(1, 30))
def test_cleaning_twice_with_a_limit_is_cleaning_once(text: str, limit: int) -> None:
    once = clean(text, limit=limit)
    assert clean(once, limit=limit) == once
    assert len(once) <= limit


@given(HOSTILE, st.integers(1, 30))
def test_a_line_is_one_line_and_stable(text: str, limit: int) -> None:
    line = clean_line(text, limit=limit)
    assert clean_line(line, limit=limit) == line
    assert len(line) <= limit
    assert line == line.strip()
    assert not re.search(r"[\n\t\r]|\s\s", line)


@given(HOSTILE)
def test_nothing_a_terminal_obeys_is_left(text: str) -> None:
    for character in clean(text):
        category = unicodedata.category(character)
        assert category != "Cs"
        assert category != "Cc" or character in "\n\t"
        assert not 0x202A <= ord(character) <= 0x202E
        assert not 0x2066 <= ord(character) <= 0x2069


EVERYWHERE = [*range(0x3_4000), *range(0xE_0000, 0xE_1000), sys.maxunicode]


def test_every_character_is_treated_the_same_on_the_fast_and_on_the_slow_way() -> None:
    for code in EVERYWHERE:
        alone = clean(f"a{chr(code)}")
        # The soft hyphen sends the text the slow way.
        assert clean(f"a{chr(code)}\xad") == alone


def test_no_format_character_is_left_but_those_that_are_seen() -> None:
    left = [
        code
        for code in EVERYWHERE
        if unicodedata.category(chr(code)) == "Cf" and clean(f"a{chr(code)}b") != "ab"
    ]
    arabic = {*range(0x600, 0x606), 0x6DD, 0x70F, 0x890, 0x891, 0x8E2}
    kaithi, egyptian = {0x110BD, 0x110CD}, set(range(0x13430, 0x13440))
    assert set(left) <= arabic | kaithi | egyptian


def test_a_text_that_is_too_long_ends_in_an_ellipsis() -> None:
    assert clean("abcdef", limit=4) == "abc…"
    assert clean("abcd", limit=4) == "abcd"
    assert clean("\x00" * 10 + "abcd", limit=4) == "abcd"
    assert len(clean("x" * (LIMIT * 10))) == LIMIT
    assert clean("\x00" * 100 + "lost", limit=4) == "…"
    assert clean("👩‍🚀👩‍🚀", limit=3) == "👩…"


def test_a_limit_below_one_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="leaves nothing"):
        clean("x", limit=0)


@pytest.mark.parametrize(
    ("given_text", "expected"),
    [
        ("  Kiana \n\t Anderson  ", "Kiana Anderson"),
        ("one\u00a0two\u3000three", "one two three"),
        ("\x1b[31m \x1b[0m", ""),
        ("x" * 300, "x" * 199 + "…"),
    ],
)
def test_a_line_folds_its_white_space(given_text: str, expected: str) -> None:
    assert clean_line(given_text) == expected


def test_the_result_says_by_its_type_that_it_is_safe() -> None:
    assert isinstance(clean("x"), SafeText)
    assert isinstance(clean_line("x"), SafeText)


@pytest.mark.parametrize(
    "unit",
    [
        "\x1b]",
        "\x1b]a",
        "\x1b[",
        "\x1bP\n",
        "\x9d1;",
        "\x90a",
        "\x9b",
        "\u200d",
        "\ufe0f",
        "\u0301",
    ],
)
def test_hostile_repetition_is_cleaned_like_anything_else(unit: str) -> None:
    # In quadratic time this would be longer than a test may take.
    once = clean(unit * (LIMIT // len(unit)))
    assert len(once) <= LIMIT
    assert "\x1b" not in once
