"""Cases of one customer become one, and cases of their own again: nothing is lost either way."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from owed import KIANA, active, case, left, settle_in

from omnitui.model.actor import ADMINISTRATOR, Actor
from omnitui.model.case import CaseReason, CaseStatus
from omnitui.model.errors import Refusal
from properties import share

TOLD = ("journal", "case_merges", "looks", "sqlite_sequence", "undo", "messages")


@pytest.fixture
def company(floor: Any) -> Any:
    settle_in(floor)
    return floor


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
        if name != "entitlement_ledger"
    }


def merge(floor: Any, *cases: int, into: int | None = None, by: Any = None) -> Any:
    them = {"cases": list(cases), "into": cases[0] if into is None else into}
    return floor.do("case.merge", *([by] if by else []), **them)


@pytest.fixture
def two(company: Any, ada: Actor) -> tuple[Any, Any]:
    """Two cases of Kiana, the second with a conversation, a task and a child."""
    one = case(company, title="Drops")
    other = case(company, title="Drops again")
    talk = company.serves(ada, channel="email", address="kiana@example.com")
    company.do("conversation.link_case", ada, conversation=talk, case=other.id)
    company.do("timeline.add", ada, customer=1, kind="task", title="Call", case=other.id)
    company.do("case.create", parent=other.id, title="The cable")
    return one, other


def test_everything_moves_and_the_other_is_cancelled(company: Any, two: Any, ada: Actor) -> None:
    one, other = two
    survivor = merge(company, one.id, other.id, by=ada)
    assert (survivor.id, survivor.status) == (one.id, CaseStatus.ACTIVE)
    gone = company.do("case.get", case=other.number)
    assert (gone.status, gone.reason) == (CaseStatus.CANCELLED, CaseReason.MERGED)
    assert (gone.merged_into, gone.merged_number) == (one.id, one.number)
    assert company.talk(1).case_id == one.id
    family = company.do("case.family", case=one.id)
    assert [c.title for c in family.children] == ["The cable"]
    assert [c.id for c in family.merged] == [other.id]
    listed = company.do("timeline.list", case=one.id)
    assert {"Call", "Drops", "Drops again"} <= {row.title for row in listed}
    assert [row.case_number for row in listed if row.title == "Call"] == [one.number]
    events = company.do("timeline.list", case=one.id, kinds="event")
    assert (other.number, f"merged into {one.number}") in [(e.case_number, e.title) for e in events]
    (absorbed,) = company.entries(kind="case.absorbed")
    assert (absorbed.case_id, absorbed.payload["merged"]) == (one.id, [other.id])
    said = [message.text for message in company.do("conversation.messages", conversation=1)]
    assert f"Ada Test merged {other.number} into {one.number}" in said


def test_undoing_a_merge_leaves_every_row_as_it_was(company: Any, two: Any) -> None:
    one, other = two
    before = rows(company)
    merge(company, one.id, other.id)
    assert rows(company) != before
    (back,) = company.do("case.unmerge", case=one.id)
    assert (back.id, back.status, back.merged_into) == (other.id, CaseStatus.ACTIVE, None)
    assert rows(company) == before
    assert company.desk.store.problems() == []
    assert company.refused("case.unmerge", case=one.id).code == "case.not_merged"


def test_whoever_names_a_merged_case_is_told_which_one_has_it_all(company: Any, two: Any) -> None:
    one, other = two
    merge(company, one.id, other.id)
    for name, how in (
        ("case.update", {"case": other.number, "title": "x"}),
        ("case.resolve", {"case": other.number, "resolution": "x"}),
        ("case.reopen", {"case": other.number}),
        ("case.set_reason", {"case": other.number, "reason": "on_hold"}),
        ("conversation.link_case", {"conversation": 1, "case": other.number}),
        ("case.create", {"parent": other.number}),
        ("timeline.add", {"customer": 1, "kind": "note", "title": "x", "case": other.number}),
    ):
        refusal = company.refused(name, **how)
        assert refusal.code == "case.merged", name
        assert refusal.message == f"{other.number} was merged into {one.number}."
        assert f"case.unmerge case={one.number}" in refusal.hint


def test_a_merge_is_taken_back_by_the_name_of_what_was_merged_too(company: Any, two: Any) -> None:
    merge(company, two[0].id, two[1].id)
    assert [c.id for c in company.do("case.unmerge", case=two[1].number)] == [two[1].id]


def test_what_cannot_be_merged_is_refused(company: Any) -> None:
    ours = [case(company).id for _ in range(11)]
    theirs = case(company, customer="marcus@example.com").id
    company.do("case.resolve", case=ours[2], resolution="Done")
    for named, code in (
        ({"cases": ours[:1], "into": ours[0]}, "case.merge_count"),
        ({"cases": [ours[0], ours[0]], "into": ours[0]}, "case.merge_count"),
        ({"cases": ours, "into": ours[0]}, "case.merge_count"),
        ({"cases": [], "into": ours[0]}, "case.merge_count"),
        ({"cases": ours[:10], "into": ours[10]}, "case.merge_count"),
        ({"cases": [ours[0], theirs], "into": ours[0]}, "case.other_customer"),
        ({"cases": ours[1:4], "into": ours[1]}, "case.not_active"),
    ):
        refusal = company.refused("case.merge", **named)
        assert (refusal.code, refusal.hint.endswith(".")) == (code, True)
    assert merge(company, ours[0], *ours[3:10], ours[1]).status is CaseStatus.ACTIVE
    merged = company.do("case.family", case=ours[0]).merged
    assert len(merged) == 8


def test_a_merged_case_gives_its_terms_back_and_takes_them_again(company: Any) -> None:
    owed = active(company, restrict=True, total=2)
    one, other = case(company, owed), case(company, owed)
    assert left(company, owed)[0] == 0
    merge(company, one.id, other.id)
    assert left(company, owed)[0] == 1
    third = case(company, owed)
    refusal = company.refused("case.unmerge", case=one.id)
    assert refusal.code == "entitlement.exhausted"
    assert "entitlement=none" in refusal.hint
    company.do("case.cancel", case=third.id)
    company.do("case.unmerge", case=one.id)
    assert left(company, owed)[0] == 0


def test_a_merge_can_be_taken_back_without_the_entitlement(company: Any) -> None:
    owed = active(company, restrict=True, total=2)
    one, other = case(company, owed), case(company, owed)
    merge(company, one.id, other.id)
    case(company, owed)
    (back,) = company.do("case.unmerge", case=one.id, entitlement="none")
    assert (back.status, back.entitlement_id) == (CaseStatus.ACTIVE, None)


def test_what_is_new_stays_and_what_hangs_on_what_goes_back_goes_with_it(
    company: Any, two: Any, ada: Actor
) -> None:
    one, other = two
    merge(company, one.id, other.id)
    given = {"customer": 1, "kind": "note", "case": one.id}
    company.do("timeline.add", ada, title="New", **given)
    company.do("timeline.add", ada, title="About it", conversation=1, **given)
    company.do("case.unmerge", case=one.id)
    notes = {
        key: {row.title for row in company.do("timeline.list", case=key, kinds="note")}
        for key in (one.id, other.id)
    }
    assert notes == {one.id: {"New"}, other.id: {"About it"}}


@pytest.mark.parametrize(
    ("done", "says"),
    [
        (("case.resolve", {"case": 1, "resolution": "Done"}), "CAS-00001 is resolved now"),
        (("case.merge", {"cases": [1, 4], "into": 4}), "merged into CAS-00004 since"),
        (("case.merge", {"cases": [1, 4], "into": 1}), "merged into CAS-00001 since"),
    ],
)
def test_what_is_in_the_way_is_said(
    company: Any, two: Any, done: tuple[str, dict[str, Any]], says: str
) -> None:
    case(company)
    merge(company, two[0].id, two[1].id)
    company.do(done[0], **done[1])
    first = company.do("case.merges", case=1)[-1]
    assert first.numbers == ("CAS-00002",)
    assert says in first.why_not


def test_a_merge_into_a_case_that_is_over_is_not_taken_back(company: Any, two: Any) -> None:
    merge(company, two[0].id, two[1].id)
    company.do("case.cancel", case=two[0].id)
    refusal = company.refused("case.unmerge", case=two[1].id)
    assert (refusal.code, refusal.hint) == ("case.unmerge", "Nothing was changed.")
    assert "reopen it first" in refusal.message


def test_merges_are_undone_in_turn_whatever_became_of_the_survivor(company: Any, two: Any) -> None:
    one, other = two
    third = case(company)
    before = rows(company)
    merge(company, one.id, other.id)
    middle = rows(company)
    merge(company, third.id, one.id)
    assert company.do("case.get", case=other.id).merged_number == third.number
    assert company.talk(1).case_id == third.id
    assert [c.id for c in company.do("case.unmerge", case=third.id)] == [one.id]
    assert rows(company) == middle
    company.do("case.unmerge", case=one.id)
    assert rows(company) == before


def test_an_agent_takes_a_merge_back_like_everything_else(
    company: Any, two: Any, ada: Actor
) -> None:
    one, other = two
    merge(company, one.id, other.id, by=ada)
    assert company.do("undo.what", ada).what == f"merged {other.number} into {one.number}"
    company.do("undo.last", ada)
    assert company.do("case.get", case=other.id).status is CaseStatus.ACTIVE
    merge(company, one.id, other.id, by=ada)
    company.do("case.resolve", case=one.id, resolution="Done")
    assert "is resolved now" in company.do("undo.what", ada).why_not
    assert company.refused("undo.last", ada).code == "undo.changed"


def test_what_was_parted_by_hand_is_not_offered_to_be_taken_back(
    company: Any, two: Any, ada: Actor
) -> None:
    company.do("case.set_reason", ada, case=two[0].id, reason="on_hold")
    merge(company, two[0].id, two[1].id, by=ada)
    company.do("case.unmerge", case=two[0].id)
    assert company.do("undo.what", ada).what == f"set {two[0].number} to on hold"


def test_a_survivor_takes_what_was_merged_along_to_another_customer(company: Any) -> None:
    one, other = case(company), case(company)
    merge(company, one.id, other.id)
    company.do("case.update", case=one.id, customer="marcus@example.com")
    assert company.do("case.get", case=other.id).customer_id == 2
    assert len(company.do("timeline.list", case=one.id, kinds="event")) >= 1
    company.do("case.unmerge", case=one.id)


def test_cases_that_became_one_tie_merged_customers_together(company: Any) -> None:
    one, other = case(company), case(company, customer="marcus@example.com")
    company.do("customer.merge", **{"from": 2, "into": 1})
    merge(company, one.id, other.id)
    refusal = company.refused("customer.unmerge", customer=1)
    assert "unmerge it first" in refusal.message
    company.do("case.unmerge", case=one.id)
    company.do("case.set_parent", case=other.id, parent=one.id)
    assert "remove it from there first" in company.refused("customer.unmerge", customer=1).message
    company.do("case.set_parent", case=other.id, parent="none")
    assert company.do("customer.unmerge", customer=1).id == 2


KIN = st.lists(
    st.tuples(st.sampled_from("talk task note child under".split()), st.integers(0, 4)), max_size=8
)


def grown(floor: Any, cases: list[int], deed: str, which: int, number: int) -> None:
    """Something that may hang on a case, or come to hang on it."""
    one = cases[which % len(cases)]
    if deed == "talk":
        talk = floor.writes(channel="email", address=KIANA, text=str(number))
        floor.do("conversation.link_case", conversation=talk, case=one)
        floor.do("conversation.set_priority", conversation=talk, priority=number % 10)
    elif deed in ("task", "note"):
        given = {"due_at": "+1d"} if deed == "task" else {}
        floor.do("timeline.add", customer=KIANA, kind=deed, title=str(number), case=one, **given)
    elif deed == "child":
        floor.desk.attempt("case.create", ADMINISTRATOR, parent=one, entitlement="none")
    else:
        floor.desk.attempt(
            "case.set_parent", ADMINISTRATOR, case=one, parent=cases[number % len(cases)]
        )


@settings(max_examples=share(25))
@given(KIN, KIN, st.integers(2, 4), st.integers(0, 3))
def test_whatever_hung_on_them_comes_back_and_whatever_is_new_stays(
    one_floor: Any, before: list[Any], since: list[Any], count: int, into: int
) -> None:
    floor = one_floor
    if floor.do("customer.search", query="Kiana") == []:
        settle_in(floor)
    cases = [case(floor, "none", origin="email").id for _ in range(count + 1)]
    for number, (deed, which) in enumerate(before):
        grown(floor, cases, deed, which, number)
    had = rows(floor)
    survivor = cases[into % count]
    found = floor.desk.attempt("case.merge", ADMINISTRATOR, cases=cases[:count], into=survivor)
    if isinstance(found, Refusal):
        assert found.code == "case.parent"
        assert rows(floor) == had
        return
    mine = floor.do("timeline.list", case=survivor, limit=500)
    assert len({row.case_id for row in mine if row.kind != "case"}) <= 1
    floor.do("case.unmerge", case=survivor)
    assert rows(floor) == had
    floor.do("case.merge", cases=cases[:count], into=survivor)
    for number, (deed, which) in enumerate(since, 100):
        if deed in ("task", "note"):
            grown(floor, [survivor], deed, which, number)
    floor.do("case.unmerge", case=survivor)
    titles = [row.title for row in floor.do("timeline.list", case=survivor, limit=500)]
    new = [title for title in titles if title.isdecimal() and int(title) >= 100]
    assert len(new) == len([deed for deed, _ in since if deed in ("task", "note")])
    assert floor.desk.store.problems() == []
