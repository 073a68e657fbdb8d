"""Free capacity that is kept for what needs a whole agent, such as a call.

After a set wait, the free capacity of the best agent is kept until it is enough. Not commands:
called in the transaction of whatever changed.
"""

from collections.abc import Sequence

from msgspec.structs import replace

from omnitui.desk import thread
from omnitui.desk.call import Call
from omnitui.desk.routing import asking, load, people
from omnitui.model.conversation import Conversation
from omnitui.rules.routing import Assign, Candidate, Item, Match, keeper_of
from omnitui.store import timers
from omnitui.store.routing import queues
from omnitui.store.routing import rooms as kept


def waits(call: Call, item: Conversation) -> set[int]:
    """Something waits and no agent has capacity: keep capacity for it, now or at its time.

    Returns the agents whose capacity is no longer kept.
    """
    if not people.whole(call, item.channel):
        return set()
    at = people.holds_room_at(call, item)
    if at > call.now:
        timers.start(call.store, "hold_room", item.id, at)
        return set()
    kept.begin(call.store, item.id, call.now)
    return renew(call)


def of_agent(call: Call, agent: int) -> int | None:
    """The conversation for which an agent's capacity is kept."""
    rows = kept.every(call.store)
    return next((row.conversation for row in rows if row.agent == agent and row.waits), None)


def outdated(call: Call) -> bool:
    """Whether capacity is kept for something that no longer waits."""
    return kept.any_outdated(call.store)


def renew(call: Call) -> set[int]:
    """Update what is kept; returns the agents whose capacity is no longer kept.

    Capacity is kept only for what waits, and only with agents who could take it once they are free.
    An item whose turn in a run is still to come keeps nothing from those before it.
    """
    rows = kept.every(call.store)
    coming = call.turns.coming if call.turns else ()
    freed: set[int] = set()
    for row in rows:
        if row.agent is None and row.conversation in coming:
            continue
        item = thread.get(call, row.conversation)
        if not row.waits or not call.stream(item.channel).pushed:
            kept.end(call.store, row.conversation)
            timers.stop(call.store, "hold_room", row.conversation)
            found = None
        else:
            found = _keeper(call, item, row.agent)
            kept.keep(call.store, row.conversation, found)
        if found == row.agent:
            continue
        if row.agent is not None:
            freed.add(row.agent)
        if found is not None:
            freed.discard(found)
            call.journal("conversation.room_kept", conversation=item.id, agent=found)
            load.refresh(call, found)
    for agent in sorted(freed):
        load.refresh(call, agent)
    return freed


def _keeper(call: Call, item: Conversation, now: int | None) -> int | None:
    """The agent whose capacity is kept for a conversation; the one who does it `now` continues
    while they can."""
    team = asking.team(call, item)
    wanted = people.item_of(call, item)
    match, assign = queues.rules_of(call.store, item.queue_id)
    ready = people.candidates(call, wanted, team)
    if now is not None:
        same = [one for one in team if one.id == now]
        mine = [one for one in ready if same and one.login == same[0].login]
        if mine and _best(wanted, mine, match, assign):
            return now
    others = [replace(one, kept_for="") if one.kept_for == wanted.id else one for one in ready]
    login = _best(wanted, others, match, assign)
    return next((one.id for one in team if one.login == login), None)


def _best(item: Item, ready: Sequence[Candidate], match: str, assign: str) -> str:
    return keeper_of(item, ready, Match(match), Assign(assign))
