"""Transfers: to an agent, to whom it is offered, or to another queue."""

from msgspec import Struct

from omnitui.desk import notices, thread
from omnitui.desk.call import Call
from omnitui.desk.registry import command, query
from omnitui.desk.retired import those
from omnitui.desk.routing import assign, load
from omnitui.desk.transfers import hands, requests, room
from omnitui.desk.undo import remember
from omnitui.model.actor import Permission
from omnitui.model.agent import Agent, Presence
from omnitui.model.conversation import Conversation, ConversationState
from omnitui.model.errors import Refused
from omnitui.model.ids import AgentId, ConversationId, QueueId
from omnitui.model.notice import Occasion
from omnitui.model.queue import Queue
from omnitui.rules.lifecycle import Happening
from omnitui.safetext import clean
from omnitui.store import agents, participants, timers
from omnitui.store.routing import queues

REACHED = (Presence.AVAILABLE, Presence.BUSY)
"""Presences at which an agent can get a transfer."""


class AgentTarget(Struct, frozen=True):
    """An agent as a transfer target.

    `free` is in capacity units and below zero when they are over capacity. `matching` are the
    required skills that they have at the level, `missing` the others. `allowed` says whether the
    caller can transfer to them, `what` the consequences or why not.
    """

    agent: AgentId
    login: str
    name: str
    presence: Presence
    free: int
    capacity: int
    fits: bool
    matching: tuple[str, ...]
    missing: tuple[str, ...]
    queues: tuple[str, ...]
    allowed: bool
    what: str


class QueueTarget(Struct, frozen=True):
    """A queue as a transfer target.

    `available` members are present and have free capacity; `open` items wait unassigned.
    """

    queue: QueueId
    name: str
    members: int
    available: int
    open: int
    allowed: bool
    what: str


class Targets(Struct, frozen=True):
    """The transfer targets, best first."""

    agents: tuple[AgentTarget, ...]
    queues: tuple[QueueTarget, ...]


@command("conversation.transfer")
def transfer(
    call: Call,
    conversation: ConversationId,
    to_agent: AgentId | None = None,
    to_queue: QueueId | None = None,
    note: str = "",
) -> Conversation:
    """Transfer a conversation to an agent or a queue, with a note for the next agent.

    It is offered to the agent, and goes to its queue if they decline or miss it. Your unsent text
    becomes a note.
    """
    item = thread.get(call, conversation)
    if (to_agent is None) == (to_queue is None):
        raise Refused(
            "transfer.target",
            "A conversation is transferred either to an agent or to a queue.",
            "Give one of to_agent and to_queue.",
        )
    hands.check(call, item)
    word = clean(note).strip()
    if to_agent is not None:
        agent = agents.get(call.store, to_agent)
        assert agent is not None
        _check_agent(call, item, agent)
        _hand_to_agent(call, item, agent, word)
    elif to_queue is not None:
        queue = queues.get(call.store, to_queue)
        _check_queue(call, item, queue)
        _hand_to_queue(call, item, queue, word)
    return thread.get(call, conversation)


def _check_agent(call: Call, item: Conversation, agent: Agent) -> None:
    if agent.id in (item.agent_id, item.offered_to):
        verb = "is with" if item.offered_to is None else "is offered to"
        raise Refused("transfer.same", f"{item.name} {verb} {agent.name} already.")
    if agent.id == call.agent_or_none:
        raise Refused(
            "transfer.same", f"{item.name} cannot be transferred to yourself.", "Pick it."
        )
    call_in_hand = room.second_call(call, item, agent.id)
    if call_in_hand is not None:
        raise Refused(call_in_hand.code, call_in_hand.message, "Choose another agent or a queue.")
    if agent.presence not in REACHED and not call.actor.may(Permission.SUPERVISE):
        raise Refused(
            "transfer.not_there",
            _absence(agent),
            "Choose another agent or a queue; a supervisor can do it anyway.",
        )


def _absence(agent: Agent) -> str:
    is_not = {
        Presence.DO_NOT_DISTURB: (
            "does not want to be disturbed" if agent.presence_by_hand else "is full"
        ),
        Presence.AWAY: "is away",
        Presence.OFFLINE: "is offline",
        Presence.INACTIVE: "is inactive",
    }.get(agent.presence, f"is {agent.presence.label.lower()}")
    reason = agent.presence_reason.rstrip(".")
    return f"{agent.name} {is_not}" + (f" ({reason})." if reason else ".")


def _check_queue(call: Call, item: Conversation, queue: Queue) -> None:
    if not queue.members:
        raise Refused(
            "transfer.empty_queue",
            f"The queue {queue.name} has no members.",
            "Choose another queue, or ask for a member to be added.",
        )
    if queue.members == 1 and item.agent_id is not None:
        (only,) = agents.of_queue(call.store, queue.id)
        if only.id == item.agent_id:
            raise Refused(
                "transfer.empty_queue",
                f"{only.name} is the only member of the queue {queue.name}.",
                "Choose another queue, or an agent.",
            )


def _hand_to_agent(call: Call, item: Conversation, agent: Agent, word: str) -> None:
    happening = Happening.TRANSFERRED_TO_AGENT
    thread.move(call, item, happening)
    remember(call, f"transferred {item.name} to {agent.name}", [item.id])
    _let_go(call, item, None)
    _say(call, item, f"{call.actor.name} transferred it to {agent.name}", word)
    notices.tell(call, item, Occasion.TRANSFERRED, agent.id)
    call.journal(
        f"conversation.{happening.value}",
        conversation=item.id,
        customer=item.customer_id,
        agent=agent.id,
    )
    _refresh(call, item)
    by = call.actor.name
    why = f"Transferred by {by}: {word}" if word else f"Transferred by {by}."
    assign.offer(call, thread.get(call, item.id), agent, why)
    if item.agent_id is not None:
        assign.fill(call, item.agent_id, but=item.id)


