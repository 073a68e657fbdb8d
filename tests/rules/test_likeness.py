"""What is nearly the same: names, numbers, mail domains."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omnitui.rules.likeness import company_domain, like_name, nearest, number_end, same_line

OTHERWISE, INITIALS, SIMILAR = (
    "same name written differently",
    "initials of the name",
    "similar name",
)


@pytest.mark.parametrize(
    ("one", "other", "how"),
    [
        ("Anderson, Kiana", "Kiana Anderson", OTHERWISE),
        ("Åse Lund", "ASE LUND", OTHERWISE),
        ("Bjørn Sørensen", "BJORN SORENSEN", OTHERWISE),
        ("Łukasz Strauß", "Strauss, Lukasz", OTHERWISE),
        ("Conor OBrien", "Conor O’Brien", OTHERWISE),
        ("O'Brien Pat", "Pat O’Brien", OTHERWISE),
        ("K. Anderson", "Kiana Anderson", INITIALS),
        ("Anderson K", "Kiana Anderson", INITIALS),
        ("Kiana M. Anderson", "K. M. Anderson", INITIALS),
        ("Kianna Andersen", "Kiana Anderson", SIMILAR),
        ("Kaina Anderson", "Kiana Anderson", SIMILAR),
        ("Andersen Kiana", "Kiana Anderson", SIMILAR),
        ("Marcus Leee", "Marcus Lee", SIMILAR),
        ("K. A.", "Kiana Anderson", None),
        ("K. Anderson", "Marcus Anderson", None),
        ("Marcus Lee", "Kiana Anderson", None),
        ("Kiana", "Kiana Anderson", None),
        ("Bo", "Jo", None),
        ("", "Kiana", None),
        ("...", "Kiana", None),
    ],
)
def test_names_are_alike_in_words(one: str, other: str, how: str | None) -> None:
    for a, b in ((one, other), (other, one)):
        found = like_name(a, b)
        assert (None if found is None else found[1]) == how


def test_the_nearest_names_come_first_and_those_that_share_nothing_not_at_all() -> None:
    names = {1: "Kiana", 2: "Marcus Lee", 3: "Kiana Anderson", 4: "Kianna Andersen", 5: "Anderson"}
    assert nearest("Kiana Anderson", names, 9) == [3, 4, 1, 5]
    assert nearest("Kiana Anderson", names, 1) == [3]
    assert nearest("", names, 9) == []


@given(st.text(max_size=20), st.text(max_size=20))
def test_how_alike_names_are_is_a_share(one: str, other: str) -> None:
    found = like_name(one, other)
    assert found is None or 0.8 <= found[0] <= 1


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("phone:+4755501022", "phone:55501022", True),
        ("phone:+4755501022", "phone:055501022", True),
        ("phone:+4755501022", "phone:4755501022", True),
        ("phone:+4755501022", "phone:+4655501022", False),
        ("phone:+4755501022", "phone:55501023", False),
        ("phone:501022", "phone:+4755501022", False),
        ("phone:withheld", "phone:withheld", False),
        ("phone:", "phone:", False),
    ],
)
def test_numbers_may_be_one_line(one: str, other: str, same: bool) -> None:
    assert same_line(one, other) is same
    assert same_line(other, one) is same
    if same:
        assert number_end(one) == number_end(other) != ""


@pytest.mark.parametrize(
    ("address", "domain"),
    [
        ("email:kiana@fjord.example", "@fjord.example"),
        ("email:kiana@gmail.com", ""),
        ("email:kiana@localhost", ""),
        ("email:kiana", ""),
        ("email:", ""),
        ('email:"a@b"@fjord.example', "@fjord.example"),
    ],
)
def test_a_domain_is_a_companys_unless_everybody_has_it(address: str, domain: str) -> None:
    assert company_domain(address) == domain
