"""Merging two customers and undoing it: everything that moved comes back as it was."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from omnitui.model.actor import Actor
from properties import share

YEAR = {"starts": "2026-01-01", "ends": "2026-12-31"}
TOLD = ("journal", "merges", "looks", "sqlite_sequence", "undo")


def made(floor: Any, name: str, **more: Any) -> int:
    return int(floor.do("customer.create", name=name, **more).id)


def rows(floor: Any) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table, but for what only tells what was done."""
    store = floor.desk.store
    names = [
        row["name"]
        for row in store.rows("SELECT name FROM sqlite_master WHERE type = 'table'")
        if "_search" not in row["name"] and row["name"] not in TOLD
    ]
    return {
        name: sorted((tuple(row) for row in store.rows(f"SELECT * FROM {name}")), key=repr)
        for name in names
    }


def merge(floor: Any, one: Any, other: Any) -> Any:
    return floor.do("customer.merge", **{"from": one, "into": other})


@pytest.fixture
def two(floor: Any, ada: Actor) -> tuple[int, int]:
    """Two customers who both have a whole history, and entitlements that name each other."""
    keys = []
    for name, mail, account in (
        ("K. Anderson", "kiana@example.com", "20417"),
        ("Kiana Anderson", "k.a@example.com", ""),
    ):
        key = made(floor, name, email=mail, account=account, company="Fjord" if account else "")
        talk = floor.serves(ada, channel="email", address=mail)
        case = floor.do("case.create", ada, customer=key, title="Drops", origin="email")
        floor.do("conversation.link_case", ada, conversation=talk, case=case.id)
        floor.do("timeline.add", ada, customer=key, kind="task", title="Call", case=case.id)
        owed = floor.do("entitlement.create", customer=key, name="Yearly", total=9, **YEAR).id
        floor.do("entitlement.activate", entitlement=owed)
        floor.do("entitlement.set_default", entitlement=owed)
        floor.do("customer.update", customer=key, notes=f"Notes of {name}")
        keys.append(key)
    floor.do("case.create", customer=keys[1], title="For her", origin="chat", contact=keys[0])
    return keys[0], keys[1]


def test_undoing_a_merge_leaves_every_row_as_it_was(floor: Any, two: tuple[int, int]) -> None:
    before = rows(floor)
    merge(floor, *two)
    assert rows(floor) != before
    back = floor.do("customer.unmerge", customer=two[1])
    assert (back.id, back.name, back.merged_into) == (two[0], "K. Anderson", None)
    assert rows(floor) == before
    (entry,) = floor.entries(kind="customer.unmerged")
    assert (entry.customer_id, entry.payload["restored"]) == (two[1], two[0])
    assert entry.payload["moved"]["cases"] == 1
    assert floor.desk.store.problems() == []


def test_who_was_merged_can_be_named_to_undo_it(floor: Any, two: tuple[int, int]) -> None:
    merge(floor, *two)
    assert floor.do("customer.unmerge", customer="20417").id == two[0]
    assert floor.do("customer.get", customer="20417").id == two[0]


def test_what_is_new_stays_and_what_hangs_on_what_goes_back_goes_with_it(
    floor: Any, two: tuple[int, int], ada: Actor
) -> None:
    merge(floor, *two)
    floor.do("timeline.add", ada, customer=two[1], kind="note", title="New")
    floor.do("timeline.add", ada, customer=two[1], kind="note", title="About it", case="CAS-00001")
    floor.do("customer.add_address", customer=two[1], channel="sms", address="+4755501099")
    floor.do("customer.update", customer=two[1], city="Halden", notes="Said anew")
    floor.do("customer.unmerge", customer=two[1])
    titles = {
        key: {row.title for row in floor.do("timeline.list", customer=key, kinds="note")}
        for key in two
    }
    assert titles == {two[0]: {"About it"}, two[1]: {"New"}}
    old, new = (floor.do("customer.get", customer=key) for key in two)
    assert [a.value for a in old.addresses] == ["kiana@example.com"]
    assert [a.value for a in new.addresses] == ["k.a@example.com", "+4755501099"]
    assert (new.city, new.notes, new.company, new.account) == ("Halden", "Said anew", "", "")
    assert old.notes == "Notes of K. Anderson"


def test_a_new_name_of_the_survivor_is_not_given_to_who_is_there_again(
    floor: Any, two: tuple[int, int]
) -> None:
    merge(floor, *two)
    floor.do("customer.update", customer=two[1], name="Kiana Berg")
    floor.do("customer.unmerge", customer=two[1])
    assert [floor.talk(key).name for key in (1, 2)] == ["K. Anderson", "Kiana Berg"]


def test_what_somebody_else_has_by_now_stays_theirs(floor: Any, two: tuple[int, int]) -> None:
    merge(floor, *two)
    marcus = made(floor, "Marcus Lee")
    floor.do("conversation.link_customer", conversation=1, customer=marcus)
    floor.do("case.update", case="CAS-00001", customer=marcus)
    floor.do("customer.unmerge", customer=two[1])
    assert floor.talk(1).customer_id == marcus
    assert floor.do("case.get", case="CAS-00001").customer_id == marcus
    assert floor.talk(1).name == "Marcus Lee"


