"""Other systems in a tab: filled for who is in front, opened by keys; nothing is ever launched."""

from pathlib import Path
from typing import Any

import pytest
from driver import Driver, console
from pictures import SIZES, after
from prepared import KIANA, World

from omnitui.console.opening import may_open, start, words
from omnitui.console.preferences import Preferences, load
from omnitui.model.errors import DataError, Fault


def linked(world: World) -> None:
    world.call("link.set", name="Line test", url="https://lines.example/{customer.account}")
    world.call("link.set", name="Case", url="https://field.example/?t={case.title}")
    world.call("link.set", name="Orders", url="https://shop.example/{context.order}")


async def opened(ada: Driver) -> Any:
    key = ada.world.keys[KIANA]
    await ada.press("alt+1")
    await ada.until(lambda: ada.main.navigation.here == key and ada.session.painted)
    await ada.press("b")
    await ada.until(lambda: ada.session.apps.front_name.startswith("web"))
    body = ada.session.apps.body
    await ada.until(lambda: body.query("BlockList") and body.query_one("BlockList").has_focus)
    return body


async def test_a_link_is_opened_with_the_command_of_the_person(world: World) -> None:
    linked(world)
    started: list[list[str]] = []
    browser = ("web", "--at", "{url}")
    options = {"preferences": Preferences(browser=browser), "start": started.append}
    async with console(world, **options) as ada:
        await opened(ada)
        await ada.shows("Line test", "https://lines.example/20417", "needs context.order")
        await ada.press("enter")
        assert started == [["web", "--at", "https://lines.example/20417"]]
        await ada.press("down", "y")
        await ada.told("Copied.")
        assert ada.app.clipboard.startswith("https://field.example/?t=Router%20drops")
        await ada.press("down", "enter")
        await ada.told("context.order is missing")
        assert len(started) == 1
        world.call("link.delete", name="Line test")
        await ada.lacks("https://lines.example")


async def test_without_links_it_says_how_they_come(world: World) -> None:
    async with console(world) as ada:
        await ada.press("alt+1")
        await ada.shows("Kiana Anderson")
        await ada.press("b")
        await ada.shows("Other systems", "An administrator adds them")


def test_the_address_takes_its_place_in_the_command() -> None:
    assert words(["w3m"], "https://x.example/") == ["w3m", "https://x.example/"]
    assert words(["web", "--u={url}"], "http://x") == ["web", "--u=http://x"]
    assert may_open("HTTPS://x.example/")
    assert not may_open("javascript:alert(1)")
    assert not may_open("file:///etc/passwd")


def test_a_program_that_is_not_there_is_said() -> None:
    with pytest.raises(Fault, match="cannot be started"):
        start(["no-such-program-anywhere"])


@pytest.mark.parametrize("browser", ['[""]', '["{url}"]', '"firefox"'])
def test_a_browser_that_is_none_is_refused(browser: str, tmp_path: Path) -> None:
    path = tmp_path / "console.toml"
    path.write_text(f"browser = {browser}\n", "utf-8")
    with pytest.raises(DataError, match="browser"):
        load(path)


def test_web(world: World, snap_compare: Any) -> None:
    linked(world)
    keys = ["alt+1", "b"]
    assert snap_compare(world.app(), sizes=SIZES, run_before=after(keys))
