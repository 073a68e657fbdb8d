"""A customer of a demo who asks for whoever sits at the console."""

from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

import pytest

from omnitui.clock import ManualClock
from omnitui.desk.desk import Desk
from omnitui.model.actor import ADMINISTRATOR, SYSTEM, Actor, ActorKind
from omnitui.store.engine import Store
from omnitui.training.feed import Feed
from omnitui.training.scenario import load, names

START = 1_772_442_000_000
MINUTE = 60_000
FOUR = ("web", "chat", "phone", "email")


@pytest.fixture
def desk(settle_in: Callable[[Desk], None], store_path: Path) -> Iterator[Desk]:
    desk = Desk(Store(store_path), ManualClock(START))
    settle_in(desk)
    desk.call("agent.create", ADMINISTRATOR, login="zoe", name="Zoe Quist", capacity=100)
    yield desk
    desk.close()


class Sitting:
    """Somebody at the console who takes what rings, answers, and tidies up what is over."""

    def __init__(self, desk: Desk, login: str) -> None:
        agent = desk.call("agent.get", SYSTEM, agent=login)
        self.desk, self.login = desk, login
        self.me = Actor(ActorKind.AGENT, agent.id, agent.name)
        self.rang: list[tuple[str, str, str]] = []
        self.answers = True
        self.seen = 0
        desk.call("agent.set_presence", self.me, presence="available")

    def work(self) -> None:
        if self.desk.last_seq() == self.seen:
            return  # nothing has happened: there is nothing to do, either
        self.seen = self.desk.last_seq()
        for row in self.desk.call("conversation.offers", self.me):
            self.rang.append((row.channel, row.name, row.routing))
            # A person is asked before they go beyond their capacity.
            self.desk.call("conversation.accept", self.me, conversation=row.id, anyway=True)
        for row in self.desk.call("conversation.list", SYSTEM, limit=200):
            if row.agent_id != self.me.id:
                continue
            if row.state == "wrap_up":
                self.desk.call("conversation.close", self.me, conversation=row.id)
            elif row.state == "active" and row.waiting_since is not None and self.answers:
                self.desk.call(
                    "conversation.reply",
                    self.me,
                    conversation=row.id,
                    text="Hello, please update to 2.1.4; I will do a line test.",
                )

    def run(self, scenario: str, minutes: int) -> None:
        self.go_on(self.begin(scenario), minutes)

    def begin(self, scenario: str, seed: int = 3) -> Feed:
        found = load(scenario)
        others = [login for login in ("ada", "bo", "chidi") if login != self.login]
        return Feed(
            self.desk,
            found,
            Random(seed),
            agents=others[: found.colleagues],
            human=self.login,
            seed=seed,
        )

    def go_on(self, feed: Feed, minutes: int) -> None:
        clock = self.desk.clock
        assert isinstance(clock, ManualClock)
        until = clock.now() + minutes * MINUTE
        while clock.now() < until:
            due = feed.step()
            self.work()
            clock.set(min(until, max(clock.now() + 1, min(due or until, clock.now() + 1_000))))


@pytest.mark.parametrize("login", ["ada", "hugo", "zoe"])
@pytest.mark.parametrize("answers", [True, False])
def test_she_comes_to_whoever_sits_there_on_each_of_the_four_channels(
    desk: Desk, login: str, answers: bool
) -> None:
    sitting = Sitting(desk, login)
    sitting.answers = answers
    sitting.run("one-customer-four-channels", 60)
    hers = [(channel, why) for channel, name, why in sitting.rang if name == "Kiana Anderson"]
    assert tuple(channel for channel, _ in hers) == FOUR
    first_name = sitting.me.name.split()[0]
    assert {why for _, why in hers} == {f"Kiana Anderson asked for {first_name}."}


@pytest.mark.parametrize("login", ["hugo", "zoe"])
@pytest.mark.parametrize("scenario", names())
def test_the_first_customer_of_any_demo_is_theirs_whatever_their_queues(
    desk: Desk, login: str, scenario: str
) -> None:
    sitting = Sitting(desk, login)
    clock = desk.clock
    sitting.run(scenario, 1)
    assert sitting.rang, f"nobody rang by {clock.now() - START} ms"
    assert "asked for" in sitting.rang[0][2]


def test_a_call_waits_for_who_has_live_work_in_hand(desk: Desk) -> None:
    """She calls when it can ring: a call beside a chat would go to somebody else."""
    sitting = Sitting(desk, "zoe")
    talk = desk.call(
        "conversation.receive", SYSTEM, channel="chat", address="web-9", text="hello", agent="zoe"
    )
    sitting.work()
    assert "phone" not in desk.call("routing.reachable", SYSTEM, agent="zoe")
    assert "chat" in desk.call("routing.reachable", SYSTEM, agent="zoe")

    def hers() -> list[str]:
        return [channel for channel, name, _ in sitting.rang if name == "Kiana Anderson"]

    feed = sitting.begin("one-customer-four-channels")
    sitting.go_on(feed, 10)
    assert hers() == ["web", "chat"]
    desk.call("conversation.customer_left", SYSTEM, conversation=talk.conversation_id)
    sitting.work()
    sitting.go_on(feed, 10)
    assert hers()[:3] == ["web", "chat", "phone"]
