"""Home's lists filtered and sorted: conditions as SQL, in one query.

Text that people typed is only ever bound, never part of a statement.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from omnitui.letters import folded, others_of
from omnitui.model.triage import Condition
from omnitui.store.activities import DUE
from omnitui.store.conversations import CLOSED, EVERYTHING, IN_ORDER, MINE, WITH_CLOSED
from omnitui.store.engine import Row, Store
from omnitui.store.mentions import UNSEEN
from omnitui.store.outbox import NOT_LEFT, UNCERTAIN
from omnitui.store.reading import json_in
from omnitui.store.routing.sla_targets import PRESSING

MOST_KEYS = 20_000
"""How many keys a page has; where closed conversations are listed too, `PAGE_WITH_CLOSED`."""
PAGE_WITH_CLOSED = 2_000

_FROM = """FROM conversations c LEFT JOIN queues q ON q.id = c.queue_id
    LEFT JOIN agents h ON h.id = ifnull(c.offered_to, c.agent_id)"""

WHO = "CASE WHEN c.customer_id IS NOT NULL OR trim(c.address) = '' THEN c.name ELSE c.address END"
"""Whom a list names; the same as `Conversation.who`."""

_SORTS: Mapping[str, tuple[str, str, str]] = {
    # What comes last whichever way round, then what is sorted by, then its telling direction.
    "sla": ("c.sla_fail_at IS NULL", "c.sla_fail_at", "ASC"),
    "wait": ("c.waiting_since IS NULL", "c.waiting_since", "ASC"),
    "channel": ("", "c.channel", "ASC"),
    "name": ("", f"{WHO} COLLATE NOCASE", "ASC"),
    "said": ("", "c.last_at", "DESC"),
    "sentiment": ("c.sentiment_scored = 0", "c.sentiment", "ASC"),
    "queue": ("c.queue_id IS NULL", "q.name COLLATE NOCASE", "ASC"),
    "state": ("", "c.state", "ASC"),
    "priority": ("", "c.priority", "DESC"),
    "agent": ("h.id IS NULL", "h.name COLLATE NOCASE", "ASC"),
    "label": ("c.labels = '[]'", "c.labels COLLATE NOCASE", "ASC"),
}

_IS: Mapping[str, str] = {
    **{state: f"c.state = '{state}'" for state in ("bot", "open", "active", "waiting", "closed")},
    "any": "c.id > 0",
    "wrap-up": "c.state = 'wrap_up'",
    "ringing": "c.offered_to IS NOT NULL",
    "unread": "EXISTS (SELECT 1 FROM sessions s WHERE s.conversation_id = c.id"
    " AND s.agent_id = :agent AND s.unread > 0)",
    "mine": "h.id = :agent",
    "unassigned": "h.id IS NULL",
    "known": "c.customer_id IS NOT NULL",
    "snoozed": "c.snoozed_until IS NOT NULL",
    "late": "c.sla_fail_at <= :now",
    "near": "(c.sla_warn_at <= :now AND c.sla_fail_at > :now)",
}
_FEELS: Mapping[str, str] = {
    "negative": "c.sentiment < 0",
    "neutral": "(c.sentiment = 0 AND c.sentiment_scored = 1)",
    "positive": "c.sentiment > 0",
    "very-negative": "c.sentiment = -3",
    "very-positive": "c.sentiment = 3",
    "unscored": "c.sentiment_scored = 0",
}
_SLA: Mapping[str, str] = {
    "late": _IS["late"],
    "near": _IS["near"],
    "paused": "(c.sla_fail_at IS NULL AND c.sla_status = 'paused')",
    "none": "c.sla_status = ''",
}
_WORDS: Mapping[str, Mapping[str, str]] = {"is": _IS, "sentiment": _FEELS, "sla": _SLA}
_SKILLS, _LABELS = json_in("c.skills"), json_in("c.labels")

_AMONG: Mapping[str, str] = {
    "channel": "c.channel IN (SELECT value FROM json_each({0}))",
    "queue": "q.name IN (SELECT value FROM json_each({0}))",
    "skill": f"EXISTS (SELECT 1 FROM {_SKILLS} n WHERE n.key IN"
    " (SELECT value FROM json_each({0})))",
    "priority": "c.priority IN (SELECT CAST(value AS INTEGER) FROM json_each({0}))",
}
_COMPARED: Mapping[str, tuple[str, str]] = {
    "waiting": ("c.waiting_since <= :now - {0}", "c.waiting_since > :now - {0}"),
    "sla": ("c.sla_fail_at >= :now + {0}", "c.sla_fail_at < :now + {0}"),
    "priority": ("c.priority >= {0}", "c.priority < {0}"),
}


class _Bound:
    """What a statement's parameters hold."""

    def __init__(self, given: Mapping[str, Any]) -> None:
        self.values = dict(given)

    def __call__(self, value: Any) -> str:
        """A parameter for a value."""
        name = f"p{len(self.values)}"
        self.values[name] = value
        return f":{name}"


