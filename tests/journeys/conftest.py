import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "console"))

from prepared import World, afternoon
from styles import read_once

read_once()


@pytest.fixture(scope="session")
def played(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """The afternoon, played once; journeys set out from copies."""
    world = World(tmp_path_factory.mktemp("played") / "omnitui.db")
    afternoon(world)
    yield world
    world.close()


@pytest.fixture
def world(played: World, tmp_path: Path) -> Iterator[World]:
    """Ada's afternoon."""
    copy = played.copy(tmp_path / "omnitui.db")
    yield copy
    copy.close()
