"""Makes screenshots/*.svg from prepared shifts: `make screenshots`. Never edited by hand."""

import asyncio
import os
import re
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
os.environ.update({"TEXTUAL_ANIMATIONS": "none", "TZ": "UTC"})
for name in ("NO_COLOR", "TEXTUAL_THEME"):
    os.environ.pop(name, None)
time.tzset()
sys.path.insert(0, str(ROOT / "tests" / "console"))

from prepared import KIANA, World, ringing, shift  # noqa: E402
from textual.pilot import Pilot  # noqa: E402

from omnitui.console.palettes import Depth  # noqa: E402

Steps = Callable[[Pilot[None], World], Awaitable[None]]
_IDS = re.compile(r"terminal-\d+")


async def _settled(pilot: Pilot[None]) -> None:
    # What the screen shows has come to rest when two looks at it are the same.
    before = ""
    for _ in range(40):
        await asyncio.sleep(0.25)
        shown = pilot.app.export_screenshot(simplify=True)
        if shown == before:
            return
        before = shown


async def _home(pilot: Pilot[None], world: World) -> None:
    await _settled(pilot)


async def _session(pilot: Pilot[None], world: World) -> None:
    await pilot.press("alt+1")
    await _settled(pilot)


async def _knowledge(pilot: Pilot[None], world: World) -> None:
    await _session(pilot, world)
    await pilot.press("k", *"router", "enter")
    await _settled(pilot)


async def _replies(pilot: Pilot[None], world: World) -> None:
    await _session(pilot, world)
    await pilot.press("slash")
    await _settled(pilot)


async def _help(pilot: Pilot[None], world: World) -> None:
    await _session(pilot, world)
    await pilot.press("question_mark")
    await _settled(pilot)


async def _search(pilot: Pilot[None], world: World) -> None:
    await pilot.press("g", "slash", *"router")
    await _settled(pilot)


async def _case(pilot: Pilot[None], world: World) -> None:
    await _session(pilot, world)
    await pilot.press("c")
    await _settled(pilot)


async def _timeline(pilot: Pilot[None], world: World) -> None:
    await _session(pilot, world)
    await pilot.press("T")
    await _settled(pilot)


async def _owed(pilot: Pilot[None], world: World) -> None:
    item = world.call("conversation.get", conversation=world.keys[KIANA])
    for name, year, total, channels in (
        ("Gold support", 2026, 15, {"phone": 2, "email": 0}),
        ("Mail and chat", 2026, 10, {"email": 5, "chat": 5, "phone": 0}),
        ("Calls of last year", 2025, 5, {"phone": 5, "chat": 0}),
    ):
        made = world.call(
            "entitlement.create",
            customer=item.customer_id,
            name=name,
            total=total,
            channels=channels,
            restrict=True,
            starts=f"{year}-01-01",
            ends=f"{year}-12-31",
        )
        world.call("entitlement.activate", entitlement=made.id)
    await _session(pilot, world)
    await pilot.press("U")
    await _settled(pilot)


PICTURES: dict[str, tuple[Steps, tuple[int, int], dict[str, object], bool]] = {
    "session-160x45": (_session, (160, 45), {}, False),
    "session-120x36": (_session, (120, 36), {}, False),
    "session-80x24": (_session, (80, 24), {}, False),
    "session-light-160x45": (_session, (160, 45), {"theme": "omni-light"}, False),
    "session-contrast-120x36": (_session, (120, 36), {"theme": "omni-contrast"}, False),
    "session-ascii-80x24": (_session, (80, 24), {"ascii": True}, False),
    "session-256-colours-120x36": (_session, (120, 36), {"depth": Depth.EIGHT_BIT}, False),
    "session-16-colours-80x24": (_session, (80, 24), {"depth": Depth.STANDARD}, False),
    "home-120x36": (_home, (120, 36), {}, False),
    "home-light-120x36": (_home, (120, 36), {"theme": "omni-light"}, False),
    "offer-120x36": (_home, (120, 36), {}, True),
    "knowledge-160x45": (_knowledge, (160, 45), {}, False),
    "quick-replies-120x36": (_replies, (120, 36), {}, False),
    "keys-120x36": (_help, (120, 36), {}, False),
    "search-120x36": (_search, (120, 36), {}, False),
    "case-120x36": (_case, (120, 36), {}, False),
    "timeline-120x36": (_timeline, (120, 36), {}, False),
    "entitlements-120x36": (_owed, (120, 36), {}, False),
}
"""Each picture: what is done first, the size, how the app is opened, whether something rings."""


async def _draw(name: str, folder: Path) -> None:
    steps, size, options, rings = PICTURES[name]
    world = World(folder / f"{name}.db", ROOT / "data")
    shift(world)
    if rings:
        ringing(world)
        world.ada("session.focus")
    app = world.app(**options)
    async with app.run_test(size=size) as pilot:
        await _settled(pilot)
        await steps(pilot, world)
        picture = app.export_screenshot(title="OmniTUI", simplify=True)
    world.close()
    target = ROOT / "screenshots" / f"{name}.svg"
    target.write_text(_IDS.sub("terminal", picture), encoding="utf-8")
    print(target.relative_to(ROOT))


def main(names: list[str]) -> None:
    """Draw the pictures that are named, all of them without names."""
    (ROOT / "screenshots").mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        for name in names or list(PICTURES):
            asyncio.run(_draw(name, Path(folder)))


if __name__ == "__main__":
    main(sys.argv[1:])