def find(
    store: Store,
    stream: str,
    agent: int,
    since: int,
    now: int,
    conditions: Sequence[Condition],
    sort: str = "",
    turned: bool = False,
    closed: bool = False,
    pages: int = 1,
) -> list[int]:
    """The keys of a list that match, sorted by a column or in the list's default order.

    With `closed` the list of all has the closed ones too. One key more than `pages` have means that
    there are more.
    """
    where, own_order = _rows_of(stream, closed)
    limit = pages * page(closed) + 1
    bound = _Bound({"agent": agent, "since": since, "now": now, "limit": limit})
    wanted = "".join(f" AND {_sql(condition, bound)}" for condition in conditions)
    sql = f"SELECT c.id {_FROM} WHERE {where}{wanted} ORDER BY {_order(sort, turned)}{own_order}"
    return [row[0] for row in store.rows(f"{sql} LIMIT :limit", bound.values)]


def count(
    store: Store,
    stream: str,
    agent: int,
    since: int,
    now: int,
    conditions: Sequence[Condition],
    closed: bool = False,
) -> int:
    """How many of a list fit."""
    where, _ = _rows_of(stream, closed)
    bound = _Bound({"agent": agent, "since": since, "now": now})
    wanted = "".join(f" AND {_sql(condition, bound)}" for condition in conditions)
    return int(store.value(f"SELECT count(*) {_FROM} WHERE {where}{wanted}", bound.values))


def page(closed: bool) -> int:
    """How many keys a page of a list has."""
    return PAGE_WITH_CLOSED if closed else MOST_KEYS


def told(store: Store, stream: str, agent: int, since: int, closed: bool = False) -> list[str]:
    """Which priorities and labels the conversations of a list have, without the filter."""
    where, _ = _rows_of(stream, closed)
    row = store.row(
        "SELECT EXISTS"
        f" (SELECT 1 FROM conversations c WHERE {where} AND c.priority <> 0) AS priority,"
        f" EXISTS (SELECT 1 FROM conversations c WHERE {where} AND c.labels <> '[]') AS label",
        {"agent": agent, "since": since},
    )
    return [] if row is None else [key for key in ("priority", "label") if row[key]]


def _rows_of(stream: str, closed: bool) -> tuple[str, str]:
    return WITH_CLOSED if closed and stream == "all" else IN_ORDER[stream]


def _order(sort: str, turned: bool) -> str:
    if not sort:
        return ""
    last, by, way = _SORTS[sort]
    way = {"ASC": "DESC", "DESC": "ASC"}[way] if turned else way
    return f"{last}, {by} {way}, " if last else f"{by} {way}, "


def _sql(condition: Condition, bound: _Bound) -> str:
    holds = f"ifnull({_holds(condition, bound)}, 0)"
    return f"NOT {holds}" if condition.turned else holds


def _holds(condition: Condition, bound: _Bound) -> str:
    field, values = condition.field, condition.values
    if condition.more is not None:
        at_least, less = _COMPARED[field]
        return f"({(at_least if condition.more else less).format(bound(condition.number))})"
    if not field:
        return _says(values[0], bound)
    if field in _WORDS:
        return f"({' OR '.join(_WORDS[field][value] for value in values)})"
    if field == "agent":
        return _held_by(values, bound)
    if field == "label":
        return _labelled(values, bound)
    return f"({_AMONG[field].format(bound(json.dumps(values)))})"


def _held_by(values: Sequence[str], bound: _Bound) -> str:
    logins = bound(json.dumps([v for v in values if v not in ("me", "nobody")]))
    parts = [f"h.login IN (SELECT value FROM json_each({logins}))"]
    parts += [_IS["mine"]] * ("me" in values) + [_IS["unassigned"]] * ("nobody" in values)
    return f"({' OR '.join(parts)})"


