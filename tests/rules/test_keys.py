"""What may be a login, a key, a name, and what it would be taken for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omnitui.rules.keys import Use, alike, taken_for, why_not

L, K, N = Use.LOGIN, Use.KEY, Use.NAME


@pytest.mark.parametrize(
    ("use", "text"),
    [
        *((L, one) for one in ("ada", "Ada.Berg", "bo-2", "ada@x.org", "o'neil", "åse", "анна")),
        *((K, one) for one in ("greeting-2", "2fa", "hei_på", "ありがとう")),
        *(
            (N, one)
            for one in ("General", "Tier 1", "24/7", "الدعم", "カスタマー", "①st line", "一")
        ),
        (N, "\u0646\u06cc\u200c\u0645"),
    ],
)
def test_what_can_be_one(use: Use, text: str) -> None:
    assert why_not(use, text) == ""


@pytest.mark.parametrize(
    ("use", "text", "why"),
    [
        *((use, one, "empty") for use in Use for one in ("", "  ")),
        *((use, one, "number") for use in Use for one in ("1", "007", "+1", "#7", "1e3", "1.5")),
        *((use, one, "number") for use in Use for one in ("①", "٣", "１", "²", "-5")),
        *(
            (use, one, "that word has another meaning in commands")
            for use in Use
            for one in ("none", "NONE", "All")
        ),
        (L, "two words", "more than one word"),
        (L, "3cx", "must start with a letter"),
        (L, "a:b", "must start with a letter"),
        (L, "ａｄａ", "write ada"),
        (L, "\u0430da", "mixes letters of Cyrillic and Latin"),
        (K, "with space", "more than one word"),
        (K, "key:x", "only letters"),
        (K, "a,b", "only letters"),
        (K, "h\u0456", "mixes letters of Latin and Cyrillic"),
    ],
)
def test_what_cannot_be_one(use: Use, text: str, why: str) -> None:
    assert why in why_not(use, text)


@pytest.mark.parametrize(
    ("text", "others", "known"),
    [
        ("ADA", ["ada"], "ada"),
        ("ada", ["ADA", "ada"], "ada"),
        ("ａｄａ", ["ada"], "ada"),
        ("\u0430d\u0430", ["ada"], "ada"),
        ("\u0410D\u0410", ["ada"], "ada"),
        ("ada", ["\u0430d\u0430"], "\u0430d\u0430"),
        ("\u0421\u0415\u0420\u0412\u0418\u0421", ["Сервис"], "Сервис"),
        ("\u0412\u041e", ["bo"], "bo"),
        ("\u0391da", ["Ada"], "Ada"),
        ("b\u0131lling", ["Billing"], "Billing"),
        ("Tier\u20111", ["Tier-1"], "Tier-1"),
        ("Tier  1", ["Tier 1"], "Tier 1"),
        ("Lån", ["Lan"], None),
        ("Øl", ["Ol"], None),
        ("ada2", ["ada"], None),
        ("Нина", ["Nina"], None),
        ("x", [], None),
    ],
)
def test_what_it_would_be_taken_for(text: str, others: list[str], known: str | None) -> None:
    assert taken_for(text, others) == known


@given(st.text(max_size=12), st.text(max_size=12))
def test_alike_is_mutual_and_everything_is_like_itself(one: str, other: str) -> None:
    assert (taken_for(one, [other]) is None) == (taken_for(other, [one]) is None)
    assert taken_for(one, [one]) == one
    assert alike(one)
