"""The explanation of routing: asked for by a key, from an offer, a session and Home."""

from typing import Any

from driver import console
from pictures import SIZES, after
from prepared import World, ringing

WAITS = "Waits:"


async def test_home_tells_why_an_open_conversation_waits(world: World) -> None:
    async with console(world) as driver:
        await driver.press("tab", "W")
        await driver.shows("Who gets", WAITS, "Cannot", "ada")
        await driver.press("escape")
        await driver.lacks("Who gets")


async def test_what_rings_is_explained_before_it_is_answered(world: World) -> None:
    ringing(world)
    world.ada("session.focus")
    async with console(world) as driver:
        await driver.shows("Offer", "why you:")
        await driver.press("W")
        await driver.shows("Who gets", "Goes to ada")


async def test_a_session_tells_how_it_came_to_be_whose_it_is(world: World) -> None:
    async with console(world) as driver:
        await driver.press("alt+1", "W")
        await driver.shows("Ada Byron picked it.")


def test_screen(world: World, snap_compare: Any) -> None:
    keys = ["tab", "W"]
    assert snap_compare(world.app(), sizes=SIZES, run_before=after(keys))
