"""Consult requests: offered to an agent, who accepts, declines or misses them.

Like an offer, with a countdown, but without capacity. The members of a queue are asked one after
the other. Not commands: consulting, accepting and declining use these.
"""

from omnitui.desk import thread
from omnitui.desk.call import Call
from omnitui.desk.routing import load
from omnitui.desk.transfers import room
from omnitui.model.agent import Agent, Presence
from omnitui.model.conversation import Conversation
from omnitui.model.errors import Refused
from omnitui.model.ids import AgentId
from omnitui.model.participant import ConsultRequest, Role
from omnitui.store import agents, consult_requests, messages, participants, sessions, timers

_ASKABLE = (Presence.AVAILABLE, Presence.BUSY)
"""The presences at which members of a queue are asked."""
_TIMER = "consult"
_BECOMES = {Role.CONSULTED: "read along", Role.ADDED: "answer too"}


def ask(
    call: Call,
    item: Conversation,
    agent: Agent,
    role: Role,
    *,
    note: str = "",
    queue: tuple[int, str] | None = None,
) -> ConsultRequest:
    """Ask an agent, who is a member of `queue` (key and name) if a queue was asked."""
    until = _until(call, item)
    key = consult_requests.add(
        call.store,
        {
            "conversation_id": item.id,
            "agent_id": agent.id,
            "queue_id": None if queue is None else queue[0],
            "role": role,
            "by_id": call.agent_or_none,
            "by_name": call.actor.name,
            "note": note,
            "asked_at": call.now,
            "until": until,
        },
    )
    made = _get(call, key)
    thread.event(call, item, f"{call.actor.name} asked {made.whom} to {_BECOMES[role]}")
    _rings(call, made)
    return made


def next_of(
    call: Call, item: Conversation, queue: int, role: Role, passed: tuple[int, ...]
) -> Agent | None:
    """The member of a queue to ask next: present, not in the conversation, most free capacity
    first."""
    asked = {one.agent_id for one in consult_requests.of_conversation(call.store, item.id)}
    beside = {one.agent_id for one in participants.of_conversation(call.store, item.id)}
    out = {item.agent_id, call.agent_or_none, *asked, *beside, *passed}
    fitting = [
        one
        for one in agents.of_queue(call.store, queue)
        if one.id not in out
        and one.presence in _ASKABLE
        and (role is Role.CONSULTED or room.second_call(call, item, one.id) is None)
    ]
    fitting.sort(key=lambda one: (one.used - one.capacity, one.login))
    return fitting[0] if fitting else None


def rings_at(call: Call, item: Conversation, agent: int) -> bool:
    """Whether an agent has a consult request now."""
    return consult_requests.at(call.store, item.id, agent) is not None


def accept(call: Call, item: Conversation) -> Conversation:
    """The calling agent joins the conversation, and its session opens."""
    found = _mine(call, item)
    if found.role is Role.ADDED:
        room.check(call, item, call.agent, anyway=True)
    _remove(call, found)
    bring_in(call, item, AgentId(call.agent), found.role, found.by_id)
    sessions.open_(call.store, call.agent, item.id, call.now, messages.last_id(call.store, item.id))
    sessions.focus(call.store, call.agent, item.id)
    load.took(call, call.agent)
    load.refresh(call, call.agent)
    return thread.get(call, item.id)


def bring_in(call: Call, item: Conversation, agent: AgentId, role: Role, by: int | None) -> None:
    """Let an agent join a conversation, in the role that was asked for."""
    participants.put(call.store, item.id, agent, role, by, call.now)
    them = agents.get(call.store, agent)
    assert them is not None
    added = role is Role.ADDED
    thread.event(call, item, f"{them.name} joined to {_BECOMES[role]}")
    call.journal(
        "conversation.agent_added" if added else "conversation.consulted",
        conversation=item.id,
        customer=item.customer_id,
        agent=agent,
        by=by,
        name=item.name,
    )


def decline(call: Call, item: Conversation, reason: str = "") -> Conversation:
    """The calling agent declines."""
    _pass_on(call, _mine(call, item), "declined", reason)
    return thread.get(call, item.id)


def run_out(call: Call, request: int) -> None:
    """A request is missed."""
    found = consult_requests.get(call.store, request)
    if found is not None:
        _pass_on(call, found, "did not answer")


def not_there(call: Call, agent: int) -> None:
    """An agent cannot be asked any more: their requests go to the next member."""
    for found in consult_requests.ringing_at(call.store, agent):
        _pass_on(call, found, "is no longer present")


def withdraw(call: Call, item: Conversation, agent: int | None = None) -> int:
    """Cancel all requests, or those of one agent; returns how many there were."""
    found = [
        one
        for one in consult_requests.of_conversation(call.store, item.id)
        if agent in (None, one.agent_id)
    ]
    for one in found:
        _remove(call, one)
        call.journal(
            "conversation.consult_withdrawn",
            conversation=item.id,
            customer=item.customer_id,
            agent=one.agent_id,
            name=one.name,
        )
    return len(found)


def _pass_on(call: Call, found: ConsultRequest, how: str, reason: str = "") -> None:
    """Ask the next member of the queue; without one, tell the asking agent that nobody joins."""
    item = thread.get(call, found.conversation_id)
    passed = (*found.passed, found.agent_id)
    after = None
    if found.queue_id is not None:
        after = next_of(call, item, found.queue_id, found.role, passed)
    timers.stop(call.store, _TIMER, found.id)
    if after is None:
        consult_requests.remove(call.store, found.id)
    else:
        consult_requests.ring(call.store, found.id, after.id, passed, _until(call, item))
    over = after is None and found.queue
    said = f"{found.agent_name} {how}" + (f": {reason}" if reason else "")
    thread.event(
        call, item, said + (f"; no other member of {found.queue} can be asked" if over else "")
    )
    call.journal(
        "conversation.consult_declined",
        conversation=item.id,
        customer=item.customer_id,
        agent=found.agent_id,
        by=found.by_id,
        who=found.agent_name,
        name=found.name,
        how=how,
        reason=reason,
        queue=found.queue,
        next=None if after is None else after.name,
    )
    if after is not None:
        _rings(call, _get(call, found.id))


def _rings(call: Call, found: ConsultRequest) -> None:
    timers.start(call.store, _TIMER, found.id, found.until)
    call.journal(
        "conversation.consult_asked",
        conversation=found.conversation_id,
        agent=found.agent_id,
        by=found.by_id,
        name=found.name,
        who=found.agent_name,
        until=found.until,
    )


def _until(call: Call, item: Conversation) -> int:
    return call.now + load.offer_seconds(call, item.channel) * 1_000


def _mine(call: Call, item: Conversation) -> ConsultRequest:
    found = consult_requests.at(call.store, item.id, call.agent)
    if found is None:
        raise Refused("offer.gone", f"Your consult request for {item.name} has ended.")
    return found


def _get(call: Call, request: int) -> ConsultRequest:
    found = consult_requests.get(call.store, request)
    assert found is not None
    return found


def _remove(call: Call, found: ConsultRequest) -> None:
    timers.stop(call.store, _TIMER, found.id)
    consult_requests.remove(call.store, found.id)
