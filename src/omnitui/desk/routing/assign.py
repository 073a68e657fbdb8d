"""Finding an agent for a conversation, and offering it.

Runs when something changes (a new item, a presence, a load, a skill, a member, a missed offer, the
end of a pause, the start of business hours), never by polling. Not commands: called in the
transaction of whatever changed.
"""

from msgspec.structs import replace

from omnitui.desk import hours, thread
from omnitui.desk.call import Call, Later, Turns
from omnitui.desk.routing import again, asking, load, overflow, people, rooms
from omnitui.desk.transfers import unattended
from omnitui.desk.transfers.taking import take
from omnitui.model.agent import Agent
from omnitui.model.conversation import Conversation, ConversationState
from omnitui.model.profile import Reset
from omnitui.rules.calendar import is_open, opens_next
from omnitui.rules.capacity import room_for
from omnitui.rules.lifecycle import Happening
from omnitui.store import agents, conversations, timers
from omnitui.store.routing import declines, profiles, queues

_PAGE = 50


def route(call: Call, item: Conversation, *, not_to: int | None = None) -> int | None:
    """Offer an open conversation to the best agent; returns the agent, None if it has to wait.

    `not_to` is an agent who has just declined, missed or released it: others come first, and the
    agent again after a pause.
    """
    if item.state is not ConversationState.OPEN:
        return None
    unattended.count(call, item)
    if not_to is not None:
        again.passed(call, item.id, not_to)
    if call.later is not None:
        call.later.routes[item.id] = None
        return None
    stream = call.stream(item.channel)
    least = 0 if item.profiles or stream.affinity else load.cost_of(call, item.channel)
    if not stream.pushed or not (
        stream.affinity or agents.anyone_with_room(call.store, least, stream.presences)
    ):
        _waits(call, item)
        return None
    team = asking.team(call, item)
    asked = asking.ask(call, item, team)
    if not asked.ranking.order:
        _waits(call, item)
        return None
    best = asking.by_login(team, asked.ranking.logins[0])
    offer(call, item, best, asked.sentence)
    return best.id


def _waits(call: Call, item: Conversation) -> None:
    """Nobody takes it now: start the timers that may change that."""
    overflow.waits(call, item)
    if call.stream(item.channel).pushed:
        _wake_when_it_opens(call, item)
        again.waits(call, item.id)
        freed = rooms.waits(call, item)
        if call.turns is not None:
            call.turns.freed |= freed
            return
        for agent in sorted(freed):
            fill(call, agent)


def look_again(call: Call, conversation: int) -> None:
    """A pause is over, or the conversation has waited long enough: route it again."""
    route(call, thread.get(call, conversation))


def waited_too_long(call: Call, conversation: int) -> None:
    """An item may have waited too long in its queue: check its overflow."""
    moved = overflow.late(call, conversation)
    if moved is not None:
        route(call, moved)


def eligible(call: Call, agent: Agent, item: Conversation) -> bool:
    """Whether an agent may be offered a conversation now, whatever their queues."""
    alone = asking.as_if_asked_alone(item, agent)
    return bool(asking.ask(call, item, [alone]).ranking.order)


def ask_for(call: Call, item: Conversation, agent_id: int) -> bool:
    """Offer a conversation to the agent whom its customer asks for; False if that is not possible.

    They come before all others, whatever their queues, skills and profiles, but not again after
    they declined or missed it.
    """
    agent = agents.get(call.store, agent_id)
    if agent is None or item.state is not ConversationState.OPEN or item.offered_to is not None:
        return False
    if agent.id in declines.of(call.store, item.id):
        return False
    if not asking.reaches(call, agent, item.channel):
        return False
    offer(call, item, agent, f"{item.name} asked for {agent.first_name}.")
    return True


def offer(call: Call, item: Conversation, agent: Agent, why: str = "") -> None:
    """Offer a conversation to an agent; `why` is the reason for people.

    It takes their capacity at once. With auto-accept it is assigned at once.
    """
    until = call.now + load.offer_seconds(call, item.channel) * 1_000
    call.store.update(
        "conversations",
        item.id,
        {
            "state": thread.move(call, item, Happening.OFFERED),
            "offered_to": agent.id,
            "offer_expires_at": until,
            "routing": why,
            "routed_to": agent.id,
        },
    )
    agents.given_work(call.store, agent.id, call.now)
    profiles.take(call.store, agent.id, item.profiles, call.today)
    timers.start(call.store, "offer", item.id, until)
    call.journal(
        "conversation.offered",
        conversation=item.id,
        customer=item.customer_id,
        agent=agent.id,
        until=until,
    )
    load.refresh(call, agent.id)
    if call.stream(item.channel).auto_accept:
        take(call, thread.get(call, item.id), agent.id, Happening.ACCEPTED, front=False)
    if item.profiles:
        _profiles_begin_anew(call)


