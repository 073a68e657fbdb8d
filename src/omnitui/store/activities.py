"""Timelines: activities, cases, conversations and their messages, as one list.

Everything is found by customer, so only that customer's own rows are read.
"""

from collections.abc import Collection, Mapping
from json import loads
from typing import Any

from msgspec import Struct

from omnitui.model.case import CaseReason
from omnitui.model.ids import ActivityId, AgentId, CaseId, ConversationId, CustomerId
from omnitui.model.timeline import CASE_EVENTS, USUAL_KINDS, Activity, ActivityKind
from omnitui.store.engine import Store
from omnitui.store.reading import each, one
from omnitui.store.search import fold_with

_EVENTS = ", ".join(f"'{kind}'" for kind in CASE_EVENTS)
_COLUMNS = (
    "id customer_id kind at title body author case_id case_number conversation_id due_at done_at"
    " owner_id owner cancelled"
).split()


class _Source(Struct, frozen=True):
    """One of the tables behind a timeline: its columns, and how its rows are narrowed.

    `text` is what is searched, `mine` whether the agent `:agent` did it.
    """

    kinds: tuple[ActivityKind, ...]
    columns: str
    tables: str
    customer: str
    at: str
    case: str
    conversation: str
    text: str
    mine: str
    where: str = ""


_KEPT = tuple(ActivityKind(kind) for kind in ("call", "mail", "task", "note", "visit", "chat"))
_SAID = "iif(json_valid(j.payload), json_extract(j.payload, '$.{}'), '')"
"""The values of a journal entry; none if its payload is damaged."""

_SOURCES = (
    _Source(
        kinds=_KEPT,
        columns="a.id, a.customer_id, a.kind, a.at, a.title, a.body, a.author, a.case_id,"
        " ifnull(k.number, '') AS case_number, a.conversation_id, a.due_at, a.done_at,"
        " a.owner_id, ifnull(o.name, '') AS owner, a.cancelled",
        tables="activities a LEFT JOIN cases k ON k.id = a.case_id"
        " LEFT JOIN agents o ON o.id = a.owner_id",
        customer="a.customer_id",
        at="a.at",
        case="a.case_id",
        conversation="a.conversation_id",
        text="a.title || ' ' || a.body || ' ' || a.author || ' ' || ifnull(k.number, '')",
        mine="a.author_id IS :agent",
    ),
    _Source(
        kinds=(ActivityKind.CASE,),
        columns="-k.id, k.customer_id, 'case', k.created_at, k.title,"
        " replace(k.reason, '_', ' '), '', k.id, k.number, NULL, NULL, NULL, k.owner_id,"
        " ifnull(o.name, ''), 0",
        tables="cases k LEFT JOIN agents o ON o.id = k.owner_id",
        customer="k.customer_id",
        at="k.created_at",
        case="k.id",
        conversation="(SELECT c.id FROM conversations c WHERE c.id = :conversation"
        " AND c.case_id = k.id)",
        text="k.number || ' ' || k.title || ' ' || k.description || ' ' || k.resolution"
        " || ' ' || k.status || ' ' || replace(k.reason, '_', ' ') || ' ' || k.product",
        mine="EXISTS (SELECT 1 FROM journal j WHERE j.case_id = k.id AND j.kind = 'case.created'"
        " AND j.actor_kind = 'agent' AND j.actor_id = :agent)",
    ),
    _Source(
        kinds=(ActivityKind.CONVERSATION,),
        columns="-c.id, c.customer_id, 'conversation', c.created_at, c.channel, c.last_text,"
        " ifnull(g.name, ''), c.case_id, '', c.id, NULL, c.closed_at, NULL, '', 0",
        tables="conversations c LEFT JOIN agents g ON g.id = c.agent_id",
        customer="c.customer_id",
        at="c.created_at",
        case="c.case_id",
        conversation="c.id",
        text="c.channel || ' ' || c.subject || ' ' || c.last_text || ' ' || ifnull(g.name, '')",
        mine="c.agent_id IS :agent",
    ),
    _Source(
        kinds=(ActivityKind.EVENT,),
        columns="j.seq, k.customer_id, 'event', j.at, j.kind || ' ' || j.payload, k.title,"
        " j.actor_name, k.id, k.number, j.conversation_id, NULL, NULL, NULL, '', 0",
        tables="cases k JOIN journal j ON j.case_id = k.id",
        customer="k.customer_id",
        at="j.at",
        case="k.id",
        conversation="j.conversation_id",
        text="k.number || ' ' || k.title || ' ' || j.kind || ' ' || j.actor_name || ' '"
        f" || replace(ifnull({_SAID.format('reason')}, ''), '_', ' ') || ' '"
        " || iif(j.kind = 'case.reopened', '',"
        f" ifnull({_SAID.format('resolution')}, '')) || ' '"
        f" || ifnull({_SAID.format('why')}, '')",
        mine="j.actor_kind = 'agent' AND j.actor_id = :agent",
        where=f"j.kind IN ({_EVENTS})",
    ),
    _Source(
        kinds=(ActivityKind.MESSAGE,),
        columns="m.id, c.customer_id, 'message', m.at, m.channel, m.text, m.author, c.case_id,"
        " '', c.id, NULL, NULL, NULL, '', 0",
        tables="conversations c JOIN messages m ON m.conversation_id = c.id",
        customer="c.customer_id",
        at="m.at",
        case="c.case_id",
        conversation="c.id",
        text="m.text || ' ' || m.author",
        mine="m.agent_id IS :agent",
        where="m.kind <> 'event' AND m.delivery <> 'unsent'",
    ),
)
_WHOLE = "(SELECT :case UNION ALL SELECT id FROM cases WHERE merged_into = :case)"
"""A case with those that have become part of it."""

