"""Any shift at all: whatever agents, customers and time do, in whatever order, stays true.

The journal is replayed beside the desk: it alone must give the state of every conversation, and
every offer in it must have been a fair one when it was made.
"""

from collections import Counter, defaultdict
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from omnitui.clock import ManualClock
from omnitui.desk.desk import Desk
from omnitui.model.actor import ADMINISTRATOR, Actor, ActorKind
from omnitui.model.agent import Presence
from omnitui.model.channel import ChannelMode
from omnitui.model.conversation import Conversation, ConversationState, Delivery, Speaker
from omnitui.model.errors import Refusal
from omnitui.model.journal import Entry
from omnitui.rules.lifecycle import Happening, after
from omnitui.store.engine import Store

START = 1_772_442_000_000
SECOND, MINUTE, DAY = 1_000, 60_000, 86_400_000
COSTS = {"chat": 25, "email": 15, "phone": 100}
LIVE, EXCLUSIVE = ("chat", "phone"), ("phone",)
WORKS = {
    "ada": (50, ("General", "Billing")),
    "bo": (25, ("General",)),
    "chidi": (120, ("Billing",)),
}
FOLLOW_LOAD = (Presence.AVAILABLE, Presence.BUSY, Presence.DO_NOT_DISTURB)
THERE = ("available", "busy")
S, H = ConversationState, Happening
HAPPENS = {
    "conversation.offered": H.OFFERED,
    "conversation.accepted": H.ACCEPTED,
    "conversation.declined": H.DECLINED,
    "conversation.offer_expired": H.EXPIRED,
    "conversation.picked": H.PICKED,
    "conversation.resumed": H.REOPENED_BY_AGENT,
    "conversation.ended": H.AGENT_ENDED,
    "conversation.customer_lost": H.CUSTOMER_GONE,
    "conversation.customer_left": H.CUSTOMER_LEFT,
    "conversation.left": H.LEFT_WITHOUT_END,
    "conversation.released": H.RELEASED,
    "conversation.reopened": H.CUSTOMER_WROTE,
}
LETS_GO = (H.DECLINED, H.EXPIRED, H.LEFT_WITHOUT_END, H.RELEASED)


class Followed:
    """A conversation as the journal tells of it."""

    def __init__(self, channel: str) -> None:
        self.channel, self.cost = channel, COSTS[channel]
        self.state = S.OPEN
        self.agent: int | None = None
        self.rings_at: int | None = None

    def takes(self, agent: int, wrap_up_blocks: bool) -> int:
        held = self.state is S.ACTIVE or (self.state is S.WRAP_UP and wrap_up_blocks)
        return self.cost if held and agent in (self.agent, self.rings_at) else 0


