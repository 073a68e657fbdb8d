"""The consequences of changes to cases, in sentences, before they are made."""

from collections.abc import Iterator, Sequence
from enum import StrEnum

from msgspec import Struct
from msgspec.structs import replace

from omnitui.desk.call import Call
from omnitui.desk.cases import merging
from omnitui.desk.cases.ending import check_minutes
from omnitui.desk.cases.shared import closing, found
from omnitui.desk.convert import EntitlementChoice
from omnitui.desk.entitlements import terms
from omnitui.desk.registry import query
from omnitui.desk.sla import standing
from omnitui.model.case import Case, CaseReason, CaseStatus
from omnitui.model.entitlement import Allocation
from omnitui.model.errors import Refusal, Refused
from omnitui.model.ids import CaseId, EntitlementId
from omnitui.rules import consequences as sentences
from omnitui.rules.cases import (
    HOLDS,
    Closing,
    end_refusal,
    not_active,
    reason_refusal,
    reopen_refusal,
)
from omnitui.store import cases
from omnitui.store.routing import sla_targets


class Verb(StrEnum):
    """What would be done with a case."""

    RESOLVE = "resolve"
    CANCEL = "cancel"
    REOPEN = "reopen"
    MERGE = "merge"
    UPDATE = "update"


class Consequences(Struct, frozen=True):
    """The consequences, a sentence each; `why_not` says why it would be refused, else empty.

    `tasks` and `conversations` are the numbers of the case's open ones.
    """

    says: tuple[str, ...]
    why_not: str = ""
    tasks: int = 0
    conversations: int = 0


@query("case.consequences")
def consequences(
    call: Call,
    case: CaseId,
    verb: Verb,
    minutes: int | None = None,
    cases: list[CaseId] | None = None,
    origin: str | None = None,
    entitlement: EntitlementChoice | None = None,
    reason: CaseReason | None = None,
) -> Consequences:
    """The consequences of resolving, cancelling, reopening, merging or changing a case, in
    sentences.

    Terms, children, open tasks, conversations and targets. `minutes` are billable minutes to
    resolve it with, `cases` the cases to merge into it; `origin`, `entitlement` and `reason` are
    new values.
    """
    one = found(call, case)
    check_minutes(minutes)
    if verb is Verb.MERGE:
        return _of_merging(call, one, cases or [])
    if verb is Verb.REOPEN:
        return _of_reopening(call, one)
    if verb is Verb.UPDATE:
        return _of_changing(call, one, origin, entitlement, reason)
    return _of_ending(call, one, verb, minutes)


def _of_ending(call: Call, case: Case, verb: Verb, minutes: int | None) -> Consequences:
    resolved = verb is Verb.RESOLVE
    status = CaseStatus.RESOLVED if resolved else CaseStatus.CANCELLED
    children = cases.children(call.store, case.id, CaseStatus.ACTIVE)
    how = closing(call)
    ends = [replace(case, status=status, minutes=minutes)]
    if how is Closing.WITH_PARENT:
        ends += [replace(child, status=status) for child in children]
    tasks = [row["title"] for one in ends for row in cases.open_tasks(call.store, one.id)]
    talks = cases.open_conversations(call.store, case.id)
    says = [*_of_terms(call, ends), *_of_holds(call, ends), *_of_unsaid_hours(call, ends)]
    says += sentences.of_children(children, status, how)
    says += sentences.of_tasks(tasks)
    says += sentences.of_conversations([f"{row['name']} ({row['channel']})" for row in talks])
    says += _of_clocks(call, case, status)
    why = not_active(case) or end_refusal(case, children, how)
    return Consequences(tuple(says), _said(why), len(tasks), len(talks))


def _of_reopening(call: Call, case: Case) -> Consequences:
    parent = None if case.parent_id is None else found(call, case.parent_id)
    after = replace(case, status=CaseStatus.ACTIVE, minutes=None)
    why = reopen_refusal(case, parent, closing(call)) or _short(call, case, after)
    return Consequences(tuple(_of_terms(call, [after])), _said(why))


