"""Taking back what was edited of a customer or a case: all of it, or nothing with the reason."""

from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from owed import KIANA, MARCUS, active, case, left, settle_in

from omnitui.model.actor import Actor
from omnitui.model.case import CaseReason
from omnitui.model.errors import Refused
from properties import share

FIELDS = ("name", "company", "city", "notes", "account", "plan", "device")
MAILS = ("a@example.com", "b@example.com", "c@example.com")


@pytest.fixture
def company(floor: Any) -> Any:
    settle_in(floor)
    return floor


def known(floor: Any, customer: Any) -> tuple[Any, ...]:
    """Everything that can be edited of a customer, and which rows of addresses hold it."""
    one = floor.do("customer.get", customer=customer)
    query = "SELECT id, channel, value, key FROM addresses WHERE customer_id = ? ORDER BY id"
    return one, [tuple(row) for row in floor.desk.store.rows(query, (one.id,))]


def test_an_edit_of_a_customer_is_taken_back_in_one(company: Any, ada: Actor) -> None:
    talk = company.serves(ada, channel="email", address=KIANA)
    before = known(company, KIANA)
    company.do(
        "customer.update",
        ada,
        customer=KIANA,
        name="Kiana Berg",
        tier="gold",
        notes="Has a dog",
        change_addresses={KIANA: "kiana@fjord.example"},
        add_addresses=["sms: +47 555 01 022"],
    )
    assert company.talk(talk).name == "Kiana Berg"
    what = company.do("undo.what", ada)
    assert (what.what, what.why_not) == ("changed the details of Kiana Berg", "")
    assert company.do("undo.last", ada).what == what.what
    assert known(company, KIANA) == before
    assert company.talk(talk).name == "Kiana Anderson"
    found = company.do("customer.search", query="fjord")
    assert found == []
    assert company.desk.store.problems() == []


def test_an_address_alone_is_taken_back(company: Any, ada: Actor) -> None:
    before = known(company, KIANA)
    for verb, more in (
        ("customer.add_address", {"channel": "sms", "address": "+4755501022"}),
        ("customer.change_address", {"address": KIANA, "to": "k@example.com"}),
        ("customer.remove_address", {"address": KIANA}),
    ):
        company.do(verb, ada, customer=before[0].id, **more)
        assert known(company, before[0].id) != before
        company.do("undo.last", ada)
        assert known(company, before[0].id) == before


def test_what_changes_nothing_is_nothing_to_take_back(company: Any, ada: Actor) -> None:
    company.do("customer.update", ada, customer=KIANA, name="Kiana Anderson", city="")
    one = case(company)
    company.do("case.update", ada, case=one.id, title=one.title)
    assert company.do("undo.what", ada) is None


def test_what_others_have_changed_since_stays(company: Any, ada: Actor) -> None:
    company.do("customer.update", ada, customer=KIANA, city="Halden", plan="Fibre 500")
    company.do("customer.update", customer=KIANA, city="Oslo")
    after = known(company, KIANA)
    why = "the details of Kiana Anderson have been changed since"
    assert company.do("undo.what", ada).why_not == why
    refusal = company.refused("undo.last", ada)
    assert (refusal.code, why in refusal.message) == ("undo.changed", True)
    assert known(company, KIANA) == after


def test_another_field_changed_since_is_not_in_the_way(company: Any, ada: Actor) -> None:
    company.do("customer.update", ada, customer=KIANA, city="Halden")
    company.do("customer.update", customer=KIANA, plan="Fibre 500")
    company.do("undo.last", ada)
    one = company.do("customer.get", customer=KIANA)
    assert (one.city, one.plan) == ("", "Fibre 500")


def test_what_belongs_to_somebody_else_by_now_is_in_the_way(company: Any, ada: Actor) -> None:
    kiana = company.do("customer.update", customer=KIANA, account="20417").id
    company.do("customer.update", ada, customer=kiana, account="", change_addresses={KIANA: ""})
    company.do("customer.add_address", customer=MARCUS, channel="email", address=KIANA)
    assert company.do("undo.what", ada).why_not == f"{KIANA} belongs to Marcus Lee now"
    company.do("customer.update", customer=MARCUS, account="20417")
    why = "account 20417 belongs to Marcus Lee now"
    assert company.do("undo.what", ada).why_not == why
    company.do("customer.merge", **{"from": kiana, "into": MARCUS})
    assert company.do("undo.what", ada).why_not == "they were merged into Marcus Lee since"


