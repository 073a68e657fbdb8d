"""Customers from data files, with their cases and their history.

Existing customers do not change.
"""

from collections import Counter
from collections.abc import Mapping
from datetime import UTC, datetime, time, timedelta

from msgspec import Struct

from omnitui.datafiles.company import Company
from omnitui.datafiles.company_rows import CUSTOMER, ActivityRow, CaseRow, CustomerRow
from omnitui.desk.call import Call
from omnitui.model.case import CaseStatus
from omnitui.model.names import first_name
from omnitui.rules.cases import usual
from omnitui.safetext import clean, clean_line
from omnitui.store import cases, customers

_OPENED, _CLOSED, _DUE = time(10, 0), time(15, 0), time(16, 0)


class _Days(Struct, frozen=True):
    """Turns days before now into times; only a task's due time is after `now`."""

    now: int

    def past(self, days: int, at: time) -> int:
        return min(self.at(-days, at), self.now)

    def at(self, days: int, at: time) -> int:
        today = datetime.fromtimestamp(self.now / 1_000, UTC).date()
        moment = datetime.combine(today + timedelta(days=days), at, UTC)
        return int(moment.timestamp() * 1_000)


def welcome(call: Call, company: Company) -> Counter[str]:
    """Add customers who are not in the store; returns how many rows of each kind."""
    days = _Days(call.now)
    names = {agent.login: clean_line(agent.name) for agent in company.agents}
    new: list[tuple[int, CustomerRow]] = [
        (_customer(call, row), row) for row in company.customers if not _known(call, row)
    ]
    numbers = _cases(call, new, days)
    for customer, row in new:
        for activity in row.activity:
            case = numbers.get((customer, activity.case))
            _activity(call, customer, row, activity, case, days, names)
    return Counter(
        customers=len(new),
        cases=len(numbers),
        activities=sum(len(row.activity) for _, row in new),
    )


def _known(call: Call, row: CustomerRow) -> bool:
    if row.account and customers.by_account(call.store, clean_line(row.account)) is not None:
        return True
    keys = [call.address_key(address.channel, address.value) for address in row.address]
    if any(customers.by_address(call.store, key) is not None for key in keys):
        return True
    return not (row.account or keys) and bool(customers.by_name(call.store, row.name, limit=1))


def _customer(call: Call, row: CustomerRow) -> int:
    name = clean_line(row.name)
    since = "" if row.since is None else row.since.isoformat()
    key = call.store.insert(
        "customers",
        {
            "name": name,
            "name_key": customers.name_key(name),
            "company": clean_line(row.company),
            "account": clean_line(row.account),
            "tier": row.tier,
            "language": clean_line(row.language),
            "city": clean_line(row.city),
            "since": since,
            "plan": clean_line(row.plan),
            "device": clean_line(row.device),
            "notes": clean(row.notes).strip(),
            "created_at": call.now,
        },
    )
    given = [(a.channel, clean_line(a.value)) for a in row.address]
    # Phone and SMS share a number's key: the first of the two is the one that is kept.
    unique = {call.address_key(channel, value): (channel, value) for channel, value in given[::-1]}
    for address, (channel, value) in reversed(unique.items()):
        customers.add_address(call.store, key, channel, value, address)
    return key


def _cases(
    call: Call, new: list[tuple[int, CustomerRow]], days: _Days
) -> dict[tuple[int, str], int]:
    """All cases in order of creation, so that their numbers grow with time."""
    opened = [
        (days.past(case.opened_days_ago, _OPENED), customer, case, row)
        for customer, row in new
        for case in row.case
    ]
    opened.sort(key=lambda item: item[0])
    return {
        (customer, case.key): _case(call, customer, case, at, _last_touch(case, row, days), days)
        for at, customer, case, row in opened
    }


def _last_touch(case: CaseRow, row: CustomerRow, days: _Days) -> int:
    times = [_when(activity, days) for activity in row.activity if activity.case == case.key]
    return max(times, default=0)


def _when(activity: ActivityRow, days: _Days) -> int:
    return days.past(activity.days_ago, time.fromisoformat(activity.at))


def _case(call: Call, customer: int, case: CaseRow, opened: int, touched: int, days: _Days) -> int:
    closed = case.closed_days_ago
    closed_at = None if closed is None else max(opened, days.past(closed, _CLOSED))
    resolved = case.status is CaseStatus.RESOLVED
    return call.store.insert(
        "cases",
        {
            "number": cases.next_number(call.store),
            "title": clean_line(case.title),
            "customer_id": customer,
            "origin": case.origin,
            "status": case.status,
            "reason": case.reason or usual(case.status),
            "priority": case.priority,
            "description": clean(case.description).strip(),
            "product": clean_line(case.product),
            "created_at": opened,
            "updated_at": max(opened, touched, closed_at or 0),
            "resolved_at": closed_at,
            "resolution": clean(case.resolution).strip(),
            "minutes": case.minutes if resolved else None,
        },
    )


def _activity(
    call: Call,
    customer: int,
    row: CustomerRow,
    activity: ActivityRow,
    case: int | None,
    days: _Days,
    names: Mapping[str, str],
) -> None:
    at = _when(activity, days)
    due = activity.due_in_days
    author = row.name if activity.author == CUSTOMER else activity.author
    call.store.insert(
        "activities",
        {
            "customer_id": customer,
            "case_id": case,
            "kind": activity.kind,
            "at": at,
            "title": clean_line(activity.title),
            "body": clean(_body(row, activity, names)).strip(),
            "author": clean_line(names.get(author, author)),
            "due_at": None if due is None else days.at(due, _DUE),
            "done_at": at if activity.done else None,
        },
    )


def _body(row: CustomerRow, activity: ActivityRow, names: Mapping[str, str]) -> str:
    """The body, followed by the lines of a chat with the names of the speakers."""
    agent = first_name(names.get(activity.author, "Agent"))
    who = {"customer": first_name(row.name), "agent": agent, "bot": "Virtual agent"}
    said = [f"{who[speaker]}: {words}" for speaker, words in activity.lines]
    return "\n".join(filter(None, [activity.body.strip(), *said]))
