"""Outboxes on one real file, with threads and processes as they are at work."""

import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from random import Random
from typing import Any

import pytest

from omnitui.channels import outbox as outboxes
from omnitui.channels.base import Courier, DeliveryFailed, DeliveryUncertain
from omnitui.channels.outbox import Outbox, fixed
from omnitui.channels.table import Table, build
from omnitui.clock import ManualClock
from omnitui.desk.desk import Desk
from omnitui.model.actor import ADMINISTRATOR, SYSTEM, Actor, ActorKind
from omnitui.model.conversation import Conversation, Delivery, Message
from omnitui.model.courier import CourierConfig
from omnitui.store.engine import Store

LEASE = 120_000


class Counting:
    """Remembers everything it is given, whoever gives it; some attempts go wrong."""

    def __init__(self, *, idempotent: bool = True, wrong: dict[int, Exception] | None = None):
        self.idempotent = idempotent
        self.took: list[str] = []
        self.attempts = 0
        self.closed = False
        self._wrong = wrong or {}
        self._lock = threading.Lock()

    def deliver(self, message: Message, conversation: Conversation) -> None:
        with self._lock:
            self.attempts += 1
            wrong = self._wrong.get(self.attempts)
        if wrong is None or isinstance(wrong, DeliveryUncertain):
            with self._lock:
                self.took.append(message.text)
        if wrong is not None:
            raise wrong

    def close(self) -> None:
        self.closed = True


class Hanging(Counting):
    """Does not come back before it is told to."""

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        self.began, self.go = threading.Event(), threading.Event()

    def deliver(self, message: Message, conversation: Conversation) -> None:
        self.began.set()
        assert self.go.wait(20)
        super().deliver(message, conversation)


def until(happens: Callable[[], Any], seconds: float = 20.0) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if happens():
            return True
        time.sleep(0.005)
    return False


class Office:
    """A desk on a file, replies that are ready to leave, and outboxes beside it."""

    def __init__(self, desk: Desk, path: Path, clock: ManualClock, agent: Actor) -> None:
        self.desk, self.path, self.clock, self.agent = desk, path, clock, agent
        self.running: list[Outbox] = []
        self._customer = Actor(ActorKind.CUSTOMER, name="Kim")

    def says(self, *texts: str, channel: str = "chat", address: str = "kim") -> list[int]:
        """Replies in one conversation, whose undo window is over."""
        came = self.desk.call(
            "conversation.receive", self._customer, channel=channel, address=address, text="Hello?"
        )
        talk = came.conversation_id
        found = self.desk.call("conversation.get", SYSTEM, conversation=talk)
        if found.agent_id is None:
            self.desk.call("conversation.pick", self.agent, conversation=talk)
        made = [
            self.desk.call("conversation.reply", self.agent, conversation=talk, text=text).id
            for text in texts
        ]
        self.passes(8_000)
        return made

    def passes(self, ms: int) -> None:
        self.clock.advance(ms)
        self.desk.run_due()

    def open(self) -> Desk:
        return Desk(Store(self.path), self.clock, Random(3))

    def runs(self, couriers: dict[str, Courier] | None = None, build: Any = None) -> Outbox:
        outbox = Outbox(self.open, build or fixed(couriers or {}))
        outbox.start()
        self.running.append(outbox)
        return outbox

    def delivery(self, message: int) -> Delivery:
        return Delivery(
            self.desk.store.value("SELECT delivery FROM messages WHERE id = ?", (message,))
        )

    def settled(self, messages: list[int], delivery: Delivery = Delivery.SENT) -> bool:
        return all(self.delivery(one) is delivery for one in messages)

    def by(self, channel: str) -> tuple[str, ...]:
        found = self.desk.call("courier.list", SYSTEM)
        return next(tuple(one.by) for one in found if one.channel == channel)


@pytest.fixture
def office(desk: Desk, store_path: Path, clock: ManualClock, agent: Actor) -> Iterator[Office]:
    made = Office(desk, store_path, clock, agent)
    yield made
    for outbox in made.running:
        outbox.stop()


def test_replies_leave_in_their_order_and_it_is_told_who_delivers(office: Office) -> None:
    courier = Counting()
    outbox = office.runs({"chat": courier})
    assert until(lambda: office.by("chat") == (outbox.name,))
    texts = [str(number) for number in range(20)]
    made = office.says(*texts)
    assert until(lambda: office.settled(made))
    assert courier.took == texts
    outbox.stop()
    assert office.by("chat") == ()
    assert courier.closed


