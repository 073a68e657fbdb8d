from collections.abc import Iterator
from pathlib import Path

import pytest
from prepared import World, afternoon


@pytest.fixture(scope="session")
def master(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """The afternoon, played once; tests work on copies."""
    world = World(tmp_path_factory.mktemp("master") / "omnitui.db")
    afternoon(world)
    yield world
    world.close()


@pytest.fixture
def world(master: World, tmp_path: Path) -> Iterator[World]:
    """Ada's afternoon: five sessions, five that nobody has, and no room for them."""
    copy = master.copy(tmp_path / "omnitui.db")
    yield copy
    copy.close()