_OF_OWNER = """SELECT a.*, ifnull(k.number, '') AS case_number, o.name AS owner, p.name AS customer
    FROM activities a JOIN customers p ON p.id = a.customer_id
    LEFT JOIN cases k ON k.id = a.case_id LEFT JOIN agents o ON o.id = a.owner_id
    WHERE a.owner_id = ? AND a.owner_id IS NOT NULL AND a.done_at IS NULL
    ORDER BY a.due_at IS NULL, a.due_at, a.id LIMIT ?"""


DUE = "owner_id = :agent AND due_at <= :now AND done_at IS NULL AND kind = 'task'"
"""The open follow-ups of an agent that are due."""


class Asked(Struct, frozen=True):
    """A filter of a customer's rows. Times are epoch ms, exclusive.

    `words` must all occur in a row, in any case; `not_by` leaves out what that agent did.
    """

    customer: int
    kinds: Collection[ActivityKind] = USUAL_KINDS
    case: int | None = None
    conversation: int | None = None
    words: tuple[str, ...] = ()
    after: int = -(2**62)
    before: int = 2**62
    not_by: int | None = None


def _activity(row: Mapping[str, Any]) -> Activity:
    kind = ActivityKind(row["kind"])
    title, body = row["title"], row["body"]
    if kind is ActivityKind.EVENT:
        title, said = _event(title)
        body = said or body
    return Activity(
        id=ActivityId(row["id"]),
        customer_id=CustomerId(row["customer_id"]),
        kind=kind,
        at=row["at"],
        title=title,
        body=body,
        author=row["author"],
        case_id=None if row["case_id"] is None else CaseId(row["case_id"]),
        case_number=row["case_number"],
        conversation_id=(
            None if row["conversation_id"] is None else ConversationId(row["conversation_id"])
        ),
        due_at=row["due_at"],
        done_at=row["done_at"],
        owner_id=None if row["owner_id"] is None else AgentId(row["owner_id"]),
        owner=row["owner"] or "",
        customer=row.get("customer", ""),
        cancelled=bool(row["cancelled"]),
    )


def _event(kind_and_payload: str) -> tuple[str, str]:
    """An event of a case in words, with its text."""
    kind, _, payload = kind_and_payload.partition(" ")
    told = loads(payload)
    said = told.get("why") or (told.get("resolution", "") if kind != "case.reopened" else "")
    words, reason = CASE_EVENTS[kind], str(told.get("reason", ""))
    if kind == "case.reason_set":
        words += f" {CaseReason(reason).label}"
    elif kind == "case.resolved" and reason not in ("", CaseReason.PROBLEM_SOLVED):
        words += f": {CaseReason(reason).label}"
    elif kind == "case.merged":
        words += f" into {told['into_number']}"
    return words, str(said or "")


