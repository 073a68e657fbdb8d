"""A customer asks for an agent by name: it rings at them before anybody else."""

from typing import Any

import pytest

from omnitui.clock import ManualClock
from omnitui.desk.desk import Desk
from omnitui.model.actor import ADMINISTRATOR, Actor, ActorKind
from omnitui.model.errors import Refused

CUSTOMER = Actor(ActorKind.CUSTOMER, name="customer")


class Floor:
    """Bo and Chidi work the queue; Dee works none and has no skill."""

    def __init__(self, desk: Desk, clock: ManualClock) -> None:
        self.desk, self.clock = desk, clock
        self.agents: dict[str, Actor] = {}
        for login in ("bo", "chidi", "dee"):
            made = self.do("agent.create", login=login, name=login.title(), capacity=100)
            self.agents[login] = Actor(ActorKind.AGENT, made.id, made.name)
            self.do("agent.set_presence", self.agents[login], presence="available")
        for login in ("bo", "chidi"):
            self.do("queue.add_member", queue="General", agent=login)

    def do(self, command: str, by: Actor = ADMINISTRATOR, **given: Any) -> Any:
        return self.desk.call(command, by, **given)

    def asks(self, agent: str | None, channel: str = "chat", who: str = "kiana") -> Any:
        got = self.do(
            "conversation.receive",
            CUSTOMER,
            channel=channel,
            address=f"{who}@example.com",
            text="hello",
            agent=agent,
        )
        return self.row(got.conversation_id)

    def row(self, conversation: int) -> Any:
        return self.do("conversation.get", conversation=conversation)

    def id(self, login: str) -> int:
        found = self.agents[login].id
        assert found is not None
        return found

    def goes(self, login: str, presence: str) -> None:
        self.do("agent.set_presence", self.agents[login], presence=presence)


@pytest.fixture
def floor(desk: Desk, clock: ManualClock) -> Floor:
    return Floor(desk, clock)


@pytest.mark.parametrize("login", ["bo", "chidi", "dee"])
@pytest.mark.parametrize("channel", ["chat", "email", "phone"])
def test_it_rings_at_whom_they_ask_for_and_says_why(floor: Floor, login: str, channel: str) -> None:
    row = floor.asks(login, channel)
    assert row.offered_to == floor.id(login)
    assert f"asked for {login.title()}" in row.routing
    told = floor.do("routing.explain", conversation=row.id).sentence
    assert f"asked for {login.title()}" in told


@pytest.mark.parametrize("presence", ["away", "offline", "do_not_disturb"])
def test_who_is_not_there_is_not_waited_for(floor: Floor, presence: str) -> None:
    floor.goes("dee", presence)
    assert floor.asks("dee").offered_to in (floor.id("bo"), floor.id("chidi"))


def test_an_offer_that_they_let_pass_goes_the_ordinary_way_and_stays_there(floor: Floor) -> None:
    row = floor.asks("dee")
    floor.do("conversation.decline", floor.agents["dee"], conversation=row.id)
    after = floor.row(row.id)
    assert after.offered_to in (floor.id("bo"), floor.id("chidi"))
    for login in ("bo", "chidi"):
        floor.goes(login, "offline")
    again = floor.asks("dee")
    assert again.id == row.id
    assert again.offered_to is None


def test_it_may_go_beyond_their_capacity_and_they_are_asked_first(floor: Floor) -> None:
    dee = floor.agents["dee"]
    for number in range(4):
        row = floor.asks("dee", who=f"customer{number}")
        floor.do("conversation.accept", dee, conversation=row.id)
    fifth = floor.asks("dee")
    assert fifth.offered_to == floor.id("dee")
    with pytest.raises(Refused) as refused:
        floor.do("conversation.accept", dee, conversation=fifth.id)
    assert refused.value.refusal.code == "capacity.beyond"
    floor.do("conversation.accept", dee, conversation=fifth.id, anyway=True)
    assert floor.row(fifth.id).agent_id == floor.id("dee")


@pytest.mark.parametrize(
    ("first", "second"), [("phone", "phone"), ("phone", "chat"), ("chat", "phone")]
)
def test_never_beside_a_call(floor: Floor, first: str, second: str) -> None:
    row = floor.asks("dee", first, "one")
    floor.do("conversation.accept", floor.agents["dee"], conversation=row.id)
    assert second not in floor.do("routing.reachable", agent="dee")
    assert floor.asks("dee", second, "two").offered_to in (floor.id("bo"), floor.id("chidi"))


def test_nobody_of_that_name_is_refused_and_nothing_is_kept(floor: Floor) -> None:
    with pytest.raises(Refused, match="nobody-here"):
        floor.asks("nobody-here")
    assert floor.do("conversation.list") == []


def test_what_is_with_somebody_stays_with_them(floor: Floor) -> None:
    row = floor.asks("bo")
    floor.do("conversation.accept", floor.agents["bo"], conversation=row.id)
    again = floor.asks("dee")
    assert (again.id, again.agent_id, again.offered_to) == (row.id, floor.id("bo"), None)
