"""SLA targets for first responses and resolutions."""

from collections.abc import Mapping, Sequence
from typing import Any

from omnitui.desk import hours
from omnitui.desk.call import Call
from omnitui.desk.convert import Name
from omnitui.desk.named import own_name
from omnitui.desk.registry import command, query
from omnitui.model.actor import Permission
from omnitui.model.customer import Tier
from omnitui.model.errors import Refused
from omnitui.model.ids import CalendarId, TargetId
from omnitui.model.sla import FIELDS, PRIORITIES, Hold, Kpi, SlaTarget, Subject
from omnitui.rules.sla import Target, start
from omnitui.safetext import clean_line
from omnitui.store import channels
from omnitui.store.routing import calendars, sla_targets

MINUTE = 60_000
_LONGEST = 5 * 366 * 24 * 60
"""The longest target (minutes)."""

OF_CASES = (Hold.ON_HOLD, Hold.WAITING_FOR_DETAILS)
"""Status reasons that pause the targets of cases only."""


def usual_pauses(subject: Subject, kpi: Kpi) -> tuple[Hold, ...]:
    """The default pauses."""
    if subject is Subject.CONVERSATION:
        return Hold.WAITING, Hold.SNOOZED
    return OF_CASES if kpi is Kpi.RESOLUTION else ()


def rule(target: SlaTarget) -> Target:
    """A target as the rules count with it."""
    return Target(target.name, target.warn_minutes * MINUTE, target.fail_minutes * MINUTE)


@command("sla.create", Permission.ADMINISTER)
def create(
    call: Call,
    name: Name,
    kpi: Kpi,
    warn_minutes: int,
    fail_minutes: int,
    subject: Subject = Subject.CONVERSATION,
    calendar: CalendarId | None = None,
    conditions: dict[str, list[str]] | None = None,
    pauses: list[Hold] | None = None,
) -> SlaTarget:
    """Add an SLA target (first response or resolution) for new conversations or cases.

    Times are minutes of the calendar's hours; without a calendar every hour counts. `conditions`
    are lists of words by channel, queue, tier and priority: one word of each list has to match. Of
    the targets of one kind the first that matches applies. `pauses` says what pauses it.
    """
    key = _add(
        call,
        _free_name(call, name),
        {"kpi": kpi, "subject": subject},
        _row(call, warn_minutes, fail_minutes, calendar, conditions or {}, pauses, (subject, kpi)),
    )
    found = _get(call, key)
    call.journal("sla.created", target=key, name=found.name)
    return found


def _add(call: Call, name: str, kind: Mapping[str, Any], row: Mapping[str, Any]) -> int:
    position = len(sla_targets.targets(call.store)) + 1
    values = {"name": name, **kind, **row, "position": position, "since": call.now}
    return call.store.insert("targets", values)


def _row(
    call: Call,
    warn: int,
    fail: int,
    calendar: int | None,
    conditions: Mapping[str, Sequence[str]],
    pauses: Sequence[Hold] | None,
    kind: tuple[Subject, Kpi],
) -> dict[str, Any]:
    """The changed columns; refused if they are not valid."""
    _check_limits(call, warn, fail, calendar)
    stops = usual_pauses(*kind) if pauses is None else tuple(dict.fromkeys(pauses))
    if Subject.CONVERSATION in kind and (wrong := [one.value for one in stops if one in OF_CASES]):
        raise Refused(
            "sla.pauses",
            f"Conversations are never {wrong[0]}: that pauses targets of cases only.",
            "Give waiting or snoozed, or use subject=case.",
        )
    return {
        "warn_minutes": warn,
        "fail_minutes": fail,
        "calendar_id": calendar,
        **sla_targets.target_values(_checked(call, conditions), stops),
    }


@command("sla.update", Permission.ADMINISTER)
def update(
    call: Call,
    target: TargetId,
    name: Name | None = None,
    warn_minutes: int | None = None,
    fail_minutes: int | None = None,
    calendar: CalendarId | None = None,
    conditions: dict[str, list[str]] | None = None,
    pauses: list[Hold] | None = None,
    position: int | None = None,
    active: bool | None = None,
) -> SlaTarget:
    """Change an SLA target. Existing due times stay the same.

    `position` is its place among all targets, 1 is the first. An inactive target (`active` no)
    applies to nothing new.
    """
    before = _get(call, target)
    row = _row(
        call,
        before.warn_minutes if warn_minutes is None else warn_minutes,
        before.fail_minutes if fail_minutes is None else fail_minutes,
        before.calendar_id if calendar is None else calendar,
        before.conditions if conditions is None else conditions,
        before.pauses if pauses is None else pauses,
        (before.subject, before.kpi),
    )
    row["name"] = before.name if name is None else _free_name(call, name, but=target)
    row["active"] = int(before.active if active is None else active)
    call.store.update("targets", target, row)
    if position is not None:
        _move(call, target, position)
    after = _get(call, target)
    fields = [f for f in SlaTarget.__struct_fields__ if getattr(before, f) != getattr(after, f)]
    call.journal("sla.updated", target=target, fields=sorted(fields))
    return after


