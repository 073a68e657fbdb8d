"""How a conversation came about, in the summary: read in whole, and as pictures."""

from pathlib import Path
from typing import Any

import pytest
from driver import console
from pictures import SIZES, after
from prepared import NOW, World

LONG = (
    "Every evening around eight the light turns amber, everything stops for ten minutes and then"
    " it comes back by itself, also when nobody is at home."
)
TOLD = {
    "queue": "Internet",
    "asked": "internet fault",
    "authenticated": True,
    "bot": {
        "name": "Skerry assistant",
        "reason": "asked for a person",
        "summary": "Restarted the router twice; the channel was changed; still drops.",
        "last intent": "line fault",
    },
    "answers": {"What is it about?": "internet fault", "What happens, in your words?": LONG},
    "browser": "Firefox 148",
    "os": "Linux",
    "pages": [
        {"title": name, "at": NOW - (9 - number) * 120_000}
        for number, name in enumerate(
            "Home|Router 6 lights|Change the channel|Fibre|Prices|Outages|Contact us".split("|")
        )
    ],
    "searched": [{"text": "router amber light", "at": NOW - 7 * 120_000}],
    "order number": "4411-20",
}


@pytest.fixture
def world(tmp_path: Path) -> Any:
    made = World(tmp_path / "shift.db")
    made.until(NOW)
    made.ada("console.enter")
    made.keys["web-1"] = made.says("web-1", "my internet is gone again", context=TOLD)
    made.ada("conversation.accept", conversation=made.keys["web-1"])
    yield made
    made.close()


async def test_a_group_that_is_cut_is_read_in_whole_by_key(world: World) -> None:
    async with console(world, size=(120, 50)) as ada:
        await ada.press("alt+1")
        await ada.until(lambda: ada.main.session is not None)
        ada.session.show_pane("summary")
        await ada.shows("Skerry assistant: hand-over", "asked for a person", "signed in")
        await ada.lacks("nobody is at")
        blocks = ada.session.summary.blocks
        blocks.move_to("about:answers")
        await ada.press("enter")
        await ada.shows("What happens, in your words?", "nobody is at")
        await ada.press("left")
        await ada.lacks("nobody is at")
        blocks.move_to("about:visits")
        await ada.press("right")
        await ada.shows("Router 6 lights", "less")


@pytest.mark.parametrize("size", SIZES)
def test_came_about(size: str, world: World, snap_compare: Any) -> None:
    keys = ["alt+1", "1", "2"]
    assert snap_compare(world.app(), terminal_size=SIZES[size], run_before=after(keys))
