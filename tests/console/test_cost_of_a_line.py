"""What a line costs: how often a console asks its desk, and how much the desk reads for it."""

from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from driver import Driver, console
from prepared import KIANA, MARCUS, World

from omnitui.console.desk_link import DeskLink


class Cost:
    """What a console has asked of its desk, and what the desk has asked of the store for it."""

    def __init__(self, link: DeskLink) -> None:
        self.calls: list[str] = []
        self.statements: Counter[str] = Counter()
        self._link: Any = link

    @property
    def selects(self) -> int:
        return sum(many for said, many in self.statements.items() if _reads(said))

    def __str__(self) -> str:
        asked = "\n".join(f"  {name}" for name in self.calls)
        read = "\n".join(
            f"  {many} x {' '.join(said.split())[:150]}"
            for said, many in self.statements.most_common()
        )
        return f"{len(self.calls)} calls:\n{asked}\n{self.selects} SELECTs among:\n{read}"

    def __enter__(self) -> "Cost":
        desk, link = self._link._desk, self._link
        self._call, self._carry_out = link.call, desk.call

        def called(name: str, /, *args: Any, **given: Any) -> Any:
            self.calls.append(name)
            return self._carry_out(name, *args, **given)

        desk.call = called
        desk.store.connection.set_trace_callback(lambda said: self.statements.update([said]))
        return self

    def __exit__(self, *_: object) -> None:
        self._link._desk.store.connection.set_trace_callback(None)
        self._link._desk.call = self._carry_out


def _reads(statement: str) -> bool:
    return statement.lstrip().upper().startswith(("SELECT", "WITH"))


async def costs(driver: Driver, happens: Callable[[], Any]) -> Cost:
    """What it costs a console from the moment that something happens until it is at rest."""
    await driver.rests()
    with Cost(driver.app.link) as cost:
        happens()
        await driver.rests()
    return cost


async def test_m(world: World) -> None:
    async with console(world) as ada:
        await ada.go(world.keys[KIANA])
        await ada.rests()
        world.says(KIANA, "First words, so that everything has been read once")
        await ada.rests()
        cost = await costs(ada, lambda: world.says(KIANA, "My router keeps dropping the line"))
        __import__("pathlib").Path("/tmp/sq/front.txt").write_text(str(cost))
        await ada.go(None)
        await ada.rests()
        cost = await costs(ada, lambda: world.says(KIANA, "My router keeps dropping again"))
        __import__("pathlib").Path("/tmp/sq/home.txt").write_text(str(cost))
        await ada.go(world.keys[KIANA])
        await ada.press("r")
        await ada.write("This is an answer")
        await ada.rests()
        with Cost(ada.app.link) as cost:
            await ada.press("enter")
            await ada.rests()
        __import__("pathlib").Path("/tmp/sq/reply.txt").write_text(str(cost))
