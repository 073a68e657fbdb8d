from pathlib import Path
from typing import Any

import pytest
from pictures import SIZES, after
from prepared import World, ringing
from rest import rest
from textual.pilot import Pilot

from omnitui.console.apps.customer import customer_tab
from omnitui.console.main.screen import MainScreen
from omnitui.console.palettes import Depth

SCREENS: dict[str, list[str]] = {
    "home": [],
    "home_open": ["tab"],
    "home_closed": ["tab", "tab"],
    "session": ["alt+1"],
    "session_email": ["alt+2"],
    "session_wrap_up": ["alt+4"],
    "note": ["alt+1", "n", *"see CAS-00001"],
    "quick_replies": ["alt+1", "slash", *"gre"],
    "knowledge": ["alt+1", "k", *"router"],
    "reading": ["alt+1", "k", *"router", "enter"],
    "end": ["alt+1", "e"],
    "new_case": ["alt+1", "m"],
    "link": ["alt+1", "l"],
    "keys": ["alt+1", "question_mark"],
    "palette": ["alt+1", "ctrl+p"],
    "search": ["g", "slash", *"router"],
    "presence": ["p"],
    "go": ["g"],
}
RINGING: dict[str, list[str]] = {"offer": [], "offer_while_typing": ["alt+1", "r", *"Hi"]}
THEMES = ("omni-light", "omni-contrast", "omni-contrast-light")


@pytest.fixture
def world(shift_master: World, tmp_path: Path) -> Any:
    made = shift_master.copy(tmp_path / "shift.db")
    yield made
    made.close()


@pytest.mark.parametrize("screen", SCREENS)
def test_screen(screen: str, world: World, snap_compare: Any) -> None:
    assert snap_compare(world.app(), sizes=SIZES, run_before=after(SCREENS[screen]))


@pytest.mark.parametrize("screen", RINGING)
def test_ringing(screen: str, world: World, snap_compare: Any) -> None:
    ringing(world)
    world.ada("session.focus")
    assert snap_compare(world.app(), sizes=SIZES, run_before=after(RINGING[screen]))


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("screen", ["home", "session", "note"])
def test_theme(screen: str, theme: str, world: World, snap_compare: Any) -> None:
    app = world.app(theme=theme)
    assert snap_compare(app, terminal_size=(120, 36), run_before=after(SCREENS[screen]))


@pytest.mark.parametrize("depth", [Depth.EIGHT_BIT, Depth.STANDARD])
@pytest.mark.parametrize("theme", ["omni-dark", "omni-light"])
@pytest.mark.parametrize("screen", ["home", "note"])
def test_fewer_colours(
    screen: str, theme: str, depth: Depth, world: World, snap_compare: Any
) -> None:
    app = world.app(theme=theme, depth=depth)
    assert snap_compare(app, terminal_size=(120, 36), run_before=after(SCREENS[screen]))


async def someone_else(pilot: Pilot[None]) -> None:
    """Marcus Lee's record beside Kiana's conversation."""
    await rest(pilot.app)
    await pilot.press("alt+1")
    await rest(pilot.app)
    main = pilot.app.screen
    assert isinstance(main, MainScreen)
    found = await main.link.call("customer.search", query="Marcus Lee")
    main.beside.open_record(customer_tab(found[0]))
    await rest(pilot.app)


def test_the_record_of_somebody_else(world: World, snap_compare: Any) -> None:
    assert snap_compare(world.app(), sizes=SIZES, run_before=someone_else)


def test_coming_back_to_what_was_begun(world: World, snap_compare: Any) -> None:
    keys = ["alt+1", "r", *"Hi Kiana", "alt+2", "n", *"see 17", "alt+1"]
    assert snap_compare(world.app(), sizes=SIZES, run_before=after(keys))


@pytest.mark.parametrize("screen", ["home", "session", "note"])
def test_plain_signs(screen: str, world: World, snap_compare: Any) -> None:
    app = world.app(ascii=True)
    assert snap_compare(app, terminal_size=(80, 24), run_before=after(SCREENS[screen]))


def test_an_empty_desk(tmp_path: Path, snap_compare: Any) -> None:
    made = World(tmp_path / "empty.db")
    assert snap_compare(made.app(), terminal_size=(120, 36), run_before=after([]))
    made.close()
