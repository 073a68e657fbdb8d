"""What is inserted goes where the customer reads it; the desk is asked no more than needed."""

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from driver import Driver, console
from prepared import GRETE, KIANA, World

from omnitui.model.session import DraftKind


@pytest.fixture
def world(shift_master: World, tmp_path: Path) -> Iterator[World]:
    made = shift_master.copy(tmp_path / "shift.db")
    yield made
    made.close()


async def _note_and_article(driver: Driver, key: int) -> None:
    """Begin a note, then read an article beside it."""
    await driver.go(key)
    await driver.until(lambda: driver.session.painted)
    await driver.press("n")
    await driver.until(lambda: driver.session.conversation.composer.is_note)
    await driver.write("she moves on Friday")
    await driver.press("escape", "k")
    await driver.until(lambda: driver.session.assist.tab == "knowledge")
    await driver.until(lambda: driver.session.assist.rows.cursor_key.isdigit())
    await driver.press("enter")
    await driver.until(lambda: driver.session.assist.reading is not None)


def _used(world: World) -> int:
    return sum(entry.kind == "knowledge.used" for entry in world.desk.follow(0, 100_000))


async def test_an_article_goes_into_the_reply_while_a_note_is_written(world: World) -> None:
    async with console(world) as driver:
        await _note_and_article(driver, world.keys[KIANA])
        await driver.press("i")
        composer = driver.session.conversation.composer
        await driver.until(lambda: composer.kind is DraftKind.REPLY and composer.text)
        await driver.told("Inserted into the reply; the note does not change.")
        await driver.until(lambda: _used(world) == 1)
        composer.toggle()
        assert composer.text == "she moves on Friday"


async def test_where_no_reply_can_be_written_it_goes_into_the_note_and_says_so(
    world: World,
) -> None:
    async with console(world) as driver:
        await _note_and_article(driver, world.keys[GRETE])
        await driver.press("i")
        composer = driver.session.conversation.composer
        await driver.told("Inserted into the note, for agents only.")
        assert composer.is_note
        assert composer.text.startswith("she moves on Friday ")
        assert _used(world) == 0, "nobody was given it"


async def test_a_quick_reply_is_looked_for_in_the_reply(world: World) -> None:
    async with console(world) as driver:
        await driver.go(world.keys[KIANA])
        await driver.until(lambda: driver.session.painted)
        await driver.press("n")
        await driver.until(lambda: driver.session.conversation.composer.is_note)
        await driver.press("escape", "slash")
        composer = driver.session.conversation.composer
        await driver.until(lambda: composer.kind is DraftKind.REPLY and composer.text == "/")


async def test_colleagues_are_read_once_while_one_is_mentioned(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with console(world) as driver:
        asked = _asked(driver, monkeypatch)
        await driver.go(world.keys[KIANA])
        await driver.until(lambda: driver.session.painted)
        await driver.press("n")
        await driver.until(lambda: driver.session.conversation.composer.is_note)
        asked.clear()
        for letter in "@bo":
            await driver.press(letter)
            await driver.pilot.pause()
        await driver.shows("Bo Lindqvist")
        assert asked.count("agent.list") == 1


async def test_keys_near_the_end_of_a_long_list_read_on_once(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with console(world) as driver:
        await driver.go(None)
        await driver.press("g", "m")
        await driver.until(lambda: world.keys[KIANA] in driver.main.home.list.keys)
        await driver.rests()
        goes_on = asyncio.Event()
        asked = _asked(driver, monkeypatch, {"home.find": goes_on})
        driver.main.home._standing.count = 100_000
        await driver.press("down", "down", "up", "down")
        await driver.until(lambda: "home.find" in asked)
        await driver.pilot.pause()
        assert asked.count("home.find") == 1
        goes_on.set()
        await driver.rests()


def _asked(
    driver: Driver, monkeypatch: pytest.MonkeyPatch, waits: dict[str, asyncio.Event] | None = None
) -> list[str]:
    """What is asked of the desk from now on, by name; some of it only goes on when it may."""
    asked: list[str] = []
    call = driver.main.link.call

    async def noted(name: str, /, **given: Any) -> Any:
        asked.append(name)
        if waits and name in waits:
            await waits[name].wait()
        return await call(name, **given)

    monkeypatch.setattr(driver.main.link, "call", noted)
    return asked
