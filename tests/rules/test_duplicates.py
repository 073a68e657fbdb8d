"""Who may be in the books twice."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from omnitui.rules.duplicates import duplicates
from omnitui.rules.identify import Candidate

KIANA = Candidate(
    1,
    "Kiana Anderson",
    emails=("kiana@example.com",),
    phones=("+47 555 01 022",),
    company="Fjord",
)


@pytest.mark.parametrize(
    ("other", "because"),
    [
        (Candidate(2, "kiana  ANDERSON"), "same name"),
        (Candidate(2, "Anderson, Kiana"), "same name written differently"),
        (Candidate(2, "K. Anderson"), "initials of the name"),
        (Candidate(2, "Kiana Andersen"), "similar name"),
        (Candidate(2, "Somebody", phones=("555 01 022",)), "same phone written differently"),
        (Candidate(2, "Somebody", emails=("kiana@fjord.example",)), "kiana@ elsewhere"),
        (
            Candidate(2, "K. Anderson", emails=("Kiana@fjord.example",), company="FJORD"),
            "initials of the name, kiana@ elsewhere, both at FJORD",
        ),
    ],
)
def test_what_speaks_for_it_is_said(other: Candidate, because: str) -> None:
    (found,) = duplicates(KIANA, [other])
    assert (found.customer_id, found.because) == (2, because)


@pytest.mark.parametrize(
    "other",
    [
        Candidate(2, "Marcus Lee"),
        Candidate(2, "Marcus Lee", company="Fjord"),
        Candidate(2, "Marcus Lee", phones=("22",)),
        Candidate(2, "Marcus Lee", emails=("marcus@example.com",)),
        Candidate(1, "Kiana Anderson"),
        Candidate(2, "Kiana Anderson", active=False),
    ],
)
def test_nothing_speaks_for_it(other: Candidate) -> None:
    assert duplicates(KIANA, [other]) == []


def test_mailboxes_that_many_read_say_nothing() -> None:
    one = replace(KIANA, emails=("info@fjord.example", "ki@fjord.example"))
    other = Candidate(2, "Marcus Lee", emails=("info@lee.example", "ki@lee.example"))
    assert duplicates(one, [other]) == []


def test_the_likeliest_come_first() -> None:
    others = [
        Candidate(5, "Kiana Andersen"),
        Candidate(4, "Kiana Anderson", phones=("555 01 022",)),
        Candidate(3, "Kiana Anderson"),
        Candidate(2, "Somebody", phones=("555 01 022",)),
    ]
    assert [found.customer_id for found in duplicates(KIANA, others)] == [4, 2, 3, 5]


@given(st.permutations([Candidate(n, name) for n, name in enumerate(("Ann Lee", "A. Lee"), 2)]))
def test_the_order_does_not_depend_on_the_order_they_come_in(others: list[Candidate]) -> None:
    first = Candidate(1, "Ann Lee")
    assert duplicates(first, others) == duplicates(first, others[::-1])
