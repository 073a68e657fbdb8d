"""SLA targets in the store, and their times on conversations and cases (table `promises`)."""

import json
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from omnitui.model.ids import TargetId
from omnitui.model.sla import GivenTarget, Hold, Kpi, SlaTarget, Subject
from omnitui.store.engine import Row, Store
from omnitui.store.reading import each, maker, one

_TARGETS = """SELECT t.*, ifnull(c.name, '') AS calendar
    FROM targets t LEFT JOIN calendars c ON c.id = t.calendar_id"""

_PLAIN = (
    "id target_id name conversation_id case_id calendar_id started_at warn_at fail_at paused_at"
    " kept_at cancelled_at"
).split()


_made = maker(
    SlaTarget,
    kpi=Kpi,
    subject=Subject,
    conditions=lambda text: {key: tuple(words) for key, words in json.loads(text).items()},
    pauses=lambda text: tuple(map(Hold, json.loads(text))),
    active=bool,
)


@lru_cache(maxsize=512)
def _target(names: tuple[str, ...], values: tuple[Any, ...]) -> SlaTarget:
    """A target from its row. They are few and are looked at with every change."""
    return _made(dict(zip(names, values, strict=True)))


def _targets(rows: Sequence[Row]) -> list[SlaTarget]:
    return each(lambda row: _target(tuple(row.keys()), tuple(row)), rows)


# By its time and not by its agent (the plus says that), of whom history has very many.
PRESSING = """c.sla_warn_at <= :now AND (+c.agent_id = :agent OR (+c.state = 'open'
    AND (c.queue_id IS NULL OR EXISTS (SELECT 1 FROM queue_members m
    WHERE m.queue_id = c.queue_id AND m.agent_id = :agent))))"""
"""Which conversations are late or near it, of those that an agent has or that wait for them."""


def any_target(store: Store) -> bool:
    """Whether anything has ever been promised here."""
    return store.value("SELECT 1 FROM targets LIMIT 1") is not None


def target(store: Store, key: int) -> SlaTarget | None:
    """One target."""
    return next(iter(_targets(store.rows(f"{_TARGETS} WHERE t.id = ?", (key,)))), None)


def targets(store: Store) -> list[SlaTarget]:
    """All targets in their own order."""
    return _targets(store.rows(f"{_TARGETS} ORDER BY t.position, t.id LIMIT 1000"))


def target_by_name(store: Store, name: str) -> TargetId | None:
    """The key of the target of that name, upper and lower case alike."""
    key: TargetId | None = store.value("SELECT id FROM targets WHERE name = ?", (name,))
    return key


def target_values(conditions: Mapping[str, Sequence[str]], pauses: Sequence[str]) -> dict[str, Any]:
    """The columns that hold what a target is about."""
    return {
        "conditions": json.dumps(conditions, ensure_ascii=False),
        "pauses": json.dumps(pauses),
    }


def place(store: Store, keys: Iterable[int]) -> None:
    """Put targets into this order."""
    for position, key in enumerate(keys, 1):
        store.update("targets", key, {"position": position})


def _given(row: Row) -> GivenTarget:
    return GivenTarget(
        **{name: row[name] for name in _PLAIN},
        kpi=Kpi(row["kpi"]),
        holds=() if row["holds"] == "[]" else tuple(map(tuple, json.loads(row["holds"]))),
    )


def get(store: Store, key: int) -> GivenTarget | None:
    """One target of a conversation or case."""
    row = store.row("SELECT * FROM promises WHERE id = ?", (key,))
    return one(_given, row)


def of_conversation(store: Store, conversation: int) -> list[GivenTarget]:
    """The targets of a conversation, oldest first."""
    return each(
        _given,
        store.rows(
            "SELECT * FROM promises WHERE conversation_id = ? ORDER BY id LIMIT 100",
            (conversation,),
        ),
    )


def of_case(store: Store, case: int) -> list[GivenTarget]:
    """The targets of a case, oldest first."""
    return each(
        _given,
        store.rows("SELECT * FROM promises WHERE case_id = ? ORDER BY id LIMIT 100", (case,)),
    )


def of_either(store: Store, conversation: int | None, case: int | None) -> list[GivenTarget]:
    """The targets of a conversation, then those of a case, oldest first."""
    query = "SELECT * FROM (SELECT * FROM promises WHERE {} = ? ORDER BY id LIMIT 100)"
    both = f"{query.format('conversation_id')} UNION ALL {query.format('case_id')}"
    return each(_given, store.rows(both, (conversation, case)))


def add(store: Store, values: Mapping[str, Any]) -> int:
    """Add a target to a conversation or case; returns its key."""
    return store.insert("promises", {**values, "holds": json.dumps(values["holds"])})


def change(store: Store, key: int, values: Mapping[str, Any]) -> None:
    """Update the times of a target of a conversation or case."""
    store.update("promises", key, {**values, "holds": json.dumps(values["holds"])})


def about_case(store: Store, case: int) -> list[Row]:
    """The conversations about a case, as (id, state, snoozed_until, waiting_since, first_reply_at,
    queue)."""
    return store.rows(
        "SELECT c.id, c.state, c.snoozed_until, c.waiting_since, c.first_reply_at,"
        " ifnull(q.name, '') AS queue"
        " FROM conversations c LEFT JOIN queues q ON q.id = c.queue_id WHERE c.case_id = ?"
        " ORDER BY c.id LIMIT 1000",
        (case,),
    )


def queue_names(store: Store) -> list[str]:
    """The names that conditions on queues may have."""
    return [row["name"] for row in store.rows("SELECT name FROM queues ORDER BY priority, name")]


def tier_of(store: Store, customer: int) -> str:
    """A customer's tier."""
    return str(store.value("SELECT tier FROM customers WHERE id = ?", (customer,)))
