"""Capacity checks when a person takes or gives work: beyond capacity on request, never two calls.

Not commands: taking, assigning, escalating and transferring check here first.
"""

from msgspec.structs import replace

from omnitui.desk import thread
from omnitui.desk.call import Call
from omnitui.desk.routing import load
from omnitui.model.agent import Agent
from omnitui.model.conversation import Conversation, ConversationState
from omnitui.model.errors import Refusal, refuse
from omnitui.rules import capacity
from omnitui.rules.capacity import Load
from omnitui.store import agents

BEYOND = "capacity.beyond"
"""The code of a refusal that `anyway` overrides."""
SOME_BEYOND = "capacity.some_beyond"
"""The same code for some of many, when the others are within capacity."""


def check(
    call: Call, item: Conversation, agent: int, *, anyway: bool, channel: str | None = None
) -> None:
    """Refuse what an agent cannot take, and without `anyway` what goes beyond their capacity."""
    refusal = second_call(call, item, agent, channel)
    if refusal is None and not anyway:
        refusal = beyond(call, item, agent, channel)
    refuse(refusal)


def second_call(
    call: Call, item: Conversation, agent: int, channel: str | None = None
) -> Refusal | None:
    """Why an agent cannot have a conversation at all: it would be their second call.

    `channel` is where it continues, by default its own.
    """
    if not call.channel(channel or item.channel).exclusive:
        return None
    weighs = _weighs(call, item, channel)
    key = capacity.second_call(load.loads(call, agent), weighs)
    if key is None:
        return None
    there = thread.get(call, key)
    on = call.channel(there.channel).label
    who, is_ = _who(call, _get(call, agent))
    return Refusal(
        "capacity.second_call",
        f"{who} {is_} on {on} with {there.name} and can have only one conversation there.",
        f"End that one or transfer it first; {item.name} does not change.",
    )


def beyond(
    call: Call,
    item: Conversation,
    agent: int,
    channel: str | None = None,
    *,
    rings: bool = True,
) -> Refusal | None:
    """Why an agent goes beyond their capacity with a conversation; None if it fits.

    Without `rings` only their active work counts, not their offers.
    """
    them = _get(call, agent)
    weighs = _weighs(call, item, channel)
    held = [one for one in load.loads(call, agent) if rings or not one.offered]
    why = capacity.beyond(them.capacity, held, weighs, call.settings.wrap_up_blocks)
    if why is None:
        return None
    who, _ = _who(call, them)
    own = "your" if who == "You" else "their"
    return Refusal(
        BEYOND,
        f"{who} would go beyond {own} capacity with {item.name}. {why}",
        "Use anyway=yes to continue anyway.",
    )


def _weighs(call: Call, item: Conversation, channel: str | None) -> Load:
    weighs = load.load_on(call, channel or item.channel)
    return replace(weighs, conversation_id=item.id, state=ConversationState.ACTIVE)


def _who(call: Call, agent: Agent) -> tuple[str, str]:
    return ("You", "are") if agent.id == call.agent_or_none else (agent.name, "is")


def _get(call: Call, agent: int) -> Agent:
    found = agents.get(call.store, agent)
    assert found is not None
    return found
