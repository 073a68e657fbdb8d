"""Consult requests that have not been answered."""

import json
from typing import Any

from omnitui.model.participant import ConsultRequest, Role
from omnitui.store.engine import Store
from omnitui.store.reading import each, maker, one, parts

_SELECT = (
    "SELECT r.*, c.name, c.channel, a.name AS agent_name, coalesce(q.name, '') AS queue"
    " FROM consult_requests r JOIN conversations c ON c.id = r.conversation_id"
    " JOIN agents a ON a.id = r.agent_id LEFT JOIN queues q ON q.id = r.queue_id"
)


_request = maker(ConsultRequest, role=Role, passed=parts)


def get(store: Store, request: int) -> ConsultRequest | None:
    """One request."""
    row = store.row(f"{_SELECT} WHERE r.id = ?", (request,))
    return one(_request, row)


def at(store: Store, conversation: int, agent: int) -> ConsultRequest | None:
    """An agent's request about a conversation."""
    row = store.row(
        f"{_SELECT} WHERE r.conversation_id = ? AND r.agent_id = ?", (conversation, agent)
    )
    return one(_request, row)


def of_conversation(store: Store, conversation: int) -> list[ConsultRequest]:
    """The requests about a conversation, the longest first."""
    rows = store.rows(f"{_SELECT} WHERE r.conversation_id = ? ORDER BY r.id", (conversation,))
    return each(_request, rows)


def ringing_at(store: Store, agent: int) -> list[ConsultRequest]:
    """An agent's requests, the first to run out first."""
    rows = store.rows(f"{_SELECT} WHERE r.agent_id = ? ORDER BY r.until, r.id", (agent,))
    return each(_request, rows)


def add(store: Store, values: dict[str, Any]) -> int:
    """Add a request; returns its key."""
    return int(store.insert("consult_requests", values))


def ring(store: Store, request: int, agent: int, passed: tuple[int, ...], until: int) -> None:
    """Offer a request to another agent."""
    store.update(
        "consult_requests",
        request,
        {"agent_id": agent, "passed": json.dumps(passed), "until": until},
    )


def remove(store: Store, request: int) -> None:
    """Remove a request that was answered or cancelled."""
    store.execute("DELETE FROM consult_requests WHERE id = ?", (request,))
