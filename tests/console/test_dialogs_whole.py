"""What dialogs say is read in whole on small screens too: nothing of it is cut."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from driver import Driver, console
from prepared import KIANA, World
from textual.widgets import Input

from omnitui.console.text import wrap
from omnitui.console.widgets.blocks import BlockList
from omnitui.console.widgets.plain import PlainStatic

SIZES = {"80x24": (80, 24), "120x36": (120, 36)}
ON_HOME = "V s t z P b r w p plus question_mark g+slash g+f".split()
IN_A_SESSION = "t C E l L m J R X S F U e w Q x B plus W plus+c plus+t plus+n".split()


@pytest.fixture
def world(shift_master: World, tmp_path: Path) -> Iterator[World]:
    made = shift_master.copy(tmp_path / "shift.db")
    yield made
    made.close()


def _cut(driver: Driver) -> list[str]:
    """What cannot be read in whole in the dialog that is in front."""
    screen = driver.app.screen
    dialog = screen.query_one("#dialog")
    found = []
    for said in screen.query(PlainStatic):
        width, height = said.content_size
        if width and len(wrap(str(said.render()), width)) > height:
            found.append(f"{said.id}: {said.render()}")
    for field in screen.query(Input):
        if field.content_size.width and len(field.placeholder) > field.content_size.width:
            found.append(f"{field.id}: {field.placeholder}")
    rows = range(dialog.region.y, min(dialog.region.bottom, driver.app.size.height))
    inside = [driver.lines[y][dialog.region.x : dialog.region.right] for y in rows]
    found += [line.strip() for line in inside if "…" in line]
    for listed in screen.query(BlockList):
        room = listed.size.width
        found += [line for line in listed.text.splitlines() if room and len(line) > room]
    keys = screen.query_one("#dialog-keys").region
    if keys.bottom > driver.app.size.height or not keys.area:
        found.append("the line of keys is out of sight")
    return found


async def _opened(driver: Driver, keys: str) -> None:
    await driver.press(*keys.split("+"))
    await driver.until(lambda: bool(driver.app.screen.query("#dialog")))
    await driver.until(lambda: driver.app.screen.query_one("#dialog-keys").region.area > 0)
    for _ in range(3):
        await driver.pilot.pause()


@pytest.mark.parametrize("size", SIZES)
async def test_dialogs_over_home_are_read_in_whole(world: World, size: str) -> None:
    async with console(world, SIZES[size]) as driver:
        await driver.go(None)
        await driver.press("g", "m")
        await driver.until(lambda: world.keys[KIANA] in driver.main.home.list.keys)
        await _all_whole(driver, ON_HOME)


@pytest.mark.parametrize("size", SIZES)
async def test_dialogs_over_a_session_are_read_in_whole(world: World, size: str) -> None:
    async with console(world, SIZES[size]) as driver:
        await driver.go(world.keys[KIANA])
        await driver.until(lambda: driver.session.painted)
        await _all_whole(driver, IN_A_SESSION)


async def _all_whole(driver: Driver, opens: list[str]) -> None:
    for keys in opens:
        await _opened(driver, keys)
        assert not _cut(driver), f"{keys}: {_cut(driver)}"
        await driver.press("escape")
        await driver.until(lambda: driver.app.screen is driver.main)
