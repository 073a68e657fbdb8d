"""The customer's cases in the summary: sorted, a page at a time, each opened as a tab."""

from typing import Any

import pytest
from driver import Driver, console
from pictures import SIZES, after
from prepared import KIANA, World

from omnitui.console.session.recent import CASES_PAGE


def many(world: World, count: int = CASES_PAGE + 4) -> None:
    """Kiana has had many cases; the first of them is the most pressing."""
    who = world.call("conversation.get", conversation=world.keys[KIANA]).customer_id
    for number in range(count):
        priority = "high" if number == 0 else "low"
        given = {"customer": who, "origin": "phone", "priority": priority}
        world.call("case.create", **given, title=f"Question {number}")
        world.clock.advance(1_000)


async def in_summary(ada: Driver) -> Any:
    key = ada.world.keys[KIANA]
    await ada.press("alt+1")
    await ada.until(lambda: ada.main.navigation.here == key and ada.session.painted)
    summary = ada.session.summary
    if "cases" not in summary.unfolded:
        await ada.press("3")
    ada.session.show_pane("summary")
    await ada.until(lambda: summary.recent.rows)
    return summary


async def test_they_are_sorted_and_read_a_page_at_a_time(world: World) -> None:
    many(world)
    async with console(world, size=(160, 45)) as ada:
        summary = await in_summary(ada)
        assert (len(summary.recent.rows), summary.recent.more) == (CASES_PAGE, True)
        await ada.shows("newest first", "Question 15")
        await ada.press("s", "s")
        await ada.shows("highest priority first")
        await ada.until(lambda: summary.recent.rows[0].priority == "high")
        summary.blocks.move_to("act:more_cases")
        await ada.press("enter")
        await ada.until(lambda: len(summary.recent.rows) == CASES_PAGE + 7)
        assert not summary.recent.more
        await ada.main.navigation.flush()
    async with console(world, size=(160, 45)) as ada:
        await in_summary(ada)
        await ada.shows("highest priority first")


async def test_each_unfolds_where_it_stands_and_opens_as_a_tab(world: World) -> None:
    async with console(world, size=(160, 45)) as ada:
        summary = await in_summary(ada)
        case = next(c for c in summary.recent.rows if c.title.startswith("Firmware"))
        summary.blocks.move_to(f"case:{case.id}")
        await ada.press("right")
        await ada.shows("resolved Thu 22 Jan")
        await ada.press("left")
        await ada.lacks("resolved Thu 22 Jan")
        await ada.press("enter")
        await ada.until(lambda: ada.session.apps.front_name == f"case-{case.id}")
        await ada.shows("Timeline")


@pytest.mark.parametrize("size", SIZES)
def test_recent_cases(size: str, world: World, snap_compare: Any) -> None:
    many(world)
    kept = {"pane": "summary", "unfolded": ["case", "cases"], "cases": "pressing"}
    world.ada("session.layout", conversation=world.keys[KIANA], layout=kept)
    keys = ["alt+1", "f6", "down", "down", "down"]
    assert snap_compare(world.app(), terminal_size=SIZES[size], run_before=after(keys))
