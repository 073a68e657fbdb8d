import gc
from collections.abc import Iterator
from pathlib import Path

import pytest
from pictures import snap_compare
from prepared import World, afternoon, shift
from styles import read_once
from textual.notifications import Notification
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


@pytest.fixture(autouse=True, scope="session")
def _what_is_said_stays() -> Iterator[None]:
    """A toast goes after some seconds, which a busy machine may need to come to looking for it."""
    left = Notification.time_left.fget
    assert left is not None
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Notification, "time_left", property(lambda toast: left(toast) + 300))
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
