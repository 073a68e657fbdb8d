"""One customer at a time on a call, whatever way it comes to an agent; more than fits, if asked."""

from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from omnitui.clock import ManualClock
from omnitui.desk.desk import Desk
from omnitui.model.actor import ADMINISTRATOR, Actor, ActorKind
from omnitui.model.conversation import ConversationState
from omnitui.store.engine import Store
from properties import share

S = ConversationState


@pytest.fixture
def on_a_call(floor: Any, ada: Actor) -> int:
    """Ada is on a call with Visitor 1001."""
    talk: int = floor.serves(ada, channel="phone", address="+47 1")
    return talk


@pytest.fixture
def bo(floor: Any) -> Actor:
    return floor.hire("bo", presence="offline")


def rings(floor: Any, number: str = "+47 2") -> int:
    talk: int = floor.writes(channel="phone", address=number)
    return talk


@pytest.mark.usefixtures("on_a_call")
@pytest.mark.parametrize("anyway", [False, True])
@pytest.mark.parametrize("way", ["pick", "bulk.pick", "bulk.assign", "supervisor.assign"])
def test_a_second_call_is_refused_always(floor: Any, ada: Actor, way: str, anyway: bool) -> None:
    second = rings(floor)
    if way == "pick":
        refusal = floor.refused("conversation.pick", ada, conversation=second, anyway=anyway)
    elif way == "supervisor.assign":
        given = {"conversation": second, "agent": ada.id, "anyway": anyway}
        refusal = floor.refused("supervisor.assign", **given)
    else:
        given = {"agent": ada.id} if way == "bulk.assign" else {}
        refusal = floor.refused(way, ada, conversations=[second], anyway=anyway, **given)
        assert "on Phone with Visitor 1001" in refusal.message
        assert floor.talk(second).state is S.OPEN
        return
    assert refusal.code == "capacity.second_call"
    assert "on Phone with Visitor 1001" in refusal.message
    assert floor.talk(second).state is S.OPEN


def test_what_goes_beyond_in_bulk_is_refused_by_name_and_can_be_taken_all_the_same(
    floor: Any, ada: Actor
) -> None:
    floor.do("agent.set_presence", ada, presence="away")
    talks = [floor.writes(address=f"d{n}") for n in range(6)]
    done = floor.do("bulk.pick", ada, conversations=talks)
    assert (len(done.done), {one.code for one in done.refused}) == (4, {"capacity.beyond"})
    rest = [one.conversation for one in done.refused]
    assert floor.refused("bulk.pick", ada, conversations=rest).code == "capacity.beyond"
    assert floor.do("bulk.pick", ada, conversations=rest, anyway=True).done == tuple(rest)
    assert floor.person(ada).used == 150


@pytest.mark.usefixtures("on_a_call")
def test_a_call_is_not_handed_to_who_is_on_one(floor: Any, bo: Actor) -> None:
    second = floor.serves(bo, channel="phone", address="+47 2")
    for by in (bo, ADMINISTRATOR):
        refusal = floor.refused("conversation.transfer", by, conversation=second, to_agent="ada")
        assert refusal.code == "capacity.second_call"
    targets = floor.do("conversation.transfer_targets", bo, conversation=second).agents
    assert [(one.login, one.allowed) for one in targets] == [("ada", False)]


def test_what_rings_while_a_call_is_taken_goes_to_others(floor: Any, ada: Actor) -> None:
    call, chat = rings(floor), floor.writes(address="d1")
    assert floor.ringing(ada) == [call]
    floor.do("conversation.decline", ada, conversation=call)
    assert floor.ringing(ada) == [chat]
    second = rings(floor, "+47 3")
    bo = floor.hire("bo", presence="away")
    floor.do("agent.set_presence", bo, presence="available")
    floor.do("conversation.customer_left", conversation=second)
    refusal = floor.refused("conversation.pick", ada, conversation=call)
    if floor.talk(call).offered_to == bo.id:
        assert refusal.code == "conversation.offered"
        floor.do("conversation.decline", bo, conversation=call)
        refusal = floor.refused("conversation.pick", ada, conversation=call)
    assert refusal.code == "capacity.beyond"
    floor.do("conversation.pick", ada, conversation=call, anyway=True)
    assert floor.ringing(ada) == []
    assert floor.ringing(bo) == [chat]


