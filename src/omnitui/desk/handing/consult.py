"""Consulting: another agent reads along in private, until they are added or leave.

Neither takes anything of their capacity.
"""

from omnitui.desk import thread
from omnitui.desk.call import Call
from omnitui.desk.registry import command, query
from omnitui.desk.routing import load
from omnitui.model.actor import ActorKind
from omnitui.model.agent import Agent, Presence
from omnitui.model.conversation import Conversation, ConversationState
from omnitui.model.errors import Refused
from omnitui.model.ids import AgentId, ConversationId
from omnitui.model.participant import Participant, Role
from omnitui.store import agents, messages, participants, sessions

_UNDER_WAY = (ConversationState.ACTIVE, ConversationState.WAITING)


@query("conversation.participants")
def beside(call: Call, conversation: ConversationId) -> list[Participant]:
    """The agents who stand beside a conversation, the longest first."""
    return participants.of_conversation(call.store, conversation)


@command("conversation.consult")
def consult(call: Call, conversation: ConversationId, agent: AgentId) -> list[Participant]:
    """Ask another agent to read along: they may write notes, and the customer knows nothing of it.

    It opens as a session of theirs, behind what they are at.
    """
    item, other = _asked(call, conversation, agent)
    if participants.role(call.store, conversation, agent) is not None:
        raise Refused("consult.beside", f"{other.name} reads along with {item.name} already.")
    _bring_in(call, item, other, Role.CONSULTED)
    thread.event(call, item, f"{call.actor.name} consulted {other.name}")
    call.journal(
        "conversation.consulted",
        conversation=conversation,
        customer=item.customer_id,
        agent=agent,
        name=item.name,
    )
    return beside(call, conversation)


@command("conversation.add")
def add(call: Call, conversation: ConversationId, agent: AgentId) -> list[Participant]:
    """Let another agent answer the customer too, beside you."""
    item, other = _asked(call, conversation, agent)
    if participants.role(call.store, conversation, agent) is Role.ADDED:
        raise Refused("consult.beside", f"{other.name} is added to {item.name} already.")
    _bring_in(call, item, other, Role.ADDED)
    thread.event(call, item, f"{call.actor.name} added {other.name}")
    call.journal(
        "conversation.agent_added",
        conversation=conversation,
        customer=item.customer_id,
        agent=agent,
        name=item.name,
    )
    return beside(call, conversation)


@command("conversation.end_consult")
def end_consult(
    call: Call, conversation: ConversationId, agent: AgentId | None = None
) -> list[Participant]:
    """Let an agent beside you step aside again; everybody if none is named."""
    item = thread.get(call, conversation)
    _check_owner(call, item)
    standing = participants.of_conversation(call.store, conversation)
    going = [one for one in standing if agent in (None, one.agent_id)]
    if not going:
        who = "Nobody" if agent is None else _agent(call, agent).name
        verb = "reads" if agent is None else "does not read"
        raise Refused("consult.nobody", f"{who} {verb} along with {item.name}.")
    for one in going:
        _step_aside(call, item, one.agent_id, f"{call.actor.name} ended it with {one.name}")
    return beside(call, conversation)


@command("conversation.leave")
def leave(call: Call, conversation: ConversationId) -> None:
    """Step aside from a conversation that you read along with or were added to."""
    item = thread.get(call, conversation)
    if participants.role(call.store, conversation, call.agent) is None:
        hint = "Close, hand on or give back what is yours." if item.agent_id == call.agent else ""
        raise Refused(
            "consult.not_beside",
            f"You do not stand beside the conversation with {item.name}.",
            hint,
        )
    _step_aside(call, item, call.agent, f"{call.actor.name} left")


def dismiss(call: Call, item: Conversation) -> None:
    """The conversation is over: whoever stood beside it steps aside."""
    for agent in participants.clear(call.store, item.id):
        _shut(call, item, agent)
        call.journal(
            "conversation.consult_ended",
            conversation=item.id,
            customer=item.customer_id,
            agent=agent,
        )


def _asked(call: Call, conversation: int, agent: AgentId) -> tuple[Conversation, Agent]:
    item = thread.get(call, conversation)
    _check_owner(call, item)
    if item.state not in _UNDER_WAY or item.offered_to is not None:
        raise Refused(
            "consult.state",
            f"The conversation with {item.name} is {item.state.label}; nobody can be consulted.",
            "Accept or pick it first.",
        )
    other = _agent(call, agent)
    if agent == item.agent_id:
        raise Refused("consult.same", f"{other.name} has {item.name} already.")
    if other.presence is Presence.OFFLINE:
        raise Refused(
            "consult.not_there",
            f"{other.name} is offline and would not hear of it.",
            "Ask somebody else, or hand it to a queue.",
        )
    return item, other


def _check_owner(call: Call, item: Conversation) -> None:
    if call.actor.kind is ActorKind.AGENT and item.agent_id != call.agent:
        whose = f"is with {item.agent_name}" if item.agent_name else "is with nobody"
        raise Refused(
            "conversation.not_yours",
            f"The conversation with {item.name} {whose}; only who has it can do this.",
        )


def _agent(call: Call, agent: int) -> Agent:
    found = agents.get(call.store, agent)
    assert found is not None
    return found


def _bring_in(call: Call, item: Conversation, other: Agent, role: Role) -> None:
    participants.put(call.store, item.id, other.id, role, call.agent_or_none, call.now)
    # One tab more would set them to Do not disturb: they find it on Home instead.
    if len(sessions.of_agent(call.store, other.id)) + 1 < call.settings.session_cap:
        newest = messages.last_id(call.store, item.id)
        sessions.open_(call.store, other.id, item.id, call.now, newest)
        load.refresh(call, other.id)


def _step_aside(call: Call, item: Conversation, agent: AgentId, said: str) -> None:
    participants.remove(call.store, item.id, agent)
    _shut(call, item, agent)
    thread.event(call, item, said)
    call.journal(
        "conversation.consult_ended",
        conversation=item.id,
        customer=item.customer_id,
        agent=agent,
    )


def _shut(call: Call, item: Conversation, agent: int) -> None:
    session = sessions.get(call.store, agent, item.id)
    if session is None or item.agent_id == agent:
        return
    if not (session.draft_note.strip() or session.draft_reply.strip()):
        sessions.shut(call.store, agent, item.id)
        load.refresh(call, agent)
