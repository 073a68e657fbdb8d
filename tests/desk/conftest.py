"""A small company at work, for the tests of this folder: four channels, one queue, and whoever a
test hires. Costs are written here, so that no test depends on the data that ships."""

import shutil
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from random import Random
from typing import Any

import pytest

from omnitui.clock import ManualClock
from omnitui.desk.desk import Desk
from omnitui.model.actor import ADMINISTRATOR, Actor, ActorKind
from omnitui.model.agent import Agent, Presence
from omnitui.model.conversation import Conversation, Message, MessageKind
from omnitui.model.errors import Refusal, Refused
from omnitui.model.journal import Entry
from omnitui.store.engine import Store
from shipped import like

START = 1_772_442_000_000
SECOND, MINUTE, DAY = 1_000, 60_000, 86_400_000
CHANNELS = (
    ("chat", "Live chat", "live", 25, False),
    ("email", "E-mail", "asynchronous", 15, False),
    ("phone", "Phone", "live", 100, True),
    ("sms", "SMS", "asynchronous", 20, False),
)


class Floor:
    """A desk with the hands that a test needs; every refusal is checked to have changed nothing."""

    def __init__(self, path: Path, clock: ManualClock) -> None:
        self.path, self.clock = path, clock
        self.desk = Desk(Store(path), clock, Random(1))

    @cached_property
    def watcher(self) -> Store:
        """Another connection, which sees what is committed."""
        return Store(self.path)

    def do(self, name: str, by: Actor = ADMINISTRATOR, /, **given: Any) -> Any:
        return self.desk.call(name, by, **given)

    def refused(self, name: str, by: Actor = ADMINISTRATOR, /, **given: Any) -> Refusal:
        before = (self.desk.last_seq(), self.watcher.data_version())
        with pytest.raises(Refused) as caught:
            self.desk.call(name, by, **given)
        assert (self.desk.last_seq(), self.watcher.data_version()) == before
        assert not self.desk.store.connection.in_transaction
        refusal = caught.value.refusal
        assert refusal.message.endswith(".")
        assert len(refusal.message) < 400
        return refusal

    def hire(
        self,
        login: str,
        *,
        capacity: int = 100,
        presence: str = "available",
        queue: str | None = "General",
    ) -> Actor:
        made = self.do("agent.create", login=login, name=f"{login.title()} Test", capacity=capacity)
        actor = Actor(ActorKind.AGENT, made.id, made.name)
        if queue:
            self.do("queue.add_member", queue=queue, agent=login)
        if presence != "offline":
            self.prepares("agent.set_presence", actor, presence=presence)
        return actor

    def prepares(self, name: str, by: Actor, /, **given: Any) -> None:
        """An agent does what a test begins with, which is nothing that is to be undone there."""
        first = self.desk.store.next_key("undo")
        self.do(name, by, **given)
        self.desk.store.execute("DELETE FROM undo WHERE id >= ?", (first,))

    def writes(
        self, text: str = "Hello", *, channel: str = "chat", address: str = "dev-1", **more: Any
    ) -> int:
        """A customer writes; returns the conversation's key."""
        message = self.do(
            "conversation.receive", channel=channel, address=address, text=text, **more
        )
        assert isinstance(message, Message)
        return message.conversation_id

    def serves(self, agent: Actor, **given: Any) -> int:
        """A customer writes and `agent` picks it; returns the conversation's key."""
        talk = self.writes(**given)
        self.prepares("conversation.pick", agent, conversation=talk, anyway=True)
        return talk

    def talk(self, key: int) -> Conversation:
        found = self.do("conversation.get", conversation=key)
        assert isinstance(found, Conversation)
        return found

    def person(self, actor: Actor) -> Agent:
        found = self.do("agent.get", agent=actor.id)
        assert isinstance(found, Agent)
        return found

    def presence(self, actor: Actor) -> Presence:
        return self.person(actor).presence

    def lines(self, key: int, kind: MessageKind = MessageKind.MESSAGE) -> list[str]:
        found = self.do("conversation.messages", conversation=key, limit=1_000)
        return [message.text for message in found if message.kind is kind]

    def ringing(self, actor: Actor) -> list[int]:
        return [offer.id for offer in self.do("conversation.offers", actor)]

    def takes(self, by: str = "post", **given: Any) -> list[int]:
        """A courier claims what can leave; the keys of what it got."""
        given = {"limit": 1_000, **given}
        return [message.id for message in self.do("message.claim", by=by, **given)]

    def fares(self, message: int, error: str = "", by: str = "post", **given: Any) -> Message:
        """A courier says what became of a reply: it arrived, or did not for some reason."""
        if error:
            given["error"] = error
        verb = "failed" if error else "sent"
        told = self.do(f"message.{verb}", message=message, by=by, **given)
        assert isinstance(told, Message)
        return told

    def wait(self, ms: int) -> int:
        """Time passes, and what became due is carried out."""
        self.clock.advance(ms)
        return self.desk.run_due()

    def entries(self, since: int = 0, kind: str = "") -> list[Entry]:
        found = self.desk.follow(since, 10_000)
        return [entry for entry in found if entry.kind.startswith(kind)]

    def reopen(self) -> None:
        """The program ends without a word, and another one begins on the same file."""
        self.desk = Desk(Store(self.path), self.clock, Random(1))

    def close(self) -> None:
        self.desk.close()
        if "watcher" in vars(self):
            self.watcher.close()


@pytest.fixture(scope="session")
def empty_floor(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("floor") / "floor.db"
    desk = Desk(Store(path), ManualClock(START), Random(1))
    for key, label, mode, cost, exclusive in CHANNELS:
        desk.call(
            "channel.create",
            ADMINISTRATOR,
            key=key,
            label=label,
            mode=mode,
            cost=cost,
            exclusive=exclusive,
            **like(key),
        )
    desk.call("queue.create", ADMINISTRATOR, name="General")
    desk.close()
    return path


@pytest.fixture
def floor(empty_floor: Path, tmp_path: Path) -> Iterator[Floor]:
    path = tmp_path / "floor.db"
    shutil.copyfile(empty_floor, path)
    floor = Floor(path, ManualClock(START))
    yield floor
    floor.close()


@pytest.fixture
def ada(floor: Floor) -> Actor:
    return floor.hire("ada")


@pytest.fixture(scope="module")
def one_floor(empty_floor: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Floor]:
    """One floor for all examples of a property, which find nobody at work."""
    path = tmp_path_factory.mktemp("one") / "floor.db"
    shutil.copyfile(empty_floor, path)
    floor = Floor(path, ManualClock(START))
    yield floor
    floor.close()
