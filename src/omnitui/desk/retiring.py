"""Agents, queues and channels that are retired: what hangs on them is said before, and moved.

What is retired stays in history by its name and keeps it: nothing new is called so.
"""

from dataclasses import dataclass

from omnitui.desk import follow_ups, lifecycle, retired
from omnitui.desk.call import Call
from omnitui.desk.handing import leaving, transfer
from omnitui.desk.registry import command, query
from omnitui.desk.routing.queues import refuse_without
from omnitui.model.actor import Permission
from omnitui.model.agent import Agent, Presence
from omnitui.model.channel import Channel
from omnitui.model.conversation import ConversationState
from omnitui.model.errors import Refused
from omnitui.model.ids import ActivityId, AgentId, CaseId, ConversationId, QueueId
from omnitui.store import activities, agents, cases, conversations, sessions
from omnitui.store import retired as rows
from omnitui.store.routing import classifications, queues, workstreams

_S = ConversationState


@dataclass(frozen=True, slots=True)
class Hanging:
    """What hangs on something that is to be retired, and what becomes of it, a sentence each.

    `why_not` says why it cannot be retired now and what to do first; empty if it can.
    """

    says: tuple[str, ...]
    why_not: str = ""


def _many(count: int, what: str) -> str:
    return f"{count} {what}" if count == 1 else f"{count} {what}s"


def _refuse(kind: str, hanging: Hanging) -> None:
    if hanging.why_not:
        first, _, rest = hanging.why_not.partition(". ")
        raise Refused(f"{kind}.needed", f"{first.rstrip('.')}.", rest)


def _agent(call: Call, agent: int) -> Agent:
    found = agents.get(call.store, agent)
    assert found is not None
    return found


@query("agent.consequences")
def of_agent(call: Call, agent: AgentId, to: AgentId | None = None) -> Hanging:
    """What retiring an agent does; `to` is whoever gets their cases and follow-ups."""
    return _of_agent(call, agent, to)


def _of_agent(call: Call, agent: AgentId, to: AgentId | None) -> Hanging:
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
        f"{_many(active, 'conversation')} in hand: back to the queue." if active else "",
        f"{_many(ended, 'conversation')} in wrap-up: closed." if ended else "",
        f"{_many(rings, 'offer')} ringing: on to others." if rings else "",
        f"{_many(tasks, 'open follow-up')}: to {heir or 'nobody yet'}." if tasks else "",
        f"{_many(owned, 'active case')}: owned by {heir or 'nobody'}." if owned else "",
        *(
            f"{who.name} works {name} no longer; {_many(others, 'other')} do."
            if others != 1
            else f"{who.name} works {name} no longer; 1 other does."
            for _, name, others, _ in member
        ),
    ]
    alone = [name for _, name, others, waits in member if not others and waits]
    why = ""
    if agent == to:
        why = f"{who.name} cannot be their own successor. Name somebody else with to=LOGIN."
    elif agent == call.agent_or_none:
        why = "You cannot retire yourself. Let another administrator do it."
    elif tasks and to is None:
        why = (
            f"{who.name} has {_many(tasks, 'open follow-up')} that nobody would be reminded of."
            " Say who gets them with to=LOGIN."
        )
    elif alone:
        why = (
            f"Nobody but {who.name} works {alone[0]}, where conversations wait."
            " Add another member first (queue.add_member)."
        )
    return Hanging(tuple(filter(None, says)), why)


@command("agent.retire", Permission.ADMINISTER)
def retire_agent(call: Call, agent: AgentId, to: AgentId | None = None) -> Hanging:
    """Take an agent out of use, who stays in history by name and whose login stays theirs.

    What rings at them goes on to others, what they have in hand back to its queue, their open
    follow-ups and active cases to the agent `to`; they work no queue any more and cannot sign in.
    `agent.consequences` says all of it before.
    """
    hanging = _of_agent(call, agent, to)
    _refuse("agent", hanging)
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
    return hanging