def _hand_to_queue(call: Call, item: Conversation, queue: Queue, word: str) -> None:
    happening = Happening.TRANSFERRED_TO_QUEUE
    thread.move(call, item, happening)
    remember(call, f"transferred {item.name} to {queue.name}", [item.id])
    _let_go(call, item, queue.id)
    _say(call, item, f"{call.actor.name} transferred it to the queue {queue.name}", word)
    notices.tell(call, thread.get(call, item.id), Occasion.TRANSFERRED)
    call.journal(
        f"conversation.{happening.value}",
        conversation=item.id,
        customer=item.customer_id,
        queue=queue.id,
    )
    _refresh(call, item)
    giver = item.agent_id if item.agent_id is not None else item.offered_to
    assign.route(call, thread.get(call, item.id), not_to=giver)
    if giver is not None:
        assign.fill(call, giver, but=item.id)


def _let_go(call: Call, item: Conversation, queue: int | None) -> None:
    """Release it from its agent; it is open until it is offered."""
    if item.agent_id is not None:
        hands.drop(call, item, item.agent_id)
        requests.withdraw(call, item)
    values = {
        "state": ConversationState.OPEN,
        "agent_id": None,
        "last_agent_id": None,
        "snoozed_until": None,
        "transfer_count": item.transfer_count + 1,
        **hands.withdraw(call, item),
    }
    if queue is not None:
        values["queue_id"] = queue
    call.store.update("conversations", item.id, values)
    for kind in ("idle", "snooze"):
        timers.stop(call.store, kind, item.id)


def _say(call: Call, item: Conversation, what: str, word: str) -> None:
    thread.event(call, item, what)
    if word:
        hands.leave_word(call, item, word)


def _refresh(call: Call, item: Conversation) -> None:
    for agent in {item.agent_id, item.offered_to} - {None}:
        assert agent is not None
        load.refresh(call, agent)


@query("conversation.transfer_targets")
def targets(call: Call, conversation: ConversationId) -> Targets:
    """The agents and queues for a transfer, by matching skills, then free capacity.

    Those who are not available now come last, each with the reason.
    """
    item = thread.get(call, conversation)
    everybody = those(call, "agent", agents.every(call.store))
    known = those(call, "queue", queues.every(call.store))
    beside = {one.agent_id for one in participants.of_conversation(call.store, conversation)}
    cost = load.cost_of(call, item.channel)
    others = [
        _agent_target(call, item, agent, cost, agent.id in beside)
        for agent in everybody
        if agent.id not in (item.agent_id, item.offered_to, call.agent_or_none)
    ]
    others.sort(key=lambda one: (not one.allowed, -len(one.matching), -one.free, one.login))
    ready: dict[str, int] = {}
    for agent in everybody:
        there = agent.presence in call.stream(item.channel).presences
        if there and agent.capacity - agent.used >= cost and agent.id != item.agent_id:
            for name in agent.queues:
                ready[name] = ready.get(name, 0) + 1
    return Targets(
        tuple(others), tuple(_queue_target(call, item, q, ready.get(q.name, 0)) for q in known)
    )


def _agent_target(
    call: Call, item: Conversation, agent: Agent, cost: int, beside: bool
) -> AgentTarget:
    has = {skill.casefold(): level for skill, level in agent.skills.items()}
    matching = [s for s, level in item.skills.items() if has.get(s.casefold(), 0) >= level]
    free = agent.capacity - agent.used
    allowed = True
    try:
        _check_agent(call, item, agent)
        what = _ringing(call, item, agent, cost, beside)
    except Refused as refused:
        allowed, what = False, refused.refusal.message
    return AgentTarget(
        agent=agent.id,
        login=agent.login,
        name=agent.name,
        presence=agent.presence,
        free=free,
        capacity=agent.capacity,
        fits=free >= cost,
        matching=tuple(matching),
        missing=tuple(skill for skill in item.skills if skill not in matching),
        queues=agent.queues,
        allowed=allowed,
        what=what,
    )


def _ringing(call: Call, item: Conversation, agent: Agent, cost: int, beside: bool) -> str:
    """The consequences of a transfer to an agent."""
    stream = call.stream(item.channel)
    seconds = load.offer_seconds(call, item.channel)
    knows = ", who reads along already" if beside else ""
    back = f"the queue {item.queue}" if item.queue else "Open"
    said = f"Offered to {agent.name}{knows} for {seconds} s; if they decline, it goes to {back}."
    if stream.auto_accept:
        said = f"Assigned to {agent.name} at once."
    over = agent.used + cost - agent.capacity
    return f"{said} They would be {over} over capacity." if over > 0 else said


def _queue_target(call: Call, item: Conversation, queue: Queue, available: int) -> QueueTarget:
    allowed = True
    try:
        _check_queue(call, item, queue)
        what = f"Offered to an agent of {queue.name}: {available} free, {queue.open} waiting."
        if not available:
            what = f"It waits in {queue.name}, behind {queue.open}: no agent is free now."
    except Refused as refused:
        allowed, what = False, refused.refusal.message
    return QueueTarget(queue.id, queue.name, queue.members, available, queue.open, allowed, what)
