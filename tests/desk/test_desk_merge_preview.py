"""What a merge of two customers would do, said before; and who may be in the books twice."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from omnitui.model.actor import Actor
from properties import share

FIELDS = ("company", "account", "city", "since", "plan", "device", "notes", "language")
SOME = {
    "company": "Fjord",
    "account": "20417",
    "city": "Halden",
    "since": "2021-04-01",
    "plan": "Fibre 500",
    "device": "Router 6",
    "notes": "Has a dog",
    "language": "nb",
}
OTHER = {
    "company": "Skerry",
    "account": "20988",
    "city": "Moss",
    "since": "2019-01-01",
    "plan": "Fibre 100",
    "device": "Router 5",
    "notes": "Rings on Mondays",
    "language": "en",
}


def made(floor: Any, name: str, **more: Any) -> int:
    return int(floor.do("customer.create", name=name, **more).id)


def preview(floor: Any, one: int, other: int) -> Any:
    return floor.do("customer.merge_preview", **{"from": one, "into": other})


def merge(floor: Any, one: int, other: int) -> Any:
    return floor.do("customer.merge", **{"from": one, "into": other})


@settings(max_examples=share(15))
@given(st.sets(st.sampled_from(FIELDS)), st.sets(st.sampled_from(FIELDS)))
def test_the_survivor_becomes_what_was_foretold(
    one_floor: Any, one_has: set[str], other_has: set[str]
) -> None:
    floor = one_floor
    one, other = made(floor, "K. Anderson"), made(floor, "Kiana Anderson")
    for key, has, values in ((one, one_has, SOME), (other, other_has, OTHER)):
        given = {name: values[name] for name in sorted(has)}
        if "account" in given:
            given["account"] = f"A{key}"
        floor.do("customer.update", customer=key, **given)
    foretold = preview(floor, one, other)
    assert (foretold.from_.id, foretold.into.id) == (one, other)
    survivor = merge(floor, one, other)
    for field in foretold.fields:
        assert str(getattr(survivor, field.field)) == field.becomes


def test_what_moves_is_counted(floor: Any, ada: Actor) -> None:
    one = made(floor, "K. Anderson", email="kiana@example.com", phone="+4755501022")
    other = made(floor, "Kiana Anderson", email="k@example.com")
    talk = floor.serves(ada, channel="email", address="kiana@example.com")
    floor.do("case.create", ada, customer=one, title="Drops", origin="email")
    floor.do("timeline.add", ada, customer=one, kind="task", title="Call")
    year = {"starts": "2026-01-01", "ends": "2026-12-31"}
    floor.do("entitlement.create", customer=one, name="Yearly", total=9, **year)
    foretold = preview(floor, one, other)
    assert foretold.moves == {
        "addresses": 2,
        "cases": 1,
        "conversations": 1,
        "activities": foretold.moves["activities"],
        "entitlements": 1,
    }
    before = len(floor.do("customer.get", customer=other).addresses)
    merge(floor, one, other)
    assert len(floor.do("customer.get", customer=other).addresses) == before + 2
    assert floor.talk(talk).customer_id == other
    (entry,) = floor.entries(kind="customer.merged")
    assert entry.payload["moved"] == foretold.moves


def test_nobody_is_merged_into_themselves(floor: Any) -> None:
    one = made(floor, "K. Anderson")
    assert preview_refused(floor, one, one) == "customer.same"


def preview_refused(floor: Any, one: int, other: int) -> str:
    refusal = floor.refused("customer.merge_preview", **{"from": one, "into": other})
    return str(refusal.code)


def test_looking_changes_nothing(floor: Any) -> None:
    one, other = made(floor, "K. Anderson"), made(floor, "Kiana Anderson")
    entries = len(floor.entries())
    preview(floor, one, other)
    assert len(floor.entries()) == entries
    assert floor.do("customer.get", customer=one).id == one


def test_who_may_be_there_twice_is_told_with_what_speaks_for_it(floor: Any) -> None:
    kiana = made(floor, "Kiana Anderson", email="kiana@example.com", phone="+47 555 01 022")
    twins = {
        made(floor, "Kiana Anderson", email="x@example.com"): "same name",
        made(floor, "K. Anderson"): "initials of the name",
        made(floor, "Somebody Else", phone="555 01 022"): "same phone written differently",
        made(floor, "Nobody", email="kiana@fjord.example"): "kiana@ elsewhere",
    }
    made(floor, "Marcus Lee", email="marcus@example.com")
    found = floor.do("customer.duplicates", customer=kiana)
    assert {one.customer_id: one.because for one in found} == twins
    gone = next(iter(twins))
    merge(floor, gone, kiana)
    left = floor.do("customer.duplicates", customer=kiana)
    assert gone not in {one.customer_id for one in left}


def test_the_last_merge_is_taken_back_with_the_last_thing_done(floor: Any, ada: Actor) -> None:
    one, other = made(floor, "K. Anderson"), made(floor, "Kiana Anderson")
    floor.do("customer.merge", ada, **{"from": one, "into": other})
    assert floor.do("undo.what", ada).what == "merged K. Anderson into Kiana Anderson"
    floor.do("undo.last", ada)
    assert floor.do("customer.get", customer=one).id == one
    assert floor.do("customer.merges", customer=other) == []
    assert floor.refused("undo.last", ada).code == "undo.nothing"


def test_a_merge_undone_otherwise_is_not_taken_back_again(floor: Any, ada: Actor) -> None:
    one, other = made(floor, "K. Anderson"), made(floor, "Kiana Anderson")
    floor.do("customer.merge", ada, **{"from": one, "into": other})
    floor.do("customer.unmerge", customer=other)
    assert floor.refused("undo.last", ada).code == "undo.nothing"


@pytest.mark.parametrize(
    ("then", "why"),
    [
        (("more", "other"), "More was merged later; undo that first"),
        (("other", "more"), "Kiana Anderson was merged into More since"),
    ],
)
def test_what_was_merged_since_is_in_the_way(
    floor: Any, ada: Actor, then: tuple[str, str], why: str
) -> None:
    keys = {"one": made(floor, "K. Anderson"), "other": made(floor, "Kiana Anderson")}
    keys["more"] = made(floor, "More")
    floor.do("customer.merge", ada, **{"from": keys["one"], "into": keys["other"]})
    floor.do("customer.merge", floor.hire("bo"), **{"from": keys[then[0]], "into": keys[then[1]]})
    assert floor.do("undo.what", ada).why_not == why
    assert why in floor.refused("undo.last", ada).message
