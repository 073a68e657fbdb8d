import asyncio
from pathlib import Path

from driver import console
from prepared import KIANA, MARCUS, World


async def test_tabs_drafts_and_focus_are_back_after_a_kill(world: World, tmp_path: Path) -> None:
    async with console(world) as ada:
        await ada.press("alt+2")
        await ada.until(lambda: ada.main.navigation.here == world.keys[MARCUS])
        await ada.press("n")
        await ada.write("He is right, refund today")
        await ada.press("escape", "alt+1")
        await ada.until(lambda: ada.main.navigation.here == world.keys[KIANA])
        await ada.press("r")
        await ada.write("I am going to")
        await ada.until(lambda: _draft(world, KIANA) == ("I am going to", ""))
        before = ada.main.order
        # The store as a kill would leave it now: nothing was flushed, nobody went offline.
        killed = world.copy(tmp_path / "killed.db")

    async with console(killed) as ada:
        assert ada.main.order == before
        assert ada.main.navigation.here == killed.keys[KIANA]
        assert ada.session.conversation.composer.text == "I am going to"
        await ada.press("escape", "alt+2")
        await ada.until(lambda: ada.main.navigation.here == killed.keys[MARCUS])
        await ada.shows("He is right, refund today", "NOTE  agents only")
    killed.close()


async def test_what_was_unread_is_unread_and_said_while_away_is_there(world: World) -> None:
    async with console(world) as ada:
        await ada.press("alt+1")
        await ada.until(lambda: ada.main.navigation.here == world.keys[KIANA])
    world.says(MARCUS, "Hello?", "email")
    world.says(KIANA, "it is off again")
    async with console(world) as ada:
        await ada.shows("it is off again")
        await ada.until(lambda: "+2" in ada.tabs)


def _draft(world: World, address: str) -> tuple[str, str]:
    sessions = world.ada("session.list")
    found = next(s for s in sessions if s.conversation_id == world.keys[address])
    return found.draft_reply, found.draft_note


async def test_a_store_that_is_held_for_a_moment_holds_up_no_key(world: World) -> None:
    async with console(world) as ada:
        await ada.press("alt+1")
        await ada.until(lambda: ada.main.navigation.here == world.keys[KIANA])
        await ada.press("r")
        with world.desk.store.transaction():
            await asyncio.wait_for(ada.press(*"typing"), 5)
            assert ada.session.conversation.composer.text == "typing"
        await ada.until(lambda: _draft(world, KIANA) == ("typing", ""))
