"""Finding an agent for a conversation, and offering it.

Runs when something changes (a new item, a presence, a load, an offer that ran out), never on a
timer. Not commands: called in the transaction of whatever changed.
"""

from omnitui.desk import load, thread
from omnitui.desk.call import Call
from omnitui.model.agent import Agent, Presence
from omnitui.model.conversation import Conversation, ConversationState
from omnitui.rules.capacity import room_for
from omnitui.rules.lifecycle import Happening
from omnitui.store import agents, conversations, timers

ALLOWED = (Presence.AVAILABLE, Presence.BUSY)
"""The presences that are offered work."""


def route(call: Call, item: Conversation, *, not_to: int | None = None) -> int | None:
    """Offer an open conversation to the best agent; returns whom, None if it has to wait.

    `not_to` is an agent who has just let it pass and is not asked again at once.
    """
    if item.state is not ConversationState.OPEN:
        return None
    cost = call.channel(item.channel).cost
    if not agents.anyone_with_room(call.store, cost, ALLOWED):
        return None
    declined = conversations.declined(call.store, item.id)
    fits = [
        agent
        for agent in agents.of_queue(call.store, item.queue_id)
        if agent.id != not_to
        and declined.get(agent.id, 0) < call.settings.most_offers
        and eligible(call, agent, item)
    ]
    if not fits:
        return None
    best = min(fits, key=lambda a: (a.used - a.capacity, a.last_assigned_at or 0, a.login))
    offer(call, item, best)
    return best.id


def eligible(call: Call, agent: Agent, item: Conversation) -> bool:
    """Whether an agent may be offered a conversation now."""
    if agent.presence not in ALLOWED or agent.used >= agent.capacity:
        return False
    held = load.loads(call, agent.id)
    weight = load.load_of(call, item)
    return room_for(agent.capacity, held, weight, call.settings.wrap_up_blocks).fits


def offer(call: Call, item: Conversation, agent: Agent) -> None:
    """Let a conversation ring at an agent. It takes their capacity from now on."""
    until = call.now + call.settings.offer_seconds * 1_000
    call.store.update(
        "conversations",
        item.id,
        {
            "state": thread.move(call, item, Happening.OFFERED),
            "offered_to": agent.id,
            "offer_expires_at": until,
        },
    )
    call.store.update("agents", agent.id, {"last_assigned_at": call.now})
    timers.start(call.store, "offer", item.id, until)
    call.journal(
        "conversation.offered",
        conversation=item.id,
        customer=item.customer_id,
        agent=agent.id,
        until=until,
    )
    load.refresh(call, agent.id)


def fill(call: Call, agent_id: int, *, but: int | None = None) -> int:
    """An agent has room: offer what waits and fits them, most pressing first; returns how many.

    `but` is a conversation they have just let go, and are not asked about at once.
    """
    offered = 0
    while fitting := _fitting(call, agent_id):
        waiting = conversations.waiting_for(
            call.store, agent_id, fitting, call.settings.most_offers, but
        )
        before = offered
        for key in waiting:
            item = thread.get(call, key)
            if item.channel in _fitting(call, agent_id) and route(call, item) is not None:
                offered += 1
        if offered == before:
            break
    return offered


def _fitting(call: Call, agent_id: int) -> list[str]:
    """The channels on which an agent could be offered something now."""
    agent = agents.get(call.store, agent_id)
    if agent is None or agent.presence not in ALLOWED or agent.used >= agent.capacity:
        return []
    held = load.loads(call, agent_id)
    blocks = call.settings.wrap_up_blocks
    return [
        key
        for key in call.channels
        if room_for(agent.capacity, held, load.load_on(call, key), blocks).fits
    ]
