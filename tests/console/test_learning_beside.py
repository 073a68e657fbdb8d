"""What is learnt beside the console, in a process of its own."""

import threading
import time
from pathlib import Path

from omnitui.clock import ManualClock
from omnitui.console.learning import Learning
from omnitui.desk.desk import Desk
from omnitui.model.actor import ADMINISTRATOR
from omnitui.store import suggestions
from omnitui.store.engine import Store


def told(store: Store) -> bool:
    return suggestions.stand(store, 0).made_at > 0


def test_it_is_learnt_in_another_process_and_kept(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    store = Store(path)
    desk = Desk(store, ManualClock(1_772_442_000_000))
    desk.call("reply.create", ADMINISTRATOR, key="late", title="It is late", text="Soon",
              personal=False)  # fmt: skip
    learning = Learning(path, first=0.0)
    learning.start()
    deadline = time.monotonic() + 60
    while not told(store) and time.monotonic() < deadline:
        threading.Event().wait(0.05)
    learning.stop()
    assert told(store)
    assert suggestions.models(store)["reply"].examples == 0
    assert learning.trouble is None
    store.close()


def test_it_ends_at_once_when_the_console_does(tmp_path: Path) -> None:
    learning = Learning(tmp_path / "none.db")
    learning.start()
    begun = time.monotonic()
    learning.stop()
    assert time.monotonic() - begun < 2
    assert not learning._thread.is_alive()


def test_one_that_was_never_started_can_be_stopped(tmp_path: Path) -> None:
    Learning(tmp_path / "none.db").stop()
