"""A shift at its liveliest, the same at every run: what snapshots, journeys and pictures show.

A `World` is a desk on a store file and short ways to make things happen on it. `shift` fills one
with an afternoon; `app` opens the console on it.
"""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import Any

from omnitui.clock import ManualClock
from omnitui.console.app import OmniApp
from omnitui.console.desk_link import DeskLink
from omnitui.console.preferences import Preferences
from omnitui.console.sign_in import sign_in
from omnitui.desk.desk import Desk
from omnitui.desk.filling.company import fill
from omnitui.desk.opening import open_desk
from omnitui.model.actor import ADMINISTRATOR, SYSTEM, Actor, ActorKind
from omnitui.store.engine import Store

SECOND, MINUTE, HOUR, DAY = 1_000, 60_000, 3_600_000, 86_400_000
NOW = int(datetime(2026, 3, 3, 14, 3, tzinfo=UTC).timestamp() * 1_000)
CUSTOMER = Actor(ActorKind.CUSTOMER, name="customer")
BOT = Actor(ActorKind.BOT, name="Skerry assistant")
CONTENT = Path(__file__).parent / "world"
"""A small set of channels, articles and replies that no one but these tests changes."""

QUEUES = ("Internet", "Billing", "Mobile & TV", "Smart Home")
AGENTS = {"ada": "Ada Byron", "bo": "Bo Lindqvist", "chidi": "Chidi Okafor", "elin": "Elin Haugen"}


class World:
    """See the module. `content` is the data folder that articles and replies come from."""

    def __init__(self, path: Path, content: Path | None = CONTENT) -> None:
        self.path = path
        self.keys: dict[str, int] = {}
        self._story: list[tuple[int, Callable[[], Any]]] = []
        self.clock = ManualClock(NOW - 120 * DAY)
        self.desk = open_desk(path, self.clock, Random(7), basics=False)
        fill(self.desk, content, people=False)
        self.agents: dict[str, Actor] = {}
        for queue in QUEUES:
            self.call("queue.create", name=queue)
        for login, name in AGENTS.items():
            made = self.call("agent.create", login=login, name=name)
            self.agents[login] = Actor(ActorKind.AGENT, made.id, made.name)
            for queue in QUEUES:
                self.call("queue.add_member", queue=queue, agent=login)

    def copy(self, path: Path) -> "World":
        """The same world on a store of its own."""
        self.desk.store.backup(path)
        twin = World.__new__(World)
        twin.path, twin.keys, twin.agents = path, dict(self.keys), dict(self.agents)
        twin.clock = ManualClock(self.clock.now())
        twin.desk = Desk(Store(path), twin.clock, Random(7))
        twin._story = []
        return twin

    def call(self, name: str, actor: Actor = ADMINISTRATOR, /, **params: Any) -> Any:
        return self.desk.call(name, actor, **params)

    def by(self, login: str, name: str, /, **params: Any) -> Any:
        return self.call(name, self.agents[login], **params)

    def ada(self, name: str, /, **params: Any) -> Any:
        return self.by("ada", name, **params)

    def until(self, at: int) -> None:
        """Move to a time; what falls due on the way happens, and replies arrive."""
        self.clock.set(at)
        self.desk.run_due()
        while taken := self.call("message.claim", SYSTEM, by="post", limit=1_000):
            for message in taken:
                self.call("message.sent", SYSTEM, message=message.id, by="post")

    def says(self, address: str, text: str, channel: str = "chat", **more: Any) -> int:
        """A customer writes; the key of the conversation it went to."""
        message = self.call(
            "conversation.receive", CUSTOMER, channel=channel, address=address, text=text, **more
        )
        return int(message.conversation_id)

    def at(self, ago: float, happens: Callable[[], Any]) -> None:
        """Let something happen `ago` minutes before NOW, once `play` is called."""
        self._story.append((NOW - int(ago * MINUTE), happens))

    def meets(
        self, login: str, ago: float, address: str, text: str, channel: str = "chat", **context: Any
    ) -> None:
        """A customer writes and, soon after, an agent takes it; known by its address later."""
        name = context.pop("name", "")

        def write() -> None:
            self.keys[address] = self.says(address, text, channel, name=name, context=context)

        self.at(ago, write)
        if login:
            self.at(ago - 0.4, lambda: self.by(login, "conversation.pick", **self._named(address)))

    def adds(self, ago: float, address: str, text: str, channel: str = "chat") -> None:
        """The customer writes again."""
        self.at(ago, lambda: self.says(address, text, channel))

    def does(self, login: str, ago: float, address: str, verb: str, **params: Any) -> None:
        """An agent does something with the conversation of an address."""
        self.at(
            ago,
            lambda: self.by(login, f"conversation.{verb}", **self._named(address), **params),
        )

    def _named(self, address: str) -> dict[str, int]:
        return {"conversation": self.keys[address]}

    def play(self) -> None:
        """Let everything happen, in its order."""
        for at, happens in sorted(self._story, key=lambda each: each[0]):
            self.until(at)
            happens()
        self._story.clear()
        self.until(NOW)

    def app(self, login: str = "ada", **options: Any) -> OmniApp:
        """The console for an agent, on a connection of its own."""
        signed_in = sign_in(self.desk, login)
        assert signed_in is not None
        link = DeskLink(lambda: Desk(Store(self.path), self.clock, Random(1)), self.clock)
        link.sign_in(signed_in.actor)
        preferences = options.pop("preferences", None) or Preferences()
        return OmniApp(link, UTC, preferences, **options)

    def close(self) -> None:
        self.desk.close()


