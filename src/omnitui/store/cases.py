"""Cases."""

from omnitui.model.case import CASE_FIELDS, Case, CaseSort, CaseStatus
from omnitui.model.ids import CaseId
from omnitui.store.engine import Row, Store
from omnitui.store.fields import reader
from omnitui.store.reading import each, one

_SELECT = """SELECT c.*, ifnull(a.name, '') AS owner_name, ifnull(e.name, '') AS entitlement_name,
        ifnull(p.name, '') AS contact_name, ifnull(f.number, '') AS parent_number,
        ifnull(m.number, '') AS merged_number
    FROM cases c LEFT JOIN agents a ON a.id = c.owner_id
    LEFT JOIN entitlements e ON e.id = c.entitlement_id
    LEFT JOIN customers p ON p.id = c.contact_id
    LEFT JOIN cases f ON f.id = c.parent_id LEFT JOIN cases m ON m.id = c.merged_into"""

_case = reader(
    Case,
    CASE_FIELDS,
    also="id number customer_id owner_name entitlement_name contact_name parent_number"
    " merged_number",
)

_ORDERS = {
    CaseSort.NEWEST: "",
    CaseSort.CHANGED: "c.updated_at DESC, ",
    CaseSort.PRESSING: "c.status <> 'active',"
    " CASE c.priority WHEN 'high' THEN 1 WHEN 'normal' THEN 2 ELSE 3 END, ",
}

_UPPER = {code: code - 32 for code in range(ord("a"), ord("z") + 1)}


def get(store: Store, case: int) -> Case | None:
    """One case."""
    row = store.row(f"{_SELECT} WHERE c.id = ?", (case,))
    return one(_case, row)


_WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
"""Wide letters, digits and signs, as keyboards of East Asia write them, and the plain ones."""


def matching(store: Store, match: str, limit: int) -> list[Case]:
    """The newest cases that fit a query such as `search.any_two_of` makes."""
    if not match:
        return []
    keys = "SELECT rowid FROM cases_search WHERE cases_search MATCH ? ORDER BY rowid DESC LIMIT ?"
    rows = store.rows(f"{_SELECT} WHERE c.id IN ({keys}) ORDER BY c.id DESC", (match, limit))
    return each(_case, rows)


def upper(number: str) -> str:
    """A case's number in the form that is saved. Only ASCII letters have a case."""
    return number.translate(_UPPER)


def by_number(store: Store, number: str) -> CaseId | None:
    """The key of the case of that number, upper and lower case and wide letters alike."""
    key: CaseId | None = None
    for written in dict.fromkeys((number, number.translate(_WIDE))):
        if key is None:
            key = store.value("SELECT id FROM cases WHERE number = ?", (upper(written),))
    return key


def of_customer(
    store: Store,
    customer: int,
    *,
    before: int | None = None,
    status: CaseStatus | None = None,
    sort: CaseSort = CaseSort.NEWEST,
    limit: int = 20,
) -> list[Case]:
    """A customer's cases; `before` (a creation time, epoch ms) pages."""
    only = "" if status is None else f" AND c.status = '{status.value}'"
    return each(
        _case,
        store.rows(
            f"{_SELECT} WHERE c.customer_id = ? AND c.created_at < ?{only}"
            f" ORDER BY {_ORDERS[sort]}c.created_at DESC, c.id DESC LIMIT ?",
            (customer, before or 2**62, limit),
        ),
    )


def children(store: Store, case: int, status: CaseStatus | None = None) -> list[Case]:
    """A case's children, the oldest first; of one status if given."""
    only = "" if status is None else f" AND c.status = '{status.value}'"
    return each(
        _case,
        store.rows(f"{_SELECT} WHERE c.parent_id = ?{only} ORDER BY c.id LIMIT 1000", (case,)),
    )


def merged(store: Store, case: int) -> list[Case]:
    """The cases that were merged into a case, the oldest first."""
    rows = store.rows(f"{_SELECT} WHERE c.merged_into = ? ORDER BY c.id LIMIT 1000", (case,))
    return each(_case, rows)


def open_tasks(store: Store, case: int) -> list[Row]:
    """The open tasks of a case, as (id, title), the next due first."""
    return store.rows(
        "SELECT id, title FROM activities WHERE case_id = ? AND kind = 'task' AND done_at IS NULL"
        " ORDER BY due_at IS NULL, due_at, id LIMIT 1000",
        (case,),
    )


def open_conversations(store: Store, case: int) -> list[Row]:
    """The open conversations of a case, as (id, name, channel, state)."""
    return store.rows(
        "SELECT id, name, channel, state FROM conversations WHERE case_id = ?"
        " AND state NOT IN ('wrap_up', 'closed') ORDER BY id LIMIT 1000",
        (case,),
    )


def active_of(store: Store, customer: int) -> list[CaseId]:
    """The keys of a customer's active cases."""
    return [
        row["id"]
        for row in store.rows(
            "SELECT id FROM cases WHERE customer_id = ? AND status = 'active' LIMIT 20", (customer,)
        )
    ]


def newest(store: Store, limit: int = 50, status: CaseStatus | None = None) -> list[Case]:
    """The newest cases of all, or of one status."""
    only = "" if status is None else f" WHERE c.status = '{status.value}'"
    rows = store.rows(f"{_SELECT}{only} ORDER BY c.id DESC LIMIT ?", (limit,))
    return each(_case, rows)


def conversations_of_others(store: Store, case: int, customer: int) -> int:
    """How many conversations of a case have another customer than `customer`."""
    found = store.value(
        "SELECT count(*) FROM conversations WHERE case_id = ? AND customer_id IS NOT ?",
        (case, customer),
    )
    return int(found)


def move(store: Store, case: int, customer: int) -> None:
    """Move a case's records, with the cases merged into it, to its new customer."""
    move_activities(store, case, customer)
    them = "(SELECT id FROM cases WHERE merged_into = :case)"
    store.execute(
        "UPDATE cases SET customer_id = :customer, entitlement_id = NULL, contact_id = NULL,"
        f" parent_id = iif(parent_id IN {them}, parent_id, NULL) WHERE merged_into = :case",
        {"customer": customer, "case": case},
    )


def hanging(store: Store, case: int, conversation: int | None) -> str:
    """Something that depends on a case, besides its row and one `conversation`, as a noun; empty if
    nothing.

    Targets and uses of terms follow from the case and are not counted.
    """
    for table, column, noun in (
        ("activities", "case_id", "something on the timeline"),
        ("cases", "parent_id", "a child"),
        ("cases", "merged_into", "a merged case"),
        ("conversations", "case_id", "another conversation"),
    ):
        query = f"SELECT 1 FROM {table} WHERE {column} = ? AND id <> ? LIMIT 1"
        but = conversation if table == "conversations" and conversation is not None else 0
        if store.value(query, (case, but)) is not None:
            return noun
    return ""


def parts(store: Store, case: int) -> list[int]:
    """The cases that have been merged into a case."""
    return [row[0] for row in store.rows("SELECT id FROM cases WHERE merged_into = ?", (case,))]


def move_activities(store: Store, case: int, customer: int) -> None:
    """Move a case's activities to its new customer."""
    store.execute("UPDATE activities SET customer_id = ? WHERE case_id = ?", (customer, case))


def next_number(store: Store) -> str:
    """The number of the next case, never used before."""
    return f"CAS-{store.next_key('cases'):05d}"
