"""What may be done with cases: their reasons, the end of parents, who may be whose child."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from omnitui.model.case import Case, CaseReason, CaseStatus
from omnitui.model.errors import Refusal
from omnitui.model.ids import CaseId, CustomerId
from omnitui.rules.cases import (
    FEWEST,
    HOLDS,
    MOST,
    REASONS,
    Closing,
    child_refusal,
    end_refusal,
    listed,
    merge_refusal,
    not_active,
    parent_refusal,
    reason_refusal,
    reopen_refusal,
    usual,
)

ACTIVE, RESOLVED, CANCELLED = CaseStatus


def case(key: int, *, customer: int = 1, **more: Any) -> Case:
    number = f"CAS-{key:05d}"
    return Case(CaseId(key), number, "Drops", CustomerId(customer), "chat", **more)


def merged(key: int, into: int) -> Case:
    more = {"status": CANCELLED, "reason": CaseReason.MERGED}
    return case(key, **more, merged_into=CaseId(into), merged_number=f"CAS-{into:05d}")


def under(key: int, parent: int, **more: Any) -> Case:
    return case(key, parent_id=CaseId(parent), parent_number=f"CAS-{parent:05d}", **more)


def code(found: Refusal | None) -> str:
    if found is None:
        return ""
    assert found.message.endswith(".")
    assert not found.hint or found.hint.endswith((".", ")."))
    return found.code


def test_every_reason_belongs_to_one_status() -> None:
    found = [reason for reasons in REASONS.values() for reason in reasons]
    assert sorted(found) == sorted(CaseReason)
    assert [usual(status) for status in CaseStatus] == [
        CaseReason.IN_PROGRESS,
        CaseReason.PROBLEM_SOLVED,
        CaseReason.CANCELLED,
    ]
    assert set(HOLDS) < set(REASONS[ACTIVE])


@given(st.sampled_from(CaseStatus), st.sampled_from(CaseReason))
def test_a_reason_is_refused_where_it_is_not_of_the_status(
    status: CaseStatus, reason: CaseReason
) -> None:
    assert (reason_refusal(status, reason) is None) == (reason in REASONS[status])


@pytest.mark.parametrize(
    ("one", "refused"),
    [
        (case(1), ""),
        (case(1, reason=CaseReason.ON_HOLD), ""),
        (case(1, status=RESOLVED), "case.not_active"),
        (case(1, status=CANCELLED), "case.not_active"),
        (merged(1, 2), "case.merged"),
    ],
)
def test_what_is_over_is_left_alone(one: Case, refused: str) -> None:
    assert code(not_active(one)) == refused


@pytest.mark.parametrize("closing", Closing)
@pytest.mark.parametrize("children", [0, 1, 6])
def test_a_parent_waits_for_its_children_only_where_that_is_asked(
    closing: Closing, children: int
) -> None:
    active = [under(key, 1) for key in range(2, 2 + children)]
    found = end_refusal(case(1), active, closing)
    waits = closing is Closing.CHILDREN_FIRST and children > 0
    assert code(found) == ("case.open_children" if waits else "")
    if found is not None:
        assert f"{children} active {'child' if children == 1 else 'children'}" in found.message


@pytest.mark.parametrize(
    ("one", "parent", "closing", "refused"),
    [
        (case(1), None, Closing.INDEPENDENT, "case.active"),
        (case(1, status=RESOLVED), None, Closing.CHILDREN_FIRST, ""),
        (merged(1, 2), None, Closing.INDEPENDENT, "case.merged"),
        (under(1, 2, status=RESOLVED), case(2), Closing.CHILDREN_FIRST, ""),
        (under(1, 2, status=RESOLVED), case(2, status=RESOLVED), Closing.INDEPENDENT, ""),
        (under(1, 2, status=RESOLVED), case(2, status=RESOLVED), Closing.WITH_PARENT, ""),
        (
            under(1, 2, status=CANCELLED),
            case(2, status=RESOLVED),
            Closing.CHILDREN_FIRST,
            "case.parent_over",
        ),
    ],
)
def test_what_is_over_comes_back_where_its_parent_lets_it(
    one: Case, parent: Case | None, closing: Closing, refused: str
) -> None:
    assert code(reopen_refusal(one, parent, closing)) == refused


@pytest.mark.parametrize(
    ("one", "parent", "children", "refused"),
    [
        (case(1), case(2), [], ""),
        (under(1, 3), case(2), [], ""),
        (case(1), case(1), [], "case.parent"),
        (case(1), case(2), [under(3, 1)], "case.parent"),
        (case(1), under(2, 3), [], "case.parent"),
        (case(1), case(2, customer=2), [], "case.other_customer"),
        (case(1), case(2, status=RESOLVED), [], "case.not_active"),
        (case(1), merged(2, 3), [], "case.merged"),
        (case(1, status=RESOLVED), case(2), [], "case.not_active"),
    ],
)
def test_there_is_one_level_of_one_customers_active_cases(
    one: Case, parent: Case, children: list[Case], refused: str
) -> None:
    assert code(parent_refusal(one, parent, children)) == refused


def test_a_new_child_is_of_the_same_customer() -> None:
    assert child_refusal(1, case(2)) is None
    assert code(child_refusal(2, case(2))) == "case.other_customer"
    assert code(child_refusal(1, under(2, 3))) == "case.parent"


def test_merging_takes_two_to_ten_with_the_one_that_stays() -> None:
    for count in range(1, 13):
        them = [case(key) for key in range(1, count + 1)]
        refused = "" if FEWEST <= count <= MOST else "case.merge_count"
        assert code(merge_refusal(them, CaseId(1), [])) == refused


@pytest.mark.parametrize(
    ("other", "refused"),
    [
        (case(2, customer=2), "case.other_customer"),
        (case(2, status=RESOLVED), "case.not_active"),
        (merged(2, 9), "case.merged"),
        (under(2, 1), ""),
        (under(2, 9), ""),
    ],
)
def test_only_active_cases_of_one_customer_become_one(other: Case, refused: str) -> None:
    assert code(merge_refusal([case(1), other], CaseId(1), [])) == refused
    assert bool(refused) == bool(merge_refusal([other, case(1)], CaseId(1), []))


def test_who_is_a_child_takes_over_no_children_but_from_its_own_parent() -> None:
    child = under(1, 9)
    assert merge_refusal([child, case(2)], CaseId(1), []) is None
    assert code(merge_refusal([child, case(2)], CaseId(1), [under(3, 2)])) == "case.parent"
    assert merge_refusal([child, case(9)], CaseId(1), [child, under(3, 9)]) is None
    inside = under(3, 2)
    assert merge_refusal([child, case(2), inside], CaseId(1), [inside]) is None


def test_many_cases_are_listed_by_the_first_ones() -> None:
    assert listed([case(1)]) == "CAS-00001"
    assert listed([replace(case(key)) for key in range(1, 8)]).endswith("CAS-00004 and 3 more")
