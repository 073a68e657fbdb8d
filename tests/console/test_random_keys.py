"""Whatever is pressed, in whatever order, while other processes hold the store: it goes on."""

import asyncio
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random

import pytest
from driver import Driver, console
from prepared import KIANA, MARCUS, World
from textual import events

from omnitui.console.command import COMMANDS
from omnitui.console.main.screen import MainScreen

KEYS = 350
SECONDS = 30.0

_NOT = ("screen.quit", "composer.editor")
_MORE = (
    "escape enter tab shift+tab up down left right home end pageup pagedown space backspace ctrl+s"
    " d D a A i h j k m x 1 2 3 question_mark"
).split()


@contextmanager
def locks(path: Path, random: Random) -> Iterator[None]:
    """Another writer takes the store for a moment, again and again."""
    over = threading.Event()

    def hold() -> None:
        connection = sqlite3.connect(path, isolation_level=None, timeout=5)
        while not over.wait(random.uniform(0.01, 0.1)):
            with_lock = random.uniform(0.02, 0.2)
            try:
                connection.execute("BEGIN IMMEDIATE")
            except sqlite3.OperationalError:
                continue
            over.wait(with_lock)
            connection.execute("COMMIT")
        connection.close()

    thread = threading.Thread(target=hold)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def strokes(random: Random, count: int) -> Iterator[str]:
    """Keys as nobody would press them, but every key of the console among them."""
    known = [command.key for command in COMMANDS.values() if command.id not in _NOT]
    for _ in range(count):
        yield from random.choice([*known, *_MORE]).split()


async def press(ada: Driver, key: str) -> None:
    """A key as a terminal sends it: without waiting for the one before."""
    names = {"slash": "/", "question_mark": "?", "plus": "+", "space": " "}
    character = names.get(key, key if len(key) == 1 else None)
    ada.app.post_message(events.Key(key, character))


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 2])
async def test_random_keys_while_the_store_is_held(world: World, seed: int) -> None:
    random = Random(seed)
    pressed: list[str] = []
    end = time.monotonic() + SECONDS
    async with console(world) as ada:
        with locks(world.path, Random(seed)):
            for key in strokes(random, KEYS):
                pressed.append(key)
                await press(ada, key)
                await asyncio.sleep(random.choice((0, 0, 0.005, 0.02)))
                assert ada.app.is_running, pressed[-20:]
                assert not ada.app.broken, (ada.app.broken[-1], pressed[-20:])
                if time.monotonic() > end:
                    break
        await ada.until(lambda: not ada.app.type_ahead.waits)
        assert not ada.app.broken, (ada.app.broken[-1], pressed[-20:])
        assert any(isinstance(screen, MainScreen) for screen in ada.app.screen_stack)


@pytest.mark.parametrize("opens", ["c", "i", "T"])
async def test_a_record_that_is_closed_while_it_loads(world: World, opens: str) -> None:
    async with console(world) as ada:
        for address in (KIANA, MARCUS):
            await ada.go(world.keys[address])
            await ada.until(lambda: ada.session.painted)
            with world.desk.store.transaction():
                await press(ada, opens)
                await press(ada, "q")
                await asyncio.sleep(0)
            await ada.until(lambda: not ada.app.type_ahead.waits)
            await ada.rests()
            assert ada.app.is_running
            assert not ada.app.broken
            assert ada.session.apps.front is None