KIANA, MARCUS, BJORN = "web-7781", "marcus.lee@example.com", "+47 555 01 077"
GRETE, PRIYA = "web-2077", "priya.patel"


def shift(world: World) -> None:
    """An afternoon: five sessions of Ada's, three of colleagues', five that nobody has, four done.

    Ada has no room for any of the five.
    """
    _kiana_before(world)
    _customer(world, "Marcus Lee", "silver", "31190")
    _customer(world, "Bjørn Sørensen-Dahl", "bronze", "40022", language="nb", sms=BJORN)
    _customer(world, "Grete Hansen", "gold", "18874", language="nb")
    _customer(world, "Priya Patel", "platinum", "50213", facebook=PRIYA)
    for story in (_done, _marcus, _grete, _bjorn, _priya, _colleagues, _nobody, _kiana_now):
        story(world)
    world.play()
    order = [world.keys[address] for address in (KIANA, MARCUS, BJORN, GRETE, PRIYA)]
    world.ada("session.move", order=order)
    world.ada("session.focus")
    world.ada("console.enter")


def ringing(world: World) -> None:
    """Two of Ada's conversations are over, and what waited longest rings at her instead."""
    world.ada("session.focus", conversation=world.keys[KIANA])
    world.ada("conversation.end", conversation=world.keys[PRIYA])
    for address in (GRETE, PRIYA):
        world.ada("conversation.close", conversation=world.keys[address], disposition="Solved")
    world.until(world.clock.now() + 35 * SECOND)


def _customer(
    world: World, name: str, tier: str, account: str, language: str = "en", **addresses: str
) -> None:
    first, _, last = name.lower().replace("ø", "o").replace("-", "").partition(" ")
    made = world.call(
        "customer.create",
        name=name,
        email=f"{first}.{last}@example.com",
        tier=tier,
        account=account,
        language=language,
        city="Northlea",
    )
    for channel, address in addresses.items():
        world.call("customer.add_address", customer=made.id, channel=channel, address=address)


def _kiana_before(world: World) -> None:
    who = int(
        world.call(
            "customer.create",
            name="Kiana Anderson",
            email="kiana@example.com",
            phone="+47 555 01 022",
            tier="gold",
            account="20417",
            city="Halden",
        ).id
    )
    world.desk.store.update(
        "customers", who, {"plan": "Fibre 500", "device": "Router 6", "since": "2021-04-12"}
    )
    for days, title, product in (
        (96, "Wi-Fi slow upstairs", "Pebble"),
        (41, "Firmware 2.1.3 restarts at night", "Router 6"),
    ):
        world.until(_past(days, 10, 12))
        case = world.ada("case.create", customer=who, title=title, origin="phone", product=product)
        world.until(_past(days - 1, 11, 40))
        world.ada("case.resolve", case=case.id, resolution="Solved with new software", minutes=20)
    world.until(_past(5, 18, 40))
    world.by(
        "bo",
        "timeline.add",
        customer=who,
        kind="call",
        title="Router drops, restarted it with her",
        body="Came back after four minutes. Asked her to note the times.",
    )
    world.until(_past(3, 19, 55))
    world.by(
        "bo",
        "case.create",
        customer=who,
        title="Router drops in the evenings",
        origin="phone",
        priority="high",
        product="Router 6",
        description="Every evening around 20, back after some minutes. Restarted twice.",
    )


def _past(days: int, hour: int, minute: int) -> int:
    return NOW // DAY * DAY - days * DAY + hour * HOUR + minute * MINUTE


def _done(world: World) -> None:
    for number, (ago, name, text, how) in enumerate(
        (
            (240, "Tom Baker", "is 5G Home available in Kelby", "Sold"),
            (205, "Anne-Marie Lund", "the red light on the ONT-2 is on", "Technician booked"),
            (150, "Olav Strand", "the Lantern keeps asking for the PIN", "Solved"),
            (96, "Ingrid Nygård", "når kommer fakturaen?", "Solved"),
        )
    ):
        address = f"web-{number}"
        world.meets("ada", ago, address, text, name=name, queue=QUEUES[number])
        world.does("ada", ago - 2, address, "reply", text="Let me look that up for you.")
        world.does("ada", ago - 12, address, "end")
        world.does("ada", ago - 13, address, "close", disposition=how)


