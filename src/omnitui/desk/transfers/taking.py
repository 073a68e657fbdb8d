"""A conversation is assigned to an agent, in whatever way.

Not a command: accepting, picking, assigning and auto-accept all end here.
"""

from omnitui.desk import notices, thread
from omnitui.desk.call import Call
from omnitui.desk.routing import load, overflow
from omnitui.desk.transfers import room
from omnitui.model.conversation import Conversation, ConversationState
from omnitui.model.ids import AgentId
from omnitui.rules.lifecycle import Happening
from omnitui.store import agents, messages, participants, sessions, timers
from omnitui.store.routing import profiles


def take(
    call: Call, item: Conversation, agent: AgentId, happening: Happening, *, front: bool = True
) -> Conversation:
    """Assign a conversation to an agent and open its session, `front` before the others.

    A second call is always refused.
    """
    state = thread.move(call, item, happening)
    with_bot = item.state is ConversationState.BOT
    room.check(call, item, agent, anyway=True)
    call.store.update(
        "conversations",
        item.id,
        {
            "state": state,
            "agent_id": agent,
            "last_agent_id": agent,
            "offered_to": None,
            "offer_expires_at": None,
            "snoozed_until": None,
            "accepted_at": item.accepted_at or call.now,
            "taken_at": call.now if front else None,
            # What is picked is theirs for no other reason than that they wanted it.
            **({"routing": ""} if happening is Happening.PICKED else {}),
        },
    )
    if with_bot:
        from omnitui.desk.bot import handing_over  # most desks have no virtual agent

        them = agents.get(call.store, agent)
        handing_over.take_from(call, item, them.name if them else "")
    if happening in (Happening.PICKED, Happening.ASSIGNED):
        profiles.take(call.store, agent, item.profiles, call.today)
    for kind in ("offer", "idle", "snooze", "not_taken"):
        timers.stop(call.store, kind, item.id)
    overflow.taken(call, item)
    participants.remove(call.store, item.id, agent)
    sessions.open_(call.store, agent, item.id, call.now, messages.last_id(call.store, item.id))
    if front:
        sessions.focus(call.store, agent, item.id)
    call.journal(
        f"conversation.{happening.value}",
        conversation=item.id,
        customer=item.customer_id,
        agent=agent,
    )
    _is_there(call, agent, front)
    them = load.refresh(call, agent)
    over = them.used - them.capacity
    note = f", {over} over capacity" if over > 0 else ""
    thread.event(call, item, f"{them.name} joined{note}")
    notices.joined(call, item, agent)
    return thread.get(call, item.id)


def _is_there(call: Call, agent: AgentId, by_themselves: bool) -> None:
    """Taking something ends a presence chosen before; an agent who takes it by hand is not
    inactive."""
    load.settle(call, agent)
    if by_themselves:
        load.took(call, agent)
    else:
        load.wait_for(call, agent)
