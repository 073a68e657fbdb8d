"""Who an unknown visitor might be: slips, other ways to write a number, and colleagues."""

from typing import Any

import pytest

from omnitui.model.channel import AddressKind
from omnitui.store import customers


@pytest.fixture
def people(floor: Any) -> dict[str, int]:
    def made(name: str, **given: Any) -> int:
        return int(floor.do("customer.create", name=name, **given).id)

    return {
        "kiana": made("Kiana Anderson", email="kiana@fjord.example", phone="+4755501022"),
        "colleague": made("Pat Olsen", email="pat@firm.example", company="Firm Ltd"),
        "public": made("Sam Same", email="sam@gmail.com", company="Firm Ltd"),
        "ase": made("Åse Lund"),
        **{f"other{n}": made(f"Anders Person{n}") for n in range(20)},
    }


def suggested(floor: Any, *, channel: str = "chat", address: str = "dev-1", **told: Any) -> Any:
    talk = floor.writes(channel=channel, address=address, context=told)
    names = floor.do("conversation.suggest_customers", conversation=talk)
    return [(s.customer_id, s.because) for s in names]


@pytest.mark.parametrize(
    ("told", "who", "because"),
    [
        ({"name": "Kaina Andersen"}, "kiana", "similar name"),
        ({"name": "K. Anderson"}, "kiana", "initials of the name"),
        ({"name": "Anderson, Kiana"}, "kiana", "same name written differently"),
        ({"name": "ase  lund"}, "ase", "same name written differently"),
        ({"name": "Kiana"}, "kiana", "part of the name"),
        ({"phone": "555 01 022"}, "kiana", "same phone written differently"),
        (
            {"phone": "0555 01 022", "name": "Kiana Andersson"},
            "kiana",
            "same phone written differently, similar name",
        ),
        ({"email": "boss@firm.example"}, "colleague", "e-mail at Firm Ltd"),
    ],
)
def test_the_best_suggestion_says_why(
    floor: Any, people: dict[str, int], told: dict[str, str], who: str, because: str
) -> None:
    found = suggested(floor, **told)
    assert found[0][0] == people[who]
    assert all(part in found[0][1] for part in because.split(", "))


@pytest.mark.parametrize(
    "told",
    [
        {"name": "Zoltan Xavier"},
        {"email": "who@gmail.com"},
        {"phone": "01022"},
        {"name": '" OR *'},
        {"name": "{name} : NEAR(a b"},
        {},
    ],
)
def test_where_nobody_is_like_it_nobody_is_suggested(
    floor: Any, people: dict[str, int], told: dict[str, str]
) -> None:
    assert suggested(floor, **told) == []


def test_an_address_speaks_without_being_told(floor: Any, people: dict[str, int]) -> None:
    assert suggested(floor, channel="sms", address="55501022")[0] == (
        people["kiana"],
        "same phone written differently",
    )
    assert (
        suggested(floor, channel="email", address="boss@firm.example")[0][0]
        == (people["colleague"])
    )


def test_the_name_that_came_with_the_words_is_remembered(
    floor: Any, people: dict[str, int]
) -> None:
    talk = floor.writes(name="Kianna Anderson")
    (first, *_) = floor.do("conversation.suggest_customers", conversation=talk)
    assert first.customer_id == people["kiana"]


def test_at_most_eight_are_suggested(floor: Any, people: dict[str, int]) -> None:
    assert len(suggested(floor, name="Anders Person")) == 8


def test_who_was_merged_away_is_not_suggested(floor: Any, people: dict[str, int]) -> None:
    floor.do("customer.merge", **{"from": people["kiana"], "into": people["ase"]})
    assert [who for who, _ in suggested(floor, phone="555 01 022")] == [people["ase"]]
    assert people["kiana"] not in [who for who, _ in suggested(floor, name="Kiana Andersen")]


def test_numbers_and_domains_are_found_by_their_indexes(floor: Any) -> None:
    for where, index in (
        ("substr(key, -7) = '5501022'", "addresses_end"),
        (
            f"{customers.of_kind(AddressKind.EMAIL)} AND substr(key, instr(key, '@')) = '@x'",
            "addresses_domain",
        ),
    ):
        query = f"EXPLAIN QUERY PLAN SELECT customer_id FROM addresses WHERE {where}"
        assert index in floor.desk.store.rows(query)[0]["detail"]
