"""No key of the table is silent: where it does nothing, it says where it does something."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from driver import Driver, console
from prepared import KIANA, World

from omnitui.console.apps.case import case_tab
from omnitui.console.command import COMMANDS, Where


@pytest.fixture
def world(shift_master: World, tmp_path: Path) -> Iterator[World]:
    made = shift_master.copy(tmp_path / "shift.db")
    kiana = made.call("conversation.get", conversation=made.keys[KIANA])
    assert kiana.case_id is not None
    yield made
    made.close()


async def _silent(driver: Driver, keys: list[str]) -> list[str]:
    """Those of some keys after which nothing is said; each must do nothing else."""
    silent = []
    for key in keys:
        driver.app.clear_notifications()
        await driver.press(key)
        await driver.pilot.pause()
        if not driver.toasts:
            silent.append(key)
    return silent


def _only(*places: Where, but: set[str]) -> list[str]:
    """The keys that have a command in these places, and none elsewhere."""
    there = {one.key for one in COMMANDS.values() if one.where in places and " " not in one.key}
    elsewhere = {one.key for one in COMMANDS.values() if one.where not in places}
    return sorted(there - elsewhere - but)


_MOVING = {"tab", "shift+tab", "escape"}


async def test_on_home_keys_of_a_session_say_where_they_belong(world: World) -> None:
    async with console(world) as driver:
        await driver.go(None)
        await driver.until(lambda: driver.app.focused is driver.main.home.list)
        listed = {"x", "k"}  # keys of the list itself
        assert not await _silent(driver, _only(Where.SESSION, Where.RECORDS, but=_MOVING | listed))
        await driver.press("m")
        await driver.told("m does nothing here: in a session it is New case.")
        await driver.press("f2")
        await driver.told("No case is open: open one in a tab, or go to a session.")


async def test_in_a_session_keys_of_home_say_where_they_belong(world: World) -> None:
    async with console(world) as driver:
        await driver.go(world.keys[KIANA])
        await driver.until(lambda: driver.session.painted)
        assert driver.main._typing() is False
        assert not await _silent(driver, _only(Where.HOME, but=_MOVING))
        await driver.press("asterisk")
        await driver.told("* does nothing here: on Home's lists it is Mark all.")


async def test_f2_edits_the_case_that_is_in_front_in_its_tab(world: World) -> None:
    async with console(world) as driver:
        await driver.go(world.keys[KIANA])
        await driver.until(lambda: driver.session.painted)
        await driver.press("c")
        await driver.until(lambda: driver.session.apps.body is not None)
        await driver.press("f2")
        body = driver.session.apps.body
        await driver.until(lambda: body.form in driver.app.focused.ancestors)
        await driver.shows("^s Save", "^z Undo the field")
        assert "^s Save" in driver.footer


async def test_a_case_tab_on_home_is_edited_as_well(world: World) -> None:
    async with console(world) as driver:
        kiana = world.call("conversation.get", conversation=world.keys[KIANA])
        case = world.call("case.get", case=kiana.case_id)
        await driver.go(None)
        driver.main.beside.open_record(case_tab(case))
        await driver.until(lambda: driver.main.home_frame.has_record)
        await driver.press("f2")
        body = driver.main.home_frame.apps.body
        await driver.until(lambda: body.form in driver.app.focused.ancestors)
        await driver.press("escape", "m")
        await driver.told("m does nothing here: in a session it is New case.")


@pytest.mark.parametrize("opens", ["p", "t", "question_mark", "L", "plus", "e"])
async def test_in_a_dialog_an_idle_key_says_what_the_keys_are(world: World, opens: str) -> None:
    async with console(world) as driver:
        await driver.go(world.keys[KIANA])
        await driver.until(lambda: driver.session.painted)
        await driver.press(opens)
        await driver.until(lambda: driver.app.screen is not driver.main)
        await driver.press("f6")
        await driver.shows("F6 does nothing in this dialog: ")
        await driver.press("escape")
        await driver.until(lambda: driver.app.screen is driver.main)


async def test_the_second_key_of_a_pair_that_goes_nowhere_is_said(world: World) -> None:
    async with console(world) as driver:
        await driver.go(None)
        await driver.press("g", "z")
        await driver.told("g z is not a command.")


async def test_the_footer_names_what_is_done_with_what_is_marked(world: World) -> None:
    async with console(world, (120, 36)) as driver:
        await driver.go(None)
        await driver.press("g", "m")
        await driver.until(lambda: world.keys[KIANA] in driver.main.home.list.keys)
        assert "b Label" not in driver.footer
        await driver.press("space")
        await driver.until(lambda: "b Label" in driver.footer)
        assert "r Reply to all" in driver.footer
        assert "z Snooze" in driver.footer
        await driver.press("escape")
        await driver.until(lambda: "b Label" not in driver.footer)