def get(store: Store, activity: int) -> Activity | None:
    """One activity."""
    row = store.row(
        "SELECT a.*, ifnull(k.number, '') AS case_number, o.name AS owner"
        " FROM activities a LEFT JOIN cases k ON k.id = a.case_id"
        " LEFT JOIN agents o ON o.id = a.owner_id WHERE a.id = ?",
        (activity,),
    )
    return one(_activity, None if row is None else dict(row))


def timeline(store: Store, asked: Asked, limit: int = 50) -> list[Activity]:
    """One page of a customer's timeline, newest first.

    A page never ends between two rows of the same time, so that the next one, asked for with the
    time of its last row, loses none: it may be longer than `limit` by those.
    """
    query = _union(asked)
    if not query:
        return []
    values = _values(store, asked) | {"limit": limit, "since": asked.after + 1}
    rows = _page(store, f"{query} ORDER BY 4 DESC LIMIT :limit", values)
    if len(rows) == limit:
        last = rows[-1].at
        alike = {**values, "since": last, "before": last + 1}
        rows = [row for row in rows if row.at > last] + _page(store, query, alike)
    return sorted(rows, key=lambda row: (-row.at, row.kind.value, -row.id))


def first_page(store: Store, asked: Asked, limit: int) -> list[Activity]:
    """The newest `limit` rows and no more, whatever their times."""
    values = _values(store, asked) | {"limit": limit, "since": asked.after + 1}
    query = f"{_union(asked)} ORDER BY 4 DESC, 3, 1 DESC LIMIT :limit"
    return _page(store, query, values)


def _page(store: Store, query: str, values: Mapping[str, Any]) -> list[Activity]:
    # The columns have the names of the first table that is asked, whichever that is.
    rows = store.rows(query, values)
    return each(_activity, (dict(zip(_COLUMNS, row, strict=True)) for row in rows))


def plan(store: Store, asked: Asked) -> list[str]:
    """How SQLite would read a page: the steps in its words."""
    values = _values(store, asked) | {"since": asked.after + 1}
    query = f"EXPLAIN QUERY PLAN {_union(asked)} ORDER BY 4 DESC"
    return [row["detail"] for row in store.rows(query, values)]


def _values(store: Store, asked: Asked) -> dict[str, Any]:
    if asked.words:
        fold_with(store)
    return {
        "customer": asked.customer,
        "case": asked.case,
        "conversation": asked.conversation,
        "words": " ".join(asked.words),
        "before": asked.before,
        "agent": asked.not_by,
    }


def _union(asked: Asked) -> str:
    """The query for the rows asked for between `:since` and `:before`; empty if there are none."""
    parts = []
    for source in _SOURCES:
        kinds = [kind for kind in source.kinds if kind in asked.kinds]
        if not kinds:
            continue
        where = [
            f"{source.customer} = :customer",
            f"{source.at} < :before",
            f"{source.at} >= :since",
            source.where,
            f"{source.case} IN {_WHOLE}" if asked.case is not None else "",
            f"{source.conversation} = :conversation" if asked.conversation is not None else "",
            f"mentions({source.text}, :words)" if asked.words else "",
            f"NOT ({source.mine})" if asked.not_by is not None else "",
        ]
        if len(kinds) < len(source.kinds):
            where.append(f"a.kind IN ({', '.join(repr(kind.value) for kind in kinds)})")
        narrowed = " AND ".join(filter(None, where))
        parts.append(f"SELECT {source.columns} FROM {source.tables} WHERE {narrowed}")
    return " UNION ALL ".join(parts)


def of_owner(store: Store, agent: int, limit: int = 50) -> list[Activity]:
    """The open follow-ups of an agent, the first one due first, those without a time last."""
    return each(_activity, map(dict, store.rows(_OF_OWNER, (agent, limit))))


def looked_at(store: Store, agent: int, customer: int) -> int | None:
    """When an agent last looked at a customer (epoch ms), None if never."""
    at: int | None = store.value(
        "SELECT at FROM looks WHERE agent_id = ? AND customer_id = ?", (agent, customer)
    )
    return at


def look(store: Store, agent: int, customer: int, at: int) -> None:
    """Save that an agent looks at a customer now."""
    store.execute(
        "INSERT INTO looks VALUES (?, ?, ?) ON CONFLICT (agent_id, customer_id)"
        " DO UPDATE SET at = max(at, excluded.at)",
        (agent, customer, at),
    )
