"""An agent's load: the capacity that conversations take, and the presence that follows from it.

Not commands: called in the same transaction as whatever changed the load.
"""

from collections import Counter
from collections.abc import Mapping

from msgspec.structs import replace

from omnitui.desk.call import Call, Held
from omnitui.model.agent import Agent, Presence
from omnitui.model.conversation import ConversationState
from omnitui.model.workstream import WrapUp
from omnitui.rules import presence
from omnitui.rules.capacity import Load, holds, in_use
from omnitui.store import agents, conversations, participants, sessions, timers
from omnitui.store.conversations import Weight
from omnitui.store.engine import Row
from omnitui.store.reading import json_of
from omnitui.store.routing import profiles, rooms

_KEPT = "; free capacity is kept for "

_MOST_COUNTED = 4
"""The number of agents from which it is worth keeping their load between two rounds."""


def load_on(call: Call, channel: str) -> Load:
    """The load of an unassigned conversation on a channel."""
    return _load(call, 0, channel, ConversationState.OPEN, False)


def cost_of(call: Call, channel: str) -> int:
    """The units that a conversation on a channel takes."""
    cost = call.stream(channel).cost
    return call.channel(channel).cost if cost is None else cost


def offer_seconds(call: Call, channel: str) -> int:
    """How long an offer on a channel stays (seconds)."""
    seconds = call.stream(channel).offer_seconds
    return call.settings.offer_seconds if seconds is None else seconds


def wrap_up_ends(call: Call, channel: str, ended_at: int) -> int | None:
    """When wrap-up stops taking capacity (epoch ms), None for as long as it lasts."""
    stream = call.stream(channel)
    if stream.wrap_up is not WrapUp.TIMED:
        return None
    return ended_at + (stream.wrap_up_seconds or 0) * 1_000


def _blocks(call: Call, channel: str, ended_at: int | None) -> bool:
    if call.stream(channel).wrap_up is WrapUp.NEVER:
        return False
    until = None if ended_at is None else wrap_up_ends(call, channel, ended_at)
    return until is None or call.now < until


def _load(
    call: Call,
    key: int,
    channel_key: str,
    state: str,
    offered: bool,
    ended_at: int | None = None,
) -> Load:
    channel = call.channel(channel_key)
    return Load(
        conversation_id=key,
        cost=cost_of(call, channel_key),
        exclusive=channel.exclusive,
        mode=channel.mode,
        state=ConversationState(state),
        offered=offered,
        blocks=_blocks(call, channel_key, ended_at),
    )


def takes_room(call: Call, channel: str, state: str, offered: bool, ended_at: int | None) -> bool:
    """Whether something in this state takes its agent's capacity now."""
    return holds(_load(call, 0, channel, state, offered, ended_at), call.settings.wrap_up_blocks)


def loads(call: Call, agent: int) -> list[Load]:
    """Everything that takes an agent's capacity, and their calls: as an added agent they have no
    cost, but a call is still a call."""
    beside = (
        replace(_load(call, row["id"], row["channel"], row["state"], False), cost=0)
        for row in participants.answering(call.store, agent)
    )
    own = (_load_in(call, row) for row in conversations.weights(call.store, agent))
    return [*own, *(one for one in beside if one.exclusive)]


def _load_in(call: Call, row: Row) -> Load:
    offered = bool(row["offered"])
    return _load(call, row["id"], row["channel"], row["state"], offered, row["ended_at"])


def settle(call: Call, agent_id: int) -> None:
    """The agent took or released something: Available and Busy follow the load again.

    Source: the reference product. A presence chosen by hand stays until the next accept or close.
    """
    agents.let_choice_go(call.store, agent_id)


def took(call: Call, agent_id: int) -> None:
    """An agent took something by hand: they are no longer inactive."""
    agent = agents.get(call.store, agent_id)
    change = None if agent is None else presence.took(agent.presence)
    if agent is not None and change is not None:
        set_presence(call, agent, change.presence, change.reason, by_hand=change.sticks)


