"""Conversations and agents as input for the routing rules."""

from collections import Counter, defaultdict
from collections.abc import Sequence

from msgspec.structs import replace

from omnitui.desk.call import Call
from omnitui.desk.routing import load
from omnitui.model.agent import Agent, Presence
from omnitui.model.conversation import Conversation
from omnitui.rules.routing import Candidate, Item, QueueRules, agents_for_calls, kept_for_calls
from omnitui.store import agents as kept
from omnitui.store import conversations, participants
from omnitui.store.routing import declines, profiles, queues, rooms


def item_of(call: Call, item: Conversation) -> Item:
    """What a conversation needs."""
    stream, channel = call.stream(item.channel), call.channel(item.channel)
    passed = declines.of(call.store, item.id)
    logins = kept.logins(call.store, [*passed, item.last_agent_id or 0])
    most = call.settings.most_offers
    barred = {}
    for agent, (times, until) in passed.items():
        if times >= most:
            barred[logins[agent]] = f"declined or missed it {times} times"
        elif until > call.now:
            barred[logins[agent]] = "just declined or missed it" if times else "was not present"
    return Item(
        id=str(item.id),
        queue=item.queue,
        cost=load.cost_of(call, item.channel),
        priority=-item.priority,
        waiting_since=_waits_since(item),
        skills={skill.casefold(): level for skill, level in item.skills.items()},
        profiles=item.profiles,
        allowed_presence=stream.presences,
        live=channel.live,
        exclusive=channel.exclusive,
        passed={logins[agent]: found.times for agent, found in passed.items()},
        barred=barred,
        last_agent=logins.get(item.last_agent_id or 0, ""),
        affinity=stream.affinity,
        holds_room_at=holds_room_at(call, item),
    )


def whole(call: Call, channel: str) -> bool:
    """Whether items on a channel need a whole agent, or more than half of one."""
    cost = load.cost_of(call, channel)
    return Item("", cost=cost, exclusive=call.channel(channel).exclusive).whole


def holds_room_at(call: Call, item: Conversation) -> int:
    """When a conversation that needs a whole agent may have capacity kept for it (epoch ms)."""
    return _waits_since(item) + hold_room_after(call, item.channel) * 1_000


def _waits_since(item: Conversation) -> int:
    return item.waiting_since or item.created_at


def hold_room_after(call: Call, channel: str) -> int:
    """After how many seconds capacity is kept for what needs a whole agent."""
    after = call.stream(channel).hold_room_after
    return call.settings.hold_room_after if after is None else after


def candidates(call: Call, item: Item, among: Sequence[Agent]) -> list[Candidate]:
    """Agents in the form of the rules, for an item."""
    reserved = {} if item.whole else reserved_for(call)
    keys = tuple(agent.id for agent in among)
    room = call.known.get(
        call.store,
        ("profiles", keys),
        lambda: profiles.of_agents(call.store, keys, call.today),
    )
    weighs = item.live or item.exclusive
    live, calls = _live(call, [a.id for a in among if a.used > 0]) if weighs else ({}, set())
    keeps = _keeps(call)
    return [
        replace(
            candidate(agent),
            profiles=room.get(agent.id, {}),
            live=live.get(agent.id, 0),
            on_call=agent.id in calls,
            kept_for=keeps.get(agent.id, ""),
            reserved=reserved.get(agent.login, ""),
        )
        for agent in among
    ]


def candidate(agent: Agent) -> Candidate:
    """An agent from their own row."""
    return Candidate(
        login=agent.login,
        presence=agent.presence,
        capacity=agent.capacity,
        used=agent.used,
        skills={skill.casefold(): level for skill, level in agent.skills.items()},
        queues=agent.queues,
        last_assigned=agent.last_assigned_at,
        released=agent.released_at,
        turn=agent.turn,
        calls_first=agent.calls_first,
        full=full(agent),
    )


def full(agent: Agent) -> bool:
    """Whether an agent's load, and not their own choice, keeps other work from them."""
    return agent.presence is Presence.DO_NOT_DISTURB and not agent.presence_by_hand


def queue_rules(call: Call) -> list[QueueRules]:
    """The queues that keep agents free for calls."""
    minutes = call.settings.call_minutes
    return [
        QueueRules(name, for_calls=agents_for_calls(calls, minutes))
        for name, calls in queues.with_calls(call.store)
    ]


def reserved_for(call: Call) -> dict[str, str]:
    """Agents who are kept free for calls: the queue by login."""
    return call.known.get(call.store, "reserved", lambda: _reserved_for(call))


def _reserved_for(call: Call) -> dict[str, str]:
    rules = queue_rules(call)
    if not rules:
        return {}
    everybody = kept.every(call.store)
    live, calls = _live(call, [agent.id for agent in everybody if agent.used > 0])
    keeps = _keeps(call)
    return kept_for_calls(
        [
            replace(
                candidate(agent),
                live=live.get(agent.id, 0),
                on_call=agent.id in calls,
                kept_for=keeps.get(agent.id, ""),
            )
            for agent in everybody
        ],
        rules,
    )


def _keeps(call: Call) -> dict[int | None, str]:
    """The waiting conversation for which each agent's capacity is kept."""
    rows = call.known.get(call.store, "rooms", lambda: rooms.every(call.store))
    return {row.agent: str(row.conversation) for row in rows if row.waits}


def _live(call: Call, agents: Sequence[int]) -> tuple[dict[int, int], set[int]]:
    """The amount of live work of each agent, and who is on a call."""
    return call.known.get(call.store, ("live", tuple(agents)), lambda: _find_live(call, agents))


def _find_live(call: Call, agents: Sequence[int]) -> tuple[dict[int, int], set[int]]:
    channels = [key for key, channel in call.channels.items() if channel.live or channel.exclusive]
    if not channels:
        return {}, set()
    live: defaultdict[int, int] = defaultdict(int)
    calls: Counter[int] = Counter()
    alone = [key for key in channels if call.channel(key).exclusive]
    # Who answers beside a colleague who is on a call is on that call as well.
    for agent in participants.answer_elsewhere(call.store, alone) if alone else ():
        live[agent] += 1
        calls[agent] += 1
    for row in conversations.live_held(call.store, agents, channels) if agents else ():
        if load.takes_room(
            call, row["channel"], row["state"], bool(row["offered"]), row["ended_at"]
        ):
            live[row["agent"]] += row["items"]
            calls[row["agent"]] += row["items"] * call.channel(row["channel"]).exclusive
    return live, {agent for agent, held in calls.items() if held}
