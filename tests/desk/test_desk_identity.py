"""Who is writing: everything given must fit, and exactly one customer must fit it."""

import unicodedata
from typing import Any

import pytest

from omnitui.model.actor import Actor

PEOPLE = {
    "kiana": {"name": "Kiana Åse Anderson", "email": "kiana@example.com", "phone": "+4755501022"},
    "marcus": {"name": "Marcus Lee", "email": "marcus.lee@example.com", "phone": "+4755501023"},
    "sam": {"name": "Sam Same", "email": "sam@example.com"},
    "sam2": {"name": "Sam Same", "email": "sam2@example.com"},
}


@pytest.fixture
def people(floor: Any) -> dict[str, int]:
    made = {key: floor.do("customer.create", **given).id for key, given in PEOPLE.items()}
    floor.do("case.create", customer=made["kiana"], title="Drops", origin="phone")
    for title in ("Invoice", "Invoice again"):
        floor.do("case.create", customer=made["marcus"], title=title, origin="email")
    return made


@pytest.mark.parametrize(
    ("who", "channel", "address", "name", "context"),
    [
        ("kiana", "email", "Kiana@Example.com", "", {}),
        ("kiana", "phone", "0047 555 01 022", "", {}),
        ("kiana", "sms", "+47 55501022", "", {}),
        ("kiana", "email", "kiana@example.com", "kiana  åse ANDERSON", {}),
        ("kiana", "chat", "dev-1", "Kiana Åse Anderson", {}),
        ("kiana", "chat", "dev-1", unicodedata.normalize("NFD", "Kiana Åse Anderson"), {}),
        ("kiana", "chat", "dev-1", "", {"email": "kiana@example.com"}),
        ("kiana", "chat", "dev-1", "", {"phone": "+47 555 01 022"}),
        ("kiana", "chat", "dev-1", "", {"case_number": "cas-00001"}),
        ("kiana", "chat", "dev-1", "", {"name": "Kiana Åse Anderson", "case_number": "CAS-00001"}),
        (
            "kiana",
            "email",
            "kiana@example.com",
            "Kiana Åse Anderson",
            {"email": "kiana@example.com", "phone": "+4755501022", "case_number": "CAS-00001"},
        ),
        ("sam", "chat", "dev-1", "Sam Same", {"email": "sam@example.com"}),
        ("marcus", "email", "marcus.lee@example.com", "", {"phone": ""}),
        ("marcus", "email", "marcus.lee@example.com", "", {"phone": None, "colour": "red"}),
        (None, "chat", "dev-1", "", {}),
        (None, "chat", "dev-1", "Sam Same", {}),
        (None, "chat", "dev-1", "Nobody Known", {}),
        (None, "email", "new@example.com", "", {}),
        (None, "email", "new@example.com", "Kiana Åse Anderson", {}),
        (None, "email", "kiana@example.com", "Kiana Andersen", {}),
        (None, "email", "kiana@example.com", "Marcus Lee", {}),
        (None, "email", "kiana@example.com", "", {"phone": "+4755501023"}),
        (None, "email", "kiana@example.com", "", {"phone": "+4755509999"}),
        (None, "email", "kiana@example.com", "", {"case_number": "CAS-00002"}),
        (None, "email", "kiana@example.com", "", {"case_number": "CAS-99999"}),
        (None, "sms", "+4755501022", "", {"email": "marcus.lee@example.com"}),
    ],
)
def test_a_customer_is_known_when_all_that_was_given_fits_exactly_one(
    floor: Any,
    people: dict[str, int],
    who: str | None,
    channel: str,
    address: str,
    name: str,
    context: dict[str, Any],
) -> None:
    talk = floor.talk(floor.writes(channel=channel, address=address, name=name, context=context))
    assert talk.customer_id == (people[who] if who else None)
    assert talk.name == (PEOPLE[who]["name"] if who else "Visitor 1001")
    assert talk.match_reason
    assert talk.match_reason.startswith("Identified by") is bool(who)


def test_a_device_that_a_customer_has_speaks_for_them(floor: Any, people: dict[str, int]) -> None:
    floor.do("customer.add_address", customer=people["kiana"], channel="chat", address="dev-7")
    assert floor.talk(floor.writes(address="dev-7")).customer_id == people["kiana"]
    other = floor.writes(channel="chat", address="dev-7", name="Marcus Lee")
    assert floor.talk(other).customer_id == people["kiana"]


def test_exactly_one_active_case_is_linked_with_its_customer(
    floor: Any, people: dict[str, int]
) -> None:
    kiana = floor.talk(floor.writes(channel="email", address="kiana@example.com"))
    assert floor.do("case.get", case=kiana.case_id).title == "Drops"
    marcus = floor.talk(floor.writes(channel="email", address="marcus.lee@example.com"))
    assert marcus.case_id is None
    floor.do("case.cancel", case="CAS-00002")
    floor.do("conversation.close", conversation=marcus.id)
    again = floor.talk(floor.writes(channel="email", address="marcus.lee@example.com"))
    assert floor.do("case.get", case=again.case_id).number == "CAS-00003"
    sam = floor.talk(floor.writes(channel="email", address="sam@example.com"))
    assert sam.case_id is None


def test_suggestions_say_who_fits_in_part_and_why(floor: Any, people: dict[str, int]) -> None:
    talk = floor.writes(context={"email": "kiana@example.com", "phone": "+4755501023"})
    found = floor.do("conversation.suggest_customers", conversation=talk)
    assert {s.customer_id for s in found} == {people["kiana"], people["marcus"]}
    assert all(suggestion.because for suggestion in found)


def test_linking_keeps_the_address_so_that_the_next_time_they_are_known(
    floor: Any, people: dict[str, int], ada: Actor
) -> None:
    talk = floor.writes(address="dev-5")
    linked = floor.do(
        "conversation.link_customer", ada, conversation=talk, customer="kiana@example.com"
    )
    assert (linked.customer_id, linked.name) == (people["kiana"], "Kiana Åse Anderson")
    assert floor.do("case.get", case=linked.case_id).title == "Drops"
    floor.do("conversation.customer_left", conversation=talk)
    assert floor.talk(floor.writes(address="dev-5")).customer_id == people["kiana"]


def test_linking_somebody_elses_address_leaves_it_theirs(
    floor: Any, people: dict[str, int], ada: Actor
) -> None:
    talk = floor.writes(channel="email", address="kiana@example.com")
    floor.do("conversation.link_customer", ada, conversation=talk, customer=people["marcus"])
    assert floor.talk(talk).customer_id == people["marcus"]
    kiana = floor.do("customer.get", customer=people["kiana"])
    assert "kiana@example.com" in [address.value for address in kiana.addresses]


def test_linking_another_customer_parts_the_case_of_the_first(
    floor: Any, people: dict[str, int], ada: Actor
) -> None:
    talk = floor.writes(channel="email", address="kiana@example.com")
    linked = floor.do("conversation.link_customer", ada, conversation=talk, customer=people["sam"])
    assert linked.case_id is None


def test_a_merged_customer_is_nobody_to_match(floor: Any, people: dict[str, int]) -> None:
    floor.do("customer.merge", **{"from": people["sam2"], "into": people["sam"]})
    talk = floor.talk(floor.writes(address="dev-1", name="Sam Same"))
    assert talk.customer_id == people["sam"]
    mail = floor.talk(floor.writes(channel="email", address="sam2@example.com"))
    assert mail.customer_id == people["sam"]