def wait_for(call: Call, agent_id: int) -> None:
    """Restart the grace time of an agent who is Offline: they did something, or got something."""
    agent = agents.get(call.store, agent_id)
    if agent is not None and agent.presence is Presence.OFFLINE:
        timers.start(call.store, "gone", agent_id, _grace_ends(call))


def _grace_ends(call: Call) -> int:
    return call.now + call.settings.grace_seconds * 1_000


def refresh(call: Call, agent_id: int) -> Agent:
    """Update an agent's used capacity and presence from their work."""
    agent = agents.get(call.store, agent_id)
    assert agent is not None
    held = _held(call, agent_id)
    blocks = call.settings.wrap_up_blocks
    used = sum(items * in_use([_load_alike(call, one)], blocks) for one, items in held.items())
    _count_profiles(call, agent_id, held)
    change = presence.recompute(
        current=agent.presence,
        chosen_by_hand=agent.presence_by_hand,
        used=used,
        capacity=agent.capacity,
        sessions=sessions.count(call.store, agent_id),
        session_cap=call.settings.session_cap,
        reason=agent.presence_reason.partition(_KEPT)[0],
        missing_counts=call.settings.missed_makes_inactive,
    )
    if used != agent.used:
        freed = {"released_at": call.now} if used < agent.used else {}
        call.stirred.add(agent_id)
        if freed:
            call.eased.add(agent_id)
        call.store.update("agents", agent_id, {"used": used, **freed})
    reason = change.reason
    kept = rooms.kept_of(call.store, agent_id)
    if kept and not change.sticks:
        reason += f"{_KEPT}{kept}"
    set_presence(call, agent, change.presence, reason, by_hand=change.sticks)
    found = agents.get(call.store, agent_id)
    assert found is not None
    return found


def _held(call: Call, agent_id: int) -> Counter[Weight]:
    counted = call.held
    if counted is None:
        return conversations.weights_alike(call.store, agent_id)
    if agent_id not in counted.others:
        others = conversations.weights_alike(call.store, agent_id, but=counted.turn)
        counted.others[agent_id] = others
    return counted.others[agent_id] + conversations.weight_of(call.store, agent_id, counted.turn)


def next_turn(call: Call, held: Held, conversation: int) -> None:
    """Go on to another conversation, when the last one will not change any more."""
    if len(held.others) > _MOST_COUNTED:
        held.others.clear()
    for agent, others in held.others.items():
        others += conversations.weight_of(call.store, agent, held.turn)
        others -= conversations.weight_of(call.store, agent, conversation)
    held.turn = conversation


def _load_alike(call: Call, one: Weight) -> Load:
    return _load(call, 0, one.channel, one.state, bool(one.offered), one.ended_at)


def _count_profiles(call: Call, agent_id: int, held: Mapping[Weight, int]) -> None:
    blocks = call.settings.wrap_up_blocks
    needed: Counter[str] = Counter()
    for one, items in held.items():
        if one.profiles != "[]" and holds(_load_alike(call, one), blocks):
            for name in json_of(one.profiles, []):
                needed[name] += items
    profiles.recount(call.store, agent_id, needed)


def set_presence(call: Call, agent: Agent, wanted: Presence, reason: str, *, by_hand: bool) -> None:
    """Write a presence with its reason, and journal a change.

    An agent who goes Offline with work has some time to come back.
    """
    if (agent.presence, agent.presence_reason, agent.presence_by_hand) == (wanted, reason, by_hand):
        return
    values = {"presence": wanted, "presence_reason": reason, "presence_by_hand": int(by_hand)}
    if wanted is not agent.presence:
        values["presence_since"] = call.now
        call.stirred.add(agent.id)
        if presence.eases(agent.presence, wanted):
            call.eased.add(agent.id)
        if wanted is not Presence.OFFLINE:
            timers.stop(call.store, "gone", agent.id)
        elif any(not row["offered"] for row in conversations.weights(call.store, agent.id)):
            timers.start(call.store, "gone", agent.id, _grace_ends(call))
        call.journal(
            "agent.presence_changed",
            agent=agent.id,
            before=agent.presence,
            after=wanted,
            reason=reason,
        )
    call.store.update("agents", agent.id, values)
