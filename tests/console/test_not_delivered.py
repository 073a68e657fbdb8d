"""Replies that have not arrived: what is on screen, and what keys do about them."""

import threading
from collections.abc import Iterator
from typing import Any

import pytest
from driver import Driver, console
from prepared import KIANA, MARCUS, World

from omnitui.channels.base import DeliveryUncertain
from omnitui.channels.outbox import Outbox, fixed
from omnitui.desk.desk import Desk
from omnitui.model.conversation import Conversation, Delivery, Message
from omnitui.store.engine import Store

SECOND = 1_000
PLACES = {KIANA: ("alt+1", "Live chat"), MARCUS: ("alt+2", "E-mail")}


class Gateway:
    """Takes what it is given; hangs while it is told to, or answers nothing."""

    def __init__(self, *, idempotent: bool = False) -> None:
        self.idempotent = idempotent
        self.began, self.go = threading.Event(), threading.Event()
        self.answers = True
        self.took: list[str] = []

    def deliver(self, message: Message, conversation: Conversation) -> None:
        self.began.set()
        assert self.go.wait(60)
        self.took.append(message.text)
        if not self.answers:
            raise DeliveryUncertain("The gateway did not answer in time.")


@pytest.fixture
def gateway() -> Gateway:
    return Gateway()


@pytest.fixture
def outbox(world: World, gateway: Gateway) -> Iterator[Outbox]:
    """What a console runs beside the screen, with a gateway for the chat only."""
    made = Outbox(lambda: Desk(Store(world.path), world.clock), fixed({"chat": gateway}))
    made.start()
    yield made
    gateway.go.set()
    made.stop()


async def replies(ada: Driver, address: str, text: str) -> Message:
    """Reply by keys, and let the undo window pass."""
    key, _label = PLACES[address]
    await ada.press(key)
    await ada.in_front(ada.world.keys[address])
    await ada.press("r")
    await ada.write(text)
    await ada.press("ctrl+s")
    await ada.until(lambda: any(m.text == text for m in ada.session.state.messages))
    await ada.press("escape")
    ada.world.clock.advance(8 * SECOND)
    return line(ada, text)


def line(ada: Driver, text: str) -> Message:
    return next(m for m in ada.session.state.messages if m.text == text)


def stands(ada: Driver, message: Message) -> Any:
    return ada.world.desk.store.value("SELECT delivery FROM messages WHERE id = ?", (message.id,))


async def test_what_nothing_delivers_is_never_shown_as_sent(world: World) -> None:
    async with console(world, size=(160, 45)) as ada:
        made = await replies(ada, MARCUS, "We have refunded it.")
        label = world.desk.channels["email"].label
        header = lambda: next(text for text in ada.lines if "Marcus Lee · email" in text)  # noqa: E731
        await ada.until(lambda: "  not sent  " in header())
        await ada.shows("↑ queued", f"↑ not sent: no courier for {label}")
        await ada.until(lambda: f"1 not sent: no courier for {label}" in ada.lines[0])
        world.clock.advance(3_600 * SECOND)
        await ada.rests()
        assert stands(ada, made) == Delivery.QUEUED
        await ada.press("D")
        await ada.shows(
            "Not confirmed as delivered", "courier.set channel=email", "We have refunded"
        )
        await ada.press("s")
        await ada.shows("Only failed and uncertain replies can be sent again.")
        await ada.press("t")
        await ada.until(lambda: stands(ada, made) == Delivery.UNSENT)
        await ada.until(lambda: ada.session.conversation.composer.field.text != "")
        assert "We have refunded it." in ada.session.conversation.composer.field.text
        await ada.until(lambda: "not sent" not in ada.lines[0])


