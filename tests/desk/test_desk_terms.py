"""What cases use of an entitlement, and how terms move when a case changes."""

from typing import Any

import pytest
from owed import KIANA, MARCUS, active, case, change, left, refused, resolve, settle_in

CHANNELS = {"phone": 2, "email": 2, "web": 0}


@pytest.fixture
def company(floor: Any) -> Any:
    settle_in(floor)
    return floor


STEPS = ("created", "resolved", "reopened", "cancelled", "reopened again")


@pytest.mark.parametrize(
    ("decrease_on", "remaining"),
    [("creation", (14, 14, 14, 15, 14)), ("resolution", (15, 14, 15, 15, 15))],
)
def test_what_happens_to_a_case_moves_total_and_channel_together(
    company: Any, decrease_on: str, remaining: tuple[int, ...]
) -> None:
    gold = active(company, decrease_on=decrease_on, channels={"phone": 15})
    made = case(company, gold)
    found = [left(company, gold)]
    for step in (
        lambda: resolve(company, made),
        lambda: company.do("case.reopen", case=made.id),
        lambda: company.do("case.cancel", case=made.id),
        lambda: company.do("case.reopen", case=made.id),
    ):
        step()
        found.append(left(company, gold))
    assert found == [(number, {"phone": number}) for number in remaining], STEPS


@pytest.mark.parametrize(("minutes", "used"), [(30, 0.5), (20, 0.33), (90, 1.5), (0, 0)])
def test_hours_are_billable_minutes(company: Any, minutes: int, used: float) -> None:
    gold = active(company, total=10, allocation="hours", channels={"phone": 5})
    made = case(company, gold)
    resolve(company, made, minutes=minutes)
    assert left(company, gold) == (10 - used, {"phone": 5 - used})
    company.do("case.reopen", case=made.id)
    assert left(company, gold) == (10, {"phone": 5})


def test_no_case_took_more_time_than_there_is(company: Any) -> None:
    made = case(company)
    given = {"case": made.id, "resolution": "Done", "minutes": 10**9}
    assert company.refused("case.resolve", **given).code == "case.minutes"


def test_many_thirds_of_an_hour_add_up_exactly(company: Any) -> None:
    gold = active(company, total=10, allocation="hours")
    shown = []
    for _ in range(3):
        resolve(company, case(company, gold), minutes=20)
        shown.append(left(company, gold)[0])
    assert shown == [9.67, 9.33, 9]


def test_what_is_left_of_an_hour_can_be_used_to_the_minute(company: Any) -> None:
    gold = active(company, total=1, allocation="hours", restrict=True)
    for _ in range(59):
        resolve(company, case(company, gold), minutes=1)
    last, more = case(company, gold), case(company, gold)
    resolve(company, last, minutes=1)
    assert left(company, gold)[0] == 0
    assert refused(company, gold).code == "entitlement.exhausted"
    resolve(company, more, minutes=1)
    assert left(company, gold)[0] == -0.02


def test_finished_hours_are_never_refused_and_it_is_said_when_they_go_below_zero(
    company: Any,
) -> None:
    gold = active(company, total=1, allocation="hours", restrict=True)
    made = case(company, gold)
    found = company.do("case.consequences", case=made.id, verb="resolve", minutes=90)
    assert found.why_not == ""
    assert "That is 0.5 over the total. Resolving always counts." in found.says[0]
    resolve(company, made, minutes=90)
    shown = company.do("entitlement.get", entitlement=gold)
    assert (shown.remaining, shown.held, shown.available) == (-0.5, 0, -0.5)
    assert shown.notice.startswith("Used 0.5 over the total. New cases are refused")
    assert refused(company, gold).code == "entitlement.exhausted"
    company.do("case.reopen", case=made.id)
    assert left(company, gold)[0] == 1
    assert company.do("entitlement.get", entitlement=gold).notice == ""


def test_hours_that_went_below_zero_are_no_bar_to_other_changes(company: Any) -> None:
    gold = active(company, total=1, allocation="hours", restrict=True)
    one, other = case(company, gold), case(company, gold)
    resolve(company, one, minutes=90)
    change(company, other, title="Still drops")
    company.do("entitlement.deactivate", entitlement=gold)
    company.do("entitlement.update", entitlement=gold, description="Ask her first")
    lower = company.refused("entitlement.update", entitlement=gold, total=0.5)
    assert lower.code == "entitlement.overdrawn"
    company.do("entitlement.update", entitlement=gold, total=5)
    assert left(company, gold)[0] == 3.5


def test_without_restriction_terms_go_below_zero(company: Any) -> None:
    gold = active(company, total=1, channels={"phone": 1})
    for _ in range(3):
        case(company, gold)
    assert left(company, gold) == (-2, {"phone": -2})


