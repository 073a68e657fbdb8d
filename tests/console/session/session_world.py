"""A desk on a real store file with people, cases and conversations, the same at every run.

A story is made once and copied for every test that begins with it.
"""

from asyncio import get_running_loop
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import Any

from omnitui.clock import ManualClock
from omnitui.desk.desk import Desk
from omnitui.desk.filling.company import fill
from omnitui.desk.opening import open_desk
from omnitui.model.actor import ADMINISTRATOR, SYSTEM, Actor, ActorKind
from omnitui.model.channel import Channel
from omnitui.model.errors import Refusal, Refused
from omnitui.model.journal import Entry
from omnitui.safetext import clean

MINUTE, HOUR, DAY = 60_000, 3_600_000, 86_400_000
NOW = int(datetime(2026, 3, 3, 14, 3, tzinfo=UTC).timestamp() * 1_000)
CONTENT = Path(__file__).parent.parent / "world"
AGENTS = {"ada": "Ada Byron", "bo": "Bo Lindqvist"}
CUSTOMER = Actor(ActorKind.CUSTOMER, name="customer")
BOT = Actor(ActorKind.BOT, name="Skerry assistant")

HOSTILE = "[/ [@click=app.bell]x[/] \x1b]0;owned\x07 [b"

TOLD = {
    "email": "kiana@example.com",
    "asked": "internet fault",
    "queue": "Internet",
    "browser": "Firefox 148",
    "os": "Linux",
    "language": "en",
    "pages": ["Home", "Router lights", "Change the wireless channel"],
    "answers": {"What is it about?": "internet fault", "Since when?": "two weeks"},
    "campaign": "spring-fibre",
}
"""What Kiana said and did before she wrote."""


class World:
    """The desk, and short ways to make things happen on it."""

    def __init__(self, path: Path, now: int = NOW - 120 * DAY) -> None:
        self.clock = ManualClock(now)
        self.desk: Desk = open_desk(path, self.clock, Random(7), basics=False)
        if not self.call("agent.list"):
            fill(self.desk, CONTENT, people=False)
            for login, name in AGENTS.items():
                self.call("agent.create", login=login, name=name)
            for queue in ("Internet", "Billing"):
                self.call("queue.create", name=queue)
        self.agents = {
            agent.login: Actor(ActorKind.AGENT, agent.id, agent.name)
            for agent in self.call("agent.list")
        }

    def call(self, name: str, actor: Actor = ADMINISTRATOR, /, **params: Any) -> Any:
        return self.desk.call(name, actor, **params)

    def ada(self, name: str, /, **params: Any) -> Any:
        return self.call(name, self.agents["ada"], **params)

    def bo(self, name: str, /, **params: Any) -> Any:
        return self.call(name, self.agents["bo"], **params)

    def until(self, at: int) -> None:
        self.clock.set(at)
        self.desk.run_due()

    def says(self, address: str, text: str, channel: str = "chat", **more: Any) -> int:
        message = self.call(
            "conversation.receive", CUSTOMER, channel=channel, address=address, text=text, **more
        )
        return int(message.conversation_id)

    def deliver(self) -> None:
        """Let the undo window pass and the courier take what waits."""
        self.until(self.clock.now() + 9_000)
        while taken := self.call("message.claim", SYSTEM, by="post", limit=1_000):
            for message in taken:
                self.call("message.sent", SYSTEM, message=message.id, by="post")

    def close(self) -> None:
        self.desk.close()


def kiana(world: World) -> int:
    """A gold customer with a past, in a live chat that a bot began; Ada has it. Its key."""
    who = world.call(
        "customer.create",
        name="Kiana Anderson",
        email="kiana@example.com",
        phone="+47 555 01 022",
        tier="gold",
        account="20417",
        city="Halden",
    ).id
    world.desk.store.update(
        "customers", who, {"plan": "Fibre 500", "device": "Router 6", "since": "2021-04-12"}
    )
    world.call("customer.update", customer=who, notes="Works from home; call after four.")
    _past(world, who)
    world.until(NOW - 11 * MINUTE)
    chat = world.says(
        "web-7781",
        "my router drops every evening around 8",
        name="Kiana Anderson",
        context=TOLD,
    )
    world.until(NOW - 10 * MINUTE)
    world.call(
        "conversation.reply",
        BOT,
        conversation=chat,
        text="Have you tried changing the wireless channel? Router 6 picks one on its own when it "
        "restarts.",
    )
    world.deliver()
    world.until(NOW - 8 * MINUTE)
    world.says("web-7781", "yes, twice, and it is still awful. please just get me a person")
    world.until(NOW - 7 * MINUTE)
    world.ada("conversation.pick", conversation=chat)
    world.until(NOW - 6 * MINUTE)
    world.ada(
        "conversation.reply",
        conversation=chat,
        text="Hi Kiana, this is Ada. I can see what you tried, so no need to repeat it.",
    )
    world.deliver()
    world.ada("conversation.note", conversation=chat, text="Third call this month, see CAS-00001.")
    world.until(NOW - 4 * MINUTE)
    world.says("web-7781", "thank you Ada, that is lovely! it dropped again ten minutes ago")
    world.until(NOW - 3 * MINUTE)
    world.ada(
        "conversation.reply",
        conversation=chat,
        text="Let me run a line test now, it takes about a minute.",
    )
    world.deliver()
    world.until(NOW - 42_000)
    world.says("web-7781", "ok, the light on the router is amber by the way")
    world.until(NOW)
    return chat


