"""Retiring agents, queues and channels: the consequences are shown first, and their work is moved.

History keeps the name of what is retired; nothing new can have it.
"""

from msgspec import Struct

from omnitui.desk import follow_ups, lifecycle, retired
from omnitui.desk.call import Call
from omnitui.desk.registry import command, query
from omnitui.desk.routing.queues import refuse_without
from omnitui.desk.transfers import leaving, transfer
from omnitui.model.actor import Permission
from omnitui.model.agent import Agent, Presence
from omnitui.model.channel import Channel
from omnitui.model.conversation import ConversationState
from omnitui.model.errors import Refusal, refuse
from omnitui.model.ids import ActivityId, AgentId, CaseId, ConversationId, QueueId
from omnitui.store import activities, agents, cases, conversations, sessions
from omnitui.store import retired as rows
from omnitui.store.routing import classifications, queues, workstreams

_S = ConversationState
_AGENT, _QUEUE = "agent.needed", "queue.needed"
"""Refusals that say that something cannot be retired now."""


class Hanging(Struct, frozen=True):
    """The consequences of retiring something, a sentence each.

    `why_not` says why it cannot be retired now and what to do first; empty if it can.
    """

    says: tuple[str, ...]
    why_not: str = ""


def _many(count: int, what: str) -> str:
    return f"{count} {what}" if count == 1 else f"{count} {what}s"


_Told = tuple[tuple[str, ...], Refusal | None]
"""The consequences of retiring something, and why it is not possible now."""


def _hanging(told: _Told) -> Hanging:
    says, why = told
    return Hanging(says, "" if why is None else str(why))


def _agent(call: Call, agent: int) -> Agent:
    found = agents.get(call.store, agent)
    assert found is not None
    return found


@query("agent.consequences")
def of_agent(call: Call, agent: AgentId, to: AgentId | None = None) -> Hanging:
    """The consequences of retiring an agent; the agent `to` gets their cases and follow-ups."""
    return _hanging(_of_agent(call, agent, to))


def _of_agent(call: Call, agent: AgentId, to: AgentId | None) -> _Told:
    who = _agent(call, agent)
    heir = None if to is None else _agent(call, to).name
    held = [one for one in conversations.held_by(call.store, agent) if one.agent_id == agent]
    active = sum(one.state is _S.ACTIVE and one.offered_to is None for one in held)
    ended = sum(one.state is _S.WRAP_UP for one in held)
    rings = len(conversations.offers_to(call.store, agent))
    tasks = len(activities.of_owner(call.store, agent, 10_000))
    owned = len(rows.cases_owned(call.store, agent))
    member = rows.memberships(call.store, agent)
    says = [
        f"{_many(active, 'active conversation')}: back to the queue." if active else "",
        f"{_many(ended, 'conversation')} in wrap-up: closed." if ended else "",
        f"{_many(rings, 'offer')}: to other agents." if rings else "",
        f"{_many(tasks, 'open follow-up')}: to {heir or 'nobody yet'}." if tasks else "",
        f"{_many(owned, 'active case')}: owned by {heir or 'nobody'}." if owned else "",
        *(
            f"{who.name} leaves {name}; {_many(others, 'other member')}."
            if others != 1
            else f"{who.name} leaves {name}; 1 other member."
            for _, name, others, _ in member
        ),
    ]
    alone = [name for _, name, others, waits in member if not others and waits]
    why = None
    if agent == to:
        said = f"`to` is {who.name} too."
        why = Refusal(_AGENT, said, "Give another agent with to=LOGIN.")
    elif agent == call.agent_or_none:
        said = "You cannot retire yourself."
        why = Refusal(_AGENT, said, "Ask another administrator.")
    elif tasks and to is None:
        many = _many(tasks, "open follow-up")
        said = f"{who.name} has {many} that would remind nobody."
        why = Refusal(_AGENT, said, "Give another agent with to=LOGIN.")
    elif alone:
        said = f"{who.name} is the only member of {alone[0]}, where conversations wait."
        why = Refusal(_AGENT, said, "Add another member first (queue.add_member).")
    return tuple(filter(None, says)), why


@command("agent.retire", Permission.ADMINISTER)
def retire_agent(call: Call, agent: AgentId, to: AgentId | None = None) -> Hanging:
    """Retire an agent; history keeps their name, and nobody else can have their login.

    Their offers go to other agents, their active conversations back to the queue, their open
    follow-ups and active cases to the agent `to`; they leave all queues and cannot sign in.
    `agent.consequences` shows all of it first.
    """
    says, why = _of_agent(call, agent, to)
    refuse(why)
    who = _agent(call, agent)
    retired.retire(call, "agent", agent, who.name)
    call.journal("agent.retired", agent=agent, name=who.name)
    for queue, *_ in rows.memberships(call.store, agent):
        queues.remove_member(call.store, queue, agent)
        call.journal("queue.member_removed", queue=queue, agent=agent)
    leaving.go(call, who, Presence.OFFLINE, f"Retired by {call.actor.name}", by_hand=True)
    for item in conversations.held_by(call.store, agent):
        if item.agent_id == agent and item.state is _S.ACTIVE and item.offered_to is None:
            leaving.give_back(call, item, who)
        elif item.agent_id == agent and item.state is _S.WRAP_UP:
            lifecycle.close(call, item.id)
    for key in rows.tabs_of(call.store, agent):
        sessions.shut(call.store, agent, key)
    if to is not None:
        for task in activities.of_owner(call.store, agent, 10_000):
            follow_ups.give(call, ActivityId(task.id), to)
    for case in rows.cases_owned(call.store, agent):
        call.store.update("cases", case, {"owner_id": to, "updated_at": call.now})
        found = cases.get(call.store, CaseId(case))
        assert found is not None
        call.journal("case.updated", customer=found.customer_id, case=case, fields=["owner_id"])
    return Hanging(says)


