"""Letters and words as they are compared, in every script."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omnitui.letters import folded, places, sought, terms


@pytest.mark.parametrize(
    ("written", "typed"),
    [
        ("Bjørn Sørensen", "bjorn sorensen"),
        ("Łukasz Żółć", "lukasz zolc"),
        ("Gloria Straße", "gloria strasse"),
        ("GLORIA STRAẞE", "gloria strasse"),
        ("Đặng Thị", "dang thi"),
        ("Þóra Guðmundsdóttir", "thora gudmundsdottir"),
        ("Œuvre d'art", "oeuvre dart"),
        ("Ærø", "aero"),
        ("ISTANBUL İstanbul ılık", "istanbul istanbul ilik"),
        ("Conor O’Brien", "conor obrien"),
        ("Conor O'Brien", "conor obrien"),
        ("Conor OʼBrien", "conor obrien"),
        ("Conor O`Brien", "conor obrien"),
        ("Conor O´Brien", "conor obrien"),
        ("ΓΙΏΡΓΟΣ Παππάς", "γιωργοσ παππασ"),
        ("Ёлка й", "елка и"),
        ("ＷｉＦｉ ①", "wifi 1"),
        ("مُحَمَّد", "محمد"),
        ("שָׁלוֹם", "שלום"),
        ("ﬁne", "fine"),
    ],
)
def test_what_is_written_is_what_is_typed(written: str, typed: str) -> None:
    assert folded(written) == typed
    assert folded(unicodedata.normalize("NFD", written)) == typed


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("My Wi-Fi isn't up", ["my", "wi", "fi", "isn", "t", "up", "wifi", "isnt"]),
        ("on 2026-11-30", ["on", "2026", "11", "30"]),
        ("a-b-c-d-e", ["a", "b", "c", "d", "e"]),
        ("路由器，坏", ["路由", "由器", "器", "坏"]),
        ("iPhone充电 x", ["iphone", "充电", "电", "x"]),
        ("हिन्दी में", ["हिन्दी", "में"]),
        ("router_drops", ["router", "drops"]),
        ("", []),
        ("… ' - ・", []),
    ],
)
def test_a_text_is_found_by_its_terms(text: str, found: list[str]) -> None:
    assert terms(text) == found


RUNNING = [
    "我的路由器坏了",
    "ルーターが落ちる",
    "อินเทอร์เน็ตช้ามาก",
    "인터넷이 안돼요",
    "ອິນເຕີເນັດຊ້າ",
    "អ៊ីនធឺណិតយឺត",
]


def in_order(part: list[str], whole: list[str]) -> bool:
    """Whether the terms stand one after the other, the last one begun."""
    return any(
        whole[at : at + len(part) - 1] == part[:-1]
        and whole[at + len(part) - 1].startswith(part[-1])
        for at in range(len(whole) - len(part) + 1)
    )


@pytest.mark.parametrize("text", RUNNING)
def test_any_part_of_a_text_without_spaces_is_found(text: str) -> None:
    kept = terms(text)
    for start in range(len(text)):
        for end in range(start + 1, len(text) + 1):
            part = text[start:end]
            if part.strip() == part and " " not in part and sought(part):
                assert in_order(sought(part), kept), part


@given(text=st.text(max_size=60))
def test_comparing_again_changes_nothing_and_terms_have_no_spaces(text: str) -> None:
    assert folded(folded(text)) == folded(text)
    assert all(term and not any(map(str.isspace, term)) for term in terms(text))


@given(word=st.text(st.characters(categories=("Ll", "Lu", "Lo")), min_size=1, max_size=12))
def test_a_word_alone_has_the_terms_that_are_sought(word: str) -> None:
    assert all(any(kept.startswith(term) for kept in terms(word)) for term in sought(word))


@pytest.mark.parametrize(
    ("text", "find", "found"),
    [
        ("My router, the ROUTER", "router", ["router", "ROUTER"]),
        ("Sørensen og Straße", "sorensen", ["Sørensen"]),
        ("Sørensen og Straße", "strasse", ["Straße"]),
        ("ask O’Brien's", "obriens", ["O’Brien's"]),
        ("it isn't", "isn't", ["isn't"]),
        ("re\u0301seau e\u0301", "rese", ["re\u0301se"]),
        ("cafe\u0301!", "cafe", ["cafe\u0301"]),
        ("我的路由器", "路由", ["路由"]),
        ("a 'b'", "'", ["'", "'"]),
        ("abc", "", []),
        ("a.c abc", "a.c", ["a.c"]),
        ("Straße", "s", ["S", "ß"]),
    ],
)
def test_places_are_those_of_the_text_as_it_is_written(
    text: str, find: str, found: list[str]
) -> None:
    assert [text[start:end] for start, end in places(text, find)] == found


@given(text=st.text(max_size=40), find=st.text(max_size=3))
def test_places_lie_within_the_text_one_after_the_other(text: str, find: str) -> None:
    ends = [0]
    for start, end in places(text, find):
        assert ends[-1] <= start < end <= len(text)
        ends.append(end)
