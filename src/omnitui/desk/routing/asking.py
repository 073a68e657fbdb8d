"""The routing of a conversation and its explanation."""

from collections.abc import Collection, Sequence

from msgspec import Struct
from msgspec.structs import replace

from omnitui.desk import thread
from omnitui.desk.call import Call
from omnitui.desk.registry import query
from omnitui.desk.routing import again, load, people
from omnitui.model.agent import Agent, Presence
from omnitui.model.conversation import Conversation, ConversationState
from omnitui.model.ids import AgentId, ConversationId
from omnitui.rules.capacity import room_for
from omnitui.rules.routing import Assign, Hurdle, Item, Match, Ranking, explain, rank
from omnitui.store import agents
from omnitui.store.routing import declines, queues, rooms

SECOND = 1_000


class Question(Struct, frozen=True):
    """The input of routing for one conversation, and its result."""

    item: Item
    match: Match
    assign: Assign
    ranking: Ranking

    @property
    def sentence(self) -> str:
        """Who gets it, why, and why not the others; or why it waits."""
        return explain(self.item, self.ranking)


class Told(Struct, frozen=True):
    """An agent, and the reasons for or against them."""

    agent: str
    because: str


class Explanation(Struct, frozen=True):
    """Why a conversation is assigned to an agent, or who would get it.

    `agent` is who would get it now, None when it is not routed or nobody fits. `sentence` is for
    people. `considered` fit, best first; `excluded` do not.
    """

    conversation: ConversationId
    queue: str
    match: Match
    assign: Assign
    agent: str | None
    sentence: str
    considered: tuple[Told, ...]
    excluded: tuple[Told, ...]


def ask(call: Call, item: Conversation, among: Sequence[Agent]) -> Question:
    """Rank the agents for a conversation now."""
    how, by = queues.rules_of(call.store, item.queue_id)
    match, assign = Match(how), Assign(by)
    wanted = people.item_of(call, item)
    ready = people.candidates(call, wanted, among)
    return Question(wanted, match, assign, rank(wanted, ready, match, assign, call.now))


def team(call: Call, item: Conversation) -> list[Agent]:
    """The agents among whom a conversation is routed.

    The members of its queue, or all; and the customer's last agent, if the work stream has
    affinity.
    """
    queue = item.queue_id
    members = call.known.get(
        call.store, ("members", queue), lambda: agents.of_queue(call.store, queue)
    )
    last = item.last_agent_id
    if last is not None and call.stream(item.channel).affinity:
        found = None if any(one.id == last for one in members) else agents.get(call.store, last)
        return members if found is None else [*members, found]
    return members


def reaches(call: Call, agent: Agent, channel: str) -> bool:
    """Whether a conversation is offered at once to an agent whom a customer asks for on a channel.

    The agent must be present and free of what blocks it; wrap-up of a customer who has gone does
    not count. It may go beyond their capacity: they are asked about that when they accept.
    """
    if agent.presence not in (Presence.AVAILABLE, Presence.BUSY) and not people.full(agent):
        return False
    weight = load.load_on(call, channel)
    over = ConversationState.WRAP_UP
    held = [one for one in load.loads(call, agent.id) if one.state is not over]
    units = sum(one.cost for one in held) + weight.cost
    return room_for(units, held, weight, call.settings.wrap_up_blocks).fits


@query("routing.reachable")
def reachable(call: Call, agent: AgentId) -> list[str]:
    """The channels on which an agent is offered conversations now whose customer asks for them."""
    person = agents.get(call.store, agent)
    assert person is not None
    return [channel for channel in call.channels if reaches(call, person, channel)]


@query("routing.explain")
def explain_(call: Call, conversation: ConversationId) -> Explanation:
    """Explain the routing: who has or gets a conversation, and why not the others."""
    item = thread.get(call, conversation)
    asked = ask(call, item, team(call, item))
    ranking = asked.ranking
    waits = item.state is ConversationState.OPEN and call.stream(item.channel).pushed
    return Explanation(
        conversation=conversation,
        queue=item.queue,
        match=asked.match,
        assign=asked.assign,
        agent=ranking.logins[0] if ranking.logins and waits else None,
        sentence=_sentence(call, item, asked),
        considered=_told(ranking.order),
        excluded=_told(ranking.excluded),
    )


def _told(ranked: Collection[object]) -> tuple[Told, ...]:
    return tuple(Told(one.login, one.because) for one in ranked)  # type: ignore[attr-defined]


def _sentence(call: Call, item: Conversation, asked: Question) -> str:
    """Where it is now, and why; the reason of an assignment is given only while it lasts."""
    if item.state is ConversationState.OPEN:
        stream = call.stream(item.channel)
        if not stream.pushed:
            return f"Waits to be picked: {stream.name} has mode pick."
        return " ".join([asked.sentence, *_meanwhile(call, item, asked)])
    if item.offered_to is not None:
        return item.routing or f"Offered to {_name(call, item.offered_to)}."
    if item.state is ConversationState.ACTIVE and item.agent_name:
        if item.routing and not item.routing.startswith("Goes to "):
            return item.routing
        if item.routing:
            return f"{item.agent_name} has it. Reason at assignment: {item.routing}"
        return f"{item.agent_name} picked it."
    if item.state is ConversationState.WAITING:
        whose = f", with {item.agent_name}" if item.agent_name else ""
        if item.waiting_since is not None:
            return f"Not answered yet: it waits{whose}; pick it to continue."
        return f"It waits for the customer{whose}; no routing until then."
    if item.agent_name:
        return f"It is {item.state.label}, with {item.agent_name}; no routing."
    return f"It is {item.state.label}; no routing."


def _meanwhile(call: Call, item: Conversation, asked: Question) -> list[str]:
    """What happens while it waits."""
    said = []
    room = next((r for r in rooms.every(call.store) if r.conversation == item.id and r.waits), None)
    if room is not None and room.agent is not None:
        said.append(f"Capacity of {_name(call, room.agent)} is kept for it.")
    if asked.ranking.order:
        return said
    passed = _only_passed(call, item, asked)
    later = again.next_at(call, passed)
    if later is not None:
        seconds = -(-(later - call.now) // SECOND)
        said.append(f"Agents who declined or missed it get it again in {seconds} s.")
    elif passed and all(p.times >= call.settings.most_offers for p in passed):
        said.append(
            "Agents who declined or missed it too often do not get it again: pick it, or assign it."
        )
    return said


def _only_passed(call: Call, item: Conversation, asked: Question) -> list[declines.Passed]:
    """The agents whose only obstacle is that they declined or missed it."""
    ready = {
        one.login
        for one in asked.ranking.excluded
        if all(each.kind is Hurdle.BARRED for each in one.obstacles)
    }
    passed = declines.of(call.store, item.id)
    logins = agents.logins(call.store, list(passed))
    return [found for agent, found in passed.items() if logins[agent] in ready]


def _name(call: Call, agent: int) -> str:
    found = agents.get(call.store, agent)
    return "somebody" if found is None else found.name


def by_login(found: Sequence[Agent], login: str) -> Agent:
    """The one of that login."""
    return next(agent for agent in found if agent.login == login)


def as_if_asked_alone(item: Conversation, agent: Agent) -> Agent:
    """The same agent, as a member of the conversation's queue."""
    if item.queue in agent.queues:
        return agent
    return replace(agent, queues=(*agent.queues, item.queue))
