"""Offers: a conversation is offered to an agent, who accepts, declines or misses it."""

from omnitui.desk import notices, thread
from omnitui.desk.call import Call
from omnitui.desk.registry import command, query
from omnitui.desk.routing import assign, load
from omnitui.desk.transfers import leaving, requests, room
from omnitui.desk.transfers.taking import take
from omnitui.desk.undo import remember
from omnitui.model.agent import Agent, Presence
from omnitui.model.conversation import Conversation, ConversationState
from omnitui.model.errors import Refused, refuse
from omnitui.model.ids import ConversationId
from omnitui.model.notice import Occasion
from omnitui.rules import presence
from omnitui.rules.lifecycle import Happening
from omnitui.rules.presence import PresenceChange
from omnitui.safetext import clean_line
from omnitui.store import agents, conversations, timers
from omnitui.store.routing import profiles


@query("conversation.offers")
def offers(call: Call) -> list[Conversation]:
    """Your offers, the first to run out first."""
    return conversations.offers_to(call.store, call.agent)


@command("conversation.accept")
def accept(call: Call, conversation: ConversationId, anyway: bool = False) -> Conversation:
    """Accept an offer; the conversation opens as a session.

    A consult request opens one too, and the conversation stays with its agent. More than your
    capacity (`capacity.beyond`) is refused unless `anyway` is yes; a second call is always refused.
    """
    item = thread.get(call, conversation)
    if item.offered_to != call.agent and requests.rings_at(call, item, call.agent):
        return requests.accept(call, item)
    if item.offered_to != call.agent:
        raise Refused(
            "offer.gone",
            f"The offer of {item.name} has ended: {_where(call, item)}.",
            "Open work on Home shows what you can still pick.",
        )
    _check_accepted(call, item, anyway)
    remember(call, f"accepted {item.name}", [conversation])
    return _take(call, item, Happening.ACCEPTED)


def _check_accepted(call: Call, item: Conversation, anyway: bool) -> None:
    """Check capacity; the offer is counted already, so only the agent's active work counts."""
    room.check(call, item, call.agent, anyway=True)
    if not anyway:
        refuse(room.beyond(call, item, call.agent, rings=False))


def _take(call: Call, item: Conversation, happening: Happening) -> Conversation:
    """Assign it by hand; offers that do not fit beside it are withdrawn, and an inactive agent is
    present."""
    before = agents.get(call.store, call.agent)
    taken = take(call, item, call.agent, happening)
    leaving.clear_way(call, call.agent)
    if before is not None and before.presence is Presence.INACTIVE:
        assign.fill(call, call.agent)
    return taken


@command("conversation.pick")
def pick(call: Call, conversation: ConversationId, anyway: bool = False) -> Conversation:
    """Pick an open conversation, or resume a waiting one of yours.

    More than your capacity (`capacity.beyond`) is refused unless `anyway` is yes; the transcript
    says by how much. A second call is always refused.
    """
    item = thread.get(call, conversation)
    if item.state is ConversationState.WAITING and item.agent_id == call.agent:
        room.check(call, item, call.agent, anyway=anyway)
        remember(call, f"resumed {item.name}", [conversation])
        return _take(call, item, Happening.REOPENED_BY_AGENT)
    if item.offered_to is not None and item.offered_to != call.agent:
        raise Refused(
            "conversation.offered",
            f"{item.name} is offered to another agent now.",
            "It returns to Open if they decline.",
        )
    remember(call, f"took {item.name}", [conversation])
    if item.offered_to == call.agent:
        _check_accepted(call, item, anyway)
        return _take(call, item, Happening.ACCEPTED)
    thread.move(call, item, Happening.PICKED)
    room.check(call, item, call.agent, anyway=anyway)
    return _take(call, item, Happening.PICKED)


@command("conversation.decline")
def decline(call: Call, conversation: ConversationId, reason: str = "") -> Conversation:
    """Decline an offer; it goes to another agent, or returns to Open.

    A declined consult request goes to another member of the queue, or the asking agent is told.
    """
    item = thread.get(call, conversation)
    if item.offered_to != call.agent and requests.rings_at(call, item, call.agent):
        return requests.decline(call, item, clean_line(reason))
    if item.offered_to != call.agent:
        raise Refused(
            "offer.gone",
            f"The offer of {item.name} has ended: {_where(call, item)}.",
        )
    me = _take_back(call, item, Happening.DECLINED, clean_line(reason))
    change = presence.declined(me.presence, item.name, call.settings.declined_makes_do_not_disturb)
    _pass_on(call, item, me, change)
    return thread.get(call, conversation)


def _where(call: Call, item: Conversation) -> str:
    """Where the conversation is instead of being offered to the caller."""
    if item.offered_to is not None:
        return "it is offered to another agent"
    if item.agent_id == call.agent:
        return "you have taken it already"
    if item.agent_name:
        return f"{item.agent_name} has it"
    return "it ran out or was withdrawn"


def run_out(call: Call, conversation: int) -> None:
    """An offer is missed: its time is over, and the agent becomes inactive."""
    item = thread.get(call, conversation)
    if item.offered_to is None:
        return
    missed = _take_back(call, item, Happening.EXPIRED)
    change = (
        presence.missed(missed.presence, item.name, missed.presence_by_hand)
        if call.settings.missed_makes_inactive
        else None
    )
    _pass_on(call, item, missed, change)


def _take_back(call: Call, item: Conversation, happening: Happening, reason: str = "") -> Agent:
    """Withdraw an offer; returns the agents without it."""
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
    """Route it again, and offer other work to the agent who declined or missed it."""
    if change is not None:
        leaving.go(call, agent, change.presence, change.reason, by_hand=change.sticks)
    if assign.route(call, thread.get(call, item.id), not_to=agent.id) is None:
        notices.waits(call, item.id, Occasion.DECLINED)
    assign.fill(call, agent.id)
