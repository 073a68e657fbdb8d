"""Queues and who works them."""

from omnitui.desk import assign
from omnitui.desk.call import Call
from omnitui.desk.registry import command, query
from omnitui.model.actor import Permission
from omnitui.model.errors import Refused
from omnitui.model.ids import AgentId, QueueId
from omnitui.safetext import clean_line
from omnitui.store import agents


@command("queue.create", Permission.ADMINISTER)
def create(call: Call, name: str, priority: int = 100) -> dict[str, object]:
    """Add a queue. Lower priority numbers are served first."""
    name = clean_line(name).strip()
    if not name or name.isdecimal():
        raise Refused("queue.name", f"{name!r} is not a name for a queue.")
    if agents.queue_by_name(call.store, name) is not None:
        raise Refused("queue.exists", f"There is a queue {name} already.")
    key = call.store.insert("queues", {"name": name, "priority": priority})
    call.journal("queue.created", queue=key, name=name)
    return {"id": key, "name": name, "priority": priority}


@command("queue.update", Permission.ADMINISTER)
def update(call: Call, queue: QueueId, priority: int) -> dict[str, object]:
    """Change when a queue is served; lower priority numbers first."""
    call.store.update("queues", queue, {"priority": priority})
    call.journal("queue.updated", queue=queue, priority=priority)
    return {"id": queue, "priority": priority}


@command("queue.add_member", Permission.ADMINISTER)
def add_member(call: Call, queue: QueueId, agent: AgentId) -> dict[str, object]:
    """Let an agent work a queue; what waits there is offered to them if they are free."""
    if not agents.add_member(call.store, queue, agent):
        raise Refused("queue.member", "They are a member of this queue already.")
    call.journal("queue.member_added", queue=queue, agent=agent)
    assign.fill(call, agent)
    return {"queue": queue, "agent": agent}


@query("queue.list")
def list_(call: Call) -> list[dict[str, object]]:
    """All queues with their members and how many conversations are open there."""
    return [dict(row) for row in agents.queues(call.store)]
