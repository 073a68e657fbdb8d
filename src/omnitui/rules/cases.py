"""Cases: status reasons, how parents and children close, and which cases can be merged."""

from collections.abc import Collection, Sequence
from enum import StrEnum

from omnitui.model.case import Case, CaseReason, CaseStatus
from omnitui.model.errors import Refusal
from omnitui.model.ids import CaseId
from omnitui.model.sla import Hold

FEWEST, MOST = 2, 10
"""The most cases of one merge."""

_SHOWN = 4

REASONS: dict[CaseStatus, tuple[CaseReason, ...]] = {
    CaseStatus.ACTIVE: (
        CaseReason.IN_PROGRESS,
        CaseReason.ON_HOLD,
        CaseReason.WAITING_FOR_DETAILS,
        CaseReason.RESEARCHING,
    ),
    CaseStatus.RESOLVED: (CaseReason.PROBLEM_SOLVED, CaseReason.INFORMATION_PROVIDED),
    CaseStatus.CANCELLED: (CaseReason.CANCELLED, CaseReason.MERGED),
}
"""The status reasons of each status, the default first."""

HOLDS = {
    CaseReason.ON_HOLD: Hold.ON_HOLD,
    CaseReason.WAITING_FOR_DETAILS: Hold.WAITING_FOR_DETAILS,
}
"""Status reasons that can pause a target of a case."""


class Closing(StrEnum):
    """How a case with children ends; the values are those of the setting."""

    INDEPENDENT = "independent"
    WITH_PARENT = "with_parent"
    CHILDREN_FIRST = "children_first"


def usual(status: CaseStatus) -> CaseReason:
    """The default status reason."""
    return REASONS[status][0]


def reason_refusal(status: CaseStatus, reason: CaseReason) -> Refusal | None:
    """The refusal of a reason of another status; None if it fits."""
    if reason in REASONS[status]:
        return None
    fitting = ", ".join(one.value for one in REASONS[status])
    return Refusal(
        "case.reason",
        f"{status.value.capitalize()} cases cannot have the reason {reason.label}.",
        f"Give {fitting}.",
    )


def not_active(case: Case, hint: str = "Reopen it first.") -> Refusal | None:
    """The refusal of changes to a case that has ended; None if it is active."""
    if case.merged_into is not None:
        return merged(case)
    if case.status is CaseStatus.ACTIVE:
        return None
    return Refusal("case.not_active", f"{case.number} is {case.status.value}.", hint)


def merged(case: Case) -> Refusal:
    """The refusal of a merged case, which says where it was merged."""
    survivor = case.merged_number
    return Refusal(
        "case.merged",
        f"{case.number} was merged into {survivor}.",
        f"Use {survivor}, or undo the merge (case.unmerge case={survivor}).",
    )


def end_refusal(case: Case, children: Sequence[Case], closing: Closing) -> Refusal | None:
    """The refusal to end a case before its active `children`; None if it can end."""
    if closing is not Closing.CHILDREN_FIRST or not children:
        return None
    many = "child" if len(children) == 1 else "children"
    return Refusal(
        "case.open_children",
        f"{case.number} has {len(children)} active {many}: {listed(children)}.",
        "Resolve or cancel them first, or remove them from the parent.",
    )


def reopen_refusal(case: Case, parent: Case | None, closing: Closing) -> Refusal | None:
    """The refusal to reopen a case; None if it can be reopened."""
    if case.merged_into is not None:
        return merged(case)
    if case.status is CaseStatus.ACTIVE:
        return Refusal("case.active", f"{case.number} is active already.")
    return parent_over(case, parent, closing)


def parent_over(case: Case, parent: Case | None, closing: Closing) -> Refusal | None:
    """The refusal of an active case whose parent has ended; None if it is allowed."""
    if parent is None or closing is not Closing.CHILDREN_FIRST:
        return None
    if parent.status is CaseStatus.ACTIVE:
        return None
    return Refusal(
        "case.parent_over",
        f"{parent.number}, the parent of {case.number}, is {parent.status.value}.",
        f"Reopen {parent.number} first.",
    )


def parent_refusal(case: Case, parent: Case, children: Sequence[Case]) -> Refusal | None:
    """The refusal of a parent; `children` are the case's own. None if it is allowed."""
    if parent.id == case.id:
        return Refusal("case.parent", f"{case.number} cannot be its own parent.")
    return (
        level_refusal(parent, case.number, children)
        or not_active(case)
        or child_refusal(case.customer_id, parent)
    )


def child_refusal(customer: int, parent: Case) -> Refusal | None:
    """The refusal of `parent` for a new case of that customer; None if it is allowed."""
    if parent.customer_id != customer:
        return Refusal(
            "case.other_customer",
            f"{parent.number} belongs to another customer.",
            "Parent and children must have the same customer.",
        )
    return not_active(parent) or level_refusal(parent)


def level_refusal(parent: Case, number: str = "", children: Sequence[Case] = ()) -> Refusal | None:
    """The refusal of a second level: a case `number`, with children, and a parent."""
    if parent.parent_id is not None:
        return Refusal(
            "case.parent",
            f"{parent.number} is a child of {parent.parent_number} itself.",
            f"Only one level is possible: use the parent {parent.parent_number}.",
        )
    if children:
        return Refusal(
            "case.parent",
            f"{number} has children ({listed(children)}) and cannot be one itself.",
            "Only one level is possible: remove the children from it first.",
        )
    return None


def merge_refusal(
    cases: Sequence[Case], into: CaseId, children: Collection[Case]
) -> Refusal | None:
    """The refusal of a merge of cases into `into`, one of them; None if it is allowed.

    `children` are the children of the others. They move to the survivor, and only one level is
    allowed.
    """
    survivor = next(case for case in cases if case.id == into)
    if len(cases) < FEWEST:
        return Refusal(
            "case.merge_count",
            f"Only {survivor.number} is given.",
            f"Give the cases to merge into it, {MOST - 1} at most.",
        )
    if len(cases) > MOST:
        return Refusal(
            "case.merge_count",
            f"{len(cases)} cases are given.",
            f"Give {FEWEST} to {MOST} cases, including the one to keep.",
        )
    return _one_customers(cases, survivor) or _one_level(cases, survivor, children)


def _one_customers(cases: Sequence[Case], survivor: Case) -> Refusal | None:
    for case in cases:
        if over := not_active(case):
            return over
        if case.customer_id != survivor.customer_id:
            return Refusal(
                "case.other_customer",
                f"{case.number} and {survivor.number} belong to different customers.",
                "Merge the customers first, or leave it out.",
            )
    return None


def _one_level(cases: Sequence[Case], survivor: Case, children: Collection[Case]) -> Refusal | None:
    within = {case.id for case in cases}
    moving = [child for child in children if child.id not in within]
    if not moving or survivor.parent_id is None or survivor.parent_id in within:
        return None
    return Refusal(
        "case.parent",
        f"{survivor.number} is a child of {survivor.parent_number}, so {listed(moving)} "
        "cannot become its children.",
        f"Keep another case, or remove {survivor.number} from its parent first.",
    )


def listed(cases: Sequence[Case]) -> str:
    """The numbers of cases; only the first ones of many."""
    shown = ", ".join(case.number for case in cases[:_SHOWN])
    return shown + (f" and {len(cases) - _SHOWN} more" if len(cases) > _SHOWN else "")
