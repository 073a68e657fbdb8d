"""Customers: made, changed, found, and merged with everything they have."""

from typing import Any

import pytest

from omnitui.model.actor import Actor
from omnitui.model.customer import Tier


def made(floor: Any, name: str = "Kiana Anderson", **given: Any) -> Any:
    return floor.do("customer.create", name=name, **given)


def test_a_customer_is_kept_as_given_but_clean(floor: Any) -> None:
    kiana = made(
        floor,
        "  Kiana\x1b[0m   Anderson ",
        email=" Kiana@Example.com ",
        phone="+47 555 01 022",
        company="Fjord\nLtd",
        tier="gold",
        account="20417",
        city="Halden",
        language="nb",
    )
    assert (kiana.name, kiana.company, kiana.tier) == ("Kiana Anderson", "Fjord Ltd", Tier.GOLD)
    assert [(a.channel, a.value, a.key) for a in kiana.addresses] == [
        ("email", "Kiana@Example.com", "email:kiana@example.com"),
        ("phone", "+47 555 01 022", "phone:+4755501022"),
    ]
    assert kiana.created_at == floor.clock.now()
    assert floor.entries(kind="customer.created")[0].customer_id == kiana.id


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"name": "  "}, "customer.name"),
        ({"name": "\u200b"}, "customer.name"),
        ({"email": "no at sign"}, "address.invalid"),
        ({"email": "KIANA@example.com"}, "address.taken"),
        ({"phone": "0047 555 01 022"}, "address.taken"),
        ({"account": "20417"}, "customer.account"),
        ({"account": " 20417 "}, "customer.account"),
        ({"tier": "wooden"}, "parameter.invalid"),
    ],
)
def test_what_cannot_be_a_customer_is_refused(floor: Any, given: dict[str, Any], code: str) -> None:
    made(floor, email="kiana@example.com", phone="+4755501022", account="20417")
    assert floor.refused("customer.create", **{"name": "Marcus Lee", **given}).code == code


def test_a_change_leaves_what_is_not_named(floor: Any) -> None:
    kiana = made(floor, city="Halden", company="Fjord")
    changed = floor.do("customer.update", customer=kiana.id, city="Sandvik", tier="silver")
    assert (changed.city, changed.tier, changed.company) == ("Sandvik", Tier.SILVER, "Fjord")
    assert floor.do("customer.update", customer=kiana.id, company="").company == ""
    assert floor.refused("customer.update", customer=kiana.id, name=" ").code == "customer.name"
    before = floor.desk.last_seq()
    floor.do("customer.update", customer=kiana.id)
    assert floor.desk.last_seq() == before


def test_a_new_name_shows_in_lists_and_is_found(floor: Any) -> None:
    kiana = made(floor, email="kiana@example.com")
    talk = floor.writes(channel="email", address="kiana@example.com")
    floor.do("customer.update", customer=kiana.id, name="Kiana Berg")
    assert floor.talk(talk).name == "Kiana Berg"
    assert [c.id for c in floor.do("customer.search", query="berg")] == [kiana.id]
    assert floor.do("customer.search", query="anderson") == []
    assert floor.do("customer.get", customer="kiana berg").id == kiana.id


def test_an_address_belongs_to_one_customer(floor: Any) -> None:
    kiana, marcus = made(floor), made(floor, "Marcus Lee")
    floor.do("customer.add_address", customer=kiana.id, channel="sms", address="+4755501022")
    given = {"customer": kiana.id, "channel": "phone", "address": "004755501022"}
    again = floor.do("customer.add_address", **given)
    assert len(again.addresses) == 1
    refusal = floor.refused(
        "customer.add_address", customer=marcus.id, channel="phone", address="+4755501022"
    )
    assert refusal.code == "address.taken"
    assert "Kiana Anderson" in refusal.message
    assert "Merge" in refusal.hint
    for channel, address in (("pigeon", "x"), ("chat", " "), ("email", "x")):
        floor.refused("customer.add_address", customer=kiana.id, channel=channel, address=address)


@pytest.mark.parametrize("typed", ["kian", "ANDERSON kiana", "20417", "hald", "fjord"])
def test_customers_are_found_by_beginnings_of_what_is_known(floor: Any, typed: str) -> None:
    kiana = made(floor, account="20417", city="Halden", company="Fjord")
    made(floor, "Marcus Lee")
    assert [c.id for c in floor.do("customer.search", query=typed)] == [kiana.id]


@pytest.fixture
def two(floor: Any, ada: Actor) -> tuple[int, int]:
    """A customer with a whole history, and another one."""
    old = made(
        floor,
        "K. Anderson",
        email="kiana@example.com",
        phone="+4755501022",
        account="20417",
        city="Halden",
    )
    floor.do("customer.update", customer=old.id, notes="Prefers mornings")
    talk = floor.serves(ada, channel="email", address="kiana@example.com")
    case = floor.do("case.create", ada, customer=old.id, title="Drops", origin="email")
    floor.do("conversation.link_case", ada, conversation=talk, case=case.id)
    floor.do("timeline.add", ada, customer=old.id, kind="task", title="Call back", case=case.id)
    floor.do("conversation.end", ada, conversation=talk)
    floor.do("conversation.close", ada, conversation=talk)
    return old.id, made(floor, "Kiana Anderson", email="kiana.a@example.com", tier="gold").id


