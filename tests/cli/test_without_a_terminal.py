"""A console that nobody can see does not start: nothing is made, nobody becomes available."""

from pathlib import Path

import pytest
from told import Run

from omnitui.clock import SystemClock
from omnitui.desk.opening import open_desk
from omnitui.model.actor import ADMINISTRATOR, SYSTEM
from omnitui.model.agent import Presence


@pytest.mark.parametrize("arguments", [(), ("--agent", "ada"), ("demo",)])
def test_it_is_refused_with_a_sentence(
    omnitui: Run, store_path: Path, arguments: tuple[str, ...]
) -> None:
    told = omnitui(*arguments)
    assert told.code == 2
    assert "needs a terminal" in told.err
    assert not told.out
    assert not store_path.exists(), "nothing is made"


def test_presence_is_left_alone(omnitui: Run, store_path: Path) -> None:
    desk = open_desk(store_path, SystemClock())
    desk.call("agent.create", ADMINISTRATOR, login="ada", name="Ada Byron")
    assert omnitui("--agent", "ada").code == 2
    (ada,) = desk.call("agent.list", SYSTEM)
    assert ada.presence is Presence.OFFLINE
    desk.close()
