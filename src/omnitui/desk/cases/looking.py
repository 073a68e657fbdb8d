"""Looking cases up: one, lists of them, and what belongs to one."""

from msgspec import Struct

from omnitui.desk.call import Call, page_size
from omnitui.desk.cases.shared import found
from omnitui.desk.registry import query
from omnitui.letters import folded
from omnitui.model.case import Case, CaseReason, CaseSort, CaseStatus
from omnitui.model.errors import Refused
from omnitui.model.ids import CaseId, CustomerId
from omnitui.store import cases, search


class Family(Struct, frozen=True):
    """What belongs to a case: its parent, its children, the cases that were merged into it."""

    parent: Case | None
    children: tuple[Case, ...]
    merged: tuple[Case, ...]


@query("case.get")
def get(call: Call, case: CaseId) -> Case:
    """One case. One that was merged says in `merged_number` which case has everything of it."""
    return found(call, case)


@query("case.list")
def list_(
    call: Call,
    customer: CustomerId | None = None,
    status: CaseStatus | None = None,
    limit: int = 50,
    sort: CaseSort = CaseSort.NEWEST,
) -> list[Case]:
    """Cases, newest first; those of one customer or status if named.

    A customer's can be sorted otherwise.
    """
    most = page_size(limit, 1_000)
    if customer is None and sort is not CaseSort.NEWEST:
        raise Refused(
            "case.sort", "Only the cases of one customer can be sorted so.", "Name the customer."
        )
    if customer is None:
        return cases.newest(call.store, most, status)
    return cases.of_customer(call.store, customer, status=status, sort=sort, limit=most)


@query("case.family")
def family(call: Call, case: CaseId) -> Family:
    """The parent of a case, its children, and the cases that were merged into it."""
    one = found(call, case)
    parent = None if one.parent_id is None else found(call, one.parent_id)
    children = tuple(cases.children(call.store, case))
    return Family(parent, children, tuple(cases.merged(call.store, case)))


_LOOKED_AT = 60


@query("case.similar")
def similar(call: Call, words: list[str], case: CaseId | None = None, limit: int = 3) -> list[Case]:
    """Resolved cases that hold two of the words, or their beginnings; those with the most first.

    The newest that have them are looked at. `case` is the one they may be similar to, which is
    never among them.
    """
    looked_for = [folded(word) for word in words if word.strip()]

    def shared(one: Case) -> int:
        said = folded(f"{one.title} {one.description} {one.resolution}")
        return sum(word in said for word in looked_for)

    match = search.any_two_of(looked_for)
    solved = [
        one
        for one in cases.matching(call.store, match, _LOOKED_AT)
        if one.id != case
        and one.status is CaseStatus.RESOLVED
        and one.reason is not CaseReason.MERGED
    ]
    return sorted(solved, key=lambda one: (-shared(one), -one.id))[: page_size(limit, 20)]
