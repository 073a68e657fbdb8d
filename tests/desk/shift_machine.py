"""What may happen in a shift of any shape: what comes, who leaves or learns, what is changed."""

import shutil
import tempfile
from pathlib import Path
from random import Random
from typing import Any

import hypothesis.strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from omnitui.clock import ManualClock
from omnitui.desk.desk import Desk
from omnitui.model.actor import ADMINISTRATOR, Actor, ActorKind
from omnitui.model.agent import Presence
from omnitui.model.conversation import Conversation, ConversationState
from omnitui.model.errors import Refusal
from omnitui.store.engine import Store
from shipped import like

START = 1_772_442_000_000
QUEUES, SKILLS = ("Internet", "Billing"), ("router", "fibre")
LOGINS = ("ada", "bo", "cai")
CHANNELS = (("chat", "live", 25, False), ("email", "asynchronous", 15, False),
            ("phone", "live", 100, True))  # fmt: skip
HOLDS = (ConversationState.ACTIVE, ConversationState.WRAP_UP)

logins = st.sampled_from(LOGINS)
queues = st.sampled_from(QUEUES)
skills = st.dictionaries(st.sampled_from(SKILLS), st.integers(1, 4), max_size=2)


class Shift(RuleBasedStateMachine):
    """Two queues, three agents, three channels."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.clock = ManualClock(START)
        self.desk = Desk(Store(self.folder / "shift.db"), self.clock, Random(1))
        self.visitors = 0
        self.people: dict[str, Actor] = {}
        self.by_hand: set[int] = set()
        self.let_go: set[tuple[int, str]] = set()
        self.chosen: dict[str, Presence] = {}

    def do(self, name: str, by: Actor = ADMINISTRATOR, /, **given: Any) -> Any:
        return self.desk.attempt(name, by, **given)

    @initialize(
        assign=st.sampled_from(("highest_capacity", "round_robin", "least_active", "nearest")),
        pushed=st.booleans(),
    )
    def open_shop(self, assign: str, pushed: bool) -> None:
        for key, mode, cost, exclusive in CHANNELS:
            given = {"key": key, "label": key, "mode": mode, "cost": cost, "exclusive": exclusive}
            self.do("channel.create", **given, **like(key))
        self.do(
            "workstream.create", name="Letters", channels=["email"],
            mode="push" if pushed else "pick", wrap_up="never",
        )  # fmt: skip
        for name in QUEUES:
            self.do("queue.create", name=name, assign=assign)
        for login in LOGINS:
            capacity = 200 if login == "cai" else 100
            made = self.do("agent.create", login=login, name=login.title(), capacity=capacity)
            self.people[login] = Actor(ActorKind.AGENT, made.id, made.name)
            self.do("queue.add_member", queue="Internet", agent=login)
            self.do("agent.set_presence", self.people[login], presence="available")

    @property
    def talks(self) -> list[Conversation]:
        found: list[Conversation] = self.do("conversation.list", limit=200)
        return found

    def some(self, number: int, *states: ConversationState) -> Conversation | None:
        found = [talk for talk in self.talks if talk.state in states]
        return found[number % len(found)] if found else None

    @rule(channel=st.sampled_from([c[0] for c in CHANNELS]), queue=queues, wanted=skills)
    def arrives(self, channel: str, queue: str, wanted: dict[str, int]) -> None:
        self.visitors += 1
        address = f"v{self.visitors}@example.com" if channel == "email" else f"+47{self.visitors}"
        said = self.do(
            "conversation.receive", channel=channel, address=address, text="Hello",
            context={"queue": queue},
        )  # fmt: skip
        talk = self.do("conversation.get", conversation=said.conversation_id)
        if wanted:
            self.do("conversation.set_skills", conversation=talk.id, skills=wanted)
            asked = next((who for who in self.people.values() if who.id == talk.offered_to), None)
            if asked is not None:
                self.do("conversation.decline", asked, conversation=talk.id)

    @rule(login=logins, queue=queues, joins=st.booleans())
    def joins_or_leaves_a_queue(self, login: str, queue: str, joins: bool) -> None:
        self.do(f"queue.{'add' if joins else 'remove'}_member", queue=queue, agent=login)

    @rule(login=logins, presence=st.sampled_from(["available", "busy", "away", "do_not_disturb"]))
    def comes_or_goes(self, login: str, presence: str) -> None:
        self.do("agent.set_presence", self.people[login], presence=presence)
        self.chosen[login] = Presence(presence)

    @rule(login=logins, capacity=st.sampled_from([25, 100, 200]))
    def has_another_capacity(self, login: str, capacity: int) -> None:
        if capacity < self.do("agent.get", agent=login).used:
            self.by_hand.add(self.people[login].id)
        self.do("agent.update", agent=login, capacity=capacity)

    @rule(counts=st.sampled_from(["yes", "no"]), cost=st.sampled_from([15, 60]))
    def what_counts_changes(self, counts: str, cost: int) -> None:
        self.do("settings.set", key="missed_makes_inactive", value=counts)
        self.do("workstream.update", workstream="Letters", cost=cost)

    @rule(login=logins, number=st.integers(0, 50), opens=st.booleans())
    def looks_into_another(self, login: str, number: int, opens: bool) -> None:
        talk = self.some(number, *ConversationState)
        if talk is not None:
            verb = "open" if opens else "close"
            self.do(f"session.{verb}", self.people[login], conversation=talk.id)

    @rule(login=logins, number=st.integers(0, 50))
    def brings_back(self, login: str, number: int) -> None:
        talk = self.some(number, ConversationState.WAITING)
        if talk is not None:
            by = self.people[login]
            self.do("conversation.unsnooze", by, conversation=talk.id, anyway=True)
            self.by_hand.add(by.id)

    @rule(number=st.integers(0, 50), asked=logins, answers=st.booleans())
    def asks_a_colleague(self, number: int, asked: str, answers: bool) -> None:
        talk = self.some(number, ConversationState.ACTIVE)
        by = None if talk is None else self._owner(talk)
        if talk is not None and by is not None:
            self.do("conversation.consult", by, conversation=talk.id, agent=asked)
            if answers:
                self.do("conversation.accept", self.people[asked], conversation=talk.id)

    @rule(login=logins, skill=st.sampled_from(SKILLS), level=st.integers(0, 4))
    def learns_or_forgets(self, login: str, skill: str, level: int) -> None:
        self.do("agent.set_skill", agent=login, skill=skill, level=level)

    @rule(login=logins, accepts=st.booleans())
    def answers_the_bell(self, login: str, accepts: bool) -> None:
        me = self.people[login]
        for offer in self.do("conversation.offers", me)[:1]:
            # What they took by hand since it rings may be more than it would fit beside.
            more = {"anyway": True} if accepts and me.id in self.by_hand else {}
            verb = "accept" if accepts else "decline"
            done = self.do(f"conversation.{verb}", me, conversation=offer.id, **more)
            assert not isinstance(done, Refusal)

    @rule(login=logins, number=st.integers(0, 50))
    def picks(self, login: str, number: int) -> None:
        talk = self.some(number, ConversationState.OPEN)
        if talk is not None:
            taken = self.do("conversation.pick", self.people[login], conversation=talk.id)
            if not isinstance(taken, Refusal):
                self.by_hand.add(self.people[login].id)

    @rule(number=st.integers(0, 50), verb=st.sampled_from(["end", "close", "release"]))
    def moves_on(self, number: int, verb: str) -> None:
        talk = self.some(number, *HOLDS)
        if talk is not None and talk.agent_id is not None:
            owner = next(who for who in self.people.values() if who.id == talk.agent_id)
            self.do(f"conversation.{verb}", owner, conversation=talk.id)
            login = next(login for login, who in self.people.items() if who is owner)
            self.let_go.add((talk.id, login))

    @rule(number=st.integers(0, 50), until=st.sampled_from(["1m", "20m"]))
    def puts_off(self, number: int, until: str) -> None:
        talk = self.some(number, ConversationState.ACTIVE, ConversationState.OPEN)
        if talk is not None:
            by = self._owner(talk) or ADMINISTRATOR
            self.do("conversation.snooze", by, conversation=talk.id, until=until)
            self._lets_go(talk)

    @rule(number=st.integers(0, 50), queue=queues, to=logins, to_queue=st.booleans())
    def hands_on(self, number: int, queue: str, to: str, to_queue: bool) -> None:
        talk = self.some(number, ConversationState.ACTIVE)
        by = None if talk is None else self._owner(talk)
        if talk is not None and by is not None:
            target = {"to_queue": queue} if to_queue else {"to_agent": to}
            found = self.do("conversation.transfer", by, conversation=talk.id, **target)
            self._lets_go(talk)
            if not isinstance(found, Refusal) and not to_queue:
                self.by_hand.add(self.people[to].id)

    @rule(most=st.sampled_from([1, 3]), cap=st.sampled_from([2, 9]), hold=st.sampled_from([0, 90]))
    def the_rules_change(self, most: int, cap: int, hold: int) -> None:
        self.do("settings.set", key="most_offers", value=str(most))
        self.do("settings.set", key="session_cap", value=str(cap))
        self.do("settings.set", key="hold_room_after", value=str(hold))

    @rule(calls=st.sampled_from([0, 8]), login=logins, first=st.booleans())
    def calls_are_expected(self, calls: int, login: str, first: bool) -> None:
        self.do("queue.update", queue="Internet", calls_per_hour=calls)
        self.do("agent.set_calls_first", agent=login, first=first)

    @rule(number=st.integers(0, 50))
    def customer_gives_up(self, number: int) -> None:
        talk = self.some(number, ConversationState.OPEN, ConversationState.ACTIVE)
        if talk is not None:
            self.do("conversation.customer_left", conversation=talk.id)

    @rule(login=logins)
    def takes_back(self, login: str) -> None:
        if not isinstance(self.do("undo.last", self.people[login]), Refusal):
            self.by_hand.add(self.people[login].id)
            found = self.do("agent.get", agent=login)
            self.chosen.pop(login, None)
            if found.presence_by_hand:
                self.chosen[login] = found.presence

    def _owner(self, talk: Conversation) -> Actor | None:
        return next((who for who in self.people.values() if who.id == talk.agent_id), None)

    def _lets_go(self, talk: Conversation) -> None:
        for login, who in self.people.items():
            if who.id in (talk.agent_id, talk.offered_to):
                self.let_go.add((talk.id, login))

    @rule(number=st.integers(0, 50))
    def writes_again(self, number: int) -> None:
        talk = self.some(number, *ConversationState)
        if talk is not None:
            self.do("conversation.receive", channel=talk.channel, address=talk.address, text="And?")

    @rule(seconds=st.sampled_from([1, 30, 121, 1_000]))
    def time_passes(self, seconds: int) -> None:
        self.clock.advance(seconds * 1_000)
        self.desk.run_due()

    def teardown(self) -> None:
        self.desk.close()
        shutil.rmtree(self.folder)