@pytest.mark.parametrize(
    ("done", "says"),
    [
        (("conversation.link_case", {"conversation": 1, "case": "CAS-00002"}), "CAS-00002"),
        (("conversation.link_case", {"conversation": 2, "case": "CAS-00001"}), "CAS-00001"),
        (("case.update", {"case": "CAS-00001", "entitlement": 2}), "Yearly"),
        (("case.update", {"case": "CAS-00002", "entitlement": 1}), "Yearly"),
    ],
)
def test_what_ties_the_two_together_is_said(
    floor: Any, two: tuple[int, int], done: tuple[str, dict[str, Any]], says: str
) -> None:
    merge(floor, *two)
    floor.do(done[0], **done[1])
    refusal = floor.refused("customer.unmerge", customer=two[1])
    assert refusal.code == "customer.unmerge"
    assert says in refusal.message
    (known,) = floor.do("customer.merges", customer=two[1])
    assert known.why_not in refusal.message


def test_untied_it_can_be_undone(floor: Any, two: tuple[int, int]) -> None:
    merge(floor, *two)
    floor.do("conversation.link_case", conversation=1, case="CAS-00002")
    floor.refused("customer.unmerge", customer=two[1])
    floor.do("conversation.unlink_case", conversation=1)
    assert floor.do("customer.unmerge", customer=two[1]).id == two[0]


def test_merges_are_undone_in_turn(floor: Any, two: tuple[int, int]) -> None:
    third = made(floor, "Third", email="third@example.com", company="Third Ltd")
    before = rows(floor)
    merge(floor, third, two[1])
    middle = rows(floor)
    merge(floor, two[0], two[1])
    known = floor.do("customer.merges", customer=two[1])
    assert [(m.customer_id, m.name) for m in known] == [(two[0], "K. Anderson"), (third, "Third")]
    assert known[0].why_not == ""
    assert "undo that first" in known[1].why_not
    assert floor.do("customer.unmerge", customer=two[1]).id == two[0]
    assert rows(floor) == middle
    assert floor.do("customer.unmerge", customer=two[1]).id == third
    assert rows(floor) == before


def test_a_chain_is_undone_from_its_end(floor: Any, two: tuple[int, int]) -> None:
    third = made(floor, "Third")
    before = rows(floor)
    merge(floor, *two)
    merge(floor, two[1], third)
    assert floor.do("customer.unmerge", customer=two[0]).id == two[1]
    assert floor.do("customer.unmerge", customer=two[0]).id == two[0]
    assert rows(floor) == before


def test_it_can_be_merged_again_the_other_way(floor: Any, two: tuple[int, int]) -> None:
    before = rows(floor)
    merge(floor, *two)
    floor.do("customer.unmerge", customer=two[1])
    merge(floor, two[1], two[0])
    assert floor.do("customer.get", customer=two[1]).id == two[0]
    floor.do("customer.unmerge", customer=two[0])
    assert rows(floor) == before


def test_where_there_is_nothing_to_undo_it_says_so(floor: Any, two: tuple[int, int]) -> None:
    refusal = floor.refused("customer.unmerge", customer=two[1])
    assert refusal.code == "customer.not_merged"
    assert "Kiana Anderson" in refusal.message
    floor.desk.store.execute("UPDATE customers SET merged_into = ? WHERE id = ?", two[::-1])
    refusal = floor.refused("customer.unmerge", customer=two[1])
    assert refusal.code == "customer.merge_not_kept"
    assert "K. Anderson" in refusal.message


DEEDS = st.lists(
    st.tuples(st.sampled_from("address case talk task owed note rename".split()), st.booleans()),
    max_size=10,
)


def do(floor: Any, deed: str, who: int, number: int) -> None:
    """Something that may happen to a customer."""
    if deed == "address":
        address = f"+47555{who:04d}{number:03d}"
        floor.do("customer.add_address", customer=who, channel="sms", address=address)
    elif deed == "case":
        given = {"title": f"Case {number}", "origin": "chat", "entitlement": "none"}
        floor.do("case.create", customer=who, **given)
    elif deed == "talk":
        talk = floor.writes(address=f"dev-{who}-{number}")
        linked = floor.do("conversation.link_customer", conversation=talk, customer=who)
        if linked.case_id is not None:
            # Taken to be about their only case, which may be one that came with the merge.
            floor.do("conversation.unlink_case", conversation=talk)
    elif deed in ("task", "note"):
        floor.do("timeline.add", customer=who, kind=deed, title=str(number))
    elif deed == "rename":
        floor.do("customer.update", customer=who, name=f"Name {number}", notes=f"n{number}")
    else:
        given = {"name": f"E{number}", "total": 9, **YEAR}
        owed = floor.do("entitlement.create", customer=who, **given).id
        floor.do("entitlement.activate", entitlement=owed)
        floor.do("entitlement.set_default", entitlement=owed)


@settings(max_examples=share(25))
@given(before=DEEDS, since=DEEDS)
def test_whatever_they_had_comes_back_and_whatever_is_new_stays(
    one_floor: Any, before: list[tuple[str, bool]], since: list[tuple[str, bool]]
) -> None:
    floor = one_floor
    pair = (made(floor, "One"), made(floor, "Other", city="Halden"))
    for number, (deed, first) in enumerate(before):
        do(floor, deed, pair[0 if first else 1], number)
    had = rows(floor)
    merge(floor, *pair)
    floor.do("customer.unmerge", customer=pair[1])
    assert rows(floor) == had
    merge(floor, *pair)
    for number, (deed, first) in enumerate(since, 100):
        do(floor, deed, pair[0 if first else 1], number)
    back = floor.do("customer.unmerge", customer=pair[1])
    now = rows(floor)
    for table in ("addresses", "cases", "conversations", "activities"):
        mine = [row for row in had[table] if pair[0] in row[:4]]
        assert set(mine) <= set(now[table]), table
    assert back.merged_into is None
    assert floor.desk.store.problems() == []
