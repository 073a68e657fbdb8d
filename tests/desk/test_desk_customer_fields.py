"""What is known of a customer, changed field by field; addresses stay with whose they are."""

from typing import Any

import pytest
from test_desk_records import exported, import_text


@pytest.fixture
def kiana(floor: Any) -> int:
    return made(floor, "Kiana Anderson", email="kiana@example.com", phone="+4755501022")


def made(floor: Any, name: str, **given: Any) -> int:
    return int(floor.do("customer.create", name=name, **given).id)


def addresses(floor: Any, customer: int) -> list[str]:
    return [a.value for a in floor.do("customer.get", customer=customer).addresses]


def test_every_field_can_be_changed(floor: Any, kiana: int) -> None:
    fields = {
        "name": "Kiana Berg",
        "company": "Fjord",
        "tier": "gold",
        "language": "nb",
        "city": "Halden",
        "notes": "Has a dog",
        "account": "20417",
        "since": "2019-04-01",
        "plan": "Fibre 500",
        "device": "Router 6",
        "title": "Head of network operations",
    }
    changed = floor.do("customer.update", customer=kiana, **fields)
    assert {name: getattr(changed, name) for name in fields} == fields
    emptied = floor.do("customer.update", customer=kiana, account="", since="")
    assert (emptied.account, emptied.since, emptied.plan) == ("", "", "Fibre 500")


def test_an_account_is_one_customers(floor: Any, kiana: int) -> None:
    made(floor, "Marcus Lee", account="20417")
    refusal = floor.refused("customer.update", customer=kiana, account=" 20417 ")
    assert refusal.code == "customer.account"
    assert "Marcus Lee" in refusal.message
    floor.do("customer.update", customer="20417", account="20417", city="Oslo")


def test_what_is_no_day_is_refused(floor: Any, kiana: int) -> None:
    refusal = floor.refused("customer.update", customer=kiana, since="last spring", city="Oslo")
    assert refusal.code == "customer.since"
    assert floor.do("customer.get", customer=kiana).city == ""


def test_an_address_is_written_anew_where_it_stands(floor: Any, kiana: int) -> None:
    given = {"customer": kiana, "address": "KIANA@example.com", "to": "Kiana@Fjord.example"}
    floor.do("customer.change_address", **given)
    assert addresses(floor, kiana) == ["Kiana@Fjord.example", "+4755501022"]
    talk = floor.writes(channel="email", address="kiana@fjord.example")
    assert floor.talk(talk).customer_id == kiana
    old = floor.writes(channel="email", address="kiana@example.com")
    assert floor.talk(old).customer_id is None
    before = len(floor.entries(kind="customer.address_changed"))
    same = {"customer": kiana, "address": "0047 555 01 022", "to": "+4755501022"}
    floor.do("customer.change_address", **same)
    assert len(floor.entries(kind="customer.address_changed")) == before == 1


def test_no_address_of_somebody_else_is_taken(floor: Any, kiana: int) -> None:
    made(floor, "Marcus Lee", email="marcus@example.com")
    given = {"customer": kiana, "address": "kiana@example.com"}
    refusal = floor.refused("customer.change_address", **given, to="Marcus@example.com")
    assert refusal.code == "address.taken"
    assert "Marcus Lee" in refusal.message
    assert floor.refused("customer.change_address", **given, to="x").code == "address.invalid"
    floor.do("customer.add_address", customer=kiana, channel="email", address="k@example.com")
    assert floor.refused("customer.change_address", **given, to="k@example.com").code == (
        "address.twice"
    )


def test_an_address_is_forgotten(floor: Any, kiana: int) -> None:
    floor.do("customer.remove_address", customer=kiana, address="0047 555 01 022")
    assert addresses(floor, kiana) == ["kiana@example.com"]
    assert floor.talk(floor.writes(channel="sms", address="+4755501022")).customer_id is None
    marcus = made(floor, "Marcus Lee", phone="+4755501022")
    assert addresses(floor, marcus) == ["+4755501022"]
    for name, more in (("remove_address", {}), ("change_address", {"to": "a@b.example"})):
        refusal = floor.refused(
            f"customer.{name}", customer=kiana, address="marcus@example.com", **more
        )
        assert refusal.code == "address.unknown"
        assert "kiana@example.com" in refusal.hint


def test_one_of_several_that_are_alike_is_named_by_its_channel(floor: Any, kiana: int) -> None:
    for channel in ("chat", "portal"):
        if channel == "portal":
            floor.do("channel.create", key="portal", label="Portal")
        floor.do("customer.add_address", customer=kiana, channel=channel, address="kiana")
    refusal = floor.refused("customer.remove_address", customer=kiana, address="kiana")
    assert refusal.code == "address.ambiguous"
    assert "chat and portal" in refusal.message
    left = floor.do("customer.remove_address", customer=kiana, address="kiana", channel="chat")
    assert [a.channel for a in left.addresses] == ["email", "phone", "portal"]


def test_customers_of_one_company_are_listed(floor: Any, kiana: int) -> None:
    others = [made(floor, f"Person {number}", company="Fjord Ltd") for number in range(4)]
    floor.do("customer.update", customer=kiana, company="FJORD ltd")
    made(floor, "Marcus Lee", company="Other")
    ids = [c.id for c in floor.do("customer.list", company="fjord  ltd")]
    assert ids == [*reversed(others), kiana]
    first = floor.do("customer.list", company="Fjord Ltd", limit=3)
    rest = floor.do("customer.list", company="Fjord Ltd", before=first[-1].id, limit=3)
    assert [c.id for c in (*first, *rest)] == ids
    assert [c.id for c in floor.do("customer.colleagues", customer=kiana)] == ids[:-1]
    assert [c.id for c in floor.do("customer.colleagues", customer=others[3], limit=2)] == ids[1:3]
    floor.do("customer.merge", **{"from": others[0], "into": others[1]})
    assert len(floor.do("customer.list", company="Fjord Ltd")) == 4
    assert len(floor.do("customer.list")) == 5


