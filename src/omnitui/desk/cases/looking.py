"""Reading cases: one, lists of them, and their parent and children."""

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
    """A case's parent, its children, and the cases that were merged into it."""

    parent: Case | None
    children: tuple[Case, ...]
    merged: tuple[Case, ...]


@query("case.get")
def get(call: Call, case: CaseId) -> Case:
    """One case. A merged one has the survivor's number in `merged_number`."""
    return found(call, case)


@query("case.list")
def list_(
    call: Call,
    customer: CustomerId | None = None,
    status: CaseStatus | None = None,
    limit: int = 50,
    sort: CaseSort = CaseSort.NEWEST,
) -> list[Case]:
    """Cases, newest first; of one customer or status if given.

    A customer's cases can be sorted by other columns.
    """
    most = page_size(limit, 1_000)
    if customer is None and sort is not CaseSort.NEWEST:
        raise Refused(
            "case.sort", "This order needs the cases of one customer.", "Give the customer."
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
    """Resolved cases that have two of the words, or their beginnings; most matches first.

    The newest matches are compared. `case` is the one they are compared with, which is left out.
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