def test_a_chat_that_rings_goes_on_when_a_call_is_taken_beside_it(
    floor: Any, ada: Actor, bo: Actor
) -> None:
    floor.do("agent.set_presence", ada, presence="away")
    chat = floor.serves(bo)
    floor.do("agent.set_presence", ada, presence="available")
    floor.do("conversation.transfer", bo, conversation=chat, to_agent="ada")
    assert floor.ringing(ada) == [chat]
    bo_call = rings(floor)
    refusal = floor.refused("conversation.pick", ada, conversation=bo_call)
    assert refusal.code == "capacity.beyond"
    floor.do("conversation.pick", ada, conversation=bo_call, anyway=True)
    assert floor.ringing(ada) == []


def test_an_offer_beyond_what_is_in_hand_is_asked_about(floor: Any) -> None:
    ada, bo = floor.hire("ada", capacity=25), floor.hire("bo", presence="offline")
    floor.do("workstream.create", name="Live", channels=["chat"], presences=["do_not_disturb"])
    floor.serves(ada, address="a")
    floor.do("agent.set_presence", ada, presence="available")
    chat = floor.serves(bo, address="b")
    floor.do("conversation.transfer", bo, conversation=chat, to_agent="ada")
    assert floor.refused("conversation.accept", ada, conversation=chat).code == "capacity.beyond"
    floor.do("conversation.accept", ada, conversation=chat, anyway="yes")
    assert floor.person(ada).used == 50


def test_accepting_what_was_offered_within_the_capacity_asks_nothing(floor: Any) -> None:
    ada = floor.hire("ada", capacity=50)
    talks = [floor.writes(address=f"d{n}") for n in range(2)]
    assert floor.ringing(ada) == talks
    for talk in talks:
        floor.do("conversation.accept", ada, conversation=talk)


@pytest.mark.usefixtures("on_a_call")
def test_who_is_on_a_call_answers_in_no_other_one(floor: Any, ada: Actor, bo: Actor) -> None:
    theirs = floor.serves(bo, channel="phone", address="+47 2")
    refusal = floor.refused("conversation.add", bo, conversation=theirs, agent="ada")
    assert refusal.code == "capacity.second_call"
    floor.do("conversation.consult", bo, conversation=theirs, agent="ada")
    floor.do("conversation.accept", ada, conversation=theirs)
    refusal = floor.refused("conversation.add", bo, conversation=theirs, agent="ada")
    assert refusal.code == "capacity.second_call"


def test_who_answers_in_anothers_call_is_given_and_takes_none(
    floor: Any, ada: Actor, bo: Actor
) -> None:
    floor.do("agent.set_presence", ada, presence="away")
    theirs = floor.serves(bo, channel="phone", address="+47 2")
    floor.do("agent.set_presence", ada, presence="available")
    floor.do("conversation.add", bo, conversation=theirs, agent="ada")
    floor.do("conversation.accept", ada, conversation=theirs)
    assert floor.person(ada).used == 0
    call, chat = rings(floor, "+47 3"), floor.writes()
    assert floor.ringing(ada) == []
    refusal = floor.refused("conversation.pick", ada, conversation=call, anyway=True)
    assert refusal.code == "capacity.second_call"
    assert floor.refused("conversation.pick", ada, conversation=chat).code == "capacity.beyond"
    floor.do("conversation.leave", ada, conversation=theirs)
    floor.do("conversation.pick", ada, conversation=call)


def test_escalating_leads_into_no_second_call(floor: Any, ada: Actor, on_a_call: int) -> None:
    chat = floor.serves(ada)
    refusal = floor.refused(
        "conversation.escalate",
        ada,
        conversation=chat,
        channel="phone",
        address="+47 900 12 345",
        anyway=True,
    )
    assert refusal.code == "capacity.second_call"
    option = floor.do("conversation.escalations", ada, conversation=chat)[0]
    assert (option.channel, option.allowed) == ("phone", False)
    floor.do("conversation.end", ada, conversation=on_a_call)
    given = {"conversation": chat, "channel": "phone", "address": "+47 900 12 345"}
    assert floor.refused("conversation.escalate", ada, **given).code == "capacity.beyond"
    assert floor.do("conversation.escalate", ada, **given, anyway=True).channel == "phone"


