"""What open cases hold of restricted entitlements, so that finished work is never refused."""

from typing import Any

import pytest
from owed import KIANA, MARCUS, active, case, change, refused, resolve, settle_in

from omnitui.model.actor import Actor


@pytest.fixture
def company(floor: Any) -> Any:
    settle_in(floor)
    return floor


def held(company: Any, gold: int) -> tuple[Any, Any, Any]:
    found = company.do("entitlement.get", entitlement=gold)
    return found.remaining, found.held, found.available


LATER = {"decrease_on": "resolution", "restrict": True}


def test_an_open_case_holds_a_term_until_it_is_resolved(company: Any) -> None:
    gold = active(company, total=2, channels={"phone": 1}, **LATER)
    one = case(company, gold)
    assert held(company, gold) == (2, 1, 1)
    assert refused(company, gold).message == (
        "Gold: Phone has nothing available: 0 of 1 used, 1 held by open cases."
    )
    other = case(company, gold, "email")
    assert held(company, gold) == (2, 2, 0)
    no = refused(company, gold, "email")
    assert no.message == "Gold has nothing available: 0 of 2 cases used, 2 held by open cases."
    resolve(company, one)
    resolve(company, other)
    assert held(company, gold) == (0, 0, 0)


@pytest.mark.parametrize(
    "release",
    [
        lambda company, made, gold: company.do("case.cancel", case=made.id),
        lambda company, made, gold: change(company, made, entitlement="none"),
        lambda company, made, gold: change(company, made, do_not_decrement=True),
        lambda company, made, gold: change(company, made, customer=MARCUS),
        lambda company, made, gold: company.do(
            "case.merge", cases=[made.id], into=case(company, "none").id
        ),
    ],
    ids=["cancelled", "taken off", "exempt", "moved", "merged"],
)
def test_what_is_held_is_free_again_when_the_case_needs_it_no_more(
    company: Any, release: Any
) -> None:
    gold = active(company, total=1, **LATER)
    made = case(company, gold)
    assert held(company, gold) == (1, 1, 0)
    release(company, made, gold)
    assert held(company, gold) == (1, 0, 1)
    case(company, gold)


def test_a_case_that_is_active_again_holds_its_term_again(company: Any) -> None:
    gold = active(company, total=1, **LATER)
    made = case(company, gold)
    resolve(company, made)
    company.do("case.reopen", case=made.id)
    assert held(company, gold) == (1, 1, 0)
    company.do("case.cancel", case=made.id)
    other = case(company, gold)
    assert company.refused("case.reopen", case=made.id).code == "entitlement.exhausted"
    company.do("case.cancel", case=other.id)
    company.do("case.reopen", case=made.id)
    resolve(company, made)
    assert held(company, gold) == (0, 0, 0)


def test_undo_takes_no_term_that_somebody_else_holds_by_now(company: Any, ada: Actor) -> None:
    gold = active(company, total=1, **LATER)
    made = case(company, gold)
    company.do("case.cancel", ada, case=made.id)
    company.do("undo.last", ada)
    assert held(company, gold) == (1, 1, 0)
    company.do("case.cancel", ada, case=made.id)
    case(company, gold)
    company.refused("undo.last", ada)
    assert held(company, gold) == (1, 1, 0)


def test_undoing_how_a_case_ended_or_began_leaves_the_hold_right(company: Any, ada: Actor) -> None:
    gold = active(company, total=1, **LATER)
    given = {"customer": KIANA, "title": "Drops", "origin": "phone", "entitlement": gold}
    made = company.do("case.create", ada, **given)
    company.do("case.resolve", ada, case=made.id, resolution="Done")
    assert held(company, gold) == (0, 0, 0)
    company.do("undo.last", ada)
    assert held(company, gold) == (1, 1, 0)
    company.do("undo.last", ada)
    assert held(company, gold) == (1, 0, 1)


def test_a_restriction_counts_what_open_cases_hold(company: Any) -> None:
    gold = active(company, total=2, decrease_on="resolution")
    for _ in range(3):
        case(company, gold)
    assert held(company, gold) == (2, 0, 2)
    company.do("entitlement.deactivate", entitlement=gold)
    no = company.refused("entitlement.update", entitlement=gold, restrict=True)
    assert "the total (0 used, 3 held of 2)" in no.message
    company.do("entitlement.update", entitlement=gold, restrict=True, total=3)
    assert held(company, gold) == (3, 3, 0)


def test_what_a_case_holds_is_shown_where_an_entitlement_is_chosen(company: Any) -> None:
    gold = active(company, total=2, channels={"phone": 2}, **LATER)
    made = case(company, gold)
    about = {"customer": KIANA, "origin": "phone"}
    (option,) = company.do("entitlement.options", **about)
    assert (option.remaining, option.held, option.channel_held) == (2, 1, 1)
    (own,) = company.do("entitlement.for_case", case=made.id)
    assert own.usable
    (line, *_) = [
        one for one in company.do("entitlement.channels", entitlement=gold) if one.origin == "phone"
    ]
    assert (line.remaining, line.held) == (2, 1)
    assert line.says == "Phone: 1 left, plus 1 held by open cases."
    (entry,) = company.entries(kind="entitlement.held")
    assert entry.payload["held"] == 1
    resolve(company, made)
    (entry,) = company.entries(kind="entitlement.released")
    assert entry.payload["held"] == 0
