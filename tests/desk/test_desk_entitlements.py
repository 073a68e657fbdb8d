"""Entitlements from draft to expired: what can be done when, dates, defaults, templates."""

from typing import Any

import pytest
from owed import KIANA, MARCUS, YEAR, active, case, drafted, left, refused, settle_in

from omnitui.model.actor import Actor
from omnitui.store import entitlements

DAY = 86_400_000
NEW_YEAR = 1_767_225_600_000
"""2026-01-01, UTC."""


@pytest.fixture
def company(floor: Any) -> Any:
    settle_in(floor)
    return floor


def state(floor: Any, entitlement: int) -> str:
    return str(floor.do("entitlement.get", entitlement=entitlement).state)


def test_a_draft_is_kept_as_given_and_numbers_are_numbers(company: Any) -> None:
    made = drafted(
        company,
        name=" Gold\nsupport ",
        total="7.25",
        channels='{"Phone": 5, "email": 2.25, "web": 0}',
        products="Router 6, router  6, Pebble",
        contacts=[MARCUS],
        description="By contract 17",
    )
    assert (made.name, made.state, made.state_code) == ("Gold support", "draft", 0)
    assert (made.total, made.remaining) == (7.25, 7.25)
    assert {key: (line.total, line.remaining) for key, line in made.channels.items()} == {
        "phone": (5, 5),
        "email": (2.25, 2.25),
        "web": (0, 0),
    }
    assert (made.starts, made.ends) == (NEW_YEAR, NEW_YEAR + 365 * DAY)
    assert made.period == "2026-01-01 to 2026-12-31"
    assert (made.restrict, made.decrease_on, made.allocation) == (False, "creation", "cases")
    assert made.products == ("Router 6", "Pebble")
    assert made.contact_names == ("Marcus Lee",)
    assert made.description == "By contract 17"
    assert company.do("entitlement.get", entitlement="gold SUPPORT") == made


def test_hours_are_counted_when_a_case_is_resolved(company: Any) -> None:
    assert drafted(company, allocation="hours").decrease_on == "resolution"
    given = {"customer": KIANA, "name": "Gold", "total": 15, **YEAR}
    refusal = company.refused(
        "entitlement.create", **given, allocation="hours", decrease_on="creation"
    )
    assert refusal.code == "entitlement.decrease_on"


@pytest.mark.parametrize(
    ("given", "code", "said"),
    [
        ({"name": " "}, "entitlement.name", "not a valid name"),
        ({"name": "17"}, "entitlement.name", "'17' is not a valid name"),
        ({"name": "x" * 101}, "entitlement.name", "The name has 101 characters."),
        ({"total": -1}, "entitlement.terms", "A total of -1 is below 0."),
        ({"total": 1.005}, "entitlement.terms", "1.005 has more than two digits"),
        ({"total": 10**10}, "entitlement.terms", "larger than 1,000,000,000"),
        ({"total": "many"}, "parameter.invalid", "it needs a number"),
        ({"total": "nan"}, "parameter.invalid", "it needs a number"),
        ({"total": 10**400}, "parameter.invalid", "it needs a number"),
        ({"channels": {"pigeon": 3}}, "channel.unknown", "There is no channel 'pigeon'."),
        ({"channels": {"phone": -3}}, "entitlement.terms", "A total for Phone of -3 is below"),
        ({"channels": {"phone": 1, "Phone": 2}}, "entitlement.channels", "Phone is given twice."),
        ({"channels": {"phone": "a few"}}, "parameter.invalid", "it needs a number"),
        ({"products": ["Router", " "]}, "entitlement.products", "A product has no name."),
        ({"contacts": ["nobody@example.com"]}, "customer.unknown", "There is no customer"),
        ({"customer": "nobody@example.com"}, "customer.unknown", "There is no customer"),
        ({"ends": "2025-12-31"}, "entitlement.dates", "It would end before it starts ("),
        ({"starts": "2026-06-01T09:00", "ends": "2026-06-01T09:00"}, "entitlement.dates", "It"),
        ({"starts": "1969-01-01"}, "parameter.invalid", "between the years 1970 and 2199"),
        ({"starts": "soon"}, "parameter.invalid", "'soon' is not a time"),
        ({"ends": "31.12.2026"}, "parameter.invalid", "is not a time"),
    ],
)
def test_what_is_wrong_with_a_draft_is_said(
    company: Any, given: dict[str, Any], code: str, said: str
) -> None:
    values = {"customer": KIANA, "name": "Gold", "total": 15, **YEAR, **given}
    refusal = company.refused("entitlement.create", **values)
    assert refusal.code == code
    assert said in refusal.message


