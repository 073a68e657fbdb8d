import pytest
from hypothesis import given
from hypothesis import strategies as st

from omnitui.rules.identify import (
    Candidate,
    Given,
    Match,
    Suggestion,
    identify,
    normalise_address,
    normalise_phone,
    suggest,
)
from shipped import SHIPPED

KIANA = Candidate(
    1,
    "Kiana Anderson",
    emails=("kiana@example.com", "k.anderson@example.org"),
    phones=("+47 555 01 022",),
    address_keys=("email:kiana@example.com", "facebook:kiana.a", "chat:dev-81f3"),
    case_numbers=("CAS-00042",),
)
MARCUS = Candidate(2, "Marcus Lee", emails=("marcus.lee@example.com",), phones=("+4755502001",))
NAMESAKE = Candidate(3, "kiana  ANDERSON", emails=("other@example.net",))
GONE = Candidate(4, "Marcus Lee", emails=("marcus.lee@example.com",), active=False)
EVERYBODY = [KIANA, MARCUS, NAMESAKE, GONE]


@pytest.mark.parametrize(
    ("channel", "value", "key"),
    [
        ("email", " Kiana@Example.COM ", "email:kiana@example.com"),
        ("phone", "+47 555 01 022", "phone:+4755501022"),
        ("sms", "0047 555-01-022", "phone:+4755501022"),
        ("phone", "+47 (0)555 01 022", "phone:+4755501022"),
        ("phone", "555 01 022", "phone:55501022"),
        ("phone", "+47 ٥٥٥ ٠١ ٠٢٢", "phone:+4755501022"),
        ("phone", "Withheld", "phone:withheld"),
        ("sms", "SKERRY24", "phone:skerry24"),
        ("phone", "00", "phone:00"),
        ("phone", "+", "phone:+"),
        ("facebook", "Kiana.A", "facebook:kiana.a"),
        ("twitter", "@KianaA", "twitter:kianaa"),
        ("chat", "dev-81F3", "chat:dev-81f3"),
        ("forum", "A\u030asa  Lee", "forum:Åsa lee"),
        ("email", "", "email:"),
        ("twitter", "@", "twitter:"),
    ],
)
def test_addresses_are_compared_in_one_form(channel: str, value: str, key: str) -> None:
    assert normalise_address(SHIPPED[channel], value) == key


@given(st.sampled_from(["email", "phone", "sms", "facebook", "chat"]), st.text(max_size=30))
def test_normalising_twice_is_normalising_once(channel: str, value: str) -> None:
    key = normalise_address(SHIPPED[channel], value)
    assert normalise_address(SHIPPED[channel], key.partition(":")[2]) == key


@given(st.from_regex(r"474[5-9][0-9]{6}", fullmatch=True), st.data())
def test_a_number_is_the_same_however_it_is_spaced(digits: str, data: st.DataObject) -> None:
    gaps = data.draw(st.lists(st.sampled_from(["", " ", "-", "."]), min_size=15, max_size=15))
    spaced = "".join(digit + gap for digit, gap in zip(digits, gaps, strict=False))
    assert normalise_phone("+" + spaced) == normalise_phone("00" + spaced) == "+" + digits


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        (Given(email="KIANA@example.com"), Match(1, "Identified by e-mail")),
        (Given(email="k.anderson@example.org"), Match(1, "Identified by e-mail")),
        (Given(phone="0047 55501022"), Match(1, "Identified by phone")),
        (Given(address_key="facebook:kiana.a"), Match(1, "Identified by address")),
        (Given(address_key="chat:dev-81f3"), Match(1, "Identified by address")),
        (Given(address_key="email:kiana@example.com"), Match(1, "Identified by e-mail")),
        (Given(address_key="phone:+4755501022"), Match(1, "Identified by phone")),
        (Given(case_number=" cas-00042 "), Match(1, "Identified by case number")),
        (
            Given(email="kiana@example.com", name="kiana anderson", case_number="CAS-00042"),
            Match(1, "Identified by e-mail, name and case number"),
        ),
        (
            Given(address_key="email:kiana@example.com", email="kiana@example.com"),
            Match(1, "Identified by e-mail"),
        ),
        (Given(name="Marcus Lee"), Match(2, "Identified by name")),
        (Given(name="Kiana Anderson"), Match(None, "2 customers have this name")),
        (
            Given(name="Kiana Anderson", address_key="chat:dev-9999", opaque=True),
            Match(None, "2 customers have this name"),
        ),
        (
            Given(name="Marcus Lee", address_key="chat:dev-9999", opaque=True),
            Match(2, "Identified by name"),
        ),
        (
            Given(name="Marcus Lee", address_key="facebook:marcus"),
            Match(None, "No customer has this address and name together"),
        ),
        (
            Given(email="kiana@example.com", name="Marcus Lee"),
            Match(None, "No customer has this e-mail and name together"),
        ),
        (Given(email="nobody@example.com"), Match(None, "No customer has this e-mail")),
        (
            Given(address_key="chat:dev-9999", opaque=True),
            Match(None, "No identifying data"),
        ),
        (Given(), Match(None, "No identifying data")),
        (Given(name="  ", email=" "), Match(None, "No identifying data")),
    ],
)
def test_everything_given_must_point_at_exactly_one_customer(known: Given, expected: Match) -> None:
    assert identify(known, EVERYBODY) == expected