def test_several_outboxes_deliver_each_reply_once(office: Office) -> None:
    courier = Counting(
        wrong={3: DeliveryFailed("no"), 9: DeliveryFailed("no"), 14: DeliveryFailed("no")}
    )
    outboxes = [office.runs({"chat": courier, "sms": courier}) for _ in range(3)]
    made: list[int] = []
    for number in range(6):
        for channel in ("chat", "sms"):
            made += office.says(
                f"{channel} {number} a", f"{channel} {number} b", channel=channel, address=channel
            )

    def all_there() -> bool:
        office.passes(1_000)
        return office.settled(made)

    assert until(all_there)
    assert Counter(courier.took).most_common(1)[0][1] == 1
    assert len(courier.took) == 24
    for channel in ("chat", "sms"):
        told = [text for text in courier.took if text.startswith(channel)]
        assert told == sorted(told)
    assert [outbox.trouble for outbox in outboxes] == [None] * 3


def test_a_courier_that_hangs_holds_up_its_channel_only(office: Office) -> None:
    hanging, other = Hanging(), Counting()
    office.runs({"chat": hanging, "sms": other})
    (stuck,) = office.says("stuck")
    assert hanging.began.wait(20)
    assert office.delivery(stuck) is Delivery.SENDING
    began = time.monotonic()
    more = office.says("later")
    sms = office.says("there", channel="sms", address="+47 555 01 022")
    assert until(lambda: office.settled(sms))
    # The desk was free all the while: nobody held the store's lock.
    assert time.monotonic() - began < 10
    assert office.delivery(more[0]) is Delivery.QUEUED
    refusal = office.desk.attempt("conversation.unsend", office.agent, message=stuck)
    assert refusal.code == "message.gone"
    hanging.go.set()
    assert until(lambda: office.settled([stuck, *more]))
    assert hanging.took == ["stuck", "later"]


@pytest.mark.parametrize("idempotent", [False, True])
def test_a_courier_that_outlives_its_claim(office: Office, idempotent: bool) -> None:
    hanging = Hanging(idempotent=idempotent)
    office.runs({"chat": hanging})
    (made,) = office.says("slow")
    assert hanging.began.wait(20)
    office.passes(LEASE)
    stands = office.delivery(made)
    assert stands is (Delivery.FAILED if idempotent else Delivery.UNCERTAIN)
    hanging.go.set()
    # What it says late is the truth, as long as nobody else has the reply.
    assert until(lambda: office.settled([made]))
    office.passes(86_400_000)
    assert hanging.took == ["slow"]


def test_ending_does_not_wait_for_a_courier_that_hangs(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outboxes, "_STOP_SECONDS", 0.2)
    hanging = Hanging()
    outbox = office.runs({"chat": hanging})
    (made,) = office.says("slow")
    assert hanging.began.wait(20)
    began = time.monotonic()
    outbox.stop()
    assert time.monotonic() - began < 10
    assert office.delivery(made) is Delivery.SENDING
    assert office.by("chat") == ()
    hanging.go.set()


def test_what_is_delivered_while_the_store_is_locked_is_settled_afterwards(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outboxes, "_AGAIN_SECONDS", 0.05)
    hanging = Hanging(idempotent=False)
    quick = Outbox(
        lambda: Desk(Store(office.path, busy_ms=1), office.clock), fixed({"chat": hanging})
    )
    office.running.append(quick)
    quick.start()
    (made,) = office.says("once")
    assert hanging.began.wait(20)
    with office.desk.store.transaction():
        hanging.go.set()
        assert until(lambda: hanging.took)
        assert until(lambda: quick.trouble is not None)
        assert "cannot be delivered now" in str(quick.trouble)
    assert until(lambda: office.settled([made]))
    assert until(lambda: quick.trouble is None)
    assert hanging.took == ["once"]


DIES = """
import os, sys
from omnitui.channels.outbox import Outbox, fixed
from omnitui.clock import ManualClock
from omnitui.desk.desk import Desk
from omnitui.store.engine import Store

class Dies:
    idempotent = sys.argv[3] == "yes"
    def deliver(self, message, conversation):
        print(message.text, flush=True)
        os._exit(9)

outbox = Outbox(
    lambda: Desk(Store(sys.argv[1]), ManualClock(int(sys.argv[2]))), fixed({"chat": Dies()})
)
outbox.start()
sys.stdin.readline()
"""