def test_an_edit_of_a_case_is_taken_back_in_one(company: Any, ada: Actor) -> None:
    one = case(company)
    edits = {"title": "Router", "priority": "high", "owner": "ada", "reason": "on_hold"}
    company.do("case.update", ada, case=one.id, **edits)
    assert company.do("undo.what", ada).what == f"changed {one.number}"
    company.do("undo.last", ada)
    back = company.do("case.get", case=one.id)
    assert (back.title, back.priority, back.owner_id, back.reason) == (
        one.title,
        one.priority,
        one.owner_id,
        CaseReason.IN_PROGRESS,
    )
    assert company.do("undo.what", ada) is None


def test_terms_move_back_with_the_case(company: Any, ada: Actor) -> None:
    gold = active(company)
    one = case(company)
    company.do("case.update", ada, case=one.id, entitlement=gold)
    assert left(company, gold)[0] == 14
    company.do("undo.last", ada)
    assert left(company, gold)[0] == 15
    assert company.do("case.get", case=one.id).entitlement_id is None


def test_a_case_that_went_on_stays_as_it_is(company: Any, ada: Actor) -> None:
    one = case(company)
    company.do("case.update", ada, case=one.id, title="Router", product="Fibre")
    company.do("case.update", case=one.id, title="Modem")
    assert company.do("undo.what", ada).why_not == f"{one.number} has been changed since"
    company.do("case.update", case=one.id, title="Router")
    assert company.do("undo.what", ada).why_not == ""
    company.do("case.resolve", case=one.id, resolution="Done")
    assert company.do("undo.what", ada).why_not == f"{one.number} is resolved now"
    assert company.refused("undo.last", ada).code == "undo.changed"


def test_a_case_that_went_to_another_customer_comes_back_with_all_of_it(
    company: Any, ada: Actor
) -> None:
    gold, silver = active(company), active(company, name="Silver")
    one, part = case(company, entitlement=gold), case(company, entitlement=silver)
    company.do("timeline.add", customer=KIANA, kind="note", title="Rang", case=one.id)
    company.do("case.merge", cases=[part.id], into=one.id)
    before = every_case(company)
    company.do("case.update", ada, case=one.id, customer=MARCUS, title="Theirs")
    assert company.do("undo.what", ada).what == f"moved {one.number} to Marcus Lee"
    company.do("timeline.add", customer=MARCUS, kind="note", title="Since", case=one.id)
    company.do("undo.last", ada)
    assert every_case(company) == before
    assert left(company, gold)[0] == 14
    written = company.do("timeline.list", customer=KIANA, case=one.id, kinds=["note"])
    assert [row.title for row in written] == ["Since", "Rang"]
    company.do("case.unmerge", case=one.id)
    assert left(company, silver)[0] == 14


def every_case(company: Any) -> list[dict[str, Any]]:
    rows = company.desk.store.rows("SELECT * FROM cases ORDER BY id")
    return [{name: row[name] for name in dict(row) if name != "updated_at"} for row in rows]


def test_a_case_that_is_needed_where_it_went_stays_there(company: Any, ada: Actor) -> None:
    one = case(company)
    company.do("case.update", ada, case=one.id, customer=MARCUS)
    talk = company.writes(channel="email", address=MARCUS)
    company.do("conversation.link_case", conversation=talk, case=one.id)
    why = f"a conversation with its customer has {one.number} now"
    assert company.do("undo.what", ada).why_not == why
    assert company.refused("undo.last", ada).code == "undo.changed"


@settings(max_examples=share(40), deadline=None)
@given(
    st.lists(
        st.tuples(
            st.dictionaries(st.sampled_from(FIELDS), st.text("abé ", min_size=1), max_size=3),
            st.dictionaries(st.sampled_from(MAILS), st.sampled_from(("", *MAILS)), max_size=2),
            st.lists(st.sampled_from(MAILS), max_size=2),
        ),
        max_size=4,
    )
)
def test_taken_back_one_by_one_everything_is_as_it_was(one_floor: Any, edits: list[Any]) -> None:
    ada = one_floor.hire(f"agent{one_floor.desk.last_seq()}")
    kiana = one_floor.do("customer.create", name="Kiana").id
    stood = [known(one_floor, kiana)]
    for fields, changes, added in edits:
        own = {value for _id, _channel, value, _key in stood[-1][1]}
        fields["change_addresses"] = {old: to for old, to in changes.items() if old in own}
        with suppress(Refused):
            values = {**fields, "add_addresses": added}
            one_floor.do("customer.update", ada, customer=kiana, **values)
        if known(one_floor, kiana) != stood[-1]:
            stood.append(known(one_floor, kiana))
    while len(stood) > 1:
        assert known(one_floor, kiana) == stood.pop()
        one_floor.do("undo.last", ada)
    assert known(one_floor, kiana) == stood.pop()
    assert one_floor.do("undo.what", ada) is None
