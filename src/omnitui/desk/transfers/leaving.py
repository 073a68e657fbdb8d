"""Agents who go offline: offers go to others at once, active work after `grace_seconds`.

Every way ends here: chosen by hand, set by a supervisor, a console that was closed or lost. Not
commands: called in the transaction of the cause.
"""

from collections.abc import Iterable

from omnitui.desk import notices, thread
from omnitui.desk.call import Call
from omnitui.desk.routing import again, assign, load
from omnitui.desk.transfers import hands, requests
from omnitui.model.agent import Agent, Presence
from omnitui.model.conversation import Conversation, ConversationState, Speaker
from omnitui.model.ids import AgentId
from omnitui.model.notice import Occasion
from omnitui.rules.lifecycle import Happening
from omnitui.store import agents, conversations, timers
from omnitui.store.routing import profiles

NOT_ASKED = (Presence.DO_NOT_DISTURB, Presence.AWAY, Presence.OFFLINE)
"""Presences at which an agent gets no offers, and existing offers are withdrawn."""


def go(call: Call, agent: Agent, to: Presence, reason: str, *, by_hand: bool) -> None:
    """Set an agent's presence `to`; offers that it does not allow are withdrawn.

    An Offline agent has `grace_seconds` to come back before their conversations go to others, too.
    """
    load.set_presence(call, agent, to, reason, by_hand=by_hand)
    if to not in NOT_ASKED:
        return
    ringing = conversations.offers_to(call.store, agent.id)
    away = to is Presence.OFFLINE
    take_back(
        call,
        agent.id,
        [one for one in ringing if away or to not in call.stream(one.channel).presences],
    )
    requests.not_there(call, agent.id)


def clear_way(call: Call, agent: int) -> None:
    """An agent is on a call now: withdraw their live offers."""
    held = load.loads(call, agent)
    if any(one.exclusive and not one.offered and _active(one.state) for one in held):
        live = [
            one
            for one in conversations.offers_to(call.store, agent)
            if call.channel(one.channel).live or call.channel(one.channel).exclusive
        ]
        take_back(call, agent, live)


def out_of_queue(call: Call, agent: int, queue: int) -> None:
    """An agent is no longer a member of a queue: their offers from it go to its members."""
    ringing = conversations.offers_to(call.store, agent)
    take_back(call, agent, [one for one in ringing if one.queue_id == queue])


def take_back(call: Call, agent: int, items: Iterable[Conversation]) -> None:
    """Withdraw offers from an agent, without counting them as declined, and route them again."""
    taken = list(items)
    for item in taken:
        values = {"state": thread.move(call, item, Happening.WITHDRAWN)}
        call.store.update("conversations", item.id, values | hands.withdraw(call, item))
        profiles.return_unused(call.store, agent, item.profiles, call.today)
    if taken:
        if call.held is not None:
            # More than the one whose turn it is has changed: count anew what agents hold.
            call.held.others.clear()
        load.refresh(call, agent)
    for item in taken:
        again.spared(call, item.id, agent)
        if assign.route(call, thread.get(call, item.id)) is None:
            notices.waits(call, item.id, Occasion.DECLINED)


def over(call: Call, agent: int) -> None:
    """The grace time of an agent who went offline is over."""
    person = agents.get(call.store, agent)
    if person is None or person.presence is not Presence.OFFLINE:
        return
    for item in conversations.held_by(call.store, agent):
        if item.agent_id != agent or not _in_hand(item):
            continue
        if _taken_since(call, item, person):
            continue
        wrote = item.last_speaker is Speaker.CUSTOMER and item.last_at > person.presence_since
        if call.channel(item.channel).live or wrote:
            give_back(call, item, person)


def heard(call: Call, item: Conversation) -> Conversation:
    """A customer wrote to an agent who is offline: release the conversation after the grace time.

    Returns the conversation, changed or not.
    """
    if item.agent_id is None or not _in_hand(item):
        return item
    person = agents.get(call.store, item.agent_id)
    assert person is not None
    if person.presence is not Presence.OFFLINE or timers.runs(call.store, "gone", person.id):
        return item
    if _taken_since(call, item, person):
        return item
    give_back(call, item, person, find=False)
    return thread.get(call, item.id)


def give_back(call: Call, item: Conversation, agent: Agent, *, find: bool = True) -> None:
    """Release a conversation of an offline agent to its queue.

    Their unsent text becomes a note and their tab closes; the customer is notified. With `find` it
    is routed at once.
    """
    state = thread.move(call, item, Happening.AGENT_GONE)
    hands.drop(call, item, agent.id)
    requests.withdraw(call, item)
    call.store.update("conversations", item.id, {"state": state, "agent_id": None, "routing": ""})
    where = f"the queue {item.queue}" if item.queue else "Open"
    thread.event(call, item, f"{agent.name} is offline: returned to {where}")
    call.journal(
        f"conversation.{Happening.AGENT_GONE.value}",
        conversation=item.id,
        customer=item.customer_id,
        agent=agent.id,
        name=item.name,
    )
    notices.tell(call, thread.get(call, item.id), Occasion.AGENT_GONE, AgentId(agent.id))
    load.refresh(call, agent.id)
    if find:
        assign.route(call, thread.get(call, item.id), not_to=agent.id)


def _taken_since(call: Call, item: Conversation, agent: Agent) -> bool:
    """Whether an agent took it themselves while Offline: then they are not gone."""
    taken_at = conversations.taken_at(call.store, item.id)
    return taken_at is not None and taken_at > agent.presence_since


def _in_hand(item: Conversation) -> bool:
    return _active(item.state) and item.offered_to is None


def _active(state: ConversationState) -> bool:
    return state is ConversationState.ACTIVE
