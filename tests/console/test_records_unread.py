"""A record that cannot be read is not said to be gone, and keys do nothing to one not yet read."""

import asyncio
from typing import Any

import pytest
from driver import console
from prepared import KIANA, World
from textual.binding import Binding

from omnitui.console.apps.holder import body_of
from omnitui.console.apps.record import RecordBody
from omnitui.console.apps.tabs import AppKind, AppTab
from omnitui.store.faults import busy

READS = {"c": "case.page", "i": "customer.page", "T": "customer.get"}


@pytest.mark.parametrize("opens", READS)
async def test_a_store_that_is_busy_makes_no_record_gone(
    world: World, monkeypatch: pytest.MonkeyPatch, opens: str
) -> None:
    async with console(world) as ada:
        await ada.go(world.keys[KIANA])
        await ada.until(lambda: ada.session.painted)
        call, raised = ada.app.link.call, []

        async def failing(name: str, /, **params: Any) -> Any:
            if name != READS[opens]:
                return await call(name, **params)
            raised.append(name)
            raise busy()

        monkeypatch.setattr(ada.app.link, "call", failing)
        await ada.press(opens)
        await ada.until(lambda: raised)
        await ada.told("Another program is writing to the store")
        assert "no longer there" not in ada.text


async def test_an_article_that_is_not_there_is_said_to_be_gone(world: World) -> None:
    async with console(world) as ada:
        assert await ada.app.link.found("knowledge.get", article=999_999) is None
        assert await ada.app.link.found("customer.get", customer=999_999) is None
        assert await ada.app.link.found("case.get", case=999_999) is None


@pytest.mark.parametrize("kind", AppKind)
async def test_keys_struck_before_a_record_is_read_do_nothing(
    world: World, monkeypatch: pytest.MonkeyPatch, kind: AppKind
) -> None:
    async with console(world) as ada:
        await ada.go(world.keys[KIANA])
        await ada.until(lambda: ada.session.painted)
        call, asked, goes_on = ada.app.link.call, [], asyncio.Event()

        async def waiting(name: str, /, **params: Any) -> Any:
            asked.append(name)
            await goes_on.wait()
            return await call(name, **params)

        monkeypatch.setattr(ada.app.link, "call", waiting)
        body = body_of(kind)(AppTab(kind, 1, "One"), ada.session.apps._around)
        await ada.session.apps.mount(body)
        if kind is not AppKind.SEARCH:  # of which nothing is read before it is there
            reading = asyncio.create_task(body.load())
            await ada.until(lambda: asked)
        for binding in type(body).BINDINGS:
            assert isinstance(binding, Binding)
            await body.run_action(binding.action)
        if isinstance(body, RecordBody):
            body.edit()
        body.tick()
        body.look_for("case=1")
        assert not body.painted
        goes_on.set()
        if kind is not AppKind.SEARCH:
            await reading
            assert body.painted or body.query(".app-head"), "it is shown, or said to be gone"
