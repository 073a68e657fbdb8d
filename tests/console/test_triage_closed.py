"""Closed conversations in Home's list of all, by the keys alone."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from driver import console
from homelist import shown
from prepared import World

from omnitui.model.conversation import ConversationState
from omnitui.store import triage

S = ConversationState
VISITORS = ("web-401", "web-402", "web-403", "web-404", "web-405")


@pytest.fixture
def world(shift_master: World, tmp_path: Path) -> Iterator[World]:
    made = shift_master.copy(tmp_path / "shift.db")
    yield made
    made.close()


async def test_closed_ones_come_beside_the_rest_and_go_again(world: World) -> None:
    gone = world.keys["web-401"]
    world.call("conversation.customer_left", conversation=gone)
    async with console(world) as driver:
        await driver.press("C")
        await driver.shows("filter: is:any", "When")
        await driver.until(lambda: gone in shown(driver))
        count = len(shown(driver))
        await driver.press("C")
        await driver.until(lambda: gone not in shown(driver) and len(shown(driver)) < count)
        await driver.lacks("filter:")
        await driver.press("f", *"is:closed", "enter")
        await driver.until(lambda: gone in shown(driver))
        await driver.press("C")
        await driver.until(lambda: gone not in shown(driver))


async def test_the_end_of_what_was_read_brings_the_next_page(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(triage, "PAGE_WITH_CLOSED", 3)
    async with console(world) as driver:
        await driver.press("C")
        whole = len(world.call("conversation.list", limit=1_000))
        assert whole > 6
        await driver.until(lambda: len(shown(driver)) in range(3, whole))

        async def further() -> None:
            before = len(shown(driver))
            await driver.press("end")
            await driver.until(lambda: len(shown(driver)) > before)

        while len(shown(driver)) < whole:
            await further()
        assert len(shown(driver)) == whole
