"""Consults: another agent is asked to read along in private, until they are added or leave.

They accept first, by name or as a member of a queue; a consult takes no capacity.
"""

from omnitui.desk import thread
from omnitui.desk.call import Call
from omnitui.desk.registry import command, query
from omnitui.desk.routing import load
from omnitui.desk.transfers import requests, room
from omnitui.model.actor import ActorKind
from omnitui.model.agent import Agent, Presence
from omnitui.model.conversation import Conversation, ConversationState
from omnitui.model.errors import Refused
from omnitui.model.ids import AgentId, ConversationId, QueueId
from omnitui.model.participant import ConsultRequest, Participant, Role
from omnitui.model.queue import Queue
from omnitui.rules.lifecycle import hint_for
from omnitui.safetext import clean_line
from omnitui.store import agents, consult_requests, participants, sessions
from omnitui.store.routing import queues

_STATES = (ConversationState.ACTIVE, ConversationState.WAITING)


@query("conversation.participants")
def beside(call: Call, conversation: ConversationId) -> list[Participant]:
    """The consulted and added agents of a conversation, the longest first."""
    return participants.of_conversation(call.store, conversation)


@query("conversation.asked")
def asked(call: Call, conversation: ConversationId) -> list[ConsultRequest]:
    """The agents who are asked to join a conversation and have not answered yet."""
    return consult_requests.of_conversation(call.store, conversation)


@query("conversation.consult_offers")
def ringing(call: Call) -> list[ConsultRequest]:
    """Your consult requests, the first to run out first.

    `conversation.accept` and `conversation.decline` answer them.
    """
    return consult_requests.ringing_at(call.store, call.agent)


@command("conversation.consult")
def consult(
    call: Call,
    conversation: ConversationId,
    agent: AgentId | None = None,
    to_queue: QueueId | None = None,
    note: str = "",
) -> list[ConsultRequest]:
    """Ask another agent, or a member of a queue, to read along; it is offered to them.

    A consulted agent can write notes; the customer does not see it, and it takes no capacity. The
    present members of a queue are asked one after the other; the asking agent is told when nobody
    accepts. Returns who is asked.
    """
    if (agent is None) == (to_queue is None):
        raise Refused(
            "consult.target",
            "A consult asks either an agent or a queue to read along.",
            "Give one of agent and to_queue.",
        )
    word = clean_line(note).strip()
    if agent is not None:
        item, other = _to_ask(call, conversation, agent)
        if participants.role(call.store, conversation, agent) is not None:
            raise Refused("consult.beside", f"{other.name} reads along with {item.name} already.")
        requests.ask(call, item, other, Role.CONSULTED, note=word)
    elif to_queue is not None:
        item = _under_way(call, conversation)
        queue = queues.get(call.store, to_queue)
        first = requests.next_of(call, item, queue.id, Role.CONSULTED, ())
        if first is None:
            raise _nobody_of(queue, item)
        named = (int(queue.id), queue.name)
        requests.ask(call, item, first, Role.CONSULTED, note=word, queue=named)
    return asked(call, conversation)


def _nobody_of(queue: Queue, item: Conversation) -> Refused:
    if not queue.members:
        said = f"The queue {queue.name} has no members who could read along with {item.name}."
        return Refused("consult.empty_queue", said, "Choose another queue, or an agent.")
    return Refused(
        "consult.not_there",
        f"No other member of {queue.name} is present to read along with {item.name}.",
        "Choose another queue or an agent, or transfer it to a queue.",
    )


@command("conversation.add")
def add(call: Call, conversation: ConversationId, agent: AgentId) -> list[Participant]:
    """Add another agent, who can reply to the customer too.

    An agent who reads along can do so at once; others are asked first, as with
    `conversation.consult`. An agent on a call cannot be added to another one. Returns the consulted
    and added agents.
    """
    item, other = _to_ask(call, conversation, agent)
    role = participants.role(call.store, conversation, agent)
    if role is Role.ADDED:
        raise Refused("consult.beside", f"{other.name} is added to {item.name} already.")
    room.check(call, item, agent, anyway=True)
    if role is None:
        requests.ask(call, item, other, Role.ADDED)
    else:
        requests.bring_in(call, item, agent, Role.ADDED, call.agent_or_none)
    return beside(call, conversation)


@command("conversation.end_consult")
def end_consult(
    call: Call, conversation: ConversationId, agent: AgentId | None = None
) -> list[Participant]:
    """End a consult with an agent; with all of them by default.

    Open requests are cancelled.
    """
    item = thread.get(call, conversation)
    _check_owner(call, item)
    asked_no_longer = requests.withdraw(call, item, agent)
    standing = participants.of_conversation(call.store, conversation)
    going = [one for one in standing if agent in (None, one.agent_id)]
    if not going and not asked_no_longer:
        who = "Nobody" if agent is None else _agent(call, agent).name
        verb = "reads" if agent is None else "does not read"
        raise Refused("consult.nobody", f"{who} {verb} along with {item.name}.")
    for one in going:
        _step_aside(
            call, item, one.agent_id, f"{call.actor.name} ended the consult with {one.name}"
        )
    return beside(call, conversation)


@command("conversation.leave")
def leave(call: Call, conversation: ConversationId) -> None:
    """Leave a conversation that you read along with or were added to."""
    item = thread.get(call, conversation)
    if participants.role(call.store, conversation, call.agent) is None:
        hint = (
            "Close, transfer or release your own conversations."
            if item.agent_id == call.agent
            else ""
        )
        raise Refused(
            "consult.not_beside",
            f"You are not a consultant in the conversation with {item.name}.",
            hint,
        )
    _step_aside(call, item, call.agent, f"{call.actor.name} left")


def dismiss(call: Call, item: Conversation) -> None:
    """The conversation is over: consulted agents leave, and requests are cancelled."""
    requests.withdraw(call, item)
    for agent in participants.clear(call.store, item.id):
        _shut(call, item, agent)
        call.journal(
            "conversation.consult_ended",
            conversation=item.id,
            customer=item.customer_id,
            agent=agent,
        )


def _under_way(call: Call, conversation: int) -> Conversation:
    item = thread.get(call, conversation)
    _check_owner(call, item)
    ringing = item.offered_to is not None
    if item.state not in _STATES or ringing:
        raise Refused(
            "consult.state",
            f"The conversation with {item.name} is "
            f"{'being offered' if ringing else item.state.label}; nobody can be consulted.",
            hint_for(item.state, ringing=ringing),
        )
    return item


def _to_ask(call: Call, conversation: int, agent: AgentId) -> tuple[Conversation, Agent]:
    item = _under_way(call, conversation)
    other = _agent(call, agent)
    if agent == item.agent_id:
        raise Refused("consult.same", f"{other.name} has {item.name} already.")
    if other.presence is Presence.OFFLINE:
        raise Refused(
            "consult.not_there",
            f"{other.name} is offline.",
            "Ask another agent, or transfer it to a queue.",
        )
    if consult_requests.at(call.store, conversation, agent) is not None:
        raise Refused(
            "consult.asked",
            f"{other.name} has a consult request for {item.name} already and has not answered yet.",
        )
    return item, other


def _check_owner(call: Call, item: Conversation) -> None:
    if call.actor.kind is ActorKind.AGENT and item.agent_id != call.agent:
        whose = f"is with {item.agent_name}" if item.agent_name else "is unassigned"
        raise Refused(
            "conversation.not_yours",
            f"The conversation with {item.name} {whose}; only its agent can do this.",
        )


def _agent(call: Call, agent: int) -> Agent:
    found = agents.get(call.store, agent)
    assert found is not None
    return found


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