def test_who_has_no_company_has_no_colleagues(floor: Any, kiana: int) -> None:
    made(floor, "Marcus Lee")
    assert floor.do("customer.colleagues", customer=kiana) == []


def test_a_company_is_found_by_its_index(floor: Any) -> None:
    plan = floor.desk.store.rows(
        "EXPLAIN QUERY PLAN SELECT id FROM customers WHERE company = 'x' COLLATE NOCASE"
        " AND company <> '' AND merged_into IS NULL AND id < 9 ORDER BY id DESC LIMIT 5"
    )
    assert "customers_company" in plan[0]["detail"]


def test_addresses_are_changed_together_with_the_fields(floor: Any, kiana: int) -> None:
    changed = {"email: kiana@example.com": "k@fjord.example", "+4755501022": ""}
    floor.do(
        "customer.update",
        customer=kiana,
        city="Halden",
        change_addresses=changed,
        add_addresses=["sms: 555 09 99", "k2@fjord.example"],
    )
    found = floor.do("customer.get", customer=kiana)
    assert found.city == "Halden"
    assert sorted((a.channel, a.value) for a in found.addresses) == [
        ("email", "k2@fjord.example"),
        ("email", "k@fjord.example"),
        ("sms", "555 09 99"),
    ]


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"add_addresses": ["somewhere"]}, "address.channel"),
        ({"add_addresses": ["sms: 1 22 33 44", "marcus@example.com"]}, "address.taken"),
        ({"change_addresses": {"gone@example.com": "x@example.com"}}, "address.unknown"),
        ({"change_addresses": {"kiana@example.com": "marcus@example.com"}}, "address.taken"),
    ],
)
def test_one_address_that_is_refused_leaves_everything_as_it_was(
    floor: Any, kiana: int, given: dict[str, Any], code: str
) -> None:
    made(floor, "Marcus Lee", email="marcus@example.com")
    before = floor.do("customer.get", customer=kiana)
    assert floor.refused("customer.update", customer=kiana, city="Moss", **given).code == code
    assert floor.do("customer.get", customer=kiana) == before


def test_a_name_is_refused_rather_than_cut(floor: Any) -> None:
    for name, code in (("x" * 201, "customer.name"), (" \n ", "customer.name")):
        refusal = floor.refused("customer.create", name=name)
        assert (refusal.code, bool(refusal.hint)) == (code, True)
    who = floor.do("customer.create", name="x" * 200).id
    assert floor.refused("customer.update", customer=who, name="y" * 201).code == "customer.name"
    assert floor.do("customer.get", customer=who).name == "x" * 200


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"phone": "abc"}, "address.invalid"),
        ({"phone": "12"}, "address.invalid"),
        ({"email": "a@b@c"}, "address.invalid"),
        ({"email": "a b@c"}, "address.invalid"),
        ({"email": "@c"}, "address.invalid"),
        ({"account": "ACC-1"}, "customer.account"),
    ],
)
def test_what_cannot_be_somebodys_is_refused(floor: Any, given: dict[str, Any], code: str) -> None:
    floor.do("customer.create", name="Bob", account="acc-1")
    refusal = floor.refused("customer.create", name="Ann", **given)
    assert (refusal.code, bool(refusal.hint)) == (code, True)
    assert [c.name for c in floor.do("customer.list")] == ["Bob"]


def test_nobody_is_without_a_language(floor: Any) -> None:
    who = floor.do("customer.create", name="Ann", language="")
    assert who.language == "en"
    refusal = floor.refused("customer.update", customer=who.id, language=" ")
    assert refusal.code == "customer.language"


@pytest.mark.parametrize("header", ["title", "Job title", "Position", "ROLE", "job"])
def test_a_job_title_comes_from_a_table_by_any_of_its_names(floor: Any, header: str) -> None:
    text = f"name,account,{header}\nKiana Anderson,20417,Head of IT\n"
    done, problems = import_text(floor, "customers", text)
    assert (done.created, problems) == (1, [])
    assert floor.do("customer.get", customer="20417").title == "Head of IT"
    assert ",Head of IT," in exported(floor, "customers")


def test_a_job_title_has_120_letters_at_most(floor: Any, kiana: int) -> None:
    floor.do("customer.update", customer=kiana, title="x" * 120)
    assert floor.do("customer.get", customer=kiana).title == "x" * 120
    floor.do("customer.update", customer=kiana, title="  Head \n of " + "x" * 150)
    kept = floor.do("customer.get", customer=kiana).title
    assert (len(kept), kept[:9], kept[-1]) == (120, "Head of x", "…")
    done, problems = import_text(floor, "customers", f"name,title\nNora,{'x' * 121}\n")
    assert problems == ["line 2, title: it has 121 characters; 120 is the most"]
    assert not done.written


def test_undoing_a_merge_of_an_earlier_version_leaves_a_job_title_alone(floor: Any) -> None:
    one, other = made(floor, "K. Anderson", city="Oslo"), made(floor, "Kiana Anderson")
    floor.do("customer.merge", **{"from": one, "into": other})
    for part in ("target", "filled"):
        floor.desk.store.execute(f"UPDATE merges SET kept = json_remove(kept, '$.{part}.title')")
    floor.do("customer.update", customer=other, title="Head of IT")
    floor.do("customer.unmerge", customer=other)
    now = floor.do("customer.get", customer=other)
    assert (now.title, now.city) == ("Head of IT", "")
