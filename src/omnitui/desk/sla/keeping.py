"""Tracking of SLA targets: started, paused, met and missed by the state of conversations and cases.

Everything is computed from the state: `follow` may be called at any time, and again.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from msgspec import Struct

from omnitui.desk import hours, thread
from omnitui.desk.call import Call
from omnitui.desk.sla.standing import clock_of
from omnitui.desk.sla.targets import rule
from omnitui.model.case import Case, CaseStatus
from omnitui.model.conversation import Conversation, ConversationState
from omnitui.model.sla import GivenTarget, Hold, Kpi, SlaTarget, Subject
from omnitui.rules import sla
from omnitui.rules.cases import HOLDS
from omnitui.rules.sla import Clock, SlaStatus
from omnitui.store import cases, timers
from omnitui.store.engine import Store
from omnitui.store.routing import sla_targets

_OVER = (ConversationState.WRAP_UP, ConversationState.CLOSED)
_TIMES = ("warn_at", "fail_at", "paused_at", "kept_at", "cancelled_at", "holds")


class _Stops(Struct, frozen=True):
    """What could pause targets in one conversation; `answer_due`: its customer waits for one."""

    holds: frozenset[Hold]
    answer_due: bool

    def of(self, kpi: Kpi) -> frozenset[Hold]:
        """What pauses a target of that kind: closing the session without an answer does not pause a
        first response, because the customer is waiting."""
        unanswered = self.answer_due and kpi is Kpi.FIRST_RESPONSE
        return self.holds - {Hold.WAITING} if unanswered else self.holds


class _About(Struct, frozen=True):
    """A conversation or a case as targets see it.

    `done` is when the target was reached, `ended` when it stopped to apply, `stops` what could
    pause it in each open conversation, `stands` what pauses it whatever they do.
    """

    subject: Subject
    key: int
    began_at: int
    facts: Mapping[str, str]
    done: Mapping[Kpi, int | None]
    ended: bool
    stops: tuple[_Stops, ...]
    stands: frozenset[Hold] = frozenset()

    def held(self, pauses: Iterable[Hold], kpi: Kpi) -> bool:
        """Whether a target that `pauses` pause is paused."""
        some = frozenset(pauses)
        if self.stands & some:
            return True
        return bool(self.stops) and all(stops.of(kpi) & some for stops in self.stops)


def settle(call: Call) -> None:
    """Follow every conversation and case that this call has journaled."""
    if call.touched:
        told = list(call.touched)
        _follow(
            call,
            [key for what, key in told if what == "conversation"],
            [key for what, key in told if what == "case"],
        )


def follow(call: Call, conversation: int) -> None:
    """Update the targets of a conversation and of its case."""
    _follow(call, [conversation], [])


def _follow(call: Call, conversations: Iterable[int], about: Iterable[int]) -> None:
    targets = call.lasting.get("targets", lambda: _targets(call.store))
    if targets is None:
        return
    rows = {key: thread.get(call, key) for key in sorted(set(conversations))}
    linked = set(about)
    for item in rows.values():
        if item.state is not ConversationState.BOT:
            _bring(call, _conversation(call, item), targets)
        if item.case_id is not None:
            linked.add(item.case_id)
    for key in sorted(linked):
        case = cases.get(call.store, key)
        if case is not None:
            _bring(call, _case(call, case), targets)
            for row in sla_targets.about_case(call.store, key):
                if row["id"] not in rows and row["state"] != ConversationState.CLOSED:
                    rows[row["id"]] = thread.get(call, row["id"])
    for item in rows.values():
        _show(call, item)


def _targets(store: Store) -> list[SlaTarget] | None:
    """The targets; None if there has never been any."""
    return sla_targets.targets(store) if sla_targets.any_target(store) else None


def _conversation(call: Call, item: Conversation) -> _About:
    over = item.state in _OVER
    ended_at = item.ended_at or item.closed_at or call.now
    return _About(
        Subject.CONVERSATION,
        item.id,
        item.served_from,
        {
            "channel": item.channel,
            "queue": item.queue,
            "tier": _tier(call, item.customer_id),
            "priority": "high" if item.priority > 0 else "low" if item.priority < 0 else "normal",
        },
        {
            Kpi.FIRST_RESPONSE: item.first_reply_at,
            Kpi.RESOLUTION: ended_at if over and item.accepted_at is not None else None,
        },
        over,
        (_stops(item.state, item.snoozed_until, item.waiting_since),),
    )


def _case(call: Call, case: Case) -> _About:
    conversations = sla_targets.about_case(call.store, case.id)
    replies = [row["first_reply_at"] for row in conversations if row["first_reply_at"] is not None]
    resolved = case.status is CaseStatus.RESOLVED
    return _About(
        Subject.CASE,
        case.id,
        case.created_at,
        {
            "channel": case.origin,
            "queue": next((row["queue"] for row in conversations), ""),
            "tier": _tier(call, case.customer_id),
            "priority": case.priority.value,
        },
        {
            Kpi.FIRST_RESPONSE: min(replies, default=None),
            Kpi.RESOLUTION: case.resolved_at if resolved else None,
        },
        case.status is not CaseStatus.ACTIVE,
        tuple(
            _stops(row["state"], row["snoozed_until"], row["waiting_since"])
            for row in conversations
            if row["state"] not in _OVER
        ),
        frozenset({HOLDS[case.reason]} if case.reason in HOLDS else ()),
    )


def _stops(state: str, snoozed_until: int | None, owed_since: int | None) -> _Stops:
    waiting = {Hold.WAITING} if state == ConversationState.WAITING else set()
    snoozed = {Hold.SNOOZED} if snoozed_until is not None else set()
    return _Stops(frozenset(waiting | snoozed), answer_due=owed_since is not None)


def _tier(call: Call, customer: int | None) -> str:
    return "" if customer is None else sla_targets.tier_of(call.store, customer)


def _bring(call: Call, about: _About, targets: Sequence[SlaTarget]) -> None:
    """Start, move, replace or cancel the targets of one conversation or case."""
    of_conversation = about.subject is Subject.CONVERSATION
    of = sla_targets.of_conversation if of_conversation else sla_targets.of_case
    # A target that replaced another one is the newer of the two.
    given = {one.kpi: one for one in of(call.store, about.key)}
    for kpi in Kpi:
        target = _fitting(about, kpi, targets)
        before = given.get(kpi)
        if before is None:
            if target is not None and not about.ended and about.done[kpi] is None:
                _give(call, about, target, None)
        else:
            _move(call, about, before, target, targets)


def _fitting(about: _About, kpi: Kpi, targets: Sequence[SlaTarget]) -> SlaTarget | None:
    """The first target that applies; it applies to what started after it was created."""
    return next(
        (
            target
            for target in targets
            if target.active
            and (target.kpi, target.subject) == (kpi, about.subject)
            and target.since <= about.began_at
            and sla.applies(target.conditions, about.facts)
        ),
        None,
    )


def _move(
    call: Call,
    about: _About,
    before: GivenTarget,
    target: SlaTarget | None,
    targets: Sequence[SlaTarget],
) -> None:
    clock = clock_of(before)
    broken = sla.status(clock, call.now) is SlaStatus.BREACHED
    done = about.done[before.kpi]
    other = target is not None and target.id != before.target_id
    over = other and not broken and done is None and not about.ended
    own = next((t for t in targets if t.id == before.target_id), None)
    calendar = hours.calendar(call.store, before.calendar_id)
    after = sla.moved(
        clock,
        call.now,
        calendar,
        done_at=done,
        ended=about.ended or over or (target is None and not broken),
        held=about.held(() if own is None else own.pauses, before.kpi),
        rests=before.kpi is Kpi.RESOLUTION,
    )
    if after != clock:
        sla_targets.change(call.store, before.id, _times(after))
        _set_timers(call, before.id, clock, after)
    if over and target is not None:
        _give(call, about, target, clock)


def _give(call: Call, about: _About, target: SlaTarget, before: Clock | None) -> None:
    """Start a target; one that replaces another has had the same pauses."""
    calendar = hours.calendar(call.store, target.calendar_id)
    try:
        if before is None:
            clock = sla.start(rule(target), about.began_at, calendar)
        else:
            clock = sla.replaced(before, rule(target), calendar)
    except ValueError:
        return  # nobody lives to see the end of it: the calendar has no such hours
    if about.held(target.pauses, target.kpi):
        clock = sla.pause(clock, max(call.now, clock.started_at))
    elif before is not None:
        clock = sla.resume(clock, max(call.now, clock.paused_at or 0), calendar)
    of_conversation = about.subject is Subject.CONVERSATION
    key = sla_targets.add(
        call.store,
        {
            "target_id": target.id,
            "name": target.name,
            "kpi": target.kpi,
            "conversation_id": about.key if of_conversation else None,
            "case_id": None if of_conversation else about.key,
            "calendar_id": target.calendar_id,
            "started_at": clock.started_at,
            **_times(clock),
        },
    )
    _set_timers(call, key, None, clock)


def _set_timers(call: Call, key: int, before: Clock | None, after: Clock) -> None:
    """Set timers for future warnings and due times, and remove those that do not count."""
    stopped = after.stopped_at
    for kind, limit in (("sla_warn", "warn_at"), ("sla_fail", "fail_at")):
        at = getattr(after, limit)
        if stopped is not None:
            if at > stopped:
                timers.stop(call.store, kind, key)
        elif before is None or (
            before.stopped_at is not None and getattr(before, limit) > before.stopped_at
        ):
            timers.start(call.store, kind, key, at)


def _times(clock: Clock) -> dict[str, Any]:
    return {name: getattr(clock, name) for name in _TIMES}


def _show(call: Call, item: Conversation) -> None:
    """Save the next due target in a conversation's row, and journal a change."""
    first = None if item.state is ConversationState.CLOSED else _first(call, item)
    stands = None if first is None else sla.status(first, call.now)
    runs = first is not None and stands is not SlaStatus.PAUSED
    values = {
        "sla_status": "" if stands is None else stands.value,
        "sla_warn_at": first.warn_at if first is not None and runs else None,
        "sla_fail_at": first.fail_at if first is not None and runs else None,
    }
    if values != {name: getattr(item, name) for name in values}:
        call.store.update("conversations", item.id, values)
        if ("conversation", item.id) not in call.touched:
            call.journal("sla.changed", conversation=item.id)