@command("agent.restore", Permission.ADMINISTER)
def restore_agent(call: Call, agent: AgentId) -> Agent:
    """Restore a retired agent: offline, in no queue, without what was given to others."""
    retired.restore(call, "agent", agent, _agent(call, agent).name)
    call.journal("agent.restored", agent=agent, name=_agent(call, agent).name)
    return _agent(call, agent)


@query("queue.consequences")
def of_queue(call: Call, queue: QueueId, to: QueueId | None = None) -> Hanging:
    """The consequences of retiring a queue; its work moves to the queue `to`."""
    return _hanging(_of_queue(call, queue, to))


def _of_queue(call: Call, queue: QueueId, to: QueueId | None) -> _Told:
    found = queues.get(call.store, queue)
    where = queues.name_of(call.store, to) if to is not None else "no queue yet"
    waits, under_way = rows.in_queue(call.store, queue)
    streams = [one.name for one in workstreams.every(call.store) if one.queue_id == queue]
    over = [
        one.name
        for one in queues.every(call.store)
        if one.id != queue and any(rule.to == queue for rule in one.overflow)
    ]
    ruled = [one.name for one in classifications.every(call.store) if one.result.queue == queue]
    says = [
        f"{_many(len(waits), 'waiting conversation')}: to {where}." if waits else "",
        f"{_many(len(under_way), 'active conversation')}: to {where} later." if under_way else "",
        *(f"{where} becomes the fallback of {name}." for name in streams),
        f"{_many(found.members, 'member')} leave it." if found.members else "",
    ]
    why = None
    if to == queue:
        said = f"`to` is {found.name} itself."
        why = Refusal(_QUEUE, said, "Give another queue with to=NAME.")
    elif over:
        said = f"{', '.join(over)} overflows to {found.name}."
        why = Refusal(_QUEUE, said, "Change that first (queue.update).")
    elif ruled:
        said = f"The rule {ruled[0]} sends conversations to {found.name}."
        why = Refusal(_QUEUE, said, "Change it first (classification.update).")
    elif (waits or under_way or streams) and to is None:
        said = f"{found.name} is still used."
        why = Refusal(_QUEUE, said, "Give another queue with to=NAME.")
    elif to is not None and waits and not queues.get(call.store, to).members:
        said = f"{where} has no members."
        why = Refusal(_QUEUE, said, "Add a member first (queue.add_member), or give another queue.")
    return tuple(filter(None, says)), why


@command("queue.retire", Permission.ADMINISTER)
def retire_queue(call: Call, queue: QueueId, to: QueueId | None = None) -> Hanging:
    """Retire a queue; history keeps its name, and nothing else can have it.

    Its waiting and active conversations, and the work streams that have it as fallback, move to the
    queue `to`. `queue.consequences` shows all of it first.
    """
    says, why = _of_queue(call, queue, to)
    refuse(why)
    if queues.get(call.store, queue).fallback:
        if to is None:
            refuse_without(call, queue)
        else:
            queues.make_fallback(call.store, to)
    retired.retire(call, "queue", queue, queues.name_of(call.store, queue))
    call.journal("queue.retired", queue=queue, name=queues.name_of(call.store, queue))
    waits, under_way = rows.in_queue(call.store, queue)
    for stream in workstreams.every(call.store):
        if stream.queue_id == queue:
            workstreams.change(call.store, stream.id, {"queue_id": to})
            call.journal("workstream.updated", workstream=stream.id, fields=["queue_id"])
    for key in under_way:
        call.store.update("conversations", key, {"queue_id": to})
    for key in waits:
        transfer.transfer(call, ConversationId(key), None, to)
    return Hanging(says)


@command("queue.restore", Permission.ADMINISTER)
def restore_queue(call: Call, queue: QueueId) -> dict[str, object]:
    """Restore a retired queue, with the members it had."""
    name = queues.name_of(call.store, queue)
    retired.restore(call, "queue", queue, name)
    call.journal("queue.restored", queue=queue, name=name)
    return {"queue": queue, "name": name}


@query("channel.consequences")
def of_channel(call: Call, channel: str) -> Hanging:
    """The consequences of retiring a channel, or why it is not possible."""
    return _hanging(_of_channel(call, call.channel(channel)))


def _of_channel(call: Call, channel: Channel) -> _Told:
    open_ = rows.on_channel(call.store, channel.key)
    says = f"New conversations on {channel.label} are refused; cases keep their origin."
    why = None
    if open_:
        verb = "is" if open_ == 1 else "are"
        why = Refusal(
            "channel.needed",
            f"{_many(open_, 'conversation')} on {channel.label} {verb} not closed.",
            "Close them first, or escalate them to another channel.",
        )
    return (says,), why


@command("channel.retire", Permission.ADMINISTER)
def retire_channel(call: Call, channel: str) -> Hanging:
    """Retire a channel without open conversations; history keeps its label."""
    found = call.channel(channel)
    says, why = _of_channel(call, found)
    refuse(why)
    retired.retire(call, "channel", found.key, found.label)
    call.journal("channel.retired", key=found.key, name=found.label)
    return Hanging(says)


@command("channel.restore", Permission.ADMINISTER)
def restore_channel(call: Call, channel: str) -> Channel:
    """Restore a retired channel."""
    found = call.channel(channel)
    retired.restore(call, "channel", found.key, found.label)
    call.journal("channel.restored", key=found.key, name=found.label)
    return found