def test_a_customer_who_is_not_active_never_matches() -> None:
    assert identify(Given(name="Marcus Lee"), [GONE]).customer_id is None
    assert suggest(Given(name="Marcus Lee"), [GONE]) == []


def test_the_same_customer_twice_is_one_customer() -> None:
    assert identify(Given(name="Marcus Lee"), [MARCUS, MARCUS]).customer_id == 2


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        (
            Given(email="kiana@example.com", name="Marcus Lee"),
            [
                Suggestion(1, "same e-mail, other name", 3),
                Suggestion(2, "same name, other e-mail", 1),
            ],
        ),
        (
            Given(name="Kiana Anderson"),
            [Suggestion(1, "same name", 2), Suggestion(3, "same name", 2)],
        ),
        (
            Given(name="Kiana", case_number="CAS-00042"),
            [
                Suggestion(1, "part of the name, same case number", 5),
                Suggestion(3, "part of the name, other case number", 0),
            ],
        ),
        (Given(email="nobody@example.com"), []),
        (Given(), []),
    ],
)
def test_partial_matches_are_suggested_with_what_fits_and_what_does_not(
    known: Given, expected: list[Suggestion]
) -> None:
    assert suggest(known, EVERYBODY) == expected


NAMES = st.sampled_from(["Ada", "Bo", "Ada Lee", "ada lee", " ADA  LEE "])
MAILS = st.sampled_from(["a@example.com", "A@example.com", "b@example.com"])
PHONES = st.sampled_from(["+4755501", "004755501", "55501"])
CANDIDATES = st.lists(
    st.builds(
        Candidate,
        customer_id=st.integers(1, 5),
        name=NAMES,
        emails=st.lists(MAILS, max_size=2).map(tuple),
        phones=st.lists(PHONES, max_size=2).map(tuple),
        active=st.booleans(),
    ),
    max_size=6,
    unique_by=lambda candidate: candidate.customer_id,
)
GIVEN = st.builds(Given, name=st.none() | NAMES, email=st.none() | MAILS, phone=st.none() | PHONES)


@given(GIVEN, CANDIDATES)
def test_a_match_has_everything_that_was_given_and_is_alone_with_it(
    known: Given, candidates: list[Candidate]
) -> None:
    def fits(candidate: Candidate) -> bool:
        return (
            candidate.active
            and (known.name is None or known.name.lower().split() == candidate.name.lower().split())
            and (
                known.email is None
                or known.email.lower() in [email.lower() for email in candidate.emails]
            )
            and (
                known.phone is None
                or normalise_phone(known.phone) in map(normalise_phone, candidate.phones)
            )
        )

    expected = [candidate.customer_id for candidate in candidates if fits(candidate)]
    match = identify(known, candidates)
    if known == Given() or len(expected) != 1:
        assert match.customer_id is None
    else:
        assert match.customer_id == expected[0]
    assert match.because


@given(GIVEN, CANDIDATES)
def test_whoever_is_identified_is_suggested_first(
    known: Given, candidates: list[Candidate]
) -> None:
    match = identify(known, candidates)
    if match.customer_id is not None:
        assert suggest(known, candidates)[0].customer_id == match.customer_id


@given(GIVEN, CANDIDATES)
def test_the_order_of_the_candidates_does_not_matter(
    known: Given, candidates: list[Candidate]
) -> None:
    backwards = candidates[::-1]
    assert identify(known, candidates) == identify(known, backwards)
    assert suggest(known, candidates) == suggest(known, backwards)
