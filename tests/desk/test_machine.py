"""Any shift at all: whatever agents, customers and time do, in whatever order, this stays true.

The journal is replayed beside the desk: it alone must give the state of every conversation, and
every offer in it must have been a fair one when it was made.
"""

from collections import defaultdict
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from shift_journal import COSTS, EXCLUSIVE, LIVE, THERE, ShiftJournal, mode_of

from omnitui.clock import ManualClock
from omnitui.desk.desk import Desk
from omnitui.model.actor import ADMINISTRATOR, Actor, ActorKind
from omnitui.model.agent import Presence
from omnitui.model.conversation import Conversation, ConversationState, Delivery, Speaker
from omnitui.model.errors import Refusal
from omnitui.store.engine import Row, Store
from omnitui.store.routing import rooms
from properties import share
from shipped import like

START = 1_772_442_000_000
SECOND, MINUTE, DAY = 1_000, 60_000, 86_400_000
QUEUES = ("General", "Billing")
WORKS = {"ada": (50, QUEUES), "bo": (25, ("General",)), "chidi": (240, ("Billing",))}
FOLLOW_LOAD = (Presence.AVAILABLE, Presence.BUSY, Presence.DO_NOT_DISTURB)
S = ConversationState
STEPS = ["reply", "reply", "unsend", "write", "end", "close", "close", "release", "decline"]
STEPS += ["pick", "accept", "customer_gone", "customer_back", "customer_left", "8", "180"]
QUEUE = st.sampled_from(QUEUES)
WORK = st.sampled_from(["reply", "reply", "end", "close", "close", "release"])
NUMBER, AGENT, CHANNEL = st.integers(0, 30), st.integers(0, 2), st.sampled_from([*COSTS])


def some_conversation(shift: "Shift") -> bool:
    return bool(shift.said)


def something_rings(shift: "Shift") -> bool:
    return any(talk.rings_at for talk in shift.journal.talks.values())


def somebody_has_something(shift: "Shift") -> bool:
    return any(talk.agent for talk in shift.journal.talks.values())


def somebody_spoke(shift: "Shift") -> bool:
    return shift.spoken


