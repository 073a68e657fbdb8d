"""Consulting: another agent is asked to read along in private, until they are added or leave.

They are asked first, by name or as one of a queue; nothing of it takes their capacity.
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
    """The agents who stand beside a conversation, the longest first."""
    return participants.of_conversation(call.store, conversation)


@query("conversation.asked")
def asked(call: Call, conversation: ConversationId) -> list[ConsultRequest]:
    """Who is asked to stand beside a conversation and has not answered yet."""
    return consult_requests.of_conversation(call.store, conversation)


@query("conversation.consult_offers")
def ringing(call: Call) -> list[ConsultRequest]:
    """The conversations beside which the calling agent is asked to stand, the first to run out
    first. `conversation.accept` and `conversation.decline` answer them."""
    return consult_requests.ringing_at(call.store, call.agent)


@command("conversation.consult")
def consult(
    call: Call,
    conversation: ConversationId,
    agent: AgentId | None = None,
    to_queue: QueueId | None = None,
    note: str = "",
) -> list[ConsultRequest]:
    """Ask another agent to read along, or one of a queue: it rings at them like an offer.

    Who accepts may write notes; the customer knows nothing of it, and it takes none of their
    capacity. Of a queue one after the other is asked who is there; who asked is told when nobody
    will. Returns who is asked.
    """
    if (agent is None) == (to_queue is None):
        raise Refused(
            "consult.target",
            "Either an agent is asked to read along, or a queue.",
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
        said = f"Nobody works the queue {queue.name}, so nobody could read along with {item.name}."
        return Refused("consult.empty_queue", said, "Choose another queue, or an agent.")
    return Refused(
        "consult.not_there",
        f"Nobody else of {queue.name} is there to read along with {item.name} now.",
        "Choose another queue or an agent, or transfer it to a queue.",
    )


@command("conversation.add")
def add(call: Call, conversation: ConversationId, agent: AgentId) -> list[Participant]:
    """Let another agent answer the customer too, beside you.

    Who reads along already may do so at once; anybody else is asked first, as with
    `conversation.consult`. Who is on a call cannot answer in another one. Returns who stands beside
    it now.
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
    """Let an agent beside you step aside again; everybody if none is named.

    Who was asked and has not answered yet is asked no longer.
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
    """The conversation is over: whoever stood beside it steps aside, and nobody is asked."""
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
            f"The conversation with {item.name}"
            f" {'rings' if ringing else f'is {item.state.label}'}; nobody can be consulted.",
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
            f"{other.name} is offline and would not hear of it.",
            "Ask somebody else, or transfer it to a queue.",
        )
    if consult_requests.at(call.store, conversation, agent) is not None:
        raise Refused(
            "consult.asked",
            f"{other.name} is asked about {item.name} already, and has not answered yet.",
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
