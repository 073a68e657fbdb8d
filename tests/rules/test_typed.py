import pytest
from hypothesis import given
from hypothesis import strategies as st

from omnitui.model.search import Part
from omnitui.rules.typed import parts


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", []),
        ("  ... _ ", []),
        ("router drops", [("router",), ("drops",)]),
        ("router_drops", [("router_drops",)]),
        ("Siobhán O'Brien", [("Siobhán",), ("O", "Brien")]),
        ("CAS-00017", [("CAS", "00017")]),
        ("kiana@fjord.example", [("kiana", "fjord", "example")]),
        ("call +44 20 7946 0000 now", [("call",), ("44", "20", "7946", "0000"), ("now",)]),
        ("12 34", [("12", "34")]),
        ("1 2", [("1",), ("2",)]),
    ],
)
def test_what_belongs_together_is_one_part(typed: str, said: list[tuple[str, ...]]) -> None:
    assert [part.words for part in parts(typed)] == said


@pytest.mark.parametrize("typed", ["O'Brien", "O\u2019Brien", "O-Brien"])
def test_words_with_signs_are_also_one_word(typed: str) -> None:
    assert parts(typed) == (Part(("O", "Brien"), joined="OBrien"),)


@pytest.mark.parametrize(
    ("typed", "digits"),
    [
        ("+44 20 7946 0000", ("442079460000", "42079460000", "2079460000", "79460000")),
        ("0044 (0)20 7946-0000", ("442079460000", "42079460000", "2079460000", "79460000")),
        ("020 7946 0000", ("2079460000",)),
        ("7946", ("7946",)),
        ("794", ()),
        ("00 00", ()),
    ],
)
def test_a_number_is_known_by_its_digits(typed: str, digits: tuple[str, ...]) -> None:
    (part,) = parts(typed)
    assert part.digits == digits


def test_numbers_and_mail_addresses_are_contacts_and_words_are_not() -> None:
    found = parts("Kiana 020 7946 0000 <kiana@fjord.example>")
    assert [part.contact for part in found] == [False, True, True]


@given(typed=st.text(max_size=200))
def test_there_are_twelve_words_at_most_and_each_has_a_letter_or_a_digit(typed: str) -> None:
    words = [word for part in parts(typed) for word in part.words]
    assert len(words) <= 12
    assert all(any(map(str.isalnum, word)) for word in words)


def test_of_a_long_group_the_first_words_are_kept() -> None:
    assert [part.words for part in parts("-".join("abcdefghijklmnop"))] == [
        (letter,) for letter in "abcdefghijkl"
    ]
