"""What a timeline shows: activities, cases and conversations of one customer as one list."""

from omnitui.model.ids import ActivityId, CaseId, ConversationId, CustomerId
from omnitui.model.timeline import Activity, ActivityKind
from omnitui.store.engine import Row, Store

_TIMES = """
    SELECT at FROM activities
    WHERE customer_id = :customer AND (:case IS NULL OR case_id = :case) AND at < :before
    UNION ALL
    SELECT created_at FROM cases
    WHERE customer_id = :customer AND (:case IS NULL OR id = :case) AND created_at < :before
    UNION ALL
    SELECT created_at FROM conversations
    WHERE customer_id = :customer AND (:case IS NULL OR case_id = :case) AND created_at < :before
    ORDER BY 1 DESC LIMIT 1 OFFSET :limit - 1
"""
_TIMELINE = """
    SELECT a.id, a.customer_id, a.kind, a.at, a.title, a.body, a.author, a.case_id,
        ifnull(k.number, '') AS case_number, a.conversation_id, a.due_at, a.done_at
    FROM activities a LEFT JOIN cases k ON k.id = a.case_id
    WHERE a.customer_id = :customer AND (:case IS NULL OR a.case_id = :case)
        AND a.at < :before AND a.at >= :since
    UNION ALL
    SELECT -k.id, k.customer_id, 'case', k.created_at, k.title, k.status, '', k.id,
        k.number, NULL, NULL, NULL
    FROM cases k
    WHERE k.customer_id = :customer AND (:case IS NULL OR k.id = :case)
        AND k.created_at < :before AND k.created_at >= :since
    UNION ALL
    SELECT -c.id, c.customer_id, 'conversation', c.created_at, c.channel, c.last_text,
        ifnull(g.name, ''), c.case_id, '', c.id, NULL, c.closed_at
    FROM conversations c LEFT JOIN agents g ON g.id = c.agent_id
    WHERE c.customer_id = :customer AND (:case IS NULL OR c.case_id = :case)
        AND c.created_at < :before AND c.created_at >= :since
    ORDER BY 4 DESC, 3, 1 DESC
"""


def _activity(row: Row) -> Activity:
    return Activity(
        id=ActivityId(row["id"]),
        customer_id=CustomerId(row["customer_id"]),
        kind=ActivityKind(row["kind"]),
        at=row["at"],
        title=row["title"],
        body=row["body"],
        author=row["author"],
        case_id=None if row["case_id"] is None else CaseId(row["case_id"]),
        case_number=row["case_number"],
        conversation_id=(
            None if row["conversation_id"] is None else ConversationId(row["conversation_id"])
        ),
        due_at=row["due_at"],
        done_at=row["done_at"],
    )


def get(store: Store, activity: int) -> Activity | None:
    """One activity."""
    row = store.row(
        "SELECT a.*, ifnull(k.number, '') AS case_number"
        " FROM activities a LEFT JOIN cases k ON k.id = a.case_id WHERE a.id = ?",
        (activity,),
    )
    return None if row is None else _activity(row)


def timeline(
    store: Store,
    customer: int,
    *,
    case: int | None = None,
    before: int | None = None,
    limit: int = 50,
) -> list[Activity]:
    """One page of a customer's timeline, newest first; `before` is a time (epoch ms).

    A page never ends between two rows of the same time, so that the next one, asked for with the
    time of its last row, loses none: it may be longer than `limit` by those. Rows that are cases
    or conversations carry the negative of that record's key.
    """
    asked = {"customer": customer, "case": case, "before": before or 2**62, "limit": limit}
    since = store.value(_TIMES, asked) or -(2**62)
    return [_activity(row) for row in store.rows(_TIMELINE, {**asked, "since": since})]
