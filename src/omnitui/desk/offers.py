"""Offers: a conversation rings at an agent, who accepts it, declines it, or lets it run out."""

from omnitui.desk import notices, thread
from omnitui.desk.call import Call
from omnitui.desk.handing.taking import take
from omnitui.desk.registry import command, query
from omnitui.desk.routing import assign, load
from omnitui.model.agent import Agent
from omnitui.model.conversation import Conversation, ConversationState
from omnitui.model.errors import Refused
from omnitui.model.ids import ConversationId
from omnitui.model.notice import Occasion
from omnitui.rules import presence
from omnitui.rules.lifecycle import Happening
from omnitui.rules.presence import PresenceChange
from omnitui.safetext import clean_line
from omnitui.store import conversations, timers
from omnitui.store.routing import profiles


@query("conversation.offers")
def offers(call: Call) -> list[Conversation]:
    """What is ringing at the calling agent, the first to run out first."""
    return conversations.offers_to(call.store, call.agent)


@command("conversation.accept")
def accept(call: Call, conversation: ConversationId) -> Conversation:
    """Take a conversation that is being offered to you; it opens as a session."""
    item = thread.get(call, conversation)
    if item.offered_to != call.agent:
        raise Refused(
            "offer.gone",
            f"The offer of {item.name} is no longer yours: {_where(call, item)}.",
            "Open work on Home shows what can still be picked.",
        )
    return take(call, item, call.agent, Happening.ACCEPTED)


@command("conversation.pick")
def pick(call: Call, conversation: ConversationId) -> Conversation:
    """Take a conversation from the open ones, or come back to one of yours that waits.

    A pick may exceed your capacity; the result's `over_capacity_by` event says by how much.
    """
    item = thread.get(call, conversation)
    if item.state is ConversationState.WAITING and item.agent_id == call.agent:
        return take(call, item, call.agent, Happening.REOPENED_BY_AGENT)
    if item.offered_to is not None and item.offered_to != call.agent:
        raise Refused(
            "conversation.offered",
            f"{item.name} is ringing at somebody else right now.",
            "It comes back to the open ones if they decline.",
        )
    if item.offered_to == call.agent:
        return take(call, item, call.agent, Happening.ACCEPTED)
    return take(call, item, call.agent, Happening.PICKED)


@command("conversation.decline")
def decline(call: Call, conversation: ConversationId, reason: str = "") -> Conversation:
    """Let an offer pass; it goes to somebody else, or back to the open ones."""
    item = thread.get(call, conversation)
    if item.offered_to != call.agent:
        raise Refused(
            "offer.gone",
            f"The offer of {item.name} is no longer yours to decline: {_where(call, item)}.",
        )
    me = _take_back(call, item, Happening.DECLINED, clean_line(reason))
    change = presence.declined(me.presence, item.name, call.settings.declined_makes_do_not_disturb)
    _pass_on(call, item, me, change)
    return thread.get(call, conversation)


def _where(call: Call, item: Conversation) -> str:
    """Where an offer has gone that does not ring at the caller."""
    if item.offered_to is not None:
        return "it rings at somebody else"
    if item.agent_id == call.agent:
        return "you have taken it already"
    if item.agent_name:
        return f"{item.agent_name} has it"
    return "it ran out or was taken back"


def run_out(call: Call, conversation: int) -> None:
    """The offer's time is over: it counts as declined, and the agent is marked as not there."""
    item = thread.get(call, conversation)
    if item.offered_to is None:
        return
    missed = _take_back(call, item, Happening.EXPIRED)
    change = (
        presence.missed(missed.presence, item.name) if call.settings.missed_makes_inactive else None
    )
    _pass_on(call, item, missed, change)


def pass_all_on(call: Call, agent: int) -> None:
    """What rings at an agent who cannot answer counts as run out; their presence stays."""
    for item in conversations.offers_to(call.store, agent):
        left = _take_back(call, item, Happening.EXPIRED)
        _pass_on(call, item, left, None)


def _take_back(call: Call, item: Conversation, happening: Happening, reason: str = "") -> Agent:
    """Take an offer back from the agent it rings at; returns them as they are without it."""
    agent = item.offered_to
    assert agent is not None
    call.store.update(
        "conversations",
        item.id,
        {
            "state": thread.move(call, item, happening),
            "offered_to": None,
            "offer_expires_at": None,
        },
    )
    timers.stop(call.store, "offer", item.id)
    profiles.return_unused(call.store, agent, item.profiles, call.today)
    call.journal(
        f"conversation.{happening.value}",
        conversation=item.id,
        customer=item.customer_id,
        agent=agent,
        reason=reason,
    )
    return load.refresh(call, agent)


def _pass_on(call: Call, item: Conversation, agent: Agent, change: PresenceChange | None) -> None:
    """Look for somebody else, and for something else for the agent who let it pass."""
    if change is not None:
        load.set_presence(call, agent, change.presence, change.reason, by_hand=change.sticks)
    if assign.route(call, thread.get(call, item.id), not_to=agent.id) is None:
        notices.waits(call, item.id, Occasion.DECLINED)
    assign.fill(call, agent.id)