@pytest.mark.parametrize("idempotent", [True, False])
def test_a_process_that_dies_while_it_delivers_loses_its_claim(
    office: Office, idempotent: bool
) -> None:
    first, second = office.says("first", "second")
    command = [sys.executable, "-c", DIES, str(office.path), str(office.clock.now())]
    pipes: dict[str, Any] = dict.fromkeys(("stdin", "stdout", "stderr"), subprocess.PIPE)
    process = subprocess.Popen([*command, "yes" if idempotent else "no"], text=True, **pipes)
    try:
        assert process.wait(60) == 9
        assert process.stdout is not None
        assert process.stdout.read() == "first\n"
    finally:
        process.kill()
        with suppress(OSError):
            process.communicate()
    courier = Counting(idempotent=idempotent)
    for _ in range(2):
        office.runs({"chat": courier})
    assert until(lambda: len(office.by("chat")) == 3)
    assert office.settled([first], Delivery.SENDING)
    assert courier.took == []
    office.passes(LEASE)
    if idempotent:
        office.passes(15_000)
        assert until(lambda: office.settled([first, second]))
        assert courier.took == ["first", "second"]
        return
    assert office.settled([first], Delivery.UNCERTAIN)
    assert office.settled([second], Delivery.QUEUED)
    office.desk.call("message.confirm", office.agent, message=first)
    assert until(lambda: office.settled([first, second]))
    assert courier.took == ["second"]


def test_a_courier_that_is_set_up_while_it_runs_delivers(office: Office) -> None:
    courier = Counting()
    built: list[list[CourierConfig]] = []

    def table(configured: list[CourierConfig]) -> Table:
        built.append(configured)
        return Table({one.channel: courier for one in configured})

    office.runs(build=table)
    (made,) = office.says("waits")
    assert until(lambda: built == [[]])
    assert office.delivery(made) is Delivery.QUEUED
    office.desk.call(
        "courier.set", ADMINISTRATOR, channel="chat", url="https://hooks.example.com/chat"
    )
    assert until(lambda: office.settled([made]))
    assert until(lambda: len(office.by("chat")) == 1)
    office.desk.call("courier.delete", ADMINISTRATOR, channel="chat")
    assert until(lambda: office.by("chat") == ())
    (left,) = office.says("waits again")
    assert until(lambda: len(built) == 3)
    assert office.delivery(left) is Delivery.QUEUED
    assert courier.closed


HOOK = CourierConfig("sms", "webhook", "https://hooks.example.com/sms", "SMS_TOKEN")


def test_couriers_are_built_with_tokens_of_the_environment(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    given: list[dict[str, str]] = []
    monkeypatch.setattr(
        "omnitui.channels.webhook.WebhookCourier", lambda url, headers: given.append(headers)
    )
    assert [*build([HOOK], {"SMS_TOKEN": " sesame "}).couriers] == ["sms"]
    build([CourierConfig("sms", "webhook", HOOK.url)], {"SMS_TOKEN": "sesame"})
    assert given == [{"Authorization": "Bearer sesame"}, {}]


@pytest.mark.parametrize(
    ("config", "environ", "said"),
    [
        (HOOK, {}, "SMS_TOKEN is not set"),
        (HOOK, {"SMS_TOKEN": "  "}, "SMS_TOKEN is not set"),
        (HOOK, {"SMS_TOKEN": "se\nsame"}, "SMS_TOKEN has characters"),
        (CourierConfig("sms", "pigeon"), {}, "no courier of the kind 'pigeon' is installed"),
        (CourierConfig("sms", "webhook", "nowhere"), {}, "is not a valid webhook URL"),
    ],
)
def test_a_courier_that_cannot_be_had_is_told_of_and_others_are_built(
    config: CourierConfig, environ: dict[str, str], said: str
) -> None:
    other = CourierConfig("email", "webhook", "https://hooks.example.com/mail")
    table = build([other, config], environ)
    assert [*table.couriers] == ["email"]
    (problem,) = table.problems
    assert problem.startswith("sms: ")
    assert said in problem
    assert "sesame" not in problem.replace("\n", "")
    assert "se\nsame" not in problem


def test_the_simulated_network_is_nothing_to_be_built() -> None:
    assert build([CourierConfig("*", "simulated")], {}) == Table()