def put(
    call: Call,
    name: str,
    kpi: Kpi,
    subject: Subject,
    limits: tuple[int, int],
    calendar: str,
    conditions: Mapping[str, Sequence[str]],
    pauses: Sequence[Hold] | None,
) -> None:
    """Add a target from a data file, or update the one of the same name.

    `limits` are the minutes until the warning and until it is due.
    """
    hours_ = calendars.by_name(call.store, clean_line(calendar).strip())
    if calendar and hours_ is None:
        raise Refused("sla.calendar", f"{name} uses the calendar {calendar}, which does not exist.")
    row = _row(call, *limits, hours_, conditions, pauses, (subject, kpi))
    title = clean_line(name).strip()
    known = sla_targets.target_by_name(call.store, title)
    kind = {"kpi": kpi, "subject": subject}
    if known is None:
        _add(call, _free_name(call, title), kind, row)
    else:
        call.store.update("targets", known, {**kind, **row})


def _move(call: Call, target: int, position: int) -> None:
    others = [t.id for t in sla_targets.targets(call.store) if t.id != target]
    if not 1 <= position <= len(others) + 1:
        raise Refused(
            "sla.position",
            f"{position} is not a position among {len(others) + 1} targets.",
            f"Give 1 to {len(others) + 1}.",
        )
    sla_targets.place(call.store, [*others[: position - 1], target, *others[position - 1 :]])


@query("sla.list")
def list_(call: Call) -> list[SlaTarget]:
    """All targets in their own order."""
    return sla_targets.targets(call.store)


def _get(call: Call, key: int) -> SlaTarget:
    found = sla_targets.target(call.store, key)
    assert found is not None
    return found


def _free_name(call: Call, name: str, but: int | None = None) -> str:
    known = {one.name: one.id for one in sla_targets.targets(call.store)}
    return own_name(call, "sla", "a target", name, known, but=but)


def _check_limits(call: Call, warn: int, fail: int, calendar: int | None) -> None:
    if warn <= 0 or fail <= 0:
        wrong = f"{warn} minutes" if warn <= 0 else f"{fail} minutes"
        raise Refused("sla.limits", f"{wrong} is not a valid time.", "Give 1 minute or more.")
    if warn >= fail:
        raise Refused(
            "sla.limits",
            f"A warning after {warn} minutes is too late for a target of {fail} minutes.",
            "Warn before the target is due.",
        )
    if fail > _LONGEST:
        raise Refused("sla.limits", f"{fail} minutes is longer than five years.")
    try:
        hours_ = hours.calendar(call.store, calendar)
        start(Target("", warn * MINUTE, fail * MINUTE), call.now, hours_)
    except ValueError as error:
        raise Refused("sla.limits", f"{fail} minutes is not possible: {error}") from None


def _checked(call: Call, conditions: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    """Conditions with their words in the usual spelling; refuses words that cannot match."""
    known: dict[str, list[str]] = {
        "channel": [channel.key for channel in channels.every(call.store)],
        "queue": sla_targets.queue_names(call.store),
        "tier": [tier.value for tier in Tier],
        "priority": list(PRIORITIES),
    }
    checked: dict[str, list[str]] = {}
    for name, words in conditions.items():
        if name not in known:
            raise Refused(
                "sla.conditions",
                f"There is no condition on {name!r}.",
                f"Conditions are on {', '.join(FIELDS)}.",
            )
        written = {word.casefold(): word for word in known[name]}
        for word in words:
            if word.casefold() not in written:
                raise Refused(
                    "sla.conditions",
                    f"There is no {name} {word!r}.",
                    f"There are: {', '.join(known[name]) or 'none yet'}.",
                )
        if not words:
            raise Refused("sla.conditions", f"The condition on {name} is empty.")
        checked[name] = [written[word.casefold()] for word in words]
    return checked