def _marcus(world: World) -> None:
    world.meets(
        "ada",
        75,
        MARCUS,
        "Hello,\n\ninvoice 4411 was charged twice on 1 March. Please look into it.\n\nMarcus Lee",
        "email",
        name="Marcus Lee",
        subject="Invoice 4411 charged twice",
        queue="Billing",
    )
    said = "Hello Marcus,\n\nI see both charges and have asked our bank."
    world.does("ada", 60, MARCUS, "reply", text=said)
    again = "That is what you said last month. This is terrible, I want my money back today!"
    world.adds(12, MARCUS, again, "email")


def _grete(world: World) -> None:
    world.meets(
        "ada",
        48,
        GRETE,
        "dørklokka er frakoblet siden i morges",
        name="Grete Hansen",
        email="grete.hansen@example.com",
        queue="Smart Home",
        language="nb",
    )
    said = "Prøv å holde knappen inne i ti sekunder, så kobler den seg til."
    world.does("ada", 45, GRETE, "reply", text=said)
    world.adds(38, GRETE, "takk, nå virker det igjen! supert")
    world.does("ada", 5, GRETE, "end")


def _bjorn(world: World) -> None:
    world.meets(
        "ada",
        31,
        BJORN,
        "hei, kan dere flytte fibertimen min til fredag?",
        "sms",
        name="Bjørn Sørensen-Dahl",
        email="bjorn.sorensendahl@example.com",
        queue="Internet",
        language="nb",
    )
    said = "Hei Bjørn, fredag kl. 12 er ledig. Passer det?"
    world.does("ada", 29, BJORN, "reply", text=said)


def _priya(world: World) -> None:
    world.meets(
        "ada",
        9,
        PRIYA,
        "Do the Limpet plugs work with Matter now? I love the new app by the way",
        "facebook",
        name="Priya Patel",
        email="priya.patel@example.com",
        queue="Smart Home",
    )
    said = "They do, from firmware 3.2 on. Shall I send you the steps?"
    world.does("ada", 7, PRIYA, "reply", text=said)
    world.adds(2.5, PRIYA, "yes please, that would be great", "facebook")


def _colleagues(world: World) -> None:
    for login, ago, address, text, channel, queue in (
        ("bo", 26, "web-311", "speed test says 40 Mbit, I pay for 500", "chat", "Internet"),
        ("chidi", 22, "nils@example.net", "Change my due date to the 25th", "email", "Billing"),
        ("elin", 16, "+47 555 01 093", "(call) moves house on 1 April", "phone", "Billing"),
    ):
        world.meets(login, ago, address, text, channel, queue=queue)
        if login != "chidi":
            said = "One moment, I am looking at your line."
            world.does(login, ago - 2, address, "reply", text=said)


def _nobody(world: World) -> None:
    for ago, address, text, queue in (
        (6.2, "web-401", "my tv has been black since this morning", "Mobile & TV"),
        (4.6, "web-402", "ルーターが毎晩落ちます、助けてください 🙏", "Internet"),
        (3.1, "web-403", "how do I port my number to you", "Mobile & TV"),
        (2.2, "web-404", "this is the third time I ask: where is my technician?!", "Internet"),
        (1.4, "web-405", "can I get the student discount", "Billing"),
    ):
        world.meets("", ago, address, text, queue=queue)


def _kiana_now(world: World) -> None:
    world.meets(
        "",
        5.2,
        KIANA,
        "my router drops every evening around 8",
        name="Kiana Anderson",
        email="kiana@example.com",
        asked="internet fault",
        queue="Internet",
        browser="Firefox 148",
        os="Linux",
        language="en",
        pages=["Home", "Router 6 lights", "Change the wireless channel"],
        answers={"What is it about?": "internet fault", "Since when?": "two weeks"},
    )
    tried = "Have you tried changing the wireless channel? Router 6 picks one when it restarts."
    world.at(
        4.9,
        lambda: world.call("conversation.reply", BOT, conversation=world.keys[KIANA], text=tried),
    )
    world.adds(3.4, KIANA, "yes, twice, and it is still awful. please just get me a person")
    world.does("ada", 3.2, KIANA, "pick")
    hello = "Hi Kiana, this is Ada. I can see what you tried, so there is no need to repeat it."
    world.does("ada", 2.6, KIANA, "reply", text=hello)
    world.does("ada", 2.2, KIANA, "note", text="Third call this month, see CAS-00001.")
    thanks = "thank you! it dropped again, and the light on it is amber by the way"
    world.adds(0.7, KIANA, thanks)


Prepared = Callable[[World], None]
"""Brings a new world to where it is looked at."""


def first_day(world: World) -> None:
    """Ada's first minute: nobody has written yet."""
    world.until(NOW)
    world.ada("console.enter")


def afternoon(world: World) -> None:
    """The shift, seen from Home."""
    shift(world)


def in_session(world: World) -> None:
    """The shift, with Kiana's session in front."""
    shift(world)
    world.ada("session.focus", conversation=world.keys[KIANA])


def rung(world: World) -> None:
    """The shift, with offers ringing while Kiana's session is in front."""
    shift(world)
    ringing(world)
