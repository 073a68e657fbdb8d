"""Home as triage, as pictures."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pictures import SIZES, after
from prepared import World

ALL_MARKED = ["tab", "tab", "tab", "s", "4", "asterisk"]
SCREENS = {
    "filter": ["tab", "asterisk", "f", *"queue:int", "enter"],
    "completion": ["tab", "tab", "tab", "f", *"channel:f"],
    "completion_quoted": ["tab", "f", *"queue:mo"],
    "fields": ["f"],
    "mistake": ["f", *"queue:zoo"],
    "nothing_fits": ["tab", "f", *"channel:forum", "enter"],
    "sorting": ["tab", "s"],
    "preview": ["tab", "j"],
    "saving": ["tab", "f", *"waiting:>3m", "enter", "V"],
    "views": ["tab", "tab", "tab", "tab", "f", "space", *"-tv", "enter"],
    "close": [*ALL_MARKED, "w"],
    "closed": [*ALL_MARKED, "w", "enter"],
    "transfer": ["tab", "space", "space", "t"],
    "snooze": [*ALL_MARKED, "z"],
    "priority": ["tab", "asterisk", "P"],
    "label": ["tab", "space", "space", "b"],
}


@pytest.fixture
def world(shift_master: World, tmp_path: Path) -> Iterator[World]:
    made = shift_master.copy(tmp_path / "shift.db")
    made.ada("view.save", name="Long waits", stream="open", filter="waiting:>3m", sort="wait")
    made.call("view.save", name="Unhappy mail", stream="all", filter="channel:email", shared=True)
    yield made
    made.close()


@pytest.mark.parametrize("screen", SCREENS)
def test_screen(screen: str, world: World, snap_compare: Any) -> None:
    assert snap_compare(world.app(), sizes=SIZES, run_before=after(SCREENS[screen]))


@pytest.mark.parametrize("theme", ["omni-light", "omni-contrast"])
@pytest.mark.parametrize("screen", ["filter", "closed"])
def test_theme(screen: str, theme: str, world: World, snap_compare: Any) -> None:
    app = world.app(theme=theme)
    assert snap_compare(app, terminal_size=(120, 36), run_before=after(SCREENS[screen]))


@pytest.mark.parametrize("screen", ["filter", "completion", "views"])
def test_plain_signs(screen: str, world: World, snap_compare: Any) -> None:
    app = world.app(ascii=True)
    assert snap_compare(app, terminal_size=(120, 36), run_before=after(SCREENS[screen]))