async def test_it_is_seen_when_somebody_begins_to_deliver_and_ends(
    world: World, gateway: Gateway
) -> None:
    async with console(world, size=(160, 45)) as ada:
        made = await replies(ada, KIANA, "On its way.")
        await ada.shows("not sent: no courier for")
        made_by = Outbox(lambda: Desk(Store(world.path), world.clock), fixed({"chat": gateway}))
        made_by.start()
        await ada.shows("→ sending")
        await ada.lacks("no courier for")
        gateway.go.set()
        await ada.until(lambda: stands(ada, made) == Delivery.SENT)
        await ada.lacks("→ sending")
        made_by.stop()
        await replies(ada, KIANA, "One more.")
        await ada.shows("not sent: no courier for")


async def test_a_gateway_that_hangs_freezes_no_key(
    world: World, gateway: Gateway, outbox: Outbox
) -> None:
    async with console(world, size=(160, 45)) as ada:
        made = await replies(ada, KIANA, "The first one.")
        await ada.until(gateway.began.is_set)
        await ada.shows("→ sending")
        await ada.press("r")
        await ada.press(*"typing goes on")
        await ada.until(lambda: "typing goes on" in ada.session.conversation.composer.field.text)
        await ada.press("ctrl+s")
        await ada.until(lambda: any(m.text == "typing goes on" for m in ada.session.state.messages))
        await ada.press("escape")
        await ada.press("alt+2")
        await ada.until(lambda: ada.main.navigation.here == world.keys[MARCUS])
        await ada.press("alt+1")
        await ada.until(lambda: ada.main.navigation.here == world.keys[KIANA])
        assert stands(ada, made) == Delivery.SENDING
        world.clock.advance(8 * SECOND)
        await ada.until(lambda: stands(ada, line(ada, "typing goes on")) == Delivery.QUEUED)
        gateway.go.set()
        await ada.until(lambda: stands(ada, line(ada, "typing goes on")) == Delivery.SENT)
        assert gateway.took == ["The first one.", "typing goes on"]
        await ada.lacks("→ sending", "↑ queued")


@pytest.mark.parametrize(
    ("key", "becomes", "took"),
    [("a", Delivery.SENT, 1), ("n", Delivery.FAILED, 1), ("s", Delivery.SENT, 2)],
)
async def test_what_may_have_arrived_is_decided_by_a_key(
    world: World, gateway: Gateway, outbox: Outbox, key: str, becomes: Delivery, took: int
) -> None:
    gateway.answers = False
    gateway.go.set()
    async with console(world, size=(160, 45)) as ada:
        made = await replies(ada, KIANA, "Did you get it?")
        await ada.shows("? uncertain", "? may have arrived: The gateway did not answer in time.")
        await ada.told("may have arrived or not: The gateway did not answer in time.")
        await ada.until(lambda: "1 uncertain D" in ada.lines[0])
        gateway.answers = True
        await ada.press("D")
        await ada.shows("Not confirmed as delivered")
        await ada.press("t")
        await ada.shows("Sending cannot be undone: it may have arrived")
        await ada.press(key)
        await ada.until(lambda: stands(ada, made) == becomes)
        assert gateway.took == ["Did you get it?"] * took
        await ada.lacks("? uncertain")
        await ada.until(lambda: "uncertain" not in ada.lines[0])


async def test_where_everything_has_arrived_the_key_says_so(world: World) -> None:
    async with console(world) as ada:
        await ada.press("alt+1")
        await ada.in_front(world.keys[KIANA])
        await ada.press("D")
        await ada.told("All sent replies of this conversation have arrived.")


@pytest.mark.parametrize("options", [{"size": (80, 24)}, {"size": (80, 24), "ascii": True}])
async def test_it_can_be_read_on_small_and_plain_terminals(
    world: World, options: dict[str, Any]
) -> None:
    async with console(world, **options) as ada:
        await replies(ada, MARCUS, "We have refunded it.")
        await ada.shows("not sent: no courier for")
        await ada.until(lambda: "1 not sent" in ada.lines[0])
        await ada.press("D")
        await ada.shows("Not confirmed as delivered", "undo send")
