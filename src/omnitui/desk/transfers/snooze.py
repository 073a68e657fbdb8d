"""Snooze: a conversation leaves its agent until a time in words.

Then it goes back to its agent if they are present, else to its queue; earlier when the customer
writes.
"""

from omnitui.desk import thread
from omnitui.desk.call import Call
from omnitui.desk.moments import zone_of
from omnitui.desk.registry import command
from omnitui.desk.routing import assign, load
from omnitui.desk.transfers import hands, room
from omnitui.desk.transfers.taking import take
from omnitui.desk.undo import remember
from omnitui.model.agent import Presence
from omnitui.model.conversation import Conversation, ConversationState
from omnitui.model.errors import Refused
from omnitui.model.ids import AgentId, ConversationId
from omnitui.rules import when
from omnitui.rules.lifecycle import Happening
from omnitui.safetext import clean
from omnitui.store import agents, timers

THERE = (Presence.AVAILABLE, Presence.BUSY, Presence.DO_NOT_DISTURB)
"""Presences of agents who are at their console."""


@command("conversation.snooze")
def snooze(
    call: Call, conversation: ConversationId, until: str, note: str = "", zone: str = ""
) -> Conversation:
    """Snooze a conversation until a time in words: `2h`, `tomorrow`, `fri 9am`, `next week`.

    It takes no capacity until then and comes back automatically, or when the customer writes.
    `zone` (such as Europe/Oslo) is the time zone of the words; by default the machine's.
    """
    item = thread.get(call, conversation)
    hands.check(call, item)
    at, said = until_when(call, until, zone)
    state = thread.move(call, item, Happening.SNOOZED)
    remember(call, f"snoozed {item.name} until {said}", [conversation])
    call.store.update("conversations", conversation, {"state": state, "snoozed_until": at})
    timers.start(call.store, "snooze", conversation, at)
    timers.stop(call.store, "idle", conversation)
    if item.agent_id is not None:
        hands.drop(call, item, item.agent_id)
    thread.event(call, item, f"{call.actor.name} snoozed it until {said}")
    word = clean(note).strip()
    if word:
        hands.leave_word(call, item, word)
    call.journal(
        "conversation.snoozed",
        conversation=conversation,
        customer=item.customer_id,
        until=at,
        note=word,
    )
    if item.agent_id is not None:
        load.refresh(call, item.agent_id)
        assign.fill(call, item.agent_id, but=conversation)
    return thread.get(call, conversation)


def until_when(call: Call, until: str, zone: str) -> tuple[int, str]:
    """The time that is meant (epoch ms), and its text; refused if there is none."""
    where = zone_of(zone, "snooze.zone")
    try:
        at = when.parse(until, call.now, where)
    except when.WhenError as error:
        raise Refused("snooze.until", error.sentence, error.hint) from None
    return at, when.said(at, call.now, where)


@command("conversation.unsnooze")
def unsnooze(call: Call, conversation: ConversationId, anyway: bool = False) -> Conversation:
    """End a snooze now; a conversation of yours becomes active again.

    More than your capacity (`capacity.beyond`) is refused unless `anyway` is yes.
    """
    item = thread.get(call, conversation)
    if item.snoozed_until is None:
        raise Refused("snooze.none", f"The conversation with {item.name} is not snoozed.")
    hands.check(call, item)
    own = item.agent_id is not None and item.agent_id == call.agent_or_none
    if own:
        room.check(call, item, call.agent, anyway=anyway)
    remember(call, f"ended the snooze of {item.name}", [conversation])
    if item.agent_id is not None and own:
        wake(call, item)
        return take(call, item, item.agent_id, Happening.REOPENED_BY_AGENT)
    _come_back(call, item, f"{call.actor.name} ended the snooze")
    return thread.get(call, conversation)


def wake(call: Call, item: Conversation) -> None:
    """End the snooze, for whatever reason; the caller sets the state."""
    if item.snoozed_until is not None:
        timers.stop(call.store, "snooze", item.id)
        call.store.update("conversations", item.id, {"snoozed_until": None})


def over(call: Call, conversation: int) -> None:
    """The snooze time is over."""
    item = thread.get(call, conversation)
    if item.state is ConversationState.WAITING and item.snoozed_until is not None:
        _come_back(call, item, "Snooze over")


def _come_back(call: Call, item: Conversation, said: str) -> None:
    wake(call, item)
    agent = None if item.agent_id is None else agents.get(call.store, item.agent_id)
    there = agent is not None and agent.presence in THERE
    full = agent is not None and room.second_call(call, item, agent.id) is not None
    if agent is not None and there and full:
        there, said = False, f"{said}; {agent.name} is on a call, so it goes to the queue"
    elif agent is not None and not there:
        said += f"; {agent.name} is {agent.presence.label.lower()}, so it goes to the queue"
    thread.event(call, item, said)
    call.journal(
        "conversation.woken",
        conversation=item.id,
        customer=item.customer_id,
        agent=item.agent_id if there else None,
        name=item.name,
    )
    if agent is not None and there:
        take(call, item, AgentId(agent.id), Happening.REOPENED_BY_AGENT, front=False)
        return
    state = thread.move(call, item, Happening.WOKEN)
    call.store.update(
        "conversations", item.id, {"state": state, "agent_id": None, "last_agent_id": None}
    )
    assign.route(call, thread.get(call, item.id))