def test_an_end_that_is_a_day_includes_it_and_one_that_is_a_time_does_not(company: Any) -> None:
    day = drafted(company, starts="2026-03-02", ends="2026-03-02")
    assert day.ends - day.starts == DAY
    time = drafted(company, starts="2026-03-02", ends="2026-03-02T12:00")
    assert time.ends - time.starts == DAY / 2
    assert time.period == "2026-03-02 to 2026-03-02 12:00"


def test_time_makes_a_waiting_one_active_and_an_active_one_expired(company: Any) -> None:
    made = drafted(company, starts="2026-03-04", ends="2026-03-05")
    key = made.id
    assert company.do("entitlement.activate", entitlement=key).state == "waiting"
    assert "starts on 2026-03-04" in refused(company, key).message
    company.wait(made.starts - company.clock.now() - 1)
    assert state(company, key) == "waiting"
    company.wait(1)
    assert state(company, key) == "active"
    assert case(company, key).entitlement_name == "Gold"
    company.wait(2 * DAY - 1)
    assert state(company, key) == "active"
    company.wait(1)
    assert state(company, key) == "expired"
    assert refused(company, key).code == "entitlement.not_active"
    kinds = [entry.kind for entry in company.entries(kind="entitlement.")]
    assert kinds == [
        "entitlement.created",
        "entitlement.activated",
        "entitlement.activated",
        "entitlement.used",
        "entitlement.expired",
    ]
    company.wait(400 * DAY)
    assert state(company, key) == "expired"


def test_one_whose_time_passed_while_nobody_looked_expires_at_once(company: Any) -> None:
    made = drafted(company, starts="2026-03-04", ends="2026-03-05")
    company.do("entitlement.activate", entitlement=made.id)
    company.wait(30 * DAY)
    assert state(company, made.id) == "expired"


def test_the_clock_counts_before_a_timer_has_told_the_row(company: Any) -> None:
    key = active(company, ends="2026-03-02T10:00")
    company.clock.advance(DAY)
    refusal = refused(company, key)
    assert (refusal.code, refusal.message) == ("entitlement.not_active", "Gold has expired.")
    assert company.refused("entitlement.deactivate", entitlement=key).code == "entitlement.state"


def test_one_that_is_past_expires_when_it_is_activated(company: Any) -> None:
    key = drafted(company, starts="2025-01-01", ends="2025-12-31").id
    assert company.do("entitlement.activate", entitlement=key).state == "expired"


def test_a_deactivated_one_can_be_changed_and_keeps_what_was_used(company: Any) -> None:
    key = active(company, channels={"phone": 5})
    case(company, key)
    case(company, key, "email")
    refusal = company.refused("entitlement.update", entitlement=key, total=20)
    assert (refusal.code, refusal.message) == (
        "entitlement.state",
        "Gold is active and cannot be changed.",
    )
    assert refusal.hint == "That is possible while it is draft. Deactivate it first."
    assert company.do("entitlement.deactivate", entitlement=key).state == "draft"
    assert refused(company, key).message == "Gold is a draft."
    changed = company.do(
        "entitlement.update", entitlement=key, total=20, channels={"email": 3, "phone": 4}
    )
    assert (changed.total, changed.remaining) == (20, 18)
    assert left(company, key) == (18, {"email": 2, "phone": 3})
    (entry,) = company.entries(kind="entitlement.updated")
    assert entry.payload["fields"] == ["channels", "total"]


def test_a_draft_in_use_cannot_count_otherwise_or_go_to_somebody_else(company: Any) -> None:
    key = active(company)
    made = case(company, key)
    company.do("entitlement.deactivate", entitlement=key)
    for given in ({"decrease_on": "resolution"}, {"allocation": "hours"}, {"customer": MARCUS}):
        refusal = company.refused("entitlement.update", entitlement=key, **given)
        assert refusal.code == "entitlement.in_use"
        assert refusal.message.startswith("1 case has Gold")
    company.do("case.update", case=made.id, entitlement="none")
    changed = company.do("entitlement.update", entitlement=key, customer=MARCUS)
    assert changed.customer_name == "Marcus Lee"
    changed = company.do("entitlement.update", entitlement=key, allocation="hours")
    assert changed.decrease_on == "resolution"


def test_nothing_is_restricted_to_less_than_is_used(company: Any) -> None:
    key = active(company, total=1, channels={"phone": 1})
    case(company, key)
    case(company, key)
    assert left(company, key) == (-1, {"phone": -1})
    company.do("entitlement.deactivate", entitlement=key)
    refusal = company.refused("entitlement.update", entitlement=key, restrict=True)
    assert refusal.code == "entitlement.overdrawn"
    assert "the total (2 used of 1), Phone (2 used of 1)" in refusal.message
    given = {"restrict": True, "total": 2, "channels": {"phone": 2}}
    assert company.do("entitlement.update", entitlement=key, **given).remaining == 0


