"""Cases."""

from omnitui.model.case import Case, CasePriority, CaseStatus
from omnitui.model.ids import CaseId
from omnitui.store.engine import Row, Store

_SELECT = """SELECT c.*, ifnull(a.name, '') AS owner_name
    FROM cases c LEFT JOIN agents a ON a.id = c.owner_id"""

_PLAIN = (
    "id number title customer_id origin description product owner_id owner_name created_at"
    " updated_at resolved_at resolution minutes"
).split()


def _case(row: Row) -> Case:
    return Case(
        **{name: row[name] for name in _PLAIN},
        status=CaseStatus(row["status"]),
        priority=CasePriority(row["priority"]),
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


def next_number(store: Store) -> str:
    """The number of the next case."""
    return f"CAS-{int(store.value('SELECT ifnull(max(id), 0) + 1 FROM cases')):05d}"