def settle(call: Call) -> None:
    """Offer waiting work to agents with free capacity."""
    if call.later is not None or call.turns is not None:
        return
    if rooms.outdated(call):
        call.eased.update(rooms.renew(call))
    while call.eased:
        fill(call, min(call.eased))
    if call.stirred and queues.with_calls(call.store) and conversations.any_open(call.store):
        _not_reserved(call)


def _not_reserved(call: Call) -> None:
    """Offer waiting work to agents who are no longer kept free for calls."""
    call.stirred.clear()
    reserved = people.reserved_for(call)
    for agent in agents.every(call.store):
        if not agent.used and agent.login not in reserved:
            fill(call, agent.id)


def everybody(call: Call) -> None:
    """Routing has changed: update everybody's load, and offer what fits."""
    found = agents.every(call.store)
    for agent in found:
        load.refresh(call, agent.id)
    for agent in found:
        fill(call, agent.id)


def new_day(call: Call, _subject: int) -> None:
    """Daily profiles restart: offer waiting work."""
    everybody(call)


def opens(call: Call, queue: int) -> None:
    """A queue's hours start: route what waits there."""
    for key in queues.open_items(call.store, queue):
        route(call, thread.get(call, key))


def fill(call: Call, agent_id: int, *, but: int | None = None) -> int:
    """Offer an agent what waits and fits, highest priority first; returns how many.

    `but` is a conversation that they have just released, which is left out.
    """
    if call.later is not None:
        call.later.fills.setdefault(agent_id, set()).update(() if but is None else (but,))
        return 0
    call.eased.discard(agent_id)
    for other in sorted(rooms.renew(call) - {agent_id}):
        fill(call, other)
    kept = rooms.of_agent(call, agent_id)
    offered = int(kept is not None and route(call, thread.get(call, kept)) is not None)
    passed = 0
    fitting = _fitting(call, agent_id)
    while fitting:
        waiting = conversations.waiting_for(
            call.store, agent_id, fitting, call.settings.most_offers, call.now, _PAGE, passed
        )
        for key in waiting:
            item = thread.get(call, key)
            if key != but and item.channel in fitting and route(call, item) is not None:
                offered += 1
                fitting = _fitting(call, agent_id)
            else:
                passed += 1
        if len(waiting) < _PAGE:
            break
    return offered


def catch_up(call: Call, later: Later) -> None:
    """Do the postponed routing, in the order of the turns."""
    keys = conversations.in_turn(call.store, [*later.routes])
    turns = Turns(set(keys))
    one_run = replace(call, turns=turns)
    for key in keys:
        turns.coming.discard(key)
        route(one_run, thread.get(call, key))
    for agent in sorted(rooms.renew(call) | turns.freed | set(later.fills)):
        fill(call, agent)


def _fitting(call: Call, agent_id: int) -> list[str]:
    """The channels on which an agent could be offered something now."""
    agent = agents.get(call.store, agent_id)
    if agent is None or rooms.of_agent(call, agent_id) is not None:
        return []
    held = load.loads(call, agent_id)
    blocks = call.settings.wrap_up_blocks
    found = [
        key
        for key in call.channels
        if call.stream(key).pushed
        and agent.presence in call.stream(key).presences
        and room_for(agent.capacity, held, load.load_on(call, key), blocks).fits
    ]
    if found and agent.login in people.reserved_for(call):
        return [key for key in found if people.whole(call, key)]
    return found


_DAY = 86_400_000


def _wake_when_it_opens(call: Call, item: Conversation) -> None:
    """Something waits: route it again when its queue opens and on the new day."""
    if item.profiles:
        _profiles_begin_anew(call)
    if item.queue_id is None:
        return
    queue = item.queue_id
    key = call.lasting.get(
        ("calendar of queue", queue), lambda: queues.calendar_of(call.store, queue)
    )
    if key is None:
        return
    calendar = hours.calendar(call.store, key)
    if not is_open(call.now, calendar):
        timers.start(call.store, "queue_opens", item.queue_id, opens_next(call.now, calendar))


def _profiles_begin_anew(call: Call) -> None:
    """Daily profiles have capacity again when the next day starts (UTC)."""
    if any(profile.reset is Reset.END_OF_DAY for profile in profiles.every(call.store)):
        timers.start(call.store, "new_day", 0, (call.now // _DAY + 1) * _DAY)
