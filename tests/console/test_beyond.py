"""More than fits is asked about before it is taken, whatever key takes it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from driver import console
from prepared import World

from omnitui.console.dialogs.base import Confirm


@pytest.fixture
def world(shift_master: World, tmp_path: Path) -> Iterator[World]:
    made = shift_master.copy(tmp_path / "shift.db")
    yield made
    made.close()


def agent_of(world: World, key: int) -> int | None:
    found: int | None = world.call("conversation.get", conversation=key).agent_id
    return found


async def test_opening_what_goes_beyond_asks_first(world: World) -> None:
    async with console(world) as ada:
        await ada.press("g", "o")
        await ada.until(lambda: ada.main.home.selected is not None)
        key = ada.main.home.selected
        assert key is not None
        await ada.press("o")
        await ada.until(lambda: isinstance(ada.app.screen, Confirm))
        await ada.shows("You would go beyond your capacity", "100 units are free, and it needs 25")
        await ada.press("escape")
        await ada.until(lambda: not isinstance(ada.app.screen, Confirm))
        assert (agent_of(world, key), ada.main.navigation.here) == (None, None)
        await ada.press("o")
        await ada.until(lambda: isinstance(ada.app.screen, Confirm))
        await ada.press("enter")
        await ada.until(lambda: ada.main.navigation.here == key)
        assert agent_of(world, key) == world.agents["ada"].id


async def test_taking_many_asks_about_those_that_go_beyond(world: World) -> None:
    world.desk.store.update("agents", world.agents["ada"].id, {"capacity": 125})
    async with console(world) as ada:
        await ada.press("g", "o")
        await ada.until(lambda: ada.main.home.selected is not None)
        await ada.press("space", "space", "T")
        await ada.until(lambda: isinstance(ada.app.screen, Confirm))
        await ada.shows("1 of 2 would go beyond capacity.", "f only within capacity")
        assert len(world.ada("home.stream", stream="mine")) == 5
        await ada.press("enter")
        await ada.until(lambda: len(world.ada("home.stream", stream="mine")) == 7)
        await ada.press("u")
        await ada.until(lambda: len(world.ada("home.stream", stream="mine")) == 5)


@pytest.mark.parametrize(("key", "mine"), [("f", 6), ("escape", 5)])
async def test_of_many_only_those_that_fit_may_be_taken_or_none(
    world: World, key: str, mine: int
) -> None:
    world.desk.store.update("agents", world.agents["ada"].id, {"capacity": 125})
    async with console(world) as ada:
        await ada.press("g", "o")
        await ada.until(lambda: ada.main.home.selected is not None)
        await ada.press("space", "space", "T")
        await ada.until(lambda: isinstance(ada.app.screen, Confirm))
        await ada.press(key)
        await ada.until(lambda: not isinstance(ada.app.screen, Confirm))
        await ada.until(lambda: len(world.ada("home.stream", stream="mine")) == mine)