class Shift(RuleBasedStateMachine):
    """Several agents and customers on one desk."""

    @initialize()
    def begin(self) -> None:
        self.clock = ManualClock(START)
        self.desk = Desk(Store(":memory:"), self.clock)
        for key, cost in COSTS.items():
            given = {"key": key, "label": key, "mode": mode_of(key), "exclusive": key in EXCLUSIVE}
            self.must("channel.create", **given, cost=cost, **like(key))
        for queue in QUEUES:
            self.must("queue.create", name=queue)
        self.agents: list[Actor] = []
        self.queues: dict[int, tuple[str, ...]] = {}
        for login, (capacity, queues) in WORKS.items():
            made = self.must("agent.create", login=login, name=login.title(), capacity=capacity)
            self.agents.append(Actor(ActorKind.AGENT, made.id, made.name))
            self.queues[made.id] = queues
            for queue in queues:
                self.must("queue.add_member", queue=queue, agent=login)
            self.must("agent.set_presence", self.agents[-1], presence="available")
        self.seen = self.desk.last_seq()
        self.journal = ShiftJournal(
            {agent.id: WORKS[agent.name.lower()][0] for agent in self.agents}
        )
        self.said: dict[int, list[str]] = defaultdict(list)
        self.closed: dict[int, Conversation] = {}
        self.number, self.spoken = 0, False

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

    def lines(self) -> list[Row]:
        return self.desk.store.rows("SELECT * FROM messages ORDER BY id")

    def some(self, number: int, *states: ConversationState) -> Conversation:
        """One of the conversations in these states, of all where there is none."""
        rows = self.rows()
        fit = [row for row in rows if row.state in states] or rows
        return fit[number % len(fit)]

    def agent(self, key: int | None) -> Actor:
        return next(agent for agent in self.agents if agent.id == key)

    # What customers do

    @rule(
        channel=CHANNEL, who=st.integers(0, 3), queue=st.sampled_from(QUEUES), again=st.booleans()
    )
    def writes(self, channel: str, who: int, queue: str, again: bool) -> None:
        self.says(channel, f"{channel}{who}@example.com", queue, again)

    @rule(first=CHANNEL, second=CHANNEL, queue=QUEUE)
    def two_write(self, first: str, second: str, queue: str) -> None:
        self.says(first, f"{first}4@example.com", queue)
        self.says(second, f"{second}5@example.com", queue)

    @precondition(some_conversation)
    @rule(number=NUMBER, state=st.sampled_from([S.OPEN, S.ACTIVE, S.WAITING, S.WAITING]))
    def writes_on(self, number: int, state: ConversationState) -> None:
        talk = self.some(number, state)
        self.says(talk.channel, talk.address, "General")

    def says(self, channel: str, address: str, queue: str, again: bool = False) -> int:
        self.number += 1
        given = {
            "channel": channel,
            "address": address,
            "text": f"message {self.number}",
            "external_id": f"id-{self.number}",
            "context": {"queue": queue},
        }
        message = self.must("conversation.receive", **given)
        self.said[message.conversation_id].append(message.text)
        if again:
            assert self.must("conversation.receive", **given) == message
        talk = self.must("conversation.get", conversation=message.conversation_id)
        assert talk.state in (S.OPEN, S.ACTIVE)
        return talk.id

    @rule(channel=CHANNEL, steps=st.lists(st.sampled_from(STEPS), max_size=5), queue=QUEUE)
    def a_story(self, channel: str, steps: list[str], queue: str) -> None:
        """One conversation goes some way on its own, taken by whom it rings at."""
        key = self.says(channel, f"{channel}6@example.com", queue)
        for step in ["accept", *steps]:
            self.goes_on(self.must("conversation.get", conversation=key), step)
            self.all_of_this_stays_true()

    def goes_on(self, talk: Conversation, step: str) -> None:
        by = self.agent(talk.offered_to or talk.agent_id or 1)
        if step.isdecimal():
            self.clock.advance(int(step) * SECOND)
            self.desk.run_due()
        elif step == "write":
            self.says(talk.channel, talk.address, "General")
        elif step == "unsend":
            for line in self.lines():
                if line["delivery"] == Delivery.HELD and line["conversation_id"] == talk.id:
                    writer = self.agent(line["agent_id"])
                    self.must("conversation.unsend", writer, message=line["id"])
        elif step.startswith("customer_"):
            self.must(f"conversation.{step}", conversation=talk.id)
        else:
            given = {"text": "reply"} if step == "reply" else {}
            self.spoken = self.spoken or step == "reply"
            self.may(f"conversation.{step}", by, conversation=talk.id, **given)

    @precondition(some_conversation)
    @rule(number=NUMBER, way=st.sampled_from(["left", "gone", "gone", "back"]), waits=st.booleans())
    def goes_or_comes(self, number: int, way: str, waits: bool) -> None:
        talk = self.some(number, S.OPEN if waits else S.ACTIVE)
        self.must(f"conversation.customer_{way}", conversation=talk.id)

    # What agents do

    @rule(
        agent=AGENT, presence=st.sampled_from(["available", "available", "busy", "away", "offline"])
    )
    def sets_presence(self, agent: int, presence: str) -> None:
        self.must("agent.set_presence", self.agents[agent], presence=presence)

    @precondition(something_rings)
    @rule(number=NUMBER, accepts=st.booleans())
    def answers_an_offer(self, number: int, accepts: bool) -> None:
        ringing = [row for row in self.rows() if row.offered_to is not None]
        offer = ringing[number % len(ringing)]
        way = "accept" if accepts else "decline"
        self.must(f"conversation.{way}", self.agent(offer.offered_to), conversation=offer.id)

    @precondition(somebody_has_something)
    @rule(
        number=NUMBER, way=st.sampled_from(["reply", "reply", "end", "close", "close", "release"])
    )
    def works(self, number: int, way: str) -> None:
        """An agent does something with what is theirs."""
        mine = [row for row in self.rows() if row.agent_id and row.state is not S.CLOSED]
        if mine:
            row = mine[number % len(mine)]
            given = {"text": f"reply {number}"} if way == "reply" else {}
            self.may(f"conversation.{way}", self.agent(row.agent_id), conversation=row.id, **given)
            self.spoken = self.spoken or way == "reply"

    @precondition(some_conversation)
    @rule(
        agent=AGENT,
        number=NUMBER,
        way=st.sampled_from(["pick", "pick", "accept", "decline", "end", "close", "release"]),
        state=st.sampled_from([*S]),
    )
    def tries(self, agent: int, number: int, way: str, state: ConversationState) -> None:
        """An agent does something with anything."""
        talk = self.some(number, state)
        self.may(f"conversation.{way}", self.agents[agent], conversation=talk.id)

    @precondition(somebody_spoke)
    @rule(number=NUMBER)
    def unsends(self, number: int) -> None:
        held = [line for line in self.lines() if line["delivery"] == Delivery.HELD]
        if held:
            line = held[number % len(held)]
            self.must("conversation.unsend", self.agent(line["agent_id"]), message=line["id"])

    @precondition(some_conversation)
    @rule(agent=AGENT, number=NUMBER, way=st.sampled_from(["open", "close"]))
    def looks_at(self, agent: int, number: int, way: str) -> None:
        self.may(f"session.{way}", self.agents[agent], conversation=self.some(number).id)

    # What time, couriers and administrators do

    @rule(ms=st.sampled_from([8 * SECOND, MINUTE, 2 * MINUTE, 15 * MINUTE, 28 * DAY]))
    def time_passes(self, ms: int) -> None:
        self.clock.advance(ms)
        self.desk.run_due()
        due = self.desk.next_due()
        assert due is None or due > self.clock.now()

    @rule(ms=st.sampled_from([SECOND, 2 * MINUTE]))
    def nobody_looks_at_the_clock(self, ms: int) -> None:
        self.clock.advance(ms)

    @precondition(somebody_spoke)
    @rule(how=st.sampled_from(["arrives", "fails", "nobody knows", "dies"]), again=st.booleans())
    def delivers(self, how: str, again: bool) -> None:
        for line in self.must("message.claim", by="post", repeatable=again):
            given = {"message": line.id, "by": "post"}
            if how == "arrives":
                self.must("message.sent", **given)
            elif how != "dies":
                unknown = how == "nobody knows"
                self.must("message.failed", **given, error="no answer", uncertain=unknown)

    @rule(blocks=st.booleans())
    def changes_a_setting(self, blocks: bool) -> None:
        self.must("settings.set", key="wrap_up_blocks", value=str(blocks))

    @precondition(some_conversation)
    @rule(number=NUMBER)
    def an_administrator_closes(self, number: int) -> None:
        self.may("conversation.close", conversation=self.some(number, S.OPEN).id)

    # What stays true

    @invariant()
    def all_of_this_stays_true(self) -> None:
        rows, lines = self.rows(), self.lines()
        self.the_journal_tells_how_everything_came_to_be(rows)
        self.what_agents_hold_is_what_their_row_says(rows)
        self.every_state_has_the_timers_it_needs_and_no_other(rows, lines)
        self.every_message_is_kept_once_and_in_order(lines)
        self.who_waits_is_who_was_not_answered(rows)
        self.a_closed_conversation_never_changes(rows)
        self.nobody_waits_while_somebody_could_take_it(rows)

    def the_journal_tells_how_everything_came_to_be(self, rows: list[Conversation]) -> None:
        entries = self.desk.follow(self.seen, 100_000)
        numbers = range(self.seen + 1, self.seen + 1 + len(entries))
        assert [entry.seq for entry in entries] == [*numbers]
        self.seen += len(entries)
        for entry in entries:
            self.journal.replay(entry)
        assert {*self.journal.talks} == {row.id for row in rows}
        for row in rows:
            told = self.journal.talks[row.id]
            assert (row.state, row.offered_to) == (told.state, told.rings_at), row.id
            if row.state in (S.ACTIVE, S.WRAP_UP):
                assert row.agent_id == told.agent

    def what_agents_hold_is_what_their_row_says(self, rows: list[Conversation]) -> None:
        ringing: list[int] = []
        for actor in self.agents:
            agent = self.must("agent.get", agent=actor.id)
            assert agent.used == self.journal.used(agent.id), agent
            ringing += [offer.id for offer in self.must("conversation.offers", actor)]
            if agent.presence in FOLLOW_LOAD and not agent.presence_by_hand:
                wanted = Presence.BUSY if agent.used else Presence.AVAILABLE
                if agent.used >= agent.capacity:
                    wanted = Presence.DO_NOT_DISTURB
                assert agent.presence is wanted, agent
        assert sorted(ringing) == [row.id for row in rows if row.offered_to is not None]

    def every_state_has_the_timers_it_needs_and_no_other(
        self, rows: list[Conversation], lines: list[Row]
    ) -> None:
        running: dict[str, set[int]] = defaultdict(set)
        for row in self.desk.store.rows("SELECT kind, subject FROM timers"):
            running[row["kind"]].add(row["subject"])
        assert running["offer"] == {row.id for row in rows if row.offered_to is not None}
        assert running["wrap_up"] == {row.id for row in rows if row.state is S.WRAP_UP}
        live = {row.id for row in rows if row.channel in LIVE}
        nobody = {row.id for row in rows if row.state is S.OPEN or row.offered_to is not None}
        assert running["not_taken"] == nobody & live
        assert running["idle"] == {row.id for row in rows if row.state is S.WAITING}
        gone = {row.id for row in rows if row.customer_gone_at is not None}
        here = {row.id for row in rows if row.state in (S.OPEN, S.ACTIVE)}
        assert running["grace"] == gone & here
        held = {line["id"] for line in lines if line["delivery"] == Delivery.HELD}
        assert running["send"] == held
        failed = [line for line in lines if line["delivery"] == Delivery.FAILED]
        assert running["retry"] == {line["id"] for line in failed if line["attempts"] < 5}
        assert running["retry"] == {line["id"] for line in failed if line["held_until"]}
        claimed = [line for line in lines if line["delivery"] == Delivery.SENDING]
        assert running["lease"] == {line["id"] for line in claimed}
        for line in lines:
            uncertain = line["delivery"] == Delivery.UNCERTAIN
            assert (line["claimed_until"] is not None) == (line in claimed)
            assert line["doubtful"] or not uncertain

    def every_message_is_kept_once_and_in_order(self, lines: list[Row]) -> None:
        kept: dict[int, list[str]] = defaultdict(list)
        for line in lines:
            if line["speaker"] == Speaker.CUSTOMER:
                kept[line["conversation_id"]].append(line["text"])
        assert kept == self.said

    def who_waits_is_who_was_not_answered(self, rows: list[Conversation]) -> None:
        for row in rows:
            asked = row.last_speaker is Speaker.CUSTOMER
            ended = row.state in (S.WRAP_UP, S.CLOSED)
            assert (row.waiting_since is not None) == (asked and not ended), row.id

    def a_closed_conversation_never_changes(self, rows: list[Conversation]) -> None:
        for row in rows:
            if row.state is S.CLOSED:
                assert self.closed.setdefault(row.id, row) == row
            assert row.id not in self.closed or row.state is S.CLOSED

    def nobody_waits_while_somebody_could_take_it(self, rows: list[Conversation]) -> None:
        # Who keeps room for a call that waits takes nothing else until they are free for it.
        kept = {one.agent: one.conversation for one in rooms.every(self.desk.store) if one.waits}
        calls = {row.id for row in rows if row.state is S.OPEN and row.channel == "phone"}
        assert calls.issuperset(kept.values())
        for row in rows:
            for agent, queues in self.queues.items():
                there = self.journal.presence[agent] in THERE and row.queue in queues
                there = there and kept.get(agent, row.id) == row.id
                if row.state is S.OPEN and there and self.journal.fits(row.id, agent):
                    assert agent in self.journal.let_go[row.id], (row.id, agent)


# A limit for hangs alone: nine hundred steps take long where other tests run beside them.
TestShift = pytest.mark.timeout(600)(Shift.TestCase)
TestShift.settings = settings(max_examples=share(30), stateful_step_count=30)
