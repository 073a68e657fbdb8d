"""Resolved cases about a similar problem."""

from omnitui.desk.call import Call, page_size
from omnitui.desk.registry import query
from omnitui.letters import folded
from omnitui.model.case import Case, CaseReason, CaseStatus
from omnitui.model.ids import CaseId
from omnitui.store import cases, search

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
