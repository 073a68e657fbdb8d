"""A shift as its journal tells it: how every conversation came to be, whether offers were fair."""

from collections import Counter, defaultdict
from dataclasses import dataclass

from omnitui.model.channel import ChannelMode
from omnitui.model.conversation import ConversationState
from omnitui.model.journal import Entry
from omnitui.rules.lifecycle import Happening, after

COSTS = {"chat": 25, "email": 15, "phone": 100}
LIVE, EXCLUSIVE = ("chat", "phone"), ("phone",)
THERE = ("available", "busy")
MOST_OFFERS = 3
S, H = ConversationState, Happening
HAPPENS = {
    "conversation.offered": H.OFFERED,
    "conversation.accepted": H.ACCEPTED,
    "conversation.declined": H.DECLINED,
    "conversation.offer_expired": H.EXPIRED,
    "conversation.offer_withdrawn": H.WITHDRAWN,
    "conversation.agent_gone": H.AGENT_GONE,
    "conversation.picked": H.PICKED,
    "conversation.resumed": H.REOPENED_BY_AGENT,
    "conversation.ended": H.AGENT_ENDED,
    "conversation.customer_lost": H.CUSTOMER_GONE,
    "conversation.customer_left": H.CUSTOMER_LEFT,
    "conversation.left": H.LEFT_WITHOUT_END,
    "conversation.released": H.RELEASED,
    "conversation.reopened": H.CUSTOMER_WROTE,
}
TAKES = (H.ACCEPTED, H.PICKED, H.REOPENED_BY_AGENT)
LETS_PASS = (H.DECLINED, H.EXPIRED)
LETS_GO = (*LETS_PASS, H.LEFT_WITHOUT_END, H.RELEASED, H.WITHDRAWN, H.AGENT_GONE)


def mode_of(channel: str) -> ChannelMode:
    return ChannelMode.LIVE if channel in LIVE else ChannelMode.ASYNCHRONOUS


@dataclass
class Told:
    """A conversation as the journal tells of it so far."""

    channel: str
    state: ConversationState = S.OPEN
    agent: int | None = None
    rings_at: int | None = None

    @property
    def cost(self) -> int:
        return COSTS[self.channel]

    @property
    def live(self) -> bool:
        return self.channel in LIVE

    @property
    def exclusive(self) -> bool:
        return self.channel in EXCLUSIVE


class ShiftJournal:
    """Replays entries. `capacity` is in units, by agent; everybody is available to begin with."""

    def __init__(self, capacity: dict[int, int]) -> None:
        self.capacity = capacity
        self.talks: dict[int, Told] = {}
        self.presence = dict.fromkeys(capacity, "available")
        self.let_go: dict[int, Counter[int]] = defaultdict(Counter)
        self.had: dict[int, set[int]] = defaultdict(set)
        self.wrap_up_blocks = True

    def replay(self, entry: Entry) -> None:
        key, agent = entry.conversation_id or 0, entry.payload.get("agent")
        if entry.kind == "agent.presence_changed":
            self.presence[entry.payload["agent"]] = entry.payload["after"]
        elif entry.kind == "settings.changed":
            self.wrap_up_blocks = entry.payload["value"] == "True"
        elif entry.kind == "conversation.created":
            self.talks[key] = Told(entry.payload["channel"])
        elif entry.kind == "conversation.closed":
            self._moves(key, H(entry.payload["because"]), agent)
        elif entry.kind in HAPPENS:
            self._moves(key, HAPPENS[entry.kind], agent)

    def _moves(self, key: int, happening: Happening, agent: int | None) -> None:
        talk = self.talks[key]
        if happening is H.OFFERED:
            self._check_offer(key, agent or 0)
        if happening is H.CUSTOMER_LEFT and talk.rings_at:
            happening = H.LEFT_BEFORE_ACCEPTANCE
        state = after(talk.state, happening, mode_of(talk.channel), talk.rings_at is not None)
        assert isinstance(state, ConversationState), f"{key}: {state}"
        if happening in LETS_GO:
            self.let_go[key][talk.rings_at or talk.agent or 0] += happening in LETS_PASS
        talk.rings_at = agent if happening is H.OFFERED else None
        if happening in TAKES:
            talk.agent = agent
            self.had[key].add(agent or 0)
        elif state is S.OPEN:
            talk.agent = None
        talk.state = state

    def _check_offer(self, key: int, agent: int) -> None:
        assert self.talks[key].rings_at is None, f"{key} rings twice"
        assert self.presence[agent] in THERE, f"{agent} is not there"
        assert self.fits(key, agent), f"{key} does not fit {agent}"
        # Who has had it is asked first when its customer writes again, however often they declined.
        assert self.let_go[key][agent] < MOST_OFFERS or agent in self.had[key]

    def held(self, agent: int) -> list[Told]:
        """What takes an agent's capacity: ringing, active, and in wrap-up where that blocks."""
        states = (S.ACTIVE, S.WRAP_UP) if self.wrap_up_blocks else (S.ACTIVE,)
        return [
            talk
            for talk in self.talks.values()
            if talk.state in states and agent in (talk.agent, talk.rings_at)
        ]

    def used(self, agent: int) -> int:
        return sum(talk.cost for talk in self.held(agent))

    def fits(self, key: int, agent: int) -> bool:
        """Whether there is room, with a call and anything live shutting each other out."""
        talk = self.talks[key]
        live = [held for held in self.held(agent) if held.live]
        if (talk.exclusive and live) or (talk.live and any(held.exclusive for held in live)):
            return False
        return self.used(agent) + talk.cost <= self.capacity[agent]
