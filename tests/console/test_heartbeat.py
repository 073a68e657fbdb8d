"""Signs of life: when they are given, what they cost, and what is learned of others."""

from pathlib import Path
from typing import Any

import pytest
from prepared import KIANA, MARCUS, World

from omnitui.clock import ManualClock
from omnitui.console.heartbeat import BEAT_MS, Heartbeat
from omnitui.console.run import _going_on
from omnitui.desk.desk import Desk
from omnitui.desk.opening import open_desk
from omnitui.model.actor import ADMINISTRATOR
from omnitui.model.errors import Refused
from omnitui.store.engine import Store

SPEED = 1.0


class Hand:
    """A desk whose calls are counted."""

    def __init__(self, desk: Desk) -> None:
        self.desk, self.clock, self.store, self.settings = (
            desk,
            desk.clock,
            desk.store,
            desk.settings,
        )
        self.calls: list[dict[str, Any]] = []

    def call(self, name: str, actor: Any, /, **given: Any) -> Any:
        if name == "console.beat":
            self.calls.append(given)
        return self.desk.call(name, actor, **given)


@pytest.fixture
def hand(world: World) -> Any:
    desk = Desk(Store(world.path), world.clock)
    yield Hand(desk)
    desk.close()


def test_a_console_is_heard_of_at_once_and_then_now_and_again(world: World, hand: Any) -> None:
    heartbeat, ada = Heartbeat(), world.agents["ada"]
    for _ in range(50):
        heartbeat.beat(hand, ada, SPEED)
        world.clock.advance(1_000)
    assert len(hand.calls) == 1 + 49_000 // BEAT_MS
    assert {call["conversation"] for call in hand.calls} == {None}


def test_going_somewhere_else_is_told_at_once(world: World, hand: Any) -> None:
    heartbeat, ada = Heartbeat(), world.agents["ada"]
    for address in (KIANA, MARCUS, MARCUS):
        heartbeat.look_at(world.keys[address])
        heartbeat.beat(hand, ada, SPEED)
    told = [call["conversation"] for call in hand.calls]
    assert told == [world.keys[KIANA], world.keys[MARCUS]]


def test_a_minute_of_typing_is_told_a_few_times_only(world: World, hand: Any) -> None:
    heartbeat, ada = Heartbeat(), world.agents["ada"]
    heartbeat.look_at(world.keys[KIANA])
    heartbeat.beat(hand, ada, SPEED)
    for _ in range(600):
        heartbeat.typed(world.clock.now())
        heartbeat.beat(hand, ada, SPEED)
        world.clock.advance(100)
    typing = [call["typing"] for call in hand.calls]
    assert typing == [False] + [True] * 15
    for _ in range(60):
        heartbeat.beat(hand, ada, SPEED)
        world.clock.advance(100)
    assert [call["typing"] for call in hand.calls][-1:] == [False]


def test_an_emptied_field_and_another_session_are_no_typing(world: World, hand: Any) -> None:
    heartbeat, ada = Heartbeat(), world.agents["ada"]
    heartbeat.look_at(world.keys[KIANA])
    for at in (world.clock.now(), None, world.clock.now()):
        heartbeat.typed(at)
        heartbeat.beat(hand, ada, SPEED)
    heartbeat.look_at(world.keys[MARCUS])
    heartbeat.beat(hand, ada, SPEED)
    assert [call["typing"] for call in hand.calls] == [True, False, True, False]


def test_a_store_that_is_locked_is_not_waited_for(world: World, hand: Any) -> None:
    heartbeat, ada = Heartbeat(), world.agents["ada"]
    patience = hand.store.value("PRAGMA busy_timeout")
    with world.desk.store.transaction():
        heartbeat.beat(hand, ada, SPEED)
        heartbeat.beat(hand, ada, SPEED)
        assert hand.store.value("PRAGMA busy_timeout") == patience
    assert world.desk.store.value("SELECT count(*) FROM consoles") == 0
    heartbeat.beat(hand, ada, SPEED)
    assert world.desk.store.value("SELECT count(*) FROM consoles") == 1
    assert len(hand.calls) == 3


def test_what_else_is_wrong_is_not_tried_at_every_look(
    world: World, hand: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    heartbeat, ada = Heartbeat(), world.agents["ada"]
    tries = []

    def full(*_: Any, **given: Any) -> None:
        tries.append(given)
        raise OSError("disk full")

    monkeypatch.setattr(hand, "call", full)
    for _ in range(10):
        heartbeat.beat(hand, ada, SPEED)
    assert len(tries) == 1


def test_a_console_that_was_left_is_silent(world: World, hand: Any) -> None:
    heartbeat = Heartbeat()
    heartbeat.leave()
    heartbeat.beat(hand, world.agents["ada"], SPEED)
    assert hand.calls == []


def test_where_time_flies_a_console_is_believed_for_longer(world: World, hand: Any) -> None:
    heartbeat, ada = Heartbeat(), world.agents["ada"]
    for speed in (1.0, 3.0, 60.0):
        heartbeat.beat(hand, ada, speed)
        world.clock.advance(BEAT_MS)
    assert [call["seconds"] for call in hand.calls] == [45, 45, 900]


def test_company_is_told_when_it_changes_and_only_then(world: World, hand: Any) -> None:
    heartbeat, ada, kiana = Heartbeat(), world.agents["ada"], world.keys[KIANA]
    assert heartbeat.viewers(hand, ada, True) is None
    heartbeat.look_at(kiana)
    assert heartbeat.viewers(hand, ada, False) == (kiana, ())
    world.by("bo", "console.beat", console="two", conversation=kiana, typing=True)
    told = heartbeat.viewers(hand, ada, True)
    assert told is not None
    assert [(one.name, one.typing) for one in told[1]] == [("Bo Lindqvist", True)]
    assert heartbeat.viewers(hand, ada, True) is None
    world.clock.advance(10_000)
    told = heartbeat.viewers(hand, ada, False)
    assert told is not None
    assert [one.typing for one in told[1]] == [False]
    world.clock.advance(60_000)
    assert heartbeat.viewers(hand, ada, False) == (kiana, ())
    heartbeat.look_at(None)
    assert heartbeat.viewers(hand, ada, False) == (None, ())


def test_nobody_else_is_asked_for_while_nothing_has_changed(
    world: World, hand: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    heartbeat, ada = Heartbeat(), world.agents["ada"]
    heartbeat.look_at(world.keys[KIANA])
    heartbeat.viewers(hand, ada, True)

    def asked(*_: Any, **__: Any) -> None:
        raise Refused("test.asked", "It was asked.")

    monkeypatch.setattr(hand, "call", asked)
    world.clock.advance(5_000)
    assert heartbeat.viewers(hand, ada, False) is None


def test_a_faster_clock_goes_on_where_it_stood_when_the_store_was_left(tmp_path: Path) -> None:
    path = tmp_path / "desk.db"
    ahead = ManualClock(5_000_000)
    desk = open_desk(path, ahead)
    desk.call("customer.create", ADMINISTRATOR, name="Ann")
    desk.close()
    assert _going_on(path, ManualClock(1_000_000)) == 5_000_000
    assert _going_on(path, ManualClock(9_000_000)) == 9_000_000