def test_a_case_that_is_not_to_count_uses_nothing_until_it_does(company: Any) -> None:
    gold = active(company, total=1, restrict=True)
    one = case(company, gold, do_not_decrement=True)
    assert (one.do_not_decrement, left(company, gold)[0]) == (True, 1)
    other = case(company, gold)
    exempt = case(company, gold, do_not_decrement=True)
    given = {"case": exempt.id, "do_not_decrement": False}
    assert company.refused("case.update", **given).code == "entitlement.exhausted"
    change(company, other, do_not_decrement=True)
    change(company, exempt, do_not_decrement=False)
    assert left(company, gold)[0] == 0


def test_the_default_is_given_to_new_cases_and_it_is_said(company: Any) -> None:
    gold = active(company, channels=CHANNELS, restrict=True)
    company.do("entitlement.set_default", entitlement=gold)
    made = case(company)
    assert (made.entitlement_id, made.entitlement_name) == (gold, "Gold")
    (entry,) = company.entries(kind="entitlement.applied")
    assert (entry.case_id, entry.payload) == (made.id, {"entitlement": gold, "name": "Gold"})
    assert case(company, "none").entitlement_id is None
    assert case(company, customer=MARCUS).entitlement_id is None
    assert case(company, origin="web").entitlement_id is None
    (entry,) = company.entries(kind="entitlement.not_applied")
    assert entry.payload == {
        "code": "entitlement.channel_forbidden",
        "why": "Gold does not allow Web.",
    }
    assert left(company, gold) == (14, {"phone": 1, "email": 2, "web": 0})


def test_another_origin_is_checked_and_takes_the_terms_along(company: Any) -> None:
    gold = active(company, total=4, channels=CHANNELS, restrict=True)
    made = case(company, gold)
    change(company, made, origin="email")
    assert left(company, gold) == (3, {"phone": 2, "email": 1, "web": 0})
    given = {"case": made.id, "origin": "web"}
    assert company.refused("case.update", **given).code == "entitlement.channel_forbidden"
    case(company, gold)
    case(company, gold)
    refusal = company.refused("case.update", case=made.id, origin="phone")
    assert refusal.code == "entitlement.channel_exhausted"
    assert "remove the entitlement from the case" in refusal.hint
    change(company, made, origin="sms")
    assert left(company, gold) == (1, {"phone": 0, "email": 2, "web": 0})
    case(company, gold, "sms")
    # The last terms are its own, so that it may move although nothing else is left.
    assert left(company, gold)[0] == 0
    change(company, made, origin="email")
    assert change(company, made, title="Other words").title == "Other words"


def test_another_entitlement_is_checked_and_the_terms_go_back(company: Any) -> None:
    gold, silver = active(company, total=1), active(company, total=1, restrict=True, name="Silver")
    made = case(company, gold)
    assert change(company, made, entitlement="silver").entitlement_name == "Silver"
    assert (left(company, gold)[0], left(company, silver)[0]) == (1, 0)
    other = case(company, gold)
    given = {"case": other.id, "entitlement": silver}
    assert company.refused("case.update", **given).code == "entitlement.exhausted"
    assert change(company, made, entitlement="none").entitlement_id is None
    assert left(company, silver)[0] == 1
    company.do("entitlement.cancel", entitlement=silver)
    assert company.refused("case.update", **given).code == "entitlement.not_active"


def test_a_case_keeps_an_entitlement_whose_time_is_over(company: Any) -> None:
    gold = active(company, decrease_on="resolution")
    made = case(company, gold)
    company.do("entitlement.cancel", entitlement=gold)
    change(company, made, origin="email")
    resolve(company, made)
    assert left(company, gold)[0] == 14


def test_another_customer_takes_the_entitlement_off(company: Any) -> None:
    gold = active(company)
    made = case(company, gold, contact=MARCUS)
    company.do("timeline.add", customer=KIANA, case=made.id, kind="note", title="Called")
    moved = change(company, made, customer=MARCUS)
    assert (moved.entitlement_id, moved.contact_id) == (None, None)
    assert left(company, gold)[0] == 15
    titles = [row.title for row in company.do("timeline.list", customer=MARCUS)]
    assert sorted(titles) == ["Called", "Drops"]
    refusal = company.refused("case.update", case=made.id, entitlement=gold)
    assert refusal.code == "entitlement.not_covered"
    assert refusal.message == "Gold belongs to Kiana Anderson, not to this case's customer."
    theirs = active(company, customer=MARCUS)
    back = change(company, made, customer=KIANA, entitlement=gold)
    assert back.entitlement_id == gold
    given = {"case": made.id, "customer": MARCUS, "entitlement": gold}
    assert company.refused("case.update", **given).code == "entitlement.not_covered"
    assert change(company, made, customer=MARCUS, entitlement=theirs).entitlement_id == theirs


def test_a_case_stays_with_the_customer_of_its_conversation(company: Any) -> None:
    talk = company.writes(channel="email", address=KIANA)
    made = case(company, conversation=talk)
    refusal = company.refused("case.update", case=made.id, customer=MARCUS)
    assert refusal.code == "case.other_customer"
    company.do("conversation.unlink_case", conversation=talk)
    assert change(company, made, customer=MARCUS).customer_id == 2


