"""What is said in passing stays true: advice goes when its key would do something else."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from driver import Driver, console
from prepared import KIANA, MARCUS, World

TOLD = "I am passing you on to a colleague."


@pytest.fixture
def world(shift_master: World, tmp_path: Path) -> Iterator[World]:
    made = shift_master.copy(tmp_path / "shift.db")
    made.call("notice.set", occasion="transferred", text=TOLD)
    made.call("notice.set", occasion="ended", text="Thank you for writing.")
    made.desk.store.update("agents", made.agents["bo"].id, {"capacity": 250})
    made.by("bo", "console.enter")
    yield made
    made.close()


async def _mark_two(driver: Driver, world: World) -> None:
    await driver.go(None)
    await driver.press("g", "m")
    await driver.until(lambda: world.keys[KIANA] in driver.main.home.list.keys)
    for name in (KIANA, MARCUS):
        driver.main.home.list.move_to(world.keys[name])
        await driver.press("space")
    await driver.shows("2 marked")


async def _label_two(driver: Driver, world: World) -> None:
    await _mark_two(driver, world)
    await driver.press("b")
    await driver.shows("Label 2 conversations")
    await driver.write("vip")
    await driver.press("enter")
    await driver.shows("Labelled 2; u undoes it.")


async def test_the_customer_is_told_of_a_transfer_and_undoing_it_says_so(world: World) -> None:
    async with console(world) as driver:
        await driver.press("alt+1", "t")
        await driver.shows(f"Kiana Anderson is told: “{TOLD}”")
        await driver.write("bo")
        await driver.press("enter")
        await driver.told("Transferred Kiana Anderson to Bo Lindqvist; u undoes it.")
        await driver.press("u")
        await driver.told(f"Kiana Anderson has been told “{TOLD}”. That cannot be undone.")


async def test_ending_says_what_the_customer_is_told_before_and_after(world: World) -> None:
    async with console(world) as driver:
        await driver.press("alt+1", "e")
        await driver.shows("Kiana Anderson is told: “Thank you for writing.”")
        await driver.press("enter")
        await driver.until(
            lambda: (
                world.call("conversation.get", conversation=world.keys[KIANA]).state == "wrap_up"
            )
        )
        await driver.press("u")
        await driver.told("Kiana Anderson has been told “Thank you for writing.”")


async def test_many_customers_are_counted_who_are_told(world: World) -> None:
    async with console(world) as driver:
        await _mark_two(driver, world)
        await driver.press("t")
        await driver.shows("Transfer 2 conversations to", f"2 customers are told: “{TOLD}”")


async def test_advice_to_undo_goes_once_it_is_undone(world: World) -> None:
    async with console(world) as driver:
        await _label_two(driver, world)
        world.ada("undo.last")
        await driver.lacks("undoes it")
        await driver.shows("Labelled 2.")


async def test_advice_to_undo_goes_when_something_else_is_the_last_thing(world: World) -> None:
    async with console(world) as driver:
        await _label_two(driver, world)
        world.ada("conversation.note", conversation=world.keys[KIANA], text="she moves")
        await driver.lacks("undoes it")
        await driver.shows("Labelled 2.")


async def test_a_toast_that_advises_to_undo_goes_with_it(world: World) -> None:
    async with console(world) as driver:
        await driver.press("alt+1", "t")
        await driver.shows("Transfer Kiana Anderson to")
        await driver.write("bo")
        await driver.press("enter")
        await driver.told("u undoes it.")
        world.ada("undo.last")
        await driver.until(lambda: not any("undoes it" in said for said in driver.toasts))


async def test_words_typed_for_many_are_kept_when_the_desk_says_no(world: World) -> None:
    async with console(world) as driver:
        await _mark_two(driver, world)
        await driver.press("b")
        await driver.shows("Label 2 conversations")
        await driver.write(", ".join(["x" * 70, "vip"]))
        await driver.press("enter")
        await driver.rests()
        await driver.press("b")
        await driver.shows("Label 2 conversations", "xxxx")


LONG = "I am passing you on to a colleague who knows this better. They see everything you wrote."


async def test_the_keys_stay_in_sight_when_customers_are_told(world: World) -> None:
    world.call("notice.set", occasion="transferred", text=LONG)
    world.call(
        "conversation.set_skills", conversation=world.keys[KIANA], skills={"router": 3, "wifi": 2}
    )
    async with console(world, (80, 24)) as driver:
        await driver.press("alt+1", "t")
        await driver.shows("is told: “I am passing you on to a colleague …”", "esc cancel")
        await driver.press("escape")
        await driver.until(lambda: driver.app.screen is driver.main)
        await _mark_two(driver, world)
        await driver.press("t")
        await driver.shows("2 customers are told: “I am passing", "esc cancel")
