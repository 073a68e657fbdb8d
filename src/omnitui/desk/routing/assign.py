"""Finding an agent for a conversation, and offering it.

Runs when something changes (a new item, a presence, a load, a skill, a member, an offer that ran
out), never on a timer. Not commands: called in the transaction of whatever changed.
"""

from collections.abc import Container

from omnitui.desk import thread
from omnitui.desk.call import Call, Later
from omnitui.desk.handing import unattended
from omnitui.desk.handing.taking import take
from omnitui.desk.routing import asking, load, overflow
from omnitui.model.agent import Agent
from omnitui.model.conversation import Conversation, ConversationState
from omnitui.rules.capacity import room_for
from omnitui.rules.lifecycle import Happening
from omnitui.store import agents, conversations, timers
from omnitui.store.routing import profiles

_PAGE = 50


def route(call: Call, item: Conversation, *, not_to: int | None = None) -> int | None:
    """Offer an open conversation to the best agent; returns whom, None if it has to wait.

    `not_to` is an agent who has just let it pass and is not asked again at once. Who had it last
    comes first where they fit.
    """
    if item.state is not ConversationState.OPEN:
        return None
    unattended.count(call, item)
    if call.later is not None:
        call.later.routes[item.id] = not_to
        return None
    stream = call.stream(item.channel)
    least = 0 if item.profiles else load.cost_of(call, item.channel)
    if not stream.pushed or not agents.anyone_with_room(call.store, least, stream.presences):
        overflow.waits(call, item)
        return None
    team = asking.team(call, item)
    asked = asking.ask(call, item, team, not_to=not_to)
    logins = asked.ranking.logins
    if not logins:
        overflow.waits(call, item)
        return None
    by_login = {agent.login: agent for agent in team}
    best, why = by_login[logins[0]], asked.sentence
    before = next((by_login[one] for one in logins if by_login[one].id == item.last_agent_id), None)
    if before is not None and before.id != best.id:
        best, why = before, f"Goes to {before.login}, who had them last and has room."
    offer(call, item, best, why)
    return best.id


def waited_too_long(call: Call, conversation: int) -> None:
    """An item may have waited as long as its queue lets it; it may find somebody in another."""
    moved = overflow.late(call, conversation)
    if moved is not None:
        route(call, moved)


def eligible(call: Call, agent: Agent, item: Conversation) -> bool:
    """Whether an agent may be offered a conversation now, whatever their queues."""
    return bool(asking.ask(call, item, [agent]).ranking.order)


def ask_for(call: Call, item: Conversation, agent_id: int) -> bool:
    """Let a conversation ring at the agent whom its customer asks for; False if it cannot.

    They are asked before anybody else, whatever their queues, skills and profiles; an agent who has
    let it pass is not asked for again.
    """
    agent = agents.get(call.store, agent_id)
    if agent is None or item.state is not ConversationState.OPEN or item.offered_to is not None:
        return False
    if agent.id in conversations.declined(call.store, item.id):
        return False
    if not asking.reaches(call, agent, item.channel):
        return False
    offer(call, item, agent, f"{item.name} asked for {agent.first_name}.")
    return True


def offer(call: Call, item: Conversation, agent: Agent, why: str = "") -> None:
    """Let a conversation ring at an agent, `why` being the sentence of who decided.

    It takes their capacity from now on. Where the work stream says so it is theirs without asking.
    """
    stream = call.stream(item.channel)
    seconds = stream.offer_seconds
    until = call.now + (call.settings.offer_seconds if seconds is None else seconds) * 1_000
    call.store.update(
        "conversations",
        item.id,
        {
            "state": thread.move(call, item, Happening.OFFERED),
            "offered_to": agent.id,
            "offer_expires_at": until,
            "routing": why,
        },
    )
    call.store.update("agents", agent.id, {"last_assigned_at": call.now})
    profiles.take(call.store, agent.id, item.profiles, call.today)
    timers.start(call.store, "offer", item.id, until)
    call.journal(
        "conversation.offered",
        conversation=item.id,
        customer=item.customer_id,
        agent=agent.id,
        until=until,
    )
    load.refresh(call, agent.id)
    if stream.auto_accept:
        take(call, thread.get(call, item.id), agent.id, Happening.ACCEPTED, front=False)


def fill(call: Call, agent_id: int, *, but: int | None = None, nor: Container[int] = ()) -> int:
    """An agent has room: offer what waits and fits them, most pressing first; returns how many.

    `but` is a conversation they have just let go, and are not asked about at once; `nor` are more.
    """
    if call.later is not None:
        call.later.fills.setdefault(agent_id, set()).update(() if but is None else (but,))
        return 0
    offered = passed = 0
    while fitting := _fitting(call, agent_id):
        waiting = conversations.waiting_for(
            call.store, agent_id, fitting, call.settings.most_offers, but, _PAGE, passed
        )
        for key in waiting:
            item = thread.get(call, key)
            if key in nor:
                passed += 1
            elif item.channel in _fitting(call, agent_id) and route(call, item) is not None:
                offered += 1
            else:
                passed += 1
        if len(waiting) < _PAGE:
            break
    return offered


def catch_up(call: Call, later: Later) -> None:
    """Look for everybody whom it was put off to look for, what presses most first."""
    items = [thread.get(call, key) for key in later.routes]
    items.sort(key=lambda one: (-one.priority, one.waiting_since or one.created_at, one.id))
    for item in items:
        route(call, thread.get(call, item.id), not_to=later.routes[item.id])
    for agent in sorted(later.fills):
        fill(call, agent, nor=later.fills[agent])


def _fitting(call: Call, agent_id: int) -> list[str]:
    """The channels on which an agent could be offered something now."""
    agent = agents.get(call.store, agent_id)
    if agent is None:
        return []
    held = load.loads(call, agent_id)
    blocks = call.settings.wrap_up_blocks
    return [
        key
        for key in call.channels
        if call.stream(key).pushed
        and agent.presence in call.stream(key).presences
        and room_for(agent.capacity, held, load.load_on(call, key), blocks).fits
    ]