def merged(floor: Any, two: tuple[int, int]) -> Any:
    return floor.do("customer.merge", **{"from": two[0], "into": two[1]})


def test_a_merge_carries_the_whole_history(floor: Any, two: tuple[int, int]) -> None:
    old, new = two
    before = [(row.kind, row.at) for row in floor.do("timeline.list", customer=old)]
    kiana = merged(floor, two)
    assert kiana.id == new
    assert {a.value for a in kiana.addresses} == {
        "kiana@example.com",
        "+4755501022",
        "kiana.a@example.com",
    }
    assert [(row.kind, row.at) for row in floor.do("timeline.list", customer=new)] == before
    assert [case.title for case in floor.do("case.list", customer=new)] == ["Drops"]
    assert floor.talk(1).customer_id == new
    assert floor.talk(1).name == "Kiana Anderson"
    (entry,) = floor.entries(kind="customer.merged")
    assert (entry.customer_id, entry.payload["merged"]) == (new, old)
    assert entry.payload["moved"] == {
        "addresses": 2,
        "cases": 1,
        "conversations": 1,
        "activities": 1,
    }


def test_a_merge_fills_what_the_survivor_lacked_and_overwrites_nothing(
    floor: Any, two: tuple[int, int]
) -> None:
    floor.do("customer.update", customer=two[1], notes="Has a dog", city="Sandvik")
    kiana = merged(floor, two)
    assert (kiana.name, kiana.tier, kiana.city) == ("Kiana Anderson", Tier.GOLD, "Sandvik")
    assert kiana.account == "20417"
    assert kiana.notes == "Has a dog\nPrefers mornings"


@pytest.mark.parametrize("key", ["key", "address", "account"])
def test_after_a_merge_the_old_keys_answer_with_the_survivor(
    floor: Any, two: tuple[int, int], key: str
) -> None:
    old, new = two
    merged(floor, two)
    named = {"key": old, "address": "kiana@example.com", "account": "20417"}[key]
    assert floor.do("customer.get", customer=named).id == new
    assert len(floor.do("timeline.list", customer=named)) == 3
    assert len(floor.do("case.list", customer=named)) == 1
    case = floor.do("case.create", customer=named, title="New", origin="chat")
    assert case.customer_id == new
    floor.do("customer.update", customer=named, city="Ormsund")
    floor.do("customer.add_address", customer=named, channel="chat", address="dev-9")
    floor.do("timeline.add", customer=named, kind="note", title="After")
    talk = floor.writes()
    floor.do("conversation.link_customer", conversation=talk, customer=named)
    found = floor.do("customer.get", customer=new)
    assert found.city == "Ormsund"
    assert "dev-9" in [address.value for address in found.addresses]
    assert floor.talk(talk).customer_id == new
    titles = {row.title for row in floor.do("timeline.list", customer=new)}
    assert titles >= {"After", "New", "chat", "Drops", "Call back"}


def test_merges_in_a_row_end_at_the_last(floor: Any, two: tuple[int, int]) -> None:
    old, new = two
    merged(floor, two)
    last = made(floor, "Kiana Last")
    floor.do("customer.merge", **{"from": old, "into": last.id})
    for key in (old, new, last.id):
        assert floor.do("customer.get", customer=key).id == last.id
    assert len(floor.do("timeline.list", customer=old)) == 3


def test_nobody_is_merged_into_themselves_also_not_by_a_detour(
    floor: Any, two: tuple[int, int]
) -> None:
    old, new = two
    assert floor.refused("customer.merge", **{"from": old, "into": old}).code == "customer.same"
    merged(floor, two)
    for pair in ((old, new), (new, old)):
        refusal = floor.refused("customer.merge", **{"from": pair[0], "into": pair[1]})
        assert refusal.code == "customer.same"


def test_who_writes_from_a_merged_customers_address_is_the_survivor(
    floor: Any, two: tuple[int, int]
) -> None:
    merged(floor, two)
    talk = floor.talk(floor.writes(channel="sms", address="+4755501022"))
    assert (talk.customer_id, talk.name) == (two[1], "Kiana Anderson")


def test_the_merged_customers_names_and_account_are_free_of_doubt(
    floor: Any, two: tuple[int, int]
) -> None:
    merged(floor, two)
    assert floor.refused("customer.get", customer="K. Anderson").code == "customer.unknown"
    assert floor.refused("customer.create", name="X", account="20417").code == "customer.account"
    assert [c.id for c in floor.do("customer.search", query="anderson")] == [two[1]]
