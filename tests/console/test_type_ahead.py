"""Keys that are typed ahead wait for the focus, and are not let loose where it does not come."""

import asyncio
from typing import Any

import pytest
from driver import Driver, console
from prepared import KIANA, World
from textual import events

from omnitui.console import type_ahead
from omnitui.console.dialogs.goto import GoTo
from omnitui.console.session.composer_text import ComposerText
from omnitui.model.errors import Refused


def strike(ada: Driver, keys: str) -> None:
    """Keys in one go, as after a stall."""
    for key in keys:
        ada.app.post_message(events.Key({" ": "space", "/": "slash"}.get(key, key), key))


async def kiana(ada: Driver) -> None:
    await ada.go(ada.world.keys[KIANA])
    await ada.until(lambda: ada.session.painted)
    ada.session.conversation.transcript.focus()
    await ada.pilot.pause()


@pytest.mark.parametrize("key", ["r", "n"])
async def test_what_follows_a_key_that_writes_is_written(world: World, key: str) -> None:
    async with console(world) as ada:
        await kiana(ada)
        strike(ada, f"{key}yes, we end new ones")
        await ada.until(lambda: ada.session.conversation.composer.text == "yes, we end new ones")


async def test_what_follows_a_search_or_a_dialog_is_looked_for(world: World) -> None:
    async with console(world) as ada:
        await kiana(ada)
        strike(ada, "kpeak")
        await ada.until(lambda: getattr(ada.app.focused, "value", "") == "peak")
        await ada.press("escape")
        await ada.until(lambda: not ada.app.type_ahead.waits)
        strike(ada, "tchidi")
        await ada.until(lambda: getattr(ada.app.focused, "value", "") == "chidi")


async def test_a_key_struck_while_a_screen_is_being_made_waits_for_it(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(type_ahead, "_LOOK_SECONDS", 0.01)
    async with console(world) as ada:
        ahead, looked = ada.app.type_ahead, asyncio.Event()
        look = ahead._look_after

        async def looks() -> None:
            await look()
            looked.set()

        monkeypatch.setattr(ahead, "_look_after", looks)
        with type_ahead.held(ada.main):
            strike(ada, "gh")
            await asyncio.wait_for(looked.wait(), 10)
            assert ahead.text == "gh"
        await ada.until(lambda: not ahead.text and not ahead.waits)
        assert not ada.app._notifications, "the keys were ignored"


async def test_one_place_after_the_other(world: World) -> None:
    async with console(world) as ada:
        strike(ada, "g1ghg2rwords")
        await ada.until(lambda: ada.main.navigation.here == ada.main.order[1])
        await ada.until(lambda: ada.session.conversation.composer.text == "words")
        assert not isinstance(ada.app.screen, GoTo)


async def test_escape_gives_the_keys_back_before_the_next_one(world: World) -> None:
    async with console(world) as ada:
        await kiana(ada)
        strike(ada, "rwords")
        ada.app.post_message(events.Key("escape", None))
        strike(ada, "ngh")
        composer = ada.session.conversation.composer
        await ada.until(lambda: composer.field.has_focus and composer.text == "gh")


async def test_what_was_typed_ahead_of_a_refusal_goes_nowhere(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with console(world) as ada:
        await kiana(ada)
        before = world.call("conversation.get", conversation=world.keys[KIANA])
        call = ada.app.link.call
        asked = asyncio.Event()

        async def refusing(name: str, /, **params: Any) -> Any:
            if name == "conversation.transfer_targets":
                await asked.wait()
                raise Refused("test.no", "Nobody is there.")
            return await call(name, **params)

        monkeypatch.setattr(ada.app.link, "call", refusing)
        strike(ada, "tNew")
        await ada.pilot.pause()
        asked.set()
        await ada.told("Nobody is there.")
        await ada.told("New")
        await ada.until(lambda: not ada.app.type_ahead.waits)
        assert world.call("conversation.get", conversation=world.keys[KIANA]) == before
        assert not isinstance(ada.app.focused, ComposerText)
        strike(ada, "rgoes on")
        await ada.until(lambda: ada.session.conversation.composer.text == "goes on")


async def test_nothing_waits_for_ever(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(type_ahead, "MOST_SECONDS", 0.3)
    async with console(world) as ada:
        await kiana(ada)
        call, over = ada.app.link.call, asyncio.Event()

        async def hanging(name: str, /, **params: Any) -> Any:
            if name == "conversation.transfer_targets":
                await over.wait()
            return await call(name, **params)

        monkeypatch.setattr(ada.app.link, "call", hanging)
        strike(ada, "tNew")
        await ada.told("New")
        strike(ada, "r")
        await ada.until(lambda: isinstance(ada.app.focused, ComposerText))
        over.set()


async def test_typing_waits_for_nothing(world: World) -> None:
    async with console(world) as ada:
        await kiana(ada)
        strike(ada, "r")
        await ada.until(lambda: isinstance(ada.app.focused, ComposerText))
        await ada.until(lambda: not ada.app.type_ahead.waits)
        with world.desk.store.transaction():
            strike(ada, "one")
            ada.app.post_message(events.Key("ctrl+s", None))
            strike(ada, "two")
            await asyncio.wait_for(_typed(ada, "two"), 5)


async def _typed(ada: Driver, text: str) -> None:
    while ada.session.conversation.composer.text != text:
        await asyncio.sleep(0.01)