def test_products_are_checked_when_they_change(company: Any) -> None:
    gold = active(company, products=["Router 6"])
    refusal = refused(company, gold)
    assert (refusal.code, refusal.hint[:7]) == ("entitlement.not_covered", "Set the")
    made = case(company, gold, product="router 6")
    given = {"case": made.id, "product": "Pebble"}
    assert company.refused("case.update", **given).message == (
        "Gold is for Router 6 only, not for Pebble."
    )
    assert change(company, made, product="Pebble", entitlement="none").product == "Pebble"


def test_contacts_may_ask_for_the_customer_and_in_their_own_name(company: Any) -> None:
    gold = active(company, contacts=[MARCUS])
    assert refused(company, gold).code == "entitlement.not_covered"
    made = case(company, gold, contact=MARCUS)
    assert (made.contact_name, made.customer_id) == ("Marcus Lee", 1)
    assert case(company, gold, customer=MARCUS).entitlement_id == gold
    given = {"case": made.id, "contact": KIANA}
    refusal = company.refused("case.update", **given)
    assert refusal.message == "Gold is for Marcus Lee only, not for Kiana Anderson."
    assert change(company, made, contact=KIANA, entitlement="none").contact_id is None


def test_a_cancelled_case_comes_back_if_terms_are_left_or_without_them(company: Any) -> None:
    gold = active(company, total=1, restrict=True)
    made = case(company, gold)
    company.do("case.cancel", case=made.id)
    case(company, gold)
    refusal = company.refused("case.reopen", case=made.id)
    assert refusal.code == "entitlement.exhausted"
    assert refusal.hint.endswith("reopen the case with entitlement=none.")
    back = company.do("case.reopen", case=made.id, entitlement="none")
    assert (back.status, back.entitlement_id) == ("active", None)


def test_what_can_be_used_is_known_before_anything_is_saved(company: Any) -> None:
    usual = active(company, name="Usual", ends="2026-04-01", channels={"phone": 3})
    soon = active(company, name="Soon", ends="2026-03-20")
    company.do("entitlement.set_default", entitlement=usual)
    only = active(company, name="Mail only", channels={"phone": 0})
    gone = active(company, name="Used up", total=1, restrict=True)
    case(company, gone, "email")
    draft = company.do(
        "entitlement.create",
        customer=KIANA,
        name="Next year",
        total=5,
        starts="2027-01-01",
        ends="2027-12-31",
    ).id
    company.do("entitlement.activate", entitlement=draft)
    active(company, name="Somebody else's", customer=MARCUS)
    seq = company.desk.last_seq()
    found = company.do("entitlement.options", customer=KIANA, origin="phone")
    assert company.desk.last_seq() == seq
    assert [(o.id, o.remaining, o.channel_remaining, o.code) for o in found] == [
        (usual, 15, 3, ""),
        (soon, 15, None, ""),
        (only, 15, 0, "entitlement.channel_forbidden"),
        (gone, 0, None, "entitlement.exhausted"),
        (draft, 5, None, "entitlement.not_active"),
    ]
    assert [o.why for o in found] == [
        "",
        "",
        "Mail only does not allow Phone.",
        "Used up is used up: 1 of 1 cases.",
        "Next year starts on 2027-01-01.",
    ]
    for option in found:
        given = {"customer": KIANA, "title": "Drops", "origin": "phone", "entitlement": option.id}
        if option.usable:
            assert company.do("case.create", **given).entitlement_id == option.id
        else:
            refusal = company.refused("case.create", **given)
            assert (refusal.code, refusal.hint) == (option.code, option.hint)


def test_every_move_of_terms_is_in_the_journal(company: Any) -> None:
    gold = active(company, channels={"phone": 2})
    made = case(company, gold)
    change(company, made, origin="email")
    said = [
        (e.kind, e.case_id, e.payload["origin"], e.payload["amount"], e.payload["remaining"])
        for e in company.entries()
        if e.kind in ("entitlement.used", "entitlement.returned")
    ]
    assert said == [
        ("entitlement.used", made.id, "phone", 1, 14),
        ("entitlement.returned", made.id, "phone", 1, 15),
        ("entitlement.used", made.id, "email", 1, 14),
    ]


@pytest.mark.parametrize(
    ("minutes", "said"),
    [
        (None, ["CAS-00001 uses no hours of Gold: no billable minutes are given."]),
        (0, ["CAS-00001 uses no hours of Gold: no billable minutes are given."]),
        (90, ["CAS-00001 uses 1.5 hours of Gold (Phone); 8.5 will be left."]),
    ],
)
def test_that_no_hours_are_used_is_said_before(
    company: Any, minutes: int | None, said: list[str]
) -> None:
    made = case(company, active(company, total=10, allocation="hours"))
    given = {} if minutes is None else {"minutes": minutes}
    found = company.do("case.consequences", case=made.id, verb="resolve", **given)
    assert list(found.says) == said
