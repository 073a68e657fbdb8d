"""The life of replies under couriers that fail, lie silent and die, against what customers read.

Each courier delivers to a phone that remembers. What the desk says of a reply has to agree with it.
"""

from collections import Counter
from dataclasses import dataclass
from random import Random
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from omnitui.clock import ManualClock
from omnitui.desk.desk import Desk
from omnitui.model.actor import ADMINISTRATOR, Actor, ActorKind
from omnitui.model.conversation import Delivery, Message
from omnitui.model.errors import Refusal
from omnitui.store.engine import Store
from properties import share
from shipped import like

D = Delivery
START, SECOND, MINUTE = 1_772_442_000_000, 1_000, 60_000
COURIERS = {"repeats": True, "repeats too": True, "forgets": False, "forgets too": False}
"""Couriers, and whether each lets the phone know that it is the same reply."""
ATTEMPT = st.tuples(
    st.sampled_from(sorted(COURIERS)),
    st.booleans(),
    st.sampled_from(["knows", "does not know", "dies", "takes its time"]),
    st.sampled_from([0, MINUTE, 3 * MINUTE]),
)
"""Who claims, whether the words arrive, what is told of it, and how long after the one before."""


@dataclass
class Carried:
    """A claim that a courier has not settled, and whether the words have reached the phone."""

    by: str
    message: Message
    arrived: bool | None = None


