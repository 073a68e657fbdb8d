import pytest
from hypothesis import given
from hypothesis import strategies as st

from omnitui.rules.identify import (
    Candidate,
    Given,
    identify,
    normalise_address,
    normalise_phone,
    suggest,
)

KIANA = Candidate(
    1,
    "Kiana Anderson",
    ("kiana@example.com",),
    ("+47 555 01 022",),
    ("email:kiana@example.com", "phone:+4755501022", "chat:dev-1"),
    ("CAS-00042",),
)
NAMESAKE = Candidate(2, "kiana  anderson", ("other@example.com",), (), ("email:other@example.com",))
MARCUS = Candidate(3, "Marcus Lee", (), (), ("twitter:marcus",))
GONE = Candidate(4, "Old Record", ("old@example.com",), (), ("email:old@example.com",), (), False)
ALL = (KIANA, NAMESAKE, MARCUS, GONE)


@pytest.mark.parametrize(
    ("channel", "value", "key"),
    [
        ("email", "Kiana@Example.COM ", "email:kiana@example.com"),
        ("phone", "+47 555 01 022", "phone:+4755501022"),
        ("sms", "0047 555-01-022", "phone:+4755501022"),
        ("phone", "(555) 0102", "phone:5550102"),
        ("phone", "withheld", "phone:withheld"),
        ("facebook", "@Kiana.A", "facebook:kiana.a"),
        ("chat", "dev-81F3", "chat:dev-81f3"),
        ("email", "   ", "email:"),
    ],
)
def test_addresses_are_compared_in_one_form(channel: str, value: str, key: str) -> None:
    assert normalise_address(channel, value) == key


@given(st.text(max_size=30))
def test_normalising_a_phone_twice_changes_nothing(value: str) -> None:
    once = normalise_phone(value)
    assert normalise_phone(once) == once or not once.startswith("+")


@pytest.mark.parametrize(
    ("given_fields", "who"),
    [
        (Given(email="KIANA@example.com"), 1),
        (Given(address_key="email:kiana@example.com"), 1),
        (Given(address_key="chat:dev-1"), 1),
        (Given(phone="0047 55501022"), 1),
        (Given(case_number="cas-00042"), 1),
        (Given(name="Kiana Anderson", email="kiana@example.com"), 1),
        (Given(name="KIANA anderson", phone="+4755501022", case_number="CAS-00042"), 1),
        (Given(address_key="chat:unknown", email="kiana@example.com"), 1),
        (Given(name="Kiana Anderson"), None),
        (Given(name="Somebody Else", email="kiana@example.com"), None),
        (Given(email="kiana@example.com", phone="+4799999999"), None),
        (Given(address_key="twitter:unknown", email="kiana@example.com"), None),
        (Given(address_key="email:new@example.com", name="Marcus Lee"), None),
        (Given(name="Marcus Lee"), 3),
        (Given(email="old@example.com"), None),
        (Given(address_key="chat:unknown"), None),
        (Given(), None),
    ],
)
def test_all_that_is_given_must_fit_exactly_one(given_fields: Given, who: int | None) -> None:
    match = identify(given_fields, ALL)
    assert match.customer_id == who
    assert match.because


fields = st.builds(
    Given,
    st.sampled_from([None, "chat:dev-1", "chat:x", "email:other@example.com", "twitter:marcus"]),
    st.sampled_from([None, "Kiana Anderson", "Marcus Lee", "Nobody"]),
    st.sampled_from([None, "kiana@example.com", "other@example.com", "no@example.com"]),
    st.sampled_from([None, "+4755501022", "+4700000000"]),
    st.sampled_from([None, "CAS-00042", "CAS-00001"]),
)


@given(fields, st.permutations(ALL))
def test_the_order_of_candidates_does_not_matter(
    given_fields: Given, order: list[Candidate]
) -> None:
    assert identify(given_fields, order) == identify(given_fields, ALL)


@given(fields)
def test_whoever_matches_is_the_first_suggestion(given_fields: Given) -> None:
    match = identify(given_fields, ALL)
    found = suggest(given_fields, ALL)
    if match.customer_id is not None:
        assert found[0].customer_id == match.customer_id
    assert all(s.customer_id != GONE.customer_id for s in found)
    assert [s.score for s in found] == sorted((s.score for s in found), reverse=True)


def test_a_suggestion_says_what_fits_and_what_does_not() -> None:
    found = suggest(Given(name="Kiana Anderson", email="kiana@example.com"), ALL)
    assert [(s.customer_id, s.because) for s in found] == [
        (1, "same name and e-mail"),
        (2, "same name, other e-mail"),
    ]