def test_a_cancelled_one_is_over_and_a_renewed_one_is_a_draft_of_today(company: Any) -> None:
    key = active(
        company, channels={"phone": 3}, restrict=True, products=["Pebble"], contacts=[KIANA]
    )
    case(company, key, product="pebble")
    assert company.refused("entitlement.renew", entitlement=key).code == "entitlement.state"
    assert company.do("entitlement.cancel", entitlement=key).state == "cancelled"
    assert refused(company, key, product="pebble").message == "Gold is cancelled."
    refusal = company.refused("entitlement.cancel", entitlement=key)
    assert refusal.hint.endswith("Renew it: the copy is a draft.")
    company.clock.advance(40 * DAY)
    old = company.do("entitlement.get", entitlement=key)
    copy = company.do("entitlement.renew", entitlement=key)
    assert (copy.state, copy.remaining, copy.channels["phone"].remaining) == ("draft", 15, 3)
    assert copy.period == "2026-04-11 to 2027-04-10"
    assert (copy.products, copy.contacts, copy.restrict) == (("Pebble",), old.contacts, True)
    assert copy.renewed_from == key
    assert company.do("entitlement.get", entitlement=key) == old


def test_each_customer_has_one_default_at_most(company: Any) -> None:
    draft = drafted(company).id
    refusal = company.refused("entitlement.set_default", entitlement=draft)
    assert refusal.code == "entitlement.not_active"
    one, other, another = active(company), active(company), active(company, customer=MARCUS)
    for key in (one, another, other):
        assert company.do("entitlement.set_default", entitlement=key).is_default
    shown = {found.id: found.is_default for found in company.do("entitlement.list")}
    assert shown == {draft: False, one: False, other: True, another: True}
    assert not company.do("entitlement.set_default", entitlement=other, default=False).is_default


@pytest.mark.parametrize("end", ["cancel", "time"])
def test_the_default_ends_with_the_entitlement_and_comes_back_with_its_renewal(
    company: Any, end: str
) -> None:
    key = active(company, ends="2026-03-10")
    company.do("entitlement.set_default", entitlement=key)
    if end == "time":
        company.wait(30 * DAY)
    else:
        company.do(f"entitlement.{end}", entitlement=key)
    assert not company.do("entitlement.get", entitlement=key).is_default
    said = company.entries(kind="entitlement.default_set")[-1]
    why = "expired" if end == "time" else "cancelled"
    assert (said.payload["default"], said.payload["why"]) == (False, why)
    assert case(company).entitlement_id is None
    copy = company.do("entitlement.renew", entitlement=key)
    assert copy.is_default
    assert case(company).entitlement_id is None
    company.do("entitlement.activate", entitlement=copy.id)
    assert case(company).entitlement_id == copy.id
    again = company.do("entitlement.renew", entitlement=key)
    assert not again.is_default


def test_the_default_stays_so_while_it_is_changed(company: Any) -> None:
    key = active(company)
    company.do("entitlement.set_default", entitlement=key)
    assert company.do("entitlement.deactivate", entitlement=key).is_default
    without = case(company)
    assert without.entitlement_id is None
    (why,) = company.entries(kind="entitlement.not_applied")
    assert why.payload["why"] == "Gold is a draft."
    company.do("entitlement.update", entitlement=key, starts="2026-06-01")
    waiting = company.do("entitlement.activate", entitlement=key)
    assert (waiting.state, waiting.is_default) == ("waiting", True)
    company.wait(120 * DAY)
    assert case(company).entitlement_id == key


def test_another_default_replaces_one_that_is_being_changed(company: Any) -> None:
    one, other = active(company), active(company)
    company.do("entitlement.set_default", entitlement=one)
    company.do("entitlement.deactivate", entitlement=one)
    company.do("entitlement.set_default", entitlement=other)
    assert not company.do("entitlement.activate", entitlement=one).is_default
    assert case(company).entitlement_id == other


