"""What is said in passing never lies over what is typed, over keys, or over how things stand."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from driver import Driver, console
from prepared import KIANA, World
from textual.geometry import Region
from textual.widgets._toast import Toast

from omnitui.console.main.bars import KeyFooter, OfferPanel, SessionTabs, StatusLine
from omnitui.console.session.composer import Composer

SIZES = {"80x24": (80, 24), "120x36": (120, 36)}
LONG = (
    "Anna-Katharina von Hohenstein-Breitenbach was unassigned and is assigned to you now, because"
    " the agent who had the conversation has gone home without a note: look at the due targets"
    " first, then at the messages."
)


@pytest.fixture
def world(shift_master: World, tmp_path: Path) -> Iterator[World]:
    made = shift_master.copy(tmp_path / "shift.db")
    yield made
    made.close()


async def _say_much(driver: Driver) -> None:
    for number in range(6):
        driver.main.messages.say(f"{number}: {LONG}")
    await driver.until(
        lambda: any("5: Anna" in str(toast.render()) for toast in driver.app.screen.query(Toast))
    )
    await driver.until(lambda: all(place.area for place in _seen(driver)))


def _seen(driver: Driver) -> list[Region]:
    """Where toasts are."""
    return [toast.region for toast in driver.app.screen.query(Toast)]


@pytest.mark.parametrize("size", SIZES)
async def test_what_is_written_and_how_things_stand_stay_in_sight(world: World, size: str) -> None:
    async with console(world, SIZES[size]) as driver:
        await driver.go(world.keys[KIANA])
        await driver.press("r")
        await driver.write("\n".join(f"line {number}" for number in range(12)))
        await _say_much(driver)
        shown = _seen(driver)
        assert shown
        main = driver.main
        kept = [main.query_one(kind) for kind in (StatusLine, SessionTabs, OfferPanel, KeyFooter)]
        for widget in (*kept, driver.session.query_one(Composer)):
            over = [place for place in shown if place.overlaps(widget.region)]
            assert not over, f"{widget!r} at {widget.region} is under {over}"


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("keys", ["t", "e", "m", "p", "question_mark", "L", "plus"])
async def test_the_keys_of_a_dialog_stay_in_sight(world: World, size: str, keys: str) -> None:
    async with console(world, SIZES[size]) as driver:
        await driver.go(world.keys[KIANA])
        await driver.until(lambda: driver.session.painted)
        await driver.press(keys)
        await driver.until(lambda: driver.app.screen is not driver.main)
        await _say_much(driver)
        line = driver.app.screen.query_one("#dialog-keys").region
        shown = _seen(driver)
        assert shown
        assert not any(place.overlaps(line) for place in shown), (shown, line)


async def test_long_ones_are_cut_to_two_lines_where_there_is_little_room(world: World) -> None:
    async with console(world, (80, 24)) as driver:
        driver.main.messages.say(LONG)
        await driver.until(lambda: driver.app.screen.query(Toast))
        await driver.rests()
        (toast,) = driver.app.screen.query(Toast)
        assert toast.region.height == 2
        assert "…" in driver.text
        assert driver.toasts[-1] == LONG, "what was said is kept whole"


async def test_six_long_ones_leave_most_of_a_small_screen_alone(world: World) -> None:
    async with console(world, (80, 24)) as driver:
        await _say_much(driver)
        assert sum(place.area for place in _seen(driver)) <= 80 * 24 // 4