class Deliveries(RuleBasedStateMachine):
    desk: Desk

    @initialize()
    def opens(self) -> None:
        self.clock = ManualClock(START)
        self.desk = Desk(Store(":memory:"), self.clock, Random(1))
        self.do("channel.create", key="chat", label="Chat", mode="live", **like("chat"))
        self.do("queue.create", name="General")
        self.do("settings.set", key="delivery_attempts", value="3")
        made = self.do("agent.create", login="ada", name="Ada Test")
        self.ada = Actor(ActorKind.AGENT, made.id, made.name)
        self.do("queue.add_member", queue="General", agent="ada")
        self.do("agent.set_presence", self.ada, presence="available")
        self.talks = []
        for address in ("a", "b"):
            came = self.do("conversation.receive", channel="chat", address=address, text="Hello")
            self.do("conversation.pick", self.ada, conversation=came.conversation_id)
            self.talks.append(came.conversation_id)
        self.carried: list[Carried] = []
        self.read: Counter[int] = Counter()
        self.recognised: set[int] = set()
        self.again: Counter[int] = Counter()
        self.said_by_person: dict[int, bool] = {}
        self.firsts: list[int] = []

    def do(self, name: str, by: Actor = ADMINISTRATOR, /, **given: Any) -> Any:
        return self.desk.call(name, by, **given)

    def lines(self) -> dict[int, Message]:
        found: dict[int, Message] = {}
        for talk in self.talks:
            for line in self.do("conversation.messages", conversation=talk, limit=1_000):
                if line.agent_id is not None:
                    found[line.id] = line
        return found

    def pick(self, number: int, *wanted: D) -> Message | None:
        fit = [line for line in self.lines().values() if line.delivery in wanted]
        return fit[number % len(fit)] if fit else None

    @rule(number=st.integers(0, 3))
    def replies(self, number: int) -> None:
        talk = self.talks[number % 2]
        self.do("conversation.reply", self.ada, conversation=talk, text=str(number))
        if number:
            self.time_passes(8 * SECOND)

    def time_passes(self, ms: int) -> None:
        self.clock.advance(ms)
        self.desk.run_due()

    @rule(number=st.integers(1, 2), attempts=st.lists(ATTEMPT, min_size=2, max_size=6))
    def delivers(self, number: int, attempts: list[tuple[str, bool, str, int]]) -> None:
        """Couriers claim what they can have, one after the other; words reach phones, or do not."""
        self.replies(number)
        for by, arrives, then, wait in attempts:
            self.time_passes(wait)
            for line in self.do("message.claim", by=by, repeatable=COURIERS[by], limit=2):
                assert line.delivery is D.SENDING
                one = Carried(by, line)
                self.carry(one, arrives)
                if then == "takes its time":
                    self.carried.append(one)
                elif then != "dies":
                    self.settle(one, then == "knows")
            self.what_the_desk_says_is_so()

    @rule(by=st.sampled_from(sorted(COURIERS)))
    def claims(self, by: str) -> None:
        """A courier claims, and has not begun to carry."""
        for line in self.do("message.claim", by=by, repeatable=COURIERS[by]):
            self.carried.append(Carried(by, line))

    @precondition(lambda self: self.carried)
    @rule(number=st.integers(0, 9), arrives=st.booleans(), knows=st.booleans())
    def goes_on(self, number: int, arrives: bool, knows: bool) -> None:
        """It carries what it has not carried yet, and says what it knows, however late."""
        one = self.carried.pop(number % len(self.carried))
        line = self.lines()[one.message.id]
        if one.arrived is None and line.delivery is D.SENDING and line.claimed_by == one.by:
            self.carry(one, arrives)
        self.settle(one, knows)

    def carry(self, one: Carried, arrives: bool) -> None:
        one.arrived, key = arrives, one.message.id
        if not arrives or (COURIERS[one.by] and key in self.recognised):
            return
        if COURIERS[one.by]:
            self.recognised.add(key)
        self.read[key] += 1
        if self.read[key] == 1:
            self.firsts.append(key)

    def settle(self, one: Carried, knows: bool) -> None:
        given: dict[str, Any] = {"message": one.message.id, "by": one.by}
        if one.arrived and knows:
            told = self.desk.attempt("message.sent", ADMINISTRATOR, **given)
        else:
            unknown = one.arrived is not None and not knows
            given |= {"error": "no answer", "uncertain": unknown}
            told = self.desk.attempt("message.failed", ADMINISTRATOR, **given)
        assert not isinstance(told, Refusal) or told.code == "message.not_claimed"

    @rule(number=st.integers(0, 9), wanted=st.sampled_from([D.HELD, *D]))
    def takes_back(self, number: int, wanted: D) -> None:
        line = self.pick(number, wanted)
        if line is not None:
            self.desk.attempt("conversation.unsend", self.ada, message=line.id)

    @rule(number=st.integers(0, 9))
    def a_person_sends_again(self, number: int) -> None:
        line = self.pick(number, D.FAILED, D.UNCERTAIN)
        if line is not None:
            self.do("message.retry", self.ada, message=line.id)
            self.again[line.id] += 1
            self.said_by_person.pop(line.id, None)

    @rule(number=st.integers(0, 9))
    def a_person_says_what_became_of_it(self, number: int) -> None:
        line = self.pick(number, D.UNCERTAIN)
        if line is not None:
            arrived = bool(self.read[line.id])
            self.do("message.confirm", self.ada, message=line.id, arrived=arrived)
            self.said_by_person[line.id] = arrived

    @invariant()
    def what_the_desk_says_is_so(self) -> None:
        for key, line in self.lines().items():
            read = self.read[key]
            assert read <= 1 + self.again[key], "read twice, and nobody wanted that"
            if line.delivery is D.SENT:
                assert read, "said to be sent, and nobody has read it"
            elif line.delivery in (D.HELD, D.UNSENT):
                assert not read or self.again[key], "taken back, and somebody has read it"
            elif line.delivery is D.FAILED and line.held_until is None:
                assert not read or self.again[key], "given up for lost, and somebody has read it"
            if line.delivery is D.UNCERTAIN:
                assert line.doubtful

    @invariant()
    def nothing_overtakes(self) -> None:
        """What somebody read first came in order, but for what a person sent again later."""
        order: dict[int, list[int]] = {}
        lines = self.lines()
        for key in self.firsts:
            if not self.again[key]:
                order.setdefault(lines[key].conversation_id, []).append(key)
        for keys in order.values():
            assert keys == sorted(keys)

    @invariant()
    def one_at_a_time_is_on_its_way(self) -> None:
        sending = [line for line in self.lines().values() if line.delivery is D.SENDING]
        assert len({line.conversation_id for line in sending}) == len(sending)
        for line in sending:
            assert line.claimed_by in COURIERS
            assert line.claimed_until is not None

    @invariant()
    def nothing_is_forgotten(self) -> None:
        """What is not settled has a timer, a courier that can take it, or a person to decide."""
        timers = {
            (row["kind"], row["subject"])
            for row in self.desk.store.rows("SELECT kind, subject FROM timers")
        }
        wanted = {D.HELD: "send", D.SENDING: "lease"}
        for key, line in self.lines().items():
            if line.delivery in wanted:
                assert (wanted[line.delivery], key) in timers
            assert (("retry", key) in timers) == (
                line.delivery is D.FAILED and line.held_until is not None
            )

    def teardown(self) -> None:
        self.desk.close()


TestDeliveries = Deliveries.TestCase
TestDeliveries.settings = settings(max_examples=share(20), stateful_step_count=12)
