"""Who should have a conversation, and why: the rules of routing asked with what the desk knows."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from omnitui.desk import thread
from omnitui.desk.call import Call
from omnitui.desk.registry import query
from omnitui.desk.routing import load
from omnitui.model.agent import Agent, Presence
from omnitui.model.conversation import Conversation, ConversationState
from omnitui.model.ids import AgentId, ConversationId
from omnitui.rules.capacity import room_for
from omnitui.rules.routing import Assign, Candidate, Item, Match, Ranking, explain, rank
from omnitui.store import agents, conversations, participants
from omnitui.store.routing import profiles, queues


@dataclass(frozen=True, slots=True)
class Question:
    """What routing is asked about one conversation, and its answer."""

    item: Item
    match: Match
    assign: Assign
    ranking: Ranking

    @property
    def sentence(self) -> str:
        """Who gets it and why, and what is with the others; or why it waits."""
        return explain(self.item, self.ranking)


@dataclass(frozen=True, slots=True)
class Told:
    """An agent, and what counted for or against them."""

    agent: str
    because: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a conversation is with whom it is, or would go to whom.

    `agent` is who would get it now, None when it is not to be given out or nobody fits. `sentence`
    tells it to people. `considered` fit, best first; `excluded` do not.
    """

    conversation: ConversationId
    queue: str
    match: Match
    assign: Assign
    agent: str | None
    sentence: str
    considered: tuple[Told, ...]
    excluded: tuple[Told, ...]


def ask(
    call: Call, item: Conversation, among: Sequence[Agent], *, not_to: int | None = None
) -> Question:
    """Rank agents for a conversation; `not_to` is one who has just let it pass."""
    match, assign = queues.rules_of(call.store, item.queue_id)
    wanted = Item(
        id=str(item.id),
        queue=item.queue,
        cost=load.cost_of(call, item.channel),
        priority=-item.priority,
        waiting_since=item.waiting_since or item.created_at,
        skills={skill.casefold(): level for skill, level in item.skills.items()},
        profiles=item.profiles,
        allowed_presence=call.stream(item.channel).presences,
    )
    declined = conversations.declined(call.store, item.id)
    room = profiles.of_agents(call.store, [agent.id for agent in among], call.today)
    beside = participants.answer_elsewhere(call.store)
    candidates = [
        replace(
            _candidate(
                call,
                agent,
                item,
                _passed(call, declined.get(agent.id, 0), agent.id == not_to),
                agent.used > 0 or agent.id in beside,
            ),
            profiles=room.get(agent.id, {}),
        )
        for agent in among
    ]
    how, by = Match(match), Assign(assign)
    return Question(wanted, how, by, rank(wanted, candidates, how, by, call.now))


def _passed(call: Call, times: int, just_now: bool) -> str:
    if just_now:
        return "has just let it pass"
    return f"has let it pass {times} times" if times >= call.settings.most_offers else ""


def _candidate(call: Call, agent: Agent, item: Conversation, passed: str, busy: bool) -> Candidate:
    presences = call.stream(item.channel).presences
    asked = not passed and busy and agent.presence in presences
    return Candidate(
        login=agent.login,
        presence=agent.presence,
        capacity=agent.capacity,
        used=agent.used,
        skills={skill.casefold(): level for skill, level in agent.skills.items()},
        queues=agent.queues if item.queue in agent.queues else (*agent.queues, item.queue),
        last_assigned=agent.last_assigned_at,
        released=agent.released_at,
        barred=passed or (_shut_out(call, agent, item) if asked else ""),
    )


def _shut_out(call: Call, agent: Agent, item: Conversation) -> str:
    """What live work in hand shuts out, in words that go on from a name."""
    weight = load.load_of(call, item)
    blocks = call.settings.wrap_up_blocks
    room = room_for(agent.capacity, load.loads(call, agent.id), weight, blocks)
    if room.fits or room.over_by:
        return ""
    if weight.exclusive:
        return "has live work in hand, and this takes an agent alone"
    return "is on a call, which shuts out anything else live"


def team(call: Call, item: Conversation) -> list[Agent]:
    """The agents among whom a conversation is given out: its queue's members, or all."""
    return agents.of_queue(call.store, item.queue_id)


def reaches(call: Call, agent: Agent, channel: str) -> bool:
    """Whether a customer who asks for an agent on a channel rings at them now.

    They are there, and nothing in hand shuts it out. It may go beyond their capacity: before they
    take it, they are asked whether they want that.
    """
    full = agent.presence is Presence.DO_NOT_DISTURB and not agent.presence_by_hand
    if agent.presence not in (Presence.AVAILABLE, Presence.BUSY) and not full:
        return False
    weight = load.load_on(call, channel)
    held = load.loads(call, agent.id)
    units = sum(one.cost for one in held) + weight.cost
    return room_for(units, held, weight, call.settings.wrap_up_blocks).fits


@query("routing.reachable")
def reachable(call: Call, agent: AgentId) -> list[str]:
    """The channels on which a customer who asks for an agent rings at them now."""
    person = agents.get(call.store, agent)
    assert person is not None
    return [channel for channel in call.channels if reaches(call, person, channel)]


@query("routing.explain")
def explain_(call: Call, conversation: ConversationId) -> Explanation:
    """Why a conversation is with whom it is, or who would get it now, and what is with the rest."""
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
    if item.offered_to is None and item.state is ConversationState.OPEN:
        stream = call.stream(item.channel)
        if not stream.pushed:
            return f"Waits to be picked: {stream.name} gives nothing out by itself."
        return asked.sentence
    if item.routing:
        return item.routing
    if item.agent_name:
        return f"{item.agent_name} took it without being asked."
    return f"It is {item.state.label}; there is nobody to find."