def _past(world: World, who: int) -> None:
    """Four months of a customer's life."""

    def at(days: int, hour: int, minute: int) -> None:
        world.until(NOW // DAY * DAY - days * DAY + hour * HOUR + minute * MINUTE)

    at(96, 10, 12)
    old = world.ada(
        "case.create", customer=who, title="Wi-Fi slow upstairs", origin="phone", product="Pebble"
    )
    at(95, 9, 30)
    world.ada("case.resolve", case=old.id, resolution="Sent a second Pebble", minutes=20)
    at(41, 15, 5)
    firm = world.ada(
        "case.create", customer=who, title="Firmware 2.1.3 restarts at night", origin="email"
    )
    world.ada(
        "timeline.add",
        customer=who,
        kind="mail",
        title="Sent the steps for 2.1.4",
        body="Open My Skerry, Internet, Equipment, and choose Update now.",
        case=firm.id,
    )
    at(39, 11, 0)
    world.ada("case.resolve", case=firm.id, resolution="Updated to firmware 2.1.4", minutes=15)
    at(5, 18, 40)
    world.bo(
        "timeline.add",
        customer=who,
        kind="call",
        title="Router drops, restarted it with her",
        body="Came back after four minutes. Asked her to note the times.",
    )
    at(3, 19, 55)
    case = world.bo(
        "case.create",
        customer=who,
        title="Router drops in the evenings",
        origin="phone",
        priority="high",
        product="Router 6",
        description="Every evening around 20, back after some minutes. Restarted twice.",
    )
    at(2, 9, 15)
    world.bo(
        "timeline.add",
        customer=who,
        kind="task",
        title="Order a line test",
        case=case.id,
        due_at=NOW + 3 * HOUR,
    )


def visitor(world: World) -> int:
    """Somebody nobody knows, who has an account number to tell. The conversation's key."""
    world.call("customer.create", name="Marcus Lee", email="marcus.lee@example.com", tier="silver")
    chat = world.says(
        "web-1042",
        "hello, invoice 4411 was charged twice and nobody answers, this is terrible",
        context={
            "queue": "Billing",
            "name": "Marcus Lee",
            "email": "m.lee@example.org",
            "browser": "Safari",
        },
    )
    world.ada("conversation.pick", conversation=chat)
    world.clock.advance(95_000)
    return chat


def letter(world: World) -> int:
    """A mail from somebody known, on an asynchronous channel; Ada has it. Its key."""
    world.call("customer.create", name="Marcus Lee", email="marcus.lee@example.com", tier="silver")
    mail = world.says(
        "marcus.lee@example.com",
        "Invoice 4411 was charged twice. Please look into it, see https://example.com/i/4411.",
        channel="email",
        context={"queue": "Billing", "subject": "Invoice 4411"},
    )
    world.ada("conversation.pick", conversation=mail)
    return mail


def hostile(world: World) -> int:
    """Somebody whose every word is an attack. The conversation's key."""
    # What companies are told apart by is refused where it cannot be seen; what can be is taken.
    company = str(clean(HOSTILE))
    who = world.call(
        "customer.create", name=HOSTILE, email="evil@example.com", company=company, city=HOSTILE
    ).id
    world.call("customer.update", customer=who, notes=HOSTILE)
    world.ada("timeline.add", customer=who, kind="note", title=HOSTILE, body=HOSTILE)
    world.ada(
        "case.create", customer=who, title=HOSTILE, origin="chat", description=HOSTILE,
        product=HOSTILE,
    )  # fmt: skip
    chat = world.says(
        "evil@example.com",
        HOSTILE,
        channel="email",
        context={HOSTILE: HOSTILE, "pages": [HOSTILE], "answers": {HOSTILE: HOSTILE}},
    )
    world.ada("conversation.pick", conversation=chat)
    return chat


Story = Callable[[World], int]
Begin = Callable[[Story], tuple[World, int]]
"""The fixture `begin`: opens a copy of a story."""


class WorldLink:
    """A desk in one thread of its own, as the console has it; it hands out what happened."""

    def __init__(self, world: World, login: str = "ada") -> None:
        self._world = world
        self._actor = world.agents[login]
        self._executor = ThreadPoolExecutor(max_workers=1)
        self._seq = world.desk.last_seq()
        self.called: list[str] = []

    @property
    def channels(self) -> Mapping[str, Channel]:
        return self._world.desk.channels

    def now(self) -> int:
        return self._world.clock.now()

    async def call(self, name: str, /, **params: Any) -> Any:
        self.called.append(name)
        return await self._run(lambda: self._world.desk.call(name, self._actor, **params))

    async def found(self, name: str, /, **params: Any) -> Any:
        return await self.call(name, **params)

    async def attempt(self, name: str, /, **params: Any) -> Any | Refusal:
        try:
            return await self.call(name, **params)
        except Refused as refused:
            return refused.refusal

    async def entries(self) -> list[Entry]:
        """What has happened since this was last asked."""
        found: list[Entry] = await self._run(lambda: self._world.desk.follow(self._seq))
        if found:
            self._seq = found[-1].seq
        return found

    async def _run(self, work: Any) -> Any:
        return await get_running_loop().run_in_executor(self._executor, work)

    def close(self) -> None:
        self._executor.shutdown()
