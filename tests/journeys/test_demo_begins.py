"""A demonstration shows its first screen before its company is there, and loses no key."""

import os
import signal
import sys
from pathlib import Path

import pytest

from omnitui.clock import SystemClock
from omnitui.desk.desk import Desk
from omnitui.model.actor import SYSTEM
from omnitui.store.engine import Store

if sys.platform == "win32":
    pytest.skip("there are no pseudo-terminals here", allow_module_level=True)

from terminal import terminal, until

pytestmark = pytest.mark.slow

SET_UP = "Loading the sample company"


def logins(path: Path) -> list[str]:
    desk = Desk(Store(path), SystemClock())
    try:
        return [agent.login for agent in desk.call("agent.list", SYSTEM)]
    finally:
        desk.close()


def test_the_company_comes_behind_the_first_screen_and_keys_wait_for_it(tmp_path: Path) -> None:
    with terminal(tmp_path / "demo.db", demo=True) as shown:
        until(lambda: SET_UP in shown.seen, "the first screen does not say what is done")
        assert "Ada Byron" not in shown.seen, "the company was there before the screen"
        shown.types("p")
        until(lambda: "Ada Byron" in shown.seen, "the company does not come")
        until(lambda: "isturb" in shown.seen, "the key that was struck meanwhile is lost")
        shown.types("\x1b")
        shown.types("\x11")
        assert shown.ends() == 0
    assert "ada" in logins(tmp_path / "demo.db")


def test_who_is_not_in_the_company_is_told_who_is(tmp_path: Path) -> None:
    with terminal(tmp_path / "demo.db", "nobody", demo=True) as shown:
        assert shown.ends() == 3
        assert "There is no agent nobody" in shown.seen
        assert "Traceback" not in shown.seen


def test_a_store_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder", "utf-8")
    with terminal(tmp_path / "file" / "demo.db", demo=True) as shown:
        assert shown.ends() == 3
        assert "demo.db" in shown.seen
        assert "Traceback" not in shown.seen


def test_one_that_is_ended_while_it_begins_leaves_a_company_or_nothing(tmp_path: Path) -> None:
    path = tmp_path / "demo.db"
    with terminal(path, demo=True) as shown:
        until(lambda: SET_UP in shown.seen, "the first screen does not come")
        os.kill(shown.process.pid, signal.SIGTERM)
        shown.ends()
        assert "Traceback" not in shown.seen
    assert not path.exists() or logins(path) == [] or "ada" in logins(path)
