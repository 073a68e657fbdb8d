"""A record that cannot be read is not said to be gone."""

from typing import Any

import pytest
from driver import console
from prepared import KIANA, World

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