def _labelled(values: Sequence[str], bound: _Bound) -> str:
    among = bound(json.dumps([v for v in values if v != "none"]))
    has = (
        f"EXISTS (SELECT 1 FROM {_LABELS} n WHERE n.value IN"
        f" (SELECT value FROM json_each({among})))"
    )
    return f"(c.labels = '[]' OR {has})" if "none" in values else f"({has})"


_SAID = (
    "' ' || c.name || ' ' || c.address || ' ' || c.subject || ' ' || c.last_text || ' '"
    " || coalesce(q.name, '')"
)


def _says(word: str, bound: _Bound) -> str:
    return f"({' OR '.join(_said_as(way, bound) for way in (word, *others_of(word)))})"


def _said_as(word: str, bound: _Bound) -> str:
    plain = word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    # SQLite's own comparison knows small from capital in ASCII; only other texts need Python.
    says = f"({_SAID}) LIKE {bound(f'%{plain}%')} ESCAPE '\\'"
    signed = f"length({_SAID}) <> length(CAST({_SAID} AS BLOB)) OR instr({_SAID}, '''') > 0"
    return f"({says} OR (({signed}) AND instr(folded({_SAID}), {bound(folded(word))}) > 0))"


def skills(store: Store) -> list[str]:
    """The skills that agents have or conversations that are not closed ask for."""
    return [
        row[0]
        for row in store.rows(
            "SELECT skill FROM agent_skills UNION SELECT n.key FROM conversations c,"
            f" {_SKILLS} n WHERE c.skills <> '{{}}' AND c.state <> 'closed'"
            " ORDER BY 1 LIMIT 1000"
        )
    ]


def labels(store: Store) -> list[str]:
    """The labels on conversations, the most used first."""
    return [
        row[0]
        for row in store.rows(
            f"SELECT n.value FROM conversations c, {_LABELS} n WHERE c.labels <> '[]'"
            " GROUP BY n.value ORDER BY count(*) DESC, n.value LIMIT 1000"
        )
    ]


def names(store: Store) -> tuple[list[str], dict[str, str]]:
    """The queues by name, and the agents' names by login."""
    queues = [row[0] for row in store.rows("SELECT name FROM queues ORDER BY name LIMIT 1000")]
    people = store.rows("SELECT login, name FROM agents ORDER BY login LIMIT 2000")
    return queues, {row["login"]: row["name"] for row in people}


_NUMBERS = f"""SELECT q.open, q.oldest, l.late, l.near,
    EXISTS (SELECT 1 FROM targets) AS promised,
    EXISTS (SELECT 1 FROM views) AS views,
    EXISTS (SELECT 1 FROM consult_requests WHERE agent_id = :agent) AS asked,
    EXISTS (SELECT 1 FROM messages WHERE {NOT_LEFT}) AS leaving,
    (SELECT count(*) FROM conversations c WHERE {MINE}) AS mine,
    (SELECT count(*) FROM conversations c WHERE {CLOSED}) AS closed,
    (SELECT count(*) FROM conversations c WHERE {EVERYTHING}) AS "all",
    (SELECT count(*) FROM activities WHERE {DUE}) AS due,
    (SELECT count(*) FROM mentions WHERE {UNSEEN}) AS mentions,
    (SELECT count(*) FROM messages m JOIN conversations c ON c.id = m.conversation_id
    WHERE {UNCERTAIN}) AS uncertain
    FROM (SELECT count(*) AS open, min(ifnull(waiting_since, created_at)) AS oldest
    FROM conversations WHERE state = 'open') q,
    (SELECT count(*) FILTER (WHERE c.sla_fail_at <= :now) AS late,
    count(*) FILTER (WHERE c.sla_fail_at > :now) AS near
    FROM conversations c WHERE {PRESSING}) l"""


def numbers(store: Store, agent: int, now: int, since: int) -> Row:
    """What the status line and Home's tabs count, in one query.

    How many conversations are `open`, the `oldest` since when (epoch ms), `mine`, `closed` by the
    agent `since` a time, and `all` that are not closed; `late` and `near` of what is pressing, and
    whether anything was ever `promised`; `due` follow-ups, unseen `mentions`, `uncertain` replies;
    whether there are `views`, whether the agent is `asked`, and whether replies are `leaving`.
    """
    row = store.row(_NUMBERS, {"agent": agent, "now": now, "since": since})
    assert row is not None
    return row
