import asyncio
import gc
from collections.abc import Iterator

import pytest

from omnitui.console.cleanup import Cleanup
from omnitui.console.main import following
from omnitui.console.main.following import Idle


class Hand:
    """A clock that only the test moves."""

    def __init__(self) -> None:
        self.now = 100.0

    def monotonic(self) -> float:
        return self.now


@pytest.fixture
def hand(monkeypatch: pytest.MonkeyPatch) -> Hand:
    made = Hand()
    monkeypatch.setattr("omnitui.console.main.following.time", made)
    monkeypatch.setattr("omnitui.console.cleanup.time", made)
    return made


async def test_nobody_waits_while_nobody_types(hand: Hand) -> None:
    await asyncio.wait_for(Idle().wait(), 1)


async def test_whoever_comes_between_two_keys_waits_for_the_second(hand: Hand) -> None:
    held = Idle()
    held.shown()
    hand.now += following._FREE_AFTER * 2
    waiting = asyncio.create_task(held.wait())
    await asyncio.sleep(0)
    assert not waiting.done()
    held.shown()
    await asyncio.wait_for(waiting, 1)


async def test_after_each_key_one_goes(hand: Hand) -> None:
    held = Idle()
    held.shown()
    await asyncio.wait_for(held.wait(), 1)
    second = asyncio.create_task(held.wait())
    await asyncio.sleep(0)
    assert not second.done()
    held.shown()
    await asyncio.wait_for(second, 1)


async def test_a_pause_lets_everybody_go(hand: Hand) -> None:
    held = Idle()
    held.shown()
    hand.now += following._PAUSE
    for _ in range(3):
        await asyncio.wait_for(held.wait(), 1)


@pytest.fixture
def collected(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[int]]:
    before = gc.get_threshold()
    seen: list[int] = []
    monkeypatch.setattr(gc, "collect", lambda: seen.append(1))
    yield seen
    gc.set_threshold(*before)


def test_nobody_looks_for_garbage_until_the_first_screen_is_there() -> None:
    before = gc.get_threshold()
    gc.disable()
    try:
        cleanup = Cleanup()
        assert not gc.isenabled()
        cleanup.begin()
        assert gc.isenabled()
        assert gc.get_freeze_count() > 0, "what has been made by now is looked at"
    finally:
        gc.unfreeze()
        gc.enable()
        gc.set_threshold(*before)


def test_garbage_waits_until_nobody_is_at_the_keys(hand: Hand, collected: list[int]) -> None:
    cleanup = Cleanup()
    hand.now += 61
    cleanup.used()
    cleanup.look()
    assert collected == []
    hand.now += 3
    cleanup.look()
    cleanup.look()
    assert collected == [1]