def test_escalating_takes_nobody_along_into_a_second_call(
    floor: Any, ada: Actor, bo: Actor, on_a_call: int
) -> None:
    chat = floor.serves(bo)
    floor.do("conversation.add", bo, conversation=chat, agent="ada")
    floor.do("conversation.accept", ada, conversation=chat)
    given = {"conversation": chat, "channel": "phone", "address": "+47 900 12 345"}
    refusal = floor.refused("conversation.escalate", bo, **given)
    assert refusal.code == "capacity.second_call"
    assert refusal.message.startswith("Ada Test is on Phone with Visitor 1001")


def test_undo_leads_into_no_second_call(floor: Any, ada: Actor, on_a_call: int) -> None:
    floor.do("conversation.end", ada, conversation=on_a_call)
    second = rings(floor)
    floor.do("supervisor.assign", conversation=second, agent=ada.id, anyway=True)
    refusal = floor.refused("undo.last", ada)
    assert refusal.code == "undo.changed"
    assert "on Phone with Visitor 1002" in refusal.message
    assert "on Phone with Visitor 1002" in floor.do("undo.what", ada).why_not
    floor.do("conversation.customer_left", conversation=second)
    floor.do("undo.last", ada)
    assert floor.talk(on_a_call).state is S.ACTIVE


def test_what_was_put_off_goes_to_its_queue_when_its_agent_is_on_a_call(floor: Any) -> None:
    floor.do("channel.create", key="desk", label="Desk", mode="asynchronous", exclusive=True)
    ada = floor.hire("ada")
    first = floor.serves(ada, channel="desk", address="one")
    floor.do("conversation.snooze", ada, conversation=first, until="2h")
    second = floor.serves(ada, channel="desk", address="two")
    refusal = floor.refused("conversation.unsnooze", ada, conversation=first, anyway=True)
    assert refusal.code == "capacity.second_call"
    floor.wait(2 * 3_600_000)
    assert floor.talk(first).agent_id is None
    assert floor.talk(second).agent_id == ada.id


WHO = st.integers(0, 2)
TALK = st.integers(0, 7)


