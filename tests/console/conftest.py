import gc
from collections.abc import Iterator
from pathlib import Path

import pytest
from pictures import snap_compare
from prepared import World, afternoon, shift
from styles import read_once
from textual.widgets import Input, TextArea

__all__ = ["snap_compare"]

read_once()


def pytest_sessionfinish() -> None:
    """Look once for what was dropped while it was open; pytest looks five times after this."""
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True, scope="session")
def _cursors_do_not_blink() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        for field in (Input, TextArea):
            patch.setattr(field._reactives["cursor_blink"], "_default", False)
        yield


@pytest.fixture(scope="session")
def master(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """The afternoon, played once; tests work on copies."""
    world = World(tmp_path_factory.mktemp("master") / "omnitui.db")
    afternoon(world)
    yield world
    world.close()


@pytest.fixture(scope="session")
def shift_master(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """The shift, played once; tests work on copies."""
    world = World(tmp_path_factory.mktemp("shift") / "omnitui.db")
    shift(world)
    yield world
    world.close()


@pytest.fixture
def world(master: World, tmp_path: Path) -> Iterator[World]:
    """Ada's afternoon: five sessions, five that nobody has, and no room for them."""
    copy = master.copy(tmp_path / "omnitui.db")
    yield copy
    copy.close()