@command("agent.restore", Permission.ADMINISTER)
def restore_agent(call: Call, agent: AgentId) -> Agent:
    """Take a retired agent into use again: offline, in no queue, with what they had given away."""
    retired.restore(call, "agent", agent, _agent(call, agent).name)
    call.journal("agent.restored", agent=agent, name=_agent(call, agent).name)
    return _agent(call, agent)


@query("queue.consequences")
def of_queue(call: Call, queue: QueueId, to: QueueId | None = None) -> Hanging:
    """What retiring a queue does; `to` is the queue that what is there moves to."""
    return _of_queue(call, queue, to)


def _of_queue(call: Call, queue: QueueId, to: QueueId | None) -> Hanging:
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
        f"{_many(len(under_way), 'conversation')} under way: later to {where}."
        if under_way
        else "",
        *(f"It is the fallback of {name}: that is {where} then." for name in streams),
        f"{_many(found.members, 'member')} work it no longer." if found.members else "",
    ]
    why = ""
    if to == queue:
        why = f"{found.name} cannot take its own place. Name another queue with to=NAME."
    elif over:
        why = f"{', '.join(over)} overflows to {found.name}. Change that first (queue.update)."
    elif ruled:
        why = (
            f"The rule {ruled[0]} sends conversations to {found.name}."
            " Change it first (classification.update)."
        )
    elif (waits or under_way or streams) and to is None:
        why = f"What hangs on {found.name} has nowhere to go. Say where with to=NAME."
    elif to is not None and waits and not queues.get(call.store, to).members:
        why = f"Nobody works {where}. Add a member first (queue.add_member), or name another."
    return Hanging(tuple(filter(None, says)), why)


@command("queue.retire", Permission.ADMINISTER)
def retire_queue(call: Call, queue: QueueId, to: QueueId | None = None) -> Hanging:
    """Take a queue out of use, which stays in history by name and keeps it.

    What waits there, what is under way from there and the work streams that fall back on it go over
    to the queue `to`. `queue.consequences` says all of it before.
    """
    hanging = _of_queue(call, queue, to)
    _refuse("queue", hanging)
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
    return hanging


@command("queue.restore", Permission.ADMINISTER)
def restore_queue(call: Call, queue: QueueId) -> dict[str, object]:
    """Take a retired queue into use again, with the members it had."""
    name = queues.name_of(call.store, queue)
    retired.restore(call, "queue", queue, name)
    call.journal("queue.restored", queue=queue, name=name)
    return {"queue": queue, "name": name}


@query("channel.consequences")
def of_channel(call: Call, channel: str) -> Hanging:
    """What retiring a channel does, or what is in the way."""
    return _of_channel(call, call.channel(channel))


def _of_channel(call: Call, channel: Channel) -> Hanging:
    open_ = rows.on_channel(call.store, channel.key)
    says = f"What comes in on {channel.label} is refused; cases keep their origin."
    why = ""
    if open_:
        why = (
            f"{_many(open_, 'conversation')} on {channel.label} {'is' if open_ == 1 else 'are'}"
            " not closed. Close them first, or go on with them on another channel."
        )
    return Hanging((says,), why)


@command("channel.retire", Permission.ADMINISTER)
def retire_channel(call: Call, channel: str) -> Hanging:
    """Take a channel out of use on which nothing is going on; history keeps its label."""
    found = call.channel(channel)
    hanging = _of_channel(call, found)
    _refuse("channel", hanging)
    retired.retire(call, "channel", found.key, found.label)
    call.journal("channel.retired", key=found.key, name=found.label)
    return hanging


@command("channel.restore", Permission.ADMINISTER)
def restore_channel(call: Call, channel: str) -> Channel:
    """Take a retired channel into use again."""
    found = call.channel(channel)
    retired.restore(call, "channel", found.key, found.label)
    call.journal("channel.restored", key=found.key, name=found.label)
    return found
