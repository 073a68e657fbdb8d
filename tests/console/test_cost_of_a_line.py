"""What a line costs: how often a console asks its desk, and how much the desk reads for it.

A console does nothing of its own accord while it rests, so what is counted from one rest to the
next is what one thing that happened has caused, whatever the console did for it: following, what is
due, signs of life, every screen that was brought up to date.
"""

from collections import Counter
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from driver import Driver, console
from prepared import KIANA, MARCUS, World

from omnitui.console.desk_link import DeskLink

MOST_CALLS, MOST_SELECTS = 4, 25
"""What a customer's line may cost the console that has the conversation in front."""


_IS_DUE = "SELECT min(due_at)"


class Cost:
    """What a console asks of its desk while this is open, and what the desk asks of the store."""

    def __init__(self, link: DeskLink) -> None:
        self.calls: list[str] = []
        self.statements: Counter[str] = Counter()
        self._link: Any = link
        self._counts = 0

    @property
    def selects(self) -> int:
        """The queries; what SQLite asks itself for an index is written with dashes before it.

        Whether something is due is asked whenever the console looks, and how often it looks until
        it rests is up to the machine: it counts once.
        """
        return sum(
            1 if said.startswith(_IS_DUE) else many
            for said, many in self.statements.items()
            if said.startswith("SELECT")
        )

    def __str__(self) -> str:
        read = (f"{many} x {' '.join(said.split())}" for said, many in self.statements.items())
        lines = "\n".join(each[:160] for each in read if "x SELECT" in each)
        return f"{len(self.calls)} calls: {self.calls}\n{self.selects} SELECTs:\n{lines}"

    def __enter__(self) -> "Cost":
        link, desk = self._link, self._link._desk
        self._before = (desk.call, link._look, link._change)
        desk.call = self._counting(desk.call, called=self.calls.append)
        link._look = self._counting(link._look)
        link._change = self._counting(link._change)
        desk.store.connection.set_trace_callback(self._stated)
        return self

    def __exit__(self, *_: object) -> None:
        link, desk = self._link, self._link._desk
        desk.store.connection.set_trace_callback(None)
        desk.call, link._look, link._change = self._before

    def _counting(
        self, does: Callable[..., Any], called: Callable[[str], Any] = lambda _: None
    ) -> Callable[..., Any]:
        """Count what is stated meanwhile; what a test asks in between is not the console's."""

        def counted(*args: Any, **given: Any) -> Any:
            called(str(args[0]) if args else "")
            self._counts += 1
            try:
                return does(*args, **given)
            finally:
                self._counts -= 1

        return counted

    def _stated(self, statement: str) -> None:
        if self._counts:
            self.statements[statement.strip()] += 1


async def cost_of(driver: Driver, happens: Callable[[], Any]) -> Cost:
    """What it costs a console until it is at rest again."""
    await driver.rests()
    with Cost(driver.app.link) as cost:
        happens()
        await driver.rests()
    return cost


async def in_front(driver: Driver, address: str) -> None:
    """Go to a session in which everything has been read once, as it is at work."""
    await driver.go(driver.world.keys[address])
    await driver.rests()
    driver.world.says(address, "Hello, are you there?", channel_of(address))
    await driver.rests()


def channel_of(address: str) -> str:
    return "email" if "@" in address else "chat"


LINES = (
    "My router keeps dropping the line, and the lamp is amber",
    "ok",
    "It happens on the fibre box, the television, the phone upstairs and the wireless speaker",
    "My ruoter and teh wirless chanel are frozzen",
)
"""Words that articles have, none at all, many of them, and some with slips."""


@pytest.mark.parametrize("address", [KIANA, MARCUS])
async def test_a_line_of_the_customer_in_front_is_read_in_a_few_calls(
    world: World, address: str
) -> None:
    async with console(world) as ada:
        await in_front(ada, address)
        for line in LINES:
            cost = await cost_of(ada, partial(world.says, address, line, channel_of(address)))
            assert line in [message.text for message in ada.session.state.messages]
            assert "session.page" in cost.calls
            assert len(cost.calls) <= MOST_CALLS, str(cost)
            assert 0 < cost.selects <= MOST_SELECTS, str(cost)


