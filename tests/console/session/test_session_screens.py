from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from session_host import Host, press, screen_text, settle, until
from session_world import Begin, WorldLink, kiana, visitor
from textual.pilot import Pilot

from omnitui.console.commands import cases, customers
from omnitui.console.commands import session as verbs
from omnitui.console.glyphs import UNICODE

SIZES = {"80x24": (80, 24), "120x36": (120, 36), "160x45": (160, 45)}
State = Callable[[Any, Pilot[None], Any], Awaitable[None]]


async def plain(app: Any, pilot: Pilot[None], world: Any) -> None:
    """As it opens."""


async def held(app: Any, pilot: Pilot[None], world: Any) -> None:
    await press(pilot, "r", "'The line is clean: it is the router's own software.", "enter")
    await until(pilot, lambda: "8s" in screen_text(app))
    world.clock.advance(3_000)
    app.view.tick(world.clock.now())


async def warned(app: Any, pilot: Pilot[None], world: Any) -> None:
    await press(pilot, "r", "'Could you tell me")
    world.says("web-7781", "it just went off again, this is awful")
    await until(pilot, lambda: "while you typed" in screen_text(app))


async def fields(app: Any, pilot: Pilot[None], world: Any) -> None:
    await press(pilot, "r", "'/line")
    await until(pilot, lambda: "Quick replies" in screen_text(app))
    await press(pilot, "enter")
    await until(pilot, lambda: "next of 1 field" in screen_text(app))


async def wrap_up(app: Any, pilot: Pilot[None], world: Any) -> None:
    world.ada("conversation.end", conversation=app.view.conversation_id)
    await until(pilot, lambda: "no reply" in screen_text(app))
    await settle(pilot)


async def summary(app: Any, pilot: Pilot[None], world: Any) -> None:
    app.view.show_pane("summary")
    await press(pilot, "4")
    await settle(pilot)


def dialog(act: Any) -> State:
    async def show(app: Any, pilot: Pilot[None], world: Any) -> None:
        app.view.start(act(app))
        await until(pilot, lambda: app.screen.query("#dialog-keys"))

    return show


async def wrapping_up(app: Any, pilot: Pilot[None], world: Any) -> None:
    await wrap_up(app, pilot, world)
    await dialog(verbs.close)(app, pilot, world)


STATES: dict[str, tuple[Any, State, tuple[str, ...]]] = {
    "unknown": (visitor, plain, ("120x36", "160x45")),
    "held": (kiana, held, ("80x24",)),
    "warned": (kiana, warned, ("80x24",)),
    "fields": (kiana, fields, ("80x24",)),
    "wrap_up": (kiana, wrap_up, ("120x36",)),
    "summary": (kiana, summary, ("80x24",)),
    "who": (visitor, dialog(customers.link), ("120x36",)),
    "resolve": (kiana, dialog(cases.resolve_case), ("80x24",)),
    "wrapping_up": (kiana, wrapping_up, ("120x36",)),
}
CASES = [(name, size) for name, (_, _, sizes) in STATES.items() for size in sizes]


@pytest.mark.parametrize(("state", "size"), CASES)
def test_light(state: str, size: str, begin: Begin, snap_compare: Any) -> None:
    story, reach, _sizes = STATES[state]
    world, conversation = begin(story)
    link = WorldLink(world)
    app = Host(link, conversation, "omni-light", UNICODE)

    async def before(pilot: Pilot[None]) -> None:
        await until(pilot, lambda: app.view.painted)
        await settle(pilot)
        await reach(app, pilot, world)
        await pilot.pause()
        await pilot.pause()

    try:
        assert snap_compare(app, terminal_size=SIZES[size], run_before=before)
    finally:
        link.close()