class Calls(RuleBasedStateMachine):
    """Three agents, callers and chats, and everything that moves a conversation."""

    @initialize()
    def begin(self) -> None:
        self.clock = ManualClock(1_772_442_000_000)
        self.desk = Desk(Store(":memory:"), self.clock)
        must = self.desk.call
        for key, mode, cost, alone in (
            ("chat", "live", 25, False),
            ("phone", "live", 100, True),
            ("desk", "asynchronous", 40, True),
        ):
            given = {"key": key, "label": key.title(), "mode": mode, "cost": cost}
            must("channel.create", ADMINISTRATOR, **given, exclusive=alone)
        must("queue.create", ADMINISTRATOR, name="General")
        self.agents: list[Actor] = []
        for login in ("ada", "bo", "chidi"):
            made = must("agent.create", ADMINISTRATOR, login=login, name=login, capacity=200)
            self.agents.append(Actor(ActorKind.AGENT, made.id, made.name))
            must("queue.add_member", ADMINISTRATOR, queue="General", agent=login)
            must("agent.set_presence", self.agents[-1], presence="available")
        self.talks: list[int] = []

    def teardown(self) -> None:
        if hasattr(self, "desk"):
            self.desk.close()

    def attempt(self, name: str, who: int | None, talk: int | None = None, **given: Any) -> None:
        """Refusals are answers like others; anything else that is raised is a fault."""
        if talk is not None:
            if not self.talks:
                return
            given["conversation"] = self.talks[talk % len(self.talks)]
        self.desk.attempt(name, ADMINISTRATOR if who is None else self.agents[who], **given)

    @rule(channel=st.sampled_from(("chat", "phone", "desk")), number=st.integers(0, 5))
    def writes(self, channel: str, number: int) -> None:
        message = self.desk.call(
            "conversation.receive",
            ADMINISTRATOR,
            channel=channel,
            address=f"+47 900 12 3{number:02}",
            text="Hello",
        )
        if message.conversation_id not in self.talks:
            self.talks.append(message.conversation_id)

    @rule(
        who=WHO,
        talk=TALK,
        verb=st.sampled_from(("accept", "pick")),
        anyway=st.booleans(),
    )
    def takes(self, who: int, talk: int, verb: str, anyway: bool) -> None:
        self.attempt(f"conversation.{verb}", who, talk, anyway=anyway)

    @rule(
        who=WHO,
        talk=TALK,
        verb=st.sampled_from(("decline", "end", "close", "release", "leave", "end_consult")),
    )
    def lets_go(self, who: int, talk: int, verb: str) -> None:
        self.attempt(f"conversation.{verb}", who, talk)

    @rule(who=WHO, talk=TALK, to=WHO, verb=st.sampled_from(("consult", "add")))
    def asks(self, who: int, talk: int, to: int, verb: str) -> None:
        self.attempt(f"conversation.{verb}", who, talk, agent=self.agents[to].id)

    @rule(who=WHO, talk=TALK, to=WHO)
    def hands_on(self, who: int, talk: int, to: int) -> None:
        self.attempt("conversation.transfer", who, talk, to_agent=self.agents[to].id)

    @rule(talk=TALK, to=WHO)
    def assigns(self, talk: int, to: int) -> None:
        self.attempt("supervisor.assign", None, talk, agent=self.agents[to].id, anyway=True)

    @rule(who=WHO)
    def takes_all(self, who: int) -> None:
        if self.talks:
            self.attempt("bulk.pick", who, conversations=self.talks, anyway=True)

    @rule(who=WHO, talk=TALK, channel=st.sampled_from(("phone", "desk")))
    def escalates(self, who: int, talk: int, channel: str) -> None:
        given = {"channel": channel, "address": "+47 900 99 999", "anyway": True}
        self.attempt("conversation.escalate", who, talk, **given)

    @rule(who=WHO, talk=TALK)
    def puts_off(self, who: int, talk: int) -> None:
        self.attempt("conversation.snooze", who, talk, until="2h")

    @rule(who=WHO)
    def takes_back(self, who: int) -> None:
        self.attempt("undo.last", who)

    @rule(who=WHO, presence=st.sampled_from(("available", "away", "offline")))
    def chooses(self, who: int, presence: str) -> None:
        self.attempt("agent.set_presence", who, presence=presence)

    @rule(minutes=st.sampled_from((1, 3, 25, 130)))
    def waits(self, minutes: int) -> None:
        self.clock.advance(minutes * 60_000)
        self.desk.run_due()

    @invariant()
    def nobody_has_two_customers_where_one_has_them_alone(self) -> None:
        if not hasattr(self, "desk"):
            return
        held: dict[int, int] = {}
        for row in self.desk.store.rows(
            "SELECT c.agent_id FROM conversations c WHERE c.state = 'active'"
            " AND c.offered_to IS NULL AND c.channel <> 'chat' UNION ALL SELECT p.agent_id"
            " FROM participants p JOIN conversations c ON c.id = p.conversation_id"
            " WHERE p.role = 'added' AND c.state = 'active' AND c.offered_to IS NULL"
            " AND c.channel <> 'chat'"
        ):
            held[row[0]] = held.get(row[0], 0) + 1
        assert all(count == 1 for count in held.values())

    @invariant()
    def nothing_rings_where_nobody_is_to_be_asked(self) -> None:
        if hasattr(self, "desk"):
            count = self.desk.store.value(
                "SELECT count(*) FROM conversations c JOIN agents a ON a.id = c.offered_to"
                " WHERE a.presence IN ('away', 'offline')"
            )
            assert count == 0


TestCalls = Calls.TestCase
TestCalls.settings = settings(max_examples=share(40), stateful_step_count=40)
