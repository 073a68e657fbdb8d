from collections.abc import Callable
from contextlib import suppress
from random import Random

import pytest

from omnitui.channels.base import DeliveryFailed
from omnitui.channels.courier import ANY, claim, pump
from omnitui.channels.simulated import SimulatedNetwork
from omnitui.clock import ManualClock
from omnitui.desk.desk import Desk
from omnitui.model.actor import SYSTEM, Actor, ActorKind
from omnitui.model.conversation import Conversation, Delivery, Message


class Recorder:
    idempotent = True

    def __init__(self, fail: Callable[[int], bool] = lambda attempt: False) -> None:
        self.took: list[tuple[str, str]] = []
        self._attempts = 0
        self._fail = fail

    def deliver(self, message: Message, conversation: Conversation) -> None:
        self._attempts += 1
        if self._fail(self._attempts):
            raise DeliveryFailed("The line is cut.")
        self.took.append((conversation.address, message.text))


@pytest.fixture
def replied(desk: Desk, clock: ManualClock, agent: Actor) -> Message:
    """A reply that is ready to leave."""
    customer = Actor(ActorKind.CUSTOMER, name="Kim")
    came = desk.call("conversation.receive", customer, channel="chat", address="kim", text="Hello?")
    desk.call("conversation.pick", agent, conversation=came.conversation_id)
    said: Message = desk.call(
        "conversation.reply", agent, conversation=came.conversation_id, text="Hi Kim"
    )
    assert said.held_until is not None
    clock.set(said.held_until)
    desk.run_due()
    return said


def now(desk: Desk, message: Message) -> Message:
    lines = desk.call(
        "conversation.messages", SYSTEM, conversation=message.conversation_id, after=message.id - 1
    )
    found: Message = lines[0]
    return found


def test_nothing_is_carried_before_the_undo_window_is_over(
    desk: Desk, clock: ManualClock, agent: Actor
) -> None:
    customer = Actor(ActorKind.CUSTOMER, name="Kim")
    came = desk.call("conversation.receive", customer, channel="chat", address="kim", text="Hi")
    desk.call("conversation.pick", agent, conversation=came.conversation_id)
    desk.call("conversation.reply", agent, conversation=came.conversation_id, text="Hi Kim")
    assert pump(desk, {ANY: Recorder()}) == 0


def test_a_reply_is_carried_once(desk: Desk, replied: Message) -> None:
    courier = Recorder()
    assert pump(desk, {ANY: courier}) == 1
    assert pump(desk, {ANY: courier}) == 0
    assert courier.took == [("kim", "Hi Kim")]
    assert now(desk, replied).delivery is Delivery.SENT


def test_a_channels_own_courier_comes_before_the_one_for_all(desk: Desk, replied: Message) -> None:
    own, other = Recorder(), Recorder()
    pump(desk, {"chat": own, ANY: other})
    assert own.took
    assert not other.took


def test_a_failure_is_kept_with_its_reason_and_tried_again(
    desk: Desk, clock: ManualClock, replied: Message
) -> None:
    courier = Recorder(fail=lambda attempt: attempt <= 2)
    for _ in range(3):
        assert pump(desk, {ANY: courier}) == 1
        assert pump(desk, {ANY: courier}) == 0
        if now(desk, replied).delivery is Delivery.FAILED:
            assert now(desk, replied).error == "The line is cut."
            due = desk.next_due()
            assert due is not None
            clock.set(due)
            desk.run_due()
    line = now(desk, replied)
    assert (line.delivery, line.attempts, line.error) == (Delivery.SENT, 3, "")
    assert courier.took == [("kim", "Hi Kim")]


@pytest.mark.parametrize("channels", [[], ["sms"], ["sms", "email"]])
def test_what_no_courier_is_there_for_waits_and_counts_as_never_tried(
    desk: Desk, replied: Message, channels: list[str]
) -> None:
    before = desk.last_seq()
    assert pump(desk, {channel: Recorder() for channel in channels}) == 0
    line = now(desk, replied)
    assert (line.delivery, line.attempts, line.error) == (Delivery.QUEUED, 0, "")
    assert desk.last_seq() == before


def test_a_courier_that_breaks_down_may_have_delivered(desk: Desk, replied: Message) -> None:
    class Broken(Recorder):
        idempotent = False

        def deliver(self, message: Message, conversation: Conversation) -> None:
            super().deliver(message, conversation)
            raise RuntimeError("\x1b[31mout of cheese")

    courier = Broken()
    assert pump(desk, {"chat": courier}) == 1
    line = now(desk, replied)
    assert (line.delivery, line.error) == (
        Delivery.UNCERTAIN,
        "The courier failed (RuntimeError).",
    )
    assert pump(desk, {"chat": courier}) == 0
    assert len(courier.took) == 1


def test_the_courier_for_all_leaves_the_channels_of_others_alone(
    desk: Desk, replied: Message
) -> None:
    parcels = list(claim(desk, {"chat": Recorder(), ANY: Recorder()}, "post", only=[ANY]))
    assert parcels == []
    (parcel,) = claim(desk, {"chat": Recorder(), ANY: Recorder()}, "post", only=["chat"])
    assert (parcel.key, parcel.by, parcel.message.id) == ("chat", "post", replied.id)


@pytest.mark.parametrize(
    ("share", "least", "most"), [(0.0, 0, 0), (0.3, 220, 380), (1.0, 1000, 1000)]
)
def test_the_simulated_network_fails_as_often_as_it_is_told(
    desk: Desk, replied: Message, share: float, least: int, most: int
) -> None:
    network = SimulatedNetwork(Random(1), {"chat": share})
    conversation = desk.call("conversation.get", SYSTEM, conversation=replied.conversation_id)
    for _ in range(1_000):
        with suppress(DeliveryFailed):
            network.deliver(replied, conversation)
    assert least <= network.failed <= most
    assert network.failed + network.delivered == 1_000
