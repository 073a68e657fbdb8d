"""Merging and unmerging cases of one customer."""

from collections.abc import Mapping, Sequence
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from omnitui.desk import thread, undo
from omnitui.desk.call import Call, page_size
from omnitui.desk.cases.changing import write
from omnitui.desk.cases.shared import closing, found
from omnitui.desk.convert import EntitlementChoice
from omnitui.desk.entitlements import terms
from omnitui.desk.registry import command, query
from omnitui.model.case import Case, CaseStatus
from omnitui.model.errors import Refusal, Refused, refuse
from omnitui.model.ids import CaseId
from omnitui.rules.cases import listed, merge_refusal, parent_over
from omnitui.store import case_merges, cases
from omnitui.store.case_merges import CaseMerge

UNMERGE_WITHOUT = "unmerge with entitlement=none"


class MergedCases(Struct, frozen=True):
    """Cases that were merged into another one: which, by whom and when (epoch ms).

    `why_not` says why it cannot be unmerged; empty if it can.
    """

    cases: tuple[CaseId, ...]
    numbers: tuple[str, ...]
    by: str
    at: int
    why_not: str = ""


@command("case.merge")
def merge(call: Call, cases: list[CaseId], into: CaseId) -> Case:
    """Merge 2 to 10 active cases of one customer into `into`, which may be in the list or not.

    Conversations, activities, follow-ups and children of the others move to it. The others are
    cancelled, as merged, and return their terms. `case.unmerge` undoes it.
    """
    them = named(call, [*cases, into])
    refuse(refusal(call, them, into))
    survivor = found(call, into)
    others = [case for case in them if case.id != into]
    kept = case_merges.picture(call.store, into, [case.id for case in others])
    key = case_merges.merge(call.store, call.now, call.actor.name, into, kept)
    about = {"customer": survivor.customer_id}
    for case in others:
        call.journal("case.merged", **about, case=case.id, into=into, into_number=survivor.number)
        terms.settle(call, found(call, case.id), case)
    moved = {name: len(kept[name]) for name in ("conversations", "activities", "children")}
    call.journal(
        "case.absorbed", **about, case=into, merged=[case.id for case in others], moved=moved
    )
    what = f"merged {listed(others)} into {survivor.number}"
    _tell(call, kept["conversations"], f"{call.actor.name} {what}")
    undo.remember_deed(call, what, "case.merge", {"merge": key})
    return found(call, into)


def named(call: Call, keys: Sequence[CaseId]) -> list[Case]:
    """The cases of those keys, each once."""
    return [found(call, key) for key in dict.fromkeys(keys)]


def refusal(call: Call, them: Sequence[Case], into: CaseId) -> Refusal | None:
    """Why these cases cannot be merged, None if they can."""
    children = [
        child for case in them if case.id != into for child in cases.children(call.store, case.id)
    ]
    return merge_refusal(them, into, children)


def _tell(call: Call, moved: Sequence[Sequence[int]], said: str) -> None:
    """Write the new case into its open conversations."""
    for row, _case in moved:
        item = thread.get(call, row)
        if item.closed_at is None:
            thread.event(call, item, said)


@command("case.unmerge")
def unmerge(call: Call, case: CaseId, entitlement: EntitlementChoice | None = None) -> list[Case]:
    """Undo the last merge into a case; a merged case may be given too.

    Returns the unmerged cases, with all that came with them. What is new since then stays with the
    survivor. They keep their entitlements, unless another one or `none` is given.
    """
    one = found(call, case)
    survivor = one if one.merged_into is None else found(call, one.merged_into)
    merges = case_merges.newest(call.store, survivor.id)
    if not merges:
        raise Refused("case.not_merged", f"No case has been merged into {survivor.number}.")
    return _unmerge(call, merges[0], entitlement)


def _unmerge(call: Call, merge: CaseMerge, entitlement: int | None = None) -> list[Case]:
    """Undo one merge."""
    survivor = found(call, merge.into_id)
    why_not = case_merges.in_the_way(call.store, merge)
    if why_not:
        raise Refused(
            "case.unmerge",
            f"The merge into {survivor.number} cannot be undone: {why_not}.",
            "Nothing was changed.",
        )
    moved = case_merges.put_back(call.store, merge, call.now)
    restored = [found(call, key) for key in merge.cases]
    about = {"customer": survivor.customer_id}
    for case in restored:
        parent = None if case.parent_id is None else found(call, case.parent_id)
        refuse(parent_over(case, parent, closing(call)))
        call.journal("case.unmerged", **about, case=case.id, survivor=survivor.id)
        merged = replace(case, status=CaseStatus.CANCELLED)
        if entitlement is not None:
            write(call, merged, {"entitlement_id": entitlement or None})
        else:
            terms.settle(call, case, merged, UNMERGE_WITHOUT)
    undo.forget_deed(call, "case.merge", "merge", merge.id)
    keys = [case.id for case in restored]
    call.journal("case.parted", **about, case=survivor.id, restored=keys, moved=moved)
    what = f"unmerged {listed(restored)} from {survivor.number}"
    _tell(call, merge.kept["conversations"], f"{call.actor.name} {what}")
    return [found(call, key) for key in keys]


def _tied(call: Call, kept: Mapping[str, Any]) -> str:
    merge = case_merges.get(call.store, kept["merge"])
    undone = "it has been undone already"
    return undone if merge is None else case_merges.in_the_way(call.store, merge)


def _take_back(call: Call, kept: Mapping[str, Any]) -> None:
    merge = case_merges.get(call.store, kept["merge"])
    assert merge is not None
    _unmerge(call, merge)


undo.deeds("case.merge", _tied, _take_back)


@query("case.merges")
def merges(call: Call, case: CaseId, limit: int = 10) -> list[MergedCases]:
    """What has been merged into a case, newest first; the first one can be undone first."""
    return [
        MergedCases(
            tuple(CaseId(key) for key in one.cases),
            tuple(found(call, key).number for key in one.cases),
            one.by,
            one.at,
            case_merges.in_the_way(call.store, one),
        )
        for one in case_merges.newest(call.store, case, page_size(limit, 100))
    ]
