import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from omnitui.channels.outbox import Outbox
from omnitui.channels.table import Table, build
from omnitui.clock import ScaledClock, SystemClock
from omnitui.desk.desk import Desk
from omnitui.model.actor import SYSTEM, Actor, ActorKind
from omnitui.model.agent import Presence
from omnitui.model.conversation import Delivery
from omnitui.model.courier import CourierConfig
from omnitui.model.errors import DataError, Refused
from omnitui.store.engine import Store
from omnitui.training.options import FeedOptions
from omnitui.training.runner import FeedRunner

FAST = 600.0


@pytest.fixture
def clock() -> ScaledClock:
    return ScaledClock(SystemClock(), FAST)


@pytest.fixture
def console(
    settle_in: Callable[[Desk], None], store_path: Path, clock: ScaledClock
) -> Iterator[Desk]:
    desk = Desk(Store(store_path), clock)
    settle_in(desk)
    yield desk
    desk.close()


@pytest.fixture
def runner(console: Desk, store_path: Path, clock: ScaledClock) -> Iterator[FeedRunner]:
    made = FeedRunner(store_path, clock, FeedOptions("quiet-morning", seed=3), human="ada")
    made.start()
    yield made
    made.stop()
    assert made.trouble is None
    assert not made.running


def until(happens: Callable[[], bool], seconds: float = 20.0) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if happens():
            return True
        time.sleep(0.01)
    return False


def kinds(desk: Desk) -> list[tuple[str, str]]:
    return [(entry.kind, entry.actor_name) for entry in desk.follow(0, 10_000)]


def test_customers_and_colleagues_show_up_in_the_store(console: Desk, runner: FeedRunner) -> None:
    assert until(lambda: any(kind == "message.sent" for kind, _ in kinds(console)))
    assert until(lambda: bool(runner.guests) and runner.next_due is not None)


def test_the_person_at_the_console_is_left_alone(console: Desk, runner: FeedRunner) -> None:
    assert until(lambda: sum(kind == "message.received" for kind, _ in kinds(console)) > 20)
    assert "Ada Byron" not in {actor for _, actor in kinds(console)}
    ada = console.call("agent.get", SYSTEM, agent="ada")
    assert ada.presence is Presence.OFFLINE


def test_a_customer_reacts_to_what_the_person_writes(console: Desk, runner: FeedRunner) -> None:
    ada = Actor(ActorKind.AGENT, console.call("agent.get", SYSTEM, agent="ada").id, "Ada Byron")
    console.call("agent.set_presence", ada, presence="available")
    taken: list[int] = []

    def accepted() -> bool:
        # An offer rings for less than a second here: one may go on while it is being accepted.
        for offered in console.call("conversation.offers", ada):
            with suppress(Refused):
                console.call("conversation.accept", ada, conversation=offered.id)
                taken.append(offered.id)
                return True
        if console.call("agent.get", SYSTEM, agent="ada").presence is Presence.INACTIVE:
            console.call("agent.set_presence", ada, presence="available")
        return False

    assert until(accepted)
    words = "Hello, this is Ada. What is your account number?"
    mine = console.call("conversation.reply", ada, conversation=taken[0], text=words)

    def answered() -> bool:
        lines = console.call("conversation.messages", SYSTEM, conversation=taken[0], after=mine.id)
        return any(line.speaker.value == "customer" for line in lines)

    assert until(answered)


def queued(console: Desk) -> int:
    """How many replies of a new conversation of Ada's wait after the time for undo."""
    ada = Actor(ActorKind.AGENT, console.call("agent.get", SYSTEM, agent="ada").id, "Ada Byron")
    console.call("agent.set_presence", ada, presence="available")
    given = {"channel": "sms", "address": str(console.last_seq()), "text": "Hi", "agent": "ada"}
    came = console.call("conversation.receive", SYSTEM, **given)
    if console.call("conversation.get", SYSTEM, conversation=came.conversation_id).offered_to:
        console.call("conversation.accept", ada, conversation=came.conversation_id, anyway=True)
    made = console.call("conversation.reply", ada, conversation=came.conversation_id, text="Hello")

    def left() -> bool:
        console.run_due()
        (line,) = console.call(
            "message.undelivered", SYSTEM, conversation=made.conversation_id
        ) or [None]
        return line is not None and line.delivery is Delivery.QUEUED

    assert until(left)
    return sum(one.queued for one in console.call("courier.list", SYSTEM))


