"""Entitlements: their states, their dates, and what a case uses when.

`rules/entitled.py` decides which cases can use one.
"""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from msgspec import Struct

from omnitui.model.case import CaseStatus
from omnitui.model.entitlement import (
    PER_MINUTE,
    WHOLE,
    Allocation,
    DecreaseOn,
    EntitlementState,
    Terms,
    number,
)

DAY = 86_400_000
S = EntitlementState


class Action(StrEnum):
    """An action on an entitlement; the values are verbs for sentences."""

    EDIT = "changed"
    ACTIVATE = "activated"
    DEACTIVATE = "deactivated"
    CANCEL = "cancelled"
    SET_DEFAULT = "set as default"
    RENEW = "renewed"


_FROM: dict[Action, tuple[EntitlementState, ...]] = {
    Action.EDIT: (S.DRAFT,),
    Action.ACTIVATE: (S.DRAFT,),
    Action.DEACTIVATE: (S.ACTIVE,),
    Action.CANCEL: (S.ACTIVE, S.WAITING),
    Action.SET_DEFAULT: (S.ACTIVE,),
    Action.RENEW: (S.EXPIRED, S.CANCELLED),
}
"""The states in which each action is possible."""

_TO = {Action.DEACTIVATE: S.DRAFT, Action.CANCEL: S.CANCELLED}
"""The state after an action; other actions keep the state, or the dates decide."""


def allowed_from(action: Action) -> tuple[EntitlementState, ...]:
    """The states in which `action` is possible."""
    return _FROM[action]


def after(
    action: Action, state: EntitlementState, starts: int, ends: int, now: int
) -> EntitlementState | None:
    """The state after `action`, None if it is not possible in `state`.

    Renewing does not change the old one: the copy is new.
    """
    if state not in _FROM[action]:
        return None
    if action is Action.ACTIVATE:
        return by_dates(starts, ends, now)
    return _TO.get(action, state)


def by_dates(starts: int, ends: int, now: int) -> EntitlementState:
    """Waiting before `starts`, active until before `ends`, expired from then on."""
    if now >= ends:
        return S.EXPIRED
    return S.WAITING if now < starts else S.ACTIVE


def state_at(state: EntitlementState, starts: int, ends: int, now: int) -> EntitlementState:
    """The state of an entitlement at `now`, even if no timer has set it yet."""
    return by_dates(starts, ends, now) if state in (S.WAITING, S.ACTIVE) else state


def renewed(starts: int, ends: int, now: int) -> tuple[int, int]:
    """The dates of a renewed one: from today, for as long as the old one lasted."""
    today = now - now % DAY
    return today, today + (ends - starts)


def lasting(starts: int, days: int) -> int:
    """The end of something that lasts `days` days from `starts`."""
    return starts + days * DAY


def period(starts: int, ends: int) -> str:
    """First and last day, with the time if it is not a whole day."""
    last = ends - 1 if ends % DAY == 0 else ends
    return f"{_moment(starts)} to {_moment(last, whole=ends % DAY == 0)}"


def day(at: int) -> str:
    """A time for sentences: only the day if it is the start of one."""
    return _moment(at)


def _moment(at: int, *, whole: bool = False) -> str:
    found = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=at)
    return found.strftime("%Y-%m-%d" if whole or at % DAY == 0 else "%Y-%m-%d %H:%M")


class Use(Struct, frozen=True):
    """The values of a case that decide what it uses. An `exempt` one uses nothing."""

    status: CaseStatus
    minutes: int | None = None
    exempt: bool = False


def uses(terms: Terms, use: Use) -> int:
    """How much of an entitlement a case uses as it is now, in parts.

    Everything that happens to a case moves terms by the difference before and after it:

        event                          on creation   on resolution
        created with, or given it              -1               0
        resolved                                0              -1
        cancelled                              +1               0
        cancelled one reopened                 -1               0
        resolved one reopened                   0              +1

    Hours are the billable minutes of a resolved case / 60.
    """
    if use.exempt or use.status is CaseStatus.CANCELLED:
        return 0
    if terms.allocation is Allocation.HOURS:
        resolved = use.status is CaseStatus.RESOLVED
        return (use.minutes or 0) * PER_MINUTE if resolved else 0
    if terms.decrease_on is DecreaseOn.CREATION:
        return WHOLE
    return WHOLE if use.status is CaseStatus.RESOLVED else 0


def holds(terms: Terms, use: Use) -> int:
    """What a case reserves of an entitlement until it is resolved, in parts."""
    return terms.held_by_each if use.status is CaseStatus.ACTIVE and not use.exempt else 0


def notice(terms: Terms) -> str:
    """The notices about terms that are allowed anyway."""
    said = (
        _over_notice(terms),
        sum_notice(terms.total, [line.total for line in terms.lines.values()]),
    )
    return " ".join(filter(None, said))


def _over_notice(terms: Terms) -> str:
    """The notice that resolved cases have taken restricted terms below zero; empty if not."""
    if not terms.restrict or terms.left >= 0:
        return ""
    return (
        f"Used {number(-terms.left)} over the total. New cases are refused until the total is "
        "raised."
    )


def sum_notice(total: int, lines: Iterable[int]) -> str:
    """The notice that the channels add up to more than the total, in parts; empty if not."""
    added = sum(lines)
    if added <= total:
        return ""
    return (
        f"The channels add up to {number(added)}, more than the total of {number(total)}: the "
        "total is the limit."
    )