async def test_what_stands_beside_is_not_read_again_for_a_line(world: World) -> None:
    async with console(world, size=(160, 45)) as ada:
        await in_front(ada, KIANA)
        cost = await cost_of(ada, lambda: world.says(KIANA, "It is amber again"))
        read = "\n".join(cost.statements)
        for table in ("customers WHERE", "addresses", "participants", "activities a", "looks"):
            assert table not in read, str(cost)


async def test_what_others_do_with_the_customer_is_read_in_a_few_calls(world: World) -> None:
    async with console(world, size=(160, 45)) as ada:
        await in_front(ada, KIANA)
        customer = ada.session.state.conversation.customer_id
        world.clock.advance(60_000)
        given = {"customer": customer, "kind": "call", "title": "Rang about the bill"}
        cost = await cost_of(ada, lambda: world.call("timeline.add", **given))
        assert "Rang about the bill" in ada.session.summary.blocks.text
        asked = Counter(name for name in cost.calls if name != "console.beat")
        # That the agent has seen it is a change, after which it is looked again who else looks.
        once = {"session.page": 1, "home.board": 1, "timeline.looked": 1}
        assert asked == {**once, "conversation.company": 2}, str(cost)


async def test_a_line_while_home_is_in_front_is_read_in_a_few_calls(world: World) -> None:
    async with console(world) as ada:
        await ada.go(None)
        world.says(KIANA, "Hello, are you there?")
        cost = await cost_of(ada, lambda: world.says(KIANA, "My router keeps dropping the line"))
        assert set(cost.calls) == {"home.board", "home.find", "home.rows", "home.peek"}
        assert len(cost.calls) <= 5, str(cost)
        assert cost.selects <= 40, str(cost)


async def test_a_reply_that_is_sent_is_read_in_a_few_calls(world: World) -> None:
    async with console(world) as ada:
        await in_front(ada, KIANA)
        await ada.press("r")
        await ada.write("I have reset the port, please try again")
        await ada.rests()
        with Cost(ada.app.link) as cost:
            await ada.press("enter")
            await ada.rests()
        assert ada.session.state.messages[-1].text == "I have reset the port, please try again"
        # The draft may be kept meanwhile, and signs of life be given that she types and no longer.
        beside = ("session.draft", "console.beat", "conversation.company")
        asked = Counter(name for name in cost.calls if name not in beside)
        assert asked == {"conversation.reply": 1, "session.page": 1, "home.board": 1}, str(cost)
        assert cost.selects <= 50, str(cost)


async def test_a_session_is_opened_with_one_page(world: World) -> None:
    async with console(world) as ada:
        await ada.go(None)
        await ada.rests()
        with Cost(ada.app.link) as cost:
            await ada.go(world.keys[KIANA])
            await ada.rests()
        counted = Counter(cost.calls)
        assert counted["session.page"] == counted["suggestion.for"] == 1, str(cost)
        beside = {"timeline.list", "timeline.missed", "case.list", "customer.get"}
        assert beside.isdisjoint(counted), str(cost)


@pytest.mark.parametrize(("key", "page"), [("c", "case.page"), ("i", "customer.page")])
async def test_a_record_is_opened_with_one_page(world: World, key: str, page: str) -> None:
    async with console(world) as ada:
        await in_front(ada, KIANA)
        with Cost(ada.app.link) as cost:
            await ada.press(key)
            await ada.until(lambda: ada.session.apps.body is not None)
            await ada.rests()
        areas = ("case.", "customer.", "entitlement.", "sla.", "timeline.list")
        assert [name for name in cost.calls if name.startswith(areas)] == [page], str(cost)