def test_the_network_is_there_as_long_as_the_feed_and_no_longer(
    console: Desk, store_path: Path, clock: ScaledClock
) -> None:
    runner = FeedRunner(store_path, clock, FeedOptions("quiet-morning", seed=3), human="ada")
    runner.start()
    try:
        assert until(lambda: all(one.by for one in console.call("courier.list", SYSTEM)))
        assert until(lambda: any(kind == "message.sent" for kind, _ in kinds(console)))
    finally:
        runner.stop()
    assert until(lambda: not runner.running)
    assert runner.trouble is None
    found = console.call("courier.list", SYSTEM)
    assert {(one.by, one.courier) for one in found} == {((), "simulated")}
    # Another console, later, on the same store: whatever is written there waits.
    assert queued(console)
    seen: list[str] = []

    def table(found: list[CourierConfig]) -> Table:
        seen.extend(one.kind for one in found)
        return build(found, {})

    other = Outbox(lambda: Desk(Store(store_path), clock), table)
    other.start()
    try:
        assert until(lambda: seen == ["simulated"])
        assert queued(console)
        assert all(not one.by for one in console.call("courier.list", SYSTEM))
    finally:
        other.stop()
    again = FeedRunner(store_path, clock, FeedOptions("quiet-morning", seed=4), human="ada")
    again.start()
    try:
        assert until(lambda: not sum(one.queued for one in console.call("courier.list", SYSTEM)))
    finally:
        again.stop()


def test_no_feed_runs_where_replies_go_to_real_people(
    console: Desk, store_path: Path, clock: ScaledClock
) -> None:
    url = "https://gateway.example.com/sms"
    console.call("courier.set", SYSTEM, channel="sms", url=url)
    before = console.last_seq()
    runner = FeedRunner(store_path, clock, FeedOptions("quiet-morning"), human="ada")
    runner.start()
    assert until(lambda: not runner.running)
    assert "delivers to real customers (sms)" in str(runner.trouble)
    assert console.last_seq() == before


def test_pausing_the_clock_pauses_the_shift(console: Desk, runner: FeedRunner) -> None:
    assert until(lambda: len(kinds(console)) > 5)
    runner.pause()
    assert until(lambda: _still(console))
    runner.resume()
    before = console.last_seq()
    assert until(lambda: console.last_seq() > before)


def _still(desk: Desk) -> bool:
    before = desk.last_seq()
    time.sleep(0.2)
    return desk.last_seq() == before


def test_somebody_can_be_sent_in(console: Desk, runner: FeedRunner) -> None:
    runner.pause()
    runner.inject("lights-red", channel="phone")
    runner.resume()

    def there() -> bool:
        rows = console.call("conversation.list", SYSTEM, channel="phone")
        return any(row.context.get("asked") == "A red light on the fibre box" for row in rows)

    assert until(there)


def test_a_wrong_scenario_is_said_at_once(store_path: Path, clock: ScaledClock) -> None:
    with pytest.raises(DataError, match="there is no scenario of that name"):
        FeedRunner(store_path, clock, FeedOptions("nowhere"))


def test_what_goes_wrong_in_the_thread_can_be_asked_for(tmp_path: Path, clock: ScaledClock) -> None:
    runner = FeedRunner(tmp_path, clock, FeedOptions("quiet-morning"))
    runner.start()
    assert until(lambda: not runner.running)
    assert runner.trouble is not None
    assert "is a folder" in runner.trouble