def _of_changing(
    call: Call, case: Case, origin: str | None, entitlement: int | None, reason: CaseReason | None
) -> Consequences:
    after = case if origin is None else replace(case, origin=call.channel(origin).key)
    if entitlement is not None:
        after = replace(after, entitlement_id=EntitlementId(entitlement) if entitlement else None)
    says = [*_of_terms(call, [after])]
    why = not_active(case)
    if reason is not None:
        why = why or reason_refusal(CaseStatus.ACTIVE, reason)
        says += _of_reason(call, case, reason)
    return Consequences(
        tuple(says),
        _said(why or _unfit(call, case, after) or _short(call, case, after)),
    )


def _of_reason(call: Call, case: Case, reason: CaseReason) -> Iterator[str]:
    """Which targets a status reason pauses, and which continue."""
    for given, pauses in standing.running(call, case.id):
        before, after = (HOLDS.get(one) in pauses for one in (case.reason, reason))
        if after and not before:
            yield f"{given.name} is paused."
        elif before and not after:
            yield f"{given.name} continues."


def _of_merging(call: Call, survivor: Case, keys: Sequence[CaseId]) -> Consequences:
    them = merging.named(call, [survivor.id, *keys])
    others = [case for case in them if case.id != survivor.id]
    why = merging.refusal(call, them, survivor.id)
    if not others:
        return Consequences((), _said(why))
    after = [replace(case, status=CaseStatus.CANCELLED) for case in others]
    tasks = sum(len(cases.open_tasks(call.store, case.id)) for case in others)
    talks = sum(len(sla_targets.about_case(call.store, case.id)) for case in others)
    gone = {case.id for case in them}
    children = [
        child
        for case in others
        for child in cases.children(call.store, case.id)
        if child.id not in gone
    ]
    says = [
        *sentences.of_merge(survivor, others, talks, tasks, children),
        *_of_terms(call, after),
        *_of_holds(call, after),
        *(said for case in others for said in _of_clocks(call, case, CaseStatus.CANCELLED)),
    ]
    says = list(dict.fromkeys(says))
    return Consequences(tuple(says), _said(why), tasks, talks)


def _of_clocks(call: Call, case: Case, status: CaseStatus) -> Iterator[str]:
    """The results of the targets on a case that ends."""
    for given, _pauses in standing.running(call, case.id):
        yield sentences.of_clock(given, status, call.now)


def _of_terms(call: Call, after: Sequence[Case]) -> Iterator[str]:
    """The terms that cases would use or return."""
    moves: dict[tuple[EntitlementId, str, bool], list[tuple[Case, int]]] = {}
    for case in after:
        for key, origin, amount in terms.moves(call, case):
            moves.setdefault((key, origin, amount > 0), []).append((case, amount))
    left: dict[int, int] = {}
    for (key, origin, _uses), parts in moves.items():
        entitlement = terms.of(call, key)
        amount = sum(part for _case, part in parts)
        left[key] = left.get(key, entitlement.left) - amount
        label = call.channels[origin].label if origin in call.channels else origin
        yield sentences.of_terms([case for case, _ in parts], entitlement, amount, left[key], label)


def _of_holds(call: Call, after: Sequence[Case]) -> Iterator[str]:
    """The reserved terms that cancelling or merging cases returns."""
    for case in after:
        if case.status is CaseStatus.CANCELLED:
            for key, amount in terms.held_of(call, found(call, case.id)):
                yield sentences.of_hold(case, terms.of(call, key), amount)


def _of_unsaid_hours(call: Call, after: Sequence[Case]) -> Iterator[str]:
    """Resolved cases whose entitlement counts hours, but without billable minutes."""
    for case in after:
        resolved = case.status is CaseStatus.RESOLVED and not case.do_not_decrement
        if resolved and case.entitlement_id is not None and not case.minutes:
            entitlement = terms.of(call, case.entitlement_id)
            if entitlement.allocation is Allocation.HOURS:
                yield (
                    f"{case.number} uses no hours of {entitlement.name}: "
                    "no billable minutes are given."
                )


def _short(call: Call, before: Case, after: Case) -> Refusal | None:
    return terms.short(call, before, after, terms.LET_OFF)


def _unfit(call: Call, before: Case, after: Case) -> Refusal | None:
    """Why the entitlement would not allow the changed case."""
    try:
        terms.revalidate(call, before, after)
    except Refused as refused:
        return refused.refusal
    return None


def _said(why: Refusal | None) -> str:
    return "" if why is None else str(why)
