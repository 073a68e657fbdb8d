"""Stories for sessions: made once, copied for every test."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from session_world import Begin, Story, World


@pytest.fixture(scope="session")
def told(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Story], tuple[Path, int, int]]:
    """Stories as they were told the first time: the store, the conversation, the moment."""
    kept: dict[str, tuple[Path, int, int]] = {}

    def tell(story: Story) -> tuple[Path, int, int]:
        if story.__name__ not in kept:
            path = tmp_path_factory.mktemp("story") / "omnitui.db"
            world = World(path)
            conversation = story(world)
            moment = world.clock.now()
            world.close()
            kept[story.__name__] = (path, conversation, moment)
        return kept[story.__name__]

    return tell


@pytest.fixture
def begin(told: Callable[[Story], tuple[Path, int, int]], tmp_path: Path) -> Iterator[Begin]:
    """Open a copy of a story: the world and the conversation it is about."""
    worlds: list[World] = []

    def open_copy(story: Story) -> tuple[World, int]:
        path, conversation, moment = told(story)
        mine = tmp_path / f"{story.__name__}.db"
        shutil.copyfile(path, mine)
        world = World(mine, moment)
        worlds.append(world)
        return world, conversation

    yield open_copy
    for world in worlds:
        world.close()
