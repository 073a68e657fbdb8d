"""What customers are owed, as cases use it: both examples and both labs of the reference."""

from typing import Any

import pytest
from owed import KIANA, active, case, left, refused, settle_in

ORIGINS = ("phone", "email", "web", "facebook", "twitter")


@pytest.fixture
def company(floor: Any) -> Any:
    settle_in(floor)
    return floor


def test_a_channel_with_terms_of_its_own_does_not_limit_the_others(company: Any) -> None:
    gold = active(company, channels={"phone": 15}, restrict=True)
    for origin, times in (("email", 10), ("web", 2), ("facebook", 3)):
        for _ in range(times):
            case(company, gold, origin)
    assert left(company, gold) == (0, {"phone": 15})
    for origin in ORIGINS:
        refusal = refused(company, gold, origin)
        assert refusal.code == "entitlement.exhausted"
        assert refusal.message == "Gold is used up: 15 of 15 cases."
        assert "without an entitlement" in refusal.hint


def test_a_channel_takes_no_more_than_its_own_terms(company: Any) -> None:
    gold = active(company, channels={"phone": 2, "email": 9}, restrict=True)
    case(company, gold)
    case(company, gold)
    refusal = refused(company, gold)
    assert refusal.code == "entitlement.channel_exhausted"
    assert refusal.message == "Gold: Phone is used up: 2 of 2."
    assert refusal.hint == (
        "E-mail has 9 left; channels that are not listed have 13 left;"
        " or create the case without an entitlement."
    )
    assert left(company, gold) == (13, {"phone": 0, "email": 9})


@pytest.mark.parametrize("restrict", [True, False])
def test_a_contract_for_the_phone_only(company: Any, restrict: bool) -> None:
    only = {"phone": 15, "email": 0, "web": 0, "facebook": 0, "twitter": 0}
    gold = active(company, channels=only, restrict=restrict)
    for origin in ORIGINS[1:]:
        refusal = refused(company, gold, origin)
        assert refusal.code == "entitlement.channel_forbidden"
        assert refusal.message.startswith("Gold does not allow ")
        assert refusal.hint.startswith("Phone has 15 left")
    for _ in range(15):
        case(company, gold)
    assert left(company, gold) == (0, {**only, "phone": 0})
    if restrict:
        assert refused(company, gold).code == "entitlement.exhausted"
    else:
        case(company, gold)
        assert left(company, gold) == (-1, {**only, "phone": -1})


def test_the_first_lab(company: Any) -> None:
    channels = {"email": 50, "web": 30, "facebook": 10, "twitter": 10, "phone": 0, "iot": 0}
    gold = active(company, total=100, decrease_on="creation", restrict=True, channels=channels)
    case(company, gold, "email")
    case(company, gold, "facebook")
    assert refused(company, gold, "phone").code == "entitlement.channel_forbidden"
    assert left(company, gold) == (
        98,
        {"email": 49, "web": 30, "facebook": 9, "twitter": 10, "phone": 0, "iot": 0},
    )


def test_the_second_lab(company: Any) -> None:
    company.do(
        "entitlement.template_create",
        name="Phone only",
        total=20,
        restrict=True,
        channels={"phone": 20, "email": 0, "web": 0, "facebook": 0, "twitter": 0},
    )
    made = company.do(
        "entitlement.from_template",
        template="Phone only",
        customer=KIANA,
        starts="2026-01-01",
    )
    company.do("entitlement.activate", entitlement=made.id)
    case(company, made.id)
    remaining, channels = left(company, made.id)
    assert (remaining, channels["phone"]) == (19, 19)
    assert refused(company, made.id, "web").code == "entitlement.channel_forbidden"
    without = case(company, "none", "web")
    assert without.entitlement_id is None
    assert left(company, made.id) == (remaining, channels)