class Shift(RuleBasedStateMachine):
    """Several agents and customers on one desk."""

    @initialize()
    def begin(self) -> None:
        self.clock = ManualClock(START)
        self.desk = Desk(Store(":memory:"), self.clock)
        for key, cost in COSTS.items():
            mode = ChannelMode.LIVE if key in LIVE else ChannelMode.ASYNCHRONOUS
            given = {"key": key, "label": key, "mode": mode, "exclusive": key in EXCLUSIVE}
            self.must("channel.create", **given, cost=cost)
        for queue in ("General", "Billing"):
            self.must("queue.create", name=queue)
        self.agents: list[Actor] = []
        self.capacity: dict[int, int] = {}
        self.queues: dict[int, tuple[str, ...]] = {}
        for login, (capacity, queues) in WORKS.items():
            made = self.must("agent.create", login=login, name=login.title(), capacity=capacity)
            self.agents.append(Actor(ActorKind.AGENT, made.id, made.name))
            self.capacity[made.id], self.queues[made.id] = capacity, queues
            for queue in queues:
                self.must("queue.add_member", queue=queue, agent=login)
            self.must("agent.set_presence", self.agents[-1], presence="available")
        self.seen = self.desk.last_seq()
        self.told: dict[int, Followed] = {}
        self.presence = dict.fromkeys(self.capacity, "available")
        self.let_go: dict[int, Counter[int]] = defaultdict(Counter)
        self.had: dict[int, set[int]] = defaultdict(set)
        self.said: dict[int, list[str]] = defaultdict(list)
        self.closed: dict[int, Conversation] = {}
        self.wrap_up_blocks, self.number, self.spoken = True, 0, False

    def teardown(self) -> None:
        if hasattr(self, "desk"):
            self.desk.close()

    def must(self, name: str, by: Actor = ADMINISTRATOR, /, **given: Any) -> Any:
        return self.desk.call(name, by, **given)

    def may(self, name: str, by: Actor = ADMINISTRATOR, /, **given: Any) -> Any:
        before = self.desk.last_seq()
        found = self.desk.attempt(name, by, **given)
        assert not isinstance(found, Refusal) or self.desk.last_seq() == before
        return found

    def rows(self) -> list[Conversation]:
        found: list[Conversation] = self.must("conversation.list", limit=1_000)
        return found[::-1]

    def some(self, number: int, *states: ConversationState) -> int:
        """One of the conversations in these states, of all where there is none."""
        rows = self.rows()
        fit = [row for row in rows if row.state in states] or rows
        return fit[number % len(fit)].id if fit else 0

    # What customers do

    @rule(first=st.sampled_from([*COSTS]), second=st.sampled_from([*COSTS]), who=st.integers(0, 2))
    def two_write(self, first: str, second: str, who: int) -> None:
        self.writes(first, who, "General", False)
        self.writes(second, who + 2, "Billing" if who else "General", False)

    @rule(
        channel=st.sampled_from([*COSTS]),
        who=st.integers(0, 3),
        queue=st.sampled_from(["General", "Billing"]),
        again=st.booleans(),
    )
    def writes(self, channel: str, who: int, queue: str, again: bool) -> None:
        self.number += 1
        text = f"message {self.number}"
        given = {
            "channel": channel,
            "address": f"{channel}{who}@example.com",
            "text": text,
            "external_id": f"id-{self.number}",
            "context": {"queue": queue},
        }
        message = self.must("conversation.receive", **given)
        self.said[message.conversation_id].append(text)
        if again:
            assert self.must("conversation.receive", **given) == message

    @precondition(lambda self: self.said)
    @rule(
        number=st.integers(0, 30),
        way=st.sampled_from(["customer_left", "customer_gone", "customer_back"]),
        state=st.sampled_from([S.OPEN, S.ACTIVE, S.WAITING]),
    )
    def goes_or_comes(self, number: int, way: str, state: ConversationState) -> None:
        self.must(f"conversation.{way}", conversation=self.some(number, state))

    # What agents do

    @rule(agent=st.integers(0, 2), presence=st.sampled_from(["available"] * 4 + ["busy", "away"]))
    def sets_presence(self, agent: int, presence: str) -> None:
        self.must("agent.set_presence", self.agents[agent], presence=presence)

    @precondition(lambda self: any(talk.rings_at for talk in self.told.values()))
    @rule(number=st.integers(0, 5), accepts=st.booleans())
    def answers_an_offer(self, number: int, accepts: bool) -> None:
        asked = [talk.rings_at for talk in self.told.values() if talk.rings_at]
        agent = asked[number % len(asked)] - 1
        for offer in self.must("conversation.offers", self.agents[agent])[:1]:
            name = "conversation.accept" if accepts else "conversation.decline"
            self.must(name, self.agents[agent], conversation=offer.id)

    @precondition(lambda self: self.said)
    @rule(
        agent=st.integers(0, 2),
        number=st.integers(0, 30),
        way=st.sampled_from(["pick", "accept", "decline", "end", "close", "release"]),
        state=st.sampled_from(list(S)),
    )
    def tries(self, agent: int, number: int, way: str, state: ConversationState) -> None:
        talk = self.some(number, state)
        self.may(f"conversation.{way}", self.agents[agent], conversation=talk)

    @precondition(lambda self: any(talk.agent for talk in self.told.values()))
    @rule(
        number=st.integers(0, 30),
        way=st.sampled_from(["reply", "reply", "end", "close", "close", "release"]),
    )
    def works(self, number: int, way: str) -> None:
        """An agent does something with what is theirs."""
        mine = [row for row in self.rows() if row.agent_id and row.state is not S.CLOSED]
        if mine:
            row = mine[number % len(mine)]
            by = next(agent for agent in self.agents if agent.id == row.agent_id)
            given = {"text": f"reply {number}"} if way == "reply" else {}
            self.spoken = self.spoken or way == "reply"
            self.may(f"conversation.{way}", by, conversation=row.id, **given)

    @precondition(lambda self: self.spoken)
    @rule(number=st.integers(0, 30))
    def unsends(self, number: int) -> None:
        held = [m for m in self.messages() if m.delivery is Delivery.HELD]
        if held:
            line = held[number % len(held)]
            by = next(agent for agent in self.agents if agent.id == line.agent_id)
            assert self.must("conversation.unsend", by, message=line.id).delivery is Delivery.UNSENT

    @precondition(lambda self: self.said)
    @rule(agent=st.integers(0, 2), number=st.integers(0, 30), opens=st.booleans())
    def looks_at(self, agent: int, number: int, opens: bool) -> None:
        name = "session.open" if opens else "session.close"
        self.may(name, self.agents[agent], conversation=self.some(number))

    # What time, couriers and administrators do

    @rule(ms=st.sampled_from([SECOND, 8 * SECOND, MINUTE, 2 * MINUTE, 15 * MINUTE, 28 * DAY]))
    def time_passes(self, ms: int) -> None:
        self.clock.advance(ms)
        self.desk.run_due()
        due = self.desk.next_due()
        assert due is None or due > self.clock.now()

    @rule(ms=st.sampled_from([SECOND, 2 * MINUTE]))
    def nobody_looks_at_the_clock(self, ms: int) -> None:
        self.clock.advance(ms)

    @precondition(lambda self: self.spoken)
    @rule(arrives=st.booleans())
    def delivers(self, arrives: bool) -> None:
        for line in self.must("message.leaving")[:1]:
            given = {} if arrives else {"error": "no answer"}
            self.must("message.sent" if arrives else "message.failed", message=line.id, **given)

    @rule(blocks=st.booleans())
    def changes_a_setting(self, blocks: bool) -> None:
        self.must("settings.set", key="wrap_up_blocks", value=str(blocks))

    @precondition(lambda self: self.said)
    @rule(number=st.integers(0, 30))
    def an_administrator_closes(self, number: int) -> None:
        self.may("conversation.close", conversation=self.some(number, S.OPEN))

    # What stays true

    @invariant()
    def all_of_this_stays_true(self) -> None:
        self.the_journal_tells_how_everything_came_to_be()
        self.what_agents_hold_is_what_their_row_says()
        self.every_state_has_the_timers_it_needs_and_no_other()
        self.every_message_is_kept_once_and_in_order()
        self.who_waits_is_who_was_not_answered()
        self.a_closed_conversation_never_changes()
        self.nobody_waits_while_somebody_could_take_it()

    def messages(self) -> list[Any]:
        found = []
        for row in self.rows():
            found += self.must("conversation.messages", conversation=row.id, limit=1_000)
        return found

    def the_journal_tells_how_everything_came_to_be(self) -> None:
        entries = self.desk.follow(self.seen, 100_000)
        assert [e.seq for e in entries] == list(range(self.seen + 1, self.seen + 1 + len(entries)))
        for entry in entries:
            self.replay(entry)
        self.seen += len(entries)
        rows = self.rows()
        assert set(self.told) == {row.id for row in rows}
        for row in rows:
            told = self.told[row.id]
            assert (row.state, row.offered_to) == (told.state, told.rings_at), row.id
            if row.state in (S.ACTIVE, S.WRAP_UP):
                assert row.agent_id == told.agent

    def replay(self, entry: Entry) -> None:
        key, agent = entry.conversation_id, entry.payload.get("agent")
        if entry.kind == "agent.presence_changed":
            self.presence[entry.payload["agent"]] = entry.payload["after"]
        elif entry.kind == "settings.changed":
            self.wrap_up_blocks = entry.payload["value"] == "True"
        elif entry.kind == "conversation.created":
            assert key is not None
            self.told[key] = Followed(entry.payload["channel"])
        elif entry.kind == "conversation.closed":
            assert key is not None
            self.moves(key, H(entry.payload["because"]), agent)
        elif entry.kind in HAPPENS:
            assert key is not None
            self.moves(key, HAPPENS[entry.kind], agent)

    def moves(self, key: int, happening: Happening, agent: int | None) -> None:
        talk = self.told[key]
        if happening is H.OFFERED:
            assert agent is not None
            self.check_offer(key, talk, agent)
        if happening is H.CUSTOMER_LEFT and talk.rings_at:
            happening = H.LEFT_BEFORE_ACCEPTANCE
        mode = ChannelMode.LIVE if talk.channel in LIVE else ChannelMode.ASYNCHRONOUS
        state = after(talk.state, happening, mode, talk.rings_at is not None)
        assert isinstance(state, ConversationState), f"{key}: {state}"
        if happening in LETS_GO:
            self.let_go[key][talk.rings_at or talk.agent or 0] += happening in LETS_GO[:2]
        talk.rings_at = agent if happening is H.OFFERED else None
        if happening in (H.ACCEPTED, H.PICKED, H.REOPENED_BY_AGENT):
            talk.agent = agent
            self.had[key].add(agent or 0)
        elif state is S.OPEN:
            talk.agent = None
        talk.state = state

    def used(self, agent: int) -> int:
        return sum(talk.takes(agent, self.wrap_up_blocks) for talk in self.told.values())

    def fits(self, talk: Followed, agent: int) -> bool:
        """Whether there is room, with a call and anything live shutting each other out."""
        held = [t for t in self.told.values() if t.takes(agent, self.wrap_up_blocks)]
        live = [t for t in held if t.channel in LIVE]
        if talk.channel in EXCLUSIVE and live:
            return False
        if talk.channel in LIVE and any(t.channel in EXCLUSIVE for t in live):
            return False
        return self.used(agent) + talk.cost <= self.capacity[agent]

    def check_offer(self, key: int, talk: Followed, agent: int) -> None:
        assert talk.rings_at is None
        assert self.presence[agent] in THERE
        assert self.fits(talk, agent)
        assert self.let_go[key][agent] < 3 or agent in self.had[key]

    def what_agents_hold_is_what_their_row_says(self) -> None:
        ringing: list[int] = []
        for actor in self.agents:
            agent = self.must("agent.get", agent=actor.id)
            assert agent.used == self.used(agent.id), agent
            offers = self.must("conversation.offers", actor)
            assert all(offer.state is S.ACTIVE and offer.agent_id is None for offer in offers)
            ringing += [offer.id for offer in offers]
            if agent.presence in FOLLOW_LOAD and not agent.presence_by_hand:
                wanted = Presence.AVAILABLE if agent.used == 0 else Presence.BUSY
                if agent.used >= agent.capacity:
                    wanted = Presence.DO_NOT_DISTURB
                assert agent.presence is wanted, agent
        assert len(ringing) == len(set(ringing))
        assert len(ringing) == sum(row.offered_to is not None for row in self.rows())

    def every_state_has_the_timers_it_needs_and_no_other(self) -> None:
        running: dict[str, set[int]] = defaultdict(set)
        for row in self.desk.store.rows("SELECT kind, subject FROM timers"):
            running[row["kind"]].add(row["subject"])
        rows = self.rows()
        assert running["offer"] == {row.id for row in rows if row.offered_to is not None}
        assert running["wrap_up"] == {row.id for row in rows if row.state is S.WRAP_UP}
        assert running["idle"] == {row.id for row in rows if row.state is S.WAITING}
        gone = {row.id for row in rows if row.customer_gone_at is not None}
        assert running["grace"] == {
            row.id for row in rows if row.id in gone and row.state in (S.OPEN, S.ACTIVE)
        }
        lines = self.messages()
        assert running["send"] == {m.id for m in lines if m.delivery is Delivery.HELD}
        failed = {m.id for m in lines if m.delivery is Delivery.FAILED and m.attempts < 5}
        assert running["retry"] == failed

    def every_message_is_kept_once_and_in_order(self) -> None:
        kept: dict[int, list[str]] = defaultdict(list)
        for line in self.messages():
            if line.speaker is Speaker.CUSTOMER:
                kept[line.conversation_id].append(line.text)
        assert kept == self.said

    def who_waits_is_who_was_not_answered(self) -> None:
        for row in self.rows():
            if row.state in (S.WRAP_UP, S.CLOSED):
                assert row.waiting_since is None
            else:
                assert (row.waiting_since is not None) == (row.last_speaker is Speaker.CUSTOMER)

    def a_closed_conversation_never_changes(self) -> None:
        for row in self.rows():
            if row.state is S.CLOSED:
                assert self.closed.setdefault(row.id, row) == row
            assert row.id not in self.closed or row.state is S.CLOSED

    def nobody_waits_while_somebody_could_take_it(self) -> None:
        for row in self.rows():
            if row.state is not S.OPEN:
                continue
            talk = self.told[row.id]
            for agent, queues in self.queues.items():
                could = self.presence[agent] in THERE and row.queue in queues
                if could and self.fits(talk, agent):
                    assert agent in self.let_go[row.id], (row.id, agent)


TestShift = Shift.TestCase
TestShift.settings = settings(max_examples=60, stateful_step_count=40)
