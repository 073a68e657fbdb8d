"""Consoles that come, go and are lost, in whatever order: this stays true."""

from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from omnitui.clock import ManualClock
from omnitui.desk.desk import Desk
from omnitui.model.actor import ADMINISTRATOR, Actor, ActorKind
from omnitui.model.agent import Presence
from omnitui.store.engine import Store
from properties import share
from shipped import like

START = 1_772_442_000_000
P = Presence
LASTS, TYPES = 45_000, 10_000
FOLLOWS_LOAD = (P.AVAILABLE, P.BUSY, P.DO_NOT_DISTURB)
WHO, CONSOLE, TALK = st.integers(0, 2), st.sampled_from("xyz"), st.integers(0, 3)
WAITS = st.sampled_from((1_000, 9_000, 11_000, 44_000, 46_000, 200_000))


class Consoles(RuleBasedStateMachine):
    """Three agents with up to three consoles each. Offers ring for longer than anybody is lost."""

    @initialize()
    def begin(self) -> None:
        self.clock = ManualClock(START)
        self.desk = Desk(Store(":memory:"), self.clock)
        self.must("channel.create", key="chat", label="Chat", mode="live", cost=25, **like("chat"))
        self.must("queue.create", name="General")
        self.must("settings.set", key="offer_seconds", value="3600")
        self.agents: list[Actor] = []
        for login in ("ada", "bo", "chidi"):
            made = self.must("agent.create", login=login, name=login.title())
            self.agents.append(Actor(ActorKind.AGENT, made.id, made.name))
            self.must("queue.add_member", queue="General", agent=login)
        self.talks = [self.write(number) for number in range(3)]
        # What was heard of each console last: until when it lasts, on what, typing since when.
        self.open: list[dict[str, tuple[int, int | None, int | None]]] = [{}, {}, {}]
        self.chosen: list[Presence] = [P.OFFLINE] * 3
        self.lost = [False] * 3

    def teardown(self) -> None:
        if hasattr(self, "desk"):
            self.desk.close()

    def must(self, name: str, by: Actor = ADMINISTRATOR, /, **given: Any) -> Any:
        return self.desk.call(name, by, **given)

    def write(self, number: int) -> int:
        given = {"channel": "chat", "address": f"dev-{number}", "text": "Hello"}
        return int(self.must("conversation.receive", **given).conversation_id)

    def presence(self, who: int) -> Presence:
        found: Presence = self.must("agent.get", agent=self.agents[who].id).presence
        return found

    @rule(who=WHO, console=CONSOLE, talk=TALK, typing=st.booleans())
    def beat(self, who: int, console: str, talk: int, typing: bool) -> None:
        key = self.talks[talk] if talk < len(self.talks) else None
        before = self.desk.last_seq()
        name = f"{console} of {who}"
        self.must("console.beat", self.agents[who], console=name, conversation=key, typing=typing)
        if not self.lost[who]:
            assert self.desk.last_seq() == before
        self.lost[who] = False
        now = self.clock.now()
        self.open[who][console] = (now + LASTS, key, now if typing and key else None)

    @rule(who=WHO, console=CONSOLE)
    def leave(self, who: int, console: str) -> None:
        self.must("console.leave", self.agents[who], console=f"{console} of {who}")
        self.open[who].pop(console, None)
        if not self.open[who]:
            self.chosen[who], self.lost[who] = P.OFFLINE, False

    @rule(who=WHO)
    def enter(self, who: int) -> None:
        self.must("console.enter", self.agents[who])
        self.lost[who] = False
        if self.chosen[who] is P.OFFLINE:
            self.chosen[who] = P.AVAILABLE

    @rule(who=WHO, wanted=st.sampled_from((P.AVAILABLE, P.AWAY, P.OFFLINE)))
    def choose(self, who: int, wanted: Presence) -> None:
        self.must("agent.set_presence", self.agents[who], presence=wanted)
        self.chosen[who], self.lost[who] = wanted, False

    @rule(ms=WAITS)
    def wait(self, ms: int) -> None:
        self.clock.advance(ms)
        self.desk.run_due()
        for who, consoles in enumerate(self.open):
            left = {k: said for k, said in consoles.items() if said[0] > self.clock.now()}
            if consoles and not left and self.presence_should(who) is not P.OFFLINE:
                self.lost[who] = True
            self.open[who] = left

    def presence_should(self, who: int) -> Presence:
        return P.OFFLINE if self.lost[who] else self.chosen[who]

    @invariant()
    def who_is_lost_is_offline_and_others_are_what_they_chose(self) -> None:
        for who in range(3):
            should, found = self.presence_should(who), self.presence(who)
            assert found in (FOLLOWS_LOAD if should is P.AVAILABLE else (should,))

    @invariant()
    def nothing_rings_where_nobody_hears_it(self) -> None:
        for who, agent in enumerate(self.agents):
            if self.lost[who]:
                assert self.must("conversation.offers", agent) == []

    @invariant()
    def company_is_who_was_heard_of(self) -> None:
        now = self.clock.now()
        for talk in self.talks:
            expected = {}
            for who, consoles in enumerate(self.open):
                at = [said[2] for said in consoles.values() if said[1] == talk]
                if at:
                    typing = any(moment is not None and moment > now - TYPES for moment in at)
                    expected[self.agents[who].id] = typing
            found = self.must("conversation.company", conversation=talk)
            assert {one.agent_id: one.typing for one in found} == expected


TestConsoles = Consoles.TestCase
TestConsoles.settings = settings(max_examples=share(36), stateful_step_count=30)