def test_a_template_fills_what_is_made_of_it_and_nothing_later(company: Any) -> None:
    template = company.do(
        "entitlement.template_create",
        name="Bronze",
        total=5.5,
        days=30,
        restrict=True,
        channels={"phone": 4, "email": 2},
        products=["Pebble"],
        description="A month",
    )
    assert "more than the total of 5.5" in template.notice
    assert company.do("entitlement.template_list") == [template]
    made = company.do(
        "entitlement.from_template", template="bronze", customer=KIANA, starts="2026-03-05"
    )
    assert (made.name, made.state, made.total, made.template_id) == ("Bronze", "draft", 5.5, 1)
    assert made.period == "2026-03-05 to 2026-04-03"
    assert (made.products, made.restrict, made.description) == (("Pebble",), True, "A month")
    changed = company.do("entitlement.update", entitlement=made.id, total=7)
    assert company.do("entitlement.template_get", template=template.id).total == 5.5
    today = company.do("entitlement.from_template", template=template.id, customer=MARCUS)
    assert (today.period, changed.total) == ("2026-03-02 to 2026-03-31", 7)
    given = {"name": "BRONZE", "total": 1}
    assert company.refused("entitlement.template_create", **given).code == "template.exists"
    refusal = company.refused("entitlement.template_create", name="x", total=1, days=0)
    assert refusal.code == "entitlement.days"


def test_terms_of_channels_may_add_up_to_more_and_it_is_said(company: Any) -> None:
    assert drafted(company, channels={"phone": 15}).notice == ""
    made = drafted(company, channels={"phone": 10, "email": 6})
    assert made.notice == (
        "The channels add up to 16, more than the total of 15: the total is the limit."
    )


def test_only_one_channel_is_one_command(company: Any) -> None:
    key = drafted(company, restrict=True).id
    company.do("entitlement.only", entitlement=key, origin="phone")
    company.do("entitlement.activate", entitlement=key)
    allowed = {a.origin: a.remaining for a in company.do("entitlement.channels", entitlement=key)}
    assert allowed.pop("phone") == 15
    assert set(allowed.values()) == {0}
    assert refused(company, key, "sms").code == "entitlement.channel_forbidden"


def test_a_new_channel_is_at_once_one_for_entitlements_and_cases(company: Any) -> None:
    company.do("channel.create", key="kiosk", label="Kiosk")
    key = active(company, channels={"kiosk": 1}, restrict=True)
    case(company, key, "kiosk")
    assert left(company, key) == (14, {"kiosk": 0})
    refusal = refused(company, key, "kiosk")
    assert refusal.message == "Gold: Kiosk is used up: 1 of 1."


def test_entitlements_are_listed_newest_first_and_by_whom_they_are_for(company: Any) -> None:
    one = drafted(company).id
    two = drafted(company, customer=MARCUS).id
    three = drafted(company, customer=MARCUS, contacts=[KIANA]).id
    assert [found.id for found in company.do("entitlement.list")] == [three, two, one]
    assert [found.id for found in company.do("entitlement.list", customer=KIANA)] == [three, one]
    refusal = company.refused("entitlement.get", entitlement="Gold")
    assert refusal.code == "entitlement.ambiguous"


def test_agents_use_what_administrators_grant(company: Any, ada: Actor) -> None:
    key = active(company)
    given = {"customer": KIANA, "name": "Mine", "total": 99, **YEAR}
    assert company.refused("entitlement.create", ada, **given).code == "permission.denied"
    for verb in ("activate", "deactivate", "cancel", "renew", "set_default"):
        refusal = company.refused(f"entitlement.{verb}", ada, entitlement=key)
        assert refusal.code == "permission.denied"
    assert company.do("entitlement.get", ada, entitlement=key).remaining == 15
    made = company.do(
        "case.create", ada, customer=KIANA, title="x", origin="phone", entitlement=key
    )
    assert made.entitlement_id == key


def test_customers_who_become_one_are_owed_everything_of_both(company: Any) -> None:
    one, other = active(company), active(company, customer=MARCUS)
    third = active(company, customer=MARCUS, contacts=[KIANA, MARCUS], channels={"phone": 1})
    for key in (one, other):
        company.do("entitlement.set_default", entitlement=key)
    case(company, one, contact=MARCUS)
    case(company, third, contact=MARCUS)
    company.do("customer.merge", **{"from": KIANA, "into": "Marcus Lee"})
    listed = {e.id: e.is_default for e in company.do("entitlement.list", customer=MARCUS)}
    assert listed == {one: False, other: True, third: False}
    assert company.do("entitlement.get", entitlement=third).contact_names == ("Marcus Lee",)
    assert left(company, one) == (14, {})
    (entry,) = company.entries(kind="customer.merged")
    assert entry.payload["moved"]["entitlements"] == 1


def test_the_ledger_says_which_case_used_what(company: Any) -> None:
    key = active(company)
    made = case(company, key)
    company.do("case.cancel", case=made.id)
    entries = company.do("entitlement.ledger", entitlement=key)
    assert [(e.case_number, e.origin, e.amount) for e in entries] == [
        (made.number, "phone", -1),
        (made.number, "phone", 1),
    ]
    assert entitlements.used_by(company.desk.store, made.id) == {}