def _first(call: Call, item: Conversation) -> Clock | None:
    """The next due target that is not met of a conversation or its case."""
    given = sla_targets.of_conversation(call.store, item.id)
    if item.case_id is not None:
        given += sla_targets.of_case(call.store, item.case_id)
    running = [clock_of(one) for one in given if one.kept_at is None and one.cancelled_at is None]

    def pressing(clock: Clock) -> tuple[bool, int]:
        return sla.status(clock, call.now) is SlaStatus.PAUSED, clock.fail_at

    return min(running, key=pressing, default=None)


def nears(call: Call, key: int) -> None:
    """A target's warning time has come; one that is overdue is handled by its own timer."""
    given = sla_targets.get(call.store, key)
    if given is not None and sla.status(clock_of(given), call.now) is SlaStatus.NEARING:
        _tell(call, "sla.nearing", given)


def breaks(call: Call, key: int) -> None:
    """A target is missed: its due time has passed."""
    given = sla_targets.get(call.store, key)
    if given is not None and sla.status(clock_of(given), call.now) is SlaStatus.BREACHED:
        _tell(call, "sla.breached", given)


def _tell(call: Call, kind: str, given: GivenTarget) -> None:
    call.journal(
        kind,
        conversation=given.conversation_id,
        case=given.case_id,
        promise=given.id,
        name=given.name,
        kpi=given.kpi.value,
        fail_at=given.fail_at,
    )
