"""Supervisors' commands: assign a conversation to an agent, or close it."""

from omnitui.desk import lifecycle, thread
from omnitui.desk.call import Call
from omnitui.desk.registry import command
from omnitui.desk.routing import assign, load
from omnitui.desk.transfers import hands, leaving, requests, room
from omnitui.desk.transfers.taking import take
from omnitui.desk.undo import remember
from omnitui.model.actor import Permission
from omnitui.model.conversation import Conversation, ConversationState
from omnitui.model.errors import Refused
from omnitui.model.ids import AgentId, ConversationId
from omnitui.rules.lifecycle import Happening
from omnitui.safetext import clean
from omnitui.store import agents, timers


@command("supervisor.assign", Permission.SUPERVISE)
def assign_(
    call: Call,
    conversation: ConversationId,
    agent: AgentId,
    note: str = "",
    anyway: bool = False,
) -> Conversation:
    """Assign a conversation to an agent.

    More than their capacity (`capacity.beyond`) is refused unless `anyway` is yes; the transcript
    says by how much. A second call is always refused. It leaves its previous agent; their unsent
    text becomes a note.
    """
    item = thread.get(call, conversation)
    new = agents.get(call.store, agent)
    assert new is not None
    if item.state is ConversationState.ACTIVE and item.agent_id == agent:
        raise Refused("conversation.theirs", f"{item.name} is with {new.name} already.")
    if item.state in (ConversationState.WRAP_UP, ConversationState.CLOSED):
        raise Refused(
            "conversation.state",
            f"The conversation with {item.name} is {item.state.label}.",
            "Assign an open, active or waiting one.",
        )
    room.check(call, item, agent, anyway=anyway)
    remember(call, f"assigned {item.name} to {new.name}", [item.id])
    _free(call, item)
    word = clean(note).strip()
    if word:
        hands.leave_word(call, item, word)
    thread.event(call, item, f"{call.actor.name} assigned it to {new.name}")
    why = f"Assigned to {new.login} by {call.actor.name}."
    call.store.update("conversations", item.id, {"routing": why, "routed_to": agent})
    taken = take(call, thread.get(call, item.id), agent, Happening.ASSIGNED, front=False)
    agents.given_work(call.store, agent, call.now)
    leaving.clear_way(call, agent)
    for before in {item.agent_id, item.offered_to} - {None, agent}:
        assert before is not None
        load.refresh(call, before)
        assign.fill(call, before, but=item.id)
    return taken


def _free(call: Call, item: Conversation) -> None:
    """Set it to open and release it from its agent."""
    if item.agent_id is not None:
        hands.drop(call, item, item.agent_id)
        requests.withdraw(call, item)
    if item.state is ConversationState.BOT:
        from omnitui.desk.bot import handing_over  # most desks have no virtual agent

        handing_over.take_from(call, item, call.actor.name)
    call.store.update(
        "conversations",
        item.id,
        {
            "state": ConversationState.OPEN,
            "agent_id": None,
            "snoozed_until": None,
            **hands.withdraw(call, item),
        },
    )
    for kind in ("idle", "snooze", "grace"):
        timers.stop(call.store, kind, item.id)


@command("supervisor.force_close", Permission.SUPERVISE)
def force_close(call: Call, conversation: ConversationId, reason: str = "") -> Conversation:
    """Close a conversation in any state, whoever has it, with the reason."""
    item = thread.get(call, conversation)
    thread.move(call, item, Happening.FORCE_CLOSED)
    remember(call, f"closed {item.name}", [item.id])
    if item.agent_id is not None:
        hands.keep_drafts(call, item, item.agent_id)
    why = clean(reason).strip()
    said = f"{call.actor.name} closed it{f': {why}' if why else ''}"
    thread.event(call, item, said)
    lifecycle.close_for_good(call, item, Happening.FORCE_CLOSED, why)
    return thread.get(call, conversation)
