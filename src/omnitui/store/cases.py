"""Cases."""

from omnitui.model.case import Case, CasePriority, CaseStatus
from omnitui.model.ids import CaseId
from omnitui.store.engine import Row, Store

_SELECT = """SELECT c.*, ifnull(a.name, '') AS owner_name, ifnull(e.name, '') AS entitlement_name,
        ifnull(p.name, '') AS contact_name
    FROM cases c LEFT JOIN agents a ON a.id = c.owner_id
    LEFT JOIN entitlements e ON e.id = c.entitlement_id
    LEFT JOIN customers p ON p.id = c.contact_id"""

_PLAIN = (
    "id number title customer_id origin description product owner_id owner_name created_at"
    " updated_at resolved_at resolution minutes entitlement_id entitlement_name contact_id"
    " contact_name"
).split()


def _case(row: Row) -> Case:
    return Case(
        **{name: row[name] for name in _PLAIN},
        status=CaseStatus(row["status"]),
        priority=CasePriority(row["priority"]),
        do_not_decrement=bool(row["exempt"]),
    )


def get(store: Store, case: int) -> Case | None:
    """One case."""
    row = store.row(f"{_SELECT} WHERE c.id = ?", (case,))
    return None if row is None else _case(row)


def by_number(store: Store, number: str) -> CaseId | None:
    """The key of the case of that number, upper and lower case alike."""
    key: CaseId | None = store.value("SELECT id FROM cases WHERE number = ?", (number.upper(),))
    return key


def of_customer(
    store: Store, customer: int, *, before: int | None = None, limit: int = 20
) -> list[Case]:
    """A customer's cases, newest first; `before` (a creation time, epoch ms) pages."""
    return [
        _case(row)
        for row in store.rows(
            f"{_SELECT} WHERE c.customer_id = ? AND c.created_at < ?"
            " ORDER BY c.created_at DESC, c.id DESC LIMIT ?",
            (customer, before or 2**62, limit),
        )
    ]


def active_of(store: Store, customer: int) -> list[CaseId]:
    """The keys of a customer's active cases."""
    return [
        row["id"]
        for row in store.rows(
            "SELECT id FROM cases WHERE customer_id = ? AND status = 'active' LIMIT 20", (customer,)
        )
    ]


def newest(store: Store, limit: int = 50) -> list[Case]:
    """The newest cases of all."""
    return [_case(row) for row in store.rows(f"{_SELECT} ORDER BY c.id DESC LIMIT ?", (limit,))]


def conversations_of_others(store: Store, case: int, customer: int) -> int:
    """How many conversations about a case belong to another customer than `customer`."""
    found = store.value(
        "SELECT count(*) FROM conversations WHERE case_id = ? AND customer_id IS NOT ?",
        (case, customer),
    )
    return int(found)


def move_activities(store: Store, case: int, customer: int) -> None:
    """What hangs on a case is on its customer's timeline: bring it to the one it has now."""
    store.execute("UPDATE activities SET customer_id = ? WHERE case_id = ?", (customer, case))


def next_number(store: Store) -> str:
    """The number of the next case."""
    return f"CAS-{int(store.value('SELECT ifnull(max(id), 0) + 1 FROM cases')):05d}"
