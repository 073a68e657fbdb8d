"""Who has a conversation, and releasing it from its agent.

Not commands: transferring, snoozing and others use these inside their own transactions.
"""

from typing import Any

from omnitui.desk import thread
from omnitui.desk.call import Call
from omnitui.desk.routing import load
from omnitui.model.actor import ActorKind, Permission
from omnitui.model.agent import Agent
from omnitui.model.conversation import Conversation, MessageKind, Speaker
from omnitui.model.errors import Refused
from omnitui.store import agents, sessions, timers


def check(call: Call, item: Conversation) -> None:
    """Refuse what is assigned or offered to another agent; supervisors are allowed."""
    if call.actor.kind is not ActorKind.AGENT or call.actor.may(Permission.SUPERVISE):
        return
    if item.offered_to not in (None, call.agent):
        raise Refused(
            "conversation.offered",
            f"{item.name} is offered to another agent now.",
            "It returns to Open if they decline.",
        )
    if item.agent_id not in (None, call.agent):
        raise Refused(
            "conversation.not_yours",
            f"The conversation with {item.name} is with {item.agent_name}.",
            f"Ask {item.agent_name} to transfer it to you.",
        )


def withdraw(call: Call, item: Conversation) -> dict[str, Any]:
    """Withdraw an offer; returns the columns that change."""
    if item.offered_to is None:
        return {}
    timers.stop(call.store, "offer", item.id)
    call.journal(
        "conversation.offer_withdrawn",
        conversation=item.id,
        customer=item.customer_id,
        agent=item.offered_to,
    )
    return {"offered_to": None, "offer_expires_at": None}


def leave_word(call: Call, item: Conversation, text: str, writer: Agent | None = None) -> None:
    """Write a note for the next agent; `writer` is the caller by default."""
    message = thread.write(
        call,
        item,
        Speaker.AGENT,
        MessageKind.NOTE,
        call.actor.name if writer is None else writer.name,
        text,
        agent_id=call.agent_or_none if writer is None else writer.id,
    )
    call.journal("note.added", conversation=item.id, customer=item.customer_id, message=message.id)


def drop(call: Call, item: Conversation, agent: int) -> None:
    """Release a conversation from an agent: their tab closes, and their drafts are kept."""
    keep_drafts(call, item, agent)
    sessions.shut(call.store, agent, item.id)
    if agent == item.agent_id:
        load.settle(call, agent)


def keep_drafts(call: Call, item: Conversation, agent: int) -> None:
    """Save an agent's unsent text as a note, so that a transfer loses nothing."""
    session = sessions.get(call.store, agent, item.id)
    if session is None:
        return
    writer = agents.get(call.store, agent)
    if session.draft_note.strip():
        leave_word(call, item, session.draft_note, writer)
    if session.draft_reply.strip():
        leave_word(call, item, f"Typed and not sent: {session.draft_reply}", writer)
